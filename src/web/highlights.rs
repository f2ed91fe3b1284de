//! Painting with CSS Custom Highlights: no node is added to the page.

use web_sys::{CssStyleSheet, Document, Element, Range, Window};

use super::platform::{Highlight, HighlightRegistry, adopt, disown, highlight_registry};
use super::style::{Ground, document_sheet, kind_name};
use crate::article::Kind;

/// What one annotator has painted; undone when dropped.
///
/// Registry names are shared by all annotators of a page, so only our own ranges are added
/// and taken away, and a name leaves the registry with its last range.
pub(super) struct Highlights {
    registry: Option<HighlightRegistry>,
    document: Document,
    sheet: Option<CssStyleSheet>,
    painted: Vec<Coat>,
    active: Vec<Coat>,
}

/// Our ranges under one name of the registry.
struct Coat {
    name: String,
    highlight: Highlight,
    ranges: Vec<Range>,
}

impl Highlights {
    /// Adopts the sheet; paints nothing yet.
    pub fn new(document: &Document, ground: Ground) -> Self {
        let sheet = CssStyleSheet::new().ok();
        if let Some(sheet) = &sheet {
            // A syntax error in a sheet is no error of CSSOM.
            let _ = sheet.replace_sync(&document_sheet(ground));
            adopt(document, sheet);
        }
        let registry = highlight_registry();
        Highlights { registry, document: document.clone(), sheet, painted: Vec::new(), active: Vec::new() }
    }

    /// False where the browser cannot paint ranges.
    pub fn supported(&self) -> bool {
        self.registry.is_some()
    }

    /// Takes the colours for another ground.
    pub fn set_ground(&self, ground: Ground) {
        if let Some(sheet) = &self.sheet {
            let _ = sheet.replace_sync(&document_sheet(ground));
        }
    }

    /// Paints these mentions, and softly these references, and nothing else.
    pub fn paint<'a>(
        &mut self,
        mentions: impl Iterator<Item = (Kind, &'a Range)>,
        references: impl Iterator<Item = (Kind, &'a Range)>,
    ) {
        if let Some(registry) = &self.registry {
            unpaint(registry, &mut self.painted);
            self.painted = paint(registry, "mingzhu", 0, mentions);
            self.painted.extend(paint(registry, "mingzhu-reference", 0, references));
        }
    }

    /// Paints these ranges stronger, over the others.
    pub fn activate<'a>(&mut self, ranges: impl Iterator<Item = (Kind, &'a Range)>) {
        if let Some(registry) = &self.registry {
            unpaint(registry, &mut self.active);
            self.active = paint(registry, "mingzhu-active", 1, ranges);
        }
    }
}

impl Drop for Highlights {
    fn drop(&mut self) {
        if let Some(registry) = &self.registry {
            unpaint(registry, &mut self.painted);
            unpaint(registry, &mut self.active);
        }
        if let Some(sheet) = &self.sheet {
            disown(&self.document, sheet);
        }
    }
}

fn paint<'a>(
    registry: &HighlightRegistry,
    prefix: &str,
    priority: i32,
    ranges: impl Iterator<Item = (Kind, &'a Range)>,
) -> Vec<Coat> {
    let mut by_kind = Kind::ALL.map(|kind| (kind, Vec::new()));
    for (kind, range) in ranges {
        if let Some((_, ranges)) = by_kind.iter_mut().find(|(other, _)| *other == kind) {
            ranges.push(range.clone());
        }
    }
    let coats = by_kind.into_iter().filter(|(_, ranges)| !ranges.is_empty());
    coats
        .filter_map(|(kind, ranges)| {
            let name = format!("{prefix}-{}", kind_name(kind));
            let highlight = registry.get(&name).or_else(|| {
                let highlight = Highlight::new().ok()?;
                highlight.set_priority(priority);
                Some(highlight)
            })?;
            ranges.iter().for_each(|range| highlight.add(range));
            // Last: what the registry does not hold is not repainted range by range.
            registry.set(&name, &highlight);
            Some(Coat { name, highlight, ranges })
        })
        .collect()
}

fn unpaint(registry: &HighlightRegistry, coats: &mut Vec<Coat>) {
    for Coat { name, highlight, ranges } in coats.drain(..) {
        // Another annotator may have ranges of its own in there.
        if highlight.size() as usize > ranges.len() {
            ranges.iter().for_each(|range| {
                highlight.delete(range);
            });
        } else {
            registry.remove(&name);
        }
    }
}

/// Whether the text of `root` stands on a light or a dark ground: the first background on
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
