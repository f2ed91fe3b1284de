//! [`Annotator`]: text in, [`Article`] out. The one place that sees the whole way.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use crate::article::{Article, Token};
use crate::error::{Error, Result};
use crate::gazetteer::{EntriesId, Entry, Extended, Gazetteer};
use crate::office::{self, Held};
use crate::resolve::{self, Context, Located, Resolved};
use crate::segment::{Dictionary, Segmenter};
use crate::tagger::{Features, Label, Labelled, Memory, TaggedSpan, Tagger, TaggerRun, echoes};
use crate::terms::{self, Term, Terms, TermsId};
use crate::text::{Normalized, Simplifier, sentences};

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

/// Offsets are 32-bit; beyond this no article is one.
const MAX_BYTES: usize = 1 << 30;

/// Characters the model reads together, at least: enough to fill its vectors whatever the length
/// of sentences, and few enough to stay near the processor.
const BATCH: usize = 128;

/// The house's own guideline, which every model knows, is its first.
const HOUSE: usize = 0;

/// What [`Error`](crate::Error)s call the model.
const MODEL: &str = "model.mz";

/// Reads Chinese news. Cheap to share between threads and to clone, expensive to make: make
/// one. A clone has terms and entries of its own.
#[derive(Clone, Debug)]
pub struct Annotator {
    parts: Arc<Parts>,
    gazetteer: Extended,
    terms: Terms,
}

/// What the assets hold.
#[derive(Debug)]
struct Parts {
    simplifier: Simplifier,
    segmenter: Segmenter,
    tagger: Tagger,
}

impl Annotator {
    /// Reads the assets.
    ///
    /// # Errors
    ///
    /// An `Asset…` error that names the file: `dictionary.mz`, `gazetteer.mz` or `model.mz`.
    pub fn load(assets: Assets<'_>) -> Result<Self> {
        Annotator::load_with_model(assets, MODEL)
    }

    /// Reads the assets, of which the model is the file of that name: there are several
    /// sizes of it.
    ///
    /// # Errors
    ///
    /// As [`Annotator::load`], with this name for the model.
    pub fn load_with_model(assets: Assets<'_>, model: &str) -> Result<Self> {
        let dictionary = Dictionary::read("dictionary.mz", assets.dictionary)?;
        let gazetteer = Gazetteer::read("gazetteer.mz", assets.gazetteer)?;
        let tagger = Tagger::read(model, assets.model)?;
        let simplifier = dictionary.simplifier.clone();
        let parts = Parts { simplifier, segmenter: Segmenter::new(dictionary), tagger };
        Ok(Annotator { parts: Arc::new(parts), gazetteer: Extended::new(gazetteer), terms: Terms::default() })
    }

    /// Tells it the divisions below counties (`townships.mz`), from the next text on.
    ///
    /// # Errors
    ///
    /// An `Asset…` error that names `townships.mz`.
    pub fn add_townships(&mut self, townships: &[u8]) -> Result<()> {
        self.gazetteer.add_townships("townships.mz", townships)
    }

    /// Tells it divisions and bodies, from the next text on. They win over what is known under the
    /// same code or name, the newest first.
    pub fn add_entries(&mut self, entries: impl IntoIterator<Item = Entry>) -> EntriesId {
        self.gazetteer.add(entries)
    }

    /// Takes entries back that were added together; false when there are none of this id.
    pub fn remove_entries(&mut self, added: EntriesId) -> bool {
        self.gazetteer.remove(added)
    }

    /// Tells it names, from the next text on. They win over what the model would mark, with
    /// a score of 1, wherever they stand as whole names; of several terms the longest.
    ///
    /// ```
    /// # use mingzhu::{Annotator, Assets, Kind, Term};
    /// # let file = |name| std::fs::read(format!("assets/{name}")).unwrap();
    /// # let (dictionary, gazetteer, model) = (file("dictionary.mz"), file("gazetteer.mz"), file("model.mz"));
    /// # let assets = Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model };
    /// # let mut annotator = Annotator::load(assets)?;
    /// let added = annotator.add_terms([Term::new("青禾计划", Kind::Organization)?]);
    /// let article = annotator.annotate("青禾計劃走進校園。")?;
    /// assert_eq!(article.entities[0].kind, Kind::Organization);
    /// annotator.remove_terms(added);
    /// # Ok::<(), mingzhu::Error>(())
    /// ```
    pub fn add_terms(&mut self, terms: impl IntoIterator<Item = Term>) -> TermsId {
        self.terms.add(terms, &self.parts.simplifier)
    }

