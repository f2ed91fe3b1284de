//! The nodes of a page, reached so that a page cannot mislead us: a form's controls may be
//! named like any property of the form, and a picture like any of the document.

use js_sys::Set;
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlIFrameElement, HtmlSlotElement, Node, Range, TreeWalker};

use super::rules::{self, Choices, MARKED};
use crate::web::dom::{all_in, attribute_of, closest_to, paper, shadow_of, top_of};

/// Nodes that are read, for a walker: elements, text, CDATA.
pub(super) const READ: u32 = 0b1101;
pub(super) const ELEMENTS: u32 = 1;
const TEXTS: u32 = 0b1100;
const ALL: u32 = u32::MAX;

/// Elements that may have a shadow root, besides custom ones; sorted.
const HOSTS: [&str; 18] = [
    "article",
    "aside",
    "blockquote",
    "body",
    "div",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "main",
    "nav",
    "p",
    "section",
    "span",
];

#[wasm_bindgen]
extern "C" {
    /// Not by way of the prototypes, which takes longer: only a form can hide its own name.
    type Named;

    #[wasm_bindgen(method, getter, js_name = localName)]
    fn local_name(this: &Named) -> JsValue;

    #[wasm_bindgen(js_name = Set)]
    type Elements;

    #[wasm_bindgen(constructor, js_class = "Set")]
    fn of(list: &JsValue) -> Elements;
}

/// A walker over nodes of these types below `root`, in whatever document.
pub(super) fn walker(root: &Node, show: u32) -> Option<TreeWalker> {
    let document = web_sys::window()?.document()?;
    paper(&document).tree_walker(root, show).ok()
}

/// A range that holds nothing yet.
pub(super) fn range(document: &Document) -> Option<Range> {
    paper(document).range().ok()
}

/// True when the element or one around it matches.
pub(super) fn closest(element: &Element, selector: &str) -> bool {
    closest_to(element, selector).is_ok_and(|found| found.is_some())
}

/// A number in every node but a form that has a control of this name.
pub(super) fn is_text(node: &Node) -> bool {
    matches!(node.node_type(), Node::TEXT_NODE | Node::CDATA_SECTION_NODE)
}

/// The texts behind a place, to the end of its tree.
pub(super) fn texts_behind(container: &Node, offset: u32) -> impl Iterator<Item = Node> {
    let at = at(container, offset);
    let first = at.as_ref().filter(|(_, behind)| *behind).map(|(walker, _)| walker.current_node());
    first.into_iter().chain(std::iter::from_fn(move || at.as_ref()?.0.next_node().ok()?))
}

/// The texts before a place, the nearest first, to the start of its tree.
pub(super) fn texts_before(container: &Node, offset: u32) -> impl Iterator<Item = Node> {
    let at = at(container, offset);
    let first = at.as_ref().filter(|(_, behind)| !*behind).map(|(walker, _)| walker.current_node());
    first.into_iter().chain(std::iter::from_fn(move || at.as_ref()?.0.previous_node().ok()?))
}

/// A walker over texts that stands at the node behind a place, or else at the last one before
/// it; and whether it is the one behind.
fn at(container: &Node, offset: u32) -> Option<(TreeWalker, bool)> {
    let texts = walker(&top_of(container), TEXTS)?;
    let all = walker(container, ALL)?;
    let mut behind = true;
    if all.first_child().ok()?.is_some() {
        behind = (0..offset).all(|_| matches!(all.next_sibling(), Ok(Some(_))));
        while !behind && matches!(all.last_child(), Ok(Some(_))) {}
    }
    texts.set_current_node(&all.current_node());
    Some((texts, behind))
}

/// What of a tree the rules have to look at more closely, found in one go.
pub(super) struct Marks {
    marked: Option<Set>,
    excluded: Option<Set>,
    included: Option<Set>,
}

impl Marks {
    pub fn new(root: &Node, choices: &Choices) -> Self {
        let all = |selector: &str| {
            let found = Elements::of(&all_in(root, selector)?).unchecked_into::<Set>();
            Some(found).filter(|found| found.size() > 0)
        };
        Marks {
            marked: all(MARKED),
            excluded: choices.exclude.as_deref().and_then(all),
            included: choices.include.as_deref().and_then(all),
        }
    }

    /// What the site's selectors match.
    pub fn selected(&self) -> [Option<&Set>; 2] {
        [self.excluded.as_ref(), self.included.as_ref()]
    }

    pub fn see(&self, element: Element) -> Seen {
        let is = |set: &Option<Set>| set.as_ref().is_some_and(|set| set.has(&element));
        let (marked, excluded, included) = (is(&self.marked), is(&self.excluded), is(&self.included));
        Seen { element, marked, excluded, included }
    }
}

/// An element with what the rules ask of it.
#[derive(Clone)]
pub(super) struct Seen {
    pub element: Element,
    marked: bool,
    excluded: bool,
    included: bool,
}

impl PartialEq for Seen {
    fn eq(&self, other: &Self) -> bool {
        self.element == other.element
    }
}

impl Seen {
    /// Its shadow root, where it is open.
    pub fn shadow_root(&self) -> Option<Node> {
        let name = rules::Element::name(self);
        let host = name.contains('-') || HOSTS.binary_search(&&*name).is_ok();
        Some(shadow_of(&self.element).filter(|_| host)?.into())
    }

    /// The nodes that a slot shows in its place.
    pub fn assigned(&self) -> Vec<Node> {
        if rules::Element::name(self) != "slot" {
            return Vec::new();
        }
        let slot = self.element.unchecked_ref::<HtmlSlotElement>();
        slot.assigned_nodes().iter().map(JsCast::unchecked_into).collect()
    }

    /// The body of the document that a frame of the same origin shows.
    pub fn shown_document(&self) -> Option<Node> {
        // One in a frame is an instance of nothing here.
        let frame = self.element.unchecked_ref::<HtmlIFrameElement>();
        Some(paper(&frame.content_document()?).body()?.into())
    }
}

impl rules::Element for Seen {
    fn name(&self) -> String {
        self.element.unchecked_ref::<Named>().local_name().as_string().unwrap_or_else(|| "form".into())
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.marked.then(|| attribute_of(&self.element, name)).flatten()
    }

    fn is_excluded(&self) -> bool {
        self.excluded
    }

    fn is_included(&self) -> bool {
        self.included
    }

    fn is_displayed_as_block(&self) -> bool {
        let style = web_sys::window().and_then(|window| window.get_computed_style(&self.element).ok()?);
        let Some(style) = style else { return false };
        let is = |name| style.get_property_value(name).unwrap_or_default();
        let display = is("display");
        let inside_a_line = ["", "none", "contents"].contains(&&*display)
            || display.starts_with("inline")
            || display.starts_with("ruby");
        // A letter that floats beside the text it begins is still part of its word.
        !inside_a_line && is("float") == "none"
    }
}
