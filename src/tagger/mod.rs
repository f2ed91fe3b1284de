//! The sequence model: which spans of a sentence are names or titles.

mod aligned;
mod calibration;
mod chain;
mod echo;
mod features;
mod kernel;
mod memory;
mod network;
mod weights;

use std::ops::Range;

use chain::Chain;
use network::Scratch;
use weights::Weights;

use crate::error::Result;
use crate::gazetteer::Lexical;
use crate::text::Gap;

pub use calibration::{CALIBRATION_SECTION, Calibration, log_odds};
pub use chain::TaggedSpan;
pub use echo::echoes;
pub use features::{BIGRAM_HASHES, Features, GAP_VALUES, LEXICON_VALUES, WORD_VALUES, hash_bigram};
pub use memory::Memory;

/// Number of tags: outside, and begin, inner, end and single of each label.
pub const TAGS: usize = 1 + 4 * Label::ALL.len();

/// What the model marks; officials are told from other people afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Label {
    /// A person's name.
    Person,
    /// A place.
    Place,
    /// An organization.
    Organization,
    /// Office words.
    Title,
}

impl Label {
    /// Every label, in the order of the model's tags.
    pub const ALL: [Label; 4] = [Label::Person, Label::Place, Label::Organization, Label::Title];
}

/// A labelled span of a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Labelled {
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What it is.
    pub label: Label,
    /// Probability, 0 to 1, of exactly this span with this label.
    pub score: f32,
}

/// The model asset, ready to run.
#[derive(Debug)]
pub struct Tagger {
    weights: Weights,
    chain: Chain,
}

impl Tagger {
    /// Reads the asset; `name` is what errors call it.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let weights = Weights::read(name, bytes)?;
        Ok(Tagger { chain: Chain::new(&weights), weights })
    }

    /// Guidelines the model was trained by; the first is the house's own.
    pub fn guidelines(&self) -> &[String] {
        &self.weights.guidelines
    }

    /// How scores are corrected.
    pub fn calibration(&self) -> Calibration {
        self.weights.calibration
    }

    /// A run over sentences, which keeps its buffers from one to the next.
    pub fn run(&self) -> TaggerRun<'_> {
        TaggerRun { tagger: self, scratch: Scratch::default(), scores: Vec::new() }
    }
}

/// See [`Tagger::run`].
#[derive(Debug)]
pub struct TaggerRun<'a> {
    tagger: &'a Tagger,
    scratch: Scratch,
    scores: Vec<f32>,
}

impl TaggerRun<'_> {
    /// Characters × [`TAGS`] scores of sentences, one after the other, by the guideline of that
    /// index.
    pub fn emissions(&mut self, sentences: &[Features], guideline: usize) -> &[f32] {
        network::emissions(&self.tagger.weights, sentences, guideline, &mut self.scratch, &mut self.scores);
        &self.scores
    }

    /// The names and titles of sentences by the guideline of that index, each with the number of
    /// its sentence.
    pub fn tag(&mut self, sentences: &[Features], guideline: usize) -> Vec<(usize, TaggedSpan)> {
        self.emissions(sentences, guideline);
        let Tagger { weights, chain } = self.tagger;
        let mut rest = &mut self.scores[..];
        let mut found = Vec::new();
        for (number, sentence) in sentences.iter().enumerate() {
            let (scores, after) = rest.split_at_mut(sentence.chars.len() * TAGS);
            rest = after;
            let mut spans = chain.decode(scores);
            let borders: Vec<usize> = spans.iter().flat_map(|span| crossed(span, sentence)).collect();
            if !borders.is_empty() {
                for border in borders {
                    chain::part_before(&mut scores[border * TAGS..(border + 1) * TAGS]);
                }
                spans = chain.decode(scores);
                spans.retain(|span| crossed(span, sentence).next().is_none());
            }
            found.extend(spans.into_iter().map(|span| {
                let score = weights.calibration.probability(span.score);
                (number, TaggedSpan { score, ..span })
            }));
        }
        found
    }
}

/// The empty lines inside a span that it must not run across, by the character behind each.
///
/// What two blocks of a page hold is not one name. Only a place that is known may be broken, in
/// the midst of what is said: newspapers' pages end a paragraph with 滨 and begin the next with 州.
fn crossed<'a>(span: &TaggedSpan, sentence: &'a Features) -> impl Iterator<Item = usize> + use<'a> {
    let Range { start, end } = span.chars;
    let parts = |i: usize| sentence.gaps.get(i).is_none_or(|gap| *gap == Gap::Paragraph as u8);
    let in_midst = start > 0 && !parts(start) && !parts(end);
    let is_broken_place =
        in_midst && span.label == Label::Place && sentence.is_known(Lexical::Place, start..end);
    (start + 1..end).filter(move |i| !is_broken_place && parts(*i))
}
