//! The mentions of a text by what they are in it, read once for all that asks where things are.

use std::ops::Range;

use crate::article::{Kind, Mention};
use crate::text::Normalized;

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

    /// The mention of a kind that ends where this one begins.
    pub fn adjacent_before(&self, mention: usize, kind: Kind) -> Option<usize> {
        let before = mention.checked_sub(1)?;
        let touches = self.chars[before].end == self.chars[mention].start;
        (touches && self.mentions[before].kind == kind).then_some(before)
    }
}
