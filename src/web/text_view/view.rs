//! Walks the nodes of a page, and knows the way back to them.

use std::cell::OnceCell;

use js_sys::{JsString, Map};
use wasm_bindgen::JsCast;
use web_sys::{Document, DomRect, Element, Node, Range, Text};

use super::blocks::Blocks;
use super::nodes::{self, Marks};
use super::pieces::{Mark, Pieces, Position};
use super::rules::{Choices, Inside, Reader};
use crate::anchor;
use crate::web::dom::{document_of, parent_of};

/// Trees in trees (frames, shadow roots) that are still read.
const DEPTH: u32 = 32;

/// How many nodes are looked at for one that is drawn.
const UNDRAWN: usize = 8;

/// See the module above.
#[derive(Default)]
pub(in crate::web) struct TextView {
    /// As JavaScript holds it, so that its offsets need no conversion.
    text: JsString,
    nodes: Vec<Text>,
    pieces: Pieces,
    trees: Vec<Node>,
    /// From nodes to their numbers; made when first asked for.
    numbers: OnceCell<Map>,
    /// The same, made when first asked for.
    anchored: OnceCell<anchor::Text>,
}

impl TextView {
    /// Reads what an element holds.
    pub fn read(root: &Element, choices: &Choices) -> Self {
        let walk = Walk::new(root, choices, None, &|| false);
        // Nothing ends it early.
        walk.read(root).unwrap_or_default()
    }

    /// Reads what an element holds but for the blocks that are kept, and keeps the others.
    ///
    /// # Errors
    ///
    /// The trees it has met, if it is late before it is at its end. What was read so far is kept, so
    /// that the next call comes further.
    pub fn read_until(
        root: &Element,
        choices: &Choices,
        blocks: &mut Blocks,
        is_late: impl Fn() -> bool,
    ) -> Result<Self, Vec<Node>> {
        Walk::new(root, choices, Some(blocks), &is_late).read(root)
    }

    /// The text.
    pub fn text(&self) -> &JsString {
        &self.text
    }

    /// The shadow roots and the documents of frames that were read.
    pub fn trees(&self) -> &[Node] {
        &self.trees
    }

    /// The text as anchors are made and looked for in it.
    pub fn anchored(&self) -> &anchor::Text {
        self.anchored.get_or_init(|| anchor::Text::new(&String::from(&self.text)))
    }

    /// A part of the text.
    pub fn slice(&self, start: u32, end: u32) -> String {
        self.text.slice(start, end).into()
    }

    /// The range of the document that shows a part of the text. `None` when the page has
    /// changed its nodes meanwhile, or when it begins and ends in different trees.
    pub fn range(&self, document: &Document, start: u32, end: u32) -> Option<Range> {
        let [(first, from), (last, to)] = self.ends(start, end)?;
        let range = nodes::range(document)?;
        range.set_start(first, from).ok()?;
        range.set_end(last, to).ok()?;
        (!range.collapsed()).then_some(range)
    }

    /// Where in which text nodes a part of the text begins and ends.
    pub fn ends(&self, start: u32, end: u32) -> Option<[(&Text, u32); 2]> {
        let (from, to) = (self.pieces.start(start)?, self.pieces.end(end)?);
        let node = |place: &Position| self.nodes.get(place.node as usize);
        Some([(node(&from)?, from.offset), (node(&to)?, to.offset)])
    }

    /// The part of the text that is drawn between two heights of the window, on a page that runs
    /// from top to bottom.
    pub fn between(&self, document: &Document, top: f64, bottom: f64) -> Option<(u32, u32)> {
        let range = nodes::range(document)?;
        let drawn = |number: usize| {
            range.select_node_contents(&self.nodes[number]).ok()?;
            let rect = range.get_bounding_client_rect();
            (rect.height() > 0.0).then_some(rect)
        };
        // The first node that is not above, where what is not drawn goes with its neighbours.
        let first = |is_above: &dyn Fn(DomRect) -> bool| {
            let (mut low, mut high) = (0, self.nodes.len());
            while low < high {
                let middle = usize::midpoint(low, high);
                match (middle..high).take(UNDRAWN).find_map(drawn).is_none_or(is_above) {
                    true => low = middle + 1,
                    false => high = middle,
                }
            }
            let begins = self.pieces.view(Position { node: low as u32, offset: 0 });
            begins.unwrap_or_else(|| self.text.length())
        };
        Some((first(&|rect| rect.bottom() < top), first(&|rect| rect.top() < bottom)))
    }

    /// The stretches of text nodes that show a part of the text.
    pub fn segments(&self, start: u32, end: u32) -> impl Iterator<Item = (&Text, u32, u32)> {
        let segments = self.pieces.segments(start, end).into_iter();
        segments.filter_map(|(node, from, to)| Some((self.nodes.get(node as usize)?, from, to)))
    }

    /// The offset of a place in a text node.
    pub fn offset(&self, node: &Node, offset: u32) -> Option<u32> {
        let numbers = self.numbers.get_or_init(|| {
            let numbers = Map::new();
            for (number, node) in (0u32..).zip(&self.nodes) {
                numbers.set(node, &number.into());
            }
            numbers
        });
        let node = numbers.get(node).as_f64()? as u32;
        self.pieces.view(Position { node, offset })
    }

    /// The offset of any place in the document: where it stands in no text that was read,
    /// that of the next text, or the end of the last one.
    pub fn place(&self, container: &Node, offset: u32) -> Option<u32> {
        self.offset(container, offset).or_else(|| {
            let after = nodes::texts_behind(container, offset).find_map(|text| self.offset(&text, 0));
            after.or_else(|| {
                nodes::texts_before(container, offset).find_map(|text| self.offset(&text, u32::MAX))
            })
        })
    }
}

