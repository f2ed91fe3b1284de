//! Blocks of a page that were read and have not changed since: who reads the page again need
//! not read them.

use js_sys::{Array, Map, Set};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, Text};

use super::nodes;
use super::pieces::Block;
use super::rules::Context;
use crate::web::dom::parent_of;

/// Only valid while somebody hears of every change below the root and [forgets](Blocks::forget)
/// what it touches.
#[derive(Default)]
pub(in crate::web) struct Blocks {
    /// From elements to places in `kept`.
    numbers: Map,
    kept: Vec<Option<Kept>>,
    free: Vec<usize>,
    /// What the site's selectors matched in each tree that was read, by its root: two sets, and how
    /// often the page had changed by then.
    matched: Map,
    changes: u32,
    /// Counts the readings.
    reading: u32,
}

/// An element that holds text and no block.
struct Kept {
    element: Element,
    context: Context,
    block: Block,
    nodes: Vec<Text>,
    /// The reading that met it last.
    reading: u32,
}

impl Blocks {
    /// What an element held when it was read last, if it was read in the same context.
    pub(super) fn get(&mut self, element: &Element, context: Context) -> Option<(&Block, &[Text])> {
        let number = self.numbers.get(element).as_f64()? as usize;
        let kept = self.kept.get_mut(number)?.as_mut().filter(|kept| kept.context == context)?;
        kept.reading = self.reading;
        Some((&kept.block, &kept.nodes))
    }

    pub(super) fn keep(&mut self, element: Element, context: Context, block: Block, nodes: Vec<Text>) {
        self.drop(&element);
        let number = self.free.pop().unwrap_or_else(|| {
            self.kept.push(None);
            self.kept.len() - 1
        });
        self.numbers.set(&element, &(number as f64).into());
        self.kept[number] = Some(Kept { element, context, block, nodes, reading: self.reading });
    }

    /// Forgets what a reading that came to its end has not met.
    pub(super) fn end(&mut self) {
        for number in 0..self.kept.len() {
            let gone = |kept: &Kept| (kept.reading != self.reading).then(|| kept.element.clone());
            if let Some(element) = self.kept[number].as_ref().and_then(gone) {
                self.drop(&element);
            }
        }
        self.reading = self.reading.wrapping_add(1);
    }

    /// Forgets the blocks that hold any of the nodes in `touched`, or stand in one of `added`.
    pub fn forget(&mut self, touched: &Array, added: &Array) {
        self.changes += u32::from(touched.length() + added.length() > 0);
        if self.numbers.size() == 0 {
            return;
        }
        touched.iter().for_each(|node| self.drop_around(node.unchecked_into()));
        // They may have been here before, and have changed where nobody saw it.
        for node in added.iter().map(JsCast::unchecked_into::<Node>) {
            let Some(walker) = nodes::walker(&node, nodes::ELEMENTS) else { continue };
            self.drop(node.unchecked_ref());
            while let Ok(Some(node)) = walker.next_node() {
                self.drop(node.unchecked_ref());
            }
        }
    }

    /// Takes in what the site's selectors match in a tree, and forgets the blocks around what they
    /// matched before and do not now, or the other way round: that may depend on anything.
    pub(super) fn match_anew(&mut self, root: &Node, now: [Option<&Set>; 2]) {
        let before = self.matched.get(root).dyn_into::<Array>().unwrap_or_default();
        if before.get(2).as_f64() == Some(f64::from(self.changes)) {
            return;
        }
        let now = now.map(|set| set.cloned().unwrap_or_else(|| Set::new(&JsValue::UNDEFINED)));
        for (set, before) in now.iter().zip(before.iter().map(JsCast::unchecked_into::<Set>)) {
            for (these, others) in [(set, &before), (&before, set)] {
                let differs = |element: &JsValue| !others.has(element);
                Array::from(these)
                    .iter()
                    .filter(differs)
                    .for_each(|one| self.drop_around(one.unchecked_into()));
            }
        }
        if now.iter().any(|set| set.size() > 0) || before.length() > 0 {
            let [excluded, included] = now;
            self.matched.set(root, &Array::of3(&excluded, &included, &self.changes.into()));
        }
    }

    fn drop_around(&mut self, node: Node) {
        let mut next = Some(node);
        while let Some(node) = next {
            next = parent_of(&node);
            self.drop(node.unchecked_ref());
        }
    }

    fn drop(&mut self, element: &Element) {
        if let Some(number) = self.numbers.get(element).as_f64().map(|number| number as usize) {
            self.numbers.delete(element);
            self.kept[number] = None;
            self.free.push(number);
        }
    }
}
