//! A text view together with what was found in it.

use web_sys::{Document, Node, Range};

use super::hit_test::{caret_at, holds};
use super::lookup::Spans;
use super::text_view::TextView;
use crate::article::{Article, Entity, Kind, Office};

/// An office in words, as a card shows it.
#[derive(PartialEq)]
pub(super) struct OfficeWords {
    pub title: String,
    /// The body or place it is held at.
    pub at: Option<String>,
}

/// See the module.
pub(super) struct Reading {
    view: TextView,
    article: Article,
    spans: Spans,
    /// By mention; `None` where the page has changed meanwhile.
    ranges: Vec<Option<Range>>,
}

impl Reading {
    pub fn new(document: &Document, view: TextView, article: Article) -> Self {
        let spans = Spans::new(article.mentions.iter().map(|m| (m.start, m.end)).collect());
        let ranges = article.mentions.iter().map(|m| view.range(document, m.start, m.end)).collect();
        Reading { view, article, spans, ranges }
    }

    pub fn article(&self) -> &Article {
        &self.article
    }

    pub fn kind(&self, mention: u32) -> Kind {
        self.article.mentions[mention as usize].kind
    }

    /// The kind under which the index lists what the mention refers to.
    pub fn entity_of(&self, mention: u32) -> u32 {
        self.article.mentions[mention as usize].entity
    }

    pub fn entity(&self, entity: u32) -> &Entity {
        &self.article.entities[entity as usize]
    }

    pub fn range(&self, mention: u32) -> Option<&Range> {
        self.ranges.get(mention as usize)?.as_ref()
    }

    /// The ranges of all mentions, with their kinds.
    pub fn ranges(&self) -> impl Iterator<Item = (Kind, &Range)> {
        self.article
            .mentions
            .iter()
            .zip(&self.ranges)
            .filter_map(|(m, range)| Some((m.kind, range.as_ref()?)))
    }

    /// The ranges of an entity's mentions, with their kinds.
    pub fn ranges_of(&self, entity: u32) -> impl Iterator<Item = (Kind, &Range)> {
        let mentions = self.entity(entity).mentions.iter();
        mentions.filter_map(|&mention| Some((self.kind(mention), self.range(mention)?)))
    }

    /// The mention drawn under a point.
    pub fn mention_at(&self, document: &Document, x: f64, y: f64) -> Option<u32> {
        let (node, offset): (Node, u32) = caret_at(document, x, y)?;
        let offset = self.view.offset(&node, offset)?;
        let mut near = self.spans.touching(offset).map(|mention| mention as u32);
        near.find(|&mention| self.range(mention).is_some_and(|range| holds(range, x, y)))
    }

    /// The offices a person holds, each once, in the order of the text.
    pub fn offices(&self, entity: u32) -> Vec<OfficeWords> {
        let mut offices = Vec::new();
        for &office in &self.entity(entity).offices {
            if let Some(office) = self.article.offices.get(office as usize) {
                let words = self.words(office);
                if !offices.contains(&words) {
                    offices.push(words);
                }
            }
        }
        offices
    }

    /// Who holds an office at this body or place: name and title.
    pub fn holders(&self, entity: u32) -> Vec<(String, String)> {
        let mut holders = Vec::new();
        for office in &self.article.offices {
            let at = office.body.or(office.place);
            if at.is_some_and(|mention| self.entity_of(mention) == entity) {
                let holder =
                    (self.entity(self.entity_of(office.person)).name.clone(), self.words(office).title);
                if !holders.contains(&holder) {
                    holders.push(holder);
                }
            }
        }
        holders
    }

    fn words(&self, office: &Office) -> OfficeWords {
        let title = &self.article.titles[office.title as usize];
        let at = office.body.or(office.place);
        OfficeWords {
            title: one_line(&self.view.slice(title.start, title.end)),
            at: at.map(|mention| self.entity(self.entity_of(mention)).name.clone()),
        }
    }
}

/// Without the line breaks the page may have inside a title.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).collect()
}
