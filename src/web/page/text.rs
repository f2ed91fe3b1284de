//! Between places of the page and offsets of the text that was read last.

use wasm_bindgen::prelude::*;
use web_sys::{Node, Range};

use super::Page;

#[wasm_bindgen]
impl Page {
    /// The range that shows a part of the text.
    #[wasm_bindgen(js_name = rangeOf)]
    pub fn range_of(&self, start: u32, end: u32) -> Option<Range> {
        let inner = self.get()?;
        inner.reading()?.view().range(&inner.document, start, end)
    }

    /// The offset of a place in a text node, if the node was read.
    #[wasm_bindgen(js_name = offsetOf)]
    pub fn offset_of(&self, node: &Node, offset: u32) -> Option<u32> {
        self.get()?.reading()?.view().offset(node, offset)
    }
}
