//! Errors as JavaScript has them.

use js_sys::{Error as JsError, Reflect};
use mingzhu::exchange::ExchangeError;
use mingzhu::review::ReviewError;
use mingzhu::roster::RosterError;
use wasm_bindgen::JsValue;

/// What an error of the library tells a program.
pub trait Coded: std::fmt::Display {
    /// Its stable name.
    fn code(&self) -> &'static str;
    /// What can be done.
    fn hint(&self) -> &'static str;
    /// Where in a text that was handed in, from 1.
    fn place(&self) -> Option<(usize, usize)> {
        None
    }
}

impl Coded for ReviewError {
    fn code(&self) -> &'static str {
        ReviewError::code(self)
    }

    fn hint(&self) -> &'static str {
        ReviewError::hint(self)
    }
}

impl Coded for ExchangeError {
    fn code(&self) -> &'static str {
        ExchangeError::code(self)
    }

    fn hint(&self) -> &'static str {
        ExchangeError::hint(self)
    }

    fn place(&self) -> Option<(usize, usize)> {
        ExchangeError::place(self)
    }
}

impl Coded for RosterError {
    fn code(&self) -> &'static str {
        RosterError::code(self)
    }

    fn hint(&self) -> &'static str {
        RosterError::hint(self)
    }

    fn place(&self) -> Option<(usize, usize)> {
        RosterError::place(self)
    }
}

impl Coded for mingzhu::Error {
    fn code(&self) -> &'static str {
        mingzhu::Error::code(self)
    }

    fn hint(&self) -> &'static str {
        mingzhu::Error::hint(self)
    }
}

/// A JavaScript `Error` with our `code` and `hint`, and `line` and `column` where they are known.
pub fn raise(error: impl Coded) -> JsValue {
    let raised = JsError::new(&error.to_string());
    let set = |key: &str, value: JsValue| {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&raised, &key.into(), &value);
    };
    set("code", error.code().into());
    set("hint", error.hint().into());
    if let Some((line, column)) = error.place() {
        set("line", (line as f64).into());
        set("column", (column as f64).into());
    }
    raised.into()
}

/// What is plain data as JSON.
pub fn json(value: &impl serde::Serialize) -> String {
    // Our records have string keys and finite numbers: writing them cannot fail.
    serde_json::to_string(value).unwrap_or_default()
}
