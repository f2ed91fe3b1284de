"""A BERT (arXiv 1810.04805) over single characters, told of white space and of the guideline; in JAX."""

import functools

import jax
import jax.numpy as jnp
import numpy as np

TAGS = 17
GAPS = 4
HEAD = 64
"""Columns of an attention head."""
PAD, UNKNOWN, FIRST, LAST, MASK = range(5)


def begin(pretrained, guidelines, rng):
    """The pretrained weights and what they do not have: tables of gaps and guidelines, both heads."""
    width = pretrained["token"].shape[1]
    normal = lambda *shape: rng.normal(0, 0.02, shape)
    weights = {name: value for name, value in pretrained.items() if name != "characters"}
    weights |= {
        "gap": normal(GAPS, width), "guideline": normal(guidelines, width),
        "tag": normal(width, TAGS), "tag_bias": np.zeros(TAGS),
        "guess": normal(width, width) + np.eye(width), "guess_bias": np.zeros(len(weights["token"])),
    }
    return {name: jnp.asarray(value, jnp.float32) for name, value in weights.items()}


def norm(x, weights):
    x = x.astype(jnp.float32)
    x = x - x.mean(-1, keepdims=True)
    x = x * jax.lax.rsqrt((x * x).mean(-1, keepdims=True) + 1e-12)
    return (x * weights[0] + weights[1]).astype(jnp.bfloat16)


def dropped(x, share, key):
    if not share:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - share, x.shape), x / (1 - share), 0).astype(x.dtype)


def layer(x, seen, own, key, heads, drop):
    rows, length, width = x.shape
    half = lambda name: own[name].astype(jnp.bfloat16)
    split = lambda name: (x @ half(name) + half(f"{name}_bias")).reshape(rows, length, heads, width // heads)
    query, key_, value = split("query"), split("key"), split("value")
    scores = jnp.einsum("blhd,bmhd->bhlm", query, key_).astype(jnp.float32) * (width // heads) ** -0.5
    scores = jnp.where(seen[:, None, None], scores, -1e9)
    shares = jax.nn.softmax(scores).astype(jnp.bfloat16)
    mixed = jnp.einsum("bhlm,bmhd->blhd", shares, value).reshape(x.shape)
    first, second = jax.random.split(key)
    mixed = mixed @ half("mix") + half("mix_bias")
    x = norm(x + dropped(mixed, drop, first), own["mix_norm"])
    wide = jax.nn.gelu(x @ half("wide") + half("wide_bias"), approximate=False)
    return norm(x + dropped(wide @ half("narrow") + half("narrow_bias"), drop, second), own["narrow_norm"])


LAYERED = [f"{name}{part}" for name in ("query", "key", "value", "mix", "wide", "narrow") for part in ("", "_bias")]
LAYERED += ["mix_norm", "narrow_norm"]


def states(weights, characters, seen, gaps, guidelines, key, drop):
    """rows × length × width, of characters with a first and a last mark around them."""
    first, *keys = jax.random.split(key, len(weights["query"]) + 1)
    x = weights["token"][characters] + weights["position"][: characters.shape[1]]
    x = x + weights["gap"][gaps] + weights["guideline"][guidelines][:, None]
    x = dropped(norm(x, weights["norm"]), drop, first)
    own = ({name: weights[name] for name in LAYERED}, jnp.stack(keys))
    x, _ = jax.lax.scan(lambda x, own: (layer(x, seen, *own, x.shape[2] // HEAD, drop), None), x, own)
    return x


def laid_out(set_, starts, lengths, width):
    """Pieces as rows of `width`: characters with their marks, which of them are seen, gaps, and the place of each
    in the set with whether it is a character of the piece."""
    at = jnp.arange(width)[None]
    inside = (at >= 1) & (at <= lengths[:, None])
    places = jnp.where(inside, starts[:, None] + at - 1, 0)
    characters = jnp.where(inside, set_["characters"][places], PAD)
    characters = jnp.where(at == 0, FIRST, jnp.where(at == lengths[:, None] + 1, LAST, characters))
    gaps = jnp.where(inside, set_["gaps"][places], 0)
    return characters, at <= lengths[:, None] + 1, gaps, places, inside


def tag_scores(weights, x):
    return x.astype(jnp.float32) @ weights["tag"] + weights["tag_bias"]


def tag_loss(weights, set_, batch, width, key, drop, hidden):
    starts, lengths, guidelines = batch
    characters, seen, gaps, places, inside = laid_out(set_, starts, lengths, width)
    key, other = jax.random.split(key)
    hide = inside & jax.random.bernoulli(other, hidden, characters.shape)
    x = states(weights, jnp.where(hide, MASK, characters), seen, gaps, guidelines, key, drop)
    chances = jax.nn.log_softmax(tag_scores(weights, x))
    own = jnp.take_along_axis(chances, set_["tags"][places][..., None].astype(jnp.int32), -1)[..., 0]
    counted = inside & set_["sure"][places]
    return -(own * counted).sum() / jnp.maximum(counted.sum(), 1)


def guess_loss(weights, set_, batch, width, key, drop, hidden):
    """Of hidden characters, a fixed number in each row; those beyond a short piece do not count."""
    starts, lengths, guidelines = batch
    characters, seen, gaps, _, inside = laid_out(set_, starts, lengths, width)
    key, other = jax.random.split(key)
    order = jnp.where(inside, jax.random.uniform(other, characters.shape), 2.0)
    count = max(1, int(width * hidden))
    at = jnp.argsort(order, -1)[:, :count]
    counted = jnp.arange(count)[None] < jnp.maximum(1, lengths[:, None] * hidden)
    rows = jnp.arange(len(at))[:, None]
    asked = characters[rows, at]
    shown = characters.at[rows, at].set(jnp.where(counted, MASK, asked))
    x = states(weights, shown, seen, gaps, guidelines, key, drop)[rows, at]
    x = jax.nn.gelu(x @ weights["guess"].astype(jnp.bfloat16)) @ weights["token"].astype(jnp.bfloat16).T
    chances = jax.nn.log_softmax(x.astype(jnp.float32) + weights["guess_bias"])
    own = jnp.take_along_axis(chances, asked[..., None].astype(jnp.int32), -1)[..., 0]
    counted = counted & (asked > MASK)
    return -(own * counted).sum() / jnp.maximum(counted.sum(), 1)


@functools.partial(jax.jit, static_argnames="width", donate_argnums=1)
def add_opinions(weights, sums, set_, batch, width):
    """Adds the probability of each tag of each character to characters × tags."""
    starts, lengths, guidelines, counts = batch
    characters, seen, gaps, places, inside = laid_out(set_, starts, lengths, width)
    x = states(weights, characters, seen, gaps, guidelines, jax.random.key(0), 0.0)
    opinions = jax.nn.softmax(tag_scores(weights, x)) * (inside & counts[:, None])[..., None]
    return sums.at[places].add(opinions)
