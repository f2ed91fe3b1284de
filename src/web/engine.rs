//! The annotator without a page, for the worker, for Node, and for a main thread that may
//! not have a worker.

use std::rc::Rc;

use js_sys::{Array, Error as JsError, Float32Array, JsString, Reflect, Uint32Array};
use wasm_bindgen::prelude::*;

use super::flat::{Flat, flatten};
use crate::article::OffsetUnit;
use crate::text::OffsetCursor;
use crate::{Annotator, Assets, Error, Reading};

/// Panics reach the console readably; the JS shell turns the trap into an error of code
/// `PANIC` and does not go on with this instance.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// A JavaScript `Error` with our `code` and `hint`.
fn raise(error: Error) -> JsValue {
    let raised = JsError::new(&error.to_string());
    for (key, value) in [("code", error.code()), ("hint", error.hint())] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&raised, &key.into(), &value.into());
    }
    raised.into()
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
        owner: (Rc<Annotator>, String),
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
        let flat = self.started.with_dependent_mut(|(_, text), pending| {
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
}

#[wasm_bindgen]
impl Engine {
    /// Reads the three asset files. The bytes lie in wasm memory for the time of the call.
    #[wasm_bindgen(constructor)]
    pub fn new(dictionary: &[u8], gazetteer: &[u8], model: &[u8]) -> Result<Engine, JsValue> {
        let annotator = Annotator::load(Assets { dictionary, gazetteer, model }).map_err(raise)?;
        Ok(Engine { annotator: Rc::new(annotator) })
    }

    /// Starts to annotate a text in steps, so that whoever drives it can let others have
    /// their turn and hear that the reader has changed their mind.
    pub fn begin(&self, text: String) -> Result<Progress, JsValue> {
        let owner = (Rc::clone(&self.annotator), text);
        let started = Started::try_new(owner, |(annotator, text)| annotator.begin(text).map(Some));
        started.map(|started| Progress { started }).map_err(raise)
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
