//! The card: who is behind a mention. A popover in the top layer, its inside in a shadow root.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, Node, ShadowRootInit, ShadowRootMode, Window};

use super::dom::{contains, paper, parent_of};
use super::element::{append, button, element, set, text_element};
use super::listen::{Listener, closest};
use super::place::{Edges, Size, place};
use super::platform::{adopt, constructed_sheet, seen};
use super::reading::{PostWords, Reading};
use super::strings::Strings;
use super::style::{Ground, card_sheet, kind_name};
use crate::article::{Division, Kind};

/// What a reader does in the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Previous,
    Next,
    Close,
    PointerEnter,
    PointerLeave,
}

impl Action {
    fn name(self) -> &'static str {
        match self {
            Action::Previous => "previous",
            Action::Next => "next",
            Action::Close => "close",
            Action::PointerEnter | Action::PointerLeave => "",
        }
    }
}

/// More than this at one body, and the card becomes a page.
const HOLDERS: usize = 5;

/// The card's elements; taken from the document when dropped.
pub(super) struct Card {
    host: HtmlElement,
    inside: HtmlElement,
    _listeners: Vec<Listener>,
}

impl Card {
    /// A card that is not shown yet; `act` hears what the reader does in it.
    pub fn new(document: &Document, strings: &Strings, act: Rc<dyn Fn(Action)>) -> Self {
        let host = element(document, "div", "");
        set(&host, "data-mingzhu", "card");
        set(&host, "popover", "manual");
        host.set_hidden(true);
        set(&host, "lang", &strings.language());
        let inside = element(document, "div", "card");
        set(&inside, "role", "dialog");
        set(&inside, "tabindex", "-1");
        // Fails only for elements that cannot have one, and for a second one.
        if let Ok(shadow) = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)) {
            if let Some(sheet) = constructed_sheet(document) {
                let _ = sheet.replace_sync(&card_sheet());
                adopt(&shadow, &sheet);
            }
            let _ = shadow.append_child(&inside);
        }
        let clicked = Rc::clone(&act);
        let click = Listener::new(&inside, "click", move |event: Event| {
            let pressed = closest(&event, "[data-action]");
            let name = pressed.and_then(|button| button.get_attribute("data-action"));
            let actions = [Action::Previous, Action::Next, Action::Close];
            if let Some(action) = actions.into_iter().find(|a| Some(a.name()) == name.as_deref()) {
                clicked(action);
            }
        });
        let (entered, left) = (Rc::clone(&act), act);
        let enter = Listener::new(&inside, "pointerenter", move |_| entered(Action::PointerEnter));
        let leave = Listener::new(&inside, "pointerleave", move |_| left(Action::PointerLeave));
        Card { host, inside, _listeners: vec![click, enter, leave] }
    }

    /// Writes what is known about a mention's entity, or what the site has made of it.
    pub fn fill(
        &self,
        document: &Document,
        strings: &Strings,
        reading: &Reading,
        mention: u32,
        ground: Ground,
        own: Option<&Node>,
    ) {
        let card = &self.inside;
        card.set_text_content(None);
        self.host.set_text_content(None);
        set(card, "data-ground", ground.name());
        let reference = reading.reference(mention);
        let words = reference.map(|reference| reading.words_of(reference));
        let name = match (reference, &words) {
            (Some(reference), Some(words)) => reference.name.as_ref().unwrap_or(words),
            _ => &reading.entity(reading.entity_of(mention)).name,
        };
        set(card, "aria-label", name);
        match own {
            Some(node) => {
                // In the page's own tree, where the site's styles reach it.
                let _ = self.host.append_child(node);
                append(card, &element(document, "slot", ""));
            }
            None => {
                append(card, &head(document, strings, name, reading.kind(mention)));
                match reference {
                    Some(reference) => self.division(document, reference.division.as_ref()),
                    None => self.facts(document, strings, reading, mention),
                }
            }
        }
        let (count, text) = match (reference, &words) {
            (Some(reference), Some(words)) => {
                let said = if reference.name.is_some() { "refers" } else { "refers-open" };
                (1, strings.fill(said, &[("words", words)]))
            }
            _ => times(strings, &reading.entity(reading.entity_of(mention)).mentions, mention),
        };
        append(card, &foot(document, strings, &text, count > 1));
    }

    /// Posts, who holds posts there, and where it lies.
    fn facts(&self, document: &Document, strings: &Strings, reading: &Reading, mention: u32) {
        let card = &self.inside;
        let number = reading.entity_of(mention);
        let entity = reading.entity(number);
        let posts = reading.posts(number);
        if !posts.is_empty() {
            let list = element(document, "ul", "offices");
            // Of posts in one place, one after the other, the last says where that lies.
            for posts in posts.chunk_by(|one, next| one.path == next.path) {
                let items: Vec<Element> =
                    posts.iter().map(|post| post_element(document, strings, post)).collect();
                if let (Some(path), Some(last)) = (&posts[0].path, items.last()) {
                    append(last, &text_element(document, "span", "path", &steps(path)));
                }
                items.iter().for_each(|item| append(&list, item));
            }
            set(&list, "lang", "zh");
            append(card, &list);
        }
        let holders = if entity.kind.is_human() { Vec::new() } else { reading.holders(number) };
        if !holders.is_empty() {
            let list = element(document, "ul", "holders");
            for (name, title) in holders.iter().take(HOLDERS) {
                let item = text_element(document, "li", "", name);
                append(&item, &text_element(document, "span", "at", title));
                append(&list, &item);
            }
            set(&list, "lang", "zh");
            append(card, &list);
        }
        // 市妇联, where the article does not name it whole.
        let full = reading.reference_of(mention).and_then(|reference| reference.name.as_ref());
        if let Some(full) = full.filter(|full| **full != entity.name) {
            let full = text_element(document, "p", "fact", full);
            set(&full, "lang", "zh");
            append(card, &full);
        }
        self.division(document, entity.division.as_ref());
    }

    fn division(&self, document: &Document, division: Option<&Division>) {
        if let Some(division) = division {
            let path = text_element(document, "p", "fact", &steps(&division.path));
            set(&path, "lang", "zh");
            append(&self.inside, &path);
        }
    }

    /// Shows the card beside its anchor, or moves it there. `home` is what it is to stand in.
    pub fn show(&self, window: &Window, home: &Element, anchor: Edges) {
        // One that leaves its place is closed by that.
        if parent_of(&self.host).as_ref() != Some(home) {
            append(home, &self.host);
        }
        self.host.set_hidden(false);
        // Fails when it is shown already, which is what is wanted, and where there are no popovers.
        let _ = self.host.show_popover();
        let size = Size {
            width: f64::from(self.inside.offset_width()),
            height: f64::from(self.inside.offset_height()),
        };
        let (left, top) = place(anchor, size, seen(window));
        let style = self.host.style();
        let _ = style.set_property("--mingzhu-card-left", &format!("{left:.1}px"));
        let _ = style.set_property("--mingzhu-card-top", &format!("{top:.1}px"));
    }

    /// Hides the card.
    pub fn hide(&self) {
        self.host.set_hidden(true);
        // Fails when it is hidden already, which is what is wanted, and where there are no popovers.
        let _ = self.host.hide_popover();
    }

    /// Moves the focus into the card: to the button last pressed, where it still is, else to the card itself.
    pub fn focus(&self, pressed: Option<Action>) {
        let button = pressed.and_then(|action| {
            self.inside.query_selector(&format!("[data-action={}]", action.name())).ok().flatten()
        });
        let target = button.map_or_else(|| self.inside.clone(), JsCast::unchecked_into);
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = target.focus_with_options(&options);
    }

    /// True when the focus is in the card.
    pub fn has_focus(&self, document: &Document) -> bool {
        paper(document).active_element().is_some_and(|active| self.holds(&active))
    }

    /// True when the node is the card or stands in it, as the document sees it.
    pub fn holds(&self, node: &Node) -> bool {
        contains(&self.host, node)
    }
}

