//! The columns that `mingzhu-training features` wrote: one file a column, sentences end to end.

use std::ops::Range;
use std::path::{Path, PathBuf};

use mingzhu::tagger::TAGS;

use crate::{Error, Result};

/// Rows of the character table before those of the vocabulary: padding, any other character.
const RESERVED: u32 = 2;
pub const UNKNOWN: u32 = 1;

/// Sentences of one set.
pub struct Columns {
    /// Where each sentence lies in the columns.
    pub sentences: Vec<Range<usize>>,
    pub guidelines: Vec<u8>,
    /// Rows of the character table.
    pub chars: Vec<u32>,
    pub bigrams: Vec<u16>,
    pub words: Vec<u8>,
    pub lexicon: [Vec<u8>; 4],
    pub gaps: Vec<u8>,
    pub tags: Vec<u8>,
    pub unsure: Vec<u8>,
    /// A teacher's probability of each tag in 255ths, characters × tags; empty without one.
    pub soft: Vec<u8>,
}

/// Characters with a row of their own, sorted.
#[derive(Clone, Debug, PartialEq)]
pub struct Vocabulary(pub Vec<u32>);

impl Vocabulary {
    /// Those that the sets have at least so often together, each with its own number.
    pub fn count(sets: &[(PathBuf, u32)]) -> Result<Self> {
        let mut kept = std::collections::BTreeSet::new();
        for (folder, least) in sets {
            let mut counts = std::collections::HashMap::new();
            for c in numbers(folder, "chars.u32")? {
                *counts.entry(c).or_insert(0u32) += 1;
            }
            kept.extend(counts.into_iter().filter(|(_, count)| count >= least).map(|(c, _)| c));
        }
        Ok(Vocabulary(kept.into_iter().collect()))
    }

    /// Rows of the character table.
    pub fn rows(&self) -> usize {
        self.0.len() + RESERVED as usize
    }

    fn row(&self, c: u32) -> u32 {
        self.known(c).unwrap_or(UNKNOWN)
    }

    /// The row of its own that a character has.
    pub fn known(&self, c: impl Into<u32>) -> Option<u32> {
        self.0.binary_search(&c.into()).ok().map(|index| index as u32 + RESERVED)
    }
}

impl Columns {
    pub fn read(folder: &Path, vocabulary: &Vocabulary) -> Result<Self> {
        let mut end = 0;
        let sentences: Vec<Range<usize>> = numbers(folder, "lengths.u32")?
            .into_iter()
            .map(|length| {
                end += length as usize;
                end - length as usize..end
            })
            .collect();
        let column = |name: &str| bytes(folder, name);
        let [lex0, lex1, lex2, lex3] = [0, 1, 2, 3].map(|i| column(&format!("lexicon{i}.u8")));
        let soft = folder.join("soft.u8");
        let columns = Columns {
            guidelines: column("guidelines.u8")?,
            chars: numbers(folder, "chars.u32")?.into_iter().map(|c| vocabulary.row(c)).collect(),
            bigrams: (column("bigrams.u16")?.chunks_exact(2))
                .map(|b| u16::from_le_bytes([b[0], b[1]]))
                .collect(),
            words: column("words.u8")?,
            lexicon: [lex0?, lex1?, lex2?, lex3?],
            gaps: column("gaps.u8")?,
            tags: column("tags.u8")?,
            unsure: column("unsure.u8")?,
            soft: if soft.exists() { column("soft.u8")? } else { Vec::new() },
            sentences,
        };
        let fits = columns.chars.len() == end
            && columns.tags.len() == end
            && columns.guidelines.len() == columns.sentences.len()
            && (columns.soft.is_empty() || columns.soft.len() == end * TAGS);
        if !fits {
            return Err(Error::Columns { folder: folder.into() });
        }
        Ok(columns)
    }

    pub fn characters(&self) -> usize {
        self.chars.len()
    }
}

/// A column as it lies there.
pub fn bytes(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let path = folder.join(name);
    std::fs::read(&path).map_err(|cause| Error::File { path, cause })
}

fn numbers(folder: &Path, name: &str) -> Result<Vec<u32>> {
    let bytes = bytes(folder, name)?;
    Ok(bytes.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
}
