//! The desk's bindings: a wasm module of its own, which readers of a page never load.
//!
//! Records cross as JSON. What one decision changes is little, so only what has changed crosses (`changes.rs`).
#![cfg(target_arch = "wasm32")]

mod changes;
mod error;
mod exchange;
mod findings;
mod review;
mod roster;

use wasm_bindgen::prelude::*;

/// Panics reach the console readably; the JS shell turns the trap into an error of code `PANIC`.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}
