//! What a check has found.

use serde::{Deserialize, Serialize};

use super::Row;
use crate::article::Span;
use crate::date::Date;

/// Something about an article that somebody should look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What was checked.
    pub rule: Rule,
    /// Where, in the article's unit; the first one is what is doubted.
    pub spans: Vec<Span>,
    /// What stands there.
    pub found: String,
    /// What was expected instead.
    pub expected: String,
    /// The row of the roster that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<Listed>,
    /// How bad it would be.
    pub severity: Severity,
    /// How sure it is, 0 to 1: set by rule and kind of evidence, and checked on planted errors (`docs/roster.md`).
    pub confidence: f32,
    /// What shows it: titles, bodies, other mentions.
    pub evidence: Vec<Span>,
}

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// A name one character away from a listed one that holds the same office.
    NameNear,
    /// Another title than the listed one, at the same body.
    TitleDiffers,
    /// Another body than the listed one, with the same title.
    BodyDiffers,
    /// An office that is over, or has not begun.
    NotInOffice,
    /// Leaders in another order than their ranks.
    Order,
    /// Two offices of one person that exclude each other.
    TwoOffices,
    /// Two names one character apart with the same office.
    NameVariant,
    /// Two bodies one character apart.
    BodyVariant,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Rule; 8] = [
        Rule::NameNear,
        Rule::TitleDiffers,
        Rule::BodyDiffers,
        Rule::NotInOffice,
        Rule::Order,
        Rule::TwoOffices,
        Rule::NameVariant,
        Rule::BodyVariant,
    ];
}

/// How bad it would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Wrong, if the roster is right.
    Error,
    /// Probably wrong.
    Warning,
    /// Worth a look.
    Notice,
}

/// The row of a roster that a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Where it stands in the list, from 1.
    pub line: usize,
    /// The person.
    pub name: String,
    /// The body.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The title.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The first day in office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day in office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
}

impl From<&Row> for Listed {
    fn from(row: &Row) -> Self {
        let Row { line, name, body, title, from, to, .. } = row;
        Listed {
            line: *line,
            name: name.clone(),
            body: body.clone(),
            title: title.clone(),
            from: *from,
            to: *to,
        }
    }
}
