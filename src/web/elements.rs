//! Painting with elements, for sites that want names one can come to by keyboard, and where
//! the browser cannot paint ranges.
//!
//! The page's text nodes stay where they are, with what stands before the first name: who
//! holds one, as frameworks do, goes on writing to it. What stood behind is ours until it is
//! undone; where the page has written the text anew meanwhile, ours goes and its stays.

use std::collections::BTreeSet;

use js_sys::{Array, JsString, Map};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Node, Text};

use super::dom::{class_of, insert, parent_element_of, parent_of, remove};
use super::element::{element, set};
use super::filter::Filter;
use super::platform::Data;
use super::reading::Reading;
use super::style::kind_name;
use super::text_view::TextView;

/// The class of our elements, for the site's styles.
pub(super) const CLASS: &str = "mingzhu-mention";

/// What is reached by keyboard already, or reaches something else.
const REACHED: &str = "a[href],button,summary,label,[tabindex]:not(.mingzhu-mention)";

/// Within one of these an entity is reached once.
const PARAGRAPHS: &str = "p,li,h1,h2,h3,h4,h5,h6,td,th,dd,dt,blockquote,figcaption,div,section,article,body";

/// What one annotator has wrapped; undone when dropped.
pub(super) struct Elements {
    document: Document,
    cuts: Vec<Cut>,
    wraps: Vec<Wrap>,
    /// Which cut each node of ours and of the page's belongs to.
    owners: Map,
}

/// One of our elements, around all or a part of a name.
struct Wrap {
    spot: u32,
    element: HtmlElement,
    /// True for the first of an entity in a paragraph.
    reached: bool,
}

/// A text node of the page that was cut.
struct Cut {
    node: Text,
    /// What it held, and what it holds of that now.
    whole: JsString,
    head: JsString,
    /// Ours, in order: what stood behind.
    parts: Vec<Node>,
}

impl Elements {
    pub fn new(document: &Document) -> Self {
        Elements { document: document.clone(), cuts: Vec::new(), wraps: Vec::new(), owners: Map::new() }
    }

    /// Takes away what the page has written over: where it has touched these nodes, or anywhere.
    pub fn mend(&mut self, touched: Option<&Array>) {
        let suspects = touched.map(|touched| {
            let nodes = touched.iter();
            nodes.filter_map(|node| owner(&self.owners, node.unchecked_ref())).collect::<BTreeSet<usize>>()
        });
        if suspects.as_ref().is_some_and(BTreeSet::is_empty) {
            return;
        }
        let cuts = std::mem::take(&mut self.cuts).into_iter().enumerate();
        let (sound, broken): (Vec<_>, Vec<_>) = cuts.partition(|(number, cut)| {
            suspects.as_ref().is_some_and(|suspects| !suspects.contains(number)) || cut.is_sound()
        });
        self.cuts = sound.into_iter().map(|(_, cut)| cut).collect();
        if !broken.is_empty() {
            drop(broken);
            self.owners = self.owners();
        }
    }

    /// Makes the elements those of this reading, and reads the page again where that cuts its
    /// nodes. What stays as it is is not touched.
    pub fn settle(&mut self, reading: &mut Reading, read: impl Fn() -> TextView) {
        if read().text() != reading.view().text() {
            // The page has changed meanwhile: what we would cut is no longer there, and what is
            // wrapped are names of another reading.
            self.wraps.clear();
            return;
        }
        if self.undo_others(reading) {
            reading.look(&self.document, read().into());
        }
        if self.cut(reading) {
            reading.look(&self.document, read().into());
        }
        let mut paragraph: Option<Element> = None;
        let mut met: Vec<u32> = Vec::new();
        let mut last = None;
        self.wraps.clear();
        for (spot, node, ..) in reading.segments() {
            let Some(element) = wrap_of(node) else { continue };
            let around = element.closest(PARAGRAPHS).ok().flatten();
            if around != paragraph {
                met.clear();
                paragraph = around;
            }
            let first =
                last != Some(spot) && reading.meant(spot).is_some_and(|entity| !met.contains(&entity));
            let reached = first && !matches!(element.closest(REACHED), Ok(Some(_)));
            if reached {
                met.extend(reading.meant(spot));
            }
            last = Some(spot);
            self.wraps.push(Wrap { spot, element, reached });
        }
        self.owners = self.owners();
    }

