//! The legend: what is painted how, how much of it there is, and switches to hide a kind.

use web_sys::{Document, Element, Event, HtmlElement};

use super::element::{append, button, element, set, text_element};
use super::listen::{Listener, closest};
use super::strings::Strings;
use super::style::kind_name;
use crate::article::Kind;

/// A group of toggle buttons; gone when dropped.
pub(super) struct Legend {
    group: HtmlElement,
    toggles: Vec<(Kind, HtmlElement, HtmlElement)>,
    _click: Listener,
}

impl Legend {
    /// Builds the legend inside `container`; `toggle` hears which kind was pressed.
    pub fn new(
        document: &Document,
        container: &Element,
        strings: &Strings,
        toggle: impl Fn(Kind) + 'static,
    ) -> Self {
        let group = element(document, "div", "mingzhu-legend");
        set(&group, "data-mingzhu", "legend");
        set(&group, "role", "group");
        set(&group, "lang", &strings.language());
        set(&group, "aria-label", &strings.get("legend"));
        let toggles = Kind::ALL.map(|kind| {
            let button = button(document, "", "");
            set(&button, "data-kind", kind_name(kind));
            let swatch = text_element(document, "span", "mingzhu-swatch", &strings.kind(kind));
            set(&swatch, "data-kind", kind_name(kind));
            append(&button, &swatch);
            let count = text_element(document, "span", "mingzhu-count", "");
            append(&button, &count);
            append(&group, &button);
            (kind, button, count)
        });
        append(container, &group);
        let click = Listener::new(&group, "click", move |event: Event| {
            let name = closest(&event, "[data-kind]").and_then(|button| button.get_attribute("data-kind"));
            if let Some(kind) = Kind::ALL.into_iter().find(|kind| Some(kind_name(*kind)) == name.as_deref()) {
                toggle(kind);
            }
        });
        Legend { group, toggles: toggles.into(), _click: click }
    }

    /// Writes how many entities of each kind there are.
    pub fn count(&self, count_of: impl Fn(Kind) -> usize) {
        for (kind, _, count) in &self.toggles {
            count.set_text_content(Some(&format!(" {}", count_of(*kind))));
        }
    }

    /// Marks which kinds are shown.
    pub fn press(&self, shown: &[Kind]) {
        for (kind, button, _) in &self.toggles {
            set(button, "aria-pressed", if shown.contains(kind) { "true" } else { "false" });
        }
    }
}

impl Drop for Legend {
    fn drop(&mut self) {
        self.group.remove();
    }
}
