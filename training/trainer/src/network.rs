//! The tagger's network, forwards and backwards, on a handful of sentences at once: the
//! arithmetic of `src/tagger/network.rs` in floats.
//!
//! A character's vector is the sum of what is known of it; then come residual blocks of a
//! depthwise dilated convolution, RMS normalisation (arXiv 1910.07467) and a gated pointwise
//! map (ReGLU, arXiv 2002.05202).

use std::ops::Range;

use faer::linalg::matmul::matmul;
use faer::{Accum, MatMut, MatRef, Par};
use mingzhu::tagger::TAGS;
use rand::rngs::SmallRng;
use rand::{Rng, RngCore};

use crate::chain::Scores;
use crate::columns::{Columns, UNKNOWN};
use crate::parameters::{LayerLayout, Layout, Shape};

const EPSILON: f32 = 1e-6;

/// How often training hides something, 0 to 1: whole inputs, and single activations.
#[derive(Clone, Copy, Debug)]
pub struct Drop {
    pub char: f32,
    pub bigram: f32,
    /// All words of a sentence.
    pub word: f32,
    /// All known words of a sentence.
    pub lexicon: f32,
    pub hidden: f32,
}

pub const NOTHING: Drop = Drop { char: 0.0, bigram: 0.0, word: 0.0, lexicon: 0.0, hidden: 0.0 };

/// A run over some sentences and what it leaves for the way back.
#[derive(Default)]
pub struct Pass {
    /// Rows of each sentence.
    pub sentences: Vec<Range<usize>>,
    /// characters × tags
    pub scores: Vec<Scores>,
    /// Normalised last layer, characters × width.
    pub last: Vec<f32>,
    chars: Vec<u32>,
    /// Rows of the bigram each character closes and opens; `None` where there is none.
    closed: Vec<Option<u32>>,
    opened: Vec<Option<u32>>,
    /// Offsets of the rows of small tables that each character adds, in the weights.
    added: Vec<[u32; SMALL]>,
    joined: Vec<f32>,
    /// Input of each layer and of the output.
    x: Vec<Vec<f32>>,
    /// 0 or 255: activations kept.
    kept: Vec<Vec<u8>>,
    /// Normalised convolution of each layer, with the factor of each character.
    normal: Vec<Vec<f32>>,
    factors: Vec<Vec<f32>>,
    /// Values and gates of each layer.
    gated: Vec<Vec<f32>>,
    flow: Vec<f32>,
    side: Vec<f32>,
    wide: Vec<f32>,
}

/// Word, gap, guideline and four classes of known words; a hidden one adds nothing.
const SMALL: usize = 7;
const HIDDEN: u32 = u32::MAX;

