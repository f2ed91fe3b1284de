//! The meaning of the others, and the way where there is none of them.

use super::Simd;

#[derive(Clone, Copy, Debug)]
pub(super) struct Scalar;

impl Simd<4> for Scalar {
    const DEPTH: usize = 2;
    const FLIP: u32 = 0;
    type Words = [u32; 4];
    type Sums = [i32; 4];

    #[inline(always)]
    fn words(self, words: &[u32; 4]) -> [u32; 4] {
        *words
    }

    #[inline(always)]
    fn sums(self, words: &[u32; 4]) -> [i32; 4] {
        words.map(u32::cast_signed)
    }

    #[inline(always)]
    fn dot(self, sums: [i32; 4], weights: [u32; 4], input: u32) -> [i32; 4] {
        let halves = |word: u32| [i32::from(word as i16), i32::from((word >> 16) as i16)];
        let [low, high] = halves(input);
        std::array::from_fn(|lane| {
            let [w_low, w_high] = halves(weights[lane]);
            sums[lane] + w_low * low + w_high * high
        })
    }

    #[inline(always)]
    fn totals(self, sums: [i32; 4]) -> [i32; 4] {
        sums
    }
}
