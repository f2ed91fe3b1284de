"""Teaches a pretrained encoder to tag, and writes what it thinks of each character beside the columns.

    python3 -m encoder.teach --pretrained encoder.npz --work training/work

It goes on guessing hidden characters of the unlabelled text first. Then several copies learn to tag, each from all
labelled text but one part (fold) of it. What a copy thinks of the part that it has not read stands for that part;
of text that nobody labelled all say what they think. The result is `encoder.u8` in each folder of columns: the
probability of each tag in 255ths, characters × tags. Copies are kept, and a run that was stopped goes on after the
last one. A GPU does this in minutes, two cores take days.
"""

import argparse
import functools
import json
import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import optax

from . import network
from .columns import Columns, batches, rows_of

sys.path.insert(0, str(Path(__file__).parents[1]))
from prepare import GUIDELINES, HOUSE_COPIES  # noqa: E402

LABELLED = ["corpora", "house", "lists"]
OFTEN = {"cluener": 3}
"""Small corpora that a round reads more than once."""
STEP = 32768
"""Characters of a step, padding among them."""


def log(text, begin=time.time()):
    print(f"{time.time() - begin:6.1f} s  {text}", flush=True)


def on_device(columns):
    return {name: jnp.asarray(getattr(columns, name)) for name in ("characters", "gaps", "tags", "sure")}


def batch_of(columns, which):
    return tuple(jnp.asarray(column[which]) for column in (columns.starts, columns.lengths, columns.guidelines))


@functools.cache
def learner(loss, drop, hidden):
    """The optimiser, and a step of it: (weights, state, set, batch, width, key, rate) → weights, state, loss."""
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.scale_by_adam(b2=0.98),
                            optax.add_decayed_weights(0.01))

    @functools.partial(jax.jit, static_argnames="width", donate_argnums=(0, 1))
    def step(weights, state, set_, batch, width, key, rate):
        value, gradient = jax.value_and_grad(loss)(weights, set_, batch, width, key, drop, hidden)
        change, state = optimiser.update(gradient, state, weights)
        return jax.tree.map(lambda weight, change: weight - rate * change, weights, change), state, value

    return optimiser, step


def learn(weights, loss, rounds, rate, name, options):
    """`rounds` has the steps of each round: (set, set on the device, width, pieces). The rate rises over the first
    twelfth of them and falls to nothing."""
    optimiser, step = learner(loss, options.drop, options.hidden)
    state, key = optimiser.init(weights), jax.random.key(options.seed)
    rounds = list(rounds)
    steps, done = sum(map(len, rounds)), 0
    for i, plan in enumerate(rounds):
        losses = []
        for columns, set_, width, which in plan:
            done += 1
            now = rate * min(12 * done / steps, (steps - done) / (steps * 11 / 12))
            key, own = jax.random.split(key)
            weights, state, value = step(weights, state, set_, batch_of(columns, which), width, own, now)
            losses.append(value)
        log(f"{name} {i + 1}: loss {float(jnp.stack(losses).mean()):.4f}")
    return weights


