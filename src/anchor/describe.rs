//! From a span to an anchor.

use std::ops::Range;

use super::context::{Context, REACH};
use super::find::OCCURRENCES;
use super::{Anchor, Block, Place, Text};

/// A block that holds less besides the quote says too little to be told by its hash.
const TELLING: usize = 16;

/// Says where a span of code points is, without white space at its ends; `None` when there is nothing else in it.
pub fn describe(text: &Text, span: Range<usize>) -> Option<Anchor> {
    let chars = text.chars();
    let part = chars.get(span.clone())?;
    let start = span.start + part.iter().position(|c| !c.is_whitespace())?;
    let end = span.end - part.iter().rev().position(|c| !c.is_whitespace())?;
    let quote = &chars[start..end];
    let (first, last) = (far(chars[..start].iter().rev()), far(chars[end..].iter()));
    let (first, last) = (whole(chars, start - first), whole(chars, end + last));

    let context = Context::around(chars, start..end);
    let others = text.occurrences(quote, OCCURRENCES);
    // So many that they were not compared: it may well stand like this twice.
    let rival = others.map_or(Some(0), |others| {
        let others = others.into_iter().filter(|other| *other != start);
        others.map(|other| context.total(chars, other..other + quote.len()) as u32).min()
    });
    let block = text.block(&(start..end)).filter(|(block, hash)| {
        let besides = chars[block.clone()].iter().filter(|c| !c.is_whitespace()).count();
        besides >= quote.len() + TELLING && text.only_block(*hash).is_some()
    });
    let (utf16, position) = (text.to_utf16(start)..text.to_utf16(end), Some(start..end));
    let place = Place {
        block: block
            .map(|(block, hash)| Block { hash: *hash, start: utf16.start - text.to_utf16(block.start) }),
        start: utf16.start,
        end: utf16.end,
        text: text.hash(),
        rival,
    };
    let of = |span: Range<usize>| chars[span].iter().collect();
    Some(Anchor {
        exact: of(start..end),
        prefix: of(first..start),
        suffix: of(end..last),
        position,
        place: Some(place),
    })
}

/// How many characters hold as many as we look at that are not white space.
fn far<'a>(chars: impl Iterator<Item = &'a char>) -> usize {
    let mut seen = 0;
    let near = chars.take(3 * REACH).take_while(|c| {
        seen += usize::from(!c.is_whitespace());
        seen <= REACH
    });
    near.count()
}

/// The nearest place at or before one that parts no character from its marks.
fn whole(chars: &[char], at: usize) -> usize {
    let joins = |at: usize| {
        chars.get(at).is_some_and(|c| is_mark(*c))
            || (at > 0 && chars[at - 1] == '\u{200D}' && at < chars.len())
    };
    (at.saturating_sub(8)..=at).rev().find(|at| !joins(*at)).unwrap_or(at)
}

/// Combining marks, variation selectors, joiners and tones of skin.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36F}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{302A}'..='\u{302F}'
            | '\u{3099}'..='\u{309A}'
            | '\u{200D}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FE20}'..='\u{FE2F}'
            | '\u{1F3FB}'..='\u{1F3FF}'
            | '\u{E0100}'..='\u{E01EF}'
    )
}