    /// Takes terms back that were added together; false when there are none of this id.
    pub fn remove_terms(&mut self, added: TermsId) -> bool {
        self.terms.remove(added)
    }

    /// Finds everything in a text. Offsets count bytes; see [`Article::with_unit`].
    ///
    /// # Errors
    ///
    /// [`Error::TextTooLong`] above a gibibyte.
    pub fn annotate(&self, text: &str) -> Result<Article> {
        Ok(self.begin(text)?.complete())
    }

    /// Starts to read a text in steps, for callers that must let others have their turn.
    ///
    /// # Errors
    ///
    /// As [`Annotator::annotate`].
    pub fn begin<'a>(&'a self, text: &'a str) -> Result<Reading<'a>> {
        self.begin_by(text, HOUSE)
    }

    fn begin_by<'a>(&'a self, text: &'a str, guideline: usize) -> Result<Reading<'a>> {
        let read = self.read(text)?;
        let (sentences, run) = (sentences(&read), self.parts.tagger.run());
        Ok(Reading {
            annotator: self,
            text,
            read,
            sentences,
            done: 0,
            run,
            guideline,
            found: Vec::new(),
            memory: None,
            is_part: false,
            min_score: 0.0,
            resolve: true,
            context: Context::default(),
        })
    }

    fn read(&self, text: &str) -> Result<Normalized> {
        if text.len() > MAX_BYTES {
            return Err(Error::TextTooLong { length: text.len(), limit: MAX_BYTES });
        }
        Ok(self.parts.simplifier.normalize(text))
    }

    /// The words of a text, white space left out. Offsets count bytes.
    ///
    /// # Errors
    ///
    /// As [`Annotator::annotate`].
    pub fn segment(&self, text: &str) -> Result<Vec<Token>> {
        let read = self.read(text)?;
        let segmenter = &self.parts.segmenter;
        let words = sentences(&read).into_iter().flat_map(|sentence| segmenter.words(&read, sentence));
        let token = |chars: Range<usize>, tag| {
            let Range { start, end } = read.source(chars);
            Token { start: start as u32, end: end as u32, tag }
        };
        Ok(words.map(|word| token(word.chars, segmenter.tag(word.tag).to_owned())).collect())
    }

    /// What the model marks by the guideline of one of its corpora, for measuring.
    ///
    /// # Errors
    ///
    /// [`Error::GuidelineUnknown`], and as [`Annotator::annotate`].
    pub fn label(&self, text: &str, guideline: &str) -> Result<Vec<Labelled>> {
        let index = self.guidelines().iter().position(|known| known == guideline);
        let index = index.ok_or_else(|| Error::GuidelineUnknown {
            asked: guideline.to_owned(),
            known: self.guidelines().join(", "),
        })?;
        let mut reading = self.begin_by(text, index)?;
        while !reading.advance(usize::MAX) {}
        Ok(reading.labelled())
    }

    /// The guidelines [`Annotator::label`] knows; the first is the house's own.
    pub fn guidelines(&self) -> &[String] {
        self.parts.tagger.guidelines()
    }
}

/// A text that is being read; see [`Annotator::begin`].
#[derive(Debug)]
pub struct Reading<'a> {
    annotator: &'a Annotator,
    text: &'a str,
    read: Normalized,
    sentences: Vec<Range<usize>>,
    /// Sentences read so far.
    done: usize,
    run: TaggerRun<'a>,
    guideline: usize,
    /// In characters of `read`.
    found: Vec<TaggedSpan>,
    memory: Option<&'a RefCell<Memory>>,
    is_part: bool,
    min_score: f32,
    resolve: bool,
    context: Context,
}

impl<'a> Reading<'a> {
    /// Reads only the sentences that have something of this part, in bytes: what a reader sees first
    /// of a long text. Offsets count in the whole one.
    #[must_use]
    pub fn with_part(mut self, part: Range<usize>) -> Self {
        let read = &self.read;
        self.sentences.retain(|sentence| {
            let Range { start, end } = read.source(sentence.clone());
            start < part.end && part.start < end
        });
        self.is_part = true;
        self
    }

