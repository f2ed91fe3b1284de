//! Blocks of a page that were read and have not changed since: who reads the page again need
//! not read them.

use js_sys::{Array, Map};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node, Text};

use super::nodes;
use super::pieces::Block;
use super::rules::Context;

/// Only valid while somebody hears of every change below the root and [forgets](Blocks::forget)
/// what it touches.
#[derive(Default)]
pub(in crate::web) struct Blocks {
    /// From elements to places in `kept`.
    numbers: Map,
    kept: Vec<Option<Kept>>,
    free: Vec<usize>,
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
        if self.numbers.size() == 0 {
            return;
        }
        for node in touched.iter() {
            let mut next = Some(node.unchecked_into::<Node>());
            while let Some(node) = next {
                next = node.parent_node();
                self.drop(node.unchecked_ref());
            }
        }
        // They may have been here before, and have changed where nobody saw it.
        for node in added.iter().map(JsCast::unchecked_into::<Node>) {
            let Some(walker) = nodes::walker(&node, nodes::ELEMENTS) else { continue };
            self.drop(node.unchecked_ref());
            while let Ok(Some(node)) = walker.next_node() {
                self.drop(node.unchecked_ref());
            }
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
