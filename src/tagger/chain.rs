//! The linear-chain CRF over BIOES tags: the best path, and how probable each span on it is.

use std::ops::Range;

use super::weights::Weights;
use super::{Label, TAGS};

/// A labelled span, in characters.
#[derive(Clone, Debug, PartialEq)]
pub struct TaggedSpan {
    /// Its characters, counted from the start of what was read.
    pub chars: Range<usize>,
    /// What it is.
    pub label: Label,
    /// Probability of exactly this span with this label, over all taggings of the sentence.
    pub score: f32,
}

impl TaggedSpan {
    /// The same so many characters further on.
    pub(crate) fn moved(&self, by: usize) -> TaggedSpan {
        let Range { start, end } = self.chars;
        TaggedSpan { chars: start + by..end + by, ..self.clone() }
    }
}

/// The part of a span a tag stands for.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Outside,
    Begin,
    Inner,
    End,
    Single,
}

fn part(tag: usize) -> Part {
    match (tag, tag.wrapping_sub(1) % 4) {
        (0, _) => Part::Outside,
        (_, 0) => Part::Begin,
        (_, 1) => Part::Inner,
        (_, 2) => Part::End,
        _ => Part::Single,
    }
}

fn opens(tag: usize) -> bool {
    matches!(part(tag), Part::Outside | Part::Begin | Part::Single)
}

fn closes(tag: usize) -> bool {
    matches!(part(tag), Part::Outside | Part::End | Part::Single)
}

/// True when `to` may follow `from`: what is begun goes on until its end.
fn legal(from: usize, to: usize) -> bool {
    if closes(from) {
        opens(to)
    } else {
        matches!(part(to), Part::Inner | Part::End) && (from - 1) / 4 == (to - 1) / 4
    }
}

/// Makes the scores of one character such that no span goes on from the one before it.
pub(super) fn part_before(scores: &mut [f32]) {
    for (_, score) in scores.iter_mut().enumerate().filter(|(tag, _)| !opens(*tag)) {
        *score = f32::NEG_INFINITY;
    }
}

/// Transition scores with what BIOES forbids, as logarithms and as factors.
#[derive(Debug)]
pub(super) struct Chain {
    /// For each tag: those it may follow, with the score of doing so.
    log: Vec<Vec<(usize, f32)>>,
    factor: Vec<Vec<(usize, f64)>>,
    start: [f32; TAGS],
    end: [f32; TAGS],
}

impl Chain {
    pub fn new(weights: &Weights) -> Self {
        let log: Vec<Vec<(usize, f32)>> = (0..TAGS)
            .map(|to| {
                let from = (0..TAGS).filter(|from| legal(*from, to));
                from.map(|from| (from, weights.transition[from * TAGS + to])).collect()
            })
            .collect();
        let factor =
            log.iter().map(|from| from.iter().map(|(tag, score)| (*tag, f64::from(*score).exp())).collect());
        let edge = |scores: &[f32], allowed: fn(usize) -> bool| {
            std::array::from_fn(|tag| if allowed(tag) { scores[tag] } else { f32::NEG_INFINITY })
        };
        Chain {
            factor: factor.collect(),
            log,
            start: edge(&weights.start, opens),
            end: edge(&weights.end, closes),
        }
    }

    /// The spans of the best path through `emissions` (characters × [`TAGS`]).
    pub fn decode(&self, emissions: &[f32]) -> Vec<TaggedSpan> {
        let path = self.viterbi(emissions);
        if path.iter().all(|tag| *tag == 0) {
            return Vec::new();
        }
        let marginals = Marginals::new(self, emissions);
        let mut spans = Vec::new();
        let mut start = 0;
        for (i, tag) in path.iter().map(|tag| usize::from(*tag)).enumerate() {
            if matches!(part(tag), Part::Begin | Part::Single) {
                start = i;
            }
            if matches!(part(tag), Part::End | Part::Single) {
                let label = Label::ALL[(tag - 1) / 4];
                let score = marginals.of_path(start, &path[start..=i]) as f32;
                spans.push(TaggedSpan { chars: start..i + 1, label, score: score.clamp(0.0, 1.0) });
            }
        }
        spans
    }

