"""Trained weights → `model.mz` (see src/tagger/weights.rs for the form), and the scores of a
few stored sentences, computed here from the same int8 weights, for a test of the Rust side.
"""

import argparse
import json
import struct
import zlib
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

import model
from prepare import GUIDELINES
from train import Sentences, evaluate

FORMAT = 1

FINE = 127
"""Largest value in a row of a map: all of int8."""

COARSE = 15
"""Largest value in a row of the two big tables. They are most of the file, lose nothing
measurable by it (docs/model.md), and five bits compress to half of eight."""


def quantized(matrix, levels=FINE):
    """Integers of at most `levels`, with a scale for each row."""
    matrix = np.asarray(matrix, np.float32)
    scales = np.maximum(np.abs(matrix).max(1), 1e-12) / levels
    values = np.clip(np.rint(matrix / scales[:, None]), -levels, levels).astype(np.int8)
    return scales.astype("<f4"), values


def pack_matrix(matrix, levels=FINE):
    scales, values = quantized(matrix, levels)
    return struct.pack("<II", *values.shape) + scales.tobytes() + values.tobytes()


def pack_floats(values):
    return np.asarray(values, "<f4").tobytes()


def rounded(weights, coarse=COARSE):
    """The weights as the asset holds them."""
    def same(matrix, levels=FINE):
        scales, values = quantized(matrix, levels)
        return values * scales[:, None]

    result = dict(weights)
    for name in weights:
        if name in ("char", "bigram"):
            result[name] = same(weights[name], coarse)
        elif name in ("word", "gap", "guideline") or name.startswith("lexicon"):
            result[name] = same(weights[name])
        elif name.startswith("point") and "bias" not in name:
            result[name] = same(weights[name].T).T
    a, b = model.CHAR_DIM, model.CHAR_DIM + model.BIGRAM_DIM
    parts = [same(part.T).T for part in np.split(weights["input"], [a, b])]
    result["input"] = np.concatenate(parts)
    return result


def sections(weights, vocabulary):
    a, b = model.CHAR_DIM, model.CHAR_DIM + model.BIGRAM_DIM
    char, closed, opened = (part.T for part in np.split(weights["input"], [a, b]))
    sizes = [model.WIDTH, model.CHAR_DIM, model.BIGRAM_DIM, model.KERNEL, len(model.DILATIONS), *model.DILATIONS]
    yield "CONF", struct.pack(f"<{len(sizes)}I", *sizes)
    yield "GUID", "\n".join(GUIDELINES).encode()
    yield "VOCB", "".join(map(chr, vocabulary)).encode()
    yield "CHAR", pack_matrix(weights["char"], COARSE)
    yield "BIGR", pack_matrix(weights["bigram"], COARSE)
    yield "WORD", pack_matrix(weights["word"])
    yield "GAPS", pack_matrix(weights["gap"])
    for i in range(4):
        yield f"LEX{i}", pack_matrix(weights[f"lexicon{i}"])
    yield "GDLN", pack_matrix(weights["guideline"])
    yield "INPC", pack_matrix(char)
    yield "INPL", pack_matrix(closed)
    yield "INPR", pack_matrix(opened)
    yield "INPB", pack_floats(weights["input_bias"])
    for i in range(len(model.DILATIONS)):
        yield f"DW{i:02}", pack_floats(weights[f"depth{i}"])
        yield f"DB{i:02}", pack_floats(weights[f"depth_bias{i}"])
        yield f"PW{i:02}", pack_matrix(weights[f"point{i}"].T)
        yield f"PB{i:02}", pack_floats(weights[f"point_bias{i}"])
    yield "OUTW", pack_floats(weights["output"].T)
    yield "OUTB", pack_floats(weights["output_bias"])
    yield "TRAN", pack_floats(weights["transition"])
    yield "STRT", pack_floats(weights["start"])
    yield "ENDT", pack_floats(weights["end"])


def pack(weights, vocabulary):
    content = b""
    for name, data in sections(weights, vocabulary):
        content += name.encode() + struct.pack("<I", len(data)) + data + b"\0" * (-len(data) % 4)
    return b"MINGZHU\0MODL" + struct.pack("<III", FORMAT, zlib.crc32(content), len(content)) + content


def compare_levels(weights, vocabulary, work):
    """What rounding the two big tables costs: F1 on the dev sets for several numbers of levels."""
    sets = {name: Sentences(work / f"dev-{name}", vocabulary) for name in ("house", "msra", "cluener")}
    score = jax.jit(model.emissions)
    print("| values in a row | bits | " + " | ".join(sets) + " |")
    print("| --- | ---: | " + " | ".join("---:" for _ in sets) + " |")
    for levels in (None, 127, 31, 15, 7, 3):
        used = {name: jnp.asarray(value) for name, value in (rounded(weights, levels) if levels else weights).items()}
        figures = [f"{evaluate(used, rows, score)['micro']:.2f}" for rows in sets.values()]
        name, bits = (f"±{levels}", (2 * levels).bit_length()) if levels else ("not rounded", 32)
        print(f"| {name} | {bits} | " + " | ".join(figures) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--compare-levels", type=Path, metavar="WORK", help="print what rounding costs, on WORK/dev-*")
    parser.add_argument("--sentences", type=Path, help="lines, each one sentence")
    parser.add_argument("--columns", type=Path, help="the folder with their columns")
    parser.add_argument("--scores", type=Path, help="where the scores of those sentences go")
    options = parser.parse_args()
    loaded = dict(np.load(options.weights))
    vocabulary = loaded.pop("vocabulary")
    if options.compare_levels:
        compare_levels(loaded, vocabulary, options.compare_levels)
    if not options.out:
        return
    data = pack(loaded, vocabulary)
    options.out.write_bytes(data)
    print(f"{options.out}: {len(data)} bytes")
    if options.scores:
        rows = Sentences(options.columns, vocabulary)
        weights = {name: jnp.asarray(value) for name, value in rounded(loaded).items()}
        texts = [json.loads(line) for line in options.sentences.read_text(encoding="utf-8").splitlines()]
        assert len(texts) == len(rows.lengths), "each stored line must be one sentence"
        stored = []
        for i, row in enumerate(texts):
            scores = model.emissions(weights, rows.batch(np.array([i]), int(rows.lengths[i])))[0]
            stored.append({"text": row["text"], "guideline": GUIDELINES[row["guideline"]],
                           "emissions": [[round(float(v), 3) for v in at] for at in scores]})
        options.scores.write_text(json.dumps(stored, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
