//! The network: indices in, a score for each tag of each character out.
//!
//! Residual blocks of a depthwise dilated convolution, RMS normalisation (Zhang and
//! Sennrich 2019, arXiv 1910.07467) and a gated pointwise map (ReGLU: Shazeer 2020, arXiv
//! 2002.05202). The arithmetic is that of the training code, but for what goes into a map: that
//! is rounded to 8 bits, with a scale for each character.

use super::aligned::Aligned;
use super::kernel::{Job, LIMIT, Simd, pack_input, products};
use super::weights::{Layer, Map, Matrix, OUTPUTS, Weights};
use super::{Features, TAGS};

const EPSILON: f32 = 1e-6;
/// What is smaller vanishes beside [`EPSILON`].
const TINY: f32 = 1e-20;
/// Floats that are worked on side by side, and partial sums of what is added up: as many as
/// fill the largest registers. Widths are multiples of it.
const SIDE: usize = 16;
/// Taps of a convolution that are added in one go.
const TAPS: usize = 5;

/// Buffers that a run leaves to the next one.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// Characters × width; after the last character as many as fill a tile, which mean nothing.
    x: Aligned,
    /// One character's convolution.
    h: Aligned,
    /// The vector of a character that is not there.
    zeros: Aligned,
    /// What goes into a map, packed, and what its numbers have to be multiplied with.
    inputs: Vec<u32>,
    scales: Vec<f32>,
}

/// Writes the emissions of sentences, characters × [`TAGS`] one after the other, into `out`.
pub(super) fn emissions(
    weights: &Weights,
    sentences: &[Features],
    guideline: usize,
    scratch: &mut Scratch,
    out: &mut Vec<f32>,
) {
    weights.simd.run(Run { weights, sentences, guideline, scratch, out });
}

struct Run<'a> {
    weights: &'a Weights,
    sentences: &'a [Features],
    guideline: usize,
    scratch: &'a mut Scratch,
    out: &'a mut Vec<f32>,
}

impl Job for Run<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(self, simd: S) {
        let Run { weights, sentences, guideline, scratch, out } = self;
        let length = sentences.iter().map(|sentence| sentence.chars.len()).sum::<usize>();
        let padded = length.next_multiple_of(INPUTS);
        scratch.x.fit(padded * weights.width);
        scratch.scales.resize(padded, 0.0);
        embed::<S, LANES, INPUTS>(simd, weights, sentences, guideline, scratch);
        for layer in &weights.layers {
            convolve::<S, LANES, INPUTS>(weights, layer, sentences, scratch);
            mix::<S, LANES, INPUTS>(simd, layer, scratch);
        }
        out.clear();
        let bias = row(&weights.output_bias, guideline, TAGS);
        for x in scratch.x.chunks_exact(weights.width).take(length) {
            score(weights, bias, x, out);
        }
    }
}

/// Sums what is known of each character into `scratch.x`.
#[inline(always)]
fn embed<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(
    simd: S,
    weights: &Weights,
    sentences: &[Features],
    guideline: usize,
    scratch: &mut Scratch,
) {
    let width = weights.width;
    let mut xs = scratch.x.chunks_exact_mut(width);
    for sentence in sentences {
        for (i, x) in (0..sentence.chars.len()).zip(&mut xs) {
            let lexicon: [&[f32]; 4] = std::array::from_fn(|class| {
                row(&weights.lexicon[class], usize::from(sentence.lexicon[class][i]), width)
            });
            let words = row(&weights.words, usize::from(sentence.words[i]), width);
            let gaps = row(&weights.gaps, usize::from(sentence.gaps[i]), width);
            let guideline = row(&weights.guideline, guideline, width);
            let bias = &weights.input_bias[..width];
            let [a, b, c, d] = lexicon;
            for j in 0..width {
                x[j] = bias[j] + guideline[j] + words[j] + gaps[j] + a[j] + b[j] + c[j] + d[j];
            }
        }
    }
    let row = |hash: &u32| Some((*hash >> weights.bigram_shift) as usize);
    let mut chars = sentences.iter().flat_map(|sentence| &sentence.chars).map(|c| Some(weights.char_row(*c)));
    let mut closed = sentences.iter().flat_map(|sentence| &sentence.bigrams).map(row);
    // The bigram a character opens is the one its successor closes; the last opens none.
    let mut opened = sentences.iter().flat_map(|sentence| {
        let after = sentence.bigrams.iter().skip(1).map(row);
        after.chain(std::iter::repeat(None)).take(sentence.bigrams.len())
    });
    // A loop, so that there is one `add_map` to compile: what is called from several places is
    // not inlined, and without that has no vectors.
    let sources: [(_, _, &mut dyn Iterator<Item = Option<usize>>); 3] = [
        (&weights.chars, &weights.input_char, &mut chars),
        (&weights.bigrams, &weights.input_closed, &mut closed),
        (&weights.bigrams, &weights.input_opened, &mut opened),
    ];
    for (table, map, rows) in sources {
        look_up::<S, LANES, INPUTS>(scratch, table, rows);
        add_map::<S, LANES, INPUTS>(simd, scratch, map);
    }
}

