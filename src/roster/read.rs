//! Reading lists: CSV with a heading, or JSON.

use std::borrow::Cow;

use serde_json::Value;

use super::{Roster, RosterError, Row};
use crate::date::Date;

/// No list is larger, in bytes.
const LARGEST: usize = 32 << 20;

/// No list has more rows.
const MOST: usize = 1_000_000;

/// No name is longer, in characters.
const LONGEST: usize = 64;

/// What lists write for an office that has not ended.
const OPEN: [&str; 8] = ["至今", "今", "现任", "在任", "now", "present", "-", "—"];

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Aliases,
    Body,
    Title,
    Rank,
    From,
    To,
}

const COLUMNS: [(Column, &[&str]); 7] = [
    (Column::Name, &["name", "姓名", "名字"]),
    (Column::Aliases, &["aliases", "alias", "别名", "曾用名"]),
    (Column::Body, &["body", "organization", "单位", "机构", "部门"]),
    (Column::Title, &["title", "office", "职务", "职位"]),
    (Column::Rank, &["rank", "order", "排序", "排名", "序号"]),
    (Column::From, &["from", "since", "任职", "任职时间", "起"]),
    (Column::To, &["to", "until", "离任", "离任时间", "止"]),
];

fn column(heading: &str) -> Option<Column> {
    let heading = heading.trim().to_lowercase();
    COLUMNS.iter().find(|(_, names)| names.contains(&heading.as_str())).map(|(column, _)| *column)
}

impl Roster {
    /// Reads a list. Columns stand in any order, others are left alone; several rows of one name are
    /// several offices. Days may be months or years.
    ///
    /// # Errors
    ///
    /// [`RosterError`], with line and column.
    pub fn read(text: &str) -> Result<Self, RosterError> {
        if text.len() > LARGEST {
            return Err(RosterError::TooLarge { found: text.len(), limit: LARGEST });
        }
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        // What is left of a file that was read as UTF-8 and is something else.
        if let Some(at) = text.find('\u{FFFD}') {
            let (line, column) = Lines::new(text).place(at);
            return Err(RosterError::Encoding { line, column });
        }
        let json = text.trim_start().starts_with(['[', '{']);
        Ok(Roster::new(if json { from_json(text)? } else { from_csv(text)? }))
    }
}

fn from_csv(text: &str) -> Result<Vec<Row>, RosterError> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut records = reader.records();
    let mut read = |lines: &Lines<'_>| match records.next() {
        None => Ok(None),
        Some(Ok(record)) => Ok(Some(record)),
        Some(Err(error)) => {
            let at = error.position().map_or(0, |position| position.byte() as usize);
            let (line, column) = lines.place(at);
            Err(RosterError::Form { line, column, detail: error.to_string() })
        }
    };
    let lines = Lines::new(text);
    let headless =
        || RosterError::Form { line: 1, column: 1, detail: "the heading has no name (姓名)".into() };
    let heading = read(&lines)?.ok_or_else(headless)?;
    let columns: Vec<Option<Column>> = heading.iter().map(column).collect();
    if !columns.contains(&Some(Column::Name)) {
        return Err(headless());
    }
    let mut rows = Vec::new();
    while let Some(record) = read(&lines)? {
        let at = lines.begin(record.position().map_or(0, |position| position.byte() as usize));
        let line = lines.line(at);
        if rows.len() == MOST {
            return Err(RosterError::TooMany { line, limit: MOST });
        }
        let mut row = Row { line, ..Row::default() };
        for (index, column) in columns.iter().enumerate() {
            let (Some(column), Some(value)) = (column, record.get(index)) else { continue };
            set(&mut row, *column, value.trim()).map_err(|fault| fault.at(lines.cell(at, index), value))?;
        }
        if row.name.is_empty() {
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let index = columns.iter().position(|column| *column == Some(Column::Name)).unwrap_or_default();
            return Err(Fault::Name.at(lines.cell(at, index), ""));
        }
        if is_reversed(&row) {
            let index = columns.iter().position(|column| *column == Some(Column::To)).unwrap_or_default();
            let found = record.get(index).unwrap_or_default();
            return Err(Fault::Period.at(lines.cell(at, index), found));
        }
        rows.push(row);
    }
    Ok(rows)
}

fn from_json(text: &str) -> Result<Vec<Row>, RosterError> {
    let lines = Lines::new(text);
    let items: Vec<&serde_json::value::RawValue> =
        serde_json::from_str(text).map_err(|error| lines.form(&error))?;
    let mut rows = Vec::new();
    for item in items {
        // Raw values borrow from the text: where they begin says where they stand.
        let at = item.get().as_ptr() as usize - text.as_ptr() as usize;
        let place = lines.place(at);
        if rows.len() == MOST {
            return Err(RosterError::TooMany { line: place.0, limit: MOST });
        }
        let form = |detail: &str| RosterError::Form { line: place.0, column: place.1, detail: detail.into() };
        let value: Value = serde_json::from_str(item.get()).map_err(|error| form(&detail(&error)))?;
        let Value::Object(pairs) = value else { return Err(form("a row is an object")) };
        let mut row = Row { line: place.0, ..Row::default() };
        for (key, value) in &pairs {
            let Some(column) = column(key) else { continue };
            // The first time the key stands there: good enough to find it by.
            let inside = item.get().find(&format!("\"{key}\"")).unwrap_or_default();
            let place = lines.place(at + inside);
            let value: Cow<'_, str> = match value {
                Value::String(text) => text.trim().into(),
                Value::Number(number) => number.to_string().into(),
                Value::Null => continue,
                Value::Array(items) if column == Column::Aliases => {
                    items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";").into()
                }
                other => {
                    return Err(RosterError::Form {
                        line: place.0,
                        column: place.1,
                        detail: format!("{key} is text, not {other}"),
                    });
                }
            };
            set(&mut row, column, &value).map_err(|fault| fault.at(place, &value))?;
        }
        if row.name.is_empty() {
            return Err(Fault::Name.at(place, ""));
        }
        if is_reversed(&row) {
            return Err(Fault::Period.at(place, &row.to.map(|to| to.to_string()).unwrap_or_default()));
        }
        rows.push(row);
    }
    Ok(rows)
}