    /// Does not tag sentences again that the memory holds, and keeps there those of this text.
    /// What is found is the same as without.
    #[must_use]
    pub fn with_memory(self, memory: &'a RefCell<Memory>) -> Self {
        Reading { memory: Some(memory), ..self }
    }

    /// Leaves names and titles of a lower score out, from 0 to 1.
    ///
    /// With them go the offices that they are part of; who has no public office left is no
    /// official any more but for a term. What is left has the spans, scores and offices, the
    /// divisions and full names that it has without this.
    #[must_use]
    pub fn with_min_score(self, min_score: f32) -> Self {
        Reading { min_score, ..self }
    }

    /// Tells what is known of the article besides its text: where it is, who publishes it.
    #[must_use]
    pub fn with_context(self, context: Context) -> Self {
        Reading { context, ..self }
    }

    /// Leaves out what takes more than names and titles: the divisions of places, where the
    /// article is, and its references.
    #[must_use]
    pub fn without_resolving(self) -> Self {
        Reading { resolve: false, ..self }
    }

    /// Reads to the end and [finishes](Reading::finish).
    pub fn complete(mut self) -> Article {
        while !self.advance(usize::MAX) {}
        self.finish()
    }

    /// Reads on until at least so many characters are read, and says whether all are.
    pub fn advance(&mut self, characters: usize) -> bool {
        let mut left = characters;
        while left > 0 && self.done < self.sentences.len() {
            let first = self.done;
            let mut length = 0;
            while length < BATCH.min(left) && self.done < self.sentences.len() {
                length += self.sentences[self.done].len();
                self.done += 1;
            }
            left = left.saturating_sub(length);
            self.tag(first..self.done);
        }
        self.done == self.sentences.len()
    }

    /// Tags some of the sentences.
    fn tag(&mut self, sentences: Range<usize>) {
        let Annotator { parts, gazetteer, .. } = self.annotator;
        let (segmenter, gazetteer) = (&parts.segmenter, gazetteer.whole());
        let sentences = &self.sentences[sentences];
        let mut memory = self.memory.map(RefCell::borrow_mut);
        let mut recall =
            |sentence: &Range<usize>| Some(memory.as_mut()?.recall(&self.read, sentence.clone())?.to_vec());
        let known: Vec<Option<Vec<TaggedSpan>>> = sentences.iter().map(&mut recall).collect();
        let unknown = sentences.iter().zip(&known).filter(|(_, known)| known.is_none());
        let fresh: Vec<&Range<usize>> = unknown.map(|(sentence, _)| sentence).collect();
        let read =
            |sentence: &&Range<usize>| Features::read(&self.read, (*sentence).clone(), segmenter, gazetteer);
        let features: Vec<Features> = fresh.iter().map(read).collect();
        let mut marked: Vec<Vec<TaggedSpan>> = vec![Vec::new(); fresh.len()];
        for (number, span) in self.run.tag(&features, self.guideline) {
            let chars = &self.read.chars[fresh[number].clone()];
            let mut inside = span.chars.clone();
            // No name begins with a mark, though a heading's # may stand right before it.
            while !inside.is_empty() && !chars[inside.start].is_alphanumeric() {
                inside.start += 1;
            }
            if !inside.is_empty() && !has_half_a_pair(&chars[inside.clone()]) {
                marked[number].push(TaggedSpan { chars: inside, ..span });
            }
        }
        let mut marked = marked.into_iter();
        for (sentence, known) in sentences.iter().zip(known) {
            let is_new = known.is_none();
            let spans = known.or_else(|| marked.next()).unwrap_or_default();
            self.found.extend(spans.iter().map(|span| span.moved(sentence.start)));
            if let Some(memory) = memory.as_mut().filter(|_| is_new) {
                memory.keep(&self.read, sentence.clone(), spans);
            }
        }
    }

    /// What is found, in bytes of the source.
    fn labelled(&self) -> Vec<Labelled> {
        let labelled = |span: &TaggedSpan| {
            let Range { start, end } = self.read.source(span.chars.clone());
            Labelled { start: start as u32, end: end as u32, label: span.label, score: span.score }
        };
        self.found.iter().map(labelled).collect()
    }