/// Gathers rows of a table as inputs of a map.
#[inline(always)]
fn look_up<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(
    scratch: &mut Scratch,
    table: &Matrix,
    rows: impl Iterator<Item = Option<usize>>,
) {
    let length = table.columns / S::DEPTH;
    let Scratch { inputs, scales, .. } = scratch;
    inputs.resize(scales.len() * length, 0);
    let tiles = inputs.as_chunks_mut::<INPUTS>().0.chunks_exact_mut(length);
    let mut rows = rows;
    for (tile, scales) in tiles.zip(scales.as_chunks_mut::<INPUTS>().0) {
        for (i, (scale, row)) in scales.iter_mut().zip(&mut rows).enumerate() {
            *scale = row.map_or(0.0, |row| table.scales[row]);
            pack_input::<S, LANES, INPUTS, i8>(table.row(row.unwrap_or(0)), i32::from, tile, i);
        }
    }
}

/// Adds the map of the inputs at hand to `scratch.x`.
#[inline(always)]
fn add_map<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(
    simd: S,
    scratch: &mut Scratch,
    map: &Map,
) {
    let Scratch { x, inputs, scales, .. } = scratch;
    let (x, row_scales) = (x.as_chunks_mut::<LANES>().0, map.scales.as_chunks::<LANES>().0);
    let blocks = row_scales.len();
    let length = map.columns / S::DEPTH;
    products::<S, LANES, INPUTS>(simd, &map.packed, inputs, length, |input, block, sums| {
        for (side, sums) in sums.into_iter().enumerate() {
            let block = side * blocks / 2 + block;
            let (x, row_scales) = (&mut x[input * blocks + block], &row_scales[block]);
            let scale = scales[input];
            // Not `+=`, of which compilers make no vector instructions here.
            *x = std::array::from_fn(|i| x[i] + sums[i] as f32 * (scale * row_scales[i]));
        }
    });
}

/// Makes the normalised convolution of each character an input of the layer's map.
#[inline(always)]
fn convolve<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(
    weights: &Weights,
    layer: &Layer,
    sentences: &[Features],
    scratch: &mut Scratch,
) {
    let (blocks, length) = (weights.width / SIDE, weights.width / S::DEPTH);
    let Scratch { x, h, zeros, inputs, scales } = scratch;
    h.fit(weights.width);
    zeros.fit(weights.width);
    let (x, h, zeros) = (x.as_chunks::<SIDE>().0, h.as_chunks_mut().0, zeros.as_chunks().0);
    let (taps, bias) = (layer.taps.as_chunks::<SIDE>().0, layer.taps_bias.as_chunks::<SIDE>().0);
    inputs.resize(scales.len() * length, 0);
    let tiles = inputs.as_chunks_mut::<INPUTS>().0;
    let mut done = 0;
    for sentence in sentences {
        let count = sentence.chars.len();
        let x = &x[done * blocks..][..count * blocks];
        for i in 0..count {
            h.copy_from_slice(bias);
            for first in (0..weights.kernel).step_by(TAPS) {
                let taps =
                    std::array::from_fn(|k| &taps[(first + k).min(weights.kernel - 1) * blocks..][..blocks]);
                // Beyond the kernel and the sentence everything is zero.
                let at = |k: usize| (i + k * layer.dilation).checked_sub(weights.kernel / 2 * layer.dilation);
                let xs = std::array::from_fn(|k| match at(first + k) {
                    Some(at) if first + k < weights.kernel && at < count => &x[at * blocks..][..blocks],
                    _ => zeros,
                });
                add_taps(h, taps, xs);
            }
            let h = h.as_flattened();
            let (mean, most) = squares(h);
            let steps = LIMIT / most.max(TINY).sqrt();
            let character = done + i;
            scales[character] = 1.0 / (mean + EPSILON).sqrt() / steps;
            let tile = &mut tiles[character / INPUTS * length..][..length];
            pack_input::<S, LANES, INPUTS, f32>(h, |value| rounded(value * steps), tile, character % INPUTS);
        }
        done += count;
    }
}

