//! The records an annotation consists of: the JSON contract (`docs/article.schema.json`).
//!
//! Records point to each other by index, so that an [`Article`] is plain data: it can be
//! cloned, compared, sent between threads and written as JSON without losing anything.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::error::Error;

/// Version of the JSON contract; raised when a reader of the old form would go wrong.
pub const ARTICLE_VERSION: u32 = 2;

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
    /// Why it is one or is none.
    pub because: Because,
    /// The posts of the title: two in 市委常委、常务副市长. None without words.
    pub posts: Vec<Post>,
    /// The spans that say all this, in order: person, title, body and place, the word that gives
    /// the status (原, 免去), and the name that a body is inferred from.
    pub evidence: Vec<Span>,
}

/// One post of a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Its name, Simplified where office words go, without 原, 时任 and their like.
    pub name: String,
    /// Whether it is held.
    #[serde(default, skip_serializing_if = "Status::is_current")]
    pub status: Status,
    /// The full name of the body, named in the text or inferred: 滨州市人民政府 of 滨州市副市长.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The division that the body is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<Division>,
}

/// Whether a post is held, as the text has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Held, or nothing says otherwise.
    #[default]
    Current,
    /// Held for the time being: 代市长.
    Acting,
    /// Given in this text: 任命…为, 当选.
    Appointed,
    /// To be held: 候任, 拟任.
    Designate,
    /// Held before: 原, 时任, 曾任.
    Former,
    /// Taken or given back in this text: 免去…职务, 辞去.
    Removed,
}

impl Status {
    /// Every status, in the order of the numbers that cross the boundary to JavaScript.
    pub const ALL: [Status; 6] = [
        Status::Current,
        Status::Acting,
        Status::Appointed,
        Status::Designate,
        Status::Former,
        Status::Removed,
    ];

    /// What the records call it.
    pub fn name(self) -> &'static str {
        match self {
            Status::Current => "current",
            Status::Acting => "acting",
            Status::Appointed => "appointed",
            Status::Designate => "designate",
            Status::Former => "former",
            Status::Removed => "removed",
        }
    }

    /// True unless the text says otherwise.
    pub fn is_current(&self) -> bool {
        *self == Status::Current
    }
}

/// Why an office is public or not: the rule and the word it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// What decides.
    pub rule: Rule,
    /// The head of the title (副市长 by 市长), or the word that tells what the body is (学院).
    pub word: String,
}

/// What decides whether an office is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// The head of the title.
    Title,
    /// What the body is.
    Body,
    /// The offices before it in the sentence.
    Neighbours,
    /// Nothing the text says: how such a head is mostly used.
    Assumed,
}

impl Rule {
    /// Every rule, in the order of the numbers that cross the boundary to JavaScript.
    pub const ALL: [Rule; 4] = [Rule::Title, Rule::Body, Rule::Neighbours, Rule::Assumed];
}

/// A stretch of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First offset.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
}

/// An administrative division of the gazetteer that a place refers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// Code of the National Bureau of Statistics: two digits for a province, four for a
    /// city, six for a county, nine for a township.
    pub code: u32,
    /// Names from the province down, joined by `/`: 山东省/滨州市/沾化区.
    pub path: String,
}

/// Why it is not known what a place or a reference means. Nothing is guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Open {
    /// No division bears the name: a country, a road, a village.
    Unknown,
    /// Several do, and nothing in the article tells them apart.
    Ambiguous,
    /// Nothing says where the article is.
    NoHome,
    /// Where the article is has no such level: 我县 in the paper of a city.
    OtherLevel,
}

impl Open {
    /// Every reason, in the order of the numbers that cross the boundary to JavaScript.
    pub const ALL: [Open; 4] = [Open::Unknown, Open::Ambiguous, Open::NoHome, Open::OtherLevel];
}

/// What says where an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// The caller named the place.
    Context,
    /// The caller named the publisher.
    Publisher,
    /// A paragraph begins with who publishes it: 滨州日报/滨州网讯.
    Masthead,
    /// A report was sent from there: 本报济南3月5日电.
    Dateline,
    /// The article speaks of one city most.
    Places,
}

impl Evidence {
    /// Every kind, in the order of the numbers that cross the boundary to JavaScript.
    pub const ALL: [Evidence; 5] =
        [Evidence::Context, Evidence::Publisher, Evidence::Masthead, Evidence::Dateline, Evidence::Places];
}

/// Where an article is: what 我市 and 市委 mean in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Home {
    /// The division.
    #[serde(flatten)]
    pub division: Division,
    /// What says so.
    pub evidence: Evidence,
    /// How sure that is, 0 to 1.
    pub confidence: f32,
}

/// Words that point to a place or a body by where the article is: 我市, 全省, 市妇联. They stand
/// apart from mentions, and may cover the same characters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// First offset.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
    /// What is meant: a place or an organization.
    pub kind: Kind,
    /// The full name of what is meant: 滨州市, 滨州市妇女联合会.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The division that is meant, or whose body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<Division>,
    /// Index into [`Article::entities`] of what is meant, where the article names it as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<u32>,
    /// How sure the target is, 0 to 1; 0 when it is open.
    pub confidence: f32,
    /// Why there is no target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
}

/// What one or more mentions of an article refer to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// What it is; a person whom any mention makes an official is one.
    pub kind: Kind,
    /// The fullest name the text gives it, without the white space that pads it; of a body the
    /// full one, where that is known.
    pub name: String,
    /// What else the text calls it, each once, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Indices into [`Article::mentions`], in the order of the text.
    pub mentions: Vec<u32>,
    /// Indices into [`Article::offices`], in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offices: Vec<u32>,
    /// The division a place is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division: Option<Division>,
    /// Why a place has no division.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Open>,
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
    /// The day of the article, where the caller has told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Names.
    pub mentions: Vec<Mention>,
    /// Office words.
    pub titles: Vec<Title>,
    /// Who holds which title.
    pub offices: Vec<Office>,
    /// What the mentions refer to.
    pub entities: Vec<Entity>,
    /// What points to a place or a body without naming it whole, by start.
    pub references: Vec<Reference>,
    /// Where the article is, where something says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<Home>,
}

impl Article {
    /// The article of a text in which nothing was found.
    pub fn empty(length: u32) -> Self {
        Article {
            version: ARTICLE_VERSION,
            unit: OffsetUnit::Bytes,
            length,
            date: None,
            mentions: Vec::new(),
            titles: Vec::new(),
            offices: Vec::new(),
            entities: Vec::new(),
            references: Vec::new(),
            home: None,
        }
    }
}
