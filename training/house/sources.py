"""Where read paragraphs stand: by the source they come from and the hash of their text.

A paragraph of a labelled corpus is named `cluener/train:17` (its line, from 0), one of the
unlabelled text `raw_xwlb:20240101-01` (its document; the hash tells which paragraph).
"""

import gzip
import hashlib
import json
import re
from pathlib import Path

LABELLED = re.compile(r"(?P<corpus>[a-z_0-9]+)/train:(?P<line>[0-9]+)$")
DOCUMENT = re.compile(r'\{"doc": ?"((?:[^"\\]|\\.)*)"')


def fingerprint(text):
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def split_of(data, corpus, split):
    return data / "data" / corpus / f"{split}.jsonl.gz"


def raw_of(data, name):
    return data / "data" / name / "raw.jsonl.gz"


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from file


def find(data, wanted):
    """{(source, sha256): text} for all pairs of `wanted`, or an error that names the missing."""
    numbers, documents = {}, {}
    for source, sha in wanted:
        labelled = LABELLED.match(source)
        if labelled:
            numbers.setdefault(labelled["corpus"], set()).add(int(labelled["line"]))
        else:
            name, _, document = source.partition(":")
            documents.setdefault(name, set()).add(document)

    found = {}
    for corpus, those in numbers.items():
        for number, line in enumerate(lines(split_of(data, corpus, "train"))):
            if number in those:
                text = json.loads(line)["text"]
                found[f"{corpus}/train:{number}", fingerprint(text)] = text
    for name, those in documents.items():
        for line in lines(raw_of(data, name)):
            # Most lines are not wanted: look at the document before reading the whole.
            document = DOCUMENT.match(line)
            if document and document[1] in those:
                text = json.loads(line)["text"]
                found[f"{name}:{document[1]}", fingerprint(text)] = text

    missing = [pair for pair in wanted if pair not in found]
    if missing:
        named = "\n  ".join(f"{source} ({sha})" for source, sha in missing[:10])
        raise SystemExit(f"{len(missing)} read paragraphs are not in {data}: another edition of the data?\n  {named}")
    return {pair: found[pair] for pair in wanted}


def read_files(folder):
    """All read paragraphs of the folder's stand-off files, in order."""
    return [row for path in sorted(Path(folder).glob("batch-*.jsonl")) for row in read_file(path)]


def read_file(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]
