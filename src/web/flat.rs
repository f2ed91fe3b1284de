//! The record that crosses the boundary: two arrays of numbers and one string.
//!
//! ```text
//! numbers  version, length, mentions M, titles T, offices O, entities E
//!          M × start, end, kind, entity
//!          T × start, end
//!          O × person, title, body + 1 or 0, place + 1 or 0, public
//!          E × kind, name length, division code or 0, path length, mentions, offices
//!          the entities' mentions, then the entities' offices
//! scores   M + T
//! text     each entity's name and path, one after the other
//! ```
//!
//! Lengths and offsets count UTF-16 units. `js/article.js` reads the same.

use crate::article::{ARTICLE_VERSION, Article, Division, Entity, Kind, Mention, Office, OffsetUnit, Title};

const HEADER: usize = 6;
const MENTION: usize = 4;
const TITLE: usize = 2;
const OFFICE: usize = 5;
const ENTITY: usize = 6;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Flat {
    pub numbers: Vec<u32>,
    pub scores: Vec<f32>,
    pub text: String,
}

/// An article whose offsets count UTF-16 units, as numbers.
pub(super) fn flatten(article: &Article) -> Flat {
    debug_assert_eq!(article.unit, OffsetUnit::Utf16);
    let units = |text: &str| text.encode_utf16().count() as u32;
    let kind = |kind: Kind| Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0) as u32;
    let mut numbers = vec![article.version, article.length];
    let counts = [&article.mentions.len(), &article.titles.len(), &article.offices.len()];
    numbers.extend(counts.map(|count| *count as u32));
    numbers.push(article.entities.len() as u32);
    for mention in &article.mentions {
        numbers.extend([mention.start, mention.end, kind(mention.kind), mention.entity]);
    }
    for title in &article.titles {
        numbers.extend([title.start, title.end]);
    }
    for office in &article.offices {
        let optional = |index: Option<u32>| index.map_or(0, |index| index + 1);
        let (body, place) = (optional(office.body), optional(office.place));
        numbers.extend([office.person, office.title, body, place, u32::from(office.public)]);
    }
    let mut text = String::new();
    for entity in &article.entities {
        let (code, path) = entity.division.as_ref().map_or((0, ""), |d| (d.code, &d.path));
        let (mentions, offices) = (entity.mentions.len() as u32, entity.offices.len() as u32);
        numbers.extend([kind(entity.kind), units(&entity.name), code, units(path), mentions, offices]);
        text.push_str(&entity.name);
        text.push_str(path);
    }
    numbers.extend(article.entities.iter().flat_map(|entity| &entity.mentions));
    numbers.extend(article.entities.iter().flat_map(|entity| &entity.offices));
    let scores = (article.mentions.iter().map(|m| m.score)).chain(article.titles.iter().map(|t| t.score));
    Flat { numbers, scores: scores.collect(), text }
}

/// The article again; `None` when the record is not one that [`flatten`] writes.
///
/// It comes from JavaScript, so every index is checked here, once, and nowhere else.
pub(super) fn unflatten(flat: &Flat) -> Option<Article> {
    let (header, mut rest) = flat.numbers.split_at_checked(HEADER)?;
    let &[version, length, mentions, titles, offices, entities] = header else { return None };
    if version != ARTICLE_VERSION {
        return None;
    }
    let mut records = |count: u32, width: usize| -> Option<&[u32]> {
        let (records, tail) = rest.split_at_checked((count as usize).checked_mul(width)?)?;
        rest = tail;
        Some(records)
    };
    let (mention_records, title_records) = (records(mentions, MENTION)?, records(titles, TITLE)?);
    let (office_records, entity_records) = (records(offices, OFFICE)?, records(entities, ENTITY)?);
    let total =
        |column: usize| entity_records.chunks_exact(ENTITY).try_fold(0u32, |n, e| n.checked_add(e[column]));
    let (mut entity_mentions, mut entity_offices) = (records(total(4)?, 1)?, records(total(5)?, 1)?);
    if !rest.is_empty() || flat.scores.len() as u64 != u64::from(mentions) + u64::from(titles) {
        return None;
    }

    let below = |index: u32, count: u32| (index < count).then_some(index);
    let optional = |index: u32| match index.checked_sub(1) {
        Some(index) => below(index, mentions).map(Some),
        None => Some(None),
    };
    let kind = |number: u32| Kind::ALL.get(number as usize).copied();
    let mut scores = flat.scores.iter().copied();
    let mut article = Article { version, unit: OffsetUnit::Utf16, ..Article::empty(length) };
    let mut span = Ascending { last: 0, length };
    for record in mention_records.chunks_exact(MENTION) {
        let (start, end) = span.next(record[0], record[1])?;
        let (kind, entity, score) = (kind(record[2])?, below(record[3], entities)?, scores.next()?);
        article.mentions.push(Mention { start, end, kind, score, entity });
    }
    let mut span = Ascending { last: 0, length };
    for record in title_records.chunks_exact(TITLE) {
        let (start, end) = span.next(record[0], record[1])?;
        article.titles.push(Title { start, end, score: scores.next()? });
    }
    for record in office_records.chunks_exact(OFFICE) {
        article.offices.push(Office {
            person: below(record[0], mentions)?,
            title: below(record[1], titles)?,
            body: optional(record[2])?,
            place: optional(record[3])?,
            public: record[4] != 0,
        });
    }
    let text: Vec<u16> = flat.text.encode_utf16().collect();
    let mut text = text.as_slice();
    let mut take_text = |units: u32| -> Option<String> {
        let (head, tail) = text.split_at_checked(units as usize)?;
        text = tail;
        String::from_utf16(head).ok()
    };
    for record in entity_records.chunks_exact(ENTITY) {
        let take = |list: &mut &[u32], count: u32, limit: u32| -> Option<Vec<u32>> {
            let (head, tail) = list.split_at_checked(count as usize)?;
            *list = tail;
            head.iter().map(|&index| below(index, limit)).collect()
        };
        let name = take_text(record[1])?;
        let path = take_text(record[3])?;
        article.entities.push(Entity {
            kind: kind(record[0])?,
            name,
            mentions: take(&mut entity_mentions, record[4], mentions)?,
            offices: take(&mut entity_offices, record[5], offices)?,
            division: (record[2] != 0).then_some(Division { code: record[2], path }),
        });
    }
    text.is_empty().then_some(article)
}

