//! A user's divisions and bodies, from a file.

use crate::error::TermsError;
use crate::input::Input;
use crate::terms;
use mingzhu::Entry;
use std::path::Path;

/// Reads a gazetteer: an array of `{"name", "forms", "code"}` objects if it begins like one, else
/// `name,forms,code` lines, where forms are parted by `|`.
pub fn read(path: &Path) -> Result<Vec<Entry>, TermsError> {
    let input = Input::open(path)?;
    let name = input.name.clone();
    let text = input.text()?;
    if text.trim_start().starts_with('[') { terms::json(&name, &text) } else { csv(&name, &text) }
}

fn csv(name: &str, text: &str) -> Result<Vec<Entry>, TermsError> {
    terms::rows(name, text, ["name", "forms", "code"], |record| {
        let column = |at: usize| record.get(at).unwrap_or_default();
        let forms = column(1).split('|').map(str::trim).filter(|form| !form.is_empty()).map(str::to_owned);
        let code = match column(2) {
            "" => None,
            written => Some(written.parse().map_err(|_| (3, format!("{written:?} is no number")))?),
        };
        Entry::new(column(0), forms, code).map_err(|error| {
            let at = match error {
                mingzhu::Error::EntryCode { .. } => 3,
                mingzhu::Error::EntryName { ref found } if found != column(0) => 2,
                _ => 1,
            };
            (at, error.to_string())
        })
    })
}