/// Adds some taps of a convolution. Written out, as compilers make vector instructions of this
/// and of little else.
#[inline(always)]
fn add_taps(h: &mut [[f32; SIDE]], taps: [&[[f32; SIDE]]; TAPS], xs: [&[[f32; SIDE]]; TAPS]) {
    let ([a, b, c, d, e], [v, w, x, y, z]) = (taps.map(|t| &t[..h.len()]), xs.map(|x| &x[..h.len()]));
    for (j, h) in h.iter_mut().enumerate() {
        let ([a, b, c, d, e], [v, w, x, y, z]) =
            ([&a[j], &b[j], &c[j], &d[j], &e[j]], [&v[j], &w[j], &x[j], &y[j], &z[j]]);
        for i in 0..SIDE {
            h[i] = h[i] + a[i] * v[i] + b[i] * w[i] + c[i] * x[i] + d[i] * y[i] + e[i] * z[i];
        }
    }
}

/// Adds the layer's gated map of the inputs at hand to `scratch.x`.
#[inline(always)]
fn mix<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(
    simd: S,
    layer: &Layer,
    scratch: &mut Scratch,
) {
    let Scratch { x, inputs, scales, .. } = scratch;
    let blocks = layer.point.columns / LANES;
    let x = x.as_chunks_mut::<LANES>().0;
    let (value_scale, gate_scale) = layer.point.scales.as_chunks::<LANES>().0.split_at(blocks);
    let (value_bias, gate_bias) = layer.point_bias.as_chunks::<LANES>().0.split_at(blocks);
    let length = layer.point.columns / S::DEPTH;
    products::<S, LANES, INPUTS>(simd, &layer.point.packed, inputs, length, |input, b, [values, gates]| {
        let (x, scale) = (&mut x[input * blocks + b], scales[input]);
        *x = std::array::from_fn(|i| {
            let value = values[i] as f32 * (scale * value_scale[b][i]) + value_bias[b][i];
            let gate = gates[i] as f32 * (scale * gate_scale[b][i]) + gate_bias[b][i];
            x[i] + value * larger(gate, 0.0)
        });
    });
}

/// Appends a character's emissions.
#[inline(always)]
fn score(weights: &Weights, bias: &[f32], x: &[f32], out: &mut Vec<f32>) {
    // Some at once, as of a loop that only adds one compilers make no vector instructions.
    let mut sums = [0f32; OUTPUTS];
    let columns = weights.output.as_chunks::<OUTPUTS>().0.as_chunks::<8>().0;
    for ([a, b, c, d, e, f, g, h], x) in columns.iter().zip(x.as_chunks::<8>().0) {
        for (i, sum) in sums.iter_mut().enumerate() {
            let half = *sum + a[i] * x[0] + b[i] * x[1] + c[i] * x[2] + d[i] * x[3];
            *sum = half + e[i] * x[4] + f[i] * x[5] + g[i] * x[6] + h[i] * x[7];
        }
    }
    let factor = 1.0 / (squares(x).0 + EPSILON).sqrt();
    out.extend(sums.iter().zip(bias).map(|(sum, bias)| bias + factor * sum));
}

/// The nearest integer of a number of at most 2¹⁵, half to even: beside 1.5 × 2²³ a float has
/// no digits left for fractions, and its lowest bits are the integer. Unlike the functions of
/// the standard library this is two vector instructions everywhere.
#[inline(always)]
fn rounded(value: f32) -> i32 {
    (value + 12_582_912.0).to_bits().cast_signed()
}

/// A comparison, not `max`, whose care for NaN no vector instruction shares.
#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The mean and the largest of the squares of some numbers.
#[inline(always)]
fn squares(x: &[f32]) -> (f32, f32) {
    let (mut sums, mut most) = ([0f32; SIDE], [0f32; SIDE]);
    for x in x.as_chunks::<SIDE>().0 {
        for i in 0..SIDE {
            let square = x[i] * x[i];
            sums[i] += square;
            most[i] = larger(most[i], square);
        }
    }
    (fold(&sums, |a, b| a + b) / x.len() as f32, fold(&most, larger))
}

/// Joins partial results, each half with the other. Not inlined, as the compiler would take the
/// partial results apart where they are made.
#[inline(never)]
fn fold(parts: &[f32; SIDE], join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut parts = *parts;
    let mut count = SIDE;
    while count > 1 {
        count /= 2;
        for i in 0..count {
            parts[i] = join(parts[i], parts[i + count]);
        }
    }
    parts[0]
}

#[inline(always)]
fn row(table: &[f32], row: usize, width: usize) -> &[f32] {
    &table[row * width..][..width]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rounds_half_to_even(value in -127f32..=127.0, half in -127i16..127) {
            let rounded = |value: f32| super::rounded(value) as i8;
            prop_assert_eq!(rounded(value), value.round_ties_even() as i8);
            let value = f32::from(half) + 0.5;
            prop_assert_eq!(rounded(value), value.round_ties_even() as i8);
        }
    }
}
