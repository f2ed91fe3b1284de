//! [`Annotator`]: text in, [`Article`] out. The one place that sees the whole way.

use crate::article::{Article, Token};
use crate::error::Result;
use crate::tagger::Labelled;

/// The bytes of the files an annotator is made from.
#[derive(Clone, Copy, Debug)]
pub struct Assets<'a> {
    /// Words for jieba-rs (`dictionary.mz`).
    pub dictionary: &'a [u8],
    /// What is known beforehand (`gazetteer.mz`).
    pub gazetteer: &'a [u8],
    /// Weights of the tagger (`model.mz`).
    pub model: &'a [u8],
}

/// Reads Chinese news. Cheap to share between threads, expensive to make: make one.
#[derive(Debug)]
pub struct Annotator {}

impl Annotator {
    /// Reads the assets.
    pub fn load(_assets: Assets<'_>) -> Result<Self> {
        Ok(Annotator {})
    }

    /// Finds everything in a text. Offsets count bytes; see [`Article::with_unit`].
    pub fn annotate(&self, text: &str) -> Result<Article> {
        Ok(Article::empty(text.len() as u32))
    }

    /// The words of a text, white space left out. Offsets count bytes.
    pub fn segment(&self, _text: &str) -> Result<Vec<Token>> {
        Ok(Vec::new())
    }

    /// What the model marks by the guideline of one of its corpora, for measuring.
    pub fn label(&self, _text: &str, _guideline: &str) -> Result<Vec<Labelled>> {
        Ok(Vec::new())
    }

    /// The guidelines [`Annotator::label`] knows; the first is the house's own.
    pub fn guidelines(&self) -> &[String] {
        &[]
    }
}
