//! Whether a text stands on a light or a dark ground.

use web_sys::{Element, Window};

use super::style::Ground;

/// The ground under the text of `root`: the first background on
/// the way up that is not transparent, else what the reader prefers.
pub(super) fn ground_under(window: &Window, root: &Element) -> Ground {
    let mut cursor = Some(root.clone());
    while let Some(element) = cursor {
        let colour = (window.get_computed_style(&element).ok().flatten())
            .and_then(|style| style.get_property_value("background-color").ok())
            .unwrap_or_default();
        if let Some(ground) = ground_of(&colour) {
            return ground;
        }
        cursor = element.parent_element();
    }
    let dark = window.match_media("(prefers-color-scheme: dark)").ok().flatten();
    if dark.is_some_and(|query| query.matches()) { Ground::Dark } else { Ground::Light }
}

/// The ground a computed colour makes; `None` for a transparent one or a form not known.
fn ground_of(colour: &str) -> Option<Ground> {
    let numbers = colour.strip_prefix("rgb")?.trim_start_matches('a').trim_matches(['(', ')']);
    let channels: Vec<f64> = (numbers.split([',', ' ', '/']))
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().unwrap_or(0.0))
        .collect();
    let &[red, green, blue, ref alpha @ ..] = channels.as_slice() else { return None };
    if alpha.first().is_some_and(|alpha| *alpha < 0.5) {
        return None;
    }
    let luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    Some(if luma < 128.0 { Ground::Dark } else { Ground::Light })
}
