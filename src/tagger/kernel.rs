//! The one operation that takes the time: many dot products of 16-bit numbers.
//!
//! Weights are int8 widened to 16 bits, inputs are quantised to 15 bits, so that a sum of
//! 1,024 products fits 32 bits and all versions give the same integers.

/// Largest absolute value of a quantised input: 127 × 16,383 × 1,024 < 2³¹.
pub(super) const INPUT_LIMIT: f32 = 16_383.0;

/// `out[p × rows + r]` becomes the dot product of row `r` of `weights` with input `p`.
/// Rows and inputs are `width` long, a multiple of 8.
pub(super) fn products(weights: &[i16], inputs: &[i16], width: usize, out: &mut [i32]) {
    debug_assert!(width.is_multiple_of(8) && weights.len().is_multiple_of(width));
    debug_assert_eq!(out.len() * width * width, weights.len() * inputs.len());
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    simd128::products(weights, inputs, width, out);
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, as just asked.
        unsafe { avx2::products(weights, inputs, width, out) }
    } else {
        scalar(weights, inputs, width, out);
    }
    #[cfg(not(any(all(target_arch = "wasm32", target_feature = "simd128"), target_arch = "x86_64")))]
    scalar(weights, inputs, width, out);
}

/// The meaning of [`products`], and the way where there is no faster one.
#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), expect(dead_code))]
fn scalar(weights: &[i16], inputs: &[i16], width: usize, out: &mut [i32]) {
    let rows = weights.len() / width;
    for (input, out) in inputs.chunks_exact(width).zip(out.chunks_exact_mut(rows)) {
        for (row, out) in weights.chunks_exact(width).zip(out) {
            *out = row.iter().zip(input).map(|(w, x)| i32::from(*w) * i32::from(*x)).sum();
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd128 {
    use std::arch::wasm32::*;

    /// Four inputs share each load of a row, which is what memory is slowest at.
    pub fn products(weights: &[i16], inputs: &[i16], width: usize, out: &mut [i32]) {
        let rows = weights.len() / width;
        let mut inputs = inputs.chunks_exact(4 * width);
        let mut outs = out.chunks_exact_mut(4 * rows);
        for (four, out) in inputs.by_ref().zip(outs.by_ref()) {
            let (a, rest) = four.split_at(width);
            let (b, rest) = rest.split_at(width);
            let (c, d) = rest.split_at(width);
            for (r, row) in weights.chunks_exact(width).enumerate() {
                let mut sums = [i32x4_splat(0); 4];
                for k in (0..width).step_by(8) {
                    let w = load(row, k);
                    for (sum, input) in sums.iter_mut().zip([a, b, c, d]) {
                        *sum = i32x4_add(*sum, i32x4_dot_i16x8(w, load(input, k)));
                    }
                }
                for (i, sum) in sums.into_iter().enumerate() {
                    out[i * rows + r] = total(sum);
                }
            }
        }
        for (one, out) in
            inputs.remainder().chunks_exact(width).zip(outs.into_remainder().chunks_exact_mut(rows))
        {
            for (row, out) in weights.chunks_exact(width).zip(out) {
                let mut sum = i32x4_splat(0);
                for k in (0..width).step_by(8) {
                    sum = i32x4_add(sum, i32x4_dot_i16x8(load(row, k), load(one, k)));
                }
                *out = total(sum);
            }
        }
    }

    fn load(values: &[i16], at: usize) -> v128 {
        let eight = &values[at..at + 8];
        // SAFETY: the slice holds the eight numbers, 16 bytes; v128_load takes any alignment.
        unsafe { v128_load(eight.as_ptr().cast()) }
    }

    fn total(sum: v128) -> i32 {
        let sum = i32x4_add(sum, i32x4_shuffle::<2, 3, 0, 1>(sum, sum));
        i32x4_extract_lane::<0>(sum) + i32x4_extract_lane::<1>(sum)
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::*;

    /// Four inputs share each load of a row. Widths that 16 does not divide end in a half.
    #[target_feature(enable = "avx2")]
    pub fn products(weights: &[i16], inputs: &[i16], width: usize, out: &mut [i32]) {
        let rows = weights.len() / width;
        let mut inputs = inputs.chunks_exact(4 * width);
        let mut outs = out.chunks_exact_mut(4 * rows);
        for (four, out) in inputs.by_ref().zip(outs.by_ref()) {
            let (a, rest) = four.split_at(width);
            let (b, rest) = rest.split_at(width);
            let (c, d) = rest.split_at(width);
            for (r, row) in weights.chunks_exact(width).enumerate() {
                let mut sums = [_mm256_setzero_si256(); 4];
                for k in (0..width).step_by(16) {
                    let w = load(row, k);
                    for (sum, input) in sums.iter_mut().zip([a, b, c, d]) {
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(w, load(input, k)));
                    }
                }
                for (i, sum) in sums.into_iter().enumerate() {
                    out[i * rows + r] = total(sum);
                }
            }
        }
        for (one, out) in
            inputs.remainder().chunks_exact(width).zip(outs.into_remainder().chunks_exact_mut(rows))
        {
            for (row, out) in weights.chunks_exact(width).zip(out) {
                let mut sum = _mm256_setzero_si256();
                for k in (0..width).step_by(16) {
                    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(load(row, k), load(one, k)));
                }
                *out = total(sum);
            }
        }
    }

    #[target_feature(enable = "avx2")]
    fn load(values: &[i16], at: usize) -> __m256i {
        let rest = &values[at..];
        if rest.len() < 16 {
            // SAFETY: widths are multiples of 8, so eight numbers are there; any alignment.
            return _mm256_zextsi128_si256(unsafe { _mm_loadu_si128(rest[..8].as_ptr().cast()) });
        }
        // SAFETY: the slice holds sixteen numbers, 32 bytes; loadu takes any alignment.
        unsafe { _mm256_loadu_si256(rest.as_ptr().cast()) }
    }

    #[target_feature(enable = "avx2")]
    fn total(sum: __m256i) -> i32 {
        let sum = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256::<1>(sum));
        let sum = _mm_add_epi32(sum, _mm_shuffle_epi32::<0b01_00_11_10>(sum));
        _mm_cvtsi128_si32(_mm_add_epi32(sum, _mm_shuffle_epi32::<0b10_11_00_01>(sum)))
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
            let (mut fast, mut slow) = (vec![0; rows * count], vec![0; rows * count]);
            products(&weights, &inputs, width, &mut fast);
            scalar(&weights, &inputs, width, &mut slow);
            prop_assert_eq!(fast, slow);
        }
    }
}
