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

/// Makes the scores of one character such that no span goes on from the one before it.
pub(super) fn part_before(scores: &mut [f32]) {
    for (_, score) in scores.iter_mut().enumerate().filter(|(tag, _)| !opens(*tag)) {
        *score = f32::NEG_INFINITY;
    }
}

/// Tags that may open what comes after a tag of [`CLOSING`], and those; both in order.
const OPENING: [usize; 9] = [0, 1, 4, 5, 8, 9, 12, 13, 16];
const CLOSING: [usize; 9] = [0, 3, 4, 7, 8, 11, 12, 15, 16];
/// As many as these, filled up to whole vectors.
const WIDE: usize = 12;
/// The first inner tag of each label; the tag before it begins the label, and the tag behind it ends it.
const INNER: [usize; 4] = [2, 6, 10, 14];

/// What it takes to go from one tag to the next, without what BIOES forbids: one of [`CLOSING`] goes to one of
/// [`OPENING`], and within a label its beginning or inner tag to its inner tag or end.
#[derive(Debug)]
struct Steps<T> {
    /// For each tag of [`CLOSING`] those of [`OPENING`].
    across: [[T; WIDE]; 9],
    /// For each label from its beginning, then from its inner tag: to its inner tag, then to its end.
    within: [[[T; 2]; 2]; 4],
}

impl<T: Copy> Steps<T> {
    /// By what a step takes; what fills up has `never`.
    fn new(never: T, take: impl Fn(usize, usize) -> T) -> Self {
        let to_opening = |from| std::array::from_fn(|i| OPENING.get(i).map_or(never, |to| take(from, *to)));
        let from = |from, inner| [take(from, inner), take(from, inner + 1)];
        Steps {
            across: CLOSING.map(to_opening),
            within: INNER.map(|inner| [from(inner - 1, inner), from(inner, inner)]),
        }
    }

    /// What a step within a name takes.
    fn inside(&self, from: usize, to: usize) -> T {
        let label = (to - 1) / 4;
        let inner = INNER[label];
        self.within[label][usize::from(from == inner)][to - inner]
    }
}

/// Transition scores, as logarithms and as factors.
#[derive(Debug)]
pub(super) struct Chain {
    log: Steps<f32>,
    factor: Steps<f64>,
    /// The factors the other way: for each tag of [`OPENING`] those of [`CLOSING`].
    back: [[f64; WIDE]; 9],
    start: [f32; TAGS],
    end: [f32; TAGS],
}

impl Chain {
    pub fn new(weights: &Weights) -> Self {
        Chain::of(&weights.transition, &weights.start, &weights.end)
    }

