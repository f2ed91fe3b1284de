//! F1 of a network on a labelled set.

use mingzhu::tagger::{Label, TAGS};
use rand::SeedableRng;
use rand::rngs::SmallRng;

use crate::chain::{Chain, Scores, spans};
use crate::columns::Columns;
use crate::learn::{Desk, chain, scores};
use crate::parameters::{Layout, Shape};

/// Right, found and wanted spans, for each label.
pub type Counts = [[usize; 3]; Label::ALL.len()];

/// Counts whole spans. Those that touch an unsure character do not count.
pub fn count(network: (&Shape, &Layout), weights: &[f32], columns: &Columns) -> Counts {
    let chain = chain(network.1, weights);
    count_with(columns, |which| {
        let (mut desk, mut rng) = (Desk::default(), SmallRng::seed_from_u64(0));
        let scores = scores(&mut desk, network, weights, columns, which, &mut rng);
        let mut at = 0;
        let best = |sentence: &u32| {
            let length = columns.sentences[*sentence as usize].len();
            at += length;
            chain.best(&scores[at - length..at])
        };
        which.iter().map(best).collect()
    })
}

/// The same for what teachers think together: the likeliest legal tags by `soft.u8`.
pub fn count_taught(columns: &Columns) -> Counts {
    let chain = Chain::new(&[0.0; TAGS * TAGS], &[0.0; TAGS], &[0.0; TAGS]);
    count_with(columns, |which| {
        let best = |sentence: &u32| {
            let range = columns.sentences[*sentence as usize].clone();
            let soft = columns.soft[range.start * TAGS..range.end * TAGS].chunks_exact(TAGS);
            let scores: Vec<Scores> =
                soft.map(|soft| std::array::from_fn(|tag| (f32::from(soft[tag]) + 0.1).ln())).collect();
            chain.best(&scores)
        };
        which.iter().map(best).collect()
    })
}

/// Counts what `tags` says of some sentences at a time, in two threads.
fn count_with(columns: &Columns, tags: impl Fn(&[u32]) -> Vec<Vec<u8>> + Sync) -> Counts {
    let all: Vec<u32> = (0..columns.sentences.len() as u32).collect();
    let of = |which: &[u32]| {
        let mut counts = Counts::default();
        for which in which.chunks(16) {
            for (sentence, tags) in which.iter().zip(tags(which)) {
                let range = columns.sentences[*sentence as usize].clone();
                let clear = |span: &(usize, usize, usize)| {
                    columns.unsure[range.start + span.0..range.start + span.1]
                        .iter()
                        .all(|unsure| *unsure == 0)
                };
                let mut wanted = spans(&columns.tags[range.clone()]);
                let mut found = spans(&tags);
                wanted.retain(clear);
                found.retain(clear);
                for span in &found {
                    counts[span.2][0] += usize::from(wanted.contains(span));
                    counts[span.2][1] += 1;
                }
                wanted.iter().for_each(|span| counts[span.2][2] += 1);
            }
        }
        counts
    };
    let (low, high) = all.split_at(all.len() / 2);
    let (low, high) = std::thread::scope(|scope| {
        let high = scope.spawn(|| of(high));
        (of(low), high.join().expect("scoring does not panic"))
    });
    std::array::from_fn(|label| std::array::from_fn(|i| low[label][i] + high[label][i]))
}

/// Micro F1 over the labels that the set has, in hundredths.
pub fn micro(counts: &Counts) -> f64 {
    let named = counts.iter().filter(|counts| counts[2] > 0);
    let sums = named.fold([0; 3], |sums: [usize; 3], counts| std::array::from_fn(|i| sums[i] + counts[i]));
    f1(&sums)
}

pub fn f1([right, found, wanted]: &[usize; 3]) -> f64 {
    200.0 * *right as f64 / (found + wanted).max(1) as f64
}
