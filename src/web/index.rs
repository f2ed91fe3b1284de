//! The entity index: what the highlights mean, for everybody: a real list, grouped by kind,
//! each entry a button that takes you to the mention; and a search in it.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement};

use super::dom::paper;
use super::element::{append, button, element, set, text_element};
use super::filter::Filter;
use super::listen::{Listener, closest};
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
    search: HtmlElement,
    groups: Rc<RefCell<Groups>>,
    _listeners: [Listener; 4],
}

/// What is listed, and what of it is shown.
struct Groups {
    groups: Vec<Group>,
    /// Says how many entries a search has found.
    found: HtmlElement,
    found_words: [String; 2],
}

struct Group {
    section: HtmlElement,
    count: HtmlElement,
    entries: Vec<Entry>,
}

struct Entry {
    entity: u32,
    item: HtmlElement,
    /// What a search looks in.
    words: String,
    /// True while the filter shows it.
    shown: bool,
}

impl Index {
    /// Builds an empty list inside `container`; `choose` hears what the reader does in it.
    pub fn new(
        document: &Document,
        container: &Element,
        strings: &Strings,
        choose: Rc<dyn Fn(Choice)>,
    ) -> Self {
        let list = element(document, "div", "mingzhu-index");
        set(&list, "data-mingzhu", "index");
        set(&list, "lang", &strings.language());
        let search = element(document, "input", "mingzhu-search");
        set(&search, "type", "search");
        set(&search, "autocomplete", "off");
        set(&search, "aria-label", &strings.get("search"));
        set(&search, "placeholder", &strings.get("search"));
        append(&list, &search);
        let found = element(document, "output", "mingzhu-found");
        append(&list, &found);
        let steps = element(document, "div", "mingzhu-steps");
        for step in ["previous-mention", "next-mention"] {
            let button = button(document, "", &strings.get(step));
            set(&button, "data-step", step);
            append(&steps, &button);
        }
        append(&list, &steps);
        append(container, &list);

        let found_words = [strings.get("search-none"), strings.get("search-found")];
        let groups = Rc::new(RefCell::new(Groups { groups: Vec::new(), found, found_words }));
        let (clicked, focused, blurred) = (Rc::clone(&choose), Rc::clone(&choose), choose);
        let click = Listener::new(&list, "click", move |event| {
            if let Some((entity, _)) = entry(&event) {
                return clicked(Choice::Entity(entity));
            }
            match closest(&event, "[data-step]")
                .and_then(|button| button.get_attribute("data-step"))
                .as_deref()
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
        let (searched, field) = (Rc::clone(&groups), search.clone());
        let input = Listener::new(&search, "input", move |_| searched.borrow().search(&value(&field)));
        Index { list, search, groups, _listeners: [click, focus, blur, input] }
    }

    /// Lists the entities of a reading in the place of what was listed. Who was at an entry is
    /// at that of the same name again.
    pub fn list(&self, document: &Document, strings: &Strings, reading: &Reading, filter: &Filter) {
        let at = paper(document).active_element().filter(|active| self.list.contains(Some(active)));
        let at = at.filter(|active| active.has_attribute("data-entity"));
        let name = at.as_ref().and_then(name_of);
        let groups: Vec<Group> =
            Kind::ALL.into_iter().map(|kind| group(document, strings, reading, kind)).collect();
        for group in &groups {
            append(&self.list, &group.section);
        }
        let old = std::mem::replace(&mut self.groups.borrow_mut().groups, groups);
        self.filter(reading, filter);
        // Their leaving may move the focus, and who listens to that may ask us something.
        old.iter().for_each(|group| group.section.remove());
        if name.is_none() {
            return;
        }
        let again = self.groups.borrow().groups.iter().find_map(|group| {
            let buttons = group.entries.iter().filter_map(|entry| entry.item.first_element_child());
            buttons.into_iter().find(|button| name_of(button) == name)
        });
        // Who was at an entry that is gone is still in the index.
        focus(&again.map_or_else(|| self.search.clone(), JsCast::unchecked_into));
    }

    /// Hides what is not shown.
    pub fn filter(&self, reading: &Reading, filter: &Filter) {
        let mut groups = self.groups.borrow_mut();
        for entry in groups.groups.iter_mut().flat_map(|group| &mut group.entries) {
            entry.shown = filter.shows_entity(reading, reading.entity(entry.entity));
        }
        groups.search(&value(&self.search));
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        self.list.remove();
    }
}

impl Groups {
    /// Hides what the filter hides and what does not hold the words.
    fn search(&self, words: &str) {
        let words = words.trim().to_lowercase();
        let mut found = 0;
        for group in &self.groups {
            let mut shown = 0;
            for entry in &group.entries {
                let here = entry.shown && entry.words.contains(&words);
                entry.item.set_hidden(!here);
                shown += usize::from(here);
            }
            group.count.set_text_content(Some(&format!(" {shown}")));
            group.section.set_hidden(shown == 0);
            found += shown;
        }
        let [none, some] = &self.found_words;
        let said = match (words.is_empty(), found) {
            (true, _) => String::new(),
            (false, 0) => none.clone(),
            (false, found) => some.replace("{count}", &found.to_string()),
        };
        // Written again, it would be told again.
        if self.found.text_content().as_deref() != Some(&*said) {
            self.found.set_text_content(Some(&said));
        }
    }
}

/// More posts of one person are left to the card.
const POSTS: usize = 3;

/// One kind: a heading with the count, and the entries in the order of the text.
fn group(document: &Document, strings: &Strings, reading: &Reading, kind: Kind) -> Group {
    let section = element(document, "section", "mingzhu-group");
    set(&section, "data-kind", kind_name(kind));
    let heading = element(document, "h3", "");
    let swatch = text_element(document, "span", "mingzhu-swatch", &strings.kind(kind));
    set(&swatch, "data-kind", kind_name(kind));
    append(&heading, &swatch);
    let count = element(document, "span", "mingzhu-count");
    append(&heading, &count);
    append(&section, &heading);

    let mut entities: Vec<(u32, u32)> = (0u32..)
        .zip(&reading.article().entities)
        .filter(|(_, entity)| entity.kind == kind)
        .filter_map(|(number, entity)| Some((*entity.mentions.first()?, number)))
        .collect();
    entities.sort_unstable();
    let list = element(document, "ul", "");
    let mut entries = Vec::with_capacity(entities.len());
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
        let mut words = button.text_content().unwrap_or_default();
        for alias in &entity.aliases {
            words.push(' ');
            words.push_str(alias);
        }
        if entity.mentions.len() > 1 {
            let times = format!(" ×{}", entity.mentions.len());
            let times = text_element(document, "span", "mingzhu-times", &times);
            // The name stands in the button.
            let _ = button.insert_before(&times, name.next_sibling().as_ref());
        }
        append(&item, &button);
        append(&list, &item);
        entries.push(Entry { entity: number, item, words: words.to_lowercase(), shown: true });
    }
    if !entries.is_empty() {
        append(&section, &list);
    }
    Group { section, count, entries }
}

/// Moves the focus; the page stays where it is.
fn focus(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only for an element that has left the document.
    let _ = element.focus_with_options(&options);
}

/// What a field holds.
fn value(field: &HtmlElement) -> String {
    Reflect::get(field, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

/// The name on an entry's button.
fn name_of(button: &Element) -> Option<String> {
    button.first_element_child()?.text_content()
}

/// The entry an event happened in.
fn entry(event: &Event) -> Option<(u32, Element)> {
    let button = closest(event, "[data-entity]")?;
    Some((button.get_attribute("data-entity")?.parse().ok()?, button))
}
