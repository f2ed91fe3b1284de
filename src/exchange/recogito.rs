//! The table that Recogito's platform exports: a row for each annotation. (Its JSON-LD is read as everybody's.)

use super::ExchangeError;
use super::foreign::{Origin, Said};
use super::taken::Taken;
use crate::anchor::Selector;
use crate::review::Moment;

/// What the heading has where it is one.
const HEADING: [&str; 3] = ["UUID", "QUOTE_TRANSCRIPTION", "ANCHOR"];

/// No heading is longer, in bytes.
const LONGEST: usize = 1000;

/// Whether it is such a table.
pub(super) fn is_table(text: &str) -> bool {
    let heading = text.lines().next().unwrap_or_default();
    let has = |name: &str| heading.split(',').any(|cell| cell.trim().trim_matches('"') == name);
    // JSON may be one long line.
    heading.len() < LONGEST && HEADING.iter().all(|name| has(name))
}

/// Takes what its rows say.
pub(super) fn take(text: &str, taken: &mut Taken) -> Result<(), ExchangeError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().cloned().unwrap_or_default();
    let column = |name: &str| headings.iter().position(|heading| heading.trim() == name);
    let [id, quote, anchor, kind, uri, label, tags, comments] =
        ["UUID", "QUOTE_TRANSCRIPTION", "ANCHOR", "TYPE", "URI", "VOCAB_LABEL", "TAGS", "COMMENTS"]
            .map(column);
    // The text is one, and a row of another length is read as far as it goes: nothing can fail here.
    for row in reader.records().flatten() {
        let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).unwrap_or_default();
        let mut said = Said::default();
        if !cell(kind).is_empty() {
            said.tag(cell(kind));
        }
        let place: Vec<&str> = [cell(label), cell(uri)].into_iter().filter(|part| !part.is_empty()).collect();
        said.note(&place.join(" "));
        cell(tags).split('|').filter(|tag| !tag.is_empty()).for_each(|tag| said.tag(tag));
        cell(comments).split('|').for_each(|comment| said.note(comment));
        let origin = Origin { id: cell(id).to_owned(), author: String::new(), time: Moment::default() };
        taken.foreign(&origin, &said, &target(cell(quote), cell(anchor)))?;
    }
    Ok(())
}

/// Words, and where they begin: `char-offset:17`.
fn target(quote: &str, anchor: &str) -> Vec<Selector> {
    if quote.is_empty() {
        return Vec::new();
    }
    let exact = quote.chars().take(crate::review::LONGEST).collect::<String>();
    let start = anchor.strip_prefix("char-offset:").and_then(|start| start.trim().parse::<usize>().ok());
    let position = start.map(|start| Selector::TextPositionSelector {
        start,
        end: start.saturating_add(exact.chars().count()),
    });
    let quote = Selector::TextQuoteSelector { exact, prefix: String::new(), suffix: String::new() };
    [Some(quote), position].into_iter().flatten().collect()
}