impl Pass {
    /// Runs over the sentences looked up; `scores` has their scores end to end.
    pub fn forward(
        &mut self,
        (shape, layout): (&Shape, &Layout),
        weights: &[f32],
        drop: &Drop,
        rng: &mut SmallRng,
    ) {
        let rows = self.chars.len();
        let width = shape.width;
        let layers = shape.dilations.len();
        self.x.resize_with(layers + 1, Vec::new);
        self.kept.resize_with(layers + 1, Vec::new);
        self.normal.resize_with(layers, Vec::new);
        self.factors.resize_with(layers, Vec::new);
        self.gated.resize_with(layers, Vec::new);

        let joined = shape.joined();
        self.joined.clear();
        self.joined.resize(rows * joined, 0.0);
        let bigram =
            |row: u32| &weights[layout.bigram.start + row as usize * shape.bigram_dim..][..shape.bigram_dim];
        for (i, e) in self.joined.chunks_exact_mut(joined).enumerate() {
            let char = layout.char.start + self.chars[i] as usize * shape.char_dim;
            e[..shape.char_dim].copy_from_slice(&weights[char..char + shape.char_dim]);
            if let Some(row) = self.closed[i] {
                e[shape.char_dim..][..shape.bigram_dim].copy_from_slice(bigram(row));
            }
            if let Some(row) = self.opened[i] {
                e[shape.char_dim + shape.bigram_dim..].copy_from_slice(bigram(row));
            }
        }
        let x = &mut self.x[0];
        x.resize(rows * width, 0.0);
        multiply(&self.joined, &weights[layout.input.clone()], x, (rows, joined, width));
        draw(&mut self.kept[0], rows * width, drop.hidden, rng);
        let scale = 1.0 / (1.0 - drop.hidden);
        for ((x, added), kept) in
            x.chunks_exact_mut(width).zip(&self.added).zip(self.kept[0].chunks_exact(width))
        {
            add(x, &weights[layout.input_bias.clone()]);
            for at in added.iter().filter(|at| **at != HIDDEN) {
                add(x, &weights[*at as usize..][..width]);
            }
            mask(x, kept, scale);
        }

        for (i, layer) in layout.layers.iter().enumerate() {
            let (before, after) = self.x.split_at_mut(i + 1);
            let (x, next) = (&before[i], &mut after[0]);
            let (normal, factors) = (&mut self.normal[i], &mut self.factors[i]);
            convolve(x, weights, layer, (width, shape.kernel, shape.dilations[i]), &self.sentences, normal);
            factors.clear();
            for h in normal.chunks_exact_mut(width) {
                let factor = inverse_rms(h);
                h.iter_mut().for_each(|h| *h *= factor);
                factors.push(factor);
            }
            let gated = &mut self.gated[i];
            gated.resize(rows * 2 * width, 0.0);
            multiply(normal, &weights[layer.point.clone()], gated, (rows, width, 2 * width));
            draw(&mut self.kept[i + 1], rows * width, drop.hidden, rng);
            next.clear();
            next.extend_from_slice(x);
            let kept = self.kept[i + 1].chunks_exact(width);
            for ((next, gated), kept) in
                next.chunks_exact_mut(width).zip(gated.chunks_exact_mut(2 * width)).zip(kept)
            {
                add(gated, &weights[layer.point_bias.clone()]);
                let (values, gates) = gated.split_at(width);
                for j in 0..width {
                    let open = if gates[j] > 0.0 { gates[j] } else { 0.0 };
                    let kept = if kept[j] != 0 { scale } else { 0.0 };
                    next[j] += values[j] * open * kept;
                }
            }
        }

        self.last.clear();
        self.last.extend_from_slice(&self.x[layers]);
        self.scores.clear();
        self.flow.clear();
        for y in self.last.chunks_exact_mut(width) {
            let factor = inverse_rms(y);
            y.iter_mut().for_each(|y| *y *= factor);
            self.flow.push(factor);
        }
        self.side.resize(rows * TAGS, 0.0);
        multiply(&self.last, &weights[layout.output.clone()], &mut self.side, (rows, width, TAGS));
        let bias = &weights[layout.output_bias.clone()];
        self.scores.extend(
            self.side.chunks_exact(TAGS).map(|s| -> Scores { std::array::from_fn(|tag| s[tag] + bias[tag]) }),
        );
    }

    /// Adds to `gradient` what follows from the scores' gradient, which is in `self.scores`,
    /// and from that of `self.last`, where there is one.
    pub fn backward(
        &mut self,
        (shape, layout): (&Shape, &Layout),
        weights: &[f32],
        drop: &Drop,
        from_last: Option<&[f32]>,
        gradient: &mut [f32],
    ) {
        let (width, rows) = (shape.width, self.chars.len());
        let scale = 1.0 / (1.0 - drop.hidden);
        let scores = self.scores.as_flattened();
        transposed(&self.last, scores, &mut gradient[layout.output.clone()], (width, rows, TAGS));
        for row in scores.chunks_exact(TAGS) {
            add(&mut gradient[layout.output_bias.clone()], row);
        }
        let dx = &mut self.wide;
        dx.resize(rows * width, 0.0);
        by_transposed(scores, &weights[layout.output.clone()], dx, (rows, TAGS, width));
        if let Some(more) = from_last {
            add(dx, more);
        }
        let factors = std::mem::take(&mut self.flow);
        unnormalise(dx, &self.last, &factors, width);
        self.flow = factors;

        for (i, layer) in layout.layers.iter().enumerate().rev() {
            let (x, normal, gated) = (&self.x[i], &self.normal[i], &mut self.gated[i]);
            // Values and gates give way to their gradients.
            let kept = self.kept[i + 1].chunks_exact(width);
            for ((gated, dx), kept) in gated.chunks_exact_mut(2 * width).zip(dx.chunks_exact(width)).zip(kept)
            {
                let (values, gates) = gated.split_at_mut(width);
                for j in 0..width {
                    let kept = if kept[j] != 0 { scale } else { 0.0 };
                    let through = if gates[j] > 0.0 { dx[j] * kept } else { 0.0 };
                    let (value, gate) = (values[j], gates[j]);
                    values[j] = through * gate;
                    gates[j] = through * value;
                }
                add(&mut gradient[layer.point_bias.clone()], gated);
            }
            transposed(normal, gated, &mut gradient[layer.point.clone()], (width, rows, 2 * width));
            let dh = &mut self.side;
            dh.resize(rows * width, 0.0);
            by_transposed(gated, &weights[layer.point.clone()], dh, (rows, 2 * width, width));
            unnormalise(dh, normal, &self.factors[i], width);
            let bias = &mut gradient[layer.taps_bias.clone()];
            for dh in dh.chunks_exact(width) {
                add(bias, dh);
            }
            let half = shape.kernel / 2;
            for sentence in &self.sentences {
                for k in 0..shape.kernel {
                    let taps = layer.taps.start + k * width..layer.taps.start + (k + 1) * width;
                    for (at, from) in reach(sentence, k, half, shape.dilations[i]) {
                        let dh = &dh[at * width..][..width];
                        multiply_add(&mut gradient[taps.clone()], dh, &x[from * width..][..width]);
                        multiply_add(&mut dx[from * width..][..width], dh, &weights[taps.clone()]);
                    }
                }
            }
        }

        let bias = layout.input_bias.clone();
        for ((dx, kept), added) in
            dx.chunks_exact_mut(width).zip(self.kept[0].chunks_exact(width)).zip(&self.added)
        {
            mask(dx, kept, scale);
            add(&mut gradient[bias.clone()], dx);
            for at in added.iter().filter(|at| **at != HIDDEN) {
                add(&mut gradient[*at as usize..][..width], dx);
            }
        }
        let joined = shape.joined();
        transposed(&self.joined, dx, &mut gradient[layout.input.clone()], (joined, rows, width));
        let de = &mut self.joined;
        by_transposed(dx, &weights[layout.input.clone()], de, (rows, width, joined));
        for (i, de) in de.chunks_exact(joined).enumerate() {
            let (char, bigrams) = de.split_at(shape.char_dim);
            let (closed, opened) = bigrams.split_at(shape.bigram_dim);
            let at = layout.char.start + self.chars[i] as usize * shape.char_dim;
            add(&mut gradient[at..at + shape.char_dim], char);
            for (row, de) in [(self.closed[i], closed), (self.opened[i], opened)] {
                if let Some(row) = row {
                    let at = layout.bigram.start + row as usize * shape.bigram_dim;
                    add(&mut gradient[at..at + shape.bigram_dim], de);
                }
            }
        }
    }

