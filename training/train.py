"""Trains the tagger on the columns that `mingzhu-training features` wrote.

Resumable: after every epoch the state is in `OUT/state.pkl`; started again with the same
options it goes on from there. One seed fixes everything but the order in which two cores
add numbers.
"""

import argparse
import json
import pickle
import time
import zlib
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax

import model
from prepare import GUIDELINES

BUCKETS = (16, 32, 48, 64, 96, 128, 176, 240)
BATCH_CHARS = 6144
VOCABULARY = 2
"""Characters seen less often than this share the row of unknown ones."""

COLUMNS = {"chars": "<u4", "bigrams": "<u2", "words": "u1", "gaps": "u1", "tags": "u1", "unsure": "u1",
           "lexicon0": "u1", "lexicon1": "u1", "lexicon2": "u1", "lexicon3": "u1"}
SUFFIX = {"<u4": "u32", "<u2": "u16", "u1": "u8"}


class Sentences:
    def __init__(self, folder, vocabulary=None):
        load = lambda name, kind: np.fromfile(folder / f"{name}.{SUFFIX[kind]}", kind)
        self.lengths = load("lengths", "<u4").astype(np.int64)
        self.guidelines = load("guidelines", "u1")
        self.columns = {name: load(name, kind) for name, kind in COLUMNS.items()}
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)[:-1]])
        if vocabulary is None:
            found, counts = np.unique(self.columns["chars"], return_counts=True)
            vocabulary = found[counts >= VOCABULARY]
        self.vocabulary = vocabulary
        # 0 pads, 1 is any other character.
        at = np.searchsorted(vocabulary, self.columns["chars"]).clip(0, len(vocabulary) - 1)
        known = vocabulary[at] == self.columns["chars"]
        self.columns["chars"] = np.where(known, at + 2, 1).astype(np.int32)

    def batch(self, which, length):
        inside = np.arange(length)[None] < self.lengths[which][:, None]
        at = np.where(inside, self.starts[which][:, None] + np.arange(length)[None], 0)
        batch = {name: np.where(inside, column[at], 0).astype(np.int32) for name, column in self.columns.items()}
        batch["mask"] = inside.astype(np.float32)
        batch["guidelines"] = self.guidelines[which].astype(np.int32)
        return batch

    def batches(self, rng):
        """All sentences once, those of like length together, in random order. The last
        batch of each length is filled up with repeats, so that few shapes are compiled."""
        bucket = np.searchsorted(BUCKETS, self.lengths)
        plan = []
        for i, length in enumerate(BUCKETS):
            which = np.flatnonzero(bucket == i)
            if rng is not None:
                rng.shuffle(which)
            size = BATCH_CHARS // length
            if len(which):
                count = -(-len(which) // size)
                plan += [(np.resize(which[k * size:(k + 1) * size], size), length,
                          len(which[k * size:(k + 1) * size])) for k in range(count)]
        if rng is not None:
            rng.shuffle(plan)
        for which, length, real in plan:
            yield which, self.batch(which, length), real


def evaluate(weights, sentences, score):
    """Micro F1 over spans and per label. Spans that touch an unsure character do not count."""
    chained = [np.asarray(part, np.float64) for part in model.chain(weights)]
    counts = np.zeros((len(model.LABELS), 3), int)
    for which, batch, real in sentences.batches(None):
        scores = np.asarray(score(weights, batch))
        for row in range(real):
            length = sentences.lengths[which[row]]
            unsure = batch["unsure"][row]
            clear = lambda span: not unsure[span[0]:span[1]].any()
            want = set(filter(clear, model.spans(batch["tags"][row, :length])))
            got = set(filter(clear, model.spans(model.viterbi(scores[row, :length], *chained))))
            for label in range(len(model.LABELS)):
                of = lambda found: {span for span in found if span[2] == label}
                counts[label] += [len(of(want & got)), len(of(got)), len(of(want))]
    f1 = lambda hit, got, want: 200 * hit / max(got + want, 1)
    row = {name: round(f1(*counts[i]), 2) for i, name in enumerate(model.LABELS) if counts[i, 2]}
    named = [i for i, name in enumerate(model.LABELS) if counts[i, 2]]
    return {"micro": round(f1(*counts[named].sum(0)), 2), **row}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder with the columns of train and dev-*")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--text", default="train", help="name of the columns' folder in WORK")
    parser.add_argument("--start", type=Path, help="weights.npz to go on from, with its vocabulary")
    parser.add_argument("--epochs", type=float, default=5)
    parser.add_argument("--rate", type=float, default=2.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dev", nargs="*", default=["house", "msra", "cluener"])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    log = open(options.out / "log.jsonl", "a", encoding="utf-8")

    start = dict(np.load(options.start)) if options.start else {}
    train = Sentences(options.work / options.text, start.pop("vocabulary", None))
    dev = {name: Sentences(options.work / f"dev-{name}", train.vocabulary) for name in options.dev}
    sizes = json.loads((options.work / options.text / "sizes.json").read_text())
    sizes |= {"chars": len(train.vocabulary) + 2, "guidelines": len(GUIDELINES)}

    per_epoch = sum(1 for _ in (b for i, n in enumerate(BUCKETS) for b in range(
        -(-int((np.searchsorted(BUCKETS, train.lengths) == i).sum()) // (BATCH_CHARS // n)))))
    total = int(per_epoch * options.epochs)
    schedule = optax.warmup_cosine_decay_schedule(0, options.rate, min(300, total // 10), total, options.rate * 0.01)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, b2=0.98, weight_decay=0.03))
    drop = {"char": 0.12, "bigram": 0.4, "word": 0.1, "lexicon": 0.2, "hidden": 0.15}

    @jax.jit
    def step(weights, state, average, batch, key, share):
        value, gradient = jax.value_and_grad(model.loss)(weights, batch, key, drop)
        updates, state = optimiser.update(gradient, state, weights)
        weights = optax.apply_updates(weights, updates)
        average = jax.tree.map(lambda a, w: a + share * (w - a), average, weights)
        return weights, state, average, value

    score = jax.jit(model.emissions)
    saved = options.out / "state.pkl"
    start_sum = zlib.crc32(options.start.read_bytes()) if options.start else None
    made_of = (options.seed, options.epochs, options.rate, start_sum, int(train.lengths.sum()),
               train.vocabulary.tobytes())
    if saved.exists():
        weights, state, average, done, before = pickle.loads(saved.read_bytes())
        if before != made_of:
            raise SystemExit(f"{saved} is of another run (seed, epochs, rate, start or text differ): delete it to start over")
    else:
        weights = {name: jnp.asarray(value) for name, value in start.items()}
        weights = weights or model.initial(np.random.default_rng(options.seed), sizes)
        state, average, done = optimiser.init(weights), weights, 0
    print(f"{train.lengths.sum()} characters, {per_epoch} steps an epoch, "
          f"{sum(w.size for w in weights.values())} weights, from step {done}", flush=True)

    began = time.time()
    while done < total:
        epoch = done // per_epoch
        rng = np.random.default_rng([options.seed, epoch])
        losses = []
        for i, (_, batch, _) in enumerate(train.batches(rng)):
            key = jax.random.fold_in(jax.random.key(options.seed), done)
            share = max(1 / (done + 1), 0.002 if not start else 0.01)
            weights, state, average, value = step(weights, state, average, batch, key, share)
            losses.append(value)
            done += 1
            if i % 50 == 49:
                recent = float(jnp.mean(jnp.stack(losses[-50:])))
                print(f"step {done}/{total} loss {recent:.4f} {time.time() - began:.0f} s", flush=True)
            if done >= total:
                break
        saved.write_bytes(pickle.dumps((weights, state, average, done, made_of)))
        row = {"step": done, "loss": float(jnp.mean(jnp.stack(losses))), "seconds": round(time.time() - began),
               **{name: evaluate(average, rows, score) for name, rows in dev.items()}}
        print(json.dumps(row), flush=True)
        print(json.dumps(row), file=log, flush=True)
        np.savez(options.out / "weights.npz", vocabulary=train.vocabulary,
                 **{name: np.asarray(value) for name, value in average.items()})


if __name__ == "__main__":
    main()
