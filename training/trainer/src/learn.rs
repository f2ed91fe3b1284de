//! What a network learns from some sentences: the gradient of its loss.

use mingzhu::tagger::TAGS;
use rand::rngs::SmallRng;

use crate::chain::{Chain, Expectation, Scores};
use crate::columns::Columns;
use crate::network::{Drop, Pass, by_transposed, multiply, transposed};
use crate::parameters::{Layout, Shape};

/// What a thread needs from one handful of sentences to the next.
#[derive(Default)]
pub struct Desk {
    pass: Pass,
    free: Expectation,
    known: Expectation,
    guesses: Vec<f32>,
    asked: Vec<f32>,
    from_last: Vec<f32>,
}

/// Sentences of one set, and how much of their tags is a teacher's (0 to 1).
pub struct Lesson<'a> {
    pub columns: &'a Columns,
    pub soft: f32,
    pub which: &'a [u32],
}

const ALL: u32 = (1 << TAGS) - 1;

/// Adds the gradient of −log P(tags), a partial CRF: an unsure character may have any tag.
/// What a teacher says counts character by character. Returns the loss, summed.
pub fn tags(
    desk: &mut Desk,
    network: (&Shape, &Layout),
    weights: &[f32],
    lesson: &Lesson<'_>,
    drop: &Drop,
    rng: &mut SmallRng,
    gradient: &mut [f32],
) -> f64 {
    let Desk { pass, free, known, .. } = desk;
    let layout = network.1;
    let columns = lesson.columns;
    pass.look_up(network, columns, lesson.which, drop, rng);
    pass.forward(network, weights, drop, rng);
    let chain = chain(layout, weights);
    let mut loss = 0.0;
    let hard = 1.0 - lesson.soft;
    for (rows, sentence) in pass.sentences.iter().zip(lesson.which) {
        let range = columns.sentences[*sentence as usize].clone();
        let scores = &mut pass.scores[rows.clone()];
        let all = chain.expect(scores, |_| ALL, free);
        if hard > 0.0 {
            let allowed = |i: usize| match columns.unsure[range.start + i] {
                0 => 1 << columns.tags[range.start + i],
                _ => ALL,
            };
            loss += f64::from(hard) * (all - chain.expect(scores, allowed, known));
            let pairs = &mut gradient[layout.transition.clone()];
            let expected = free.transition.as_flattened().iter().zip(known.transition.as_flattened());
            for (pair, (free, known)) in pairs.iter_mut().zip(expected) {
                *pair += hard * (free - known);
            }
            let length = rows.len();
            for (range, at) in [(&layout.start, 0), (&layout.end, length - 1)] {
                for (tag, gradient) in gradient[range.clone()].iter_mut().enumerate() {
                    *gradient += hard * (free.tags[at][tag] - known.tags[at][tag]);
                }
            }
        }
        for (i, score) in scores.iter_mut().enumerate() {
            let mut target = [0f32; TAGS];
            if hard > 0.0 {
                target = known.tags[i].map(|known| hard * known);
            }
            if lesson.soft > 0.0 {
                let teacher = &columns.soft[(range.start + i) * TAGS..][..TAGS];
                let sum = teacher.iter().map(|t| f32::from(*t)).sum::<f32>().max(1.0);
                for (tag, teacher) in teacher.iter().enumerate() {
                    let share = f32::from(*teacher) / sum;
                    target[tag] += lesson.soft * share;
                    loss -= f64::from(lesson.soft * share * free.tags[i][tag].max(1e-9).ln());
                }
            }
            for tag in 0..TAGS {
                score[tag] = free.tags[i][tag] - target[tag];
            }
        }
    }
    pass.backward(network, weights, drop, None, gradient);
    loss
}

