"""What a reader of a batch wrote down, and the batch as it stands after it.

    12 ok                nothing to change
    12 O 滨州日报          every occurrence becomes an organization (P L O T; ? for unsure),
                         in the place of whatever overlaps it
    12 P 李洪强 #2         only the second occurrence (#1,3 for some, #* for really all)
    12 - 滨州             what is marked exactly so is marked no more
    12 drop              not a paragraph to learn from
"""

import re
from typing import NamedTuple

from house.markup import Passage

LINE = re.compile(r"(?P<number>\d+)\s+(?P<action>ok|drop|[PLOT?-])(?:\s+(?P<text>.+?))?(?:\s+#(?P<which>\*|[\d,]+))?$")


class Fix(NamedTuple):
    line: int
    action: str
    text: str
    which: object
    """None: not said; "*": all; else the occurrences named."""


class FixError(ValueError):
    """A line of a fix file that cannot be followed."""


def read(path):
    """{paragraph number: [Fix, …]} and the errors met."""
    fixes, errors = {}, []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            found = LINE.match(line)
            if not found or bool(found["text"]) == (found["action"] in ("ok", "drop")):
                errors.append(f"{path}:{number}: not a fix: {line}")
                continue
            which = found["which"]
            if which and which != "*":
                which = [int(k) for k in which.split(",") if k]
            fixes.setdefault(int(found["number"]), []).append(Fix(number, found["action"], found["text"], which))
    return fixes, errors


def apply(passage, fixes):
    """The passage after its fixes, None when it is dropped."""
    marks, own = list(passage.marks), set()
    for fix in fixes:
        if fix.action == "drop":
            return None
        if fix.action == "-":
            gone = [mark for mark in chosen(passage.text, fix) if mark in {m[:2] for m in marks}]
            if not gone:
                raise FixError(f"{fix.line}: nothing is marked exactly so: {fix.text}")
            marks = [mark for mark in marks if mark[:2] not in gone]
        elif fix.action != "ok":
            for place in to_mark(passage.text, fix, marks, own):
                marks = [mark for mark in marks if apart(mark, place)] + [(*place, fix.action)]
                own = {mark for mark in own if apart(mark, place)} | {place}
    return Passage(passage.text, sorted(marks))


def to_mark(text, fix, marks, own):
    """The occurrences that the fix marks."""
    places = chosen(text, fix)
    for place in places:
        for other in own:
            crossing = not apart(place, other) and not (within(place, other) or within(other, place))
            if crossing or fix.which and within(place, other) and place != other:
                raise FixError(f"{fix.line}: {fix.text} overlaps {text[slice(*other)]}, also set by a fix")
    if fix.which:
        return places
    # The longer of two names that the same reader set stands.
    places = [p for p in places if not any(within(p, other) and p != other for other in own)]
    inside = [p for p in places if any(within(p, m[:2]) and p != m[:2] for m in marks)]
    if inside and len(inside) < len(places):
        outer = {text[m[0] : m[1]] for p in inside for m in marks if within(p, m[:2])}
        raise FixError(f"{fix.line}: {fix.text} stands alone and inside {'、'.join(sorted(outer))}: "
                       "say which by #1,2 … or #*")
    return places


def chosen(text, fix):
    places, at = [], text.find(fix.text)
    while at >= 0:
        places.append((at, at + len(fix.text)))
        at = text.find(fix.text, at + len(fix.text))
    if not places:
        raise FixError(f"{fix.line}: not in the paragraph: {fix.text}")
    if isinstance(fix.which, list):
        if not all(1 <= k <= len(places) for k in fix.which):
            raise FixError(f"{fix.line}: {fix.text} occurs {len(places)} times only")
        return [places[k - 1] for k in fix.which]
    return places


def apart(one, other):
    return one[1] <= other[0] or other[1] <= one[0]


def within(inner, outer):
    return outer[0] <= inner[0] and inner[1] <= outer[1]
