//! The network: indices in, a score for each tag of each character out.
//!
//! Residual blocks of a depthwise dilated convolution, RMS normalisation (Zhang and
//! Sennrich 2019, arXiv 1910.07467) and a gated pointwise map (ReGLU: Shazeer 2020, arXiv
//! 2002.05202). The arithmetic is that of `training/model.py`, with int8 weights.

use super::kernel::{INPUT_LIMIT, products};
use super::weights::{Layer, Map, Matrix, Weights};
use super::{Features, TAGS};

const EPSILON: f32 = 1e-6;

/// Buffers that a run leaves to the next one.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    x: Vec<f32>,
    /// One character's convolution.
    h: Vec<f32>,
    quantized: Vec<i16>,
    scales: Vec<f32>,
    sums: Vec<i32>,
}

/// Writes the emissions of a sentence, characters × [`TAGS`], into `out`.
pub(super) fn emissions(
    weights: &Weights,
    features: &Features,
    guideline: usize,
    scratch: &mut Scratch,
    out: &mut Vec<f32>,
) {
    embed(weights, features, guideline, scratch);
    for layer in &weights.layers {
        block(weights, layer, scratch);
    }
    let width = weights.width;
    out.clear();
    for x in scratch.x.chunks_exact(width) {
        let factor = inverse_rms(x);
        let rows = weights.output.chunks_exact(width).zip(&weights.output_bias);
        out.extend(rows.map(|(row, bias)| bias + factor * dot(row, x)));
    }
    debug_assert_eq!(out.len(), features.chars.len() * TAGS);
}

/// Sums what is known of each character into `scratch.x`, characters × width.
fn embed(weights: &Weights, features: &Features, guideline: usize, scratch: &mut Scratch) {
    let (width, length) = (weights.width, features.chars.len());
    scratch.x.clear();
    for i in 0..length {
        scratch.x.extend_from_slice(&weights.input_bias);
        let x = &mut scratch.x[i * width..];
        add(x, row(&weights.guideline, guideline, width));
        add(x, row(&weights.words, usize::from(features.words[i]), width));
        add(x, row(&weights.gaps, usize::from(features.gaps[i]), width));
        for (table, values) in weights.lexicon.iter().zip(&features.lexicon) {
            add(x, row(table, usize::from(values[i]), width));
        }
    }
    let bigrams = &weights.bigrams;
    let row = |hash: &u32| (*hash >> weights.bigram_shift) as usize;
    look_up(scratch, &weights.chars, features.chars.iter().map(|c| weights.char_row(*c)));
    add_map(scratch, &weights.input_char);
    look_up(scratch, bigrams, features.bigrams.iter().map(row));
    add_map(scratch, &weights.input_closed);
    // The bigram a character opens is the one its successor closes; the last opens none.
    look_up(scratch, bigrams, features.bigrams.iter().skip(1).map(row));
    add_map(scratch, &weights.input_opened);
}

/// Gathers rows of a table as inputs for the kernel.
fn look_up(scratch: &mut Scratch, table: &Matrix, rows: impl Iterator<Item = usize>) {
    scratch.quantized.clear();
    scratch.scales.clear();
    for row in rows {
        scratch.quantized.extend(table.row(row).iter().map(|v| i16::from(*v)));
        scratch.scales.push(table.scales[row]);
    }
}

/// Adds the map of the inputs at hand to `scratch.x`, from the first character on.
fn add_map(scratch: &mut Scratch, map: &Map) {
    let width = map.scales.len();
    scratch.sums.resize(scratch.scales.len() * width, 0);
    products(&map.values, &scratch.quantized, map.columns, &mut scratch.sums);
    let xs = scratch.x.chunks_exact_mut(width);
    for ((x, sums), scale) in xs.zip(scratch.sums.chunks_exact(width)).zip(&scratch.scales) {
        for ((x, sum), row_scale) in x.iter_mut().zip(sums).zip(&map.scales) {
            *x += *sum as f32 * (scale * row_scale);
        }
    }
}

fn block(weights: &Weights, layer: &Layer, scratch: &mut Scratch) {
    let width = weights.width;
    let length = scratch.x.len() / width;
    let half = weights.kernel / 2;
    scratch.quantized.clear();
    scratch.scales.clear();
    let Scratch { h, .. } = scratch;
    for i in 0..length {
        h.clear();
        h.extend_from_slice(&layer.taps_bias);
        for (k, taps) in layer.taps.chunks_exact(width).enumerate() {
            // Beyond the sentence everything is zero.
            let Some(at) = (i + k * layer.dilation).checked_sub(half * layer.dilation) else { continue };
            if at < length {
                let x = &scratch.x[at * width..][..width];
                for ((h, tap), x) in h.iter_mut().zip(taps).zip(x) {
                    *h += tap * x;
                }
            }
        }
        let steps = INPUT_LIMIT / largest(h).max(f32::MIN_POSITIVE);
        scratch.quantized.extend(h.iter().map(|value| rounded(value * steps)));
        scratch.scales.push(inverse_rms(h) / steps);
    }
    scratch.sums.resize(length * 2 * width, 0);
    products(&layer.point.values, &scratch.quantized, width, &mut scratch.sums);
    let (value_bias, gate_bias) = layer.point_bias.split_at(width);
    let (value_scale, gate_scale) = layer.point.scales.split_at(width);
    let rows = scratch.x.chunks_exact_mut(width).zip(scratch.sums.chunks_exact(2 * width));
    for ((x, sums), scale) in rows.zip(&scratch.scales) {
        let (values, gates) = sums.split_at(width);
        for j in 0..width {
            let value = values[j] as f32 * (scale * value_scale[j]) + value_bias[j];
            let gate = gates[j] as f32 * (scale * gate_scale[j]) + gate_bias[j];
            // A comparison, not `max`, whose care for NaN no vector instruction shares.
            x[j] += value * if gate > 0.0 { gate } else { 0.0 };
        }
    }
}

/// The nearest integer of a number of at most 2¹⁵, half to even: beside 1.5 × 2²³ a float has
/// no digits left for fractions, and its lowest bits are the integer. Unlike the functions of
/// the standard library this is two vector instructions everywhere.
fn rounded(value: f32) -> i16 {
    (value + 12_582_912.0).to_bits() as i16
}

fn row(table: &[f32], row: usize, width: usize) -> &[f32] {
    &table[row * width..][..width]
}

fn add(x: &mut [f32], other: &[f32]) {
    for (x, other) in x.iter_mut().zip(other) {
        *x += other;
    }
}

fn inverse_rms(x: &[f32]) -> f32 {
    1.0 / (dot(x, x) / x.len() as f32 + EPSILON).sqrt()
}

/// The largest absolute value; eight partial ones, as in [`dot`].
fn largest(x: &[f32]) -> f32 {
    let larger = |a: f32, b: f32| if a > b { a } else { b };
    let mut most = [0f32; 8];
    for x in x.chunks_exact(8) {
        for i in 0..8 {
            most[i] = larger(most[i], x[i].abs());
        }
    }
    most.into_iter().fold(0.0, larger)
}

/// Eight partial sums, so that the compiler may use vector instructions.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rounds_half_to_even(value in -16_383f32..=16_383.0, half in -16_383i16..16_383) {
            prop_assert_eq!(super::rounded(value), value.round_ties_even() as i16);
            let value = f32::from(half) + 0.5;
            prop_assert_eq!(super::rounded(value), value.round_ties_even() as i16);
        }
    }
}
