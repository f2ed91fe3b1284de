//! The words of the interface, from a locale file of the JS shell.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use super::style::kind_name;
use crate::article::{Kind, Status};

/// A locale: plain strings by name, `{…}` where a value goes.
pub(super) struct Strings(JsValue);

impl Strings {
    pub fn new(locale: JsValue) -> Self {
        Strings(locale)
    }

    /// A string; its name where the locale lacks it, so that a gap is seen, not fatal.
    pub fn get(&self, name: &str) -> String {
        let value = Reflect::get(&self.0, &name.into()).ok();
        value.and_then(|value| value.as_string()).unwrap_or_else(|| name.to_owned())
    }

    /// A string with its values put in.
    pub fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(name);
        for (key, value) in values {
            text = text.replace(&format!("{{{key}}}"), value);
        }
        text
    }

    /// What a kind is called, as the name of a list.
    pub fn kind(&self, kind: Kind) -> String {
        self.get(kind_name(kind))
    }

    /// What one of a kind is called.
    pub fn one(&self, kind: Kind) -> String {
        self.get(&format!("one-{}", kind_name(kind)))
    }

    /// What is said of a post that is not simply held.
    pub fn status(&self, status: Status) -> Option<String> {
        let name = match status {
            Status::Current => return None,
            Status::Acting => "acting",
            Status::Appointed => "appointed",
            Status::Designate => "designate",
            Status::Former => "former",
            Status::Removed => "removed",
        };
        Some(self.get(&format!("status-{name}")))
    }

    /// The language of the strings, for `lang`.
    pub fn language(&self) -> String {
        self.get("language")
    }
}
