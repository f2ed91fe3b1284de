//! The desk's bindings, a wasm module of its own: readers of a page never load it.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen::prelude::*;

/// x
#[wasm_bindgen]
pub fn describe(text: &str, start: u32, end: u32) -> Option<String> {
    let text = mingzhu::anchor::Text::new(text);
    let span = text.from_utf16(start)..text.from_utf16(end);
    let anchor = mingzhu::anchor::describe(&text, span)?;
    serde_json::to_string(&anchor.into_selectors(1)).ok()
}
