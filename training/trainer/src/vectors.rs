//! What words mean, from vectors that were learned elsewhere: where the tables of characters and
//! bigrams begin. A bigram that the text shows twice is then not far from one it shows often.

use std::path::Path;

use faer::{Mat, MatRef, Side};
use mingzhu::tagger::{BIGRAM_HASHES, hash_bigram};

use crate::columns::Vocabulary;
use crate::parameters::{Layout, Shape};
use crate::{Error, Result};

/// Longest word that says something of its characters.
const LONGEST: usize = 6;
/// How much a word of its own says of a character, against a word around it.
const ALONE: f64 = 8.0;
/// How much a longer word says of a bigram, against one of two characters.
const AROUND: f64 = 0.5;
/// Spread of the rows that are set.
const CHAR_SPREAD: f64 = 0.3;
const BIGRAM_SPREAD: f64 = 0.15;

/// Words, the commonest first, and their vectors, words × dimensions.
pub struct Vectors {
    words: Vec<String>,
    values: Mat<f64>,
}

impl Vectors {
    /// Reads the binary form of word2vec: a line with two numbers, then each word, a space and
    /// its little-endian floats. The vectors are brought to length one and their mean to zero.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = std::fs::read(path).map_err(|cause| Error::File { path: path.into(), cause })?;
        Self::parse(&bytes).ok_or_else(|| Error::Vectors { path: path.into() })
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (head, mut rest) = split(bytes, b'\n')?;
        let mut numbers = std::str::from_utf8(head).ok()?.split_whitespace().map(str::parse::<usize>);
        let (count, size) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        // What the header promises must be there before room is made for it.
        if size == 0 || count.checked_mul(size)?.checked_mul(4)? > rest.len() {
            return None;
        }
        let mut words = Vec::with_capacity(count);
        let mut values = Mat::zeros(count, size);
        for row in 0..count {
            let (word, after) = split(rest, b' ')?;
            let (floats, after) = after.split_at_checked(4 * size)?;
            rest = after;
            words.push(String::from_utf8_lossy(word).trim_start().to_owned());
            let floats: Vec<f64> = (floats.chunks_exact(4))
                .map(|b| f64::from(f32::from_le_bytes([b[0], b[1], b[2], b[3]])))
                .collect();
            let length = floats.iter().map(|v| v * v).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            for (column, float) in floats.iter().enumerate() {
                values[(row, column)] = float / length;
            }
        }
        for column in values.col_iter_mut() {
            let mean = column.as_ref().iter().sum::<f64>() / count.max(1) as f64;
            column.iter_mut().for_each(|value| *value -= mean);
        }
        Some(Vectors { words, values })
    }

    /// Sets the rows of characters and bigrams that words speak of; the others stay as they are.
    pub fn lay(&self, shape: &Shape, vocabulary: &Vocabulary, weights: &mut [f32]) {
        let layout = Layout::new(shape);
        let shift = (BIGRAM_HASHES / shape.bigram_rows as u32).trailing_zeros();
        let mut chars = Rows::new(self.shortened(shape.char_dim));
        let mut bigrams = Rows::new(self.shortened(shape.bigram_dim));
        for (index, word) in self.words.iter().enumerate() {
            let word: Vec<char> = word.chars().collect();
            if word.len() > LONGEST {
                continue;
            }
            // The file has no frequencies; in text they fall about so with the rank (Zipf).
            let often = (index as f64 + 50.0).powf(-0.75);
            for pair in word.windows(2) {
                let row = hash_bigram(pair[0], pair[1]) >> shift;
                bigrams.add(row, index, often * if word.len() == 2 { 1.0 } else { AROUND });
            }
            for c in &word {
                if let Some(row) = vocabulary.known(*c) {
                    chars.add(row, index, often * if word.len() == 1 { ALONE } else { 1.0 });
                }
            }
        }
        chars.lay(&mut weights[layout.char], CHAR_SPREAD);
        bigrams.lay(&mut weights[layout.bigram], BIGRAM_SPREAD);
    }

    /// The vectors in fewer dimensions: those along which they differ most (principal
    /// components).
    fn shortened(&self, size: usize) -> Mat<f64> {
        let values = self.values.as_ref();
        let size = size.min(values.ncols());
        let spread = values.transpose() * values;
        match spread.self_adjoint_eigen(Side::Lower) {
            // Its eigenvalues rise.
            Ok(found) => values * found.U().subcols(values.ncols() - size, size),
            Err(_) => values.subcols(0, size).to_owned(),
        }
    }
}

