//! The text view of an element: its text as every offset counts it, and the way between
//! offsets and nodes. How characters are joined is in `pieces`; here is which nodes count.
//!
//! # The rules, version 1
//!
//! Skipped with all they hold: [`SKIPPED`], what is `hidden`, what the reader edits, our own
//! elements, and what the page excludes. Blocks, [`BLOCKS`], part; everything else is inline.
//! Rules look at names and attributes only, never at computed styles, so that the same
//! markup always gives the same text.

use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, Range, Text};

use super::pieces::{Builder, Gap, Pieces, Position};

/// Raised when the same markup would give another text.
pub(super) const TEXT_VIEW_VERSION: u32 = 1;

/// What is never read: no text for readers, readings beside the text, or the reader's own.
const SKIPPED: &str = "script,style,noscript,template,textarea,select,button,rt,rp,\
    title,svg,math,iframe,object,video,audio,canvas,datalist,\
    [hidden],[contenteditable]:not([contenteditable=false i]),[data-mingzhu]";

/// Elements whose borders part words, sorted.
const BLOCKS: [&str; 50] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
    "xmp",
];

/// See the module.
pub(super) struct TextView {
    /// As JavaScript holds it, so that its offsets need no conversion.
    text: JsString,
    nodes: Vec<Text>,
    pieces: Pieces,
}

impl TextView {
    /// Reads an element. `exclude` is a selector of what else to skip.
    pub fn read(root: &Element, exclude: Option<&str>) -> Self {
        let skipped = match exclude {
            Some(exclude) => format!("{SKIPPED},{exclude}"),
            None => SKIPPED.to_owned(),
        };
        let mut builder = Builder::new();
        let mut nodes = Vec::new();
        let mut kept_white_space = 0u32;
        let mut cursor = root.first_child();
        while let Some(node) = cursor {
            match node.node_type() {
                Node::TEXT_NODE | Node::CDATA_SECTION_NODE => {
                    let text: Text = node.unchecked_into();
                    let line = if kept_white_space > 0 { Gap::Line } else { Gap::SourceLine };
                    builder.text(&text.data(), line);
                    cursor = next(&text, root, &mut builder, &mut kept_white_space);
                    nodes.push(text);
                }
                Node::ELEMENT_NODE => {
                    let element: Element = node.unchecked_into();
                    let name = element.local_name();
                    let block = is_block(&name);
                    if name == "br" {
                        builder.line_break();
                    } else if block {
                        builder.border();
                    }
                    let inside = match element.matches(&skipped) {
                        Ok(false) => element.first_child(),
                        _ => None,
                    };
                    cursor = match inside {
                        Some(child) => {
                            kept_white_space += u32::from(keeps_white_space(&name));
                            Some(child)
                        }
                        None => next(&element, root, &mut builder, &mut kept_white_space),
                    };
                }
                _ => cursor = next(&node, root, &mut builder, &mut kept_white_space),
            }
        }
        let (text, pieces) = builder.finish();
        TextView { text: text.into(), nodes, pieces }
    }

    /// The text.
    pub fn text(&self) -> &JsString {
        &self.text
    }

    /// A part of the text.
    pub fn slice(&self, start: u32, end: u32) -> String {
        self.text.slice(start, end).into()
    }

    /// The range of the document that shows a part of the text.
    pub fn range(&self, document: &Document, start: u32, end: u32) -> Option<Range> {
        let (from, to) = (self.pieces.start(start)?, self.pieces.end(end)?);
        let range = document.create_range().ok()?;
        // Both fail when the page has cut the node meanwhile; then there is nothing to paint.
        range.set_start(self.nodes.get(from.node as usize)?, from.offset).ok()?;
        range.set_end(self.nodes.get(to.node as usize)?, to.offset).ok()?;
        Some(range)
    }

    /// The stretches of text nodes that show a part of the text.
    pub fn segments(&self, start: u32, end: u32) -> impl Iterator<Item = (&Text, u32, u32)> {
        let segments = self.pieces.segments(start, end).into_iter();
        segments.filter_map(|(node, from, to)| Some((self.nodes.get(node as usize)?, from, to)))
    }

    /// The offset of a place in a text node.
    pub fn offset(&self, node: &Node, offset: u32) -> Option<u32> {
        let number = self.nodes.binary_search_by(|text| order(text, node)).ok()?;
        self.pieces.view(Position { node: number as u32, offset })
    }
}

/// The node after `node` and all it holds, in document order inside `root`; tells the
/// builder of every block it leaves.
fn next(node: &Node, root: &Element, builder: &mut Builder, kept_white_space: &mut u32) -> Option<Node> {
    let mut node = node.clone();
    loop {
        if let Some(element) = node.dyn_ref::<Element>()
            && is_block(&element.local_name())
        {
            builder.border();
        }
        if let Some(sibling) = node.next_sibling() {
            return Some(sibling);
        }
        let parent = node.parent_element()?;
        if parent == *root {
            return None;
        }
        *kept_white_space -= u32::from(keeps_white_space(&parent.local_name()));
        node = parent.into();
    }
}

fn is_block(name: &str) -> bool {
    BLOCKS.binary_search(&name).is_ok()
}

fn keeps_white_space(name: &str) -> bool {
    matches!(name, "pre" | "listing" | "plaintext" | "xmp")
}

/// How `text` stands to `node` in the document.
fn order(text: &Text, node: &Node) -> std::cmp::Ordering {
    use std::cmp::Ordering::{Equal, Greater, Less};
    if text.is_same_node(Some(node)) {
        return Equal;
    }
    let position = text.compare_document_position(node);
    if position & Node::DOCUMENT_POSITION_FOLLOWING != 0 { Less } else { Greater }
}
