//! Where a term may stand: the longest name wins, and no name begins or ends within a word.
//!
//! | the text | the term | it wins | for |
//! | --- | --- | --- | --- |
//! | 滨州市妇联 | 滨州 | no | the model is sure of the longer name |
//! | 王强调 | 王强 | no | 强调 is a word |
//! | 王强强调 | 王强 | yes | though the model may have marked 王强强 |
//! | 妇联主席 | 妇联 | yes | what is left of the title stays one |
//! | …北京 ¶ 大学… | 北京大学 | no | words of two paragraphs are no name; 滨 ¶ 州 can be |

use std::ops::Range;

use super::{Terms, label};
use crate::article::Kind;
use crate::segment::{Segmenter, Word};
use crate::tagger::{Label, TaggedSpan};
use crate::text::{Gap, Normalized};

/// From this on a longer name of the model stands against a term in it.
const SURE: f32 = 0.5;

/// A text with the terms in it.
#[derive(Debug)]
pub(crate) struct Placed {
    /// What is marked now, in order.
    pub spans: Vec<TaggedSpan>,
    /// Those of them that are officials by their term.
    pub officials: Vec<Range<usize>>,
}

impl Terms {
    /// Marks the terms of a text over what the model has marked in its sentences. Spans count
    /// characters of the whole text; those found are sorted.
    pub fn place(
        &self,
        text: &Normalized,
        sentences: &[Range<usize>],
        found: Vec<TaggedSpan>,
        segmenter: &Segmenter,
    ) -> Placed {
        let mut ground =
            Ground { text, sentences, found: &found, words: Words::new(segmenter, sentences.len()) };
        let end = sentences.last().map_or(0, |sentence| sentence.end);
        let mut known: Vec<TaggedSpan> = Vec::new();
        let mut officials = Vec::new();
        let mut at = 0;
        while at < end {
            let mut terms =
                self.beginning(&text.chars[at..end]).map(|(length, kind)| (at..at + length, kind));
            let Some((chars, kind)) = terms.find(|(chars, _)| ground.bears(chars)) else {
                at += 1;
                continue;
            };
            at = chars.end;
            if kind == Kind::Official {
                officials.push(chars.clone());
            }
            known.push(TaggedSpan { chars, label: label(kind), score: 1.0 });
        }
        let left: Vec<TaggedSpan> = found.into_iter().filter_map(|span| beside(span, &known, text)).collect();
        Placed { spans: in_order(known, left), officials }
    }
}

/// Two lists in order as one.
fn in_order(some: Vec<TaggedSpan>, others: Vec<TaggedSpan>) -> Vec<TaggedSpan> {
    let mut all = Vec::with_capacity(some.len() + others.len());
    let mut some = some.into_iter().peekable();
    for other in others {
        while let Some(one) = some.next_if(|one| one.chars.start < other.chars.start) {
            all.push(one);
        }
        all.push(other);
    }
    all.extend(some);
    all
}

/// What the terms, in order, leave of a span: all of it, an end of a title, or nothing.
fn beside(mut span: TaggedSpan, terms: &[TaggedSpan], text: &Normalized) -> Option<TaggedSpan> {
    let Range { start, end } = span.chars;
    let first = terms.partition_point(|term| term.chars.end <= start);
    let touching = terms[first..].iter().take_while(|term| term.chars.start < end);
    if touching.clone().next().is_none() {
        return Some(span);
    }
    if span.label != Label::Title {
        return None;
    }
    for term in touching {
        if term.chars.start > span.chars.start {
            span.chars.end = term.chars.start;
            break;
        }
        span.chars.start = term.chars.end.min(end);
    }
    let is_mark = |at: usize| !text.chars[at].is_alphanumeric();
    while !span.chars.is_empty() && is_mark(span.chars.start) {
        span.chars.start += 1;
    }
    while !span.chars.is_empty() && is_mark(span.chars.end - 1) {
        span.chars.end -= 1;
    }
    (!span.chars.is_empty()).then_some(span)
}

