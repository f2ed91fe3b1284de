//! What web-sys does not bind, or only behind its unstable flag.

use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CaretPosition, Document, Element, EventTarget, HtmlElement, Range};

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

    /// A document asked by its prototype: a page may call its forms, images and frames like
    /// what a document can do, and `document.createElement` is then an image.
    #[wasm_bindgen(js_name = Document)]
    pub(super) type Paper;

    #[wasm_bindgen(method, final, js_class = "Document", js_name = createElement)]
    pub(super) fn create_element(this: &Paper, name: &str) -> Element;

    #[wasm_bindgen(method, final, getter, js_class = "Document", js_name = body)]
    pub(super) fn body(this: &Paper) -> Option<HtmlElement>;

    #[wasm_bindgen(method, final, getter, js_class = "Document", js_name = activeElement)]
    pub(super) fn active_element(this: &Paper) -> Option<Element>;

    #[wasm_bindgen(method, final, getter, js_class = "Document", js_name = adoptedStyleSheets)]
    fn adopted_style_sheets(this: &Paper) -> JsValue;

    #[wasm_bindgen(method, final, setter, js_class = "Document", js_name = adoptedStyleSheets)]
    fn set_adopted_style_sheets(this: &Paper, sheets: &Array);

    #[wasm_bindgen(method, final, catch, js_class = "Document", js_name = caretPositionFromPoint)]
    pub(super) fn caret_position_from_point(
        this: &Paper,
        x: f32,
        y: f32,
    ) -> Result<Option<CaretPosition>, JsValue>;

    /// The older way from a point to a text position.
    #[wasm_bindgen(method, final, catch, js_class = "Document", js_name = caretRangeFromPoint)]
    pub(super) fn caret_range_from_point(this: &Paper, x: f32, y: f32) -> Result<Option<Range>, JsValue>;

    #[wasm_bindgen(method, final, js_class = "Document", js_name = elementFromPoint)]
    pub(super) fn element_from_point(this: &Paper, x: f32, y: f32) -> Option<Element>;

    #[wasm_bindgen(js_name = EventTarget)]
    pub(super) type Target;

    #[wasm_bindgen(method, final, catch, js_class = "EventTarget", js_name = addEventListener)]
    pub(super) fn listen(
        this: &Target,
        event: &str,
        handle: &JsValue,
        options: &JsValue,
    ) -> Result<(), JsValue>;

    #[wasm_bindgen(method, final, catch, js_class = "EventTarget", js_name = removeEventListener)]
    pub(super) fn unlisten(
        this: &Target,
        event: &str,
        handle: &JsValue,
        capture: bool,
    ) -> Result<(), JsValue>;
}

/// See [`Paper`].
pub(super) fn paper(document: &Document) -> &Paper {
    document.unchecked_ref()
}

/// `CSS.highlights`, where the browser has it.
pub(super) fn highlight_registry() -> Option<HighlightRegistry> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok().filter(JsValue::is_object)?;
    let registry = Reflect::get(&css, &"highlights".into()).ok().filter(JsValue::is_object)?;
    Some(registry.unchecked_into())
}

/// Adds a sheet to the document's adopted ones, or takes it away, leaving the others alone.
///
/// The list is assigned anew: browsers before 2022 had it frozen.
pub(super) fn adopt(document: &Document, sheet: &web_sys::CssStyleSheet) {
    let sheets = Array::from(&paper(document).adopted_style_sheets());
    sheets.push(sheet);
    paper(document).set_adopted_style_sheets(&sheets);
}

/// See [`adopt`].
pub(super) fn disown(document: &Document, sheet: &web_sys::CssStyleSheet) {
    let sheet: &JsValue = sheet;
    let sheets = Array::from(&paper(document).adopted_style_sheets());
    let kept: Array = sheets.iter().filter(|other| other != sheet).collect();
    paper(document).set_adopted_style_sheets(&kept);
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
    Reflect::get(window, &"visualViewport".into()).ok()?.dyn_into().ok()
}
