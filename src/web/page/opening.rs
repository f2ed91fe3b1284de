//! The card: what opens it, keeps it beside its mention, and closes it.

use std::rc::{Rc, Weak};

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventTarget, HtmlElement, Node};

use super::{Anchor, Held, Inner, Open, State, WhileOpen};
use crate::web::card::{Action, Card};
use crate::web::dom::{as_node, paper, rect_of};
use crate::web::hit_test::{edges, line_at};
use crate::web::listen::{Frame, Listener};
use crate::web::place::Edges;
use crate::web::platform::visual_viewport;
use crate::web::reading::Reading;
use crate::web::trees::{as_document, modal_around, shadows_around};

impl Inner {
    /// Paints the entity of the open card or under the pointer stronger.
    pub(super) fn activate(&self) {
        let mut state = self.state.borrow_mut();
        let State { reading, painter, open, hovered, filter, .. } = &mut *state;
        let Some(reading) = reading else { return };
        let mention = hovered.or_else(|| open.as_ref().map(|open| open.mention));
        let entity = mention.and_then(|mention| reading.meant(mention));
        let mentions = entity.into_iter().flat_map(|entity| reading.entity(entity).mentions.iter().copied());
        let shown: Vec<u32> = mentions.filter(|&mention| filter.shows(reading, mention)).collect();
        painter.activate(reading, &shown);
    }

    pub(super) fn open(self: &Rc<Self>, mention: u32, held: Held, anchor: Anchor, back: Option<HtmlElement>) {
        let Some(reading) = self.reading().filter(|_| self.card_wanted) else { return };
        let ground = self.ground();
        let card = {
            let mut state = self.state.borrow_mut();
            if state.card.is_none() {
                let weak = Rc::downgrade(self);
                let act = Rc::new(move |action| {
                    if let Some(inner) = Weak::upgrade(&weak) {
                        inner.act(action);
                    }
                });
                state.card = Some(Rc::new(Card::new(&self.document, &self.strings, act)));
            }
            let back = back.or_else(|| state.open.take().and_then(|open| open.back));
            state.open = Some(Open { mention, held, anchor, at: None, back });
            state.card.clone()
        };
        // Anew each time: it may stand in other trees than before.
        let listeners = self.listen_while_open();
        self.state.borrow_mut().while_open = listeners;
        // A button that goes may have the focus: nothing of ours is borrowed when the page hears.
        if let Some(card) = card {
            let own = self.own_card(&reading, mention);
            card.fill(&self.document, &self.strings, &reading, mention, ground, own.as_ref());
        }
        self.position();
        self.activate();
    }

    /// What the site puts in the card of a mention.
    fn own_card(&self, reading: &Reading, mention: u32) -> Option<Node> {
        let own = self.own.as_ref().filter(|_| reading.reference(mention).is_none())?;
        let entity = reading.entity_of(mention);
        // The shell tells the site of what its function throws; the reader gets our card.
        as_node(own.call2(&JsValue::NULL, &entity.into(), &mention.into()).ok()?)
    }

    /// Puts the card beside its anchor; closes it when the anchor is no longer drawn.
    pub(super) fn position(&self) {
        let placed = {
            let mut state = self.state.borrow_mut();
            let at = self.drawn(&state);
            let State { open: Some(open), card: Some(card), reading: Some(reading), .. } = &mut *state else {
                return;
            };
            open.at = at;
            let home = node_of(open, reading).and_then(|node| self.home_of(&node));
            at.zip(home).map(|(at, home)| (Rc::clone(card), home, at))
        };
        // What the page does when a popover opens is done while nothing of ours is borrowed.
        match placed {
            Some((card, home, edges)) => card.show(&self.window, &home, edges),
            None => self.close(true),
        }
    }

    /// Where the anchor of the open card is drawn now.
    fn drawn(&self, state: &State) -> Option<Edges> {
        let open = state.open.as_ref()?;
        match &open.anchor {
            Anchor::Mention(point) => {
                line_at(&self.document, state.reading.as_ref()?.range(open.mention)?, *point)
            }
            Anchor::Element(element) => Some(edges(&rect_of(element))),
        }
    }

    /// What the card of a node is to stand in: the modal dialog around it, else the body.
    fn home_of(&self, node: &Node) -> Option<Element> {
        modal_around(&self.document, node).or_else(|| Some(paper(&self.document).body()?.into()))
    }