/// What a reader of JSON says, without the place, which is told apart.
fn detail(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or(said.clone(), |(detail, _)| detail.to_owned())
}

/// What is wrong with a cell.
#[derive(Clone, Copy)]
enum Fault {
    Name,
    Day,
    Rank,
    Period,
}

impl Fault {
    fn at(self, (line, column): (usize, usize), found: &str) -> RosterError {
        let found: String = found.chars().take(80).collect();
        match self {
            Fault::Name => RosterError::Name { line, column, found },
            Fault::Day => RosterError::Day { line, column, found },
            Fault::Rank => RosterError::Rank { line, column, found },
            Fault::Period => RosterError::Period { line, column, found },
        }
    }
}

fn set(row: &mut Row, column: Column, value: &str) -> Result<(), Fault> {
    match column {
        Column::Name => row.name = name(value)?,
        Column::Aliases => {
            let parts = value.split([';', '；', '、', '|']).map(str::trim).filter(|alias| !alias.is_empty());
            row.aliases = parts.map(name).collect::<Result<_, _>>()?;
        }
        Column::Body => row.body = plain(value),
        Column::Title => row.title = value.to_owned(),
        _ if value.is_empty() => {}
        Column::Rank => row.rank = Some(value.parse().map_err(|_| Fault::Rank)?),
        Column::From => row.from = Some(day(value, "-01", "-01").ok_or(Fault::Day)?),
        Column::To if OPEN.contains(&value) => {}
        Column::To => row.to = Some(day(value, "-12", "-31").ok_or(Fault::Day)?),
    }
    Ok(())
}

/// Whether an office ends before it begins.
fn is_reversed(row: &Row) -> bool {
    row.from.zip(row.to).is_some_and(|(from, to)| to < from)
}

/// Lists pad names of two characters with space.
fn plain(value: &str) -> String {
    value.chars().filter(|c| !c.is_whitespace()).collect()
}

fn name(value: &str) -> Result<String, Fault> {
    let foreign = value.is_ascii();
    let name = if foreign { value.to_owned() } else { plain(value) };
    let fine = name.chars().any(char::is_alphabetic)
        && !name.chars().any(char::is_control)
        && name.chars().nth(LONGEST).is_none();
    if fine { Ok(name) } else { Err(Fault::Name) }
}

/// A day; of a month or a year the one that is asked for.
fn day(value: &str, month: &str, last: &str) -> Option<Date> {
    let value = value.replace(['/', '.', '年', '月'], "-").replace('日', "");
    let mut parts = value.trim_end_matches('-').split('-').map(|part| format!("{part:0>2}"));
    let year = parts.next().filter(|year| year.len() == 4)?;
    let month = parts.next().map_or(month.to_owned(), |given| format!("-{given}"));
    let day = parts.next().map(|day| format!("-{day}"));
    if parts.next().is_some() {
        return None;
    }
    let whole = |day: &str| format!("{year}{month}{day}").parse().ok();
    match day {
        Some(day) => whole(&day),
        // The last day that the month has.
        None if last == "-31" => ["-31", "-30", "-29", "-28"].into_iter().find_map(whole),
        None => whole(last),
    }
}

/// Where bytes stand, as editors count.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Lines { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    /// Where a record begins: behind the line ends that its reader has not counted yet.
    fn begin(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.len() - rest.trim_start_matches(['\r', '\n']).len()
    }

    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).max(1)
    }

    /// What is no JSON, and where: its reader counts bytes.
    fn form(&self, error: &serde_json::Error) -> RosterError {
        let line = error.line().max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(self.text.len());
        let end = (start + error.column().saturating_sub(1)).min(self.text.len());
        let (line, column) =
            self.place((0..=end).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0));
        RosterError::Form { line, column, detail: detail(error) }
    }

    fn place(&self, at: usize) -> (usize, usize) {
        let line = self.line(at);
        let before = self.text.get(self.starts[line - 1]..at).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// Where a cell of the record that begins at `at` stands.
    fn cell(&self, at: usize, index: usize) -> (usize, usize) {
        let rest = self.text.get(at..).unwrap_or_default();
        let mut quoted = false;
        let mut commas = 0;
        for (offset, c) in rest.char_indices() {
            if commas == index {
                return self.place(at + offset);
            }
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => commas += 1,
                _ => {}
            }
        }
        self.place(at + rest.len())
    }
}