struct Walk<'a> {
    choices: &'a Choices,
    reader: Reader<'a, nodes::Seen>,
    nodes: Vec<Text>,
    trees: Vec<Node>,
    depth: u32,
    blocks: Option<&'a mut Blocks>,
    /// The block that is being read; forgotten when another begins in it.
    open: Option<Open>,
    is_late: &'a dyn Fn() -> bool,
    /// True when a block was read that is not kept from before: each walk comes to one more.
    advanced: bool,
    late: bool,
}

/// A block that is being read.
struct Open {
    element: Element,
    depth: usize,
    mark: Mark,
    nodes: usize,
}

impl<'a> Walk<'a> {
    fn new(
        root: &Element,
        choices: &'a Choices,
        blocks: Option<&'a mut Blocks>,
        is_late: &'a dyn Fn() -> bool,
    ) -> Self {
        let included = choices.include.as_deref().is_some_and(|include| nodes::closest(root, include));
        Walk {
            choices,
            reader: Reader::new(choices, included),
            nodes: Vec::new(),
            trees: Vec::new(),
            depth: 0,
            blocks,
            open: None,
            is_late,
            advanced: false,
            late: false,
        }
    }

    fn read(mut self, root: &Element) -> Result<TextView, Vec<Node>> {
        self.children(root, None);
        if self.late {
            return Err(self.trees);
        }
        if let Some(blocks) = self.blocks {
            blocks.end();
        }
        let (text, pieces) = self.reader.finish();
        Ok(TextView {
            text: text.into(),
            nodes: self.nodes,
            pieces,
            trees: self.trees,
            ..TextView::default()
        })
    }

    /// Takes a block from those that are kept; else begins to read it.
    fn begin(&mut self, element: &Element) -> bool {
        self.open = None;
        let Some(blocks) = &mut self.blocks else { return false };
        if let Some((block, nodes)) = blocks.get(element, self.reader.context()) {
            self.reader.block(block);
            self.nodes.extend_from_slice(nodes);
            return true;
        }
        if self.advanced && (self.is_late)() {
            self.late = true;
            return true;
        }
        let (depth, mark, nodes) = (self.reader.depth(), self.reader.mark(), self.nodes.len());
        self.open = Some(Open { element: element.clone(), depth, mark, nodes });
        false
    }

    /// Leaves the element entered last.
    fn leave(&mut self) {
        if let Some(open) = self.open.take_if(|open| open.depth == self.reader.depth())
            && let Some(blocks) = &mut self.blocks
        {
            let block = self.reader.since(open.mark);
            blocks.keep(open.element, self.reader.context(), block, self.nodes[open.nodes..].to_vec());
            self.advanced = true;
        }
        self.reader.leave();
    }

    /// Reads all below a node; `host` is the element whose shadow tree this is.
    fn children(&mut self, root: &Node, host: Option<&Element>) {
        let Some(walker) = nodes::walker(root, nodes::READ).filter(|_| self.depth < DEPTH) else { return };
        self.depth += 1;
        let marks = Marks::new(root, self.choices);
        if let Some(blocks) = &mut self.blocks {
            blocks.match_anew(root, marks.selected());
        }
        let mut next = walker.first_child().ok().flatten();
        // Elements entered and not left; their borders are the reader's.
        let mut entered = 0;
        while let Some(node) = next {
            let inside = self.node(node, &marks, host);
            if self.late {
                return;
            }
            next = None;
            if inside {
                next = walker.first_child().ok().flatten();
                match next {
                    Some(_) => entered += 1,
                    None => self.leave(),
                }
            }
            while next.is_none() {
                next = walker.next_sibling().ok().flatten();
                if next.is_none() {
                    if entered == 0 {
                        break;
                    }
                    entered -= 1;
                    // There is one: it was entered.
                    let _ = walker.parent_node();
                    self.leave();
                }
            }
        }
        self.depth -= 1;
    }

    /// Reads a node; true when it was entered and what it holds is next.
    fn node(&mut self, node: Node, marks: &Marks, host: Option<&Element>) -> bool {
        if nodes::is_text(&node) {
            let text: Text = node.unchecked_into();
            if self.reader.text(&text.data()) {
                self.nodes.push(text);
            }
            return false;
        }
        let seen = marks.see(node.unchecked_into());
        match self.reader.enter(&seen) {
            Inside::Nothing => return false,
            Inside::Children if self.reader.is_block() && self.begin(&seen.element) => {}
            Inside::Children => {
                let root = self.choices.shadow.then(|| seen.shadow_root()).flatten();
                let assigned = host.map(|_| seen.assigned()).unwrap_or_default();
                if let Some(root) = root {
                    self.trees.push(root.clone());
                    self.elsewhere(|walk| walk.children(&root, Some(&seen.element)));
                } else if assigned.is_empty() {
                    return true;
                } else {
                    self.elsewhere(|walk| assigned.into_iter().for_each(|node| walk.whole(node)));
                }
            }
            Inside::Document => {
                if let Some(body) = seen.shown_document() {
                    self.trees.push(document_of(&body).into());
                    self.elsewhere(|walk| walk.children(&body, None));
                }
            }
        }
        self.leave();
        false
    }

    /// Reads what does not stand in the element entered last: its block is not kept, for what
    /// changes there does not show from here.
    fn elsewhere(&mut self, read: impl FnOnce(&mut Self)) {
        self.open = None;
        read(self);
        self.open = None;
    }

    /// Reads a node and all below it.
    fn whole(&mut self, node: Node) {
        let Some(parent) = parent_of(&node) else { return };
        let marks = Marks::new(&parent, self.choices);
        if self.node(node.clone(), &marks, None) {
            self.children(&node, None);
            self.leave();
        }
    }
}
