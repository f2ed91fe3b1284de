"""Corpora → one file of labelled lines, with the guideline each follows.

Reads the data folder (see README.md here), writes `corpora.jsonl`, `house.jsonl`, `lists.jsonl`, `polish.jsonl`
(the end of training: a share of the same text, set as pages set it), `raw.jsonl` (unlabelled),
`silver.jsonl` (for teachers to label) and one `dev-*.jsonl` for each corpus: {"text", "spans": [[start, end, label], ...], "unsure": [[start, end], ...],
"guideline": number}. Spans count code points. Everything random comes from one seed.
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter
from pathlib import Path

from house import sources
from house.markup import read_written

GUIDELINES = ["house", "msra", "pfr", "cluener", "resume", "uner", "pd_role"]

LABELS = {
    "house": {"OFFICIAL": "PER", "PERSON": "PER", "PLACE": "PLACE", "ORG": "ORG"},
    "msra": {"PER": "PER", "LOC": "PLACE", "ORG": "ORG"},
    "pfr": {"NR": "PER", "NS": "PLACE", "NT": "ORG"},
    "cluener": {"NAME": "PER", "ADDRESS": "PLACE", "SCENE": "PLACE", "GOVERNMENT": "ORG",
                "ORGANIZATION": "ORG", "COMPANY": "ORG", "POSITION": "TITLE"},
    "resume": {"NAME": "PER", "LOC": "PLACE", "ORG": "ORG", "TITLE": "TITLE"},
    "uner": {"PER": "PER", "LOC": "PLACE", "ORG": "ORG"},
    "pd_role": {"PER": "PER", "LOC": "PLACE", "ORG": "ORG", "ROLE": "TITLE"},
}
FOLDERS = {"msra": "msra", "pfr": "pfr199801", "cluener": "cluener", "resume": "resume",
           "uner": "uner_gsdsimp", "pd_role": "pd_role"}

HOUSE_COPIES = 4
"""How often each house paragraph is written, each time differently disturbed."""

LISTS = {"house": 500, "msra": 500, "pfr": 200, "uner": 100}
"""How many lists of people are made by each guideline."""

BYLINE_ROLES = ["记者", "通讯员", "本报记者", "特约记者", "见习记者", "融媒记者", "摄影记者"]
PEOPLES = ["回族", "藏族", "壮族", "满族", "苗族", "彝族", "蒙古族", "维吾尔族", "土家族", "朝鲜族", "白族", "侗族"]
MEDIA = ["日报", "晚报", "网", "新闻网", "融媒", "电视台", "广播电视台", "发布", "都市报", "晨报"]


def lines_of(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def corpus(data, guideline, split):
    path = data / "data" / FOLDERS[guideline] / f"{split}.jsonl.gz"
    for row in lines_of(path):
        spans = [[a, b, LABELS[guideline][k]] for a, b, k in row["entities"] if k in LABELS[guideline]]
        yield {"text": row["text"], "spans": spans, "unsure": [], "guideline": GUIDELINES.index(guideline)}


def gold(path):
    for row in lines_of(path):
        spans = [[a, b, LABELS["house"][k]] for a, b, k in row["mentions"]]
        spans += [[a, b, "TITLE"] for a, b in row["titles"]]
        yield {"text": row["text"], "spans": sorted(spans), "unsure": row["ignore"], "guideline": 0}


def read_paragraphs(data, folder, share):
    """The paragraphs of training/house: a share of those read, the smaller in the larger, and
    the passages written for it."""
    rows = sources.read_files(folder)
    random.Random(0).shuffle(rows)
    rows = rows[: round(share * len(rows))]
    texts = sources.find(data, [(row["source"], row["sha256"]) for row in rows])
    for row in rows:
        text = texts[row["source"], row["sha256"]]
        yield {"text": text, "spans": row["spans"], "unsure": row["unsure"], "guideline": 0}
    for path in sorted((folder / "written").glob("*.txt")):
        for passage in read_written(path):
            yield {"text": passage.text, "spans": passage.spans(), "unsure": passage.unsure(), "guideline": 0}


class Disturb:
    """Makes lines differ as pages do: other names, line breaks, padded names, bylines."""

    def __init__(self, rng, people, divisions, surnames):
        self.rng, self.people, self.divisions = rng, people, divisions
        self.short = [name for name in people if 2 <= len(name) <= 3]
        # As often as they are in the corpora; rank is an order like that of a roster.
        known = Counter(name[0] for name in self.short)
        common = {surname for surname in surnames if known[surname] >= 3}
        self.surnames = [name[0] for name in self.short if name[0] in common]
        self.given = [name[1:] for name in self.short if name[0] in common]
        self.rank = {surname: i for i, surname in enumerate(sorted(common))}

    def rewrite(self, row, replace):
        """The row with pieces of its text replaced: `replace` maps (start, end) to a string.
        Pieces must be whole spans, or stand outside of all."""
        text, moved, at = "", {}, 0
        cuts = sorted(replace.items())
        offsets = {}
        for (a, b), new in cuts + [((len(row["text"]),) * 2, "")]:
            for i in range(at, a + 1):
                offsets.setdefault(i, len(text) + i - at)
            text += row["text"][at:a]
            offsets[a] = len(text)
            text += new
            offsets[b] = len(text)
            at = b
        spans = [[offsets[a], offsets[b], k] for a, b, k in row["spans"]]
        unsure = [[offsets[a], offsets[b]] for a, b in row["unsure"] if a in offsets and b in offsets]
        return {**row, "text": text, "spans": spans, "unsure": unsure}

    def names(self, row, share):
        """Other people and counties in the same places. The same name stays the same."""
        text, chosen, replace = row["text"], {}, {}
        for a, b, kind in row["spans"]:
            name = text[a:b]
            if any(x < b and a < y for x, y in row["unsure"]):
                continue
            if name not in chosen:
                chosen[name] = None
                if self.rng.random() < share:
                    if kind == "PER" and len(name) >= 2:
                        chosen[name] = self.rng.choice(self.people)
                    elif kind == "PLACE" and name[-1] in "市县区" and 3 <= len(name) <= 4:
                        chosen[name] = self.rng.choice(self.divisions[name[-1]])
            if chosen[name]:
                replace[(a, b)] = chosen[name]
        return self.rewrite(row, replace)

    def gaps(self, row):
        """Line breaks anywhere, padded names of two characters, spaces between listed names."""
        text, spans, at = row["text"], row["spans"], {}
        if self.rng.random() < 0.12:
            for _ in range(self.rng.randint(1, 3)):
                if len(text) > 2:
                    i = self.rng.randrange(1, len(text))
                    at[i] = self.rng.choice(["\n", "\n", "\n\n", "\n\n"])
        if self.rng.random() < 0.08:
            for a, b, kind in spans:
                if kind == "PER" and b - a == 2:
                    at[a + 1] = self.rng.choice(["\u3000", "  ", " "])
        row = self.insert(row, at)
        if self.rng.random() < 0.25:
            text = row["text"]
            replace = {}
            for (_, end, kind), (start, _, other) in zip(row["spans"], row["spans"][1:]):
                if kind == other == "PER" and text[end:start] == "、":
                    replace[(end, start)] = " "
                if kind == other == "PLACE" and text[end:start] in ("、", "至", "到", "和"):
                    replace[(end, start)] = self.rng.choice(["-", "—", " ", "、"])
            row = self.rewrite(row, replace)
        if self.rng.random() < 0.04:
            row = self.insert(row, {0: self.rng.choice(["## ", "### ", "- ", "■", "●"])})
        return row

    def insert(self, row, at):
        places = sorted(at)
        shift = lambda i, start: i + sum(len(at[p]) for p in places if p < i or (start and p == i))
        text, last = "", 0
        for p in places:
            text += row["text"][last:p] + at[p]
            last = p
        text += row["text"][last:]
        move = lambda a, b: [shift(a, True), shift(b, False)]
        return {**row, "text": text, "spans": [move(a, b) + [k] for a, b, k in row["spans"]],
                "unsure": [move(a, b) for a, b in row["unsure"] if a < b]}

    def byline(self, row):
        """A dateline and byline in front, in the forms that local papers use."""
        rng, text, spans = self.rng, "", []

        def add(piece, kind=None):
            nonlocal text
            if kind:
                spans.append([len(text), len(text) + len(piece), kind])
            text += piece

        def people(role):
            add(role, "TITLE")
            for i in range(rng.choice([1, 1, 1, 2, 3])):
                add(rng.choice([" ", "", ":"]) if i == 0 else rng.choice([" ", "、"]))
                add(rng.choice(self.short), "PER")

        place = rng.choice(self.divisions[rng.choice("市县区")])
        stem = place[:-1] if len(place) > 2 else place
        form = rng.random()
        if form < 0.6:
            add(stem + rng.choice(MEDIA), "ORG")
            if rng.random() < 0.4:
                add("/")
                add(stem + rng.choice(["网", "融媒", "新闻客户端"]), "ORG")
            add("讯")
        elif form < 0.8:
            add("本报")
            if rng.random() < 0.5:
                add(stem, "PLACE")
                add(f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日")
            add("讯")
        opening, closing = rng.choice([("(", ")"), ("（", "）"), ("（", "）"), (" ", " ")])
        add(opening)
        people(rng.choice(BYLINE_ROLES))
        if rng.random() < 0.5:
            add(" ")
            people("通讯员")
        add(rng.choice(["", "", " 报道", " 摄影报道", " 文/图", " 摄"]))
        add(closing)
        length = len(text)
        moved = [[a + length, b + length, k] for a, b, k in row["spans"]]
        return {**row, "text": text + row["text"], "spans": spans + moved,
                "unsure": [[a + length, b + length] for a, b in row["unsure"]]}


    def name_list(self, guideline):
        """People one after another, as lists of members, winners and those present are set:
        with marks, with white space, or with nothing between, sorted by surname or not, some
        with sex or people in brackets."""
        rng, text, spans = self.rng, "", []
        names = [rng.choice(self.people) if rng.random() < 0.1 else self.common_name()
                 for _ in range(rng.choice([6, 10, 15, 25, 40, 60]))]
        if rng.random() < 0.6:
            names.sort(key=lambda name: (self.rank.get(name[0], len(self.rank)), name))
        between = rng.choice(["", "", "", "、", " ", "\u3000", "  ", "\n"])
        head = rng.choice(["", "", "名单(按姓氏笔画为序)", "当选名单如下:", "获奖人员名单", "委员:", "成员:", "代表"])
        text = head
        for i, name in enumerate(names):
            if i:
                text += between
            wide = len(name) == 2 and rng.random() < 0.15
            shown = name[0] + "\u3000" + name[1] if wide and between != "" else name
            spans.append([len(text), len(text) + len(shown), "PER"])
            text += shown
            if rng.random() < 0.12:
                text += rng.choice(["（女）", "(女)", "（" + rng.choice(PEOPLES) + "）", "（女，" + rng.choice(PEOPLES) + "）"])
        text += rng.choice(["", "。", "等。", "等出席。"])
        return {"text": text, "spans": spans, "unsure": [], "guideline": guideline}

    def common_name(self):
        """A surname and a given name that the corpora have, not necessarily together."""
        return self.rng.choice(self.surnames) + self.rng.choice(self.given)

    def headline(self, row, other):
        """The beginning of another text above, as a headline: a gap that does part."""
        inside = set()
        for a, b, _ in other["spans"]:
            inside.update(range(a + 1, b))
        for a, b in other["unsure"]:
            inside.update(range(a, b + 1))
        stop = re.search("[。！？!?；;\n]", other["text"])
        ends = [i for i in range(6, min(34, stop.start() if stop else len(other["text"]))) if i not in inside]
        if not ends:
            return row
        cut = self.rng.choice(ends)
        head = other["text"][:cut].rstrip("，、：,:（( ")
        spans = [span for span in other["spans"] if span[1] <= len(head)]
        unsure = [span for span in other["unsure"] if span[1] <= len(head)]
        head += self.rng.choice(["\n", "\n\n", "\n\n", "\n\n\n", "\n　　"])
        moved = [[a + len(head), b + len(head), k] for a, b, k in row["spans"]]
        return {**row, "text": head + row["text"], "spans": spans + moved,
                "unsure": unsure + [[a + len(head), b + len(head)] for a, b in row["unsure"]]}


def polish_rows(train, house, disturb, rng):
    """A third of every corpus and half of the house copies, half of them under a headline."""
    others = [[row for row in rows if rng.random() < 1 / 3] for rows in train.values()]
    for rows in others + [list(house_rows(house, disturb, rng, HOUSE_COPIES // 2))]:
        for row in rows:
            if row["guideline"]:
                row = disturb.gaps(disturb.names(row, 0.3))
            yield disturb.headline(row, rng.choice(rows)) if rng.random() < 0.5 else row


def corpora_rows(train, disturb, rng):
    for row in (row for rows in train.values() for row in rows):
        if rng.random() < 0.3:
            row = disturb.names(row, 0.5)
        yield disturb.gaps(row) if rng.random() < 0.5 else row


def list_rows(disturb, rng):
    """Lists of people by every guideline that marks them."""
    for guideline in ("house", "msra", "pfr", "uner"):
        for _ in range(LISTS[guideline]):
            yield disturb.name_list(GUIDELINES.index(guideline))


def raw_rows(data, disturb, rng):
    """Text without labels."""
    for folder in ("raw_xwlb", "raw_gov_reports"):
        for row in lines_of(data / "data" / folder / "raw.jsonl.gz"):
            row = {"text": row["text"], "spans": [], "unsure": [], "guideline": 0}
            yield disturb.gaps(row) if rng.random() < 0.3 else row


def web_rows(path, judged, disturb, rng):
    """Articles of the web: JSON lines of {"text"}, paragraphs parted by line breaks. Without paragraphs that hold a
    sentence of a dev or test set."""
    letters = lambda text: re.sub(r"[\W_]+", "", text)
    window = 12
    sentences = (letters(sentence) for text in judged for sentence in re.split("[。！？!?\n]", text))
    known = {kept[:window] for kept in sentences if len(kept) >= window}
    for row in lines_of(path):
        for text in row["text"].split("\n"):
            text = text.strip()
            kept = letters(text)
            if len(kept) < window or any(kept[i:i + window] in known for i in range(len(kept) - window + 1)):
                continue
            row = {"text": text, "spans": [], "unsure": [], "guideline": 0}
            yield disturb.gaps(row) if rng.random() < 0.3 else row


def silver_rows(raw, web, train, rng):
    """Text for teachers to read: unlabelled by the house's guideline, and some of it by others;
    each corpus by the guideline of another, which nobody has learned by heart."""
    by = lambda row, guideline: {**row, "spans": [], "unsure": [], "guideline": GUIDELINES.index(guideline)}
    for row in raw:
        chance = rng.random()
        if chance < 0.3:
            yield by(row, "house")
        elif chance < 0.38:
            yield by(row, "msra")
        elif chance < 0.46:
            yield by(row, "cluener")
    for row in web:
        for guideline, share in (("house", 0.6), ("cluener", 0.6), ("msra", 0.1)):
            if rng.random() < share:
                yield by(row, guideline)
    for corpus, rows in train.items():
        for row in rows:
            if rng.random() < 0.25:
                yield by(row, "house")
            if corpus in ("pfr", "uner", "cluener"):
                yield by(row, "msra")
            if corpus in ("msra", "pfr") and rng.random() < 0.2:
                yield by(row, "cluener")


def house_rows(rows, disturb, rng, copies):
    for copy in range(copies):
        for row in rows:
            if copy:
                row = disturb.names(row, 0.5 if copy % 2 else 0.15)
            if rng.random() < 0.08:
                row = disturb.byline(row)
            yield disturb.gaps(row) if copy else row


def check(row):
    text, end = row["text"], 0
    for a, b, _ in row["spans"]:
        assert end <= a < b <= len(text), row
        end = b
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with data/ and gold/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--web", type=Path, help="articles of the web, gzipped JSON lines of {\"text\"}: more text for teachers to label")
    parser.add_argument("--house-share", type=float, default=1.0, metavar="0..1",
                        help="how much of the paragraphs read in house/ to take, for a learning curve")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)

    train = {g: list(corpus(options.data, g, "train")) for g in GUIDELINES[1:]}
    house = list(gold(options.data / "gold" / "train.jsonl"))
    house += read_paragraphs(options.data, Path(__file__).parent / "house", options.house_share)
    print(f"house: {len(house)} different paragraphs")

    han = re.compile("^[\u4e00-\u9fff·]+$")
    people = sorted({row["text"][a:b] for g in ("msra", "pfr", "cluener", "resume", "uner")
                     for row in train[g] for a, b, k in row["spans"]
                     if k == "PER" and b - a >= 2 and han.match(row["text"][a:b])})
    divisions = {"市": [], "县": [], "区": []}
    with gzip.open(options.data / "data/gazetteer/divisions.tsv.gz", "rt", encoding="utf-8") as table:
        for line in table:
            name = line.split("\t")[1]
            if line.split("\t")[2] in ("city", "county") and name[-1] in divisions and 3 <= len(name) <= 4 and name != "市辖区":
                divisions[name[-1]].append(name)

    surnames = (options.data / "data/gazetteer/surnames.txt").read_text(encoding="utf-8").split()
    disturb = Disturb(rng, people, divisions, surnames)

    def write(name, rows):
        with open(options.out / f"{name}.jsonl", "w", encoding="utf-8") as out:
            count = 0
            for count, row in enumerate(rows, 1):
                print(json.dumps(check(row), ensure_ascii=False), file=out)
        print(f"{name}: {count} lines")

    write("corpora", corpora_rows(train, disturb, rng))
    write("house", house_rows(house, disturb, rng, HOUSE_COPIES))
    write("polish", polish_rows(train, house, disturb, rng))
    write("lists", list_rows(disturb, rng))
    raw = list(raw_rows(options.data, disturb, rng))
    dev = {g: list(corpus(options.data, g, "dev")) for g in GUIDELINES[1:]}
    dev["house"] = list(gold(options.data / "gold" / "dev.jsonl"))
    web = []
    if options.web:
        judged = [row["text"] for rows in dev.values() for row in rows]
        judged += [row["text"] for name in ("msra", "resume", "uner_gsdsimp", "weibo")
                   for row in lines_of(options.data / "data" / name / "test.jsonl.gz")]
        judged += [row["text"] for row in lines_of(options.data / "gold" / "seed.jsonl")]
        web = list(web_rows(options.web, judged, disturb, rng))
    write("raw", raw + web)
    write("silver", silver_rows(raw, web, train, rng))

    for name, rows in dev.items():
        with open(options.out / f"dev-{name}.jsonl", "w", encoding="utf-8") as out:
            for row in rows:
                print(json.dumps(row, ensure_ascii=False), file=out)


if __name__ == "__main__":
    main()
