//! The trees of nodes that a text stands in besides its document: shadow trees, and documents in
//! frames of the same origin. Their styles are their own, and frames tell only their own window
//! what happens in them.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlIFrameElement, Node, ShadowRoot};

use super::dom::{
    as_element, closest_to, document_of, drawn_in, name_of, node_type, paper, parent_element_of, rect_of,
    shadow_of, top_of, window_of,
};
use super::listen::Listener;
use super::sheet::Sheet;

/// One of them, with what we have put in; taken away when dropped.
pub(super) struct Tree {
    top: Node,
    sheet: Sheet,
    _listeners: Vec<Listener>,
}

impl Tree {
    /// `top` is a shadow root or a document.
    pub fn new(top: Node, rules: String, listeners: Vec<Listener>) -> Self {
        Tree { sheet: Sheet::new(&top, rules), top, _listeners: listeners }
    }

    pub fn top(&self) -> &Node {
        &self.top
    }

    /// Puts other rules in the place of those it has.
    pub fn dress(&self, rules: String) {
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

/// The modal dialog of the outer document that a node is drawn in: all outside of it is dead to
/// the reader.
pub(super) fn modal_around(outer: &Document, node: &Node) -> Option<Element> {
    let mut node = node.clone();
    loop {
        let here = as_element(node.clone().into()).or_else(|| parent_element_of(&node));
        let document = document_of(&node);
        // No selector to browsers that do not know it.
        let modal = here.and_then(|here| closest_to(&here, "dialog:modal").ok()?);
        if let Some(modal) = modal.filter(|_| document == *outer) {
            return Some(modal);
        }
        let top = top_of(&node);
        node = match drawn_in(&top) {
            Some(host) => host,
            None if document == *outer => return None,
            None => window_of(&document)?.frame_element().ok()??.into(),
        };
    }
}

/// The shadow trees that a node is drawn in, those of slots as well.
pub(super) fn shadows_around(node: &Node) -> Vec<Node> {
    let mut shadows = Vec::new();
    let mut next = Some(node.clone());
    while let Some(node) = next {
        next = drawn_in(&node);
        if node_type(&node) == Node::DOCUMENT_FRAGMENT_NODE {
            shadows.push(node);
        }
    }
    shadows
}

/// Where the window of a node's document stands in that of the outer one.
pub(super) fn origin_in(outer: &Document, node: &Node) -> (f64, f64) {
    let (mut left, mut top) = (0.0, 0.0);
    let mut document = document_of(node);
    while document != *outer {
        let window = window_of(&document);
        let Some(frame) = window.and_then(|window| window.frame_element().ok().flatten()) else { break };
        let rect = rect_of(&frame);
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
