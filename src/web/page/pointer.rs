//! Pointer: what passes over a mention, and what is clicked or tapped.

use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent};

use super::{Anchor, CLOSE_AFTER, Held, INTERACTIVE, Inner, OPEN_AFTER};
use crate::web::listen::{Frame, Timer};

impl Inner {
    pub(super) fn mention_at(&self, x: f64, y: f64) -> Option<u32> {
        let reading = self.reading()?;
        let mention = reading.spot_at(&self.document, x, y)?;
        self.state.borrow().filter.shows(&reading, mention).then_some(mention)
    }

    pub(super) fn pointer_moved(self: &Rc<Self>, event: &PointerEvent) {
        if event.pointer_type() == "touch" {
            return;
        }
        let mut state = self.state.borrow_mut();
        state.point = (f64::from(event.client_x()), f64::from(event.client_y()));
        if state.frame.is_none() && state.reading.is_some() {
            let weak = Rc::downgrade(self);
            state.frame = Some(Frame::new(&self.window, move || {
                let Some(inner) = Weak::upgrade(&weak) else { return };
                let (x, y) = inner.state.borrow().point;
                inner.state.borrow_mut().frame = None;
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
                state.frame = None;
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
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.and_then(|target| target.closest(INTERACTIVE).ok().flatten()).is_some() {
            return;
        }
        let selecting = self.window.get_selection().ok().flatten();
        if selecting.is_some_and(|selection| !selection.is_collapsed()) {
            return;
        }
        let point = (f64::from(event.client_x()), f64::from(event.client_y()));
        if let Some(mention) = self.mention_at(point.0, point.1) {
            self.open(mention, Held::Choice, Anchor::Mention(Some(point)), None);
            self.emit("activate", mention);
        }
    }
}
