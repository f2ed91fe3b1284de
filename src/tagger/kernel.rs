//! The one operation that takes the time: many dot products of 16-bit numbers.
//!
//! Weights are int8 widened to 16 bits, inputs are quantised to 15 bits, so that a sum of
//! 1,024 products fits 32 bits and all versions give the same integers.

/// Largest absolute value of a quantised input: 127 × 16,383 × 1,024 < 2³¹.
pub(super) const INPUT_LIMIT: f32 = 16_383.0;

/// A few rows of weights, and a few inputs that share each load of them: memory is slower
/// than multiplication.
const ROWS: usize = 2;
const INPUTS: usize = 4;

/// `out[p × rows + r]` becomes the dot product of row `r` of `weights` with input `p`.
/// Rows and inputs are `width` long, a multiple of 8.
pub(super) fn products(weights: &[i16], inputs: &[i16], width: usize, out: &mut [i32]) {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return tiled(weights, inputs, width, out, simd128::tile);
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as just asked.
        return tiled(weights, inputs, width, out, |rows, inputs| unsafe { avx2::tile(rows, inputs) });
    }
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    tiled(weights, inputs, width, out, scalar_tile);
}

/// Cuts the products into tiles; what is left over is done one by one.
fn tiled(
    weights: &[i16],
    inputs: &[i16],
    width: usize,
    out: &mut [i32],
    tile: impl Fn([&[i16]; ROWS], [&[i16]; INPUTS]) -> [[i32; INPUTS]; ROWS],
) {
    debug_assert!(width.is_multiple_of(8) && weights.len().is_multiple_of(width));
    debug_assert_eq!(out.len() * width * width, weights.len() * inputs.len());
    let rows = weights.len() / width;
    let whole = rows - rows % ROWS;
    let mut outs = out.chunks_exact_mut(INPUTS * rows);
    let mut blocks = inputs.chunks_exact(INPUTS * width);
    for (block, out) in blocks.by_ref().zip(outs.by_ref()) {
        let inputs: [&[i16]; INPUTS] = std::array::from_fn(|i| &block[i * width..][..width]);
        for (r, some) in weights.chunks_exact(ROWS * width).enumerate() {
            let sums = tile(std::array::from_fn(|i| &some[i * width..][..width]), inputs);
            for (i, row) in sums.iter().enumerate() {
                for (p, sum) in row.iter().enumerate() {
                    out[p * rows + r * ROWS + i] = *sum;
                }
            }
        }
        for (p, input) in inputs.iter().enumerate() {
            for r in whole..rows {
                out[p * rows + r] = dot(&weights[r * width..][..width], input);
            }
        }
    }
    for (input, out) in
        blocks.remainder().chunks_exact(width).zip(outs.into_remainder().chunks_exact_mut(rows))
    {
        for (row, out) in weights.chunks_exact(width).zip(out) {
            *out = dot(row, input);
        }
    }
}

fn dot(row: &[i16], input: &[i16]) -> i32 {
    row.iter().zip(input).map(|(w, x)| i32::from(*w) * i32::from(*x)).sum()
}

