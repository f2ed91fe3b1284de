//! What web-sys does not bind, or only behind its unstable flag.

use js_sys::{Array, Function, JsString, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, Document, EventTarget, Node, Range};

use super::dom::{node_type, paper, window_of};
use super::place::Edges;

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
    #[derive(Clone)]
    pub(super) type HighlightRegistry;

    #[wasm_bindgen(method)]
    pub(super) fn get(this: &HighlightRegistry, name: &str) -> Option<Highlight>;

    #[wasm_bindgen(method)]
    pub(super) fn set(this: &HighlightRegistry, name: &str, highlight: &Highlight);

    #[wasm_bindgen(method, js_name = "delete")]
    pub(super) fn remove(this: &HighlightRegistry, name: &str) -> bool;

    /// A text node whose data stays what it is: lone halves of surrogate pairs included.
    pub(super) type Data;

    #[wasm_bindgen(method, getter)]
    pub(super) fn data(this: &Data) -> JsString;

    #[wasm_bindgen(method, setter)]
    pub(super) fn set_data(this: &Data, data: &JsString);

    type Shadow;

    #[wasm_bindgen(method, getter, js_name = adoptedStyleSheets)]
    fn adopted_style_sheets(this: &Shadow) -> JsValue;

    #[wasm_bindgen(method, catch, setter, js_name = adoptedStyleSheets)]
    fn set_adopted_style_sheets(this: &Shadow, sheets: &Array) -> Result<(), JsValue>;
}

/// The `CSS.highlights` of a window, where the browser has it.
pub(super) fn highlight_registry(window: &JsValue) -> Option<HighlightRegistry> {
    let css = Reflect::get(window, &"CSS".into()).ok().filter(JsValue::is_object)?;
    let registry = Reflect::get(&css, &"highlights".into()).ok().filter(JsValue::is_object)?;
    Some(registry.unchecked_into())
}

/// A sheet that a document and its shadow trees can adopt, where the browser makes any: it has
/// to come from the document's own window.
pub(super) fn constructed_sheet(document: &Document) -> Option<CssStyleSheet> {
    let make: Function =
        Reflect::get(window_of(document)?.as_ref(), &"CSSStyleSheet".into()).ok()?.dyn_into().ok()?;
    Some(Reflect::construct(&make, &Array::new()).ok()?.unchecked_into())
}

/// Adds a sheet to those that a document or a shadow root has adopted, or takes it away, leaving
/// the others alone.
///
/// The list is assigned anew: browsers before 2022 had it frozen.
pub(super) fn adopt(tree: &Node, sheet: &CssStyleSheet) {
    change_sheets(tree, |sheets| {
        sheets.push(sheet);
        sheets
    });
}

/// See [`adopt`].
pub(super) fn disown(tree: &Node, sheet: &CssStyleSheet) {
    let sheet: &JsValue = sheet;
    change_sheets(tree, |sheets| sheets.iter().filter(|other| other != sheet).collect());
}

/// A tree of another document than its sheet, after it has moved, is left alone.
fn change_sheets(tree: &Node, change: impl Fn(Array) -> Array) {
    let _ = if node_type(tree) == Node::DOCUMENT_NODE {
        let document = paper(tree.unchecked_ref());
        document.set_adopted_style_sheets(&change(Array::from(&document.adopted_style_sheets())))
    } else {
        let root = tree.unchecked_ref::<Shadow>();
        root.set_adopted_style_sheets(&change(Array::from(&root.adopted_style_sheets())))
    };
}

/// What the reader sees of the window: a part of it under a pinch zoom.
pub(super) fn seen(window: &web_sys::Window) -> Edges {
    let zoom = visual_viewport(window);
    let number = |object: &JsValue, name: &str| {
        Reflect::get(object, &name.into()).ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (left, top, width, height) = match &zoom {
        Some(zoom) => (
            number(zoom, "offsetLeft"),
            number(zoom, "offsetTop"),
            number(zoom, "width"),
            number(zoom, "height"),
        ),
        None => (0.0, 0.0, number(window, "innerWidth"), number(window, "innerHeight")),
    };
    Edges { left, top, right: left + width, bottom: top + height }
}

/// What tells of pinch zooms, where the browser has it.
pub(super) fn visual_viewport(window: &web_sys::Window) -> Option<EventTarget> {
    // That of a frame is an instance of nothing here.
    let zoom = Reflect::get(window, &"visualViewport".into()).ok()?;
    zoom.is_object().then(|| zoom.unchecked_into())
}