    /// The rows of the tables for sentences of `columns`, some of them hidden.
    pub fn look_up(
        &mut self,
        (shape, layout): (&Shape, &Layout),
        columns: &Columns,
        which: &[u32],
        drop: &Drop,
        rng: &mut SmallRng,
    ) {
        self.sentences.clear();
        self.chars.clear();
        self.closed.clear();
        self.opened.clear();
        self.added.clear();
        let shift = 16 - shape.bigram_rows.trailing_zeros();
        for sentence in which.iter().map(|i| *i as usize) {
            let begin = self.chars.len();
            let range = columns.sentences[sentence].clone();
            let (word_seen, lexicon_seen) =
                (rng.random::<f32>() >= drop.word, rng.random::<f32>() >= drop.lexicon);
            for i in range {
                let seen = drop.char == 0.0 || rng.random::<f32>() >= drop.char;
                self.chars.push(if seen { columns.chars[i] } else { UNKNOWN });
                // A hidden character takes the bigram it closes along, which would give it away.
                let bigram_seen = seen && (drop.bigram == 0.0 || rng.random::<f32>() >= drop.bigram);
                self.closed.push(bigram_seen.then(|| u32::from(columns.bigrams[i] >> shift)));
                let row =
                    |table: &Range<usize>, row: u8| (table.start + usize::from(row) * shape.width) as u32;
                let known = |class: usize| {
                    if lexicon_seen { row(&layout.lexicon[class], columns.lexicon[class][i]) } else { HIDDEN }
                };
                self.added.push([
                    if word_seen { row(&layout.word, columns.words[i]) } else { HIDDEN },
                    row(&layout.gap, columns.gaps[i]),
                    row(&layout.guideline, columns.guidelines[sentence]),
                    known(0),
                    known(1),
                    known(2),
                    known(3),
                ]);
            }
            // The bigram a character opens is the one its successor closes.
            self.opened.extend_from_slice(&self.closed[begin + 1..]);
            self.opened.push(None);
            self.sentences.push(begin..self.chars.len());
        }
    }

    /// Hides characters for the network to guess, with both bigrams they are part of; returns
    /// where, and what they are.
    pub fn hide(&mut self, share: f32, rng: &mut SmallRng) -> Vec<(usize, u32)> {
        let mut hidden = Vec::new();
        for i in 0..self.chars.len() {
            if self.chars[i] != UNKNOWN && rng.random::<f32>() < share {
                hidden.push((i, self.chars[i]));
                self.chars[i] = UNKNOWN;
                self.closed[i] = None;
                self.opened[i] = None;
                if i > 0 {
                    self.opened[i - 1] = None;
                }
                if let Some(closed) = self.closed.get_mut(i + 1) {
                    *closed = None;
                }
            }
        }
        hidden
    }
}

