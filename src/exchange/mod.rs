//! Exchange: a review as files that others read, and what others wrote as decisions.
//!
//! [`annotations`] is lossless both ways (W3C Web Annotation); [`claims`], [`table`] and [`report`]
//! only lead out; [`read`] takes whatever of it can be told apart. What is read is untrusted: it is
//! bounded, and nothing of it is applied here. `docs/exchange.md` has the forms.

pub mod annotations;
pub mod claims;
mod error;
mod findings;
mod foreign;
mod hypothesis;
pub mod report;
pub mod table;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::review::{Decision, Log, Mark, Review};

pub use error::ExchangeError;

/// No file is larger, in bytes.
const LARGEST: usize = 32 << 20;

/// No file has more annotations.
const MOST: usize = 100_000;

/// What is known of a story besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct About {
    /// Its address, or another IRI that means it and nothing else.
    pub source: String,
    /// Its title.
    pub title: String,
    /// The day it is of.
    pub date: Option<String>,
}

/// Which form a file had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// W3C Web Annotations: ours, Recogito's, anybody's.
    Annotations,
    /// Hypothesis's export.
    Hypothesis,
    /// A log of decisions.
    Log,
}

/// What a file held.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Its form.
    pub format: Format,
    /// What humans decided in it.
    pub log: Log,
    /// How many annotations are the machine's, which makes its own.
    pub machine: usize,
}

/// Reads annotations of whoever made them.
///
/// # Errors
///
/// [`ExchangeError::TooLarge`], [`ExchangeError::NotJson`], [`ExchangeError::TooMany`], and
/// [`ExchangeError::UnknownForm`] when they are none.
pub fn read(text: &str) -> Result<Imported, ExchangeError> {
    if text.len() > LARGEST {
        return Err(ExchangeError::TooLarge { found: text.len(), limit: LARGEST });
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    // Depth is bounded by serde_json itself.
    let value: Value = serde_json::from_str(text).map_err(|error| ExchangeError::NotJson {
        line: error.line(),
        column: error.column(),
        detail: error.to_string(),
    })?;
    if value.get("decisions").is_some() {
        let log = Log::from_json(text)?;
        return Ok(Imported { format: Format::Log, log, machine: 0 });
    }
    let (format, items) = match hypothesis::rows(&value) {
        Some(rows) => (Format::Hypothesis, rows),
        None => (Format::Annotations, annotations::items(&value).ok_or(ExchangeError::UnknownForm)?),
    };
    if items.len() > MOST {
        return Err(ExchangeError::TooMany { found: items.len(), limit: MOST });
    }
    let mut imported = Imported { format, log: Log::default(), machine: 0 };
    for item in items {
        match format {
            Format::Hypothesis => imported.log.decisions.extend(hypothesis::decisions(item)),
            _ => match annotations::decisions(item)? {
                Some(decisions) => imported.log.decisions.extend(decisions),
                None => imported.machine += 1,
            },
        }
    }
    imported.log.decisions.iter().try_for_each(Decision::check)?;
    Ok(imported)
}

/// The decisions on a mark, by time.
fn decided<'a>(mark: &'a Mark, review: &'a Review) -> impl Iterator<Item = &'a Decision> {
    mark.decisions.iter().filter_map(|id| review.decision(id))
}

/// Why a mark is as it is, by those who decided.
fn reasons(mark: &Mark, review: &Review) -> Vec<String> {
    decided(mark, review).filter_map(|decision| decision.reason.clone()).collect()
}
