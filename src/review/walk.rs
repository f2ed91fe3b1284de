//! Undoing and redoing: which decision is meant, and which hold.

use std::collections::{HashMap, HashSet};

use super::Action;
use super::log::Entry;

/// The ids of decisions that were taken back. An undo takes back only what is earlier than it, so
/// that no two can take back each other.
pub(super) fn undone<'a>(ordered: &[&'a Entry]) -> HashSet<&'a str> {
    let places: HashMap<&str, usize> =
        ordered.iter().enumerate().map(|(at, entry)| (entry.decision.id.as_str(), at)).collect();
    let mut undone = HashSet::new();
    for (at, entry) in ordered.iter().enumerate().rev() {
        if let Action::Undo { decision } = &entry.decision.action
            && !undone.contains(entry.decision.id.as_str())
            && places.get(decision.as_str()).is_some_and(|meant| *meant < at)
        {
            undone.insert(decision.as_str());
        }
    }
    undone
}

/// The author's last decision that holds, undos left out.
pub(super) fn undo_of<'a>(ordered: &[&'a Entry], author: &str) -> Option<&'a str> {
    let undone = undone(ordered);
    let mut own = ordered.iter().rev().filter(|entry| entry.decision.author == author);
    let held = own.find(|entry| !is_undo(entry) && !undone.contains(entry.decision.id.as_str()));
    held.map(|entry| entry.decision.id.as_str())
}

/// The author's last undo that holds, of those since they decided something new.
pub(super) fn redo_of<'a>(ordered: &[&'a Entry], author: &str) -> Option<&'a str> {
    let undone = undone(ordered);
    let undos: HashSet<&str> =
        ordered.iter().filter(|entry| is_undo(entry)).map(|entry| entry.decision.id.as_str()).collect();
    let own = ordered.iter().rev().filter(|entry| entry.decision.author == author);
    let mut since = own.take_while(|entry| is_undo(entry));
    let held = since.find(|entry| {
        let of_undo =
            matches!(&entry.decision.action, Action::Undo { decision } if undos.contains(decision.as_str()));
        !of_undo && !undone.contains(entry.decision.id.as_str())
    });
    held.map(|entry| entry.decision.id.as_str())
}

fn is_undo(entry: &Entry) -> bool {
    matches!(entry.decision.action, Action::Undo { .. })
}