    /// Of scores from tag × to tag, of the first tag and of the last.
    fn of(transition: &[f32], start: &[f32], end: &[f32]) -> Self {
        let score = |from: usize, to: usize| transition[from * TAGS + to];
        let factor = |from, to| f64::from(score(from, to)).exp();
        let edge = |scores: &[f32], allowed: fn(usize) -> bool| {
            std::array::from_fn(|tag| if allowed(tag) { scores[tag] } else { f32::NEG_INFINITY })
        };
        let to_closing =
            |to: usize| std::array::from_fn(|i| CLOSING.get(i).map_or(0.0, |from| factor(*from, to)));
        Chain {
            log: Steps::new(f32::NEG_INFINITY, score),
            factor: Steps::new(0.0, factor),
            back: OPENING.map(to_closing),
            start: edge(start, opens),
            end: edge(end, closes),
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
            // Of those with the same score the first.
            let (mut top, mut whence) = ([f32::NEG_INFINITY; WIDE], [0; WIDE]);
            for (from, steps) in CLOSING.into_iter().zip(&self.log.across) {
                for i in 0..WIDE {
                    let through = best[from] + steps[i];
                    let better = through > top[i];
                    top[i] = if better { through } else { top[i] };
                    whence[i] = if better { from as u32 } else { whence[i] };
                }
            }
            let mut pointers = [0; TAGS];
            let mut next = [f32::NEG_INFINITY; TAGS];
            for (i, to) in OPENING.into_iter().enumerate() {
                (next[to], pointers[to]) = (top[i] + row[to], whence[i] as u8);
            }
            for (inner, [begun, gone_on]) in INNER.into_iter().zip(&self.log.within) {
                for (side, to) in [inner, inner + 1].into_iter().enumerate() {
                    let (one, other) = (best[inner - 1] + begun[side], best[inner] + gone_on[side]);
                    let (score, from) = if other > one { (other, inner) } else { (one, inner - 1) };
                    (next[to], pointers[to]) = (score + row[to], from as u8);
                }
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

    /// Sums over what may come before each tag.
    fn forward(&self, before: &[f64; TAGS]) -> [f64; TAGS] {
        let mut opening = [0.0; WIDE];
        for (from, steps) in CLOSING.into_iter().zip(&self.factor.across) {
            for i in 0..WIDE {
                opening[i] += before[from] * steps[i];
            }
        }
        let mut sums = [0.0; TAGS];
        for (i, to) in OPENING.into_iter().enumerate() {
            sums[to] = opening[i];
        }
        for (inner, [begun, gone_on]) in INNER.into_iter().zip(&self.factor.within) {
            for (side, to) in [inner, inner + 1].into_iter().enumerate() {
                sums[to] = before[inner - 1] * begun[side] + before[inner] * gone_on[side];
            }
        }
        sums
    }

    /// Sums over what may come after each tag.
    fn backward(&self, after: &[f64; TAGS]) -> [f64; TAGS] {
        let mut closing = [0.0; WIDE];
        for (to, steps) in OPENING.into_iter().zip(&self.back) {
            for i in 0..WIDE {
                closing[i] += steps[i] * after[to];
            }
        }
        let mut sums = [0.0; TAGS];
        for (i, from) in CLOSING.into_iter().enumerate() {
            sums[from] = closing[i];
        }
        for (inner, steps) in INNER.into_iter().zip(&self.factor.within) {
            for (from, [on, end]) in [inner - 1, inner].into_iter().zip(steps) {
                sums[from] = on * after[inner] + end * after[inner + 1];
            }
        }
        sums
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
            let mut sums = match forward.last() {
                None => chain.start.map(|score| f64::from(score).exp()),
                Some(before) => chain.forward(before),
            };
            for (sum, factor) in sums.iter_mut().zip(&factor) {
                *sum *= factor;
            }
            let scale = sums.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            factor.iter_mut().chain(&mut sums).for_each(|value| *value /= scale);
            factors.push(factor);
            forward.push(sums);
        }
        let end = chain.end.map(|score| f64::from(score).exp());
        let total: f64 = forward.last().map_or(1.0, |last| last.iter().zip(&end).map(|(a, b)| a * b).sum());
        let mut backward = vec![end.map(|value| value / total.max(f64::MIN_POSITIVE))];
        for factor in factors.iter().skip(1).rev() {
            let after = backward[backward.len() - 1];
            backward.push(chain.backward(&std::array::from_fn(|tag| factor[tag] * after[tag])));
        }
        backward.reverse();
        Marginals { chain, factors, forward, backward }
    }

    /// Probability that the characters from `start` on have exactly these tags, those of one name.
    fn of_path(&self, start: usize, tags: &[u8]) -> f64 {
        let tag = |i: usize| usize::from(tags[i]);
        let through = (1..tags.len())
            .map(|i| self.chain.factor.inside(tag(i - 1), tag(i)) * self.factors[start + i][tag(i)])
            .product::<f64>();
        let last = tags.len() - 1;
        self.forward[start][tag(0)] * through * self.backward[start + last][tag(last)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// True when `to` may follow `from`: what is begun goes on until its end.
    fn legal(from: usize, to: usize) -> bool {
        if closes(from) {
            opens(to)
        } else {
            matches!(part(to), Part::Inner | Part::End) && (from - 1) / 4 == (to - 1) / 4
        }
    }

    /// Every legal tagging of so many characters.
    fn taggings(count: usize) -> Vec<Vec<usize>> {
        let mut all: Vec<Vec<usize>> = (0..TAGS).filter(|tag| opens(*tag)).map(|tag| vec![tag]).collect();
        for _ in 1..count {
            let longer = |tags: &Vec<usize>| {
                let last = tags[tags.len() - 1];
                let after = (0..TAGS).filter(move |to| legal(last, *to));
                after.map(|to| [tags.clone(), vec![to]].concat()).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(longer).collect();
        }
        all.retain(|tags| closes(tags[tags.len() - 1]));
        all
    }

    /// The spans of a tagging.
    fn spans(tags: &[usize]) -> Vec<(Range<usize>, Label)> {
        let mut start = 0;
        let mut found = Vec::new();
        for (i, tag) in tags.iter().enumerate() {
            if matches!(part(*tag), Part::Begin | Part::Single) {
                start = i;
            }
            if matches!(part(*tag), Part::End | Part::Single) {
                found.push((start..i + 1, Label::ALL[(tag - 1) / 4]));
            }
        }
        found
    }

    proptest! {
        #[test]
        fn the_best_of_all_taggings_is_found_and_its_spans_are_as_probable_as_those_that_have_them(
            count in 1usize..5,
            seed in prop::collection::vec(-4f32..4.0, TAGS * (TAGS + 6)),
        ) {
            let (transition, rest) = seed.split_at(TAGS * TAGS);
            let (start, rest) = rest.split_at(TAGS);
            let (end, emissions) = rest.split_at(TAGS);
            let emissions = &emissions[..count * TAGS];
            let weigh = |tags: &Vec<usize>| {
                let emitted: f32 = tags.iter().enumerate().map(|(i, tag)| emissions[i * TAGS + tag]).sum();
                let gone: f32 = tags.windows(2).map(|pair| transition[pair[0] * TAGS + pair[1]]).sum();
                f64::from(start[tags[0]] + emitted + gone + end[tags[count - 1]])
            };
            let all: Vec<(f64, Vec<_>)> =
                taggings(count).iter().map(|tags| (weigh(tags), spans(tags))).collect();
            let total: f64 = all.iter().map(|(weight, _)| weight.exp()).sum();
            let best = all.iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
            let found = Chain::of(transition, start, end).decode(emissions);
            let names: Vec<_> = found.iter().map(|span| (span.chars.clone(), span.label)).collect();
            // Of two that are nearly as good rounding may take the other.
            let taken = all.iter().filter(|(_, spans)| *spans == names).map(|(weight, _)| *weight);
            prop_assert!(taken.fold(f64::NEG_INFINITY, f64::max) > best.0 - 1e-4);
            for span in &found {
                let name = (span.chars.clone(), span.label);
                let with = all.iter().filter(|(_, spans)| spans.contains(&name));
                let share = with.map(|(weight, _)| weight.exp()).sum::<f64>() / total;
                prop_assert!((share - f64::from(span.score)).abs() < 1e-4, "{share} {span:?}");
            }
        }
    }
}
