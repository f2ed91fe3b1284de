"""The tagger's network in JAX: the same arithmetic as `src/tagger/network.rs`.

A character's vector is the sum of what is known of it: the character and the bigrams it
closes and opens, projected; its place in jieba's word; its place in known words of each
class; the white space before it; the guideline asked for. Then come residual blocks of a
depthwise dilated convolution, RMS normalisation and a gated pointwise map (ReGLU: Shazeer
2020, arXiv 2002.05202), and a linear-chain CRF over BIOES tags.
"""

import jax
import jax.numpy as jnp
import numpy as np

WIDTH = 96
CHAR_DIM = 64
BIGRAM_DIM = 32
KERNEL = 5
DILATIONS = (1, 1, 2, 2, 4, 1)
LABELS = ["PER", "PLACE", "ORG", "TITLE"]
TAGS = 1 + 4 * len(LABELS)
EPSILON = 1e-6
FORBIDDEN = -1e4


def legal():
    """(from, to), start and end masks of BIOES."""
    part = lambda t: "O" if t == 0 else "BIES"[(t - 1) % 4]
    label = lambda t: (t - 1) // 4
    pairs = np.zeros((TAGS, TAGS), bool)
    for a in range(TAGS):
        for b in range(TAGS):
            if part(a) in "OES":
                pairs[a, b] = part(b) in "OBS"
            else:
                pairs[a, b] = part(b) in "IE" and label(a) == label(b)
    start = np.array([part(t) in "OBS" for t in range(TAGS)])
    end = np.array([part(t) in "OES" for t in range(TAGS)])
    return pairs, start, end


