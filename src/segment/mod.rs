//! Words: jieba-rs over our dictionary asset.

mod dictionary;

use std::ops::Range;

use jieba_rs::Jieba;

pub use dictionary::Dictionary;
use dictionary::LONGEST_TAG;

use crate::text::{Gap, Normalized};

/// A word of a [`Normalized`] text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its characters.
    pub chars: Range<usize>,
    /// Its part of speech, an index for [`Segmenter::tag`].
    pub tag: u8,
}

/// Cuts text into words.
#[derive(Debug)]
pub struct Segmenter {
    jieba: Jieba,
    /// Sorted names of the parts of speech.
    tags: Vec<String>,
    /// The same as numbers, which are found sooner.
    keys: Vec<u64>,
}

/// The name of a part of speech as a number; numbers are in the order of names.
fn key(tag: &str) -> u64 {
    let mut bytes = [0; LONGEST_TAG];
    bytes.iter_mut().zip(tag.bytes()).for_each(|(to, byte)| *to = byte);
    u64::from_be_bytes(bytes)
}

impl Segmenter {
    /// Builds jieba's trie from the dictionary, by far the dearest step of start-up.
    pub fn new(dictionary: Dictionary) -> Self {
        let mut tags = dictionary.tags;
        // What jieba itself gives to words it does not have.
        tags.extend(["eng", "m", "x"].map(String::from));
        tags.sort_unstable();
        tags.dedup();
        let mut jieba = Jieba::empty();
        // Only a line it cannot parse makes this fail, and we wrote them all.
        let loaded = jieba.load_dict(&mut dictionary.lines.as_bytes());
        debug_assert!(loaded.is_ok());
        Segmenter { jieba, keys: tags.iter().map(|tag| key(tag)).collect(), tags }
    }

    /// The name of a part of speech in jieba's tag set: `n`, `nr`, `ns`, `v`, … and `x` for
    /// words the dictionary does not have.
    pub fn tag(&self, tag: u8) -> &str {
        self.tags.get(usize::from(tag)).map_or("x", String::as_str)
    }

    /// All parts of speech; a [`Word`]'s `tag` is an index into them.
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// Cuts a range of a text. White space is a border between words but for two kinds that
    /// fall inside them: a line break, and the space that pads a name of two characters
    /// (王　刚).
    pub fn words(&self, text: &Normalized, range: Range<usize>) -> Vec<Word> {
        let mut words = Vec::with_capacity(range.len());
        let mut piece = String::with_capacity(3 * range.len());
        let mut start = range.start;
        for i in range.clone() {
            if i > start && is_border(text, &range, i) {
                self.cut(&piece, start, &mut words);
                piece.clear();
                start = i;
            }
            piece.push(text.chars[i]);
        }
        self.cut(&piece, start, &mut words);
        words
    }

    fn cut(&self, piece: &str, start: usize, words: &mut Vec<Word>) {
        words.extend(self.jieba.tag(piece, true).into_iter().map(|word| {
            let tag = self.keys.binary_search(&key(word.tag));
            Word { chars: start + word.start..start + word.end, tag: tag.map_or(u8::MAX, |tag| tag as u8) }
        }));
    }
}

/// True when white space before character `i` ends a word.
fn is_border(text: &Normalized, range: &Range<usize>, i: usize) -> bool {
    match text.gaps[i] {
        Gap::None | Gap::Line => false,
        Gap::Paragraph => true,
        Gap::Space => {
            let alone_before = i == range.start + 1 || text.gaps[i - 1] != Gap::None;
            let alone_after = i + 1 >= range.end || text.gaps[i + 1] != Gap::None;
            !(is_han(text.chars[i - 1]) && is_han(text.chars[i]) && alone_before && alone_after)
        }
    }
}

/// True for Chinese characters of the basic plane.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}
