//! The dictionary asset: words in columns, decoded in one pass.
//!
//! | section | content |
//! | --- | --- |
//! | `SHAR` | for each word, how many characters it shares with the one before (1 byte) |
//! | `REST` | for each word, how many characters follow (1 byte) |
//! | `CHRS` | those characters, UTF-8 |
//! | `FREQ` | for each word, four times the base-2 logarithm of its frequency, rounded |
//! | `TAGS` | for each word, the index of its part of speech |
//! | `TAGN` | names of the parts of speech, one a line |
//! | `HMMB`, `HMME`, `HMMM`, `HMMS` | for each character from U+4E00 to U+9FD5, how probable it is where a word begins, ends, goes on, or is that character: logarithms, see [`Emissions`] |
//! | `TRAD`, `SIMP` | Traditional characters, and what each becomes |
//!
//! Words are sorted, so the columns repeat themselves and compress well.

use std::fmt::Write;

use super::Emissions;
use crate::asset::{Asset, AssetKind};
use crate::error::Result;
use crate::text::Simplifier;

/// Bytes of a part of speech's name, at most: a number holds it.
pub(super) const LONGEST_TAG: usize = 8;

/// What the dictionary asset holds, decoded.
#[derive(Debug)]
pub struct Dictionary {
    /// `word frequency tag` lines, the form jieba reads.
    pub lines: String,
    /// Names of the parts of speech.
    pub tags: Vec<String>,
    /// For words that are not in it.
    pub emissions: Emissions,
    /// Traditional → Simplified.
    pub simplifier: Simplifier,
}

impl Dictionary {
    /// Decodes the asset; `name` is what errors call it.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let asset = Asset::open(AssetKind::Dictionary, name, bytes)?;
        let tags: Vec<String> = asset.text(b"TAGN")?.lines().map(String::from).collect();
        if tags.iter().any(|tag| tag.len() > LONGEST_TAG) {
            return Err(asset.invalid(format!("parts of speech {tags:?}")));
        }
        let (traditional, simplified) = (asset.text(b"TRAD")?, asset.text(b"SIMP")?);
        let pairs = traditional.chars().zip(simplified.chars()).collect();
        let emissions = Emissions::read(&asset)?;
        Ok(Dictionary { lines: lines(&asset, &tags)?, tags, emissions, simplifier: Simplifier::new(pairs) })
    }
}

fn lines(asset: &Asset<'_>, tags: &[String]) -> Result<String> {
    let shared = asset.section(b"SHAR")?;
    let rest = asset.section(b"REST")?;
    let frequencies = asset.section(b"FREQ")?;
    let tag_of = asset.section(b"TAGS")?;
    if [rest.len(), frequencies.len(), tag_of.len()] != [shared.len(); 3] {
        return Err(asset.invalid("columns of different length"));
    }
    let mut chars = asset.text(b"CHRS")?.chars();
    let mut lines = String::with_capacity(20 * shared.len());
    let mut word: Vec<char> = Vec::new();
    for i in 0..shared.len() {
        word.truncate(usize::from(shared[i]));
        word.extend(chars.by_ref().take(usize::from(rest[i])));
        // jieba splits lines at white space; a word with some would shift the columns.
        if word.is_empty() || word.iter().any(|c| c.is_whitespace()) {
            return Err(asset.invalid(format!("word {i} is empty or has white space")));
        }
        let Some(tag) = tags.get(usize::from(tag_of[i])) else {
            return Err(asset.invalid(format!("word {i} has no part of speech")));
        };
        let frequency = 2f64.powf(f64::from(frequencies[i]) / 4.0).round() as u64;
        lines.extend(&word);
        // Writing to a String cannot fail.
        let _ = writeln!(lines, " {frequency} {tag}");
    }
    Ok(lines)
}
