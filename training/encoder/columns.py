"""The columns that `mingzhu-training features` wrote (see ../assets), as an encoder reads them."""

from dataclasses import dataclass

import numpy as np

LONGEST = 254
"""Characters of a piece; longer sentences are read in several."""


@dataclass
class Columns:
    """One set. A piece is a sentence, or a part of one that is too long."""

    name: str
    characters: np.ndarray
    gaps: np.ndarray
    tags: np.ndarray
    sure: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    guidelines: np.ndarray
    lines: np.ndarray

    @classmethod
    def read(cls, folder, rows):
        """`rows` maps a code point to the row of its character."""
        column = lambda name, kind: np.fromfile(folder / f"{name}.{kind}", {"u8": np.uint8, "u32": np.uint32}[kind])
        lengths = column("lengths", "u32").astype(np.int64)
        ends = np.cumsum(lengths)
        parts = -(-lengths // LONGEST)
        owner = np.repeat(np.arange(len(lengths)), parts)
        part = np.arange(len(owner)) - np.repeat(np.cumsum(parts) - parts, parts)
        starts = (ends - lengths)[owner] + part * LONGEST
        return cls(
            name=folder.name,
            characters=rows[np.minimum(column("chars", "u32"), len(rows) - 1)],
            gaps=column("gaps", "u8"),
            tags=column("tags", "u8"),
            sure=column("unsure", "u8") == 0,
            starts=starts.astype(np.int32),
            lengths=np.minimum(LONGEST, ends[owner] - starts).astype(np.int32),
            guidelines=column("guidelines", "u8")[owner],
            lines=column("lines", "u32")[owner],
        )


def rows_of(characters, unknown):
    """Code point → row: the special rows come first, then `characters` in their order."""
    rows = np.full(0x20000, unknown, np.int16)
    known = characters < len(rows)
    rows[characters[known]] = np.flatnonzero(known) + 5
    for upper in range(ord("A"), ord("Z") + 1):
        if rows[upper] == unknown:
            rows[upper] = rows[upper + 32]
    return rows


def batches(columns, which, size, rng=None):
    """Pieces of like lengths together: (width, indices), each with `size` characters or so.
    With `rng` shuffled, and whole batches only; without it every piece, the last ones repeated."""
    lengths = columns.lengths[which]
    made = []
    for narrower, width in [(0, 32), (32, 64), (64, 128), (128, 256)]:
        own = which[(lengths + 2 > narrower) & (lengths + 2 <= width)]
        count = max(1, size // width)
        if rng is not None:
            rng.shuffle(own)
        for at in range(0, len(own), count):
            batch = own[at:at + count]
            if len(batch) < count:
                if rng is not None and len(own) >= count:
                    continue
                batch = np.resize(batch, count)
            made.append((width, batch))
    if rng is not None:
        rng.shuffle(made)
    return made
