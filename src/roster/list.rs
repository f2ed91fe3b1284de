//! A list of people with their offices.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::Confusables;
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
        const BETWEEN: [char; 9] = ['、', '，', ',', '；', ';', '兼', '暨', ' ', '\u{3000}'];
        self.title.split(BETWEEN).map(str::trim).filter(|post| !post.is_empty())
    }
}

/// A row in Simplified characters, as articles are compared with it.
#[derive(Debug)]
pub(super) struct Known<'a> {
    pub row: &'a Row,
    pub name: String,
    pub body: String,
    pub posts: Vec<String>,
}

/// A list of people with their offices.
#[derive(Debug, Default)]
pub struct Roster {
    rows: Vec<Row>,
    /// Made by the first check.
    index: OnceLock<Index>,
}

/// Rows by names in Simplified characters.
#[derive(Debug)]
struct Index {
    by_name: HashMap<String, Vec<u32>>,
    /// Names of which one character is left open, made when a name is looked for that is not listed.
    nearly: OnceLock<HashMap<String, Vec<String>>>,
}

/// What stands for the character that is left open.
const OPEN: char = '\u{FFFC}';

impl Roster {
    pub(super) fn new(rows: Vec<Row>) -> Self {
        Roster { rows, index: OnceLock::new() }
    }

    /// All rows, in the order of the list.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    fn index(&self, confusables: &Confusables) -> &Index {
        self.index.get_or_init(|| {
            let mut by_name: HashMap<String, Vec<u32>> = HashMap::with_capacity(self.rows.len());
            for (index, row) in (0..).zip(&self.rows) {
                for name in std::iter::once(&row.name).chain(&row.aliases) {
                    by_name.entry(confusables.simplified(name)).or_default().push(index);
                }
            }
            Index { by_name, nearly: OnceLock::new() }
        })
    }

    /// Whether any row says a body.
    pub(super) fn says_bodies(&self) -> bool {
        self.rows.iter().any(|row| !row.body.is_empty())
    }

    /// Whether a name is listed, which may be an alias.
    pub(super) fn lists(&self, name: &str, confusables: &Confusables) -> bool {
        self.index(confusables).by_name.contains_key(&confusables.simplified(name))
    }

    /// The rows of a name, which may be an alias, and in Traditional characters on either side.
    pub(super) fn named(&self, name: &str, confusables: &Confusables) -> Vec<Known<'_>> {
        let rows = self.index(confusables).by_name.get(&confusables.simplified(name));
        let rows = rows.into_iter().flatten().map(|index| &self.rows[*index as usize]);
        rows.map(|row| Known {
            row,
            name: confusables.simplified(&row.name),
            body: confusables.simplified(&row.body),
            posts: row.posts().map(|post| confusables.simplified(post)).collect(),
        })
        .collect()
    }

    /// Names, in Simplified characters, that differ from this one in exactly one.
    pub(super) fn near(&self, name: &str, confusables: &Confusables) -> Vec<&str> {
        let Index { by_name, nearly } = self.index(confusables);
        let nearly = nearly.get_or_init(|| {
            let mut nearly: HashMap<String, Vec<String>> = HashMap::new();
            for name in by_name.keys() {
                for open in opened(name) {
                    nearly.entry(open).or_default().push(name.clone());
                }
            }
            nearly
        });
        let name = confusables.simplified(name);
        let found = opened(&name).into_iter().filter_map(|open| nearly.get(&open)).flatten();
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
