//! The annotator without a page, for the worker, for Node, and for a main thread that may
//! not have a worker.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Error as JsError, Float32Array, JsString, Reflect, Uint32Array};
use wasm_bindgen::prelude::*;

use super::flat::{Flat, flatten};
use crate::article::OffsetUnit;
use crate::text::{OffsetCursor, byte_of};
use crate::{
    Annotator, Assets, Context, Date, EntriesId, Entry, Error, Kind, Memory, Reading, Term, TermsId,
};

/// Panics reach the console readably; the JS shell turns the trap into an error of code
/// `PANIC` and does not go on with this instance.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// A JavaScript `Error` with our `code` and `hint`.
fn raise(error: Error) -> JsValue {
    raise_as(&error.to_string(), &error)
}

fn raise_as(message: &str, error: &Error) -> JsValue {
    let raised = JsError::new(message);
    for (key, value) in [("code", error.code()), ("hint", error.hint())] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&raised, &key.into(), &value.into());
    }
    raised.into()
}

/// The same with the `index` of what is wrong in a list.
fn raise_at(message: &str, index: usize, error: &Error) -> JsValue {
    let raised = raise_as(message, error);
    // As above.
    let _ = Reflect::set(&raised, &"index".into(), &JsValue::from_f64(index as f64));
    raised
}

/// The texts of one string, which have a line feed behind each, by their lengths in UTF-16 units.
fn split<'a>(texts: &'a str, lengths: &'a [u32]) -> impl Iterator<Item = &'a str> {
    let mut rest = texts;
    lengths.iter().map(move |length| {
        let mut units = 0;
        let within = |c: &char| {
            units += c.len_utf16() as u32;
            units <= *length
        };
        let (text, tail) = rest.split_at(rest.chars().take_while(within).map(char::len_utf8).sum());
        rest = tail.strip_prefix('\n').unwrap_or(tail);
        text
    })
}

/// The terms of a list, or the first that is none.
fn terms(texts: &str, lengths: &[u32], kinds: &[u8]) -> Result<Vec<Term>, (usize, Error)> {
    let term = |(index, (text, kind)): (usize, (&str, &u8))| {
        let kind = Kind::ALL.get(usize::from(*kind)).copied();
        let kind = kind.ok_or_else(|| Error::KindUnknown { found: String::new() });
        kind.and_then(|kind| Term::new(text, kind)).map_err(|error| (index, error))
    };
    split(texts, lengths).zip(kinds).enumerate().map(term).collect()
}

/// The entries of a list, or where the first is that is none: of a name its place among all names,
/// of a code the entry's.
fn entries(
    texts: &str,
    lengths: &[u32],
    counts: &[u32],
    codes: &[u32],
) -> Result<Vec<Entry>, (usize, Error)> {
    let mut texts = split(texts, lengths);
    let mut first = 0;
    let entry = |(index, (count, code)): (usize, (&u32, &u32))| {
        let names: Vec<&str> = texts.by_ref().take(*count as usize).collect();
        let (name, forms) = names.split_first().map_or(("", &[][..]), |(name, forms)| (*name, forms));
        let forms = forms.iter().map(|form| (*form).to_owned());
        let entry = Entry::new(name, forms, (*code > 0).then_some(*code)).map_err(|error| {
            let at = match &error {
                Error::EntryName { found } => {
                    first + names.iter().position(|name| name == found).unwrap_or_default()
                }
                _ => index,
            };
            (at, error)
        });
        first += names.len();
        entry
    };
    counts.iter().zip(codes).enumerate().map(entry).collect()
}

/// `[numbers, scores, text]`.
fn cross(flat: &Flat) -> Array {
    Array::of3(
        &Uint32Array::from(flat.numbers.as_slice()),
        &Float32Array::from(flat.scores.as_slice()),
        &JsString::from(flat.text.as_str()),
    )
}

type Pending<'a> = Option<Reading<'a>>;

self_cell::self_cell!(
    /// A reading together with the text it borrows.
    struct Started {
        owner: (Rc<Annotator>, Rc<RefCell<Memory>>, String),
        #[covariant]
        dependent: Pending,
    }
);

/// A text that is being annotated.
#[wasm_bindgen]
pub struct Progress {
    started: Started,
}

#[wasm_bindgen]
impl Progress {
    /// Reads on until at least so many characters are read, and says whether all are.
    pub fn advance(&mut self, characters: u32) -> bool {
        self.started.with_dependent_mut(|_, pending| {
            pending.as_mut().is_none_or(|reading| reading.advance(characters as usize))
        })
    }

    /// `[numbers, scores, text]` as `flat` lays them out; empty numbers when called again.
    pub fn finish(&mut self) -> Array {
        let flat = self.started.with_dependent_mut(|(.., text), pending| {
            let article = pending.take().map(Reading::finish);
            article.map(|article| flatten(&article.with_unit(text, OffsetUnit::Utf16)))
        });
        cross(&flat.unwrap_or_default())
    }
}

/// Texts in, flat records out. A lone surrogate of a JavaScript string arrives as U+FFFD,
/// one unit for one unit, so that offsets hold.
#[wasm_bindgen]
pub struct Engine {
    annotator: Rc<Annotator>,
    /// Gone with what was known beforehand when that changes.
    memory: Rc<RefCell<Memory>>,
}

