//! Elements made from nodes: no HTML is ever parsed, so nothing a text holds can become markup.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use super::dom::{insert, paper};

/// An element with a class.
pub(super) fn element(document: &Document, name: &str, class: &str) -> HtmlElement {
    // Fails only for a name that is no element name; ours are literals.
    let element = paper(document).create_element(name);
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element.unchecked_into()
}

/// An element that holds a text.
pub(super) fn text_element(document: &Document, name: &str, class: &str, text: &str) -> HtmlElement {
    let element = element(document, name, class);
    element.set_text_content(Some(text));
    element
}

/// A button that submits nothing.
pub(super) fn button(document: &Document, class: &str, text: &str) -> HtmlElement {
    let button = text_element(document, "button", class, text);
    set(&button, "type", "button");
    button
}

/// Sets an attribute.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    // Fails only for a name that is no attribute name; ours are literals.
    let _ = element.set_attribute(name, value);
}

/// Appends at the end.
pub(super) fn append(parent: &Element, child: &Element) {
    // Fails only where a node would hold itself.
    let _ = insert(parent, child, None);
}
