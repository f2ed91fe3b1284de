//! From a point on the screen to a place in the text.

use web_sys::{Document, DomRect, Element, Node, Range};

use super::dom::paper;
use super::place::Edges;
use super::trees::{element_at, origin_in};

/// A finger or a hand's tremor beside a glyph still means it.
const SLACK: f64 = 1.5;

/// The node and offset of the caret a click would set. The browser snaps to the nearest
/// caret however far it is: check with [`holds`].
pub(super) fn caret_at(document: &Document, x: f64, y: f64) -> Option<(Node, u32)> {
    let (x, y) = (x as f32, y as f32);
    let paper = paper(document);
    // What the engine has not got throws.
    if let Ok(caret) = paper.caret_position_from_point(x, y) {
        let caret = caret?;
        return Some((caret.offset_node()?, caret.offset()));
    }
    let range = paper.caret_range_from_point(x, y).ok()??;
    Some((range.start_container().ok()?, range.start_offset().ok()?))
}

/// The element under a point, if no caret tells of its text. That is so in shadow trees and frames,
/// and where text cannot be selected: there the caret goes to the start of the text in WebKit, and
/// to the element in Firefox.
pub(super) fn caretless_at(document: &Document, x: f64, y: f64) -> Option<Element> {
    let (element, is_elsewhere) = element_at(document, x, y)?;
    if is_elsewhere {
        return Some(element);
    }
    let style = web_sys::window()?.get_computed_style(&element).ok()??;
    // The name all engines know.
    let select = style.get_property_value("-webkit-user-select").ok()?;
    (select == "none" || select == "all").then_some(element)
}

/// True when the range is drawn under a point of the document's window.
pub(super) fn holds(document: &Document, range: &Range, x: f64, y: f64) -> bool {
    boxes(document, range).any(|edges| edges.holds(x, y, SLACK))
}

/// The line of the range that is nearest to the point, else its first line; `None` when it is not drawn.
pub(super) fn line_at(document: &Document, range: &Range, point: Option<(f64, f64)>) -> Option<Edges> {
    let under = point.and_then(|(x, y)| boxes(document, range).find(|edges| edges.holds(x, y, SLACK)));
    under.or_else(|| boxes(document, range).next())
}

/// The lines of a range, as the document's window sees them.
fn boxes(document: &Document, range: &Range) -> impl Iterator<Item = Edges> {
    let list = range.get_client_rects();
    let count = list.as_ref().map_or(0, |list| list.length());
    let origin = range.start_container().map_or((0.0, 0.0), |node| origin_in(document, &node));
    let lines = (0..count).filter_map(move |at| Some(edges(&list.as_ref()?.item(at)?)));
    lines.filter(|line| line.right > line.left).map(move |line| line.moved(origin))
}

/// The edges of a rectangle.
pub(super) fn edges(rect: &DomRect) -> Edges {
    Edges { left: rect.left(), top: rect.top(), right: rect.right(), bottom: rect.bottom() }
}
