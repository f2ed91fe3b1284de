//! What machine and humans together say of a story.

use serde::{Deserialize, Serialize};

use super::Moment;
use crate::anchor::Orphan;
use crate::article::{Kind, Span};

/// What machine and humans together say of a story.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// By start; those that are not rejected or covered do not overlap.
    pub marks: Vec<Mark>,
    /// Where humans disagree.
    pub conflicts: Vec<Conflict>,
    /// Decisions that have lost their place.
    pub orphans: Vec<Lost>,
    /// Notes on the story.
    pub notes: Vec<Note>,
    /// What was said to what checks have found.
    #[serde(default)]
    pub answers: Vec<Answer>,
    /// How many marks a human has decided on.
    pub checked: u32,
    /// How many marks there are.
    pub total: u32,
}

/// A place of the story with what is said of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    /// First offset.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
    /// What it names.
    pub kind: Kind,
    /// What has become of it.
    pub state: State,
    /// The probability of the machine's mention, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    /// Index into the machine's mentions, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<u32>,
    /// The place that decisions name: where it was before any span was changed.
    pub subject: Span,
    /// What it means, where a human has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityChoice>,
    /// The office, where a human has said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeChoice>,
    /// Notes on it, by time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// All decisions on it that were not undone, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<String>,
    /// Those among them that no later one has replaced.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holding: Vec<String>,
    /// What humans disagree about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Aspect>,
}

/// What has become of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Only the machine says so.
    Open,
    /// A human says so too.
    Confirmed,
    /// A human says that it is no name.
    Rejected,
    /// A human has set kind, span, entity or office.
    Changed,
    /// Only a human says so.
    Added,
    /// A human says so, but another name that humans marked has its place.
    Covered,
}

impl State {
    /// Its name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Confirmed => "confirmed",
            State::Rejected => "rejected",
            State::Changed => "changed",
            State::Added => "added",
            State::Covered => "covered",
        }
    }

    /// Whether a human says that it is a name, and no other name has its place.
    pub(super) fn is_living(self) -> bool {
        !matches!(self, State::Open | State::Rejected | State::Covered)
    }
}

/// Which of the things that can be said of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// Whether it is a name.
    Existence,
    /// What it names.
    Kind,
    /// Where it begins and ends.
    Span,
    /// What it means.
    Entity,
    /// The office.
    Office,
    /// Two humans marked names that overlap.
    Overlap,
    /// Whether what a check has found is an error.
    Finding,
    /// Two decisions have the same id.
    Decision,
}

impl Aspect {
    /// Its name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Aspect::Existence => "existence",
            Aspect::Kind => "kind",
            Aspect::Span => "span",
            Aspect::Entity => "entity",
            Aspect::Office => "office",
            Aspect::Overlap => "overlap",
            Aspect::Decision => "decision",
            Aspect::Finding => "finding",
        }
    }
}

/// What humans say to something that a check has found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// Index into the findings, where the check still finds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finding: Option<u32>,
    /// What was checked.
    pub rule: String,
    /// What was found.
    pub found: String,
    /// What was expected instead.
    pub expected: String,
    /// Where it is, or was; none where those words are gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What is said of it.
    pub verdict: Verdict,
    /// Who says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When.
    pub time: Moment,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// All decisions on it that were not undone, by time.
    pub decisions: Vec<String>,
    /// Those among them that no later one has replaced; the last one shows.
    pub holding: Vec<String>,
    /// Whether humans disagree.
    pub conflict: bool,
}

/// What is said of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is an error, to be corrected.
    Accepted,
    /// It is right as it stands.
    Dismissed,
}

/// What humans disagree about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    /// First offset; 0 where the place is lost.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
    /// What about.
    pub aspect: Aspect,
    /// The decisions, in order; the last one shows.
    pub decisions: Vec<String>,
}

/// A decision that has lost its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// Its id.
    pub decision: String,
    /// Why.
    pub why: Why,
}

/// Why a decision has no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// The words are not in the text.
    Absent,
    /// They are, but what stands around them is something else.
    Changed,
    /// They are in more than one place that could be meant.
    Ambiguous,
    /// The machine finds nothing there any more, and nobody has said what it was.
    Gone,
}

impl From<Orphan> for Why {
    fn from(orphan: Orphan) -> Self {
        match orphan {
            Orphan::Absent => Why::Absent,
            Orphan::Changed => Why::Changed,
            Orphan::Ambiguous => Why::Ambiguous,
        }
    }
}

/// Something to remember.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// The decision that says it.
    pub decision: String,
    /// Who says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When.
    pub time: Moment,
    /// The words.
    pub text: String,
    /// The place, where it is about one that bears no mark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

/// What a mark means, as a human has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityChoice {
    /// Its full name.
    pub name: String,
    /// What tells it from others of the name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// An office, as a human has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeChoice {
    /// The title.
    pub title: String,
    /// At which body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Whether it is a public one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public: Option<bool>,
}
