//! Whole passages against the gold, by the rules of the gold's own guideline.
//!
//! A mention counts when span and kind are exact. A predicted mention that overlaps a span
//! under `ignore` is dropped before counting. A tie between a person and a title is found
//! when a predicted one joins exactly that person's span to a title that overlaps the gold's.

use super::counts::{Counts, share};
use crate::error::{Error, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::iter::Sum;
use std::path::Path;

type Span = (u32, u32);

/// What a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Kind {
    /// A person with a public office.
    Official,
    /// Any other person.
    Person,
    /// A place.
    Place,
    /// An organization.
    Org,
}

impl Kind {
    /// Every kind, in the order of the tables.
    pub const ALL: [Kind; 4] = [Kind::Official, Kind::Person, Kind::Place, Kind::Org];

    /// What tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Official => "OFFICIAL",
            Kind::Person => "PERSON",
            Kind::Place => "PLACE",
            Kind::Org => "ORG",
        }
    }

    fn is_human(self) -> bool {
        matches!(self, Kind::Official | Kind::Person)
    }

    /// The kind when officials and other people are one.
    fn merged(self) -> Kind {
        if self.is_human() { Kind::Person } else { self }
    }
}

type Mention = (u32, u32, Kind);

/// A passage with what is true of it.
#[derive(Clone, Debug, Deserialize)]
pub struct Passage {
    /// Its name.
    pub id: String,
    /// Its text.
    pub text: String,
    #[serde(flatten)]
    truth: Spans,
    #[serde(default)]
    ignore: Vec<Span>,
}

impl Passage {
    /// The same spans in a text of the same length.
    pub fn with_text(&self, text: String) -> Self {
        Passage { text, ..self.clone() }
    }

    /// Its people: start, end, kind.
    pub fn people(&self) -> impl Iterator<Item = (u32, u32, Kind)> {
        self.truth.mentions.iter().copied().filter(|(_, _, kind)| kind.is_human())
    }

    /// Its ties: the person's span and the title's.
    pub fn ties(&self) -> Vec<(Span, Span)> {
        gold_ties(&self.truth)
    }

    /// True for a span that counts neither way.
    pub fn ignores(&self, span: Span) -> bool {
        self.ignore.iter().any(|ignored| overlap(*ignored, span))
    }

    /// The names it holds.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.truth.mentions.iter().map(|(start, end, _)| words(&self.text, *start, *end))
    }
}

/// The words that a span counted in code points marks.
pub fn words(text: &str, start: u32, end: u32) -> String {
    text.chars().skip(start as usize).take((end - start) as usize).collect()
}

/// What is found in a passage.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Spans {
    /// Start, end, kind.
    #[serde(default)]
    pub mentions: Vec<(u32, u32, Kind)>,
    #[serde(default)]
    titles: Vec<Span>,
    #[serde(default)]
    offices: Vec<(u32, u32)>,
}

/// The counts over a passage, or over several.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// By kind, in the order of [`Kind::ALL`].
    pub kinds: [Counts; 4],
    /// All kinds together.
    pub micro: Counts,
    /// Officials and other people as one kind.
    pub people: Counts,
    /// All kinds together, with people as one.
    pub merged: Counts,
    /// Ties between people and titles.
    pub ties: Ties,
}

/// Ties found and predicted; one gold tie may be found by several predictions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// In the gold.
    pub gold: u32,
    /// Of these, found.
    pub found: u32,
    /// Predicted, without those that touch what is ignored.
    pub predicted: u32,
    /// Of these, in the gold.
    pub right: u32,
}

impl Ties {
    /// The share of the gold's ties that was found.
    pub fn recall(&self) -> f64 {
        share(self.found, self.gold)
    }

    /// The share of the predicted ties that are right.
    pub fn precision(&self) -> f64 {
        share(self.right, self.predicted)
    }
}

/// Reads a gold file.
pub fn read(path: &Path) -> Result<Vec<Passage>> {
    let text = std::fs::read_to_string(path).map_err(Error::file(path))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| {
            serde_json::from_str(line).map_err(|source| Error::Json {
                path: path.into(),
                line: index + 1,
                source,
            })
        })
        .collect()
}

