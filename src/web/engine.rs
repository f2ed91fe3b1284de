//! The annotator without a page, for the worker, for Node, and for a main thread that may
//! not have a worker.

use std::rc::Rc;

use js_sys::{Array, Error as JsError, Float32Array, JsString, Reflect, Uint32Array};
use wasm_bindgen::prelude::*;

use super::flat::{Flat, flatten};
use crate::article::OffsetUnit;
use crate::text::OffsetCursor;
use crate::{Annotator, Assets, Error};

/// Panics reach the console readably; the JS shell turns the trap into an error of code
/// `PANIC` and starts afresh.
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

    /// The whole article at once: `[numbers, scores, text]` as `flat` lays them out.
    pub fn annotate(&self, text: &str) -> Result<Array, JsValue> {
        let article = self.annotator.annotate(text).map_err(raise)?;
        Ok(cross(&flatten(&article.with_unit(text, OffsetUnit::Utf16))))
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
