//! Painting with CSS Custom Highlights: no node is added to the page.

use wasm_bindgen::JsValue;
use web_sys::{Document, Range, Window};

use super::dom::{document_of, window_of};
use super::filter::Filter;
use super::platform::{Highlight, HighlightRegistry, highlight_registry};
use super::reading::Reading;
use super::style::kind_name;
use crate::article::Kind;

/// What one annotator has painted; undone when dropped.
///
/// Registry names are shared by all annotators of a page, so only our own ranges are added
/// and taken away, and a name leaves the registry with its last range.
pub(super) struct Highlights {
    painted: Vec<Coat>,
    active: Vec<Coat>,
}

/// Our ranges under one name of a window's registry.
struct Coat {
    registry: HighlightRegistry,
    name: String,
    highlight: Highlight,
    ranges: Vec<Range>,
}

impl Highlights {
    /// Paints nothing yet; `None` where the browser cannot paint ranges.
    pub fn new(window: &Window) -> Option<Self> {
        highlight_registry(window).map(|_| Highlights { painted: Vec::new(), active: Vec::new() })
    }

    /// Paints what is shown, references softly, and nothing else.
    pub fn paint(&mut self, reading: &Reading, filter: &Filter) {
        let spots = reading.spots().iter().copied().filter(|&spot| filter.shows(reading, spot));
        let (references, mentions): (Vec<u32>, Vec<u32>) =
            spots.partition(|&spot| reading.reference(spot).is_some());
        unpaint(&mut self.painted);
        self.painted = paint("mingzhu", 0, ranges(reading, &mentions));
        self.painted.extend(paint("mingzhu-reference", 0, ranges(reading, &references)));
    }

    /// Paints these mentions stronger, over the others.
    pub fn activate(&mut self, reading: &Reading, mentions: &[u32]) {
        unpaint(&mut self.active);
        self.active = paint("mingzhu-active", 1, ranges(reading, mentions));
    }
}

impl Drop for Highlights {
    fn drop(&mut self) {
        unpaint(&mut self.painted);
        unpaint(&mut self.active);
    }
}

fn ranges<'a>(reading: &'a Reading, spots: &'a [u32]) -> impl Iterator<Item = (Kind, &'a Range)> {
    spots.iter().filter_map(|&spot| Some((reading.kind(spot), reading.range(spot)?)))
}

fn paint<'a>(prefix: &str, priority: i32, ranges: impl Iterator<Item = (Kind, &'a Range)>) -> Vec<Coat> {
    let mut groups: Vec<(Document, [Vec<Range>; Kind::ALL.len()])> = Vec::new();
    for (kind, range) in ranges {
        let Ok(document) = range.start_container().map(|node| document_of(&node)) else { continue };
        // Documents come one behind the other.
        if groups.last().is_none_or(|(last, _)| *last != document) {
            let known = groups.iter().position(|(other, _)| *other == document);
            let group = known.map_or_else(|| (document, Default::default()), |at| groups.remove(at));
            groups.push(group);
        }
        if let (Some((_, by_kind)), Some(at)) =
            (groups.last_mut(), Kind::ALL.iter().position(|other| *other == kind))
        {
            by_kind[at].push(range.clone());
        }
    }
    let coats = groups.into_iter().flat_map(|(document, by_kind)| {
        let registry = window_of(&document).and_then(|window| highlight_registry(&window));
        let coats = Kind::ALL.into_iter().zip(by_kind).filter(|(_, ranges)| !ranges.is_empty());
        let coat = |(kind, ranges)| {
            coat(registry.as_ref()?, format!("{prefix}-{}", kind_name(kind)), priority, ranges)
        };
        coats.filter_map(coat).collect::<Vec<_>>()
    });
    coats.collect()
}

fn coat(registry: &HighlightRegistry, name: String, priority: i32, ranges: Vec<Range>) -> Option<Coat> {
    let highlight = registry.get(&name).or_else(|| {
        let highlight = Highlight::new().ok()?;
        highlight.set_priority(priority);
        Some(highlight)
    })?;
    ranges.iter().for_each(|range| highlight.add(range));
    // Last: what the registry does not hold is not repainted range by range.
    registry.set(&name, &highlight);
    Some(Coat { registry: registry.clone(), name, highlight, ranges })
}

fn unpaint(coats: &mut Vec<Coat>) {
    for Coat { registry, name, highlight, ranges } in coats.drain(..) {
        // Another annotator may have ranges of its own in there, or after the site has cleared all a
        // highlight of its own under the name.
        let object: &JsValue = highlight.as_ref();
        let is_ours = registry.get(&name).is_some_and(|other| JsValue::from(other) == *object);
        if is_ours && highlight.size() as usize <= ranges.len() {
            registry.remove(&name);
        } else {
            ranges.iter().for_each(|range| {
                highlight.delete(range);
            });
        }
    }
}
