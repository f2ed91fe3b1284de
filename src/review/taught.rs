//! What human decisions teach an annotator.

use std::collections::BTreeMap;

use super::{Review, State};
use crate::article::Kind;

impl Review {
    /// Names that humans have confirmed, added or corrected, with their kinds: terms for an annotator.
    /// Left out is what they do not agree on, and what is no name, or another one, elsewhere in the story.
    pub fn terms(&self) -> Vec<(String, Kind)> {
        let mut kinds: BTreeMap<String, Option<Kind>> = BTreeMap::new();
        for mark in self.outcome().marks.iter().filter(|mark| mark.state != State::Open) {
            let sure = mark.state != State::Rejected && mark.conflicts.is_empty();
            let kind = sure.then_some(mark.kind);
            let known = kinds.entry(self.words(mark.start, mark.end)).or_insert(kind);
            if *known != kind {
                *known = None;
            }
        }
        kinds.into_iter().filter_map(|(name, kind)| Some((name, kind?))).collect()
    }
}
