//! Exchange: a review as files that others read, and what others wrote as decisions.
//!
//! [`annotations`] is lossless both ways (W3C Web Annotation); [`claims`], [`table`] and [`report`]
//! only lead out; [`read`] takes whatever of it can be told apart, and [`read_for`] does so for a story. What is
//! read is untrusted: it is bounded, and nothing of it is applied here. `docs/exchange.md` has the forms.

pub mod annotations;
pub mod claims;
mod error;
mod findings;
mod foreign;
mod hypothesis;
mod recogito;
pub mod report;
pub mod table;
mod taken;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::JsonFault;
use crate::review::{Decision, Log, Mark, Review};
use annotations::Items;
use taken::Taken;

pub use error::ExchangeError;

/// No file is larger, in bytes.
const LARGEST: usize = 32 << 20;

/// No file has more annotations, nor do they come to more decisions.
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
    /// The table of Recogito's platform.
    Recogito,
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
    /// Whether there are more of them in files that this one only names.
    pub elsewhere: bool,
}

/// Reads annotations of whoever made them.
///
/// # Errors
///
/// [`ExchangeError::TooLarge`], [`ExchangeError::NotJson`], [`ExchangeError::TooMany`], and
/// [`ExchangeError::UnknownForm`] when they are none.
pub fn read(text: &str) -> Result<Imported, ExchangeError> {
    read_all(text).map(|(imported, _)| imported)
}

/// Reads annotations for a story. Those of others that say nothing of what is around their words are given it from
/// the story, where the words stand as they say; and what is known already is left as it was taken in.
///
/// # Errors
///
/// As [`read`].
pub fn read_for(text: &str, review: &Review) -> Result<Imported, ExchangeError> {
    let (mut imported, foreign) = read_all(text)?;
    let is_foreign = |decision: &Decision| foreign.contains(&decision.id);
    let decisions = &mut imported.log.decisions;
    decisions.retain(|decision| !is_foreign(decision) || review.decision(&decision.id).is_none());
    for decision in decisions.iter_mut().filter(|decision| is_foreign(decision)) {
        if let Some(target) = review.pinned(&decision.target) {
            decision.target = target;
        }
    }
    Ok(imported)
}

/// What a file holds, and the ids of what others have made.
fn read_all(text: &str) -> Result<(Imported, HashSet<String>), ExchangeError> {
    if text.len() > LARGEST {
        return Err(ExchangeError::TooLarge { found: text.len(), limit: LARGEST });
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut taken = Taken::default();
    let (format, elsewhere) = if recogito::is_table(text) {
        recogito::take(text, &mut taken)?;
        (Format::Recogito, false)
    } else {
        // Depth is bounded by serde_json itself.
        let value: Value = serde_json::from_str(text).map_err(|error| {
            let JsonFault { line, column, detail } = JsonFault::new(text, &error);
            ExchangeError::NotJson { line, column, detail }
        })?;
        if value.get("decisions").is_some() {
            // Both at once would need twice the memory.
            drop(value);
            let imported =
                Imported { format: Format::Log, log: Log::from_json(text)?, machine: 0, elsewhere: false };
            imported.log.decisions.iter().try_for_each(Decision::check)?;
            return Ok((imported, HashSet::new()));
        }
        take(&value, &mut taken)?
    };
    let Taken { decisions, foreign, machine, .. } = taken;
    decisions.iter().try_for_each(Decision::check)?;
    Ok((Imported { format, log: Log::from(decisions), machine, elsewhere }, foreign))
}

/// Takes annotations out of JSON; which form it has, and whether there are more elsewhere.
fn take(value: &Value, taken: &mut Taken) -> Result<(Format, bool), ExchangeError> {
    if let Some(rows) = hypothesis::rows(value) {
        few(rows.len())?;
        rows.iter().try_for_each(|row| hypothesis::take(row, taken))?;
        return Ok((Format::Hypothesis, false));
    }
    let Items { items, elsewhere } = annotations::items(value).ok_or(ExchangeError::UnknownForm)?;
    few(items.len())?;
    items.iter().try_for_each(|item| annotations::take(item, taken))?;
    Ok((Format::Annotations, elsewhere))
}

fn few(found: usize) -> Result<(), ExchangeError> {
    if found > MOST { Err(ExchangeError::TooMany { found, limit: MOST }) } else { Ok(()) }
}

/// The decisions on a mark, by time.
fn decided<'a>(mark: &'a Mark, review: &'a Review) -> impl Iterator<Item = &'a Decision> {
    mark.decisions.iter().filter_map(|id| review.decision(id))
}

/// Why a mark is as it is, by those who decided.
fn reasons(mark: &Mark, review: &Review) -> Vec<String> {
    decided(mark, review).filter_map(|decision| decision.reason.clone()).collect()
}
