//! Sentences: what the model reads at a time.

use std::ops::Range;

use super::{Gap, Normalized};

/// No sentence is longer that has any place to cut; the longest in news are about half of it.
const LENGTH: usize = 240;
/// No sentence is longer at all: lists of members can be names without anything between, where
/// any cut may fall into one.
const MAX_LENGTH: usize = 1000;
/// A headline or list entry shorter than this may be half a sentence that a line break cut.
const MIN_BEFORE_CUT: usize = 40;

/// Cuts a text into sentences of at most 1,000 characters, as ranges of characters that cover
/// it in order.
///
/// A sentence ends after 。！？ and the closing marks that follow. A gap alone ends none,
/// because pages break names across lines and even paragraphs; of 240 characters without a
/// full stop the last paragraph, semicolon, line, comma or space ends one, in that order.
pub fn sentences(text: &Normalized) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let limit = text.len().min(start + LENGTH);
        let end = match full_stop(text, start, limit) {
            Some(end) => end,
            None if limit == text.len() => limit,
            None => best_cut(text, start, limit).unwrap_or_else(|| {
                let limit = text.len().min(start + MAX_LENGTH);
                full_stop(text, start, limit).or_else(|| best_cut(text, start, limit)).unwrap_or(limit)
            }),
        };
        found.push(start..end);
        start = end;
    }
    found
}

/// The end of the first sentence that ends within `start..limit`.
fn full_stop(text: &Normalized, start: usize, limit: usize) -> Option<usize> {
    let stop = (start..limit).find(|&i| matches!(text.chars[i], '。' | '!' | '?' | '…'))?;
    let closes = |i: &usize| matches!(text.chars[*i], '。' | '!' | '?' | '…' | '”' | '’' | ')' | '》');
    Some((stop + 1..limit).take_while(closes).last().map_or(stop + 1, |last| last + 1))
}

/// Where to cut a piece that has no full stop.
fn best_cut(text: &Normalized, start: usize, limit: usize) -> Option<usize> {
    let from = start + MIN_BEFORE_CUT;
    let last = |holds: &dyn Fn(usize) -> bool| (from..limit).rev().find(|&i| holds(i));
    let after = |marks: &'static [char]| move |i: usize| marks.contains(&text.chars[i - 1]);
    last(&|i| text.gaps[i] == Gap::Paragraph)
        .or_else(|| last(&after(&[';'])))
        .or_else(|| last(&|i| text.gaps[i] == Gap::Line))
        .or_else(|| last(&after(&[','])))
        .or_else(|| last(&after(&['、', ':'])))
        .or_else(|| last(&|i| text.gaps[i] == Gap::Space))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::Simplifier;

    fn cut(text: &str) -> Vec<String> {
        let read = Simplifier::default().normalize(text);
        sentences(&read).into_iter().map(|range| read.chars[range].iter().collect()).collect()
    }

    #[test]
    fn a_full_stop_takes_its_closing_marks_along() {
        assert_eq!(cut("他说：“来吧。”然后走了！真的？！"), ["他说:“来吧。”", "然后走了!", "真的?!"]);
    }

    #[test]
    fn a_name_that_a_line_breaks_stays_in_one_sentence() {
        assert_eq!(cut("瞄准重点群体,滨\n\n州在全市开展测评。"), ["瞄准重点群体,滨州在全市开展测评。"]);
    }

    #[test]
    fn what_has_no_full_stop_is_cut_where_it_hurts_least() {
        let headline = "一".repeat(100);
        let lines = format!("{headline}\n\n{headline}\n{headline}");
        assert_eq!(cut(&lines).iter().map(|s| s.chars().count()).collect::<Vec<_>>(), [100, 200]);
    }

    #[test]
    fn a_list_without_anything_between_stays_whole() {
        let list = "丁卯许谦".repeat(150);
        assert_eq!(cut(&format!("{list}。另一句。")), [format!("{list}。"), "另一句。".into()]);
    }

    proptest! {
        #[test]
        fn sentences_cover_the_text_in_order(text in "(?s:[一二，。！\\n 、；]|.){0,900}") {
            let read = Simplifier::default().normalize(&text);
            let mut end = 0;
            for sentence in sentences(&read) {
                prop_assert_eq!(sentence.start, end);
                prop_assert!((1..=MAX_LENGTH).contains(&sentence.len()));
                end = sentence.end;
            }
            prop_assert_eq!(end, read.len());
        }
    }
}
