//! What several networks and an encoder think of each character, averaged: what a smaller one
//! learns from.

use std::path::{Path, PathBuf};

use mingzhu::tagger::TAGS;
use rand::SeedableRng;
use rand::rngs::SmallRng;

use crate::chain::{Chain, Expectation, Scores};
use crate::checkpoint::Checkpoint;
use crate::columns::{self, Columns, Vocabulary};
use crate::learn::{Desk, chain, scores};
use crate::{Error, Result};

/// What is left, of 255, to a tag that the encoder gives nothing.
const DOUBT: f32 = 0.1;
/// Sentences a thread works on at a time.
const HANDFUL: usize = 16;

/// `encoder` is the share of the encoder, whose opinions lie beside the columns; the networks
/// share the rest.
pub fn teach(models: &[PathBuf], encoder: f32, folders: &[PathBuf]) -> Result<()> {
    for folder in folders {
        let mut sums: Vec<f32> = Vec::new();
        for path in models {
            let model = Checkpoint::read(path)?;
            let (shape, layout) = (model.shape.clone(), model.layout());
            let columns = Columns::read(folder, &model.vocabulary)?;
            let weights = model.weights();
            sums.resize(columns.characters() * TAGS, 0.0);
            let all: Vec<u32> = (0..columns.sentences.len() as u32).collect();
            let middle = all.len() / 2;
            let cut = columns.sentences.get(middle).map_or(0, |sentence| sentence.start);
            let add = |which: &[u32], mut sums: &mut [f32]| {
                let chain = chain(&layout, &weights);
                let (mut desk, mut rng, mut found) =
                    (Desk::default(), SmallRng::seed_from_u64(0), Expectation::default());
                for which in which.chunks(HANDFUL) {
                    let scores = scores(&mut desk, (&shape, &layout), &weights, &columns, which, &mut rng);
                    let mut at = 0;
                    for sentence in which {
                        let length = columns.sentences[*sentence as usize].len();
                        chain.expect(&scores[at..at + length], |_| u32::MAX, &mut found);
                        at += length;
                        let (own, rest) = std::mem::take(&mut sums).split_at_mut(length * TAGS);
                        sums = rest;
                        for (sum, tag) in own.iter_mut().zip(found.tags.as_flattened()) {
                            *sum += tag;
                        }
                    }
                }
            };
            let (low, high) = sums.split_at_mut(cut * TAGS);
            std::thread::scope(|scope| {
                scope.spawn(|| add(&all[middle..], high));
                add(&all[..middle], low);
            });
        }
        let scale = 255.0 * (1.0 - encoder) / models.len().max(1) as f32;
        let mut opinions: Vec<f32> = sums.iter().map(|sum| sum * scale).collect();
        if encoder > 0.0 {
            let legal = legal(folder)?;
            opinions.resize(legal.len(), 0.0);
            opinions.iter_mut().zip(&legal).for_each(|(all, legal)| *all += 255.0 * encoder * legal);
        }
        let bytes: Vec<u8> = opinions.iter().map(|opinion| opinion.round() as u8).collect();
        let path = folder.join("soft.u8");
        println!("{}: {} characters", path.display(), bytes.len() / TAGS);
        std::fs::write(&path, bytes).map_err(|cause| Error::File { path, cause })?;
    }
    Ok(())
}

/// What the encoder thinks, held to tags that may follow each other. It thinks of each character by
/// itself; a network cannot come to agree with what no tags of a whole sentence add up to, and its
/// scores grow without end while it tries.
fn legal(folder: &Path) -> Result<Vec<f32>> {
    let columns = Columns::read(folder, &Vocabulary(Vec::new()))?;
    let bytes = columns::bytes(folder, "encoder.u8")?;
    if bytes.len() != columns.characters() * TAGS {
        return Err(Error::Columns { folder: folder.into() });
    }
    let chain = Chain::new(&[0.0; TAGS * TAGS], &[0.0; TAGS], &[0.0; TAGS]);
    let mut found = Expectation::default();
    let mut legal = Vec::with_capacity(bytes.len());
    for range in &columns.sentences {
        let opinions = bytes[range.start * TAGS..range.end * TAGS].chunks_exact(TAGS);
        let scores: Vec<Scores> =
            opinions.map(|of| std::array::from_fn(|tag| (f32::from(of[tag]) + DOUBT).ln())).collect();
        chain.expect(&scores, |_| u32::MAX, &mut found);
        legal.extend_from_slice(found.tags.as_flattened());
    }
    Ok(legal)
}