/// Rows of a table, each a mean of words.
struct Rows {
    words: Mat<f64>,
    sums: std::collections::BTreeMap<u32, (f64, Vec<f64>)>,
}

impl Rows {
    fn new(words: Mat<f64>) -> Self {
        Rows { words, sums: std::collections::BTreeMap::new() }
    }

    fn add(&mut self, row: u32, word: usize, weight: f64) {
        let words: MatRef<'_, f64> = self.words.as_ref();
        let (total, sum) = self.sums.entry(row).or_insert_with(|| (0.0, vec![0.0; words.ncols()]));
        *total += weight;
        for (sum, value) in sum.iter_mut().zip(words.row(word).iter()) {
            *sum += weight * value;
        }
    }

    fn lay(&self, table: &mut [f32], spread: f64) {
        let size = self.words.ncols();
        let means = || self.sums.values().flat_map(|(total, sum)| sum.iter().map(move |sum| sum / total));
        let count = (self.sums.len() * size).max(1) as f64;
        let deviation = (means().map(|mean| mean * mean).sum::<f64>() / count).sqrt().max(f64::MIN_POSITIVE);
        let width = table.len() / (table.len() / size.max(1)).max(1);
        for (row, (total, sum)) in &self.sums {
            let row = &mut table[*row as usize * width..][..size];
            for (value, sum) in row.iter_mut().zip(sum) {
                *value = (spread / deviation * sum / total) as f32;
            }
        }
    }
}

/// What stands before the first such byte, and after it.
fn split(bytes: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let found = bytes.iter().position(|byte| *byte == at)?;
    Some((&bytes[..found], &bytes[found + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(words: &[(&str, [f32; 2])]) -> Vec<u8> {
        let mut bytes = format!("{} 2\n", words.len()).into_bytes();
        for (word, vector) in words {
            bytes.extend(word.as_bytes());
            bytes.push(b' ');
            bytes.extend(vector.iter().flat_map(|v| v.to_le_bytes()));
            bytes.push(b'\n');
        }
        bytes
    }

    fn shape() -> Shape {
        Shape {
            width: 16,
            char_dim: 2,
            bigram_dim: 2,
            bigram_rows: 1 << 15,
            kernel: 3,
            dilations: vec![1],
            chars: 6,
            guidelines: 1,
        }
    }

    #[test]
    fn bigrams_of_like_words_begin_alike_and_others_stay() {
        let words =
            [("河北", [1.0, 0.1]), ("江苏", [1.0, 0.12]), ("主席", [-1.0, 0.3]), ("书记", [-1.0, 0.32])];
        let vectors = Vectors::parse(&file(&words)).expect("the file is whole");
        let vocabulary = Vocabulary("北江河苏".chars().map(u32::from).collect());
        let layout = Layout::new(&shape());
        let mut weights = vec![7.0; layout.total];
        vectors.lay(&shape(), &vocabulary, &mut weights);
        let row = |word: &str| -> Vec<f32> {
            let word: Vec<char> = word.chars().collect();
            let row = (hash_bigram(word[0], word[1]) >> 1) as usize;
            weights[layout.bigram.start + 2 * row..][..2].to_vec()
        };
        let along = |a: &str, b: &str| -> f32 { row(a).iter().zip(row(b)).map(|(a, b)| a * b).sum() };
        assert!(along("河北", "江苏") > 0.0 && along("主席", "书记") > 0.0);
        assert!(along("河北", "主席") < 0.0);
        assert_eq!(row("天地"), [7.0, 7.0]);
        assert_eq!(weights[layout.bigram.end..], vec![7.0; layout.total - layout.bigram.end]);
    }

    #[test]
    fn a_file_that_is_cut_or_lies_is_refused() {
        let whole = file(&[("河北", [1.0, 0.0]), ("江苏", [0.0, 1.0])]);
        assert!(Vectors::parse(&whole).is_some());
        for end in 0..whole.len() - 1 {
            assert!(Vectors::parse(&whole[..end]).is_none(), "{end}");
        }
        assert!(Vectors::parse(b"99999999999999999 99999999999999999\n").is_none());
    }
}
