//! The trees of nodes that a text stands in besides its document: shadow trees, and documents in
//! frames of the same origin. Their styles are their own, and frames tell only their own window
//! what happens in them.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlIFrameElement, Node, ShadowRoot};

use super::listen::Listener;
use super::platform::{document_of, name_of, node_type, paper, shadow_of, window_of};
use super::sheet::Sheet;

/// One of them, with what we have put in; taken away when dropped.
pub(super) struct Tree {
    top: Node,
    sheet: Sheet,
    _listeners: Vec<Listener>,
}

impl Tree {
    /// `top` is a shadow root or a document.
    pub fn new(top: Node, rules: &str, listeners: Vec<Listener>) -> Self {
        Tree { sheet: Sheet::new(&top, rules), top, _listeners: listeners }
    }

    pub fn top(&self) -> &Node {
        &self.top
    }

    /// Puts other rules in the place of those it has.
    pub fn dress(&self, rules: &str) {
        self.sheet.replace(rules);
    }
}

/// The tree's document, where it is one. What comes from a frame is an instance of nothing here.
pub(super) fn as_document(top: &Node) -> Option<&Document> {
    (node_type(top) == Node::DOCUMENT_NODE).then(|| top.unchecked_ref())
}

/// The element that a tree's text stands on: the body of a document, the host of a shadow root.
pub(super) fn ground_of(top: &Node) -> Option<Element> {
    match as_document(top) {
        Some(document) => paper(document).body().map(Element::from),
        None => Some(top.unchecked_ref::<ShadowRoot>().host()),
    }
}

/// Where the window of a node's document stands in that of the outer one.
pub(super) fn origin_in(outer: &Document, node: &Node) -> (f64, f64) {
    let (mut left, mut top) = (0.0, 0.0);
    let mut document = document_of(node);
    while document != *outer {
        let window = window_of(&document);
        let Some(frame) = window.and_then(|window| window.frame_element().ok().flatten()) else { break };
        let rect = frame.get_bounding_client_rect();
        left += rect.left() + f64::from(frame.client_left());
        top += rect.top() + f64::from(frame.client_top());
        document = document_of(&frame);
    }
    (left, top)
}

/// The innermost element under a point of the outer document's window, and whether it stands in
/// another tree.
pub(super) fn element_at(outer: &Document, x: f64, y: f64) -> Option<(Element, bool)> {
    let mut element = paper(outer).element_from_point(x as f32, y as f32)?;
    let mut is_elsewhere = false;
    loop {
        let inner = if let Some(root) = shadow_of(&element) {
            let (left, top) = origin_in(outer, &element);
            root.element_from_point((x - left) as f32, (y - top) as f32)
        } else if name_of(&element) == "iframe" {
            let frame = element.unchecked_ref::<HtmlIFrameElement>();
            frame.content_document().and_then(|document| {
                let (left, top) = origin_in(outer, &document);
                paper(&document).element_from_point((x - left) as f32, (y - top) as f32)
            })
        } else {
            None
        };
        // A host under the point is what its own tree gives where none of its elements is.
        match inner.filter(|inner| *inner != element) {
            Some(inner) => (element, is_elsewhere) = (inner, true),
            None => return Some((element, is_elsewhere)),
        }
    }
}
