//! The sequence model: which spans of a sentence are names or titles.

mod features;

pub use features::{BIGRAM_ROWS, Features, GAP_VALUES, LEXICON_VALUES, WORD_VALUES};

/// What the model marks; officials are told from other people afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// A person's name.
    Person,
    /// A place.
    Place,
    /// An organization.
    Organization,
    /// Office words.
    Title,
}

impl Label {
    /// Every label, in the order of the model's tags.
    pub const ALL: [Label; 4] = [Label::Person, Label::Place, Label::Organization, Label::Title];
}

/// A labelled span of a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Labelled {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What it is.
    pub label: Label,
    /// Probability, 0 to 1, of exactly this span with this label.
    pub score: f32,
}