    /// The page was scrolled or resized under the open card.
    pub(super) fn moved(&self) {
        let mut state = self.state.borrow_mut();
        state.following = None;
        // Firefox corrects its scrolling by a sixtieth of a pixel when a card opens, and tells of it.
        let now = self.drawn(&state);
        let Some(open) = &mut state.open else { return };
        let stays = open.at.zip(now).is_some_and(|(then, now)| then.is_at(&now));
        if let (Anchor::Mention(point), false) = (&mut open.anchor, stays) {
            // The text is no longer where it was hit.
            *point = None;
        }
        let passing = open.held == Held::Pointer;
        drop(state);
        if passing && !stays { self.close(false) } else { self.position() }
    }

    pub(super) fn listen_while_open(self: &Rc<Self>) -> WhileOpen {
        let mut listeners = vec![self.moving(&self.window, "resize")];
        if let Some(zoom) = visual_viewport(&self.window) {
            listeners.extend([self.moving(&zoom, "scroll"), self.moving(&zoom, "resize")]);
        }
        let state = self.state.borrow();
        let anchor = state.open.as_ref().zip(state.reading.as_ref());
        let anchor = anchor.and_then(|(open, reading)| node_of(open, reading));
        // What scrolls there is not told outside.
        let shadows = anchor.iter().flat_map(shadows_around);
        listeners.extend(shadows.map(|shadow| self.moving(&shadow, "scroll")));
        let trees = self.trees.borrow();
        let frames = trees.iter().filter_map(|tree| as_document(tree.top()));
        for document in std::iter::once(&self.document).chain(frames) {
            let weak = Rc::downgrade(self);
            let escape = Listener::capturing(document, "keydown", move |event| {
                let key = event.unchecked_ref::<web_sys::KeyboardEvent>().key();
                if let Some(inner) = weak.upgrade().filter(|_| key == "Escape") {
                    // It closes the card, and not a dialog of the site's under it as well.
                    event.prevent_default();
                    event.stop_propagation();
                    inner.close(true);
                }
            });
            let weak = Rc::downgrade(self);
            let outside = Listener::capturing(document, "pointerdown", move |event| {
                if let Some(inner) = weak.upgrade().filter(|inner| !inner.is_in_card(&event)) {
                    inner.close(false);
                }
            });
            listeners.extend([escape, outside, self.moving(document, "scroll")]);
        }
        listeners
    }

    fn is_in_card(&self, event: &Event) -> bool {
        // A window scrolls and is resized as well.
        let target = event.target().and_then(|target| as_node(target.into()));
        let state = self.state.borrow();
        state.card.as_ref().zip(target.as_ref()).is_some_and(|(card, node)| card.holds(node))
    }

    /// Hears of what moves the text under the card.
    fn moving(self: &Rc<Self>, target: &EventTarget, event: &'static str) -> Listener {
        let weak = Rc::downgrade(self);
        Listener::capturing(target, event, move |event| {
            // What a site has put in the card may scroll in there.
            let Some(inner) = weak.upgrade().filter(|inner| !inner.is_in_card(&event)) else { return };
            let again = Rc::downgrade(&inner);
            let frame = Frame::new(&inner.window, move || {
                if let Some(inner) = again.upgrade() {
                    inner.moved();
                }
            });
            inner.state.borrow_mut().following = Some(frame);
        })
    }

    /// Closes the card; gives the focus back if it was in there and that is wanted.
    pub(super) fn close(&self, give_back: bool) {
        let (open, card) = {
            let mut state = self.state.borrow_mut();
            let Some(open) = state.open.take() else { return };
            state.timer = None;
            state.while_open.clear();
            (open, state.card.clone())
        };
        let focused = card.as_ref().is_some_and(|card| card.has_focus(&self.document));
        if let Some(card) = card {
            card.hide();
        }
        if let Some(back) = open.back.filter(|_| give_back && focused) {
            self.returning.set(true);
            // Fails only for an element that has left the document.
            let _ = back.focus();
            self.returning.set(false);
        }
        self.activate();
    }

    pub(super) fn act(self: &Rc<Self>, action: Action) {
        match action {
            Action::Close => self.close(true),
            Action::PointerEnter => self.state.borrow_mut().timer = None,
            Action::PointerLeave => self.close_soon(),
            Action::Previous | Action::Next => {
                let Some(reading) = self.reading() else { return };
                let Some(mention) = self.state.borrow().open.as_ref().map(|open| open.mention) else {
                    return;
                };
                if let Some(next) = self.neighbour(&reading, mention, action == Action::Next) {
                    self.visit(next, Some(action));
                }
            }
        }
    }
}

/// A node that the card stands beside.
fn node_of(open: &Open, reading: &Reading) -> Option<Node> {
    match &open.anchor {
        Anchor::Mention(_) => reading.range(open.mention)?.start_container().ok(),
        Anchor::Element(element) => Some(element.clone().into()),
    }
}