/// The meaning of the other tiles, and the way where there is none.
#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), expect(dead_code))]
fn scalar_tile(rows: [&[i16]; ROWS], inputs: [&[i16]; INPUTS]) -> [[i32; INPUTS]; ROWS] {
    rows.map(|row| inputs.map(|input| dot(row, input)))
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128 {
    use std::arch::wasm32::*;

    use super::{INPUTS, ROWS};

    pub fn tile(rows: [&[i16]; ROWS], inputs: [&[i16]; INPUTS]) -> [[i32; INPUTS]; ROWS] {
        let width = rows[0].len();
        assert!(rows.iter().chain(&inputs).all(|values| values.len() == width));
        let mut sums = [[i32x4_splat(0); INPUTS]; ROWS];
        for k in (0..width / 8).map(|k| 8 * k) {
            // SAFETY: all are `width` long and k + 8 is not beyond it; v128_load takes any alignment.
            let load = |values: &[i16]| unsafe { v128_load(values.as_ptr().add(k).cast()) };
            let xs = inputs.map(load);
            for (sums, row) in sums.iter_mut().zip(rows) {
                let w = load(row);
                for (sum, x) in sums.iter_mut().zip(xs) {
                    *sum = i32x4_add(*sum, i32x4_dot_i16x8(w, x));
                }
            }
        }
        sums.map(totals)
    }

    /// Adds up the lanes of four vectors at once.
    fn totals([a, b, c, d]: [v128; INPUTS]) -> [i32; INPUTS] {
        let pairs = |a, b| i32x4_add(i32x4_shuffle::<0, 2, 4, 6>(a, b), i32x4_shuffle::<1, 3, 5, 7>(a, b));
        let sums = pairs(pairs(a, b), pairs(c, d));
        [
            i32x4_extract_lane::<0>(sums),
            i32x4_extract_lane::<1>(sums),
            i32x4_extract_lane::<2>(sums),
            i32x4_extract_lane::<3>(sums),
        ]
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    use super::{INPUTS, ROWS};

    #[target_feature(enable = "avx2")]
    pub fn tile(rows: [&[i16]; ROWS], inputs: [&[i16]; INPUTS]) -> [[i32; INPUTS]; ROWS] {
        let width = rows[0].len();
        assert!(rows.iter().chain(&inputs).all(|values| values.len() == width));
        let mut sums = [[_mm256_setzero_si256(); INPUTS]; ROWS];
        let mut k = 0;
        while k + 16 <= width {
            // SAFETY: all are `width` long and k + 16 is not beyond it; loadu takes any alignment.
            let load = |values: &[i16]| unsafe { _mm256_loadu_si256(values.as_ptr().add(k).cast()) };
            let xs = [load(inputs[0]), load(inputs[1]), load(inputs[2]), load(inputs[3])];
            for (sums, row) in sums.iter_mut().zip(rows) {
                let w = load(row);
                for (sum, x) in sums.iter_mut().zip(xs) {
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(w, x));
                }
            }
            k += 16;
        }
        let mut totals = [totals(sums[0]), totals(sums[1])];
        if k < width {
            // Widths that 16 does not divide end in eight.
            for (totals, row) in totals.iter_mut().zip(rows) {
                for (total, input) in totals.iter_mut().zip(inputs) {
                    *total += super::dot(&row[k..], &input[k..]);
                }
            }
        }
        totals
    }

    /// Adds up the lanes of four vectors at once.
    #[target_feature(enable = "avx2")]
    fn totals([a, b, c, d]: [__m256i; INPUTS]) -> [i32; INPUTS] {
        let sums = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
        let sums = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256::<1>(sums));
        [
            _mm_extract_epi32::<0>(sums),
            _mm_extract_epi32::<1>(sums),
            _mm_extract_epi32::<2>(sums),
            _mm_extract_epi32::<3>(sums),
        ]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_version_gives_the_same_integers(
            width in 1usize..14, rows in 1usize..9, count in 1usize..11, seed in any::<u64>(),
        ) {
            let width = 8 * width;
            let mut state = seed | 1;
            let mut number = |limit: i64| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ((state >> 33) as i64 % (2 * limit + 1) - limit) as i16
            };
            let weights: Vec<i16> = (0..rows * width).map(|_| number(127)).collect();
            let inputs: Vec<i16> = (0..count * width).map(|_| number(16_383)).collect();
            let slow: Vec<i32> = (inputs.chunks_exact(width))
                .flat_map(|input| weights.chunks_exact(width).map(move |row| dot(row, input)))
                .collect();
            let mut fast = vec![0; rows * count];
            products(&weights, &inputs, width, &mut fast);
            prop_assert_eq!(&fast, &slow);
            tiled(&weights, &inputs, width, &mut fast, scalar_tile);
            prop_assert_eq!(&fast, &slow);
        }
    }
}
