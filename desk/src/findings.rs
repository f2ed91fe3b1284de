//! What a check has found, for humans to answer.

use mingzhu::roster::Finding;
use wasm_bindgen::prelude::*;

use crate::error::json;
use crate::review::{Review, read};

#[wasm_bindgen]
impl Review {
    /// Lays what was said over what a check has found, and gives the answers.
    #[wasm_bindgen(js_name = setFindings)]
    pub fn set_findings(&mut self, findings: &str) -> Result<String, JsValue> {
        let findings: Vec<Finding> = read(findings)?;
        self.review.set_findings(findings);
        Ok(json(&self.review.outcome().answers))
    }
}
