//! Files in and out.

use mingzhu::exchange::{About, annotations, claims, read, read_for, report, table};
use wasm_bindgen::prelude::*;

use crate::error::{json, raise};
use crate::review::Review;

/// Reads annotations of whoever made them, for no story in particular: `{ format, log, machine, elsewhere }`.
#[wasm_bindgen(js_name = readFile)]
pub fn read_file(text: &str) -> Result<String, JsValue> {
    read(text).map(|imported| json(&imported)).map_err(raise)
}

#[wasm_bindgen]
impl Review {
    /// Reads annotations of whoever made them, for this story: `{ format, log, machine, elsewhere }`.
    pub fn read(&self, text: &str) -> Result<String, JsValue> {
        read_for(text, &self.review).map(|imported| json(&imported)).map_err(raise)
    }

    /// All that is said of the story, as W3C annotations.
    pub fn annotations(&self, about: &str) -> String {
        annotations::write(&self.review, &told(about)).to_string()
    }

    /// Verdicts, as ClaimReview.
    pub fn claims(&self, about: &str, right: &str, corrected: &str, wrong: &str) -> String {
        let verdicts = claims::Verdicts { right, corrected, wrong };
        claims::write(&self.review, &told(about), &verdicts).to_string()
    }

    /// Marks as CSV.
    pub fn table(&self) -> String {
        table::write(&self.review)
    }

    /// A page to print, in these words.
    pub fn report(&self, about: &str, words: &str) -> String {
        let words = serde_json::from_str(words).unwrap_or_default();
        report::write(&self.review, &self.text, &told(about), &words)
    }
}

/// What the shell says of a story; it writes nothing that could not be read.
fn told(about: &str) -> About {
    serde_json::from_str(about).unwrap_or_default()
}
