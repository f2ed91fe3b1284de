//! From a point on the screen to a place in the text.

use web_sys::{Document, DomRect, Element, Node, Range};

use super::place::Edges;
use super::platform::paper;

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

/// The element under a point, if its text cannot be selected like other text: there the caret
/// goes to the start of the text in WebKit, and to the element in Firefox.
pub(super) fn unselectable_at(document: &Document, x: f64, y: f64) -> Option<Element> {
    let element = paper(document).element_from_point(x as f32, y as f32)?;
    let style = web_sys::window()?.get_computed_style(&element).ok()??;
    // The name all engines know.
    let select = style.get_property_value("-webkit-user-select").ok()?;
    (select == "none" || select == "all").then_some(element)
}

/// True when the range is drawn under the point.
pub(super) fn holds(range: &Range, x: f64, y: f64) -> bool {
    boxes(range).any(|edges| edges.holds(x, y, SLACK))
}

/// The line of the range that is nearest to the point, else its first line; `None` when it is not drawn.
pub(super) fn line_at(range: &Range, point: Option<(f64, f64)>) -> Option<Edges> {
    let under = point.and_then(|(x, y)| boxes(range).find(|edges| edges.holds(x, y, SLACK)));
    under.or_else(|| boxes(range).next())
}

fn boxes(range: &Range) -> impl Iterator<Item = Edges> {
    let list = range.get_client_rects();
    let count = list.as_ref().map_or(0, |list| list.length());
    (0..count).filter_map(move |at| Some(edges(&list.as_ref()?.item(at)?))).filter(|e| e.right > e.left)
}

/// The edges of a rectangle.
pub(super) fn edges(rect: &DomRect) -> Edges {
    Edges { left: rect.left(), top: rect.top(), right: rect.right(), bottom: rect.bottom() }
}
