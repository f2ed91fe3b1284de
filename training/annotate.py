"""Paragraphs for reading by the house guideline: chosen, corrected, counted. See house/README.md."""

import argparse
import json
from collections import Counter
from pathlib import Path

from house import choose, fixes, sources
from house.markup import Passage, parse, render

HERE = Path(__file__).parent
HOUSE = HERE / "house"


def select(options):
    options.work.mkdir(parents=True, exist_ok=True)
    of_round = choose.ROUNDS[options.round]
    chosen = earlier(options, of_round.first)
    for number, batch in enumerate(choose.choose(options.data, options.mingzhu, of_round, chosen), of_round.first):
        name = f"batch-{number:02}"
        with open(options.work / f"{name}.guess.jsonl", "w", encoding="utf-8") as file:
            for row, guess in batch:
                print(json.dumps({"source": row.source, "marked": render(guess)}, ensure_ascii=False), file=file)
        write_batch(options.work / f"{name}.txt", [(row.source, guess) for row, guess in batch])


def earlier(options, first):
    """The texts of the batches before `first`: those read, and those dropped where the guesses still lie."""
    rows = [row for n in range(1, first) for row in sources.read_file(HOUSE / f"batch-{n:02}.jsonl")]
    texts = list(sources.find(options.data, [(row["source"], row["sha256"]) for row in rows]).values())
    guesses = [options.work / f"batch-{n:02}.guess.jsonl" for n in range(1, first)]
    return texts + [passage.text for path in guesses if path.exists() for _, passage in read_guess(path)]


def write_batch(path, batch):
    """For the reader; `None` stands for a dropped paragraph."""
    with open(path, "w", encoding="utf-8") as file:
        for number, (source, passage) in enumerate(batch, 1):
            print(f"#{number} {source}\n{render(passage) if passage else '(dropped)'}\n", file=file)


def read_guess(path):
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [(row["source"], parse(row["marked"])) for row in rows]


def corrected(batch, path):
    """The batch after one reading, and what is wrong with that reading."""
    read, errors = fixes.read(path)
    errors += [f"{path}: no paragraph #{number}" for number in read if not 1 <= number <= len(batch)]
    result = []
    for number, (source, passage) in enumerate(batch, 1):
        if number not in read and passage:
            errors.append(f"{path}: paragraph #{number} is never mentioned")
        elif passage:
            try:
                passage = fixes.apply(passage, read[number])
            except fixes.FixError as error:
                errors.append(f"{path}:{error}")
        result.append((source, passage))
    return result, errors


def apply(options):
    bad = False
    for number in options.batches:
        name = f"batch-{int(number):02}"
        batch = read_guess(options.work / f"{name}.guess.jsonl")
        readings = [options.work / f"{name}.fix{n}" for n in ("", *range(2, 10))]
        readings = [path for path in readings if path.exists()]
        if not readings:
            raise SystemExit(f"{name}: no {options.work / name}.fix to apply")
        errors, changed = [], []
        for path in readings:
            before = batch
            batch, wrong = corrected(batch, path)
            changed.append(sum(old != new for old, new in zip(before, batch)))
            errors += wrong
        if errors:
            bad = True
            print("\n".join(errors))
            continue
        if options.again:
            write_batch(options.work / f"{name}.txt", batch)
        with open(HOUSE / f"{name}.jsonl", "w", encoding="utf-8") as file:
            for source, passage in batch:
                if passage:
                    print(json.dumps(stand_off(source, passage), ensure_ascii=False), file=file)
        print(f"{name}: {len(readings)} readings, paragraphs changed in each: {changed}")
    if bad:
        raise SystemExit(1)


def stand_off(source, passage: Passage):
    return {"source": source, "sha256": sources.fingerprint(passage.text),
            "spans": passage.spans(), "unsure": passage.unsure()}


def check(options):
    rows = sources.read_files(HOUSE)
    texts = sources.find(options.data, [(row["source"], row["sha256"]) for row in rows])
    paragraphs, kinds, characters = Counter(), {}, Counter()
    for row in rows:
        corpus = choose.Paragraph(row["source"], "", None).corpus
        text = texts[row["source"], row["sha256"]]
        ends = [0] + [b for _, b, _ in row["spans"]]
        assert all(end <= a < b <= len(text) for end, (a, b, _) in zip(ends, row["spans"])), row
        paragraphs[corpus] += 1
        characters[corpus] += len(text)
        kinds.setdefault(corpus, Counter()).update([k for _, _, k in row["spans"]] + ["unsure"] * len(row["unsure"]))
    names = ["PER", "PLACE", "ORG", "TITLE", "unsure"]
    print("| source | paragraphs | characters | " + " | ".join(names) + " |\n| --- |" + " ---: |" * (len(names) + 2))
    for corpus in paragraphs:
        print(f"| {corpus} | {paragraphs[corpus]} | {characters[corpus]} | " + " | ".join(str(kinds[corpus][k]) for k in names) + " |")
    total = sum(kinds.values(), Counter())
    print(f"| all | {len(rows)} | {sum(characters.values())} | " + " | ".join(str(total[k]) for k in names) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=HERE / "../../shared", help="the folder with data/ and gold/")
    parser.add_argument("--work", type=Path, default=HERE / "work/house", help="where batches and fixes lie, with their text")
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("select", help="choose paragraphs and write batches for reading")
    command.add_argument("--mingzhu", type=Path, default=HERE / "../target/release/mingzhu", help="the command line tool")
    command.add_argument("--round", type=int, choices=choose.ROUNDS, default=max(choose.ROUNDS), help="which choice to make")
    command.set_defaults(run=select)
    command = commands.add_parser("apply", help="follow the fixes of batches and write house/batch-NN.jsonl")
    command.add_argument("batches", nargs="+", metavar="NN")
    command.add_argument("--again", action="store_true", help="write batch-NN.txt anew for another reader")
    command.set_defaults(run=apply)
    command = commands.add_parser("check", help="count what was read")
    command.set_defaults(run=check)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