/// Adds the gradient of −log P(hidden characters). The table that guesses them, vocabulary ×
/// width, stands behind the network's weights. Returns the loss, summed, and how many there were.
pub fn characters(
    desk: &mut Desk,
    network: (&Shape, &Layout),
    weights: &[f32],
    lesson: &Lesson<'_>,
    (drop, share): (&Drop, f32),
    rng: &mut SmallRng,
    gradient: &mut [f32],
) -> (f64, usize) {
    let Desk { pass, guesses, asked, from_last, .. } = desk;
    let (shape, layout) = network;
    let (width, table) = (shape.width, layout.total..layout.total + shape.chars * shape.width);
    pass.look_up(network, lesson.columns, lesson.which, drop, rng);
    let hidden = pass.hide(share, rng);
    pass.forward(network, weights, drop, rng);
    asked.clear();
    for (at, _) in &hidden {
        asked.extend_from_slice(&pass.last[at * width..][..width]);
    }
    let count = hidden.len();
    if count == 0 {
        return (0.0, 0);
    }
    guesses.resize(count * shape.chars, 0.0);
    by_transposed(asked, &weights[table.clone()], guesses, (count, width, shape.chars));
    let mut loss = 0.0;
    for (guess, (_, char)) in guesses.chunks_exact_mut(shape.chars).zip(&hidden) {
        let top = guess.iter().copied().fold(f32::MIN, f32::max);
        let right = guess[*char as usize] - top;
        guess.iter_mut().for_each(|g| *g = (*g - top).exp());
        let sum: f32 = guess.iter().sum();
        loss += f64::from(sum.ln() - right);
        guess.iter_mut().for_each(|g| *g /= sum);
        guess[*char as usize] -= 1.0;
    }
    transposed(guesses, asked, &mut gradient[table.clone()], (shape.chars, count, width));
    multiply(guesses, &weights[table], asked, (count, shape.chars, width));
    from_last.clear();
    from_last.resize(pass.last.len(), 0.0);
    for ((at, _), gradient) in hidden.iter().zip(asked.chunks_exact(width)) {
        from_last[at * width..][..width].copy_from_slice(gradient);
    }
    pass.scores.iter_mut().for_each(|score| *score = [0.0; TAGS]);
    pass.backward(network, weights, drop, Some(from_last), gradient);
    (loss, count)
}

/// The chain's weights.
pub fn chain(layout: &Layout, weights: &[f32]) -> Chain {
    Chain::new(
        &weights[layout.transition.clone()],
        &weights[layout.start.clone()],
        &weights[layout.end.clone()],
    )
}

