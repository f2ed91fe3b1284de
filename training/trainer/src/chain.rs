//! The linear-chain CRF over BIOES tags: how likely a tagging is, and which is likeliest.
//!
//! Forward and backward run on probabilities, each character's sum kept apart, so that
//! nothing under- or overflows and what BIOES forbids is exactly zero.

use mingzhu::tagger::TAGS;

pub type Scores = [f32; TAGS];

/// Weights of the chain, as logarithms and as factors.
pub struct Chain {
    transition: [Scores; TAGS],
    start: Scores,
    end: Scores,
    factor: [Scores; TAGS],
    start_factor: Scores,
    end_factor: Scores,
}

/// What [`Chain::expect`] leaves behind: where the gradient comes from.
#[derive(Default)]
pub struct Expectation {
    /// Probability of each tag at each character.
    pub tags: Vec<Scores>,
    /// Expected number of each transition.
    pub transition: Vec<Scores>,
    forward: Vec<Scores>,
    backward: Vec<Scores>,
    /// exp(score − highest score) of each character.
    factors: Vec<Scores>,
}

/// Forbidden in place of −∞, which arithmetic would turn into NaN.
const FORBIDDEN: f32 = -1e4;

impl Chain {
    pub fn new(transition: &[f32], start: &[f32], end: &[f32]) -> Self {
        let log = |allowed: bool, score: f32| if allowed { score } else { FORBIDDEN };
        let factor = |score: f32| if score <= FORBIDDEN { 0.0 } else { score.exp() };
        let transition: [Scores; TAGS] = std::array::from_fn(|from| {
            std::array::from_fn(|to| log(follows(from, to), transition[from * TAGS + to]))
        });
        let start: Scores = std::array::from_fn(|tag| log(begins(tag), start[tag]));
        let end: Scores = std::array::from_fn(|tag| log(ends(tag), end[tag]));
        Chain {
            factor: transition.map(|row| row.map(factor)),
            start_factor: start.map(factor),
            end_factor: end.map(factor),
            transition,
            start,
            end,
        }
    }

    /// Probabilities of the tags of a sentence where only some are `allowed` at each character
    /// (a bit each); returns the logarithm of the allowed paths' sum.
    pub fn expect(&self, scores: &[Scores], allowed: impl Fn(usize) -> u32, found: &mut Expectation) -> f64 {
        let length = scores.len();
        let Expectation { tags, transition, forward, backward, factors } = found;
        factors.clear();
        forward.clear();
        let mut log_sum = 0f64;
        for (i, score) in scores.iter().enumerate() {
            let top = score.iter().copied().fold(f32::MIN, f32::max);
            let bits = allowed(i);
            let factor: Scores =
                std::array::from_fn(|tag| if bits >> tag & 1 == 1 { (score[tag] - top).exp() } else { 0.0 });
            let mut alpha = match forward.last() {
                None => self.start_factor,
                Some(before) => {
                    let mut sum = [0f32; TAGS];
                    for (from, row) in before.iter().zip(&self.factor) {
                        for (sum, factor) in sum.iter_mut().zip(row) {
                            *sum += from * factor;
                        }
                    }
                    sum
                }
            };
            for (alpha, factor) in alpha.iter_mut().zip(&factor) {
                *alpha *= factor;
            }
            let sum = alpha.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            alpha.iter_mut().for_each(|alpha| *alpha /= sum);
            log_sum += f64::from(top) + f64::from(sum.ln());
            forward.push(alpha);
            factors.push(factor);
        }
        let last: f32 = forward[length - 1].iter().zip(&self.end_factor).map(|(a, b)| a * b).sum();
        log_sum += f64::from(last.max(f32::MIN_POSITIVE).ln());

        backward.clear();
        backward.resize(length, self.end_factor);
        transition.clear();
        transition.resize(TAGS, [0.0; TAGS]);
        for i in (1..length).rev() {
            let mut into: Scores = std::array::from_fn(|tag| backward[i][tag] * factors[i][tag]);
            let sum = into.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            into.iter_mut().for_each(|into| *into /= sum);
            let mut pairs = [[0f32; TAGS]; TAGS];
            let mut all = 0.0;
            for from in 0..TAGS {
                let mut out = 0.0;
                for to in 0..TAGS {
                    let through = self.factor[from][to] * into[to];
                    pairs[from][to] = forward[i - 1][from] * through;
                    out += through;
                }
                backward[i - 1][from] = out;
                all += forward[i - 1][from] * out;
            }
            let all = all.max(f32::MIN_POSITIVE);
            for (sums, pairs) in transition.iter_mut().zip(&pairs) {
                for (sum, pair) in sums.iter_mut().zip(pairs) {
                    *sum += pair / all;
                }
            }
        }
        tags.clear();
        tags.extend(forward.iter().zip(backward.iter()).map(|(a, b)| {
            let both: Scores = std::array::from_fn(|tag| a[tag] * b[tag]);
            let sum = both.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            both.map(|both| both / sum)
        }));
        log_sum
    }

    /// The likeliest tags of a sentence (Viterbi).
    pub fn best(&self, scores: &[Scores]) -> Vec<u8> {
        let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(scores.len());
        let mut alpha: Scores = std::array::from_fn(|tag| self.start[tag] + scores[0][tag]);
        for score in &scores[1..] {
            let mut pointers = [0; TAGS];
            let mut next = [f32::MIN; TAGS];
            for (from, alpha) in alpha.iter().enumerate() {
                for to in 0..TAGS {
                    let through = alpha + self.transition[from][to];
                    if through > next[to] {
                        next[to] = through;
                        pointers[to] = from as u8;
                    }
                }
            }
            alpha = std::array::from_fn(|tag| next[tag] + score[tag]);
            back.push(pointers);
        }
        let total = |tag: &usize| alpha[*tag] + self.end[*tag];
        let last = (0..TAGS).max_by(|a, b| total(a).total_cmp(&total(b))).unwrap_or(0);
        let mut path = vec![last as u8];
        for pointers in back.iter().rev() {
            path.push(pointers[usize::from(path[path.len() - 1])]);
        }
        path.reverse();
        path
    }
}

/// O, B, I, E, S by number.
fn part(tag: usize) -> char {
    if tag == 0 { 'O' } else { ['B', 'I', 'E', 'S'][(tag - 1) % 4] }
}

fn begins(tag: usize) -> bool {
    matches!(part(tag), 'O' | 'B' | 'S')
}

fn ends(tag: usize) -> bool {
    matches!(part(tag), 'O' | 'E' | 'S')
}

fn follows(from: usize, to: usize) -> bool {
    if ends(from) { begins(to) } else { !begins(to) && (from - 1) / 4 == (to - 1) / 4 }
}

/// Start, end and label of every span of a legal tagging.
pub fn spans(tags: &[u8]) -> Vec<(usize, usize, usize)> {
    let mut found = Vec::new();
    let mut begin = 0;
    for (i, tag) in tags.iter().map(|tag| usize::from(*tag)).enumerate().filter(|(_, tag)| *tag != 0) {
        if matches!(part(tag), 'B' | 'S') {
            begin = i;
        }
        if matches!(part(tag), 'E' | 'S') {
            found.push((begin, i + 1, (tag - 1) / 4));
        }
    }
    found
}
