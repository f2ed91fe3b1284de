//! The mentions of a text by what they are in it, read once for all that asks where things are.

use std::ops::Range;

use crate::article::{Kind, Mention};
use crate::text::Normalized;

/// Characters from a name to what its delegation does.
const VISIT: usize = 80;

/// True when these words, which follow a name, say in its sentence that whoever is of it comes.
pub(super) fn visits(after: impl Iterator<Item = char>) -> bool {
    let mut sentence = after.take(VISIT).take_while(|c| !matches!(c, '。' | '!' | '！' | '\n')).peekable();
    while let Some(c) = sentence.next() {
        if c == '一' && sentence.peek() == Some(&'行') {
            // 等一行八人到; 赴 and 前往 are what those say who go.
            return (sentence.skip(1).take(7).take_while(|c| !matches!(c, ',' | '，')))
                .any(|c| matches!(c, '到' | '来' | '來' | '莅'));
        }
    }
    false
}

/// A text with its mentions, as its places are resolved.
pub(super) struct Named<'a> {
    pub read: &'a Normalized,
    pub mentions: &'a [Mention],
    /// Each mention's characters.
    pub chars: Vec<Range<usize>>,
}

impl<'a> Named<'a> {
    pub fn new(read: &'a Normalized, mentions: &'a [Mention]) -> Self {
        let mut first = 0;
        let chars = (mentions.iter())
            .map(|mention| {
                // Mentions are in order, so each search goes on where the last one ended.
                first += read.starts[first..].partition_point(|start| *start < mention.start);
                let length = read.starts[first..].partition_point(|start| *start < mention.end);
                first..first + length
            })
            .collect();
        Named { read, mentions, chars }
    }

    /// A mention as it is compared: Simplified, without white space.
    pub fn written(&self, mention: usize) -> String {
        self.read.chars[self.chars[mention].clone()].iter().collect()
    }

    /// The characters from the end of a mention on, at most so many.
    pub fn after(&self, mention: usize, count: usize) -> &[char] {
        let end = self.chars[mention].end;
        &self.read.chars[end..(end + count).min(self.read.len())]
    }

    /// The characters before a mention, at most so many.
    pub fn before(&self, mention: usize, count: usize) -> &[char] {
        let start = self.chars[mention].start;
        &self.read.chars[start.saturating_sub(count)..start]
    }

    /// True for what a delegation is of that comes to where the article is: 甲市教育局一行到我市.
    pub fn is_visitor(&self, mention: usize) -> bool {
        visits(self.after(mention, VISIT).iter().copied())
    }

    /// The mention of a kind that ends where this one begins.
    pub fn adjacent_before(&self, mention: usize, kind: Kind) -> Option<usize> {
        let before = mention.checked_sub(1)?;
        let touches = self.chars[before].end == self.chars[mention].start;
        (touches && self.mentions[before].kind == kind).then_some(before)
    }
}
