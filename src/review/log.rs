//! All decisions on a story.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{Action, Decision, ReviewError, Why, place};
use crate::anchor;

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
        let log: Log = serde_json::from_str(json).map_err(|error| ReviewError::LogInvalid {
            line: error.line(),
            column: error.column(),
            detail: error.to_string(),
        })?;
        match log.version {
            LOG_VERSION => Ok(log),
            found => Err(ReviewError::LogVersion { expected: LOG_VERSION, found }),
        }
    }

    /// Whether all of it can be taken in beside so many others.
    pub(super) fn check(&self, others: usize) -> Result<(), ReviewError> {
        let found = others + self.decisions.len();
        if found > LIMIT {
            return Err(ReviewError::LogFull { found, limit: LIMIT });
        }
        self.decisions.iter().try_for_each(Decision::check)
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
    /// What tells it from another one of the same id.
    written: String,
}

/// Decisions by their ids. Of several with one id, the first by what is written holds, whichever came first.
#[derive(Debug, Default)]
pub(super) struct Entries {
    by_id: HashMap<String, Vec<Entry>>,
    count: usize,
}

impl Entries {
    pub fn len(&self) -> usize {
        self.count
    }

    pub fn insert(&mut self, decision: Decision, text: &anchor::Text) {
        // Writing what is plain data cannot fail.
        let written = serde_json::to_string(&decision).unwrap_or_default();
        let entries = self.by_id.entry(decision.id.clone()).or_default();
        let Err(at) = entries.binary_search_by(|other| other.written.cmp(&written)) else { return };
        let about = |target: &Vec<_>| (!target.is_empty()).then(|| place(target, text));
        let to = match &decision.action {
            Action::Span { to } => Some(place(to, text)),
            _ => None,
        };
        let also = decision.action.finding().map_or(&[][..], |finding| &finding.also);
        let also = also.iter().filter_map(|target| place(target, text).ok()).collect();
        let entry = Entry { place: about(&decision.target), to, also, decision, written };
        entries.insert(at, entry);
        self.count += 1;
    }

    /// The one that holds of an id.
    pub fn get(&self, id: &str) -> Option<&Decision> {
        self.by_id.get(id)?.first().map(|entry| &entry.decision)
    }

    /// Those that hold, by time and id.
    pub fn ordered(&self) -> Vec<&Entry> {
        let mut ordered: Vec<_> = self.by_id.values().filter_map(|entries| entries.first()).collect();
        ordered.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        ordered
    }

    /// Ids that several different decisions have, with where they are.
    pub fn doubled(&self) -> impl Iterator<Item = &Entry> {
        self.by_id.values().filter(|entries| entries.len() > 1).filter_map(|entries| entries.first())
    }

    pub fn log(&self) -> Log {
        let mut all: Vec<_> = self.by_id.values().flatten().collect();
        all.sort_unstable_by(|a, b| (key(a), &a.written).cmp(&(key(b), &b.written)));
        Log::from(all.into_iter().map(|entry| entry.decision.clone()).collect::<Vec<_>>())
    }
}

fn key(entry: &Entry) -> (super::Moment, &str) {
    (entry.decision.time, &entry.decision.id)
}
