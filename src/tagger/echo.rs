//! Names found again: what an article surely names once, it names wherever it says it.
//!
//! The model reads a sentence at a time and is of two minds about the same name in another
//! one. A reader is not.

use std::collections::HashMap;
use std::ops::Range;

use super::{Label, TaggedSpan};
use crate::gazetteer::Lexicon;
use crate::segment::Segmenter;
use crate::text::{Gap, Normalized};

/// A name must have been as sure as this somewhere.
const SURE: f32 = 0.9;

/// Further spans of `text`: the sure names among `found` wherever else they stand between the
/// borders of words. They have the score `again`. Spans count characters of the whole text;
/// those found are sorted.
pub fn echoes(
    text: &Normalized,
    sentences: &[Range<usize>],
    found: &[TaggedSpan],
    segmenter: &Segmenter,
    again: f32,
) -> Vec<TaggedSpan> {
    let mut sure: HashMap<String, Label> = HashMap::new();
    let mut doubtful = Vec::new();
    for span in found.iter().filter(|span| span.label != Label::Title && span.chars.len() >= 2) {
        let name: String = text.chars[span.chars.clone()].iter().collect();
        match sure.get(&name) {
            Some(label) if *label != span.label => doubtful.push(name),
            None if span.score >= SURE => {
                sure.insert(name, span.label);
            }
            _ => {}
        }
    }
    for name in doubtful {
        sure.remove(&name);
    }
    if sure.is_empty() {
        return Vec::new();
    }
    let names = Lexicon::new(sure.keys().map(String::as_str));
    let mut echoes = Vec::new();
    let mut taken = found.iter().map(|span| span.chars.clone()).peekable();
    for sentence in sentences {
        let mut borders: Option<Vec<usize>> = None;
        let mut i = sentence.start;
        while i < sentence.end {
            while taken.next_if(|span| span.end <= i).is_some() {}
            let free = taken.peek().map_or(sentence.end, |span| span.start.min(sentence.end));
            if i >= free {
                i = taken.peek().map_or(sentence.end, |span| span.end);
                continue;
            }
            let Some(length) = names.longest(&text.chars[i..free]) else {
                i += 1;
                continue;
            };
            let borders = borders.get_or_insert_with(|| {
                let words = segmenter.words(text, sentence.clone());
                words.iter().map(|word| word.chars.start).chain([sentence.end]).collect()
            });
            let name: String = text.chars[i..i + length].iter().collect();
            let on_borders = [i, i + length].iter().all(|at| borders.binary_search(at).is_ok());
            let in_one_block = !text.gaps[i + 1..i + length].contains(&Gap::Paragraph);
            match sure.get(&name).filter(|_| on_borders && in_one_block) {
                Some(label) => {
                    echoes.push(TaggedSpan { chars: i..i + length, label: *label, score: again });
                    i += length;
                }
                None => i += 1,
            }
        }
    }
    echoes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::{Dictionary, Emissions};
    use crate::text::Simplifier;

    /// What is found again in two sentences, when the first names of a kind are found.
    fn again(text: &str, found: &[(&str, Label, f32)]) -> Vec<(usize, String)> {
        let lines =
            "江城 900 ns\n江城市 900 ns\n市民 900 n\n走进 900 v\n了解 900 v\n东海 900 ns\n大学 900 n\n";
        let simplifier = Simplifier::default();
        let dictionary = Dictionary {
            lines: lines.into(),
            tags: ["n", "ns", "v"].map(String::from).into(),
            emissions: Emissions::default(),
            simplifier: simplifier.clone(),
        };
        let read = simplifier.normalize(text);
        let half = read.chars.iter().position(|c| *c == '。').map_or(read.len(), |stop| stop + 1);
        let sentences: Vec<Range<usize>> =
            [0..half, half..read.len()].into_iter().filter(|s| !s.is_empty()).collect();
        let mut from = 0;
        let spans: Vec<TaggedSpan> = (found.iter())
            .map(|(name, label, score)| {
                let name: Vec<char> = name.chars().collect();
                let at =
                    read.chars[from..].windows(name.len()).position(|window| window == name).unwrap() + from;
                from = at + name.len();
                TaggedSpan { chars: at..from, label: *label, score: *score }
            })
            .collect();
        let found = echoes(&read, &sentences, &spans, &Segmenter::new(dictionary), 0.5);
        found.into_iter().map(|span| (span.chars.start, read.chars[span.chars].iter().collect())).collect()
    }

    #[test]
    fn a_sure_name_is_found_wherever_it_stands() {
        let found = again("走进江城、了解江城。江城大学", &[("江城", Label::Place, 0.99)]);
        assert_eq!(found, [(7, "江城".to_owned()), (10, "江城".to_owned())]);
    }

    #[test]
    fn what_is_marked_stays_as_it_is() {
        let marks = [("江城", Label::Place, 0.99), ("江城大学", Label::Organization, 0.9)];
        assert!(again("走进江城。江城大学", &marks).is_empty());
    }

    #[test]
    fn a_doubtful_name_is_not_repeated() {
        assert!(again("走进江城。了解江城", &[("江城", Label::Place, 0.8)]).is_empty());
        let two = [("江城", Label::Place, 0.99), ("江城", Label::Organization, 0.99)];
        assert!(again("走进江城，江城。了解江城", &two).is_empty());
    }

    #[test]
    fn a_part_of_a_word_is_no_name() {
        assert!(again("了解东海。江城市民", &[("东海", Label::Place, 0.99)]).is_empty());
        assert!(again("走进市民。江城市", &[("市民", Label::Person, 0.99)]).is_empty());
        assert!(again("走进江城。了解江城市", &[("江城", Label::Place, 0.99)]).is_empty());
    }
}
