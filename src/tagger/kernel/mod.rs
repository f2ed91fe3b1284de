//! The one operation that takes the time: many dot products of 8-bit numbers.
//!
//! Every instruction set gives the same integers: nothing saturates, and a sum of 1,024
//! products of two numbers of at most 127 fits 32 bits with much to spare. Whatever is not a
//! dot product is plain code over floats, compiled anew for each instruction set ([`Job`]), and
//! adds in the same order everywhere. So a text has the same scores on every machine.
//!
//! Weights and inputs come in *words* of 32 bits, each with as many numbers as an instruction
//! set multiplies and adds at once ([`Simd::DEPTH`]). A word is one number's place in each
//! half or quarter of a row, as packing like that is vector work and the order of a sum is free.
//! Weights are packed once in the order the tiles read them:
//!
//! ```text
//! for each block of 2 × LANES outputs
//!     where their sums start: 2 × LANES words
//!     for each word of the input
//!         the weights that meet it: 2 × LANES words
//! ```

#[cfg(target_arch = "aarch64")]
mod neon;
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
mod scalar;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;
#[cfg(target_arch = "x86_64")]
mod x86;

/// Largest absolute value of a quantised number.
pub(super) const LIMIT: f32 = 127.0;

/// An instruction set with so many sums in a vector. A value of it is the proof that the
/// processor has it.
pub(super) trait Simd<const LANES: usize>: Copy {
    /// Numbers in a word.
    const DEPTH: usize;
    /// What inputs are xored with: instructions that take unsigned ones get them 128 higher.
    const FLIP: u32;
    /// A vector of words of weights.
    type Words: Copy;
    /// A vector of sums.
    type Sums: Copy;

    /// Takes up words of weights.
    fn words(self, words: &[u32; LANES]) -> Self::Words;
    /// Takes up sums to start from.
    fn sums(self, words: &[u32; LANES]) -> Self::Sums;
    /// Adds the dot products of each word of weights with the input's.
    fn dot(self, sums: Self::Sums, weights: Self::Words, input: u32) -> Self::Sums;
    /// Gives sums back.
    fn totals(self, sums: Self::Sums) -> [i32; LANES];
}

/// Work to be compiled for each instruction set, so `run` and all that it calls has to be
/// `#[inline(always)]`. `INPUTS` is how many inputs make a tile: as many as leave the registers
/// room for two vectors of sums each.
pub(super) trait Job {
    type Output;
    fn run<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(self, simd: S) -> Self::Output;
}

/// The instruction sets this build knows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kernel {
    #[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
    Scalar,
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    Simd128,
    #[cfg(target_arch = "aarch64")]
    Neon(neon::Neon),
    #[cfg(target_arch = "x86_64")]
    Avx2(x86::Avx2),
    #[cfg(target_arch = "x86_64")]
    AvxVnni(x86::AvxVnni),
    #[cfg(target_arch = "x86_64")]
    Avx512Vnni(x86::Avx512Vnni),
}

impl Kernel {
    /// What this machine can do, the fastest first.
    fn available() -> impl Iterator<Item = Kernel> {
        let kernels = [
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Some(Kernel::Simd128),
            #[cfg(target_arch = "aarch64")]
            neon::Neon::detect().map(Kernel::Neon),
            #[cfg(target_arch = "x86_64")]
            x86::Avx512Vnni::detect().map(Kernel::Avx512Vnni),
            #[cfg(target_arch = "x86_64")]
            x86::AvxVnni::detect().map(Kernel::AvxVnni),
            #[cfg(target_arch = "x86_64")]
            x86::Avx2::detect().map(Kernel::Avx2),
            #[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
            Some(Kernel::Scalar),
        ];
        kernels.into_iter().flatten()
    }

    /// The fastest one.
    pub fn detect() -> Kernel {
        Kernel::available().next().expect("the last of the list is always there")
    }

