//! What human decisions teach an annotator.

use std::collections::BTreeMap;

use super::{Review, State};
use crate::article::Kind;

/// No term is longer, in characters.
const LONGEST: usize = 64;

impl Review {
    /// Names that humans have confirmed, added or corrected, with their kinds: terms for an annotator.
    /// Left out is what they do not agree on, what is no name, or another one, elsewhere in the story, and what is
    /// longer than terms are.
    pub fn terms(&self) -> Vec<(String, Kind)> {
        let mut kinds: BTreeMap<String, Option<Kind>> = BTreeMap::new();
        for mark in self.outcome().marks.iter().filter(|mark| mark.state != State::Open) {
            let sure = mark.state.is_living() && mark.conflicts.is_empty();
            let kind = sure.then_some(mark.kind);
            let known = kinds.entry(joined(&self.words(mark.start, mark.end))).or_insert(kind);
            if *known != kind {
                *known = None;
            }
        }
        let taught = kinds.into_iter().filter_map(|(name, kind)| Some((name, kind?)));
        taught.filter(|(name, _)| is_term(name)).collect()
    }
}

/// A name as it is written where no line breaks it: white space stays between words of letters only.
fn joined(words: &str) -> String {
    let mut joined = String::with_capacity(words.len());
    let mut parted = false;
    for c in words.chars().filter(|c| c.is_whitespace() || !c.is_control()) {
        if c.is_whitespace() {
            parted = true;
            continue;
        }
        if parted && c.is_ascii_alphanumeric() && joined.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            joined.push(' ');
        }
        parted = false;
        joined.push(c);
    }
    joined
}

fn is_term(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric) && name.chars().nth(LONGEST).is_none()
}
