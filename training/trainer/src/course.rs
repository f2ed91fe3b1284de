//! A run: steps over several sets, in two threads or more, with a state that resumes.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand::seq::SliceRandom;

use crate::checkpoint::Checkpoint;
use crate::columns::{Columns, Vocabulary};
use crate::learn::{Desk, Lesson};
use crate::optimiser::{Optimiser, Schedule};
use crate::parameters::{Layout, Shape};
use crate::{Error, Result, Text};

/// Characters of a step.
pub const STEP: usize = 6144;
/// Characters that a thread works on at a time: what the caches hold.
const HANDFUL: usize = 512;

/// A set in a run.
pub struct Part {
    pub columns: Columns,
    /// How often a round reads it; below one, each round reads another piece.
    pub share: f32,
    pub soft: f32,
}

impl Part {
    pub fn read(text: &Text, vocabulary: &Vocabulary) -> Result<Self> {
        let columns = Columns::read(&text.folder, vocabulary)?;
        if text.soft > 0.0 && columns.soft.is_empty() {
            return Err(Error::Columns { folder: text.folder.clone() });
        }
        Ok(Part { columns, share: text.share, soft: text.soft })
    }
}

/// Sentences of one set that are learned together.
struct Handful {
    part: usize,
    which: Vec<u32>,
}

/// The steps of a round.
fn plan(parts: &[Part], seed: u64, round: usize) -> Vec<Vec<Handful>> {
    let mut all: Vec<(usize, u32)> = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let mut order: Vec<u32> = (0..part.columns.sentences.len() as u32).collect();
        let count = (order.len() as f64 * f64::from(part.share)) as usize;
        // One order for all rounds, so that pieces follow each other through the set.
        order.shuffle(&mut SmallRng::seed_from_u64(seed ^ i as u64));
        let begin = round * count;
        all.extend((begin..begin + count).map(|k| (i, order[k % order.len()])));
    }
    all.shuffle(&mut SmallRng::seed_from_u64(seed.wrapping_mul(31) + round as u64));
    let length = |(part, sentence): &(usize, u32)| parts[*part].columns.sentences[*sentence as usize].len();
    let mut steps = Vec::new();
    let mut all = &all[..];
    while !all.is_empty() {
        let mut sum = 0;
        let count = all
            .iter()
            .take_while(|s| {
                sum += length(s);
                sum <= STEP
            })
            .count()
            .max(1);
        let (step, rest) = all.split_at(count);
        all = rest;
        let mut step = step.to_vec();
        step.sort_unstable_by_key(|(part, _)| *part);
        let mut handfuls: Vec<Handful> = Vec::new();
        let mut room = 0;
        for (part, sentence) in step {
            let length = parts[part].columns.sentences[sentence as usize].len();
            match handfuls.last_mut() {
                Some(last) if last.part == part && room >= length => last.which.push(sentence),
                _ => {
                    handfuls.push(Handful { part, which: vec![sentence] });
                    room = HANDFUL;
                }
            }
            room = room.saturating_sub(length);
        }
        steps.push(handfuls);
    }
    steps
}

/// How a run goes.
pub struct Course<'a> {
    pub rounds: usize,
    pub rate: f32,
    pub renewal: f32,
    pub seed: u64,
    pub threads: usize,
    /// Rounds the weights as the asset will have them, in place: gradients are taken there, so
    /// that the network learns to live with it (a straight-through estimator).
    pub round: &'a (dyn Fn(&mut [f32]) + Sync),
    /// Where the state is kept after each round.
    pub state: PathBuf,
}