    /// Does the work with it.
    pub fn run<J: Job>(self, job: J) -> J::Output {
        match self {
            #[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
            Kernel::Scalar => job.run::<_, 4, 4>(scalar::Scalar),
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Kernel::Simd128 => job.run::<_, 4, 4>(wasm::Simd128),
            #[cfg(target_arch = "aarch64")]
            Kernel::Neon(neon) => neon.run(job),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2(avx2) => avx2.run(job),
            #[cfg(target_arch = "x86_64")]
            Kernel::AvxVnni(vnni) => vnni.run(job),
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512Vnni(vnni) => vnni.run(job),
        }
    }

    /// Packs a map's weights: `pairs` are the outputs whose sums are wanted together, in the
    /// order in which they are. A block takes the first of some pairs, then their second.
    pub fn pack(self, weights: &[i8], columns: usize, pairs: &[[usize; 2]]) -> Vec<u32> {
        self.run(Pack { weights, columns, pairs })
    }
}

struct Pack<'a> {
    weights: &'a [i8],
    columns: usize,
    pairs: &'a [[usize; 2]],
}

impl Job for Pack<'_> {
    type Output = Vec<u32>;

    #[inline(always)]
    fn run<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(self, _: S) -> Vec<u32> {
        let Pack { weights, columns, pairs } = self;
        let (blocks, rest) = pairs.as_chunks::<LANES>();
        assert!(rest.is_empty() && columns.is_multiple_of(S::DEPTH));
        let length = columns / S::DEPTH;
        let mut packed = Vec::with_capacity(2 * pairs.len() * (1 + length));
        for block in blocks {
            let rows = || {
                let outputs = (0..2).flat_map(|side| block.iter().map(move |pair| pair[side]));
                outputs.map(|output| &weights[output * columns..][..columns])
            };
            // What the inputs' offset will add.
            let offset = if S::FLIP == 0 { 0 } else { 128 };
            let start = |row: &[i8]| -offset * row.iter().map(|w| i32::from(*w)).sum::<i32>();
            packed.extend(rows().map(|row| start(row).cast_unsigned()));
            for k in 0..length {
                packed.extend(rows().map(|row| {
                    let parts = row.chunks_exact(length).enumerate();
                    parts.fold(0, |word, (part, row)| word | place(i32::from(row[k]), part, S::DEPTH))
                }));
            }
        }
        packed
    }
}

/// A number at its place in a word of so many.
#[inline(always)]
fn place(number: i32, part: usize, depth: usize) -> u32 {
    let bits = 32 / depth;
    (number.cast_unsigned() & (u32::MAX >> (32 - bits))) << (bits * part)
}

/// Packs a row of inputs, of which each becomes an integer of at most [`LIMIT`], as one of the
/// inputs of a tile. Those lie side by side, word by word.
#[inline(always)]
pub(super) fn pack_input<S: Simd<LANES>, const LANES: usize, const INPUTS: usize, T: Copy>(
    row: &[T],
    integer: impl Fn(T) -> i32,
    tile: &mut [[u32; INPUTS]],
    input: usize,
) {
    let length = tile.len();
    assert_eq!(row.len(), length * S::DEPTH);
    let number = |value: &T, part| place(integer(*value), part, S::DEPTH);
    let (low, high) = row.split_at(row.len() / 2);
    if S::DEPTH == 2 {
        for ((words, a), b) in tile.iter_mut().zip(low).zip(high) {
            words[input] = S::FLIP ^ number(a, 0) ^ number(b, 1);
        }
    } else {
        let quarters =
            low[..length].iter().zip(&low[length..]).zip(high[..length].iter().zip(&high[length..]));
        for (words, ((a, b), (c, d))) in tile.iter_mut().zip(quarters) {
            words[input] = S::FLIP ^ number(a, 0) ^ number(b, 1) ^ number(c, 2) ^ number(d, 3);
        }
    }
}