    fn viterbi(&self, emissions: &[f32]) -> Vec<u8> {
        let mut rows = emissions.chunks_exact(TAGS);
        let Some(first) = rows.next() else { return Vec::new() };
        let mut best: [f32; TAGS] = std::array::from_fn(|tag| self.start[tag] + first[tag]);
        let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(emissions.len() / TAGS);
        for row in rows {
            let mut pointers = [0; TAGS];
            let mut next = [f32::NEG_INFINITY; TAGS];
            for to in 0..TAGS {
                for (from, score) in &self.log[to] {
                    let through = best[*from] + score;
                    if through > next[to] {
                        (next[to], pointers[to]) = (through, *from as u8);
                    }
                }
                next[to] += row[to];
            }
            back.push(pointers);
            best = next;
        }
        let last = (0..TAGS).max_by(|a, b| (best[*a] + self.end[*a]).total_cmp(&(best[*b] + self.end[*b])));
        let mut path = vec![last.unwrap_or(0) as u8];
        for pointers in back.iter().rev() {
            path.push(pointers[usize::from(path[path.len() - 1])]);
        }
        path.reverse();
        path
    }
}

/// Forward and backward sums, scaled at each character so that they stay in range
/// (Rabiner 1989, section V.A).
struct Marginals<'a> {
    chain: &'a Chain,
    /// Emission factors, divided by the scale of their character.
    factors: Vec<[f64; TAGS]>,
    forward: Vec<[f64; TAGS]>,
    backward: Vec<[f64; TAGS]>,
}

impl<'a> Marginals<'a> {
    fn new(chain: &'a Chain, emissions: &[f32]) -> Self {
        let mut factors: Vec<[f64; TAGS]> = Vec::with_capacity(emissions.len() / TAGS);
        let mut forward: Vec<[f64; TAGS]> = Vec::with_capacity(factors.capacity());
        for row in emissions.chunks_exact(TAGS) {
            let top = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mut factor: [f64; TAGS] = std::array::from_fn(|tag| f64::from(row[tag] - top).exp());
            let mut sums: [f64; TAGS] = std::array::from_fn(|tag| match forward.last() {
                None => f64::from(chain.start[tag]).exp(),
                Some(before) => chain.factor[tag].iter().map(|(from, f)| before[*from] * f).sum(),
            });
            for (sum, factor) in sums.iter_mut().zip(&factor) {
                *sum *= factor;
            }
            let scale = sums.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            factor.iter_mut().chain(&mut sums).for_each(|value| *value /= scale);
            factors.push(factor);
            forward.push(sums);
        }
        let end: [f64; TAGS] = std::array::from_fn(|tag| f64::from(chain.end[tag]).exp());
        let total: f64 = forward.last().map_or(1.0, |last| last.iter().zip(&end).map(|(a, b)| a * b).sum());
        let mut backward = vec![end.map(|value| value / total.max(f64::MIN_POSITIVE))];
        for factor in factors.iter().skip(1).rev() {
            let after = backward[backward.len() - 1];
            let mut sums = [0.0; TAGS];
            for to in 0..TAGS {
                let value = factor[to] * after[to];
                for (from, step) in &chain.factor[to] {
                    sums[*from] += step * value;
                }
            }
            backward.push(sums);
        }
        backward.reverse();
        Marginals { chain, factors, forward, backward }
    }

    /// Probability that the characters from `start` on have exactly these tags.
    fn of_path(&self, start: usize, tags: &[u8]) -> f64 {
        let tag = |i: usize| usize::from(tags[i]);
        let step = |from: usize, to: usize| {
            self.chain.factor[to].iter().find(|(tag, _)| *tag == from).map_or(0.0, |(_, factor)| *factor)
        };
        let through = (1..tags.len())
            .map(|i| step(tag(i - 1), tag(i)) * self.factors[start + i][tag(i)])
            .product::<f64>();
        let last = tags.len() - 1;
        self.forward[start][tag(0)] * through * self.backward[start + last][tag(last)]
    }
}
