//! A text view together with what was found in it.

use std::rc::Rc;

use web_sys::{Document, Node, Range, Text};

use super::dom::contains;
use super::hit_test::{caret_at, caretless_at, holds};
use super::lookup::Spans;
use super::text_view::TextView;
use crate::article::{Article, Entity, Kind, Office, Reference, Status};

/// A post in words, as a card shows it.
#[derive(PartialEq)]
pub(super) struct PostWords {
    pub title: String,
    pub status: Status,
    /// The body or place it is held at.
    pub at: Option<String>,
    /// The division of its body, from the province down: 山东省/滨州市.
    pub path: Option<String>,
}

impl PostWords {
    /// True for the same post, told of somewhere else.
    fn is(&self, other: &PostWords) -> bool {
        self.title == other.title
            && self.status == other.status
            && (self.at == other.at || self.at.is_none() || other.at.is_none())
    }
}

/// See the module.
///
/// What a reader can point at are mentions, by their numbers, and references where no mention
/// stands, by theirs behind the last mention's.
pub(super) struct Reading {
    view: Rc<TextView>,
    article: Article,
    spans: Spans,
    /// What each span is.
    spots: Vec<u32>,
    /// By mention and then by reference; `None` where the page has changed meanwhile, and for a
    /// reference that a mention covers.
    ranges: Vec<Option<Range>>,
    /// How many spots have theirs.
    measured: usize,
}

/// Ranges between two looks at the clock.
const AT_ONCE: usize = 256;

impl Reading {
    /// Its ranges are yet to be [measured](Reading::measure_until).
    pub fn new(view: Rc<TextView>, article: Article) -> Self {
        let mentions = article.mentions.iter().map(|m| (m.start, m.end));
        let mut spots: Vec<((u32, u32), u32)> = mentions.zip(0..).collect();
        let first = spots.len() as u32;
        let mut last = 0;
        for (number, reference) in (first..).zip(&article.references) {
            let next = article.mentions.partition_point(|m| m.end <= reference.start);
            let covered = article.mentions.get(next).is_some_and(|m| m.start < reference.end);
            if !covered && last <= reference.start {
                spots.push(((reference.start, reference.end), number));
                last = reference.end;
            }
        }
        spots.sort_unstable();
        let (spans, spots) = spots.into_iter().unzip();
        let ranges = vec![None; article.mentions.len() + article.references.len()];
        Reading { view, article, spans: Spans::new(spans), spots, ranges, measured: 0 }
    }

    /// Finds the same spots in another view of the same text.
    pub fn look(&mut self, document: &Document, view: Rc<TextView>) {
        self.view = view;
        self.measured = 0;
        self.measure_until(document, None, || false);
    }

    /// Finds the ranges of its spots until it is late, some hundred at the least: true when it has
    /// all of them. Those that the reading before has in the same nodes are taken from there.
    pub fn measure_until(
        &mut self,
        document: &Document,
        before: Option<&Reading>,
        is_late: impl Fn() -> bool,
    ) -> bool {
        while self.measured < self.spots.len() {
            let next = self.spots.len().min(self.measured + AT_ONCE);
            for at in self.measured..next {
                let (start, end) = self.spans[at];
                let known = before.and_then(|before| before.range_of(self.view.ends(start, end)?));
                self.ranges[self.spots[at] as usize] =
                    known.or_else(|| self.view.range(document, start, end));
            }
            self.measured = next;
            if next < self.spots.len() && is_late() {
                return false;
            }
        }
        true
    }

    /// The range of a spot that is drawn from one place in a text node to another, as the page is now.
    fn range_of(&self, ends: [(&Text, u32); 2]) -> Option<Range> {
        let [(from, start), (to, end)] = ends;
        let offset = self.view.offset(from, start)?;
        let is_there = |range: &&Range| {
            range.start_offset() == Ok(start)
                && range.end_offset() == Ok(end)
                && range.start_container().as_ref() == Ok(from)
                && range.end_container().as_ref() == Ok(to)
        };
        let near = self.spots[self.spans.touching(offset)].iter();
        near.filter_map(|&spot| self.range(spot)).find(is_there).cloned()
    }

    pub fn view(&self) -> &TextView {
        &self.view
    }

    /// All mentions and references that can be pointed at, in the order of the text.
    pub fn spots(&self) -> &[u32] {
        &self.spots
    }

    /// The stretches of text nodes that show each of them.
    pub fn segments(&self) -> impl Iterator<Item = (u32, &Text, u32, u32)> {
        self.spans.iter().zip(&self.spots).flat_map(|(&(start, end), &spot)| {
            self.view.segments(start, end).map(move |(node, from, to)| (spot, node, from, to))
        })
    }

    /// The spot of this reading that is where one of another was, as the page is now.
    pub fn counterpart(&self, other: &Reading, spot: u32) -> Option<u32> {
        let range = other.range(spot).filter(|range| !range.collapsed())?;
        let same = |ours: &Range| {
            [Range::START_TO_START, Range::END_TO_END]
                .into_iter()
                // Fails for ranges of two documents.
                .all(|how| ours.compare_boundary_points(how, range) == Ok(0))
        };
        let offset = self.view.offset(&range.start_container().ok()?, range.start_offset().ok()?)?;
        let mut spots = self.spots[self.spans.touching(offset)].iter().copied();
        spots.find(|&ours| self.range(ours).is_some_and(same))
    }