/// Scores of sentences, nothing hidden.
pub fn scores<'a>(
    desk: &'a mut Desk,
    network: (&Shape, &Layout),
    weights: &[f32],
    columns: &Columns,
    which: &[u32],
    rng: &mut SmallRng,
) -> &'a [Scores] {
    desk.pass.look_up(network, columns, which, &crate::network::NOTHING, rng);
    desk.pass.forward(network, weights, &crate::network::NOTHING, rng);
    &desk.pass.scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::NOTHING;
    use crate::parameters;
    use mingzhu::tagger::{LEXICON_VALUES, WORD_VALUES};
    use rand::{Rng, SeedableRng};

    const TEXT: [usize; 4] = [1, 7, 12, 5];

    fn shape() -> Shape {
        Shape {
            width: 16,
            char_dim: 8,
            bigram_dim: 8,
            bigram_rows: 32,
            kernel: 3,
            dilations: vec![1, 2],
            chars: 11,
            guidelines: 2,
        }
    }

    fn columns(rng: &mut SmallRng, soft: bool) -> Columns {
        let count = TEXT.iter().sum();
        let mut end = 0;
        let sentences = TEXT.map(|length| {
            end += length;
            end - length..end
        });
        let soft =
            if soft { (0..count * TAGS).map(|_| rng.random_range(1..15)).collect() } else { Vec::new() };
        let mut bytes = |below: u8| -> Vec<u8> { (0..count).map(|_| rng.random_range(0..below)).collect() };
        let (words, lexicon) = (bytes(WORD_VALUES), std::array::from_fn(|_| bytes(LEXICON_VALUES)));
        let (chars, high) = (bytes(11), bytes(255));
        Columns {
            sentences: sentences.to_vec(),
            guidelines: vec![0, 1, 1, 0],
            chars: chars.iter().map(|c| u32::from(*c)).collect(),
            bigrams: high.iter().map(|h| u16::from(*h) << 8).collect(),
            gaps: bytes(4),
            unsure: bytes(10).into_iter().map(|b| u8::from(b == 0)).collect(),
            soft,
            // S of one label or O: legal in any order.
            tags: bytes(3).into_iter().map(|b| [0, 4, 8][usize::from(b)]).collect(),
            words,
            lexicon,
        }
    }

    /// Compares the gradient along random directions, a piece of the weights at a time, with
    /// what the loss does there. Where a direction crosses the kink of a gate they may differ.
    fn check(loss: impl Fn(&[f32], &mut [f32]) -> f64, weights: &[f32], rng: &mut SmallRng) {
        const PIECES: usize = 40;
        let mut gradient = vec![0.0; weights.len()];
        loss(weights, &mut gradient);
        let mut differ = Vec::new();
        for piece in 0..PIECES {
            let moved = weights.len() * piece / PIECES..weights.len() * (piece + 1) / PIECES;
            let mut direction = vec![0f32; weights.len()];
            direction[moved].iter_mut().for_each(|d| *d = rng.random::<f32>() - 0.5);
            let at = |by: f32| -> Vec<f32> {
                weights.iter().zip(&direction).map(|(weight, along)| weight + by * along).collect()
            };
            let mut unused = vec![0.0; weights.len()];
            let numeric = (loss(&at(1e-3), &mut unused) - loss(&at(-1e-3), &mut unused)) / 2e-3;
            let analytic: f64 = gradient.iter().zip(&direction).map(|(g, d)| f64::from(g * d)).sum();
            if (numeric - analytic).abs() > 0.01 * numeric.abs().max(1.0) {
                differ.push((piece, numeric, analytic));
            }
        }
        assert!(differ.len() <= 3, "(piece, by difference, by rule): {differ:?}");
    }

    #[test]
    fn gradient_of_the_tags_is_that_of_the_loss() {
        let mut rng = SmallRng::seed_from_u64(3);
        let (shape, layout) = (shape(), Layout::new(&shape()));
        let columns = columns(&mut rng, false);
        let weights = parameters::initial(&shape, &layout, &mut rng);
        let lesson = Lesson { columns: &columns, soft: 0.0, which: &[0, 1, 2, 3] };
        let loss = |weights: &[f32], gradient: &mut [f32]| {
            let mut rng = SmallRng::seed_from_u64(1);
            tags(&mut Desk::default(), (&shape, &layout), weights, &lesson, &NOTHING, &mut rng, gradient)
        };
        check(loss, &weights, &mut rng);
    }

    #[test]
    fn gradient_holds_under_dropout() {
        let mut rng = SmallRng::seed_from_u64(5);
        let (shape, layout) = (shape(), Layout::new(&shape()));
        let columns = columns(&mut rng, false);
        let weights = parameters::initial(&shape, &layout, &mut rng);
        let lesson = Lesson { columns: &columns, soft: 0.0, which: &[2, 0, 3] };
        let drop = Drop { char: 0.2, bigram: 0.3, word: 0.3, lexicon: 0.3, hidden: 0.25 };
        let loss = |weights: &[f32], gradient: &mut [f32]| {
            // The same seed hides the same things.
            let mut rng = SmallRng::seed_from_u64(1);
            tags(&mut Desk::default(), (&shape, &layout), weights, &lesson, &drop, &mut rng, gradient)
        };
        check(loss, &weights, &mut rng);
    }

    #[test]
    fn gradient_of_hidden_characters_is_that_of_the_loss() {
        let mut rng = SmallRng::seed_from_u64(4);
        let (shape, layout) = (shape(), Layout::new(&shape()));
        let columns = columns(&mut rng, false);
        let mut weights = parameters::initial(&shape, &layout, &mut rng);
        weights.extend((0..shape.chars * shape.width).map(|i| (i % 7) as f32 / 10.0 - 0.3));
        let lesson = Lesson { columns: &columns, soft: 0.0, which: &[0, 1, 2, 3] };
        let loss = |weights: &[f32], gradient: &mut [f32]| {
            let mut rng = SmallRng::seed_from_u64(1);
            let network = (&shape, &layout);
            characters(&mut Desk::default(), network, weights, &lesson, (&NOTHING, 0.4), &mut rng, gradient).0
        };
        check(loss, &weights, &mut rng);
    }

    #[test]
    fn a_teacher_is_agreed_with_in_the_end() {
        let mut rng = SmallRng::seed_from_u64(6);
        let (shape, layout) = (shape(), Layout::new(&shape()));
        let mut columns = columns(&mut rng, true);
        for (soft, tag) in columns.soft.chunks_exact_mut(TAGS).zip(&columns.tags) {
            soft.fill(0);
            soft[usize::from(*tag)] = 255;
        }
        columns.tags.fill(0);
        let mut weights = parameters::initial(&shape, &layout, &mut rng);
        let lesson = Lesson { columns: &columns, soft: 1.0, which: &[0, 1, 2, 3] };
        let mut desk = Desk::default();
        let loss = |desk: &mut Desk, weights: &[f32], gradient: &mut [f32]| {
            let mut rng = SmallRng::seed_from_u64(1);
            tags(desk, (&shape, &layout), weights, &lesson, &NOTHING, &mut rng, gradient)
        };
        let first = loss(&mut desk, &weights, &mut vec![0.0; weights.len()]);
        for _ in 0..300 {
            let mut gradient = vec![0.0; weights.len()];
            loss(&mut desk, &weights, &mut gradient);
            weights.iter_mut().zip(&gradient).for_each(|(weight, gradient)| *weight -= 0.02 * gradient);
        }
        let last = loss(&mut desk, &weights, &mut vec![0.0; weights.len()]);
        assert!(last < 0.1 * first, "{first} to {last}");
    }
}
