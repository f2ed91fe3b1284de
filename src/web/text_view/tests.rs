//! The rules over a tree of nodes that an HTML parser makes, by the same table that the
//! browsers' test reads.

use ego_tree::NodeRef;
use scraper::{ElementRef, Html, Node, Selector};
use serde::Deserialize;

use super::pieces::{Pieces, Position};
use super::rules::{self, Choices, Element, Inside, MARKED, Reader, TEXT_VIEW_VERSION};

#[derive(Deserialize)]
struct Table {
    version: u32,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    rule: String,
    html: String,
    #[serde(default)]
    options: Options,
    text: String,
    #[serde(default)]
    at: Vec<Sample>,
}

/// As JavaScript takes them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Options {
    exclude: Option<String>,
    include: Option<String>,
    aria_hidden: bool,
    editable: bool,
    foreign: bool,
    shadow: bool,
    frames: bool,
}

impl Default for Options {
    fn default() -> Self {
        let (exclude, include) = (None, None);
        let (editable, foreign, shadow, frames) = (false, false, false, false);
        Options { exclude, include, aria_hidden: true, editable, foreign, shadow, frames }
    }
}

/// A character of a text node, told by all its text, and where it is in the text view.
#[derive(Deserialize)]
struct Sample {
    node: String,
    offset: u32,
    view: Option<u32>,
}

#[derive(Clone, Copy)]
struct Parsed<'a> {
    element: ElementRef<'a>,
    choices: &'a Choices,
}

impl PartialEq for Parsed<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.element == other.element
    }
}

impl Parsed<'_> {
    fn matches(&self, selector: Option<&str>) -> bool {
        selector.is_some_and(|selector| Selector::parse(selector).unwrap().matches(&self.element))
    }
}

impl Element for Parsed<'_> {
    fn name(&self) -> String {
        self.element.value().name().to_owned()
    }

    /// Of what is not marked a page tells none.
    fn attribute(&self, name: &str) -> Option<String> {
        self.matches(Some(MARKED)).then(|| self.element.value().attr(name).map(str::to_owned)).flatten()
    }

    fn is_excluded(&self) -> bool {
        self.matches(self.choices.exclude.as_deref())
    }

    fn is_included(&self) -> bool {
        self.matches(self.choices.include.as_deref())
    }

    /// Where there is no style but the element's own.
    fn is_displayed_as_block(&self) -> bool {
        let style = self.element.value().attr("style").unwrap_or_default();
        style.contains("display:block") || style.contains("display:flex")
    }
}

/// What the walk of a page does, with nodes that cannot change.
struct Walk<'a> {
    reader: Reader<'a, Parsed<'a>>,
    choices: &'a Choices,
    nodes: Vec<String>,
}

impl<'a> Walk<'a> {
    /// `host` is the element whose shadow tree this is.
    fn children(&mut self, parent: ElementRef<'a>, host: Option<ElementRef<'a>>) {
        // The content of a template is a tree of its own.
        let fragment = parent.children().find(|child| child.value().is_fragment());
        for child in fragment.map_or(parent.children(), |fragment| fragment.children()) {
            self.node(child, host);
        }
    }

    fn node(&mut self, node: NodeRef<'a, Node>, host: Option<ElementRef<'a>>) {
        match (node.value(), ElementRef::wrap(node)) {
            (Node::Text(text), _) if self.reader.text(text) => self.nodes.push(text.to_string()),
            (_, Some(element)) => self.element(element, host),
            _ => {}
        }
    }

    fn element(&mut self, element: ElementRef<'a>, host: Option<ElementRef<'a>>) {
        match self.reader.enter(&Parsed { element, choices: self.choices }) {
            Inside::Nothing => return,
            Inside::Children => {
                let root = element.child_elements().find(is_shadow_root).filter(|_| self.choices.shadow);
                let slot = host.filter(|_| element.value().name() == "slot");
                let assigned: Vec<_> = slot.map(|host| assigned(element, host)).unwrap_or_default();
                match root {
                    Some(root) => self.children(root, Some(element)),
                    None if assigned.is_empty() => self.children(element, host),
                    None => assigned.into_iter().for_each(|node| self.node(node, None)),
                }
            }
            Inside::Document => {
                if let Some(html) = element.value().attr("srcdoc") {
                    let document = Box::leak(Box::new(Html::parse_document(html)));
                    let body = document.select(&Selector::parse("body").unwrap()).next().unwrap();
                    self.children(body, None);
                }
            }
        }
        self.reader.leave();
    }
}

fn is_shadow_root(element: &ElementRef) -> bool {
    element.value().attr("shadowrootmode") == Some("open")
}

/// The nodes of the host that a slot of its shadow tree shows.
fn assigned<'a>(slot: ElementRef<'a>, host: ElementRef<'a>) -> Vec<NodeRef<'a, Node>> {
    let name = slot.value().attr("name").unwrap_or_default();
    let fits = |node: &NodeRef<'a, Node>| match ElementRef::wrap(*node) {
        Some(element) => !is_shadow_root(&element) && element.attr("slot").unwrap_or_default() == name,
        None => node.value().is_text() && name.is_empty(),
    };
    host.children().filter(fits).collect()
}

fn read(html: &str, choices: &Choices) -> (String, Pieces, Vec<String>) {
    let document: Html = Html::parse_document(&format!("<!doctype html><div id=root>{html}</div>"));
    let root = document.select(&Selector::parse("#root").unwrap()).next().unwrap();
    let mut walk = Walk { reader: Reader::new(choices, false), choices, nodes: Vec::new() };
    walk.children(root, None);
    let (text, pieces) = walk.reader.finish();
    (text, pieces, walk.nodes)
}

#[test]
fn every_rule_of_the_table_holds() {
    let table = include_str!("../../../tests/fixtures/text-view.json");
    let table: Table = serde_json::from_str(table).unwrap();
    assert_eq!(table.version, TEXT_VIEW_VERSION);
    for Case { rule, html, options, text, at } in table.cases {
        let Options { exclude, include, aria_hidden, editable, foreign, shadow, frames } = options;
        let spoken = !aria_hidden;
        let choices = Choices { exclude, include, spoken, editable, foreign, shadow, frames };
        let (view, pieces, nodes) = read(&html, &choices);
        assert_eq!(view, text, "{rule}: {html}");
        for Sample { node, offset, view } in at {
            let number = nodes.iter().position(|data| *data == node);
            let position = number.map(|number| Position { node: number as u32, offset });
            let back = position.and_then(|position| pieces.view(position));
            assert_eq!(back, view, "{rule}: from {node:?}");
            if let Some(view) = view {
                assert_eq!(pieces.start(view), position, "{rule}: to {node:?}");
            }
        }
    }
}

#[test]
fn names_are_found_by_halving() {
    rules::assert_sorted();
}