    /// Ties titles to people and mentions to entities. What is not read yet stays unread.
    pub fn finish(mut self) -> Article {
        if let Some(memory) = self.memory.filter(|_| !self.is_part) {
            memory.borrow_mut().end();
        }
        let Annotator { parts, terms, .. } = self.annotator;
        let sentences = &self.sentences[..self.done];
        let mut officials = Vec::new();
        if !terms.is_empty() {
            let placed = terms.place(&self.read, sentences, self.found, &parts.segmenter);
            let start = |chars: Range<usize>| self.read.source(chars).start as u32;
            officials.extend(placed.officials.into_iter().map(start));
            self.found = placed.spans;
        }
        let again =
            echoes(&self.read, sentences, &self.found, &parts.segmenter, parts.tagger.calibration().again);
        self.found.extend(again);
        self.found.sort_by_key(|span| span.chars.start);
        // The guideline: one character (在京, 中葡两国) names no place by itself.
        let is_name = |chars: &[char]| chars.len() > 1 || terms.kind(chars).is_some();
        self.found.retain(|span| span.label != Label::Place || is_name(&self.read.chars[span.chars.clone()]));
        let spans = office::fuse_committees(self.text, self.labelled());
        let marked = Marked { text: self.text, read: &self.read, sentences, spans };
        let context = self.resolve.then_some(&self.context);
        let mut article = self.annotator.tell(marked, self.min_score, context);
        article.date = self.context.date;
        terms::appoint(&mut article, &officials);
        article
    }
}

/// A text whose names and titles are marked.
struct Marked<'a> {
    text: &'a str,
    read: &'a Normalized,
    sentences: &'a [Range<usize>],
    spans: Vec<Labelled>,
}

impl Annotator {
    /// Says who is who among names and titles that something else has marked: another model, a
    /// human. Spans must be sorted and must not overlap; offsets count bytes.
    ///
    /// # Errors
    ///
    /// As [`Annotator::annotate`].
    pub fn resolve(&self, text: &str, spans: Vec<Labelled>, context: &Context) -> Result<Article> {
        let read = self.read(text)?;
        let sentences = sentences(&read);
        let marked = Marked { text, read: &read, sentences: &sentences, spans };
        let article = self.tell(marked, 0.0, Some(context));
        Ok(Article { date: context.date, ..article })
    }

    /// Ties titles to people and mentions to entities; with a context, what they refer to.
    fn tell(&self, marked: Marked<'_>, min_score: f32, context: Option<&Context>) -> Article {
        let Marked { text, read, sentences, spans } = marked;
        let (parts, gazetteer) = (&self.parts, self.gazetteer.whole());
        let held = office::attach(text, &spans);
        let mut resolved = resolve::entities(text, &spans, &held);
        let Located { home, references, seats } = context.map_or_else(Default::default, |context| {
            resolve::locate(&mut resolved, read, sentences, &parts.segmenter, gazetteer, context)
        });
        let Resolved { mentions, entities } = resolved;
        let Held { titles, offices } = held;
        let length = text.len() as u32;
        let mut article =
            Article { mentions, titles, offices, entities, references, home, ..Article::empty(length) };
        if context.is_some() {
            resolve::situate(text, &mut article, &seats, gazetteer);
        }
        // What is left out has still said what the rest means.
        resolve::above(min_score, &mut article);
        resolve::name_aliases(text, &mut article);
        article
    }
}

/// True when a quotation mark or bracket opens and does not close, or the other way round: no
/// name is like that, but the beginning of one and what stands behind it can look like one.
fn has_half_a_pair(chars: &[char]) -> bool {
    const PAIRS: [(char, char); 5] = [('“', '”'), ('‘', '’'), ('(', ')'), ('《', '》'), ('〈', '〉')];
    PAIRS.iter().any(|(open, close)| {
        let mut depth = 0;
        let closes_early = chars.iter().any(|c| {
            depth += i32::from(c == open) - i32::from(c == close);
            depth < 0
        });
        closes_early || depth != 0
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn half_a_pair_is_seen() {
        let has = |text: &str| super::has_half_a_pair(&text.chars().collect::<Vec<_>>());
        assert!(has("江城“心"));
        assert!(has("东海)集团(中国"));
        assert!(!has("东海(中国)集团"));
        assert!(!has("江城"));
    }
}
