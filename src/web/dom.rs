//! The nodes of a page, asked by their prototypes: a form's fields may be called like what a
//! node can do, and images and frames like what a document can.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{
    CaretPosition, Document, DomRect, Element, HtmlElement, Node, Range, ShadowRoot, TreeWalker, Window,
};

#[wasm_bindgen]
extern "C" {
    /// See [`paper`].
    #[wasm_bindgen(js_name = Document)]
    pub(super) type Paper;

    #[wasm_bindgen(method, final, js_class = "Document", js_name = createElement)]
    pub(super) fn create_element(this: &Paper, name: &str) -> Element;

    #[wasm_bindgen(method, final, catch, js_class = "Document", js_name = createTreeWalker)]
    pub(super) fn tree_walker(this: &Paper, root: &Node, show: u32) -> Result<TreeWalker, JsValue>;

    #[wasm_bindgen(method, final, catch, js_class = "Document", js_name = createRange)]
    pub(super) fn range(this: &Paper) -> Result<Range, JsValue>;

    #[wasm_bindgen(method, final, getter, js_class = "Document", js_name = body)]
    pub(super) fn body(this: &Paper) -> Option<HtmlElement>;

    #[wasm_bindgen(method, final, getter, js_class = "Document", js_name = activeElement)]
    pub(super) fn active_element(this: &Paper) -> Option<Element>;

    #[wasm_bindgen(method, final, getter, js_class = "Document", js_name = defaultView)]
    fn default_view(this: &Paper) -> Option<Window>;

    #[wasm_bindgen(method, final, getter, js_class = "Document", js_name = adoptedStyleSheets)]
    pub(super) fn adopted_style_sheets(this: &Paper) -> JsValue;

    #[wasm_bindgen(method, final, catch, setter, js_class = "Document", js_name = adoptedStyleSheets)]
    pub(super) fn set_adopted_style_sheets(this: &Paper, sheets: &Array) -> Result<(), JsValue>;

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

    #[wasm_bindgen(js_name = Node)]
    type PlainNode;

    #[wasm_bindgen(method, final, getter, js_class = "Node", js_name = nodeType)]
    fn kind(this: &PlainNode) -> u16;

    #[wasm_bindgen(method, final, catch, getter, js_class = "Node", js_name = nodeType)]
    fn kind_if_any(this: &PlainNode) -> Result<u16, JsValue>;

    #[wasm_bindgen(method, final, getter, js_class = "Node", js_name = ownerDocument)]
    fn owner(this: &PlainNode) -> Option<Document>;

    #[wasm_bindgen(method, final, getter, js_class = "Node", js_name = parentNode)]
    fn parent(this: &PlainNode) -> Option<Node>;

    #[wasm_bindgen(method, final, js_class = "Node", js_name = getRootNode)]
    fn top(this: &PlainNode) -> Node;

    #[wasm_bindgen(method, final, js_class = "Node", js_name = contains)]
    fn holds(this: &PlainNode, other: &Node) -> bool;

    #[wasm_bindgen(method, final, catch, js_class = "Node", js_name = insertBefore)]
    fn insert(this: &PlainNode, child: &Node, before: Option<&Node>) -> Result<Node, JsValue>;

    #[wasm_bindgen(method, final, catch, js_class = "Node", js_name = removeChild)]
    fn take(this: &PlainNode, child: &Node) -> Result<Node, JsValue>;

    #[wasm_bindgen(js_name = Element)]
    type PlainElement;

    #[wasm_bindgen(method, final, getter, js_class = "Element", js_name = localName)]
    fn name(this: &PlainElement) -> String;

    #[wasm_bindgen(method, final, getter, js_class = "Element", js_name = className)]
    fn class(this: &PlainElement) -> String;

    #[wasm_bindgen(method, final, js_class = "Element", js_name = getAttribute)]
    fn attribute(this: &PlainElement, name: &str) -> Option<String>;

    #[wasm_bindgen(method, final, getter, js_class = "Element", js_name = shadowRoot)]
    fn shadow(this: &PlainElement) -> Option<ShadowRoot>;

    #[wasm_bindgen(method, final, getter, js_class = "Element", js_name = assignedSlot)]
    fn slot(this: &PlainElement) -> Option<Element>;

    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = closest)]
    fn around(this: &PlainElement, selector: &str) -> Result<Option<Element>, JsValue>;

    #[wasm_bindgen(method, final, catch, js_class = "Element", js_name = querySelectorAll)]
    fn all(this: &PlainElement, selector: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, final, js_class = "Element", js_name = getBoundingClientRect)]
    fn rect(this: &PlainElement) -> DomRect;

    #[wasm_bindgen(method, final, js_class = "Element", js_name = scrollIntoView)]
    fn scroll_into_view(this: &PlainElement, options: &JsValue);

    #[wasm_bindgen(js_name = DocumentFragment)]
    type Fragment;

    #[wasm_bindgen(method, final, catch, js_class = "DocumentFragment", js_name = querySelectorAll)]
    fn all(this: &Fragment, selector: &str) -> Result<JsValue, JsValue>;

    type Shadow;

    /// None of a fragment that is no shadow root.
    #[wasm_bindgen(method, getter)]
    fn host(this: &Shadow) -> Option<Element>;

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