/// What a term has to fit into.
struct Ground<'a> {
    text: &'a Normalized,
    sentences: &'a [Range<usize>],
    /// What the model has marked.
    found: &'a [TaggedSpan],
    words: Words<'a>,
}

impl Ground<'_> {
    /// Whether a term may stand here.
    fn bears(&mut self, term: &Range<usize>) -> bool {
        let first = self.found.partition_point(|span| span.chars.end <= term.start);
        let found = self.found;
        let touched = found[first..].iter().take_while(|span| span.chars.start < term.end);
        let mut longer = touched.filter(|span| span.chars.start < term.start || term.end < span.chars.end);
        !longer.any(|span| self.stands_against(span, term))
            && [term.start, term.end].into_iter().all(|edge| self.is_edge(edge))
            && term.clone().skip(1).all(|at| self.runs_on(at))
    }

    /// Whether a span that reaches beyond the term is what stands here.
    fn stands_against(&mut self, span: &TaggedSpan, term: &Range<usize>) -> bool {
        let around = span.chars.start < term.start && term.end < span.chars.end;
        if span.label == Label::Title {
            return around && span.score >= SURE;
        }
        let whole = [span.chars.start, span.chars.end].into_iter().all(|edge| !self.is_within_word(edge));
        // Two witnesses of half a certainty each: the model marks the longer name, and jieba
        // sees no border where the term would cut it.
        let cuts =
            [term.start, term.end].into_iter().filter(|cut| span.chars.start < *cut && *cut < span.chars.end);
        whole && (span.score >= SURE || cuts.into_iter().any(|cut| self.word_around(cut).is_some()))
    }

    /// Whether a name may begin or end here: the model says so, or no word goes on.
    fn is_edge(&mut self, at: usize) -> bool {
        let next = self.found.partition_point(|span| span.chars.end < at);
        let mut near = self.found[next..].iter().take(2);
        near.any(|span| span.chars.start == at || span.chars.end == at) || !self.is_within_word(at)
    }

    /// Whether a name may go on over the gap before a character. Pages break names across
    /// paragraphs as across lines, but what are words on both sides are just that.
    fn runs_on(&mut self, at: usize) -> bool {
        self.text.gaps[at] != Gap::Paragraph
            || [at - 1, at]
                .into_iter()
                .any(|beside| self.word_of(beside).is_none_or(|word| word.chars.len() == 1))
    }

    /// Whether a word that the dictionary has begins before and ends behind. Of those it has
    /// not, jieba has only guessed the borders.
    fn is_within_word(&mut self, at: usize) -> bool {
        let Some(tag) = self.word_around(at).map(|word| word.tag) else { return false };
        self.words.segmenter.tag(tag) != "x"
    }

    fn word_around(&mut self, at: usize) -> Option<&Word> {
        self.word_of(at).filter(|word| word.chars.start < at)
    }

    /// The word that a character is of.
    fn word_of(&mut self, at: usize) -> Option<&Word> {
        let index = self.sentences.partition_point(|sentence| sentence.end <= at);
        let words = self.words.of(index, self.text, self.sentences.get(index)?);
        words.get(words.partition_point(|word| word.chars.end <= at))
    }
}

/// The words of those sentences that were asked for.
struct Words<'a> {
    segmenter: &'a Segmenter,
    /// By sentence; no sentence is without words, so that none means not yet.
    cut: Vec<Vec<Word>>,
}

impl<'a> Words<'a> {
    fn new(segmenter: &'a Segmenter, sentences: usize) -> Self {
        Words { segmenter, cut: vec![Vec::new(); sentences] }
    }

    fn of(&mut self, index: usize, text: &Normalized, sentence: &Range<usize>) -> &[Word] {
        if self.cut[index].is_empty() {
            self.cut[index] = self.segmenter.words(text, sentence.clone());
        }
        &self.cut[index]
    }
}
