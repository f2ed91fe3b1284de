//! The article as humans have left it: what is checked and what others go on with.

mod entities;
mod ties;

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Mark, Review, State};
use crate::article::{Article, Mention, OffsetUnit, Span, Title};

/// A machine's article and what has become of its mentions.
struct Reviewed<'a> {
    machine: &'a Article,
    /// What stands in the text, by start, and none over another.
    marks: Vec<&'a Mark>,
    /// Where a machine's mention is now.
    place: HashMap<u32, u32>,
    words: Words,
}

/// A text with the bytes of its offsets.
struct Words {
    text: String,
    /// For each UTF-16 unit its byte, and one more for the end.
    bytes: Vec<u32>,
}

impl Words {
    fn new(units: &[u16]) -> Self {
        let text = String::from_utf16_lossy(units);
        let mut bytes = Vec::with_capacity(units.len() + 1);
        for (at, c) in text.char_indices() {
            bytes.extend(std::iter::repeat_n(at as u32, c.len_utf16()));
        }
        bytes.push(text.len() as u32);
        Words { text, bytes }
    }

    fn byte(&self, unit: u32) -> u32 {
        self.bytes.get(unit as usize).copied().unwrap_or(self.text.len() as u32)
    }

    fn unit(&self, byte: u32) -> u32 {
        self.bytes.partition_point(|at| *at < byte) as u32
    }

    /// The words of a span without white space.
    fn plain(&self, start: u32, end: u32) -> String {
        let words = self.text.get(self.byte(start) as usize..self.byte(end) as usize);
        words.unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect()
    }
}

/// True for what stands in the text: what a human has rejected does not, nor what had to give way.
fn stands(mark: &Mark) -> bool {
    matches!(mark.state, State::Open | State::Confirmed | State::Changed | State::Added)
}

/// True where a mark says nothing but what the machine has said.
fn is_machines(mark: &Mark, machine: &Article) -> bool {
    let mention = mark.mention.and_then(|index| machine.mentions.get(index as usize));
    mention.is_some_and(|mention| {
        (mention.start, mention.end, mention.kind) == (mark.start, mark.end, mark.kind)
            && mark.entity.is_none()
            && mark.office.is_none()
    })
}

impl Review {
    /// The article as humans have left it: without what they rejected, with what they added, and of the kind, extent, meaning
    /// and office that they gave. What nobody touched stays as the machine has it. Offices of names that
    /// humans marked are read from the text as the machine's are; an office that a human gave without its
    /// words in the text stands at the name itself.
    pub fn reviewed(&self) -> Cow<'_, Article> {
        let machine = self.article();
        let marks: Vec<&Mark> = self.outcome().marks.iter().filter(|mark| stands(mark)).collect();
        if marks.len() == machine.mentions.len() && marks.iter().all(|mark| is_machines(mark, machine)) {
            return Cow::Borrowed(machine);
        }
        let place = (0..).zip(&marks).filter_map(|(now, mark)| Some((mark.mention?, now))).collect();
        Cow::Owned(Reviewed { machine, marks, place, words: Words::new(&self.words) }.article())
    }
}

impl Reviewed<'_> {
    fn article(&self) -> Article {
        let mentions: Vec<Mention> = self.marks.iter().map(|mark| mention(mark)).collect();
        let length = self.machine.length;
        let mut article = Article { unit: OffsetUnit::Utf16, mentions, ..Article::empty(length) };
        article.date = self.machine.date;
        article.home.clone_from(&self.machine.home);
        self.offices(&mut article);
        let moved = self.entities(&mut article);
        article.references.clone_from(&self.machine.references);
        for reference in &mut article.references {
            reference.entity = reference.entity.and_then(|entity| moved.get(entity as usize).copied()?);
        }
        article
    }

    /// The machine's titles, but for those that a human's name covers, with where each is now.
    fn titles(&self) -> (Vec<Title>, HashMap<u32, u32>) {
        let covered = |title: &Title| {
            let at = self.marks.partition_point(|mark| mark.end <= title.start);
            self.marks.get(at).is_some_and(|mark| mark.start < title.end)
        };
        let mut titles: Vec<(u32, &Title)> = (0..)
            .zip(&self.machine.titles)
            .filter(|(_, title)| title.start < title.end && title.end <= self.machine.length)
            .filter(|(_, title)| !covered(title))
            .collect();
        titles.sort_by_key(|(_, title)| title.start);
        titles.dedup_by(|(_, next), (_, before)| next.start < before.end);
        let place = (0..).zip(&titles).map(|(now, (was, _))| (*was, now)).collect();
        (titles.into_iter().map(|(_, title)| title.clone()).collect(), place)
    }

    fn is_machines(&self, mention: u32) -> bool {
        self.marks.get(mention as usize).is_some_and(|mark| is_machines(mark, self.machine))
    }
}

fn mention(mark: &Mark) -> Mention {
    let Mark { start, end, kind, score, .. } = *mark;
    // What only a human says, a human is sure of.
    Mention { start, end, kind, score: score.unwrap_or(1.0), entity: 0 }
}

fn span(mark: &Mark) -> Span {
    Span { start: mark.start, end: mark.end }
}

#[cfg(test)]
mod tests;
