//! A text in which anchors are made and looked for.

use std::ops::Range;

use super::hash::hash;

/// A text with its blocks: what empty lines part. Spans are in code points.
#[derive(Debug)]
pub struct Text {
    chars: Vec<char>,
    /// Where characters stand that UTF-16 writes with two units.
    wide: Vec<u32>,
    hash: u64,
    blocks: Vec<(Range<usize>, u64)>,
}

impl Text {
    /// Reads a text.
    pub fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let wide = (0u32..).zip(&chars).filter(|(_, c)| c.len_utf16() == 2).map(|(at, _)| at).collect();
        let mut blocks = Vec::new();
        let mut start = 0;
        while start < chars.len() {
            let rest = &chars[start..];
            let end =
                rest.windows(2).position(|two| two == ['\n', '\n']).map_or(chars.len(), |at| start + at);
            blocks.push((start..end, hash(chars[start..end].iter().copied())));
            start = end + 2;
        }
        Text { hash: hash(chars.iter().copied()), chars, wide, blocks }
    }

    /// Number of code points.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// True when there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// Where an offset in UTF-16 units is; between two halves, where their character begins.
    pub fn from_utf16(&self, offset: u32) -> usize {
        let before = halve(self.wide.len(), |at| self.wide[at] + (at as u32) < offset);
        (offset as usize - before).min(self.chars.len())
    }

    /// An offset in UTF-16 units.
    pub fn to_utf16(&self, at: usize) -> u32 {
        (at + self.wide.partition_point(|wide| (*wide as usize) < at)) as u32
    }

    pub(super) fn chars(&self) -> &[char] {
        &self.chars
    }

    /// Tells it from other texts.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// The block that holds a span whole.
    pub(super) fn block(&self, span: &Range<usize>) -> Option<&(Range<usize>, u64)> {
        let next = self.blocks.partition_point(|(block, _)| block.end < span.end);
        self.blocks.get(next).filter(|(block, _)| block.start <= span.start && span.end <= block.end)
    }

    /// The block with this hash, if it is the only one.
    pub(super) fn only_block(&self, hash: u64) -> Option<&Range<usize>> {
        let mut found = self.blocks.iter().filter(|(_, other)| *other == hash).map(|(block, _)| block);
        let block = found.next()?;
        found.next().is_none().then_some(block)
    }

    /// Where a quote begins, at most `limit` times; `None` when it is more often.
    pub(super) fn occurrences(&self, quote: &[char], limit: usize) -> Option<Vec<usize>> {
        let Some((first, rest)) = quote.split_first() else { return Some(Vec::new()) };
        let mut found = Vec::new();
        for (at, c) in self.chars.iter().enumerate() {
            if c == first && self.chars[at + 1..].starts_with(rest) {
                if found.len() == limit {
                    return None;
                }
                found.push(at);
            }
        }
        Some(found)
    }
}

/// How many of `0..count` hold, those that do coming first.
fn halve(count: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
