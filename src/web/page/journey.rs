//! Ways through the mentions: to one, to the next, and by the index.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{Anchor, Held, Inner};
use crate::web::card::Action;
use crate::web::dom::{paper, parent_element_of, scroll_to};
use crate::web::hit_test::line_at;
use crate::web::index::Choice;
use crate::web::reading::Reading;

impl Inner {
    /// True for a mention that a step can go to: it is shown, and the page still has it.
    fn is_there(&self, reading: &Reading, mention: u32) -> bool {
        self.state.borrow().filter.shows(reading, mention) && reading.stands(mention)
    }

    /// The first mention of an entity that a step can go to.
    fn first_of(&self, reading: &Reading, entity: u32) -> Option<u32> {
        reading.entity(entity).mentions.iter().copied().find(|&mention| self.is_there(reading, mention))
    }

    /// The mention of the same entity before or behind one, around the end.
    pub(super) fn neighbour(&self, reading: &Reading, mention: u32, forward: bool) -> Option<u32> {
        let mentions = &reading.entity(reading.meant(mention)?).mentions;
        let at = mentions.iter().position(|&other| other == mention)?;
        let mut order = [&mentions[at + 1..], &mentions[..=at]].concat();
        if !forward {
            order = [&mentions[at..], &mentions[..at]].concat();
            order.reverse();
        }
        order.into_iter().find(|&mention| self.is_there(reading, mention))
    }

    /// Takes the reader to a mention: scrolls there, opens its card, moves the focus in.
    pub(super) fn visit(self: &Rc<Self>, mention: u32, pressed: Option<Action>) {
        let Some(reading) = self.reading() else { return };
        let Some(range) = reading.range(mention) else { return };
        let in_card = {
            let state = self.state.borrow();
            state.card.as_ref().is_some_and(|card| card.has_focus(&self.document))
        };
        let active = paper(&self.document).active_element().filter(|_| !in_card);
        let back = active.map(|active| active.unchecked_into::<HtmlElement>());
        if let Some(parent) = range.start_container().ok().and_then(|node| parent_element_of(&node)) {
            // Scrolls the containers on the way; the line itself is centred below.
            scroll_to(&parent);
        }
        if let Some(line) = line_at(&self.document, range, None) {
            let height = self.window.inner_height().ok().and_then(|h| h.as_f64()).unwrap_or(0.0);
            if line.top < height * 0.15 || line.bottom > height * 0.6 {
                self.window.scroll_by_with_x_and_y(0.0, line.top - height * 0.35);
            }
        }
        self.open(mention, Held::Choice, Anchor::Mention(None), back);
        let card = self.state.borrow().card.clone();
        if let Some(card) = card {
            card.focus(pressed);
        }
        self.emit("activate", mention);
    }

    /// Goes to the next or previous mention of those shown, around the end; of an entity
    /// where one is given.
    pub(super) fn step(self: &Rc<Self>, forward: bool, entity: Option<u32>) -> bool {
        let Some(reading) = self.reading() else { return false };
        let count = reading.article().mentions.len();
        let here = {
            let state = self.state.borrow();
            let open = state.open.as_ref().map(|open| open.mention);
            open.or(state.last).map(|here| here as usize).filter(|here| *here < count)
        };
        let order: Vec<usize> = match (here, forward) {
            (Some(here), true) => (1..=count).map(|step| (here + step) % count).collect(),
            (Some(here), false) => (1..=count).map(|step| (here + count - step) % count).collect(),
            (None, true) => (0..count).collect(),
            (None, false) => (0..count).rev().collect(),
        };
        let mut order = order.into_iter().map(|at| at as u32);
        let target = order.find(|&mention| {
            entity.is_none_or(|entity| reading.entity_of(mention) == entity)
                && self.is_there(&reading, mention)
        });
        if let Some(mention) = target {
            self.state.borrow_mut().last = Some(mention);
            self.visit(mention, None);
        }
        target.is_some()
    }

    pub(super) fn choose(self: &Rc<Self>, choice: Choice) {
        match choice {
            Choice::Entity(entity) => {
                if let Some(mention) = self.reading().and_then(|reading| self.first_of(&reading, entity)) {
                    self.visit(mention, None);
                }
            }
            Choice::Focus(entity, button) if !self.returning.get() => {
                if let Some(mention) = self.reading().and_then(|reading| self.first_of(&reading, entity)) {
                    self.open(mention, Held::Focus, Anchor::Element(button), None);
                }
            }
            Choice::Focus(..) => {}
            Choice::Blur => {
                let held = self.state.borrow().open.as_ref().map(|open| open.held);
                if held == Some(Held::Focus) {
                    self.close(false);
                }
            }
            Choice::Previous => {
                self.step(false, None);
            }
            Choice::Next => {
                self.step(true, None);
            }
        }
    }
}
