//! What web-sys does not bind, or only behind its unstable flag.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Range};

#[wasm_bindgen]
extern "C" {
    /// A set of ranges painted alike.
    pub(super) type Highlight;

    #[wasm_bindgen(constructor, catch)]
    pub(super) fn new() -> Result<Highlight, JsValue>;

    #[wasm_bindgen(method)]
    pub(super) fn add(this: &Highlight, range: &Range);

    #[wasm_bindgen(method)]
    pub(super) fn delete(this: &Highlight, range: &Range) -> bool;

    #[wasm_bindgen(method, getter)]
    pub(super) fn size(this: &Highlight) -> u32;

    #[wasm_bindgen(method, setter)]
    pub(super) fn set_priority(this: &Highlight, priority: i32);

    /// `CSS.highlights`.
    pub(super) type HighlightRegistry;

    #[wasm_bindgen(method)]
    pub(super) fn get(this: &HighlightRegistry, name: &str) -> Option<Highlight>;

    #[wasm_bindgen(method)]
    pub(super) fn set(this: &HighlightRegistry, name: &str, highlight: &Highlight);

    #[wasm_bindgen(method, js_name = "delete")]
    pub(super) fn remove(this: &HighlightRegistry, name: &str) -> bool;

    /// A document that still has the older way from a point to a text position.
    pub(super) type CaretRangeDocument;

    #[wasm_bindgen(method, js_name = "caretRangeFromPoint")]
    pub(super) fn caret_range_from_point(this: &CaretRangeDocument, x: f32, y: f32) -> Option<Range>;
}

/// `CSS.highlights`, where the browser has it.
pub(super) fn highlight_registry() -> Option<HighlightRegistry> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok().filter(JsValue::is_object)?;
    let registry = Reflect::get(&css, &"highlights".into()).ok().filter(JsValue::is_object)?;
    Some(registry.unchecked_into())
}

/// True when `object` has a method or property of this name.
pub(super) fn has(object: &JsValue, name: &str) -> bool {
    Reflect::has(object, &name.into()).unwrap_or(false)
}

/// Adds a sheet to the document's adopted ones, or takes it away, leaving the others alone.
///
/// The list is assigned anew: browsers before 2022 had it frozen.
pub(super) fn adopt(document: &Document, sheet: &web_sys::CssStyleSheet) {
    let sheets = Array::from(&document.adopted_style_sheets());
    sheets.push(sheet);
    document.set_adopted_style_sheets(&sheets);
}

/// See [`adopt`].
pub(super) fn disown(document: &Document, sheet: &web_sys::CssStyleSheet) {
    let sheet: &JsValue = sheet;
    let sheets = Array::from(&document.adopted_style_sheets());
    let kept: Array = sheets.iter().filter(|other| other != sheet).collect();
    document.set_adopted_style_sheets(&kept);
}
