//! How names are made visible: by highlights, which add nothing to the page, or by elements.

use js_sys::Array;
use web_sys::{Document, Element, Window};

use super::elements::Elements;
use super::filter::Filter;
use super::highlights::Highlights;
use super::reading::Reading;
use super::text_view::TextView;

/// See the module; what is painted goes when it is dropped.
pub(super) enum Painter {
    Highlights(Highlights),
    Elements(Elements),
}

impl Painter {
    /// Highlights, where the browser has them and elements are not what is wanted.
    pub fn new(document: &Document, window: &Window, elements: bool) -> Self {
        let highlights = if elements { None } else { Highlights::new(window) };
        highlights.map_or_else(|| Painter::Elements(Elements::new(document)), Painter::Highlights)
    }

    /// Takes away what the page has written over: where it has touched these nodes, or anywhere.
    pub fn mend(&mut self, touched: Option<&Array>) {
        if let Painter::Elements(elements) = self {
            elements.mend(touched);
        }
    }

    /// Before a reading is painted; `read` reads the page as it is now.
    pub fn settle(&mut self, reading: &mut Reading, read: impl Fn() -> TextView) {
        if let Painter::Elements(elements) = self {
            elements.settle(reading, read);
        }
    }

    /// Paints what the filter shows, and nothing else.
    pub fn paint(&mut self, reading: &Reading, filter: &Filter) {
        match self {
            Painter::Highlights(highlights) => highlights.paint(reading, filter),
            Painter::Elements(elements) => elements.paint(reading, filter),
        }
    }

    /// Paints these mentions stronger.
    pub fn activate(&mut self, reading: &Reading, mentions: &[u32]) {
        match self {
            Painter::Highlights(highlights) => highlights.activate(reading, mentions),
            Painter::Elements(elements) => elements.activate(mentions),
        }
    }

    /// What an element that is reached by keyboard stands for.
    pub fn spot_of(&self, element: &Element) -> Option<u32> {
        match self {
            Painter::Highlights(_) => None,
            Painter::Elements(elements) => elements.spot_of(element),
        }
    }
}
