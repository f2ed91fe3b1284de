//! What web-sys does not bind, or only behind its unstable flag.

use js_sys::{Array, Function, JsString, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{
    CaretPosition, CssStyleSheet, Document, Element, EventTarget, HtmlElement, Node, Range, ShadowRoot,
    Window,
};

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

    #[wasm_bindgen(method, final, getter, js_class = "Document", js_name = defaultView)]
    fn default_view(this: &Paper) -> Option<Window>;

    #[wasm_bindgen(method, final, getter, js_class = "Document", js_name = adoptedStyleSheets)]
    fn adopted_style_sheets(this: &Paper) -> JsValue;

    #[wasm_bindgen(method, final, catch, setter, js_class = "Document", js_name = adoptedStyleSheets)]
    fn set_adopted_style_sheets(this: &Paper, sheets: &Array) -> Result<(), JsValue>;

    /// A node asked by its prototype: a form's fields may be called like what a node can do.
    #[wasm_bindgen(js_name = Node)]
    type Plain;

    #[wasm_bindgen(method, final, getter, js_class = "Node", js_name = nodeType)]
    fn kind(this: &Plain) -> u16;

    #[wasm_bindgen(method, final, getter, js_class = "Node", js_name = ownerDocument)]
    fn owner(this: &Plain) -> Option<Document>;

    #[wasm_bindgen(method, final, js_class = "Node", js_name = getRootNode)]
    fn top(this: &Plain) -> Node;

    /// The same of an element.
    #[wasm_bindgen(js_name = Element)]
    type PlainElement;

    #[wasm_bindgen(method, final, getter, js_class = "Element", js_name = localName)]
    fn name(this: &PlainElement) -> String;

    #[wasm_bindgen(method, final, getter, js_class = "Element", js_name = shadowRoot)]
    fn shadow(this: &PlainElement) -> Option<ShadowRoot>;

    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = closest)]
    fn around(this: &PlainElement, selector: &str) -> Result<Option<Element>, JsValue>;

    type Shadow;

    #[wasm_bindgen(method, getter, js_name = adoptedStyleSheets)]
    fn adopted_style_sheets(this: &Shadow) -> JsValue;

    #[wasm_bindgen(method, catch, setter, js_name = adoptedStyleSheets)]
    fn set_adopted_style_sheets(this: &Shadow, sheets: &Array) -> Result<(), JsValue>;

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

/// The window that shows a document.
pub(super) fn window_of(document: &Document) -> Option<Window> {
    paper(document).default_view()
}

/// What a node is, as `nodeType` says.
pub(super) fn node_type(node: &Node) -> u16 {
    node.unchecked_ref::<Plain>().kind()
}

/// The document of a node, which a document is itself.
pub(super) fn document_of(node: &Node) -> Document {
    node.unchecked_ref::<Plain>().owner().unwrap_or_else(|| node.clone().unchecked_into())
}

/// The top of the tree that a node stands in: a document, a shadow root, or a node of neither.
pub(super) fn top_of(node: &Node) -> Node {
    node.unchecked_ref::<Plain>().top()
}

/// The name of an element without its prefix.
pub(super) fn name_of(element: &Element) -> String {
    element.unchecked_ref::<PlainElement>().name()
}

/// The open shadow root of an element.
pub(super) fn shadow_of(element: &Element) -> Option<ShadowRoot> {
    element.unchecked_ref::<PlainElement>().shadow()
}

/// The element of a selector that an element is or stands in.
pub(super) fn closest_to(element: &Element, selector: &str) -> Option<Element> {
    element.unchecked_ref::<PlainElement>().around(selector).ok()?
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
        let document = tree.unchecked_ref::<Paper>();
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
    Reflect::get(window, &"visualViewport".into()).ok()?.dyn_into().ok()
}
