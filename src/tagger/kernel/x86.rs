//! The vectors of x86-64, as far as the processor has them.

use std::arch::x86_64::*;

use super::{Job, Simd};

/// An instruction set: which features it is, and how its vectors add dot products to sums.
macro_rules! instruction_set {
    (
        $(#[$doc:meta])* $name:ident: $features:literal if $($feature:tt)&&+, $inputs:literal inputs,
        $lanes:literal by $depth:literal, $flip:literal, $vector:ident,
        $load:ident, $store:ident, $splat:ident, |$sums:ident, $weights:ident, $input:ident| $dot:expr
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub(in crate::tagger) struct $name(());

        impl $name {
            pub fn detect() -> Option<Self> {
                let there = $(std::is_x86_feature_detected!($feature))&&+;
                there.then_some($name(()))
            }

            pub fn run<J: Job>(self, job: J) -> J::Output {
                #[target_feature(enable = $features)]
                fn run<J: Job>(simd: $name, job: J) -> J::Output {
                    job.run::<_, $lanes, $inputs>(simd)
                }
                // SAFETY: `detect` made `self`, so the processor has these features.
                unsafe { run(self, job) }
            }
        }

        impl Simd<$lanes> for $name {
            const DEPTH: usize = $depth;
            const FLIP: u32 = $flip;
            type Words = $vector;
            type Sums = $vector;

            #[inline(always)]
            fn words(self, words: &[u32; $lanes]) -> $vector {
                // SAFETY: so many are there, the load takes any alignment, and `detect` made `self`.
                unsafe { $load(words.as_ptr().cast()) }
            }

            #[inline(always)]
            fn sums(self, words: &[u32; $lanes]) -> $vector {
                self.words(words)
            }

            #[inline(always)]
            fn dot(self, $sums: $vector, $weights: $vector, input: u32) -> $vector {
                // SAFETY: `detect` made `self`, so the processor has these instructions.
                unsafe {
                    let $input = $splat(input.cast_signed());
                    $dot
                }
            }

            #[inline(always)]
            fn totals(self, sums: $vector) -> [i32; $lanes] {
                let mut totals = [0; $lanes];
                // SAFETY: there is room for so many, the store takes any alignment, and `detect`
                // made `self`.
                unsafe { $store(totals.as_mut_ptr().cast(), sums) };
                totals
            }
        }
    };
}

instruction_set! {
    /// Pairs of 16-bit numbers: two instructions that every processor of the last ten years has.
    /// (Those for bytes saturate.)
    Avx2: "avx2" if "avx2", 4 inputs, 8 by 2, 0, __m256i,
    _mm256_loadu_si256, _mm256_storeu_si256, _mm256_set1_epi32,
    |sums, weights, input| _mm256_add_epi32(sums, _mm256_madd_epi16(weights, input))
}

instruction_set! {
    /// Four unsigned by signed bytes in one instruction, on processors without AVX-512.
    AvxVnni: "avx2,avxvnni" if "avx2" && "avxvnni", 4 inputs, 8 by 4, 0x8080_8080, __m256i,
    _mm256_loadu_si256, _mm256_storeu_si256, _mm256_set1_epi32,
    |sums, weights, input| _mm256_dpbusd_avx_epi32(sums, input, weights)
}

instruction_set! {
    /// The same on 512 bits.
    Avx512Vnni: "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni"
    if "avx512f" && "avx512bw" && "avx512dq" && "avx512vl" && "avx512vnni",
    8 inputs, 16 by 4, 0x8080_8080, __m512i,
    _mm512_loadu_si512, _mm512_storeu_si512, _mm512_set1_epi32,
    |sums, weights, input| _mm512_dpbusd_epi32(sums, input, weights)
}