#[wasm_bindgen]
impl Engine {
    /// Reads the three asset files, of which the model has the name that errors call it by.
    /// The bytes lie in wasm memory for the time of the call.
    #[wasm_bindgen(constructor)]
    pub fn new(dictionary: &[u8], gazetteer: &[u8], model: &[u8], name: &str) -> Result<Engine, JsValue> {
        let assets = Assets { dictionary, gazetteer, model };
        let annotator = Annotator::load_with_model(assets, name).map_err(raise)?;
        Ok(Engine { annotator: Rc::new(annotator), memory: Rc::default() })
    }

    /// Starts to annotate a text in steps, so that whoever drives it can let others have
    /// their turn and hear that the reader has changed their mind. What scores less than
    /// `min_score` is left out. Then comes what is known of the article, its day as a number or 0; a
    /// part is where it starts and ends, in UTF-16 units.
    #[allow(
        clippy::too_many_arguments,
        reason = "an object would be read field by field across the boundary"
    )]
    pub fn begin(
        &self,
        text: String,
        min_score: f32,
        resolve: bool,
        place: Option<String>,
        publisher: Option<String>,
        host: Option<String>,
        date: u32,
        part: Option<Vec<u32>>,
    ) -> Result<Progress, JsValue> {
        let context = Context { place, publisher, host, date: Date::from_number(date) };
        let owner = (Rc::clone(&self.annotator), Rc::clone(&self.memory), text);
        let started = Started::try_new(owner, |(annotator, memory, text)| {
            annotator.begin(text).map(|reading| {
                let reading = reading.with_memory(memory).with_min_score(min_score).with_context(context);
                let reading = match part.as_deref() {
                    Some(&[start, end]) => reading.with_part(byte_of(text, start)..byte_of(text, end)),
                    _ => reading,
                };
                Some(if resolve { reading } else { reading.without_resolving() })
            })
        });
        started.map(|started| Progress { started }).map_err(raise)
    }

    /// Reads `townships.mz`, for the texts that are begun after this.
    #[wasm_bindgen(js_name = addTownships)]
    pub fn add_townships(&mut self, townships: &[u8]) -> Result<(), JsValue> {
        self.memory = Rc::default();
        Rc::make_mut(&mut self.annotator).add_townships(townships).map_err(raise)
    }

    /// Adds terms and gives the number they are removed by: their texts, a line feed after
    /// each, the length of each text in UTF-16 units, and the number of each kind. Readings
    /// that are under way go on as they were begun.
    #[wasm_bindgen(js_name = addTerms)]
    pub fn add_terms(&mut self, texts: &str, lengths: &[u32], kinds: &[u8]) -> Result<u32, JsValue> {
        let terms = terms(texts, lengths, kinds)
            .map_err(|(index, error)| raise_at(&format!("terms[{index}]: {error}"), index, &error))?;
        Ok(Rc::make_mut(&mut self.annotator).add_terms(terms).number())
    }

    /// Removes what was added together; nothing happens when it is gone already.
    #[wasm_bindgen(js_name = removeTerms)]
    pub fn remove_terms(&mut self, added: u32) {
        Rc::make_mut(&mut self.annotator).remove_terms(TermsId::from_number(added));
    }

    /// Adds divisions and bodies and gives the number they are removed by: names as texts of
    /// terms are, how many each has, the full one first, and its code or 0.
    #[wasm_bindgen(js_name = addEntries)]
    pub fn add_entries(
        &mut self,
        texts: &str,
        lengths: &[u32],
        counts: &[u32],
        codes: &[u32],
    ) -> Result<u32, JsValue> {
        let entries = entries(texts, lengths, counts, codes)
            .map_err(|(index, error)| raise_at(&error.to_string(), index, &error))?;
        self.memory = Rc::default();
        Ok(Rc::make_mut(&mut self.annotator).add_entries(entries).number())
    }

    /// Removes what was added together; nothing happens when it is gone already.
    #[wasm_bindgen(js_name = removeEntries)]
    pub fn remove_entries(&mut self, added: u32) {
        self.memory = Rc::default();
        Rc::make_mut(&mut self.annotator).remove_entries(EntriesId::from_number(added));
    }

    /// The words of a text: `[start, end, tag]` numbers, and the tags they index, joined by
    /// line feeds.
    pub fn segment(&self, text: &str) -> Result<Array, JsValue> {
        let tokens = self.annotator.segment(text).map_err(raise)?;
        let mut cursor = OffsetCursor::new(text, OffsetUnit::Utf16);
        let mut tags: Vec<&str> = Vec::new();
        let mut numbers = Vec::with_capacity(tokens.len() * 3);
        for token in &tokens {
            let tag = tags.iter().position(|tag| *tag == token.tag).unwrap_or_else(|| {
                tags.push(&token.tag);
                tags.len() - 1
            });
            numbers.extend([cursor.convert(token.start), cursor.convert(token.end), tag as u32]);
        }
        let numbers = Uint32Array::from(numbers.as_slice());
        Ok(Array::of2(&numbers, &JsString::from(tags.join("\n").as_str())))
    }
}
