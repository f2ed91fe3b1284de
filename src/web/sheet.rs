//! A sheet of ours among those a document or a shadow root has adopted.

use web_sys::{CssStyleSheet, Node};

use super::platform::{adopt, constructed_sheet, disown, document_of};

/// Taken away when dropped. Without a sheet where the browser makes none.
pub(super) struct Sheet {
    tree: Node,
    sheet: Option<CssStyleSheet>,
}

impl Sheet {
    /// `tree` is a document or a shadow root.
    pub fn new(tree: &Node, rules: &str) -> Self {
        let sheet = constructed_sheet(&document_of(tree));
        if let Some(sheet) = &sheet {
            // A syntax error in a sheet is no error of CSSOM.
            let _ = sheet.replace_sync(rules);
            adopt(tree, sheet);
        }
        Sheet { tree: tree.clone(), sheet }
    }

    /// Puts other rules in the place of those it has.
    pub fn replace(&self, rules: &str) {
        if let Some(sheet) = &self.sheet {
            let _ = sheet.replace_sync(rules);
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