    /// How probable a mention or reference is.
    pub fn score(&self, spot: u32) -> f32 {
        match self.reference(spot) {
            Some(reference) => reference.confidence,
            None => self.article.mentions[spot as usize].score,
        }
    }

    /// The reference of this number, if it is none of a mention.
    pub fn reference(&self, spot: u32) -> Option<&Reference> {
        self.article.references.get((spot as usize).checked_sub(self.article.mentions.len())?)
    }

    /// The reference that a mention is as well: 市妇联.
    pub fn reference_of(&self, mention: u32) -> Option<&Reference> {
        let mention = self.article.mentions.get(mention as usize)?;
        let at = self.article.references.partition_point(|r| r.start < mention.start);
        self.article.references.get(at).filter(|r| (r.start, r.end) == (mention.start, mention.end))
    }

    /// The words of a reference.
    pub fn words_of(&self, reference: &Reference) -> String {
        one_line(&self.view.slice(reference.start, reference.end))
    }

    pub fn article(&self) -> &Article {
        &self.article
    }

    pub fn kind(&self, spot: u32) -> Kind {
        match self.reference(spot) {
            Some(reference) => reference.kind,
            None => self.article.mentions[spot as usize].kind,
        }
    }

    /// The entity that a mention or a reference means.
    pub fn meant(&self, spot: u32) -> Option<u32> {
        match self.reference(spot) {
            Some(reference) => reference.entity,
            None => Some(self.entity_of(spot)),
        }
    }

    /// The entity of a mention.
    pub fn entity_of(&self, mention: u32) -> u32 {
        self.article.mentions[mention as usize].entity
    }

    pub fn entity(&self, entity: u32) -> &Entity {
        &self.article.entities[entity as usize]
    }

    /// True while the page has what a mention or reference is drawn on.
    pub fn stands(&self, spot: u32) -> bool {
        self.range(spot).is_some_and(|range| !range.collapsed())
    }

    pub fn range(&self, mention: u32) -> Option<&Range> {
        self.ranges.get(mention as usize)?.as_ref()
    }

    /// The mention or reference drawn under a point.
    pub fn spot_at(&self, document: &Document, x: f64, y: f64) -> Option<u32> {
        let drawn = |&spot: &u32| self.range(spot).is_some_and(|range| holds(document, range, x, y));
        let caret = caret_at(document, x, y);
        let offset = caret.and_then(|(node, offset): (Node, u32)| self.view.offset(&node, offset));
        let mut near = offset.into_iter().flat_map(|offset| self.spans.touching(offset));
        near.find_map(|span| Some(self.spots[span]).filter(drawn)).or_else(|| {
            let element = caretless_at(document, x, y)?;
            let inside = |range: &Range| range.start_container().is_ok_and(|node| contains(&element, &node));
            let (start, end) = (self.view.place(&element, 0)?, self.view.place(&element, u32::MAX)?);
            let spans = self.spans.touching(start).start..self.spans.touching(end).end;
            let mut spots = self.spots.get(spans)?.iter().copied();
            spots.find(|spot| self.range(*spot).is_some_and(inside) && drawn(spot))
        })
    }

    /// The posts a person holds or held, each once, in the order of the text.
    pub fn posts(&self, entity: u32) -> Vec<PostWords> {
        let mut posts: Vec<PostWords> = Vec::new();
        let offices = self.entity(entity).offices.iter();
        for office in offices.filter_map(|&office| self.article.offices.get(office as usize)) {
            let named = office.body.or(office.place);
            let named = named.map(|mention| &self.entity(self.entity_of(mention)).name);
            for post in &office.posts {
                let at = post.body.as_ref().or(named).cloned();
                let path = post.division.as_ref().map(|division| division.path.clone());
                let words = PostWords { title: post.name.clone(), status: post.status, at, path };
                match posts.iter_mut().find(|known| known.is(&words)) {
                    // 副市长 here and 滨州市人民政府's 副市长 there are the same post.
                    Some(known) => {
                        known.at = known.at.take().or(words.at);
                        known.path = known.path.take().or(words.path);
                    }
                    None => posts.push(words),
                }
            }
        }
        posts
    }

    /// Who holds an office at this body or place: name and title.
    pub fn holders(&self, entity: u32) -> Vec<(String, String)> {
        let mut holders = Vec::new();
        for office in &self.article.offices {
            let at = office.body.or(office.place);
            if at.is_some_and(|mention| self.entity_of(mention) == entity) {
                let holder = (self.entity(self.entity_of(office.person)).name.clone(), self.title(office));
                if !holders.contains(&holder) {
                    holders.push(holder);
                }
            }
        }
        holders
    }

    fn title(&self, office: &Office) -> String {
        let title = &self.article.titles[office.title as usize];
        one_line(&self.view.slice(title.start, title.end))
    }
}

/// Without the line breaks the page may have inside a title.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).collect()
}
