//! What was marked in sentences that were read before: a page that changes a paragraph has the
//! others read only once.

use std::collections::HashMap;
use std::ops::Range;

use super::TaggedSpan;
use crate::text::{Gap, Normalized};

/// The sentences of the texts that were read last. To be forgotten when what is known beforehand
/// changes.
#[derive(Debug, Default)]
pub struct Memory {
    /// By what the model reads of them.
    sentences: HashMap<Box<[char]>, Known>,
    /// Counts the texts.
    text: u32,
}

#[derive(Debug)]
struct Known {
    /// From the sentence's start.
    spans: Vec<TaggedSpan>,
    /// The text that had it last.
    text: u32,
}

impl Memory {
    /// What is marked in a sentence, in characters from its start, if it was read before.
    pub(crate) fn recall(&mut self, text: &Normalized, sentence: Range<usize>) -> Option<&[TaggedSpan]> {
        let known = self.sentences.get_mut(&as_read(text, sentence)[..])?;
        known.text = self.text;
        Some(&known.spans)
    }

    /// Keeps what is marked in a sentence.
    pub(crate) fn keep(&mut self, text: &Normalized, sentence: Range<usize>, spans: Vec<TaggedSpan>) {
        self.sentences.insert(as_read(text, sentence).into(), Known { spans, text: self.text });
    }

    /// Forgets the sentences that the text which ends here did not have.
    pub(crate) fn end(&mut self) {
        let text = self.text;
        self.sentences.retain(|_, known| known.text == text);
        self.text = text.wrapping_add(1);
    }

    /// How many sentences it holds.
    pub fn len(&self) -> usize {
        self.sentences.len()
    }

    /// True when it holds none.
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }
}

/// A sentence's characters with the white space within, of each kind one.
fn as_read(text: &Normalized, sentence: Range<usize>) -> Vec<char> {
    let mut read = Vec::with_capacity(sentence.len() + 8);
    for i in sentence.clone() {
        match text.gaps[i] {
            _ if i == sentence.start => {}
            Gap::None => {}
            Gap::Space => read.push(' '),
            Gap::Line => read.push('\n'),
            Gap::Paragraph => read.push('\u{2029}'),
        }
        read.push(text.chars[i]);
    }
    read
}