/// A document asked by its prototype: `document.createElement` may be an image.
pub(super) fn paper(document: &Document) -> &Paper {
    document.unchecked_ref()
}

/// The window that shows a document.
pub(super) fn window_of(document: &Document) -> Option<Window> {
    paper(document).default_view()
}

fn plain(node: &Node) -> &PlainNode {
    node.unchecked_ref()
}

/// What a node is, as `nodeType` says.
pub(super) fn node_type(node: &Node) -> u16 {
    plain(node).kind()
}

/// A node, if it is one: of another window it is an instance of nothing here.
pub(super) fn as_node(value: JsValue) -> Option<Node> {
    value.unchecked_ref::<PlainNode>().kind_if_any().is_ok().then(|| value.unchecked_into())
}

/// See [`as_node`].
pub(super) fn as_element(value: JsValue) -> Option<Element> {
    as_node(value).filter(|node| node_type(node) == Node::ELEMENT_NODE).map(JsCast::unchecked_into)
}

/// The document of a node, which a document is itself.
pub(super) fn document_of(node: &Node) -> Document {
    plain(node).owner().unwrap_or_else(|| node.clone().unchecked_into())
}

/// The top of the tree that a node stands in: a document, a shadow root, or a node of neither.
pub(super) fn top_of(node: &Node) -> Node {
    plain(node).top()
}

pub(super) fn parent_of(node: &Node) -> Option<Node> {
    plain(node).parent()
}

/// The element that a node stands in.
pub(super) fn parent_element_of(node: &Node) -> Option<Element> {
    let parent = parent_of(node)?;
    (node_type(&parent) == Node::ELEMENT_NODE).then(|| parent.unchecked_into())
}

/// What is around a node as it is drawn: of what is slotted the slot, of a shadow root its host.
pub(super) fn drawn_in(node: &Node) -> Option<Node> {
    let is = |what| node_type(node) == what;
    let slot = || node.unchecked_ref::<PlainElement>().slot().map(Node::from);
    match () {
        () if is(Node::DOCUMENT_FRAGMENT_NODE) => node.unchecked_ref::<Shadow>().host().map(Node::from),
        () if is(Node::ELEMENT_NODE) => slot().or_else(|| parent_of(node)),
        () => parent_of(node),
    }
}

/// True when `other` is the node or stands in it.
pub(super) fn contains(node: &Node, other: &Node) -> bool {
    plain(node).holds(other)
}

/// Puts a node before another of the same parent, or at its end.
pub(super) fn insert(parent: &Node, child: &Node, before: Option<&Node>) -> Result<(), JsValue> {
    plain(parent).insert(child, before).map(drop)
}

/// Takes a node from where it stands.
pub(super) fn remove(node: &Node) {
    if let Some(parent) = parent_of(node) {
        // Cannot fail: it is its parent.
        let _ = plain(&parent).take(node);
    }
}

/// The name of an element without its prefix.
pub(super) fn name_of(element: &Element) -> String {
    element.unchecked_ref::<PlainElement>().name()
}

/// The classes of an element of HTML.
pub(super) fn class_of(element: &Element) -> String {
    element.unchecked_ref::<PlainElement>().class()
}

pub(super) fn attribute_of(element: &Element, name: &str) -> Option<String> {
    element.unchecked_ref::<PlainElement>().attribute(name)
}

/// The open shadow root of an element.
pub(super) fn shadow_of(element: &Element) -> Option<ShadowRoot> {
    element.unchecked_ref::<PlainElement>().shadow()
}

/// The element of a selector that an element is or stands in; fails where it is no selector.
pub(super) fn closest_to(element: &Element, selector: &str) -> Result<Option<Element>, JsValue> {
    element.unchecked_ref::<PlainElement>().around(selector)
}

/// What a selector matches in an element or a shadow root, as a list of JavaScript.
pub(super) fn all_in(root: &Node, selector: &str) -> Option<JsValue> {
    match node_type(root) {
        Node::DOCUMENT_FRAGMENT_NODE => root.unchecked_ref::<Fragment>().all(selector),
        _ => root.unchecked_ref::<PlainElement>().all(selector),
    }
    .ok()
}

pub(super) fn rect_of(element: &Element) -> DomRect {
    element.unchecked_ref::<PlainElement>().rect()
}

/// Has it scrolled into what is seen of every box around it.
pub(super) fn scroll_to(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.unchecked_ref::<PlainElement>().scroll_into_view(&options);
}