/// Scores answers, one per passage.
pub fn score(passages: &[Passage], answers: &[Spans]) -> Result<Vec<Score>> {
    let score = |(passage, answer): (&Passage, &Spans)| {
        let length = passage.text.chars().count() as u32;
        if let Some((start, end, _)) = answer.mentions.iter().find(|m| m.0 >= m.1 || m.1 > length) {
            let detail = format!("{}: span {start}-{end} outside the text", passage.id);
            return Err(Error::Output { command: "mingzhu annotate".into(), detail });
        }
        let mut score = Score::default();
        score.add_mentions(passage, answer);
        score.ties.add(passage, answer);
        Ok(score)
    };
    passages.iter().zip(answers).map(score).collect()
}

impl<'a> Sum<&'a Score> for Score {
    fn sum<I: Iterator<Item = &'a Score>>(all: I) -> Self {
        let mut sum = Score::default();
        for score in all {
            for (kind, counts) in sum.kinds.iter_mut().zip(score.kinds) {
                *kind += counts;
            }
            sum.micro += score.micro;
            sum.people += score.people;
            sum.merged += score.merged;
            sum.ties.gold += score.ties.gold;
            sum.ties.found += score.ties.found;
            sum.ties.predicted += score.ties.predicted;
            sum.ties.right += score.ties.right;
        }
        sum
    }
}

impl Score {
    fn add_mentions(&mut self, passage: &Passage, answer: &Spans) {
        let ignored = |m: &Mention| passage.ignore.iter().any(|span| overlap((m.0, m.1), *span));
        let gold: BTreeSet<Mention> = passage.truth.mentions.iter().copied().collect();
        let found: BTreeSet<Mention> = answer.mentions.iter().copied().filter(|m| !ignored(m)).collect();
        for (counts, kind) in self.kinds.iter_mut().zip(Kind::ALL) {
            *counts += Counts::of(&of_kind(&gold, kind), &of_kind(&found, kind));
        }
        self.micro += Counts::of(&gold, &found);
        let (gold, found) = (merge(&gold), merge(&found));
        self.merged += Counts::of(&gold, &found);
        self.people += Counts::of(&of_kind(&gold, Kind::Person), &of_kind(&found, Kind::Person));
    }
}

impl Ties {
    fn add(&mut self, passage: &Passage, answer: &Spans) {
        let gold = gold_ties(&passage.truth);
        let predicted = predicted_ties(answer);
        let same = |p: &(Span, Span), g: &(Span, Span)| p.0 == g.0 && overlap(p.1, g.1);
        let ignored =
            |tie: &(Span, Span)| passage.ignore.iter().any(|i| overlap(tie.0, *i) || overlap(tie.1, *i));
        self.gold += gold.len() as u32;
        self.found += gold.iter().filter(|g| predicted.iter().any(|p| same(p, g))).count() as u32;
        let counted = || predicted.iter().filter(|tie| !ignored(tie));
        self.predicted += counted().count() as u32;
        self.right += counted().filter(|p| gold.iter().any(|g| same(p, g))).count() as u32;
    }
}

fn gold_ties(truth: &Spans) -> Vec<(Span, Span)> {
    let people: BTreeMap<u32, Span> =
        truth.mentions.iter().filter(|m| m.2.is_human()).map(|m| (m.0, (m.0, m.1))).collect();
    let titles: BTreeMap<u32, Span> = truth.titles.iter().map(|title| (title.0, *title)).collect();
    let tie = |(person, title): &(u32, u32)| Some((*people.get(person)?, *titles.get(title)?));
    truth.offices.iter().filter_map(tie).collect()
}

/// The ties of an answer; of titles that start together the longest counts, and one that is
/// not among the titles is taken as one character long.
fn predicted_ties(answer: &Spans) -> BTreeSet<(Span, Span)> {
    let mut titles: BTreeMap<u32, u32> = BTreeMap::new();
    for (start, end) in &answer.titles {
        let longest = titles.entry(*start).or_insert(*end);
        *longest = (*longest).max(*end);
    }
    let mut ties = BTreeSet::new();
    for (person, title) in &answer.offices {
        let end = titles.get(title).copied().unwrap_or(title + 1);
        let holders = answer.mentions.iter().filter(|m| m.0 == *person && m.2.is_human());
        ties.extend(holders.map(|m| ((m.0, m.1), (*title, end))));
    }
    ties
}

/// Whether two spans share a character.
pub fn overlap(a: Span, b: Span) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn of_kind(mentions: &BTreeSet<Mention>, kind: Kind) -> BTreeSet<Mention> {
    mentions.iter().copied().filter(|m| m.2 == kind).collect()
}

fn merge(mentions: &BTreeSet<Mention>) -> BTreeSet<Mention> {
    mentions.iter().map(|(start, end, kind)| (*start, *end, kind.merged())).collect()
}

#[cfg(test)]
mod tests;
