//! What is taken out of a file, as long as it is not more than a story can have.

use std::collections::HashSet;

use super::foreign::{Origin, Said};
use super::{ExchangeError, LARGEST, MOST};
use crate::anchor::Selector;
use crate::review::{Action, Decision};

/// Of an annotation with many remarks each decision repeats where it is; together they are no larger, in bytes.
const UNFOLDED: usize = 2 * LARGEST;

/// Decisions out of a file.
#[derive(Default)]
pub(super) struct Taken {
    pub decisions: Vec<Decision>,
    /// The ids of those that others have made.
    pub foreign: HashSet<String>,
    /// How many annotations are the machine's.
    pub machine: usize,
    weight: usize,
}

impl Taken {
    /// One of ours, as it is.
    pub fn own(&mut self, decision: Decision) -> Result<(), ExchangeError> {
        self.room(0)?;
        self.decisions.push(decision);
        Ok(())
    }

    /// What somebody else has said of a place.
    pub fn foreign(
        &mut self,
        origin: &Origin,
        said: &Said,
        target: &[Selector],
    ) -> Result<(), ExchangeError> {
        let kind = said.kind.filter(|_| !target.is_empty());
        let place: usize = target.iter().map(weight).sum();
        let added = kind.map(|kind| Action::Add { kind });
        // Who only marks something has it remembered.
        let blank = said.notes.is_empty() && added.is_none();
        let notes = said.notes.iter().cloned().chain(blank.then(String::new));
        for action in added.into_iter().chain(notes.map(|text| Action::Note { text })) {
            let words = match &action {
                Action::Note { text } => text.len(),
                _ => 0,
            };
            self.room(place + words + origin.author.len())?;
            let decision = origin.decision(kind, action, target);
            if self.foreign.insert(decision.id.clone()) {
                self.decisions.push(decision);
            }
        }
        Ok(())
    }

    /// Whether there is room for one more, before it is made.
    fn room(&mut self, weight: usize) -> Result<(), ExchangeError> {
        if self.decisions.len() == MOST {
            return Err(ExchangeError::TooMany { found: MOST + 1, limit: MOST });
        }
        self.weight += weight;
        if self.weight > UNFOLDED {
            return Err(ExchangeError::TooLarge { found: self.weight, limit: UNFOLDED });
        }
        Ok(())
    }
}

/// In bytes, about.
fn weight(selector: &Selector) -> usize {
    match selector {
        Selector::TextQuoteSelector { exact, prefix, suffix } => exact.len() + prefix.len() + suffix.len(),
        _ => size_of::<Selector>(),
    }
}
