"""Text with its names marked inline, ⟦O:滨州日报⟧讯（⟦T:记者⟧⟦P:李洪强⟧）, read and written.

`P` is a person's name, `L` a place, `O` an organization, `T` the title of a person, `?` what two
careful readers would argue about. Marks neither nest nor touch one another's text.
"""

from typing import NamedTuple

OPEN, CLOSE = "⟦", "⟧"
UNSURE = "?"
LABELS = {"P": "PER", "L": "PLACE", "O": "ORG", "T": "TITLE"}
KINDS = {label: kind for kind, label in LABELS.items()}


class Passage(NamedTuple):
    """A text and what is marked in it: (start, end, kind), sorted, apart, in code points."""

    text: str
    marks: list

    def spans(self):
        return [[a, b, LABELS[kind]] for a, b, kind in self.marks if kind != UNSURE]

    def unsure(self):
        return [[a, b] for a, b, kind in self.marks if kind == UNSURE]


class MarkupError(ValueError):
    """A mark that cannot be read."""

    def __init__(self, column, why):
        super().__init__(f"column {column}: {why}")
        self.column, self.why = column, why

    def at(self, path, line):
        return f"{path}:{line}:{self.column}: {self.why}"


def parse(marked):
    """The passage that a marked line says."""
    text, marks, opened, at = [], [], None, 0
    while at < len(marked):
        char = marked[at]
        if char == OPEN:
            if opened:
                raise MarkupError(at + 1, f"a mark inside the mark opened at column {opened[2]}")
            kind = marked[at + 1 : at + 2]
            if kind not in LABELS and kind != UNSURE or marked[at + 2 : at + 3] != ":":
                raise MarkupError(at + 1, f"{OPEN} must be followed by one of P: L: O: T: ?:")
            opened = (len(text), kind, at + 1)
            at += 3
            continue
        if char == CLOSE:
            if not opened:
                raise MarkupError(at + 1, f"{CLOSE} closes no mark")
            start, kind, column = opened
            if start == len(text):
                raise MarkupError(column, "a mark around nothing")
            marks.append((start, len(text), kind))
            opened = None
        else:
            text.append(char)
        at += 1
    if opened:
        raise MarkupError(opened[2], "the mark is never closed")
    return Passage("".join(text), marks)


def render(passage):
    """The marked line that says the passage."""
    pieces, at = [], 0
    for a, b, kind in passage.marks:
        pieces += [passage.text[at:a], OPEN, kind, ":", passage.text[a:b], CLOSE]
        at = b
    return "".join(pieces) + passage.text[at:]


def read_written(path):
    """The passages of a file of own writing: one a line, blank lines and # lines left out."""
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            try:
                yield parse(line.replace("\\n", "\n"))
            except MarkupError as error:
                raise SystemExit(error.at(path, number))
