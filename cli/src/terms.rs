//! A user's terms, from a file.

use crate::error::TermsError;
use crate::input::Input;
use mingzhu::{Kind, Term};
use serde::de::DeserializeOwned;
use std::path::Path;

/// Reads a list of terms: an array of `{"text", "kind"}` objects if it begins like one, else
/// `text,kind` lines.
pub fn read(path: &Path) -> Result<Vec<Term>, TermsError> {
    let input = Input::open(path)?;
    let name = input.name.clone();
    let text = input.text()?;
    if text.trim_start().starts_with('[') { json(&name, &text) } else { csv(&name, &text) }
}

/// Reads an array of what serde knows.
pub fn json<T: DeserializeOwned>(name: &str, text: &str) -> Result<Vec<T>, TermsError> {
    serde_json::from_str(text).map_err(|error| {
        let message = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
        // It counts bytes, people count characters.
        let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
        let column = line[..line.floor_char_boundary(error.column())].chars().count() as u64;
        TermsError::Bad { name: name.into(), line: error.line() as u64, column, message }
    })
}

/// Reads a table row by row, the names of its columns passed over; what `read` refuses it refuses
/// with the column and a message.
pub fn rows<T, const COLUMNS: usize>(
    name: &str,
    text: &str,
    header: [&str; COLUMNS],
    read: impl Fn(&csv::StringRecord) -> Result<T, (u64, String)>,
) -> Result<Vec<T>, TermsError> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let bad = |at: Option<&csv::Position>, column: u64, message: String| {
        let line = at.map_or(0, csv::Position::line);
        TermsError::Bad { name: name.into(), line, column, message }
    };
    let mut rows = Vec::new();
    for (i, record) in reader.records().enumerate() {
        let record = record.map_err(|error| bad(error.position(), 1, error.to_string()))?;
        if i == 0 && header.iter().enumerate().all(|(at, name)| record.get(at) == Some(name)) {
            continue;
        }
        rows.push(read(&record).map_err(|(column, message)| bad(record.position(), column, message))?);
    }
    Ok(rows)
}

fn csv(name: &str, text: &str) -> Result<Vec<Term>, TermsError> {
    rows(name, text, ["text", "kind"], |record| {
        let (text, kind) = (&record[0], record.get(1).unwrap_or_default());
        let kind = kind.parse::<Kind>().map_err(|error| (2, error.to_string()))?;
        Term::new(text, kind).map_err(|error| (1, error.to_string()))
    })
}
