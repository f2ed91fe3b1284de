//! What stories are checked against.

use mingzhu::roster::{Confusables as Known, Roster as List};
use wasm_bindgen::prelude::*;

use crate::error::raise;

/// How characters sound and look.
#[wasm_bindgen]
pub struct Confusables {
    pub(crate) known: Known,
}

#[wasm_bindgen]
impl Confusables {
    /// Reads `confusables.mz`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Confusables, JsValue> {
        Known::load("confusables.mz", bytes).map(|known| Confusables { known }).map_err(raise)
    }
}

/// A list of people with their offices.
#[wasm_bindgen]
pub struct Roster {
    pub(crate) list: List,
}

#[wasm_bindgen]
impl Roster {
    /// Reads CSV or JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Roster, JsValue> {
        List::read(text).map(|list| Roster { list }).map_err(raise)
    }

    /// How many rows it has.
    #[wasm_bindgen(getter)]
    pub fn size(&self) -> usize {
        self.list.rows().len()
    }
}