    /// Undoes the cuts that are not as this reading wants them; true if there were any.
    fn undo_others(&mut self, reading: &Reading) -> bool {
        let owners = self.owners();
        let mut wanted = vec![0; self.cuts.len()];
        let mut fits = vec![true; self.cuts.len()];
        for (_, node, from, to) in reading.segments() {
            let Some(cut) = owner(&owners, node) else { continue };
            wanted[cut] += 1;
            fits[cut] &= from == 0 && to == node.length() && wrap_of(node).is_some();
        }
        let before = self.cuts.len();
        let mut at = 0;
        self.cuts.retain(|cut| {
            let wraps = cut.parts.iter().filter(|part| part.node_type() == Node::ELEMENT_NODE).count();
            at += 1;
            fits[at - 1] && wanted[at - 1] == wraps
        });
        self.cuts.len() < before
    }

    /// Cuts the nodes that are not cut yet; true if there were any.
    fn cut(&mut self, reading: &Reading) -> bool {
        let owners = self.owners();
        let before = self.cuts.len();
        let mut segments = reading.segments().peekable();
        while let Some((_, node, from, to)) = segments.next() {
            let mut stretches = vec![(from, to)];
            while let Some((_, _, from, to)) = segments.next_if(|(_, next, ..)| node.is_same_node(Some(next)))
            {
                stretches.push((from, to));
            }
            if owner(&owners, node).is_none() {
                self.cuts.extend(Cut::new(&self.document, node, &stretches));
            }
        }
        self.cuts.len() > before
    }

    /// Which cut a text node belongs to.
    fn owners(&self) -> Map {
        let owners = Map::new();
        for (number, cut) in self.cuts.iter().enumerate() {
            let number = JsValue::from_f64(number as f64);
            owners.set(&cut.node, &number);
            for part in &cut.parts {
                owners.set(part, &number);
                if let Some(name) = part.first_child() {
                    owners.set(&name, &number);
                }
            }
        }
        owners
    }

    /// Shows what the filter shows.
    pub fn paint(&mut self, reading: &Reading, filter: &Filter) {
        for Wrap { spot, element, reached } in &self.wraps {
            let shown = filter.shows(reading, *spot);
            let reached = shown && *reached;
            let reference = shown && reading.reference(*spot).is_some();
            put(element, "data-kind", shown.then(|| kind_name(reading.kind(*spot))));
            put(element, "data-reference", reference.then_some(""));
            put(element, "role", reached.then_some("button"));
            put(element, "tabindex", reached.then_some("0"));
            put(element, "aria-haspopup", reached.then_some("dialog"));
        }
    }

    /// Marks these mentions.
    pub fn activate(&mut self, mentions: &[u32]) {
        for Wrap { spot, element, .. } in &self.wraps {
            put(element, "data-active", mentions.contains(spot).then_some(""));
        }
    }

    /// What an element of ours stands for, if it is one that is reached by keyboard.
    pub fn spot_of(&self, element: &Element) -> Option<u32> {
        let ours = |wrap: &&Wrap| wrap.reached && wrap.element.is_same_node(Some(element));
        self.wraps.iter().find(ours).map(|wrap| wrap.spot)
    }
}

impl Cut {
    /// Cuts a node and wraps these stretches of it.
    fn new(document: &Document, node: &Text, stretches: &[(u32, u32)]) -> Option<Self> {
        let whole = data(node);
        let parent = parent_of(node)?;
        let mut parts: Vec<Node> = Vec::new();
        for &(from, to) in stretches.iter().rev() {
            if to < node.length() {
                parts.push(node.split_text(to).ok()?.into());
            }
            let name = node.split_text(from).ok()?;
            let wrap = element(document, "span", CLASS);
            // The name stands in this parent.
            insert(&parent, &wrap, Some(&name)).ok()?;
            insert(&wrap, &name, None).ok()?;
            parts.push(wrap.into());
        }
        parts.reverse();
        Some(Cut { node: node.clone(), whole, head: data(node), parts })
    }