/// Lets spans pass that are sorted, not empty, and do not overlap.
struct Ascending {
    last: u32,
    length: u32,
}

impl Ascending {
    fn next(&mut self, start: u32, end: u32) -> Option<(u32, u32)> {
        let sound = self.last <= start && start < end && end <= self.length;
        self.last = end;
        sound.then_some((start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Article {
        let mention = |start, end, kind, entity| Mention { start, end, kind, score: 0.75, entity };
        let entity = |kind, name: &str, mentions: &[u32], offices: &[u32], division| Entity {
            kind,
            name: name.into(),
            mentions: mentions.into(),
            offices: offices.into(),
            division,
        };
        let division = Division { code: 3716, path: "山东省/滨州市".into() };
        Article {
            unit: OffsetUnit::Utf16,
            mentions: vec![
                mention(0, 3, Kind::Place, 1),
                mention(7, 10, Kind::Official, 0),
                mention(20, 22, Kind::Place, 1),
            ],
            titles: vec![Title { start: 3, end: 7, score: 0.5 }],
            offices: vec![Office { person: 1, title: 0, body: None, place: Some(0), public: true }],
            entities: vec![
                entity(Kind::Official, "王𠮷", &[1], &[0], None),
                entity(Kind::Place, "滨州市", &[0, 2], &[], Some(division)),
            ],
            ..Article::empty(30)
        }
    }

    #[test]
    fn there_and_back() {
        assert_eq!(unflatten(&flatten(&sample())), Some(sample()));
        let empty = Article { unit: OffsetUnit::Utf16, ..Article::empty(0) };
        assert_eq!(unflatten(&flatten(&empty)), Some(empty));
    }

    proptest! {
        /// Whatever JavaScript hands in: an article whose indices all hold, or nothing.
        #[test]
        fn a_damaged_record_is_refused_or_sound(at in 0usize..64, value in any::<u32>(), cut in 0usize..64) {
            let mut flat = flatten(&sample());
            let length = flat.numbers.len();
            flat.numbers[at % length] = value;
            flat.numbers.truncate(length - cut % 4);
            if let Some(article) = unflatten(&flat) {
                for mention in &article.mentions {
                    prop_assert!(mention.start < mention.end && mention.end <= article.length);
                    prop_assert!((mention.entity as usize) < article.entities.len());
                }
                for office in &article.offices {
                    prop_assert!((office.person as usize) < article.mentions.len());
                    prop_assert!((office.title as usize) < article.titles.len());
                }
                for entity in &article.entities {
                    prop_assert!(entity.mentions.iter().all(|&m| (m as usize) < article.mentions.len()));
                }
            }
        }

        #[test]
        fn arbitrary_numbers_never_panic(numbers in proptest::collection::vec(any::<u32>(), 0..40), text in any::<String>()) {
            unflatten(&Flat { numbers, scores: Vec::new(), text });
        }
    }
}
