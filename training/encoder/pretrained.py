"""The weights of a BERT as PyTorch stores them, without PyTorch, down to what single characters need.

    python3 -m encoder.pretrained FOLDER OUT.npz

FOLDER holds `pytorch_model.bin` and `tokenizer.json`.
"""

import io
import json
import pickle
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path

import numpy as np

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
"""Rows 0 to 4 of the table of characters."""

KINDS = {"FloatStorage": np.float32, "HalfStorage": np.float16, "LongStorage": np.int64}


class _Tensors(pickle.Unpickler):
    """Reads tensors and dictionaries of them; anything else in the file is refused."""

    def __init__(self, archive, folder):
        super().__init__(io.BytesIO(archive.read(f"{folder}/data.pkl")))
        self.archive, self.folder = archive, folder

    def find_class(self, module, name):
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return self.tensor
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if module == "torch" and name in KINDS:
            return KINDS[name]
        raise pickle.UnpicklingError(f"{module}.{name}")

    def persistent_load(self, reference):
        _, kind, key, _, _ = reference
        return np.frombuffer(self.archive.read(f"{self.folder}/data/{key}"), kind)

    @staticmethod
    def tensor(storage, offset, shape, strides, *_):
        step = storage.itemsize
        return np.lib.stride_tricks.as_strided(storage[offset:], shape, [s * step for s in strides])


def read(path):
    with zipfile.ZipFile(path) as archive:
        folder = archive.namelist()[0].split("/")[0]
        return _Tensors(archive, folder).load()


def convert(folder):
    """name → array: tables, then each layer's weights stacked, inputs × outputs."""
    stored = read(folder / "pytorch_model.bin")
    numbers = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    single = sorted(token for token in numbers if len(token) == 1)
    rows = [numbers[token] for token in SPECIAL + single]
    embedding = lambda name: stored[f"embeddings.{name}"]
    result = {
        "characters": np.array([ord(token) for token in single], np.uint32),
        "token": embedding("word_embeddings.weight")[rows],
        "position": embedding("position_embeddings.weight") + embedding("token_type_embeddings.weight")[0],
        "norm": np.stack([embedding("LayerNorm.weight"), embedding("LayerNorm.bias")]),
    }
    count = 1 + max(int(name.split(".")[2]) for name in stored if name.startswith("encoder.layer."))
    layers = [f"encoder.layer.{i}" for i in range(count)]
    stack = lambda name: np.stack([stored[f"{layer}.{name}"] for layer in layers])
    for short, name in {"query": "attention.self.query", "key": "attention.self.key",
                        "value": "attention.self.value", "mix": "attention.output.dense",
                        "wide": "intermediate.dense", "narrow": "output.dense"}.items():
        result[short] = stack(f"{name}.weight").transpose(0, 2, 1)
        result[f"{short}_bias"] = stack(f"{name}.bias")
    for short, name in {"mix_norm": "attention.output.LayerNorm", "narrow_norm": "output.LayerNorm"}.items():
        result[short] = np.stack([stack(f"{name}.weight"), stack(f"{name}.bias")], 1)
    return {name: value if name == "characters" else value.astype(np.float16) for name, value in result.items()}


if __name__ == "__main__":
    source, out = map(Path, sys.argv[1:])
    np.savez(out, **convert(source))
