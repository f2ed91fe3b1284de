//! A sheet of ours among those a document or a shadow root has adopted.

use std::cell::RefCell;

use web_sys::{CssStyleSheet, Node};

use super::dom::document_of;
use super::platform::{adopt, constructed_sheet, disown};

/// Taken away when dropped. Without a sheet where the browser makes none.
pub(super) struct Sheet {
    tree: Node,
    sheet: Option<CssStyleSheet>,
    rules: RefCell<String>,
}

impl Sheet {
    /// `tree` is a document or a shadow root.
    pub fn new(tree: &Node, rules: String) -> Self {
        let sheet = constructed_sheet(&document_of(tree));
        if let Some(sheet) = &sheet {
            // A syntax error in a sheet is no error of CSSOM.
            let _ = sheet.replace_sync(&rules);
            adopt(tree, sheet);
        }
        Sheet { tree: tree.clone(), sheet, rules: rules.into() }
    }

    /// Puts other rules in the place of those it has. The same ones would be computed anew.
    pub fn replace(&self, rules: String) {
        if let Some(sheet) = self.sheet.as_ref().filter(|_| *self.rules.borrow() != rules) {
            let _ = sheet.replace_sync(&rules);
            self.rules.replace(rules);
        }
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        if let Some(sheet) = &self.sheet {
            disown(&self.tree, sheet);
        }
    }
}