/// What a lesson adds to the gradient; returns loss and over how much.
pub type Learn<'a> =
    dyn Fn(&mut Desk, &[f32], &Lesson<'_>, &mut SmallRng, &mut [f32], f32) -> (f64, usize) + Sync + 'a;

impl Course<'_> {
    /// Trains `weights`; after each round `report` sees the averaged ones.
    pub fn run(
        &self,
        (shape, vocabulary): (&Shape, &Vocabulary),
        weights: Vec<f32>,
        parts: &[Part],
        learn: &Learn<'_>,
        mut report: impl FnMut(usize, &[f32], f64),
    ) -> Result<Vec<f32>> {
        let steps: usize = (0..self.rounds).map(|round| plan(parts, self.seed, round).len()).sum();
        let schedule = Schedule { rate: self.rate, steps, renewal: self.renewal };
        let mut optimiser = Optimiser::new(weights);
        if self.state.exists() {
            optimiser = resumed(&self.state, shape, vocabulary)?;
        }
        let mut gradients = vec![vec![0f32; optimiser.weights.len()]; self.threads];
        println!(
            "{} weights, {} products a character, {} characters, {steps} steps, from step {}",
            Layout::new(shape).total,
            shape.products(),
            parts.iter().map(|part| part.columns.characters()).sum::<usize>(),
            optimiser.step,
        );
        let began = Instant::now();
        let (first, mut before) = (optimiser.step, 0);
        for round in 0..self.rounds {
            let plan = plan(parts, self.seed, round);
            if before + plan.len() <= first {
                before += plan.len();
                continue;
            }
            let (mut sum, mut count) = (0.0, 0);
            for handfuls in &plan {
                let (loss, over) =
                    self.step(&mut optimiser, &schedule, &mut gradients, parts, handfuls, learn);
                sum += loss;
                count += over;
                if (optimiser.step - first).is_multiple_of(100) {
                    let (seconds, done) = (began.elapsed().as_secs_f64(), optimiser.step - first);
                    let left = seconds / done as f64 * (steps - optimiser.step) as f64;
                    println!(
                        "step {}/{steps} loss {:.4} {seconds:.0} s, {left:.0} s to go",
                        optimiser.step,
                        sum / count.max(1) as f64
                    );
                }
            }
            before += plan.len();
            let Optimiser { weights, average, first, second, step } = &optimiser;
            Checkpoint::write(&self.state, (shape, vocabulary), *step, &[weights, average, first, second])?;
            report(optimiser.step, &optimiser.average, sum / count.max(1) as f64);
        }
        Ok(optimiser.average)
    }

    /// Forgets the state, once what came of the run is kept.
    pub fn end(&self) -> Result<()> {
        std::fs::remove_file(&self.state).map_err(|cause| Error::File { path: self.state.clone(), cause })
    }

    fn step(
        &self,
        optimiser: &mut Optimiser,
        schedule: &Schedule,
        gradients: &mut [Vec<f32>],
        parts: &[Part],
        handfuls: &[Handful],
        learn: &Learn<'_>,
    ) -> (f64, usize) {
        let next = AtomicUsize::new(0);
        let sums = Mutex::new((0.0, 0));
        let mut weights = optimiser.weights.clone();
        (self.round)(&mut weights);
        let weights = &weights[..];
        let (seed, at) = (self.seed, optimiser.step);
        let length = |handful: &Handful| -> usize {
            handful.which.iter().map(|s| parts[handful.part].columns.sentences[*s as usize].len()).sum()
        };
        let characters: usize = handfuls.iter().map(length).sum();
        let scale = 1.0 / characters as f32;
        std::thread::scope(|scope| {
            for gradient in gradients.iter_mut() {
                let (next, sums) = (&next, &sums);
                scope.spawn(move || {
                    let mut desk = Desk::default();
                    loop {
                        let i = next.fetch_add(1, Ordering::Relaxed);
                        let Some(handful) = handfuls.get(i) else { break };
                        let part = &parts[handful.part];
                        let lesson =
                            Lesson { columns: &part.columns, soft: part.soft, which: &handful.which };
                        let mut rng = SmallRng::seed_from_u64(seed ^ ((at as u64) << 20) ^ i as u64);
                        let (loss, over) = learn(&mut desk, weights, &lesson, &mut rng, gradient, scale);
                        let mut sums = sums.lock().expect("no thread panics with the lock");
                        sums.0 += loss;
                        sums.1 += over;
                    }
                });
            }
        });
        optimiser.step(gradients, scale, schedule);
        sums.into_inner().expect("no thread panics with the lock")
    }
}

fn resumed(path: &Path, shape: &Shape, vocabulary: &Vocabulary) -> Result<Optimiser> {
    let checkpoint = Checkpoint::read(path)?;
    if checkpoint.shape != *shape || checkpoint.vocabulary != *vocabulary {
        return Err(Error::OtherRun { path: path.into() });
    }
    let step = checkpoint.step;
    let [weights, average, first, second] =
        <[Vec<f32>; 4]>::try_from(checkpoint.parts).map_err(|_| Error::Checkpoint { path: path.into() })?;
    Ok(Optimiser { weights, average, first, second, step })
}
