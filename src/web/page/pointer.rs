//! Pointer: what passes over a mention, and what is clicked or tapped.

use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use web_sys::{Event, EventTarget, MouseEvent, Node, PointerEvent};

use super::{Anchor, CLOSE_AFTER, Held, INTERACTIVE, Inner, OPEN_AFTER};
use crate::web::dom::{document_of, window_of};
use crate::web::listen::{Frame, Listener, Timer, closest, target_of};
use crate::web::trees::origin_in;

impl Inner {
    /// Hears what the pointer does in the root, or in a frame.
    pub(super) fn listen_to_pointer(self: &Rc<Self>, target: &EventTarget) -> [Listener; 2] {
        let on = |event, handle: fn(&Rc<Inner>, &Event)| {
            let weak = Rc::downgrade(self);
            Listener::new(target, event, move |event| {
                if let Some(inner) = weak.upgrade() {
                    handle(&inner, &event);
                }
            })
        };
        [
            on("pointermove", |inner, event| inner.pointer_moved(event.unchecked_ref())),
            on("click", |inner, event| inner.clicked(event.unchecked_ref())),
        ]
    }

    /// Where it happened, as our window sees it.
    fn point_of(&self, event: &MouseEvent) -> (f64, f64) {
        let target = event.target().map(|target| target.unchecked_into::<Node>());
        let (left, top) = target.map_or((0.0, 0.0), |target| origin_in(&self.document, &target));
        (left + f64::from(event.client_x()), top + f64::from(event.client_y()))
    }

    pub(super) fn mention_at(&self, x: f64, y: f64) -> Option<u32> {
        let reading = self.reading()?;
        let mention = reading.spot_at(&self.document, x, y)?;
        self.state.borrow().filter.shows(&reading, mention).then_some(mention)
    }

    pub(super) fn pointer_moved(self: &Rc<Self>, event: &PointerEvent) {
        if event.pointer_type() == "touch" {
            return;
        }
        let point = self.point_of(event);
        let mut state = self.state.borrow_mut();
        state.point = point;
        if state.hovering.is_none() && state.reading.is_some() {
            let weak = Rc::downgrade(self);
            state.hovering = Some(Frame::new(&self.window, move || {
                let Some(inner) = Weak::upgrade(&weak) else { return };
                let (x, y) = inner.state.borrow().point;
                inner.state.borrow_mut().hovering = None;
                inner.hover(inner.mention_at(x, y));
            }));
        }
    }

    /// The pointer came to a mention, or to none.
    pub(super) fn hover(self: &Rc<Self>, mention: Option<u32>) {
        let left = {
            let mut state = self.state.borrow_mut();
            if state.hovered == mention {
                return;
            }
            if mention.is_none() {
                state.hovering = None;
            }
            std::mem::replace(&mut state.hovered, mention)
        };
        if let Some(left) = left {
            self.emit("leave", left);
        }
        match mention {
            Some(mention) => {
                self.emit("enter", mention);
                self.activate();
                self.after(OPEN_AFTER, move |inner| {
                    let held = inner.state.borrow().open.as_ref().map(|open| open.held);
                    if held != Some(Held::Choice) && inner.state.borrow().hovered == Some(mention) {
                        let point = inner.state.borrow().point;
                        inner.open(mention, Held::Pointer, Anchor::Mention(Some(point)), None);
                    }
                });
            }
            None => {
                self.activate();
                self.close_soon();
            }
        }
    }

    pub(super) fn close_soon(self: &Rc<Self>) {
        self.after(CLOSE_AFTER, |inner| {
            let held = inner.state.borrow().open.as_ref().map(|open| open.held);
            if held == Some(Held::Pointer) && inner.state.borrow().hovered.is_none() {
                inner.close(false);
            }
        });
    }

    /// Does something later, in place of what was to be done later.
    pub(super) fn after(self: &Rc<Self>, milliseconds: i32, run: impl Fn(&Rc<Inner>) + 'static) {
        let weak = Rc::downgrade(self);
        let timer = Timer::new(&self.window, milliseconds, move || {
            if let Some(inner) = Weak::upgrade(&weak) {
                run(&inner);
            }
        });
        self.state.borrow_mut().timer = Some(timer);
    }

    pub(super) fn clicked(self: &Rc<Self>, event: &MouseEvent) {
        if closest(event, INTERACTIVE).is_some() {
            return;
        }
        // Who hears the page or speaks to it clicks a name without a place on the screen.
        if let Some(mention) = self.pressed_name(event).filter(|_| event.detail() == 0) {
            return self.visit(mention, None);
        }
        let window = target_of(event).and_then(|target| window_of(&document_of(&target)));
        let selecting = window.and_then(|window| window.get_selection().ok().flatten());
        if selecting.is_some_and(|selection| !selection.is_collapsed()) {
            return;
        }
        let point = self.point_of(event);
        if let Some(mention) = self.mention_at(point.0, point.1) {
            self.open(mention, Held::Choice, Anchor::Mention(Some(point)), None);
            self.emit("activate", mention);
        }
    }
}
