//! The entity index: what the highlights mean, for everybody: a real list, grouped by kind,
//! each entry a button that takes you to the mention.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement};

use super::element::{append, button, element, set, text_element};
use super::listen::Listener;
use super::reading::Reading;
use super::strings::Strings;
use super::style::kind_name;
use crate::article::Kind;

/// What a reader does in the index.
pub(super) enum Choice {
    /// Pressed an entry.
    Entity(u32),
    /// Came to an entry by keyboard.
    Focus(u32, Element),
    /// Left it.
    Blur,
    /// Pressed one of the two buttons above the list.
    Previous,
    /// See there.
    Next,
}

/// The list; gone when dropped.
pub(super) struct Index {
    list: HtmlElement,
    groups: Vec<(Kind, HtmlElement)>,
    _listeners: [Listener; 3],
}

impl Index {
    /// Builds the list inside `container`; `choose` hears what the reader does in it.
    pub fn new(
        document: &Document,
        container: &Element,
        strings: &Strings,
        reading: &Reading,
        choose: Rc<dyn Fn(Choice)>,
    ) -> Self {
        let list = element(document, "div", "mingzhu-index");
        set(&list, "data-mingzhu", "index");
        set(&list, "lang", &strings.language());
        let steps = element(document, "div", "mingzhu-steps");
        for step in ["previous-mention", "next-mention"] {
            let button = button(document, "", &strings.get(step));
            set(&button, "data-step", step);
            append(&steps, &button);
        }
        append(&list, &steps);
        let groups = Kind::ALL.map(|kind| (kind, group(document, strings, reading, kind)));
        for (_, group) in &groups {
            append(&list, group);
        }
        append(container, &list);

        let (clicked, focused, blurred) = (Rc::clone(&choose), Rc::clone(&choose), choose);
        let click = Listener::new(&list, "click", move |event| {
            if let Some((entity, _)) = entry(&event) {
                return clicked(Choice::Entity(entity));
            }
            match closest(&event, "data-step").and_then(|button| button.get_attribute("data-step")).as_deref()
            {
                Some("previous-mention") => clicked(Choice::Previous),
                Some("next-mention") => clicked(Choice::Next),
                _ => {}
            }
        });
        let focus = Listener::new(&list, "focusin", move |event| {
            if let Some((entity, button)) = entry(&event)
                && button.matches(":focus-visible").unwrap_or(false)
            {
                focused(Choice::Focus(entity, button));
            }
        });
        let blur = Listener::new(&list, "focusout", move |_| blurred(Choice::Blur));
        Index { list, groups: groups.into(), _listeners: [click, focus, blur] }
    }

    /// Hides the kinds that are not shown.
    pub fn filter(&self, shown: &[Kind]) {
        for (kind, group) in &self.groups {
            group.set_hidden(!shown.contains(kind) || group.child_element_count() < 2);
        }
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        self.list.remove();
    }
}

/// More posts of one person are left to the card.
const POSTS: usize = 3;

/// One kind: a heading with the count, and the entries in the order of the text.
fn group(document: &Document, strings: &Strings, reading: &Reading, kind: Kind) -> HtmlElement {
    let group = element(document, "section", "mingzhu-group");
    set(&group, "data-kind", kind_name(kind));
    let heading = element(document, "h3", "");
    let swatch = text_element(document, "span", "mingzhu-swatch", &strings.kind(kind));
    set(&swatch, "data-kind", kind_name(kind));
    append(&heading, &swatch);
    append(&group, &heading);

    let mut entities: Vec<(u32, u32)> = (0u32..)
        .zip(&reading.article().entities)
        .filter(|(_, entity)| entity.kind == kind)
        .filter_map(|(number, entity)| Some((*entity.mentions.first()?, number)))
        .collect();
    entities.sort_unstable();
    append(&heading, &text_element(document, "span", "mingzhu-count", &format!(" {}", entities.len())));
    if entities.is_empty() {
        return group;
    }
    let list = element(document, "ul", "");
    for (_, number) in entities {
        let entity = reading.entity(number);
        let item = element(document, "li", "");
        let button = button(document, "", "");
        set(&button, "data-entity", &number.to_string());
        let name = text_element(document, "span", "mingzhu-name", &entity.name);
        set(&name, "lang", "zh");
        append(&button, &name);
        for post in reading.posts(number).iter().take(POSTS) {
            let status = strings.status(post.status).map_or(String::new(), |status| format!("{status} "));
            let at = post.at.as_ref().map_or(String::new(), |at| format!(" · {at}"));
            let words = format!(" {status}{}{at}", post.title);
            let title = text_element(document, "span", "mingzhu-title", &words);
            set(&title, "lang", "zh");
            append(&button, &title);
        }
        if entity.mentions.len() > 1 {
            let times = format!(" ×{}", entity.mentions.len());
            append(&button, &text_element(document, "span", "mingzhu-times", &times));
        }
        append(&item, &button);
        append(&list, &item);
    }
    append(&group, &list);
    group
}

fn closest(event: &Event, attribute: &str) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(&format!("[{attribute}]")).ok()?
}

/// The entry an event happened in.
fn entry(event: &Event) -> Option<(u32, Element)> {
    let button = closest(event, "data-entity")?;
    Some((button.get_attribute("data-entity")?.parse().ok()?, button))
}
