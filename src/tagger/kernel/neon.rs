//! The vectors that every 64-bit ARM processor has.

use std::arch::aarch64::*;

use super::{Job, Simd};

#[derive(Clone, Copy, Debug)]
pub(in crate::tagger) struct Neon(());

impl Neon {
    pub fn detect() -> Option<Self> {
        std::arch::is_aarch64_feature_detected!("neon").then_some(Neon(()))
    }

    pub fn run<J: Job>(self, job: J) -> J::Output {
        #[target_feature(enable = "neon")]
        fn run<J: Job>(simd: Neon, job: J) -> J::Output {
            job.run::<_, 4, 4>(simd)
        }
        // SAFETY: `detect` made `self`, so the processor has these instructions.
        unsafe { run(self, job) }
    }
}

impl Simd<4> for Neon {
    const DEPTH: usize = 4;
    const FLIP: u32 = 0;
    type Words = int8x16_t;
    /// Two halves of each sum: those of lanes 0 and 1, then those of lanes 2 and 3.
    type Sums = [int32x4_t; 2];

    #[inline(always)]
    fn words(self, words: &[u32; 4]) -> int8x16_t {
        // SAFETY: so many are there, and `detect` made `self`.
        unsafe { vreinterpretq_s8_u32(vld1q_u32(words.as_ptr())) }
    }

    #[inline(always)]
    fn sums(self, words: &[u32; 4]) -> [int32x4_t; 2] {
        // SAFETY: so many are there, and `detect` made `self`.
        unsafe {
            let (sums, zero) = (vreinterpretq_s32_u32(vld1q_u32(words.as_ptr())), vdupq_n_s32(0));
            [vzip1q_s32(sums, zero), vzip2q_s32(sums, zero)]
        }
    }

    #[inline(always)]
    fn dot(self, [low, high]: [int32x4_t; 2], weights: int8x16_t, input: u32) -> [int32x4_t; 2] {
        // SAFETY: `detect` made `self`.
        unsafe {
            let input = vreinterpretq_s8_u32(vdupq_n_u32(input));
            [
                vpadalq_s16(low, vmull_s8(vget_low_s8(weights), vget_low_s8(input))),
                vpadalq_s16(high, vmull_high_s8(weights, input)),
            ]
        }
    }

    #[inline(always)]
    fn totals(self, [low, high]: [int32x4_t; 2]) -> [i32; 4] {
        let mut totals = [0; 4];
        // SAFETY: there is room for so many, and `detect` made `self`.
        unsafe { vst1q_s32(totals.as_mut_ptr(), vpaddq_s32(low, high)) };
        totals
    }
}
