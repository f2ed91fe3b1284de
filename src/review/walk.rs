//! Undoing and redoing: which decision is meant, and which hold.

use std::collections::{HashMap, HashSet};

use super::Action;
use super::log::Entry;

/// The ids of decisions that were taken back. An undo takes back only what is before it in order, so
/// that no two can take back each other.
pub(super) fn undone<'a>(ordered: &[&'a Entry]) -> HashSet<&'a str> {
    let places: HashMap<&str, usize> =
        ordered.iter().enumerate().map(|(at, entry)| (entry.decision.id.as_str(), at)).collect();
    let mut undone = HashSet::new();
    for (at, entry) in ordered.iter().enumerate().rev() {
        if undone.contains(entry.decision.id.as_str()) {
            continue;
        }
        let before = |id: &&String| places.get(id.as_str()).is_some_and(|meant| *meant < at);
        undone.extend(entry.decision.action.taken_back().iter().filter(before).map(String::as_str));
    }
    undone
}

/// The author's last decision that holds, undos left out.
pub(super) fn undo_of<'a>(ordered: &[&'a Entry], author: &str) -> Option<&'a str> {
    let undone = undone(ordered);
    let mut own = own(ordered, author).into_iter().rev();
    let held = own.find(|entry| !is_undo(entry) && !undone.contains(entry.decision.id.as_str()));
    held.map(|entry| entry.decision.id.as_str())
}

/// The author's last undo that holds, of those since they decided something new.
pub(super) fn redo_of<'a>(ordered: &[&'a Entry], author: &str) -> Option<&'a str> {
    let undone = undone(ordered);
    let undos: HashSet<&str> =
        ordered.iter().filter(|entry| is_undo(entry)).map(|entry| entry.decision.id.as_str()).collect();
    let mut since = own(ordered, author).into_iter().rev().take_while(|entry| is_undo(entry));
    let held = since.find(|entry| {
        let of_undo =
            matches!(&entry.decision.action, Action::Undo { decision } if undos.contains(decision.as_str()));
        !of_undo && !undone.contains(entry.decision.id.as_str())
    });
    held.map(|entry| entry.decision.id.as_str())
}

/// What an author has decided, by their own clock: a decision does not come later for answering
/// somebody whose clock runs ahead. Of those who do not sign nobody knows who is who, so they own what was made here.
fn own<'a>(ordered: &[&'a Entry], author: &str) -> Vec<&'a Entry> {
    let is_own = |entry: &&Entry| entry.decision.author == author && (entry.here || !author.is_empty());
    let mut own: Vec<&Entry> = ordered.iter().copied().filter(is_own).collect();
    own.sort_by_key(|entry| (entry.decision.time, entry.position));
    own
}

/// Whether it takes back one decision. To withdraw many is a decision of its own, which can be undone.
fn is_undo(entry: &Entry) -> bool {
    matches!(entry.decision.action, Action::Undo { .. })
}
