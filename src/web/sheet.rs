//! A sheet of ours among those the document has adopted.

use web_sys::{CssStyleSheet, Document};

use super::platform::{adopt, disown};

/// Taken from the document when dropped. Without a sheet where the browser makes none.
pub(super) struct Sheet {
    document: Document,
    sheet: Option<CssStyleSheet>,
}

impl Sheet {
    pub fn new(document: &Document, rules: &str) -> Self {
        let sheet = CssStyleSheet::new().ok();
        if let Some(sheet) = &sheet {
            // A syntax error in a sheet is no error of CSSOM.
            let _ = sheet.replace_sync(rules);
            adopt(document, sheet);
        }
        Sheet { document: document.clone(), sheet }
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
            disown(&self.document, sheet);
        }
    }
}
