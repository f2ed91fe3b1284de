//! Keyboard: names that are elements are come to, opened and left like buttons.

use std::rc::Rc;

use web_sys::{Element, Event, KeyboardEvent};

use super::{Anchor, Held, Inner};
use crate::web::listen::target_of;

impl Inner {
    /// The name that has the focus.
    fn name_of(&self, event: &Event) -> Option<(u32, Element)> {
        let element = target_of(event)?;
        // Borrowed while we change the page ourselves: then it is no reader.
        let spot = self.state.try_borrow().ok()?.painter.spot_of(&element)?;
        Some((spot, element))
    }

    /// The name, of those shown, that is a button and was pressed.
    pub(super) fn pressed_name(&self, event: &Event) -> Option<u32> {
        let (spot, _) = self.name_of(event)?;
        let reading = self.reading()?;
        self.state.borrow().filter.shows(&reading, spot).then_some(spot)
    }

    /// The focus came to something in the root.
    pub(super) fn came(self: &Rc<Self>, event: &Event) {
        if let Some((spot, element)) = self.name_of(event)
            && !self.returning.get()
            && element.matches(":focus-visible").unwrap_or(false)
        {
            self.open(spot, Held::Focus, Anchor::Mention(None), None);
        }
    }

    /// The focus left something in the root.
    pub(super) fn left(&self) {
        let held = self.state.try_borrow().ok().and_then(|state| state.open.as_ref().map(|open| open.held));
        if held == Some(Held::Focus) {
            self.close(false);
        }
    }

    /// A key was pressed in the root.
    pub(super) fn pressed(self: &Rc<Self>, event: &KeyboardEvent) {
        if !matches!(event.key().as_str(), "Enter" | " ") {
            return;
        }
        if let Some(spot) = self.pressed_name(event) {
            // A space would scroll.
            event.prevent_default();
            self.visit(spot, None);
        }
    }
}
