//! WebAssembly's 128-bit vectors, without the relaxed ones, which give other sums elsewhere.

use std::arch::wasm32::*;

use super::Simd;

#[derive(Clone, Copy, Debug)]
pub(super) struct Simd128;

impl Simd<4> for Simd128 {
    const DEPTH: usize = 2;
    const FLIP: u32 = 0;
    type Words = v128;
    type Sums = v128;

    #[inline(always)]
    fn words(self, words: &[u32; 4]) -> v128 {
        // SAFETY: so many are there; v128_load takes any alignment.
        unsafe { v128_load(words.as_ptr().cast()) }
    }

    #[inline(always)]
    fn sums(self, words: &[u32; 4]) -> v128 {
        self.words(words)
    }

    #[inline(always)]
    fn dot(self, sums: v128, weights: v128, input: u32) -> v128 {
        i32x4_add(sums, i32x4_dot_i16x8(weights, u32x4_splat(input)))
    }

    #[inline(always)]
    fn totals(self, sums: v128) -> [i32; 4] {
        let mut totals = [0; 4];
        // SAFETY: there is room for so many; v128_store takes any alignment.
        unsafe { v128_store(totals.as_mut_ptr().cast(), sums) };
        totals
    }
}
