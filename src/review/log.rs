//! All decisions on a story.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::order::order;
use super::{Action, Decision, Moment, ReviewError, Why, place};
use crate::anchor;
use crate::error::JsonFault;

/// Version of the form of a log.
pub const LOG_VERSION: u32 = 1;

/// No story has more.
const LIMIT: usize = 100_000;

/// Decisions, in no order that matters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Log {
    /// [`LOG_VERSION`] at the time of writing.
    pub version: u32,
    /// Each once.
    pub decisions: Vec<Decision>,
}

impl Default for Log {
    fn default() -> Self {
        Log { version: LOG_VERSION, decisions: Vec::new() }
    }
}

impl From<Vec<Decision>> for Log {
    fn from(decisions: Vec<Decision>) -> Self {
        Log { version: LOG_VERSION, decisions }
    }
}

impl Log {
    /// Reads a log that was written as JSON.
    ///
    /// # Errors
    ///
    /// [`ReviewError::LogInvalid`], [`ReviewError::LogVersion`].
    pub fn from_json(json: &str) -> Result<Self, ReviewError> {
        let log: Log = serde_json::from_str(json).map_err(|error| {
            let JsonFault { line, column, detail } = JsonFault::new(json, &error);
            ReviewError::LogInvalid { line, column, detail }
        })?;
        match log.version {
            LOG_VERSION => Ok(log),
            found => Err(ReviewError::LogVersion { expected: LOG_VERSION, found }),
        }
    }
}

/// A decision with its places in the text at hand.
#[derive(Debug)]
pub(super) struct Entry {
    pub decision: Decision,
    /// Where its subject is; of what is about the story, nowhere.
    pub place: Option<Result<(u32, u32), Why>>,
    /// Where a span goes.
    pub to: Option<Result<(u32, u32), Why>>,
    /// Where else what it answers is found.
    pub also: Vec<(u32, u32)>,
    /// How many of those that hold come before it.
    pub position: usize,
    /// Whether it was made here, and not read from anywhere.
    pub here: bool,
    /// What tells it from another one of the same id.
    written: String,
}

/// Decisions by their ids. Of several with one id, the first by what is written holds, whichever came first.
#[derive(Debug, Default)]
pub(super) struct Entries {
    all: Vec<Entry>,
    /// Of each id all there are, by what is written.
    by_id: HashMap<String, Vec<usize>>,
    /// Those that hold, in order.
    order: Vec<usize>,
}

impl Entries {
    /// Takes in what is new of a log: all of it or nothing. `here` when it is made here.
    pub fn merge(&mut self, log: Log, text: &anchor::Text, here: bool) -> Result<(), ReviewError> {
        let fresh = self.fresh(log)?;
        let found = self.all.len() + fresh.len();
        if found > LIMIT {
            return Err(ReviewError::LogFull { found, limit: LIMIT });
        }
        for (decision, written) in fresh {
            self.insert(decision, written, text, here);
        }
        self.arrange();
        Ok(())
    }

    /// What of a log is not there yet, each once, with how it is written.
    fn fresh(&self, log: Log) -> Result<Vec<(Decision, String)>, ReviewError> {
        let mut fresh = Vec::new();
        let mut told = HashSet::new();
        for decision in log.decisions {
            decision.check()?;
            // Writing what is plain data cannot fail.
            let written = serde_json::to_string(&decision).unwrap_or_default();
            let mut same = self.by_id.get(&decision.id).into_iter().flatten();
            let known = same.any(|at| self.all[*at].written == written);
            if !known && told.insert(written.clone()) {
                fresh.push((decision, written));
            }
        }
        Ok(fresh)
    }

    fn insert(&mut self, decision: Decision, written: String, text: &anchor::Text, here: bool) {
        let same = self.by_id.entry(decision.id.clone()).or_default();
        let at = same.partition_point(|other| self.all[*other].written < written);
        same.insert(at, self.all.len());
        let about = |target: &[_]| (!target.is_empty()).then(|| place(target, text));
        let to = match &decision.action {
            Action::Span { to } => Some(place(to, text)),
            _ => None,
        };
        let also = decision.action.finding().map_or(&[][..], |finding| &finding.also);
        let also = also.iter().filter_map(|target| place(target, text).ok()).collect();
        let entry = Entry { place: about(&decision.target), to, also, decision, position: 0, here, written };
        self.all.push(entry);
    }

    /// Puts those that hold into order.
    fn arrange(&mut self) {
        let held: Vec<usize> = self.by_id.values().filter_map(|same| same.first().copied()).collect();
        let decisions: Vec<&Decision> = held.iter().map(|at| &self.all[*at].decision).collect();
        self.order = order(&decisions).into_iter().map(|at| held[at]).collect();
        for (position, at) in self.order.iter().enumerate() {
            self.all[*at].position = position;
        }
    }

    /// The one that holds of an id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        Some(&self.all[*self.by_id.get(id)?.first()?])
    }

    /// Those that hold: each after those it names, else by time and id.
    pub fn ordered(&self) -> Vec<&Entry> {
        self.order.iter().map(|at| &self.all[*at]).collect()
    }

    /// When the last one before a moment was made.
    pub fn latest(&self, before: Moment) -> Option<Moment> {
        self.all.iter().map(|entry| entry.decision.time).filter(|time| *time < before).max()
    }

    /// Ids that several different decisions have, with where they are.
    pub fn doubled(&self) -> impl Iterator<Item = &Entry> {
        let several = self.by_id.values().filter(|same| same.len() > 1);
        several.filter_map(|same| same.first()).map(|at| &self.all[*at])
    }

    pub fn log(&self) -> Log {
        let mut all: Vec<&Entry> = self.all.iter().collect();
        all.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        Log::from(all.into_iter().map(|entry| entry.decision.clone()).collect::<Vec<_>>())
    }
}

fn key(entry: &Entry) -> (Moment, &str, &str) {
    (entry.decision.time, &entry.decision.id, &entry.written)
}
