//! A list of people with their offices.

use std::sync::OnceLock;

use super::Confusables;
use super::offices::differing;
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

    /// The name or alias that is this one in Simplified characters.
    pub(super) fn called(&self, simple: &str, confusables: &Confusables) -> &str {
        let names = std::iter::once(&self.name).chain(&self.aliases);
        names.into_iter().find(|name| confusables.simplified(name) == simple).unwrap_or(&self.name)
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
    /// Each name with a row, sorted.
    names: Vec<(String, u32)>,
    /// What is left of a name of which one character is left out, hashed, with where the name stands; sorted. Made when
    /// a name is looked for that is not listed.
    nearly: OnceLock<Vec<(u64, u32)>>,
}

impl Index {
    /// The rows of a name.
    fn rows(&self, name: &str) -> &[(String, u32)] {
        let from = self.names.partition_point(|(other, _)| other.as_str() < name);
        let count = self.names[from..].iter().take_while(|(other, _)| other == name).count();
        &self.names[from..from + count]
    }

    fn nearly(&self) -> &[(u64, u32)] {
        self.nearly.get_or_init(|| {
            let mut nearly = Vec::with_capacity(3 * self.names.len());
            for (at, (name, _)) in self.names.iter().enumerate() {
                if at == 0 || self.names[at - 1].0 != *name {
                    nearly.extend(opened(name).map(|open| (open, at as u32)));
                }
            }
            nearly.sort_unstable();
            nearly
        })
    }
}

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
            let mut names = Vec::with_capacity(self.rows.len());
            for (index, row) in (0..).zip(&self.rows) {
                let all = std::iter::once(&row.name).chain(&row.aliases);
                names.extend(all.map(|name| (confusables.simplified(name), index)));
            }
            names.sort_unstable();
            Index { names, nearly: OnceLock::new() }
        })
    }

    /// Whether any row says a body.
    pub(super) fn says_bodies(&self) -> bool {
        self.rows.iter().any(|row| !row.body.is_empty())
    }

    /// Whether a name is listed, which may be an alias.
    pub(super) fn lists(&self, name: &str, confusables: &Confusables) -> bool {
        !self.index(confusables).rows(&confusables.simplified(name)).is_empty()
    }

    /// The rows of a name, which may be an alias, and in Traditional characters on either side.
    pub(super) fn named(&self, name: &str, confusables: &Confusables) -> Vec<Known<'_>> {
        let rows = self.index(confusables).rows(&confusables.simplified(name));
        let rows = rows.iter().map(|(_, index)| &self.rows[*index as usize]);
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
        let index = self.index(confusables);
        let nearly = index.nearly();
        let name = confusables.simplified(name);
        let mut found: Vec<&str> = Vec::new();
        for open in opened(&name) {
            let from = nearly.partition_point(|(other, _)| *other < open);
            let same = nearly[from..].iter().take_while(|(other, _)| *other == open);
            found.extend(same.map(|(_, at)| index.names[*at as usize].0.as_str()));
        }
        // Two that hash to the same need not be.
        found.retain(|other| differing(&name, other).is_some());
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A name with each of its characters left open in turn, hashed. Of longer ones nobody could say that one is meant for another.
fn opened(name: &str) -> impl Iterator<Item = u64> {
    let length = name.chars().count();
    let count = if (2..=4).contains(&length) { length } else { 0 };
    (0..count).map(move |open| {
        let left = name.chars().enumerate().filter(|(at, _)| *at != open);
        // FNV-1a, by characters.
        left.fold(0xCBF2_9CE4_8422_2325 ^ ((length * 8 + open) as u64), |hash, (_, c)| {
            (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01B3)
        })
    })
}
