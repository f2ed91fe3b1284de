//! Anchors of the text that was read last. JavaScript writes and reads their selectors
//! (`js/anchor.js`); numbers and strings cross, no objects.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::Node;

use super::Page;
use crate::anchor::{Anchor, Block, By, Orphan, Place, describe, find};

#[wasm_bindgen]
impl Page {
    /// The offset of any place of the page: where nothing was read, of what was read next.
    #[wasm_bindgen(js_name = placeOf)]
    pub fn place_of(&self, node: &Node, offset: u32) -> Option<u32> {
        self.get()?.reading()?.view().place(node, offset)
    }

    /// Exact, prefix, suffix, code points of start and end, UTF-16 units of start and end, hash of
    /// the text; and where there are such, hash of the block and where it is in it, and the rival.
    pub fn describe(&self, start: u32, end: u32) -> Option<Array> {
        let reading = self.get()?.reading()?;
        let text = reading.view().anchored();
        let Anchor { exact, prefix, suffix, position, place } =
            describe(text, text.from_utf16(start)..text.from_utf16(end))?;
        let (position, place) = (position?, place?);
        let hex = |hash: u64| JsValue::from(format!("{hash:016x}"));
        let parts: [JsValue; 11] = [
            exact.into(),
            prefix.into(),
            suffix.into(),
            (position.start as u32).into(),
            (position.end as u32).into(),
            place.start.into(),
            place.end.into(),
            hex(place.text),
            place.block.map(|block| hex(block.hash)).into(),
            place.block.map(|block| block.start).into(),
            place.rival.into(),
        ];
        Some(parts.into_iter().collect())
    }

    /// Start, end and what told (0 the text, 1 a block, 2 the quote); or why there is none
    /// (0 absent, 1 changed, 2 ambiguous). From `start` on it is what [`Place`] has.
    #[allow(clippy::too_many_arguments)]
    #[wasm_bindgen(js_name = match)]
    pub fn find(
        &self,
        exact: String,
        prefix: String,
        suffix: String,
        start: Option<u32>,
        text: Option<String>,
        block: Option<String>,
        block_start: Option<u32>,
        rival: Option<u32>,
    ) -> Option<Vec<u32>> {
        let reading = self.get()?.reading()?;
        let hash = |digits: Option<String>| u64::from_str_radix(&digits?, 16).ok();
        let block = hash(block).zip(block_start).map(|(hash, start)| Block { hash, start });
        let place =
            start.zip(hash(text)).map(|(start, text)| Place { start, end: start, text, block, rival });
        let view = reading.view().anchored();
        Some(match find(view, &Anchor { exact, prefix, suffix, position: None, place }) {
            Ok(found) => {
                let by = match found.by {
                    By::Text => 0,
                    By::Block => 1,
                    By::Quote => 2,
                };
                vec![view.to_utf16(found.span.start), view.to_utf16(found.span.end), by]
            }
            Err(orphan) => vec![match orphan {
                Orphan::Absent => 0,
                Orphan::Changed => 1,
                Orphan::Ambiguous => 2,
            }],
        })
    }
}
