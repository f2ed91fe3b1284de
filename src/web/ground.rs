//! Whether a text stands on a light or a dark ground.

use web_sys::{Element, Window};

use super::colour::lightness;
use super::dom::parent_element_of;
use super::style::Ground;

/// The ground under the text of `root`: the first background on the way up that is not
/// see-through, else what its letters can be read on. That holds for pictures, and for the
/// canvas, which is white in a dark system too unless the page says that it can be dark.
pub(super) fn ground_under(window: &Window, root: &Element) -> Ground {
    let mut cursor = Some(root.clone());
    while let Some(element) = cursor {
        match colour_of(window, &element, "background-color") {
            Some((lightness, opacity)) if opacity >= 0.5 => return ground(lightness < 0.5),
            _ => cursor = parent_element_of(&element),
        }
    }
    ground(colour_of(window, root, "color").is_some_and(|(lightness, _)| lightness > 0.5))
}

/// The ground that the page's own rules for painted ranges are for (`js/paint.css`), where it brings any.
pub(super) fn painted_for(window: &Window, element: &Element) -> Option<Ground> {
    let style = window.get_computed_style(element).ok()??;
    let said = style.get_property_value("--mingzhu-painted").ok()?;
    [Ground::Light, Ground::Dark].into_iter().find(|ground| ground.name() == said.trim())
}

fn colour_of(window: &Window, element: &Element, property: &str) -> Option<(f64, f64)> {
    let style = window.get_computed_style(element).ok()??;
    lightness(&style.get_property_value(property).ok()?)
}

fn ground(is_dark: bool) -> Ground {
    if is_dark { Ground::Dark } else { Ground::Light }
}