def folds_of(columns, count):
    """The fold of each piece. Disturbed copies of a paragraph are in the same."""
    lines = columns.lines
    if columns.name == "house":
        lines = lines % ((int(lines.max()) + 1) // HOUSE_COPIES)
    return lines % count


def repeated(columns, which):
    copies = np.ones(len(which), int)
    for corpus, often in OFTEN.items():
        copies[columns.guidelines[which] == GUIDELINES.index(corpus)] = often
    return np.repeat(which, copies)


def think(weights, columns, which, sums):
    set_ = on_device(columns)
    for width, batch in batches(columns, which, STEP * 2):
        fresh = np.zeros(len(batch), bool)
        fresh[np.unique(batch, return_index=True)[1]] = True
        sums = network.add_opinions(weights, sums, set_, (*batch_of(columns, batch), jnp.asarray(fresh)), width)
    return sums


def spans(tags):
    found, start = set(), None
    for i, tag in enumerate(tags):
        label, place = divmod(int(tag) - 1, 4) if tag else (None, None)
        if place in (0, 3):
            start = (i, label)
        if place in (2, 3) and start and start[1] == label:
            found.add((start[0], i, label))
        if place in (None, 2, 3):
            start = None
    return found


def score(columns, opinions, which):
    """F1 of the likeliest tags of each character, decoded strictly."""
    best, counts = opinions.argmax(-1), [0, 0, 0]
    for start, length in zip(columns.starts[which], columns.lengths[which]):
        piece = slice(start, start + length)
        clear = lambda span: columns.sure[start + span[0]:start + span[1] + 1].all()
        wanted, found = (set(filter(clear, spans(tags[piece]))) for tags in (columns.tags, best))
        counts = [counts[0] + len(wanted & found), counts[1] + len(found), counts[2] + len(wanted)]
    return 200 * counts[0] / max(1, counts[1] + counts[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pretrained", type=Path, required=True, help="as encoder.pretrained writes it")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--guess", nargs="*", default=["raw", "corpora"], help="sets whose hidden characters to guess")
    parser.add_argument("--label", nargs="*", default=["corpora", "house", "silver"], help="sets to think about")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--guess-rounds", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--guess-rate", type=float, default=4e-4)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--drop", type=float, default=0.1)
    parser.add_argument("--hidden", type=float, default=0.15, help="share of characters hidden, also while tagging")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    jax.config.update("jax_default_prng_impl", "rbg")
    rng = np.random.default_rng(options.seed)
    models = options.work / "models"
    models.mkdir(parents=True, exist_ok=True)

    with np.load(options.pretrained) as stored:
        pretrained = dict(stored)
    rows = rows_of(pretrained["characters"], network.UNKNOWN)
    read = functools.cache(lambda name: Columns.read(options.work / name, rows))
    weights = network.begin(pretrained, len(GUIDELINES), rng)

    def kept(name, make):
        path = models / f"encoder-{name}.npz"
        if not path.exists():
            made = {key: np.asarray(value, np.float16) for key, value in make().items()}
            np.savez(path, **made)
        with np.load(path) as stored:
            return {key: jnp.asarray(value, jnp.float32) for key, value in stored.items()}

    def guess():
        sets = [(columns, on_device(columns)) for columns in map(read, options.guess)]
        for _ in range(options.guess_rounds):
            plan = [(columns, set_, *batch) for columns, set_ in sets
                    for batch in batches(columns, np.arange(len(columns.starts)), STEP, rng)]
            rng.shuffle(plan)
            yield plan

    base = kept("base", lambda: learn(weights, network.guess_loss, guess(), options.guess_rate, "guess", options))

    labelled = [(columns, on_device(columns), folds_of(columns, options.folds)) for columns in map(read, LABELLED)]

    def tag(fold):
        for _ in range(options.rounds):
            plan = [(columns, set_, *batch) for columns, set_, folds in labelled
                    for batch in batches(columns, repeated(columns, np.flatnonzero(folds != fold)), STEP, rng)]
            rng.shuffle(plan)
            yield plan

    dev = [path.name for path in sorted(options.work.glob("dev-*")) if path.is_dir()]
    sums, told = {}, {}
    for fold in range(options.folds):
        name = f"fold-{fold}"
        begin = lambda: {key: value.copy() for key, value in base.items()}
        copy = kept(name, lambda: learn(begin(), network.tag_loss, tag(fold), options.rate, name, options))
        figures = {}
        for set_ in options.label + dev:
            columns = read(set_)
            which = np.arange(len(columns.starts))
            if set_ in LABELLED:
                which = np.flatnonzero(folds_of(columns, options.folds) == fold)
            before = sums.get(set_)
            if before is None:
                before = np.zeros((len(columns.characters), network.TAGS), np.float32)
            sums[set_] = np.asarray(think(copy, columns, which, jnp.asarray(before)))
            told[set_] = 1 if set_ in LABELLED else fold + 1
            if set_ in dev:
                figures[set_] = round(score(columns, sums[set_], which), 2)
        log(f"copies to {fold}: {json.dumps(figures)}")

    for set_, opinions in sums.items():
        np.round(opinions * (255 / told[set_])).astype(np.uint8).tofile(options.work / set_ / "encoder.u8")
        if set_ in LABELLED:
            columns = read(set_)
            by = {GUIDELINES[g]: np.flatnonzero(columns.guidelines == g)[:4000] for g in np.unique(columns.guidelines)}
            figures = {name: round(score(columns, opinions, which), 2) for name, which in by.items()}
            log(f"{set_}, by copies that have not read it: {json.dumps(figures)}")


if __name__ == "__main__":
    main()
