//! One thing that a human decided.

use serde::{Deserialize, Serialize};

use super::{Moment, ReviewError};
use crate::anchor::Selector;
use crate::article::Kind;

/// No name, note or reason is longer, in characters.
pub(crate) const LONGEST: usize = 10_000;
/// A target has no more selectors.
pub(crate) const SELECTORS: usize = 100;
/// No decision names more others that it replaces.
pub(super) const REPLACED: usize = 1000;
/// No decision takes back more others at once.
const WITHDRAWN: usize = 10_000;
/// No id is longer, in bytes.
const ID: usize = 200;

/// One thing that a human decided about a place of a story, or about the story. Never changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Tells it from all others: a UUID.
    pub id: String,
    /// Who decided; empty where nobody says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When.
    pub time: Moment,
    /// The place it is about, as it was before anything was decided there; empty for what is about the story.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target: Vec<Selector>,
    /// What the place was shown as when this was decided: a later machine may say something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What was decided.
    pub action: Action,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Decisions on the same place that whoever decided had seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<String>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Action {
    /// It is a name, of the kind it was shown as.
    Confirm,
    /// It is no name.
    Reject,
    /// It is a name of this kind.
    Kind {
        /// The kind.
        kind: Kind,
    },
    /// The name is from here to there.
    Span {
        /// Where it is.
        to: Vec<Selector>,
    },
    /// Here is a name that the machine has not found.
    Add {
        /// Its kind.
        kind: Kind,
    },
    /// It means this.
    Entity {
        /// Its full name.
        name: String,
        /// What tells it from others of the name: a number, an address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
    /// The person holds this office.
    Office {
        /// The title.
        title: String,
        /// At which body.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
        /// Whether it is a public one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        public: Option<bool>,
    },
    /// What a check has found there is an error, to be corrected.
    Accept {
        /// What it has found.
        finding: FindingKey,
    },
    /// What a check has found there is right as it stands.
    Dismiss {
        /// What it has found.
        finding: FindingKey,
    },
    /// Something to remember.
    Note {
        /// The words.
        text: String,
    },
    /// Another decision is taken back.
    Undo {
        /// Its id.
        decision: String,
    },
    /// Several decisions are taken back at once, whoever made them: an import that was a mistake.
    Withdraw {
        /// Their ids.
        decisions: Vec<String>,
    },
}

/// What tells a finding from all others: an answer holds for it whenever a check finds it again, and for nothing else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingKey {
    /// What was checked, by its name: a later check has rules that this one does not know.
    pub rule: String,
    /// What stands there.
    pub found: String,
    /// What was expected instead.
    pub expected: String,
    /// Where else it is found; the first place is the decision's target.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Vec<Selector>>,
}

impl Action {
    /// The finding that is answered.
    pub fn finding(&self) -> Option<&FindingKey> {
        match self {
            Action::Accept { finding } | Action::Dismiss { finding } => Some(finding),
            _ => None,
        }
    }
}

impl Decision {
    /// Whether it can be laid over a text.
    ///
    /// # Errors
    ///
    /// [`ReviewError::DecisionInvalid`].
    pub fn check(&self) -> Result<(), ReviewError> {
        let wrong =
            |detail| Err(ReviewError::DecisionInvalid { id: self.id.chars().take(80).collect(), detail });
        if std::iter::once(self.id.as_str()).chain(self.named()).any(|id| id.is_empty() || id.len() > ID) {
            return wrong("an id has 1 to 200 bytes");
        }
        if self.target.len() > SELECTORS || self.action.to().len() > SELECTORS {
            return wrong("a target has at most 100 selectors");
        }
        let also = self.action.finding().map_or(&[][..], |finding| &finding.also);
        if also.iter().map(Vec::len).sum::<usize>() > SELECTORS {
            return wrong("the places of a finding have at most 100 selectors");
        }
        if self.replaces.len() > REPLACED {
            return wrong("it replaces more than 1,000 decisions");
        }
        if self.action.taken_back().len() > WITHDRAWN {
            return wrong("it takes back more than 10,000 decisions");
        }
        let about_story = self.action.is_undo() || matches!(self.action, Action::Note { .. });
        if self.target.is_empty() && !about_story {
            return wrong("it has no target");
        }
        if self.texts().any(|text| text.chars().nth(LONGEST).is_some()) {
            return wrong("a text has more than 10,000 characters");
        }
        Ok(())
    }

    /// Everything in it that somebody wrote.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let [first, second] = match &self.action {
            Action::Accept { finding } | Action::Dismiss { finding } => {
                [Some(&finding.found), Some(&finding.expected)]
            }
            Action::Entity { name, id } => [Some(name), id.as_ref()],
            Action::Office { title, body, .. } => [Some(title), body.as_ref()],
            Action::Note { text } => [Some(text), None],
            _ => [None, None],
        };
        let quotes = self.target.iter().chain(self.action.to()).flat_map(|selector| match selector {
            Selector::TextQuoteSelector { exact, prefix, suffix } => {
                [Some(exact), Some(prefix), Some(suffix)]
            }
            _ => [None; 3],
        });
        let rule = self.action.finding().map(|finding| &finding.rule);
        let all = [Some(&self.author), self.reason.as_ref(), first, second, rule];
        all.into_iter().chain(quotes).flatten().map(String::as_str)
    }

    /// The ids of all decisions that whoever decided this must have seen.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.replaces.iter().chain(self.action.taken_back()).map(String::as_str)
    }
}

impl Action {
    /// Whether nothing is said but that something else does not hold.
    pub(super) fn is_undo(&self) -> bool {
        matches!(self, Action::Undo { .. } | Action::Withdraw { .. })
    }

    /// The ids of the decisions that are taken back.
    pub(super) fn taken_back(&self) -> &[String] {
        match self {
            Action::Undo { decision } => std::slice::from_ref(decision),
            Action::Withdraw { decisions } => decisions,
            _ => &[],
        }
    }

    /// Where a name goes.
    pub(super) fn to(&self) -> &[Selector] {
        match self {
            Action::Span { to } => to,
            _ => &[],
        }
    }
}