def initial(rng, sizes):
    def normal(*shape, scale):
        return jnp.asarray(rng.normal(0, scale, shape), jnp.float32)

    joined = CHAR_DIM + 2 * BIGRAM_DIM
    weights = {
        "char": normal(sizes["chars"], CHAR_DIM, scale=0.3),
        "bigram": normal(sizes["bigrams"], BIGRAM_DIM, scale=0.1),
        "word": normal(sizes["words"], WIDTH, scale=0.2),
        "gap": normal(sizes["gaps"], WIDTH, scale=0.2),
        "guideline": normal(sizes["guidelines"], WIDTH, scale=0.2),
        "input": normal(joined, WIDTH, scale=joined ** -0.5),
        "input_bias": jnp.zeros(WIDTH),
        "output": normal(WIDTH, TAGS, scale=0.05),
        "output_bias": jnp.zeros(TAGS),
        "transition": jnp.zeros((TAGS, TAGS)),
        "start": jnp.zeros(TAGS),
        "end": jnp.zeros(TAGS),
    }
    for i in range(4):
        weights[f"lexicon{i}"] = normal(sizes["lexicon"], WIDTH, scale=0.2)
    for i in range(len(DILATIONS)):
        weights[f"depth{i}"] = normal(KERNEL, WIDTH, scale=0.2).at[KERNEL // 2].add(0.7)
        weights[f"depth_bias{i}"] = jnp.zeros(WIDTH)
        weights[f"point{i}"] = normal(WIDTH, 2 * WIDTH, scale=0.6 * WIDTH ** -0.5)
        weights[f"point_bias{i}"] = jnp.zeros(2 * WIDTH).at[WIDTH:].set(0.5)
    return weights


def rms(x):
    return x * jax.lax.rsqrt(jnp.mean(x * x, -1, keepdims=True) + EPSILON)


def emissions(weights, batch, key=None, drop=None):
    """(batch, length, TAGS). `batch` holds the columns as (batch, length) arrays and `mask`;
    with a `key`, whole inputs and single activations are dropped as `drop` says."""
    mask = batch["mask"][..., None]
    chars, bigrams, words = batch["chars"], batch["bigrams"], batch["words"]
    lexicon = [batch[f"lexicon{i}"] for i in range(4)]

    def kept(share, shape):
        nonlocal key
        key, used = jax.random.split(key)
        return jax.random.bernoulli(used, 1 - share, shape)

    bigram = weights["bigram"][bigrams]
    if key is not None:
        # A dropped character takes the bigram it closes along, which would give it away.
        seen = kept(drop["char"], chars.shape)
        chars = jnp.where(seen, chars, 1)
        bigram = bigram * (seen & kept(drop["bigram"], bigrams.shape))[..., None]
    # The bigram a character opens is the one its successor closes.
    after = jnp.pad(bigram, ((0, 0), (0, 1), (0, 0)))[:, 1:]
    after = after * jnp.pad(batch["mask"], ((0, 0), (0, 1)))[:, 1:, None]
    x = jnp.concatenate([weights["char"][chars], bigram, after], -1) @ weights["input"] + weights["input_bias"]
    word = weights["word"][words]
    known = sum(weights[f"lexicon{i}"][lexicon[i]] for i in range(4))
    if key is not None:
        word = word * kept(drop["word"], words.shape[:1])[:, None, None]
        known = known * kept(drop["lexicon"], words.shape[:1])[:, None, None]
    x = x + word + known + weights["gap"][batch["gaps"]] + weights["guideline"][batch["guidelines"]][:, None]
    if key is not None:
        x = x * kept(drop["hidden"], x.shape) / (1 - drop["hidden"])
    x = x * mask
    half = KERNEL // 2
    for i, dilation in enumerate(DILATIONS):
        reach = half * dilation
        padded = jnp.pad(x, ((0, 0), (reach, reach), (0, 0)))
        length = x.shape[1]
        h = sum(padded[:, k * dilation:k * dilation + length] * weights[f"depth{i}"][k] for k in range(KERNEL))
        h = rms(h + weights[f"depth_bias{i}"]) @ weights[f"point{i}"] + weights[f"point_bias{i}"]
        h = h[..., :WIDTH] * jax.nn.relu(h[..., WIDTH:])
        if key is not None:
            h = h * kept(drop["hidden"], h.shape) / (1 - drop["hidden"])
        x = (x + h) * mask
    return rms(x) @ weights["output"] + weights["output_bias"]


def chain(weights):
    """Transition, start and end scores with what BIOES forbids."""
    pairs, start, end = legal()
    hide = lambda allowed, scores: jnp.where(allowed, scores, FORBIDDEN)
    return hide(pairs, weights["transition"]), hide(start, weights["start"]), hide(end, weights["end"])


def log_partition(scores, mask, transition, start, end):
    """Logarithm of the sum over all legal paths, for each sentence."""
    step = jnp.exp(transition)

    def forward(alpha, at):
        score, present = at
        top = alpha.max(-1, keepdims=True)
        after = jnp.log(jnp.exp(alpha - top) @ step + 1e-30) + top + score
        return jnp.where(present[:, None] > 0, after, alpha), None

    alpha = start + scores[:, 0]
    alpha, _ = jax.lax.scan(forward, alpha, (scores[:, 1:].swapaxes(0, 1), mask[:, 1:].T))
    return jax.nn.logsumexp(alpha + end, -1)


def loss(weights, batch, key, drop):
    """Mean over the characters of -log P(the tags that are known): a partial CRF, where
    an unsure character may have any tag."""
    scores = emissions(weights, batch, key, drop)
    known = jax.nn.one_hot(batch["tags"], TAGS, dtype=bool) | (batch["unsure"][..., None] > 0)
    allowed = jnp.where(known, scores, FORBIDDEN)
    chained = chain(weights)
    gain = log_partition(allowed, batch["mask"], *chained) - log_partition(scores, batch["mask"], *chained)
    return -gain.sum() / batch["mask"].sum()


def viterbi(scores, transition, start, end):
    """The best path of one sentence: (length, TAGS) → tags."""
    scores = np.asarray(scores, np.float64)
    alpha = start + scores[0]
    back = []
    for score in scores[1:]:
        through = alpha[:, None] + transition
        back.append(through.argmax(0))
        alpha = through.max(0) + score
    path = [int((alpha + end).argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return path[::-1]


def spans(tags):
    """(start, end, label) of a legal path."""
    found, begin = set(), 0
    for i, tag in enumerate(tags):
        part = (tag - 1) % 4
        if tag == 0:
            continue
        if part in (0, 3):
            begin = i
        if part in (2, 3):
            found.add((begin, i + 1, (tag - 1) // 4))
    return found