/// A post of a person: its title, whether it is held, and the body.
fn post_element(document: &Document, strings: &Strings, post: &PostWords) -> Element {
    let item = element(document, "li", "");
    append(&item, &text_element(document, "span", "title", &post.title));
    if let Some(status) = strings.status(post.status) {
        let status = text_element(document, "span", "status", &status);
        set(&status, "lang", &strings.language());
        append(&item, &status);
    }
    if let Some(at) = &post.at {
        append(&item, &text_element(document, "span", "at", at));
    }
    item.into()
}

/// Where a division lies, step by step: 山东省 › 滨州市.
fn steps(path: &str) -> String {
    path.replace('/', " › ")
}

impl Drop for Card {
    fn drop(&mut self) {
        self.host.remove();
    }
}

/// The name and what kind it is of.
fn head(document: &Document, strings: &Strings, name: &str, kind: Kind) -> HtmlElement {
    let head = element(document, "div", "head");
    let heading = text_element(document, "h2", "name", name);
    set(&heading, "lang", "zh");
    append(&head, &heading);
    let label = text_element(document, "span", "kind", &strings.one(kind));
    set(&label, "data-kind", kind_name(kind));
    append(&head, &label);
    head
}

/// How many mentions there are, and which of them this is, in words.
fn times(strings: &Strings, mentions: &[u32], mention: u32) -> (usize, String) {
    let at = mentions.iter().position(|&other| other == mention).map_or(1, |at| at + 1);
    match mentions.len() {
        0 | 1 => (1, strings.get("once")),
        count => (count, strings.fill("times", &[("at", &at.to_string()), ("count", &count.to_string())])),
    }
}

/// What the reader can do.
fn foot(document: &Document, strings: &Strings, text: &str, steps: bool) -> HtmlElement {
    let foot = element(document, "div", "foot");
    append(&foot, &text_element(document, "span", "count", text));
    let stepping = [(Action::Previous, "‹", "previous"), (Action::Next, "›", "next")];
    let actions = stepping.into_iter().filter(|_| steps).chain([(Action::Close, "×", "close")]);
    for (action, sign, label) in actions {
        let button = button(document, "", sign);
        set(&button, "data-action", action.name());
        set(&button, "aria-label", &strings.get(label));
        append(&foot, &button);
    }
    foot
}
