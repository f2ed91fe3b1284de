//! What stands on a line of output.

use mingzhu::text::OffsetCursor;
use mingzhu::{Article, Kind, Label, Labelled, OffsetUnit, Token};
use serde::{Deserialize, Serialize};

/// A line of input; other fields are passed over.
#[derive(Debug, Deserialize)]
pub struct Request {
    /// Whatever the caller tells the texts apart by; comes back as it was.
    pub id: serde_json::Value,
    /// The text.
    pub text: String,
}

/// A line of output.
#[derive(Debug, Serialize)]
pub struct Response {
    /// That of the request.
    pub id: serde_json::Value,
    /// What was found.
    #[serde(flatten)]
    pub body: Body,
}

/// What was found, in the form asked for.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Body {
    /// Spans only.
    Brief {
        /// Start, end, kind.
        mentions: Vec<(u32, u32, &'static str)>,
        /// Start, end.
        titles: Vec<(u32, u32)>,
        /// Start of the person, start of the title.
        offices: Vec<(u32, u32)>,
    },
    /// Everything.
    Full(Article),
    /// What the model marks.
    Labels {
        /// Start, end, label.
        labels: Vec<(u32, u32, &'static str)>,
    },
    /// Words.
    Tokens {
        /// Start, end, part of speech.
        tokens: Vec<(u32, u32, String)>,
    },
}

impl Body {
    /// The spans of an article.
    pub fn brief(article: &Article) -> Self {
        let start_of = |office: &mingzhu::Office| {
            let person = article.mentions.get(office.person as usize)?;
            let title = article.titles.get(office.title as usize)?;
            Some((person.start, title.start))
        };
        Body::Brief {
            mentions: article.mentions.iter().map(|m| (m.start, m.end, kind_name(m.kind))).collect(),
            titles: article.titles.iter().map(|t| (t.start, t.end)).collect(),
            offices: article.offices.iter().filter_map(start_of).collect(),
        }
    }

    /// What the model marks in `text`, in the unit asked for.
    pub fn labels(text: &str, labels: &[Labelled], unit: OffsetUnit) -> Self {
        let mut cursor = OffsetCursor::new(text, unit);
        let mut convert =
            |l: &Labelled| (cursor.convert(l.start), cursor.convert(l.end), label_name(l.label));
        Body::Labels { labels: labels.iter().map(&mut convert).collect() }
    }

    /// The words of `text`, in the unit asked for.
    pub fn tokens(text: &str, tokens: Vec<Token>, unit: OffsetUnit) -> Self {
        let mut cursor = OffsetCursor::new(text, unit);
        let mut convert = |t: Token| (cursor.convert(t.start), cursor.convert(t.end), t.tag);
        Body::Tokens { tokens: tokens.into_iter().map(&mut convert).collect() }
    }
}

/// What the short form calls a kind.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Official => "OFFICIAL",
        Kind::Person => "PERSON",
        Kind::Place => "PLACE",
        Kind::Organization => "ORG",
    }
}

fn label_name(label: Label) -> &'static str {
    match label {
        Label::Person => "PER",
        Label::Place => "PLACE",
        Label::Organization => "ORG",
        Label::Title => "TITLE",
    }
}
