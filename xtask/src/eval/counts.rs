//! Precision, recall and their mean.

use std::collections::BTreeSet;
use std::iter::Sum;
use std::ops::AddAssign;

/// Right, wrong and missed predictions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Predicted and true.
    pub hits: u32,
    /// Predicted and not true.
    pub wrong: u32,
    /// True and not predicted.
    pub missed: u32,
}

impl Counts {
    /// Compares what should be found with what was.
    pub fn of<T: Ord>(gold: &BTreeSet<T>, predicted: &BTreeSet<T>) -> Self {
        let hits = gold.intersection(predicted).count() as u32;
        Counts { hits, wrong: predicted.len() as u32 - hits, missed: gold.len() as u32 - hits }
    }

    /// How many there are.
    pub fn gold(self) -> u32 {
        self.hits + self.missed
    }

    /// How many were predicted.
    pub fn predicted(self) -> u32 {
        self.hits + self.wrong
    }

    /// The share of predictions that are true.
    pub fn precision(self) -> f64 {
        share(self.hits, self.predicted())
    }

    /// The share of what is true that was predicted.
    pub fn recall(self) -> f64 {
        share(self.hits, self.gold())
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.hits += other.hits;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Counts::default(), |mut sum, counts| {
            sum += counts;
            sum
        })
    }
}

/// `part` of `whole`; nothing of nothing is nothing.
pub fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}
