//! What the model is told of each character.
//!
//! Training and inference share this code: `training/` writes what [`Features`] holds and
//! learns from it, so the two cannot drift apart.

use std::ops::Range;

use crate::gazetteer::{Gazetteer, Lexical};
use crate::segment::Segmenter;
use crate::text::Normalized;

/// Values of [`Features::bigrams`]. A model's table may have fewer rows, a power of two: then
/// the highest bits count.
pub const BIGRAM_HASHES: u32 = 1 << 16;
/// Values of [`Features::words`]: four positions in a word for each group of parts of speech.
pub const WORD_VALUES: u8 = 4 * TAG_GROUPS.len() as u8;
/// Values of each of [`Features::lexicon`]: no match, or the position in one.
pub const LEXICON_VALUES: u8 = 5;
/// The first of them that is a match.
const MATCH: u8 = 1;
/// Values of [`Features::gaps`].
pub const GAP_VALUES: u8 = 4;

/// Parts of speech the model tells apart, by the beginning of jieba's tag; the first that
/// fits counts, and the last fits all. `x` comes first: words the dictionary does not have.
const TAG_GROUPS: [&str; 20] = [
    "x", "nr", "ns", "nt", "nz", "n", "t", "vn", "v", "a", "d", "m", "q", "r", "p", "j", "f", "eng", "u", "",
];

/// Indices into the model's tables, one a character.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// The character itself, digits and Latin letters folded.
    pub chars: Vec<char>,
    /// Hash of the character and the one before it, below [`BIGRAM_HASHES`].
    pub bigrams: Vec<u32>,
    /// Position in jieba's word and its part of speech, below [`WORD_VALUES`].
    pub words: Vec<u8>,
    /// Position in the longest known word of each class of [`Lexical::ALL`], below
    /// [`LEXICON_VALUES`].
    pub lexicon: [Vec<u8>; 4],
    /// White space before the character, below [`GAP_VALUES`].
    pub gaps: Vec<u8>,
}

impl Features {
    /// Reads a sentence: a range of characters of a text.
    pub fn read(
        text: &Normalized,
        sentence: Range<usize>,
        segmenter: &Segmenter,
        gazetteer: &Gazetteer,
    ) -> Features {
        let chars: Vec<char> = text.chars[sentence.clone()].iter().map(|c| fold(*c)).collect();
        let before = std::iter::once('\n').chain(chars.iter().copied());
        let bigrams = before.zip(&chars).map(|(a, b)| hash_bigram(a, *b)).collect();
        let mut words = vec![0; chars.len()];
        for word in segmenter.words(text, sentence.clone()) {
            let inside = word.chars.start - sentence.start..word.chars.end - sentence.start;
            let group = tag_group(segmenter.tag(word.tag));
            write_positions(&mut words[inside], 4 * group);
        }
        let raw = &text.chars[sentence.clone()];
        let lexicon = Lexical::ALL.map(|class| {
            let lexicon = gazetteer.lexicon(class);
            let mut values = vec![0; raw.len()];
            let mut i = 0;
            while i < raw.len() {
                match lexicon.longest(&raw[i..]) {
                    Some(length) => {
                        write_positions(&mut values[i..i + length], MATCH);
                        i += length;
                    }
                    None => i += 1,
                }
            }
            values
        });
        let mut gaps: Vec<u8> = text.gaps[sentence].iter().map(|gap| *gap as u8).collect();
        // What stands before a sentence is not the sentence's own.
        if let Some(first) = gaps.first_mut() {
            *first = 0;
        }
        Features { chars, bigrams, words, lexicon, gaps }
    }

    /// True when the characters are one known word of a class.
    pub(super) fn is_known(&self, class: Lexical, chars: Range<usize>) -> bool {
        let mut word = vec![0; chars.len()];
        write_positions(&mut word, MATCH);
        self.lexicon[class as usize][chars] == word
    }
}

/// Writes begin, middle, end or single, counted from `base`.
fn write_positions(values: &mut [u8], base: u8) {
    let (begin, middle, end, single) = (base, base + 1, base + 2, base + 3);
    match values {
        [] => {}
        [only] => *only = single,
        [first, inner @ .., last] => {
            *first = begin;
            inner.fill(middle);
            *last = end;
        }
    }
}

fn tag_group(tag: &str) -> u8 {
    let group = TAG_GROUPS.iter().position(|group| tag.starts_with(group));
    group.unwrap_or(TAG_GROUPS.len() - 1) as u8
}

/// Numbers differ without end and mean the same to the model; so do Latin letters, but for
/// their case.
fn fold(c: char) -> char {
    match c {
        '0'..='9' => '0',
        'a'..='z' => 'a',
        'A'..='Z' => 'A',
        _ => c,
    }
}

/// A bigram as a number below [`BIGRAM_HASHES`], spread by a multiplicative hash (Knuth, TAOCP 3, 6.4).
pub fn hash_bigram(a: char, b: char) -> u32 {
    let key = (a as u32).wrapping_mul(0x9E37_79B1) ^ (b as u32).wrapping_mul(0x85EB_CA77);
    (key ^ (key >> 15)).wrapping_mul(0xC2B2_AE3D) >> (32 - BIGRAM_HASHES.trailing_zeros())
}