/// All dot products of packed weights with tiles of inputs of `length` words each. `take` gets
/// the number of an input and of a block, and the block's sums for it: the first of its pairs,
/// then their second.
#[inline(always)]
pub(super) fn products<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(
    simd: S,
    weights: &[u32],
    inputs: &[u32],
    length: usize,
    mut take: impl FnMut(usize, usize, [[i32; LANES]; 2]),
) {
    let weights = weights.as_chunks::<LANES>().0.as_chunks::<2>().0;
    let tiles = inputs.as_chunks::<INPUTS>().0.chunks_exact(length);
    for (t, tile) in tiles.enumerate() {
        for (b, block) in weights.chunks_exact(1 + length).enumerate() {
            let start = &block[0];
            let mut sums = [[simd.sums(&start[0]), simd.sums(&start[1])]; INPUTS];
            for (pair, inputs) in block[1..].iter().zip(tile) {
                let weights = [simd.words(&pair[0]), simd.words(&pair[1])];
                for (sums, input) in sums.iter_mut().zip(inputs) {
                    for (sums, weights) in sums.iter_mut().zip(weights) {
                        *sums = simd.dot(*sums, weights, *input);
                    }
                }
            }
            for (i, sums) in sums.into_iter().enumerate() {
                take(t * INPUTS + i, b, sums.map(|sums| simd.totals(sums)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All products, inputs × outputs.
    struct Products<'a> {
        packed: &'a [u32],
        inputs: &'a [i8],
        columns: usize,
        outputs: usize,
    }

    impl Job for Products<'_> {
        type Output = Vec<i32>;

        #[inline(always)]
        fn run<S: Simd<LANES>, const LANES: usize, const INPUTS: usize>(self, simd: S) -> Vec<i32> {
            let (count, length) = (self.inputs.len() / self.columns, self.columns / S::DEPTH);
            let mut words = vec![0; count.next_multiple_of(INPUTS) * length];
            for (i, row) in self.inputs.chunks_exact(self.columns).enumerate() {
                let tile = &mut words[i / INPUTS * INPUTS * length..][..INPUTS * length];
                pack_input::<S, LANES, INPUTS, i8>(row, i32::from, tile.as_chunks_mut().0, i % INPUTS);
            }
            let mut out = vec![0; count * self.outputs];
            products::<S, LANES, INPUTS>(simd, self.packed, &words, length, |input, block, sums| {
                for (side, sums) in sums.into_iter().enumerate().filter(|_| input < count) {
                    let first = input * self.outputs + side * self.outputs / 2 + block * LANES;
                    out[first..][..LANES].copy_from_slice(&sums);
                }
            });
            out
        }
    }

    proptest! {
        #[test]
        fn every_instruction_set_gives_the_same_integers(
            columns in 1usize..20, blocks in 1usize..4, count in 1usize..20, seed in any::<u64>(),
            extreme in any::<bool>(),
        ) {
            let (columns, outputs) = (8 * columns, 32 * blocks);
            let mut state = seed | 1;
            let mut number = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let number = ((state >> 33) % 255) as i16 - 127;
                (if extreme { 127 * number.signum() } else { number }) as i8
            };
            let weights: Vec<i8> = (0..outputs * columns).map(|_| number()).collect();
            let inputs: Vec<i8> = (0..count * columns).map(|_| number()).collect();
            let dot = |w: &[i8], x: &[i8]| w.iter().zip(x).map(|(w, x)| i32::from(*w) * i32::from(*x)).sum();
            let rows = |input| weights.chunks_exact(columns).map(move |row| dot(row, input));
            let wanted: Vec<i32> = inputs.chunks_exact(columns).flat_map(rows).collect();
            let pairs: Vec<[usize; 2]> = (0..outputs / 2).map(|i| [i, i + outputs / 2]).collect();
            for kernel in Kernel::available() {
                let packed = kernel.pack(&weights, columns, &pairs);
                let got = kernel.run(Products { packed: &packed, inputs: &inputs, columns, outputs });
                prop_assert_eq!(&got, &wanted, "{:?}", kernel);
            }
        }
    }
}