    /// True while all of it stands as we left it.
    fn is_sound(&self) -> bool {
        let mut text = data(&self.node);
        let mut last: Node = self.node.clone().into();
        for part in &self.parts {
            if last.next_sibling().as_ref() != Some(part) {
                return false;
            }
            text = text.concat(&part.first_child().map_or_else(|| data(part), |name| data(&name)));
            last = part.clone();
        }
        text == self.whole
    }
}

impl Cut {
    /// True when the page has joined its texts (`normalize`), which takes away what we left before
    /// the first name: an empty text, or one that went into the text before it.
    fn is_joined(&self) -> bool {
        let Some(first) = self.parts.first().filter(|first| parent_of(first).is_some()) else { return false };
        let is_row = self.parts.windows(2).all(|pair| pair[0].next_sibling().as_ref() == Some(&pair[1]));
        let before = first.previous_sibling().filter(is_text).map(|before| String::from(data(&before)));
        is_row
            && parent_of(&self.node).is_none()
            && data(&self.node) == self.head
            && before.unwrap_or_default().ends_with(&String::from(&self.head))
    }

    /// Does with what we put behind what the page would have done with it.
    fn join(&self) {
        let Some(first) = self.parts.first() else { return };
        let texts = self.parts.iter().filter_map(|part| part.text_content());
        let text = JsString::from(texts.collect::<String>());
        match first.previous_sibling().filter(is_text) {
            Some(before) => before.unchecked_ref::<Data>().set_data(&data(&before).concat(&text)),
            None => {
                self.node.unchecked_ref::<Data>().set_data(&text);
                // It stands in this parent.
                let _ = parent_of(first).map(|parent| insert(&parent, &self.node, Some(first)));
            }
        }
        self.parts.iter().for_each(remove);
    }

    /// Leaves the text of what we put behind, where the page has changed it: it is the page's now.
    fn unwrap(&self, parent: &Node) {
        for part in self.parts.iter().filter(|part| parent_of(part).as_ref() == Some(parent)) {
            if part.node_type() == Node::ELEMENT_NODE {
                while let Some(child) = part.first_child() {
                    // The part stands in this parent; else the child is gone from it.
                    if insert(parent, &child, Some(part)).is_err() {
                        break;
                    }
                }
                remove(part);
            }
        }
    }
}

impl Drop for Cut {
    fn drop(&mut self) {
        let sound = self.is_sound();
        if !sound && self.is_joined() {
            return self.join();
        }
        match parent_of(&self.node) {
            Some(parent) if !sound && data(&self.node) == self.head => self.unwrap(&parent),
            // It is ours: the node has all of it again, or the page has written it anew.
            _ => {
                self.parts.iter().for_each(remove);
                if sound {
                    self.node.unchecked_ref::<Data>().set_data(&self.whole);
                }
            }
        }
    }
}

fn is_text(node: &Node) -> bool {
    node.node_type() == Node::TEXT_NODE
}

fn owner(owners: &Map, node: &Node) -> Option<usize> {
    owners.get(node).as_f64().map(|number| number as usize)
}

/// The element of ours that a text node fills.
fn wrap_of(node: &Text) -> Option<HtmlElement> {
    let parent = parent_element_of(node)?;
    (class_of(&parent) == CLASS).then(|| parent.unchecked_into())
}

fn data(node: &Node) -> JsString {
    node.unchecked_ref::<Data>().data()
}

/// Sets or takes an attribute, if that changes anything.
fn put(element: &Element, name: &str, value: Option<&str>) {
    if element.get_attribute(name).as_deref() == value {
        return;
    }
    match value {
        Some(value) => set(element, name, value),
        None => {
            // Cannot fail for a name that is an attribute's.
            let _ = element.remove_attribute(name);
        }
    }
}
