//! Words: jieba-rs over our dictionary asset.

mod dictionary;
#[cfg(test)]
mod tests;
mod unknown;

use std::ops::Range;

use jieba_rs::{Jieba, Tag};

pub use dictionary::Dictionary;
use dictionary::LONGEST_TAG;
pub use unknown::Emissions;

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
    emissions: Emissions,
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
        let emissions = dictionary.emissions;
        Segmenter { jieba, emissions, keys: tags.iter().map(|tag| key(tag)).collect(), tags }
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
        let mut line = String::with_capacity(3 * range.len());
        let mut start = range.start;
        for i in range.clone() {
            if i > start && is_border(text, &range, i) {
                self.cut(&text.chars[start..i], start, &mut line, &mut words);
                start = i;
            }
        }
        self.cut(&text.chars[start..range.end], start, &mut line, &mut words);
        words
    }

    /// Cuts a piece of text by the dictionary, and what that leaves in single characters by the model
    /// of unknown words, as jieba does. `line` is for its own use.
    fn cut(&self, piece: &[char], start: usize, line: &mut String, words: &mut Vec<Word>) {
        line.clear();
        line.extend(piece);
        let known = self.jieba.tag(line, false);
        for run in known.chunk_by(|a, b| self.is_loose(a) && self.is_loose(b)) {
            let (first, last) = (&run[0], &run[run.len() - 1]);
            if run.len() == 1 || self.jieba.has_word(&line[first.byte_start..last.byte_end]) {
                let word = |word: &Tag<'_>| (start + word.start..start + word.end, self.number(word.tag));
                words.extend(run.iter().map(word).map(|(chars, tag)| Word { chars, tag }));
                continue;
            }
            let mut rest = run.iter().peekable();
            self.emissions.cut(&piece[first.start..last.end], |found| {
                let found = first.start + found.start..first.start + found.end;
                while rest.next_if(|word| word.start < found.start).is_some() {}
                let same = rest.peek().filter(|word| word.start == found.start && word.end == found.end);
                let tag =
                    same.map_or_else(|| self.tag_of(&piece[found.clone()]), |word| self.number(word.tag));
                words.push(Word { chars: start + found.start..start + found.end, tag });
            });
        }
    }

    fn number(&self, tag: &str) -> u8 {
        self.keys.binary_search(&key(tag)).map_or(u8::MAX, |tag| tag as u8)
    }

    /// True when the dictionary has made no word of it: one character, or letters and digits, which
    /// jieba joins.
    fn is_loose(&self, word: &Tag<'_>) -> bool {
        let mut chars = word.word.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => is_in_words(c),
            _ => {
                word.word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !self.jieba.has_word(word.word)
            }
        }
    }

    /// The part of speech of a word that was not found by the dictionary, and may be in it.
    fn tag_of(&self, word: &[char]) -> u8 {
        let text: String = word.iter().collect();
        if self.jieba.has_word(&text)
            && let [known] = &self.jieba.tag(&text, false)[..]
        {
            return self.number(known.tag);
        }
        let (mut letters, mut digits) = (false, false);
        for c in word {
            letters |= c.is_ascii_alphabetic();
            digits |= c.is_ascii_digit();
        }
        self.number(if letters {
            "eng"
        } else if digits {
            "m"
        } else {
            "x"
        })
    }
}

/// True for what jieba makes words of; all else is a word by itself.
fn is_in_words(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-')
        || matches!(c,
            '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{2A6DF}'
            | '\u{2A700}'..='\u{2B81F}'
            | '\u{2B820}'..='\u{2CEAF}'
            | '\u{2CEB0}'..='\u{2EBEF}'
            | '\u{2F800}'..='\u{2FA1F}')
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
