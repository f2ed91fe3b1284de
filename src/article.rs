//! The records an annotation consists of: the JSON contract (`docs/article.schema.json`).
//!
//! Records point to each other by index, so that an [`Article`] is plain data: it can be
//! cloned, compared, sent between threads and written as JSON without losing anything.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// Version of the JSON contract; raised when a reader of the old form would go wrong.
pub const ARTICLE_VERSION: u32 = 1;

/// What the offsets of an [`Article`] count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OffsetUnit {
    /// UTF-8 bytes: what slices a Rust `str`.
    Bytes,
    /// UTF-16 code units: what slices a JavaScript string.
    Utf16,
    /// Unicode code points: what slices a Python string; the unit of W3C selectors.
    CodePoints,
}

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A person to whom the text gives a public office, or whom a [`Term`](crate::Term) makes
    /// an official.
    Official,
    /// Any other person.
    Person,
    /// A place or an area.
    Place,
    /// A named body: party and state organs, schools, companies, media, teams.
    Organization,
}

impl Kind {
    /// Every kind, in the order of the numbers that cross the boundary to JavaScript.
    pub const ALL: [Kind; 4] = [Kind::Official, Kind::Person, Kind::Place, Kind::Organization];

    /// What the records call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Official => "official",
            Kind::Person => "person",
            Kind::Place => "place",
            Kind::Organization => "organization",
        }
    }

    /// True for officials and other people.
    pub fn is_human(self) -> bool {
        matches!(self, Kind::Official | Kind::Person)
    }
}

impl FromStr for Kind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
        kind.ok_or_else(|| Error::KindUnknown { found: name.to_owned() })
    }
}

/// A word that jieba-rs cut, white space left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// First offset.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
    /// Part of speech as the dictionary gives it (jieba's tag set), `x` where it knows none.
    pub tag: String,
}

/// A span of the text that names something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// First offset.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
    /// What it names.
    pub kind: Kind,
    /// Probability, 0 to 1, that exactly this span is a name of this sort (officials and other
    /// people are one sort to the model). Marks cut off at the front do not change it; names that
    /// are sure elsewhere and only found again here have one score, the share of such that are
    /// right, and a [`Term`](crate::Term) has 1.
    pub score: f32,
    /// Index into [`Article::entities`].
    pub entity: u32,
}

/// A span of office words: 市委常委、常务副市长.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Title {
    /// First offset.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
    /// Probability, 0 to 1, that exactly this span is a title; of one that was put together
    /// from two (市委 + 书记), the lower.
    pub score: f32,
}

/// The tie between a person's mention and a title, with the body or place it is held at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Index of the person in [`Article::mentions`].
    pub person: u32,
    /// Index into [`Article::titles`].
    pub title: u32,
    /// Index of the body in [`Article::mentions`], where the text names it before the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<u32>,
    /// Index of the place in [`Article::mentions`], where the text names it before the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
    /// True when it is a public office, which makes its holder an official.
    pub public: bool,
}

/// An administrative division of the gazetteer that a place refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// Code of the National Bureau of Statistics: two digits for a province, four for a
    /// city, six for a county.
    pub code: u32,
    /// Names from the province down, joined by `/`: 山东省/滨州市/沾化区.
    pub path: String,
}

/// What one or more mentions of an article refer to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is; a person whom any mention makes an official is one.
    pub kind: Kind,
    /// The fullest name the text gives it, without the white space that pads it.
    pub name: String,
    /// Indices into [`Article::mentions`], in the order of the text.
    pub mentions: Vec<u32>,
    /// Indices into [`Article::offices`], in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<u32>,
    /// The division a place is, when exactly one fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<Division>,
}

/// Everything found in one text.
///
/// Mentions and titles are sorted by start and overlap neither each other nor themselves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// [`ARTICLE_VERSION`] at the time of writing.
    pub version: u32,
    /// What all offsets count.
    pub unit: OffsetUnit,
    /// Length of the text in that unit.
    pub length: u32,
    /// Names.
    pub mentions: Vec<Mention>,
    /// Office words.
    pub titles: Vec<Title>,
    /// Who holds which title.
    pub offices: Vec<Office>,
    /// What the mentions refer to.
    pub entities: Vec<Entity>,
}

impl Article {
    /// The article of a text in which nothing was found.
    pub fn empty(length: u32) -> Self {
        Article {
            version: ARTICLE_VERSION,
            unit: OffsetUnit::Bytes,
            length,
            mentions: Vec::new(),
            titles: Vec::new(),
            offices: Vec::new(),
            entities: Vec::new(),
        }
    }
}
