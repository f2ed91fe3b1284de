//! A story that is reviewed.

use mingzhu::review::{Decision, Log, Mark, Moment, Review as Reviewed, ReviewError};
use mingzhu::roster::check;
use mingzhu::{Article, Kind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::changes::between;
use crate::error::{json, raise};
use crate::roster::{Confusables, Roster};

/// A story with what the machine found in it and what humans decided. Offsets are UTF-16 units.
#[wasm_bindgen]
pub struct Review {
    pub(crate) review: Reviewed,
    pub(crate) text: String,
    /// The marks that [`Review::changes`] told last.
    told: Vec<Mark>,
}

/// A name and its kind, as `Annotator.addTerms` takes them.
#[derive(Serialize)]
struct Taught {
    text: String,
    kind: Kind,
}

#[wasm_bindgen]
impl Review {
    /// Lays a log over a machine's article of a text.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, article: &str, log: &str) -> Result<Review, JsValue> {
        let article: Article = read(article)?;
        let log = Log::from_json(log).map_err(raise)?;
        let review = Reviewed::new(text, article, log).map_err(raise)?;
        Ok(Review { review, text: text.to_owned(), told: Vec::new() })
    }

    /// Takes in one decision.
    pub fn decide(&mut self, decision: &str) -> Result<(), JsValue> {
        let decision: Decision = read(decision)?;
        self.review.decide(decision).map_err(raise)
    }

    /// Takes in another log of the story.
    pub fn merge(&mut self, log: &str) -> Result<(), JsValue> {
        let log = Log::from_json(log).map_err(raise)?;
        self.review.merge(log).map_err(raise)
    }

    /// What has changed since this was asked last; the first time, all of it.
    pub fn changes(&mut self) -> String {
        let outcome = self.review.outcome();
        let told = json(&between(&self.told, outcome));
        self.told.clone_from(&outcome.marks);
        told
    }

    /// All decisions.
    pub fn log(&self) -> String {
        json(&self.review.log())
    }

    /// The ids in a log that are not known yet: what withdrawing it would take back.
    pub fn unknown(&self, log: &str) -> Result<String, JsValue> {
        let log = Log::from_json(log).map_err(raise)?;
        Ok(json(&self.review.unknown(&log)))
    }

    /// The time of a decision that is made now: later than all that there are.
    pub fn moment(&self, now: &str) -> Result<String, JsValue> {
        let now: Moment = now.parse().map_err(raise)?;
        Ok(self.review.moment(now).to_string())
    }

    /// The selectors of a span.
    #[wasm_bindgen(js_name = targetOf)]
    pub fn target_of(&self, start: u32, end: u32) -> String {
        json(&self.review.target_of(start, end))
    }

    /// The ids of what holds for the subject at a place.
    pub fn seen(&self, start: u32, end: u32) -> String {
        json(&self.review.seen(start, end))
    }

    /// What an undo takes back.
    #[wasm_bindgen(js_name = undoOf)]
    pub fn undo_of(&self, author: &str) -> Option<String> {
        self.review.undo_of(author).map(str::to_owned)
    }

    /// What a redo takes back.
    #[wasm_bindgen(js_name = redoOf)]
    pub fn redo_of(&self, author: &str) -> Option<String> {
        self.review.redo_of(author).map(str::to_owned)
    }

    /// What is doubtful in the story as humans have left it, by itself.
    pub fn check(&self, confusables: &Confusables) -> String {
        json(&check(&self.text, &self.review.reviewed(), None, &confusables.known, None))
    }

    /// What is doubtful in it by itself and by a roster.
    #[wasm_bindgen(js_name = checkAgainst)]
    pub fn check_against(&self, confusables: &Confusables, roster: &Roster) -> String {
        json(&check(&self.text, &self.review.reviewed(), Some(&roster.list), &confusables.known, None))
    }

    /// What human decisions teach an annotator.
    pub fn terms(&self) -> String {
        let terms = self.review.terms().into_iter().map(|(text, kind)| Taught { text, kind });
        json(&terms.collect::<Vec<_>>())
    }
}

/// A record as JSON has it.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, JsValue> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        raise(ReviewError::LogInvalid { line, column, detail: error.to_string() })
    })
}
