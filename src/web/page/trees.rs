//! What of ours is in the trees that the text stands in besides the document of its root.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node, Window};

use super::{Inner, Page};
use crate::web::dom::{node_type, top_of};
use crate::web::ground::{ground_under, painted_for};
use crate::web::style::{Ground, document_sheet};
use crate::web::text_view::TextView;
use crate::web::trees::{Tree, as_document, ground_of};

#[wasm_bindgen]
impl Page {
    /// The shadow roots and documents in frames that the text shown stands in.
    pub fn trees(&self) -> Array {
        let Some(inner) = self.get() else { return Array::new() };
        inner.trees.borrow().iter().map(Tree::top).collect()
    }
}

/// The styles for the root's document. Of its own the page may bring those for this ground; to other trees
/// such rules do not reach.
pub(super) fn rules_on(window: &Window, root: &Element, ground: Ground) -> String {
    document_sheet(ground, painted_for(window, root) == Some(ground))
}

impl Inner {
    /// Draws the lines for the grounds that are there now.
    pub(super) fn dress(&self) {
        if self.ground.is_none() {
            self.sheet.replace(rules_on(&self.window, &self.root, self.ground()));
            self.trees.borrow().iter().for_each(|tree| tree.dress(self.rules_in(tree.top())));
        }
    }

    /// The styles for a tree of the text.
    pub(super) fn rules_in(&self, top: &Node) -> String {
        let under = || ground_of(top).map(|element| ground_under(&self.window, &element));
        document_sheet(self.ground.or_else(under).unwrap_or_else(|| self.ground()), false)
    }

    /// Has our styles in all trees that the text stands in, our ears in its frames, and nothing in
    /// others.
    pub(super) fn reach(self: &Rc<Self>, view: &TextView) {
        let mut known = self.trees.take();
        let own = Some(top_of(&self.root)).filter(|top| node_type(top) == Node::DOCUMENT_FRAGMENT_NODE);
        let mut trees: Vec<Tree> = Vec::new();
        for top in own.iter().chain(view.trees()) {
            if trees.iter().any(|tree| tree.top() == top) {
                continue;
            }
            let tree = match known.iter().position(|tree| tree.top() == top) {
                Some(at) => known.swap_remove(at),
                None => {
                    let listeners = as_document(top).map(|document| self.listen_to_pointer(document));
                    Tree::new(top.clone(), self.rules_in(top), listeners.into_iter().flatten().collect())
                }
            };
            trees.push(tree);
        }
        self.trees.replace(trees);
    }
}
