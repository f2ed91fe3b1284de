//! Painting with CSS Custom Highlights: no node is added to the page.

use web_sys::Range;

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
    registry: HighlightRegistry,
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
    /// Paints nothing yet; `None` where the browser cannot paint ranges.
    pub fn new() -> Option<Self> {
        Some(Highlights { registry: highlight_registry()?, painted: Vec::new(), active: Vec::new() })
    }

    /// Paints what is shown, references softly, and nothing else.
    pub fn paint(&mut self, reading: &Reading, filter: &Filter) {
        let spots = reading.spots().iter().copied().filter(|&spot| filter.shows(reading, spot));
        let (references, mentions): (Vec<u32>, Vec<u32>) =
            spots.partition(|&spot| reading.reference(spot).is_some());
        unpaint(&self.registry, &mut self.painted);
        self.painted = paint(&self.registry, "mingzhu", 0, ranges(reading, &mentions));
        self.painted.extend(paint(&self.registry, "mingzhu-reference", 0, ranges(reading, &references)));
    }

    /// Paints these mentions stronger, over the others.
    pub fn activate(&mut self, reading: &Reading, mentions: &[u32]) {
        unpaint(&self.registry, &mut self.active);
        self.active = paint(&self.registry, "mingzhu-active", 1, ranges(reading, mentions));
    }
}

impl Drop for Highlights {
    fn drop(&mut self) {
        unpaint(&self.registry, &mut self.painted);
        unpaint(&self.registry, &mut self.active);
    }
}

fn ranges<'a>(reading: &'a Reading, spots: &'a [u32]) -> impl Iterator<Item = (Kind, &'a Range)> {
    spots.iter().filter_map(|&spot| Some((reading.kind(spot), reading.range(spot)?)))
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
