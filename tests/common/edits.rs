//! Texts as somebody edits them, each character with where it came from.

use std::ops::Range;

/// A character, and where it, or what it is a copy of, stood in the text at first.
type Traced = (char, Option<Origin>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Origin {
    at: usize,
    copy: bool,
}

/// A text that remembers.
#[derive(Clone, Debug)]
pub struct Edited(Vec<Vec<Traced>>);

/// What is done to a text. Numbers mean whatever paragraph or place there is, counted round.
#[derive(Clone, Debug)]
pub enum Edit {
    Insert { at: usize, text: String },
    Delete { at: usize },
    Move { from: usize, to: usize },
    Copy { from: usize, to: usize },
    Replace { at: usize, from: usize, length: usize, by: String },
    Split { at: usize, inside: usize },
    Join { at: usize },
}

impl Edited {
    pub fn new(text: &str) -> Self {
        let mut at = 0;
        let paragraph = |paragraph: &str| {
            let chars: Vec<Traced> = (paragraph.chars().enumerate())
                .map(|(i, c)| (c, Some(Origin { at: at + i, copy: false })))
                .collect();
            at += chars.len() + 2;
            chars
        };
        Edited(text.split("\n\n").map(paragraph).collect())
    }

    pub fn apply(&mut self, edit: &Edit) {
        let paragraphs = &mut self.0;
        let count = paragraphs.len();
        let fresh = |text: &str| text.chars().map(|c| (c, None)).collect::<Vec<Traced>>();
        match edit {
            Edit::Insert { at, text } => paragraphs.insert(at % (count + 1), fresh(text)),
            _ if count == 0 => {}
            Edit::Delete { at } => drop(paragraphs.remove(at % count)),
            Edit::Move { from, to } => {
                let moved = paragraphs.remove(from % count);
                paragraphs.insert(to % count, moved);
            }
            Edit::Copy { from, to } => {
                let copied = |from: Option<Origin>| Some(Origin { copy: true, ..from? });
                let copy = paragraphs[from % count].iter().map(|(c, from)| (*c, copied(*from))).collect();
                paragraphs.insert(to % (count + 1), copy);
            }
            Edit::Replace { at, from, length, by } => {
                let paragraph = &mut paragraphs[at % count];
                let from = from % (paragraph.len() + 1);
                let end = paragraph.len().min(from + length);
                paragraph.splice(from..end, fresh(by));
            }
            Edit::Split { at, inside } => {
                let paragraph = &mut paragraphs[at % count];
                let rest = paragraph.split_off(inside % (paragraph.len() + 1));
                paragraphs.insert(at % count + 1, rest);
            }
            Edit::Join { at } if count > 1 => {
                let next = paragraphs.remove(at % (count - 1) + 1);
                paragraphs[at % (count - 1)].extend(next);
            }
            Edit::Join { .. } => {}
        }
    }

    pub fn text(&self) -> String {
        self.traced().into_iter().map(|(c, _)| c).collect()
    }

    /// Where a span of the text at first is now, if it is still whole.
    pub fn now(&self, span: Range<usize>) -> Option<Range<usize>> {
        let traced = self.traced();
        let first = Some(Origin { at: span.start, copy: false });
        let start = traced.iter().position(|(_, from)| *from == first)?;
        let now = start..start + span.len();
        let here = (traced.get(now.clone())?.iter()).all(|(_, from)| from.is_some_and(|from| !from.copy));
        (here && self.comes_from(&now, &span)).then_some(now)
    }

    /// Whether a span of this text is one of the text at first, or a copy of it. Where there is a copy
    /// nobody could tell which of the two was there before.
    pub fn comes_from(&self, is: &Range<usize>, was: &Range<usize>) -> bool {
        let traced = &self.traced()[is.clone()];
        traced.len() == was.len()
            && traced.iter().zip(was.clone()).all(|((_, from), was)| from.is_some_and(|from| from.at == was))
    }

    fn traced(&self) -> Vec<Traced> {
        let mut text: Vec<Traced> = Vec::new();
        for (number, paragraph) in self.0.iter().enumerate() {
            if number > 0 {
                // What was between two paragraphs still is where they stand together as they did.
                let before = text.last().and_then(|(_, from)| *from);
                let after = paragraph.first().and_then(|(_, from)| *from);
                let border = before.filter(|before| after == Some(Origin { at: before.at + 3, ..*before }));
                let between = |step| Some(Origin { at: border?.at + step, copy: border?.copy });
                text.extend([1, 2].map(|step| ('\n', between(step))));
            }
            text.extend(paragraph);
        }
        text
    }
}
