//! Marks as a table (RFC 4180).

use super::{decided, findings, reasons};
use crate::review::{Mark, Review};

const HEADING: [&str; COLUMNS] = [
    "start",
    "end",
    "words",
    "kind",
    "state",
    "score",
    "entity",
    "entity_id",
    "body",
    "title",
    "public",
    "author",
    "time",
    "reasons",
    "notes",
    "conflicts",
    "rule",
    "expected",
    "severity",
    "confidence",
    "row",
];

/// The last ones are of findings alone.
pub(super) const COLUMNS: usize = 21;

/// What a formula begins with, in half and in full width.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Marks and joiners without a width.
const INVISIBLE: [char; 5] = ['\u{200B}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{FEFF}'];

/// One line for each mark, then one for each finding and for each answer to one, with a heading. Every cell is in
/// quotes, and what a spreadsheet would take for a formula has an apostrophe before it.
pub fn write(review: &Review) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        // Else a cell may be parted where a reader takes other signs for commas.
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    // Writing to memory cannot fail, and no line has more cells than another.
    let _ = writer.write_record(HEADING);
    for mark in &review.outcome().marks {
        let _ = writer.write_record(cells(mark, review).iter().map(|cell| harmless(cell)));
    }
    for cells in findings::lines(review) {
        let _ = writer.write_record(cells.iter().map(|cell| harmless(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn cells(mark: &Mark, review: &Review) -> [String; COLUMNS] {
    let last = decided(mark, review).last();
    let entity = mark.entity.as_ref();
    let office = mark.office.as_ref();
    let joined = |texts: Vec<String>| texts.join(" | ");
    [
        mark.start.to_string(),
        mark.end.to_string(),
        review.words(mark.start, mark.end),
        mark.kind.name().to_owned(),
        mark.state.name().to_owned(),
        mark.score.map(|score| format!("{score:.3}")).unwrap_or_default(),
        entity.map(|entity| entity.name.clone()).unwrap_or_default(),
        entity.and_then(|entity| entity.id.clone()).unwrap_or_default(),
        office.and_then(|office| office.body.clone()).unwrap_or_default(),
        office.map(|office| office.title.clone()).unwrap_or_default(),
        office.and_then(|office| office.public).map(|public| public.to_string()).unwrap_or_default(),
        last.map(|decision| decision.author.clone()).unwrap_or_default(),
        last.map(|decision| decision.time.to_string()).unwrap_or_default(),
        joined(reasons(mark, review)),
        joined(mark.notes.iter().map(|note| note.text.clone()).collect()),
        joined(mark.conflicts.iter().map(|aspect| aspect.name().to_owned()).collect()),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
        String::new(),
    ]
}

/// What the records call it.
pub(super) fn name(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Spreadsheets run what begins like this (OWASP, *CSV injection*), some of them in full width as well; and what
/// cannot be seen before it keeps none of them from it.
fn harmless(cell: &str) -> String {
    let seen =
        cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || INVISIBLE.contains(&c));
    let runs = cell.starts_with(['\t', '\r', '\n']) || seen.starts_with(FORMULA);
    if runs { format!("'{cell}") } else { cell.to_owned() }
}
