//! From an anchor to a span.

use std::ops::Range;

use super::context::Context;
use super::{Anchor, Text, describe};

/// A quote that stands more often than this is not told by what is around it.
pub(super) const OCCURRENCES: usize = 2000;

/// Where an anchor's part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// In code points.
    pub span: Range<usize>,
    /// What told it.
    pub by: By,
}

/// What told where a part is, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The text is the same.
    Text,
    /// One block is the same.
    Block,
    /// The words, and enough of what stood around them.
    Quote,
}

/// Why a part was not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orphan {
    /// The words are not in the text.
    Absent,
    /// They are, but what stands around them is something else.
    Changed,
    /// They are in more than one place that could be meant.
    Ambiguous,
}

/// Looks for the part an anchor describes. Whatever is found has the anchor's very words.
pub fn find(text: &Text, anchor: &Anchor) -> Result<Found, Orphan> {
    let chars = text.chars();
    let quote: Vec<char> = anchor.exact.chars().take(chars.len() + 1).collect();
    let stands_at = |at: usize| {
        let end = at.checked_add(quote.len())?;
        (!quote.is_empty() && chars.get(at..end)? == quote).then_some(at..end)
    };
    if let Some(place) = &anchor.place {
        if place.text == text.hash()
            && let Some(span) = stands_at(text.from_utf16(place.start))
        {
            return Ok(Found { span, by: By::Text });
        }
        if let Some(block) = place.block
            && let Some(range) = text.only_block(block.hash)
            && let Some(start) = text.to_utf16(range.start).checked_add(block.start)
            && let Some(span) = stands_at(text.from_utf16(start)).filter(|span| span.end <= range.end)
        {
            return Ok(Found { span, by: By::Block });
        }
    }

    let starts = text.occurrences(&quote, OCCURRENCES).ok_or(Orphan::Ambiguous)?;
    let (before, after): (Vec<char>, Vec<char>) = (tail(&anchor.prefix), head(&anchor.suffix));
    let context = Context::new(before.iter(), after.iter());
    // The ends of the text speak against a place, never for it; and what others give as context
    // need not reach to them.
    let whole = Context::new(before.iter(), after.iter());
    let whole = if anchor.place.is_some() { whole.with_borders() } else { whole };
    let rival = anchor.place.as_ref().and_then(|place| place.rival).map_or(usize::MAX, |r| r as usize);
    let span = |start: usize| start..start + quote.len();
    let mut nearest: Option<(usize, usize, usize)> = None;
    let mut second = rival;
    // Mostly it stands somewhere just as it was described; then how near others come need not be counted.
    if let Some(start) = starts.iter().copied().find(|start| whole.stands(chars, span(*start))) {
        let others = starts.iter().filter(|other| **other != start);
        let twice = others.map(|other| span(*other)).any(|other| context.stands(chars, other));
        nearest = Some((start, 0, 0));
        second = if twice { 0 } else { rival };
    }
    let starts = if nearest.is_some() { Vec::new() } else { starts };
    for start in starts {
        let inside = context.total(chars, span(start));
        let distance = whole.total(chars, span(start));
        let other = match nearest {
            Some((_, nearer, _)) if nearer <= distance => inside,
            _ => nearest.replace((start, distance, inside)).map_or(usize::MAX, |(.., inside)| inside),
        };
        second = second.min(other);
    }
    let (start, distance, _) = nearest.ok_or(Orphan::Absent)?;
    // We said all there was; another text may say the same of somebody else.
    let told_all = anchor.place.is_some() && context.is_little();
    if told_all || !context.is_kept(context.distance(chars, start..start + quote.len())) {
        return Err(Orphan::Changed);
    }
    // Nearer to what was described than half way to any other place, then or now: the other
    // place itself can never be taken for it.
    if 2 * distance >= second {
        return Err(Orphan::Ambiguous);
    }
    Ok(Found { span: start..start + quote.len(), by: By::Quote })
}

/// An anchor that others made of words and their position alone, with all that can be said of the place: for when it
/// comes in, while the text is still the one it was made of. `None` when it says more, when its words do not
/// stand there, or stand at two places that could be meant: some count code points, as the specification has it,
/// some UTF-16 units.
pub fn pin(text: &Text, anchor: &Anchor) -> Option<Anchor> {
    let bare = anchor.prefix.is_empty() && anchor.suffix.is_empty() && anchor.place.is_none();
    let start = anchor.position.as_ref().filter(|_| bare)?.start;
    let quote: Vec<char> = anchor.exact.chars().take(text.len() + 1).collect();
    let stands = |at: &usize| text.chars().get(*at..).is_some_and(|rest| rest.starts_with(&quote));
    let units = u32::try_from(start).ok().map(|units| (units, text.from_utf16(units)));
    let units = units.filter(|(units, at)| text.to_utf16(*at) == *units).map(|(_, at)| at);
    let mut places = [Some(start), units].into_iter().flatten().filter(stands);
    let place = places.next()?;
    if places.any(|other| other != place) {
        return None;
    }
    describe(text, place..place + quote.len())
}

/// More than is ever looked at, less than a page can choke on.
const LONGEST: usize = 256;

fn head(text: &str) -> Vec<char> {
    text.chars().take(LONGEST).collect()
}

fn tail(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().rev().take(LONGEST).collect();
    chars.reverse();
    chars
}
