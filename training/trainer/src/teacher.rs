//! What several networks and an encoder think of each character, averaged: what a smaller one
//! learns from.

use std::path::PathBuf;

use mingzhu::tagger::TAGS;
use rand::SeedableRng;
use rand::rngs::SmallRng;

use crate::chain::Expectation;
use crate::checkpoint::Checkpoint;
use crate::columns::{self, Columns};
use crate::learn::{Desk, chain, scores};
use crate::{Error, Result};

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
            let bytes = columns::bytes(folder, "encoder.u8")?;
            opinions.resize(bytes.len(), 0.0);
            if !models.is_empty() && bytes.len() != sums.len() {
                return Err(Error::Columns { folder: folder.clone() });
            }
            opinions.iter_mut().zip(&bytes).for_each(|(all, byte)| *all += encoder * f32::from(*byte));
        }
        let bytes: Vec<u8> = opinions.iter().map(|opinion| opinion.round() as u8).collect();
        let path = folder.join("soft.u8");
        println!("{}: {} characters", path.display(), bytes.len() / TAGS);
        std::fs::write(&path, bytes).map_err(|cause| Error::File { path, cause })?;
    }
    Ok(())
}