/// out = a × b; a is m × k, b is k × n.
pub fn multiply(a: &[f32], b: &[f32], out: &mut [f32], (m, k, n): (usize, usize, usize)) {
    let out = MatMut::from_row_major_slice_mut(out, m, n);
    matmul(out, Accum::Replace, rows(a, m, k), rows(b, k, n), 1.0, Par::Seq);
}

/// out += aᵀ × b; a is k × m, b is k × n.
pub fn transposed(a: &[f32], b: &[f32], out: &mut [f32], (m, k, n): (usize, usize, usize)) {
    let out = MatMut::from_row_major_slice_mut(out, m, n);
    matmul(out, Accum::Add, rows(a, k, m).transpose(), rows(b, k, n), 1.0, Par::Seq);
}

/// out = a × bᵀ; a is m × k, b is n × k.
pub fn by_transposed(a: &[f32], b: &[f32], out: &mut [f32], (m, k, n): (usize, usize, usize)) {
    let out = MatMut::from_row_major_slice_mut(out, m, n);
    matmul(out, Accum::Replace, rows(a, m, k), rows(b, n, k).transpose(), 1.0, Par::Seq);
}

fn rows(values: &[f32], rows: usize, columns: usize) -> MatRef<'_, f32> {
    MatRef::from_row_major_slice(values, rows, columns)
}

fn convolve(
    x: &[f32],
    weights: &[f32],
    layer: &LayerLayout,
    (width, kernel, dilation): (usize, usize, usize),
    sentences: &[Range<usize>],
    out: &mut Vec<f32>,
) {
    out.clear();
    for _ in 0..x.len() / width {
        out.extend_from_slice(&weights[layer.taps_bias.clone()]);
    }
    for sentence in sentences {
        for k in 0..kernel {
            let taps = &weights[layer.taps.start + k * width..][..width];
            for (at, from) in reach(sentence, k, kernel / 2, dilation) {
                multiply_add(&mut out[at * width..][..width], &x[from * width..][..width], taps);
            }
        }
    }
}

/// Rows that tap `k` writes to and reads from. Beyond the sentence everything is zero.
fn reach(
    sentence: &Range<usize>,
    k: usize,
    half: usize,
    dilation: usize,
) -> impl Iterator<Item = (usize, usize)> {
    let (back, ahead) =
        ((half * dilation).saturating_sub(k * dilation), (k * dilation).saturating_sub(half * dilation));
    let (start, end) = (sentence.start + back, sentence.end.saturating_sub(ahead));
    (start..end.max(start)).map(move |at| (at, at + ahead - back))
}

/// The gradient before an RMS normalisation from the one after it; `y` is what came out.
fn unnormalise(dy: &mut [f32], y: &[f32], factors: &[f32], width: usize) {
    for ((dy, y), factor) in dy.chunks_exact_mut(width).zip(y.chunks_exact(width)).zip(factors) {
        let along = dot(dy, y) / width as f32;
        for (dy, y) in dy.iter_mut().zip(y) {
            *dy = factor * (*dy - y * along);
        }
    }
}

fn draw(kept: &mut Vec<u8>, count: usize, share: f32, rng: &mut SmallRng) {
    kept.resize(count, 255);
    if share == 0.0 {
        kept.fill(255);
        return;
    }
    rng.fill_bytes(kept);
    let limit = (share * 256.0) as u8;
    kept.iter_mut().for_each(|kept| *kept = if *kept < limit { 0 } else { 255 });
}

fn mask(x: &mut [f32], kept: &[u8], scale: f32) {
    for (x, kept) in x.iter_mut().zip(kept) {
        *x *= if *kept != 0 { scale } else { 0.0 };
    }
}

fn add(x: &mut [f32], other: &[f32]) {
    for (x, other) in x.iter_mut().zip(other) {
        *x += other;
    }
}

fn multiply_add(out: &mut [f32], a: &[f32], b: &[f32]) {
    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
        *out += a * b;
    }
}

fn inverse_rms(x: &[f32]) -> f32 {
    1.0 / (dot(x, x) / x.len() as f32 + EPSILON).sqrt()
}

/// Sixteen partial sums, so that the compiler may use vector instructions.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for i in 0..16 {
            sums[i] += a[i] * b[i];
        }
    }
    sums.iter().sum()
}
