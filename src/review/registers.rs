//! What decisions on one place come to, aspect by aspect.

use std::collections::HashSet;

use super::log::Entry;
use super::{Action, Aspect};

/// The decisions on one place, in order, with the aspects that they speak of.
#[derive(Debug, Default)]
pub(super) struct Registers<'a> {
    entries: Vec<&'a Entry>,
}

impl<'a> Registers<'a> {
    pub fn push(&mut self, entry: &'a Entry) {
        self.entries.push(entry);
    }

    pub fn entries(&self) -> &[&'a Entry] {
        &self.entries
    }

    /// Those on an aspect that no later one has replaced, in order: the last one shows.
    pub fn held(&self, aspect: Aspect) -> Vec<&'a Entry> {
        let speaking: Vec<&Entry> =
            self.entries.iter().copied().filter(|entry| speaks(entry, aspect)).collect();
        let mut replaced: HashSet<&str> = HashSet::new();
        let mut authors: HashSet<&str> = HashSet::new();
        let mut held = Vec::new();
        for entry in speaking.into_iter().rev() {
            let Entry { decision, .. } = entry;
            // Nobody disagrees with themselves; but those who do not sign may be several.
            let own = !decision.author.is_empty() && !authors.insert(&decision.author);
            if !own && !replaced.contains(decision.id.as_str()) {
                held.push(entry);
            }
            replaced.extend(decision.replaces.iter().map(String::as_str));
        }
        held.reverse();
        held
    }

    /// Whether those that hold on an aspect say different things.
    pub fn disagree(&self, aspect: Aspect) -> bool {
        let held = self.held(aspect);
        held.windows(2).any(|pair| !same(pair[0], pair[1], aspect))
    }
}

/// Whether a decision says something of an aspect.
fn speaks(entry: &Entry, aspect: Aspect) -> bool {
    let action = &entry.decision.action;
    match aspect {
        // Who says what a name means says that it is one.
        Aspect::Existence => {
            action.finding().is_none() && !action.is_undo() && !matches!(action, Action::Note { .. })
        }
        Aspect::Kind => kind(entry).is_some(),
        Aspect::Span => matches!((action, &entry.to), (Action::Span { .. }, Some(Ok(_)))),
        Aspect::Entity => matches!(action, Action::Entity { .. }),
        Aspect::Office => matches!(action, Action::Office { .. }),
        Aspect::Finding => action.finding().is_some(),
        Aspect::Overlap | Aspect::Decision => false,
    }
}

/// The kind that a decision gives or confirms.
pub(super) fn kind(entry: &Entry) -> Option<crate::Kind> {
    match &entry.decision.action {
        Action::Kind { kind } | Action::Add { kind } => Some(*kind),
        Action::Confirm => entry.decision.kind,
        _ => None,
    }
}

fn same(one: &Entry, other: &Entry, aspect: Aspect) -> bool {
    let rejects = |entry: &Entry| matches!(entry.decision.action, Action::Reject);
    match aspect {
        Aspect::Existence => rejects(one) == rejects(other),
        Aspect::Kind => kind(one) == kind(other),
        Aspect::Span => one.to == other.to,
        Aspect::Finding => {
            std::mem::discriminant(&one.decision.action) == std::mem::discriminant(&other.decision.action)
        }
        _ => one.decision.action == other.decision.action,
    }
}
