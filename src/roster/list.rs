//! A list of people with their offices.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::date::Date;

/// One office of one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the list, from 1.
    pub line: usize,
    /// The person.
    pub name: String,
    /// What else the person is called.
    pub aliases: Vec<String>,
    /// The body; empty where the list does not say.
    pub body: String,
    /// The title, or several with 、 between; empty where the list does not say.
    pub title: String,
    /// The place in the order of leaders, 1 for the first.
    pub rank: Option<u32>,
    /// The first day in office; of a month or a year its first.
    pub from: Option<Date>,
    /// The last day in office; of a month or a year its last.
    pub to: Option<Date>,
}

impl Row {
    /// Whether the office was held on a day; on no day in particular it was.
    pub fn holds_on(&self, date: Option<Date>) -> bool {
        let Some(date) = date else { return true };
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }

    /// The posts of the title.
    pub fn posts(&self) -> impl Iterator<Item = &str> {
        self.title
            .split(['、', '，', ',', '；', ';', ' ', '\u{3000}'])
            .map(str::trim)
            .filter(|post| !post.is_empty())
    }
}

/// A list of people with their offices.
#[derive(Debug, Default)]
pub struct Roster {
    rows: Vec<Row>,
    by_name: HashMap<String, Vec<u32>>,
    /// Names of which one character is left open, made when a name is looked for that is not listed.
    nearly: OnceLock<HashMap<String, Vec<String>>>,
}

/// What stands for the character that is left open.
const OPEN: char = '\u{FFFC}';

impl Roster {
    pub(super) fn new(rows: Vec<Row>) -> Self {
        let mut by_name: HashMap<String, Vec<u32>> = HashMap::with_capacity(rows.len());
        for (index, row) in (0..).zip(&rows) {
            for name in std::iter::once(&row.name).chain(&row.aliases) {
                by_name.entry(name.clone()).or_default().push(index);
            }
        }
        Roster { rows, by_name, nearly: OnceLock::new() }
    }

    /// All rows, in the order of the list.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows of a name, which may be an alias.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Row> {
        self.by_name.get(name).into_iter().flatten().map(|index| &self.rows[*index as usize])
    }

    /// Names that differ from this one in exactly one character.
    pub(super) fn near(&self, name: &str) -> Vec<&str> {
        let nearly = self.nearly.get_or_init(|| {
            let mut nearly: HashMap<String, Vec<String>> = HashMap::new();
            for name in self.by_name.keys() {
                for open in opened(name) {
                    nearly.entry(open).or_default().push(name.clone());
                }
            }
            nearly
        });
        let found = opened(name).into_iter().filter_map(|open| nearly.get(&open)).flatten();
        let mut found: Vec<&str> = found.map(String::as_str).filter(|other| *other != name).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A name with each of its characters left open in turn. Of longer ones nobody could say that one is meant for another.
fn opened(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    if !(2..=4).contains(&chars.len()) {
        return Vec::new();
    }
    (0..chars.len())
        .map(|open| chars.iter().enumerate().map(|(at, c)| if at == open { OPEN } else { *c }).collect())
        .collect()
}
