//! The record that crosses the boundary: two arrays of numbers and one string.
//!
//! ```text
//! numbers  version, length, date?, mentions M, titles T, offices O, entities E, references R, home 0 or 1,
//!          where the offices begin, the entities, the references, the home
//!          M × start, end, kind, entity
//!          T × start, end
//!          O × person, title, body?, place?, public, rule, word, posts, spans;
//!              its posts × name, status, body?, division; its spans × start, end
//!          E × kind, name, division, open?, aliases, mentions, offices; its aliases, its mentions,
//!              its offices
//!          R × start, end, kind, name?, division, entity?, open?
//!          home × division, evidence
//! scores   M + T + R + home
//! text     the strings that numbers index, a line each
//! ```
//!
//! What has a `?` is one more than the number, or 0 for none; a date is a number like 20260305. A division is a code and a path, and
//! the code 0 is none. Offsets count UTF-16 units. `js/article.js` reads the same.

use std::collections::HashMap;

use crate::article::{
    ARTICLE_VERSION, Article, Because, Division, Entity, Evidence, Home, Kind, Mention, Office, OffsetUnit,
    Open, Post, Reference, Rule, Span, Status, Title,
};
use crate::date::Date;

const HEADER: usize = 13;

/// See the module.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Flat {
    pub numbers: Vec<u32>,
    pub scores: Vec<f32>,
    pub text: String,
}

/// The strings of a record, each once.
#[derive(Default)]
struct Strings<'a> {
    text: String,
    known: HashMap<&'a str, u32>,
}

impl<'a> Strings<'a> {
    fn number(&mut self, string: &'a str) -> u32 {
        let next = self.known.len() as u32;
        let number = *self.known.entry(string).or_insert(next);
        if number == next {
            // A line each: what breaks lines is no part of a name.
            self.text.extend(string.chars().map(|c| if c == '\n' { ' ' } else { c }));
            self.text.push('\n');
        }
        number
    }

    fn optional(&mut self, string: Option<&'a str>) -> u32 {
        string.map_or(0, |string| self.number(string) + 1)
    }

    fn division(&mut self, division: Option<&'a Division>) -> [u32; 2] {
        division.map_or([0, 0], |division| [division.code, self.number(&division.path)])
    }
}

/// Where a value stands in the list of all of its kind.
fn number<T: PartialEq>(all: &[T], value: &T) -> u32 {
    all.iter().position(|other| other == value).unwrap_or(0) as u32
}

/// An article whose offsets count UTF-16 units, as numbers.
pub(super) fn flatten(article: &Article) -> Flat {
    debug_assert_eq!(article.unit, OffsetUnit::Utf16);
    let optional = |index: Option<u32>| index.map_or(0, |index| index + 1);
    let open = |open: Option<Open>| open.map_or(0, |open| number(&Open::ALL, &open) + 1);
    let mut strings = Strings::default();
    let mut numbers = vec![article.version, article.length, article.date.map_or(0, Date::number)];
    let counts = [
        article.mentions.len(),
        article.titles.len(),
        article.offices.len(),
        article.entities.len(),
        article.references.len(),
        usize::from(article.home.is_some()),
    ];
    numbers.extend(counts.map(|count| count as u32));
    numbers.resize(HEADER, 0);
    for mention in &article.mentions {
        numbers.extend([mention.start, mention.end, number(&Kind::ALL, &mention.kind), mention.entity]);
    }
    for title in &article.titles {
        numbers.extend([title.start, title.end]);
    }
    let mut starts = [numbers.len(), 0, 0, 0];
    for office in &article.offices {
        let (body, place) = (optional(office.body), optional(office.place));
        numbers.extend([office.person, office.title, body, place, u32::from(office.public)]);
        numbers.extend([number(&Rule::ALL, &office.because.rule), strings.number(&office.because.word)]);
        numbers.extend([office.posts.len() as u32, office.evidence.len() as u32]);
        for post in &office.posts {
            let body = strings.optional(post.body.as_deref());
            numbers.extend([strings.number(&post.name), number(&Status::ALL, &post.status), body]);
            numbers.extend(strings.division(post.division.as_ref()));
        }
        numbers.extend(office.evidence.iter().flat_map(|span| [span.start, span.end]));
    }
    starts[1] = numbers.len();
    for entity in &article.entities {
        numbers.extend([number(&Kind::ALL, &entity.kind), strings.number(&entity.name)]);
        numbers.extend(strings.division(entity.division.as_ref()));
        let (mentions, offices) = (entity.mentions.len() as u32, entity.offices.len() as u32);
        numbers.extend([open(entity.open), entity.aliases.len() as u32, mentions, offices]);
        numbers.extend(entity.aliases.iter().map(|alias| strings.number(alias)));
        numbers.extend(entity.mentions.iter().chain(&entity.offices));
    }
    starts[2] = numbers.len();
    for reference in &article.references {
        let kind = number(&Kind::ALL, &reference.kind);
        numbers.extend([reference.start, reference.end, kind, strings.optional(reference.name.as_deref())]);
        numbers.extend(strings.division(reference.division.as_ref()));
        numbers.extend([optional(reference.entity), open(reference.open)]);
    }
    starts[3] = numbers.len();
    if let Some(home) = &article.home {
        numbers.extend(strings.division(Some(&home.division)));
        numbers.push(number(&Evidence::ALL, &home.evidence));
    }
    numbers[HEADER - starts.len()..HEADER].copy_from_slice(&starts.map(|start| start as u32));
    let scores = (article.mentions.iter().map(|m| m.score))
        .chain(article.titles.iter().map(|t| t.score))
        .chain(article.references.iter().map(|r| r.confidence))
        .chain(article.home.iter().map(|h| h.confidence));
    Flat { numbers, scores: scores.collect(), text: strings.text }
}

/// Reads a record from front to back.
struct Reader<'a> {
    numbers: std::slice::Iter<'a, u32>,
    strings: Vec<&'a str>,
}

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<u32> {
        self.numbers.next().copied()
    }

    /// An index into a list of so many.
    fn below(&mut self, count: u32) -> Option<u32> {
        self.number().filter(|index| *index < count)
    }

    /// The same where there may be none.
    fn optional(&mut self, count: u32) -> Option<Option<u32>> {
        match self.number()? {
            0 => Some(None),
            index => (index - 1 < count).then_some(Some(index - 1)),
        }
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        all.get(self.number()? as usize).copied()
    }

    fn one_of_or_none<T: Copy>(&mut self, all: &[T]) -> Option<Option<T>> {
        Some(self.optional(all.len() as u32)?.map(|index| all[index as usize]))
    }

    fn string(&mut self) -> Option<String> {
        let index = self.number()? as usize;
        Some((*self.strings.get(index)?).to_owned())
    }

    fn string_or_none(&mut self) -> Option<Option<String>> {
        Some(self.optional(self.strings.len() as u32)?.map(|index| self.strings[index as usize].to_owned()))
    }

    fn division(&mut self) -> Option<Option<Division>> {
        let (code, path) = (self.number()?, self.number()?);
        if code == 0 {
            return (path == 0).then_some(None);
        }
        Some(Some(Division { code, path: (*self.strings.get(path as usize)?).to_owned() }))
    }

    /// As many as said, which may be more than there are.
    fn list<T>(&mut self, count: u32, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..count).map(|_| one(self)).collect()
    }

    fn left(&self) -> usize {
        self.numbers.len()
    }
}

/// The article again; `None` when the record is not one that [`flatten`] writes.
///
/// It comes from JavaScript, so every index is checked here, once, and nowhere else.
pub(super) fn unflatten(flat: &Flat) -> Option<Article> {
    let (header, body) = flat.numbers.split_at_checked(HEADER)?;
    let &[version, length, date, mentions, titles, offices, entities, references, home, ref starts @ ..] =
        header
    else {
        return None;
    };
    if version != ARTICLE_VERSION || home > 1 {
        return None;
    }
    let mut reader = Reader { numbers: body.iter(), strings: flat.text.split_terminator('\n').collect() };
    let mut scores = flat.scores.iter().copied();
    let mut article = Article { version, unit: OffsetUnit::Utf16, ..Article::empty(length) };
    if date > 0 {
        article.date = Some(Date::from_number(date)?);
    }
    let mut at = Vec::new();
    let here = |reader: &Reader<'_>| (flat.numbers.len() - reader.left()) as u32;

    let mut span = Ascending { last: 0, length };
    article.mentions = reader.list(mentions, |reader| {
        let (start, end) = span.next(reader.number()?, reader.number()?)?;
        let (kind, entity) = (reader.one_of(&Kind::ALL)?, reader.below(entities)?);
        Some(Mention { start, end, kind, entity, score: scores.next()? })
    })?;
    let mut span = Ascending { last: 0, length };
    article.titles = reader.list(titles, |reader| {
        let (start, end) = span.next(reader.number()?, reader.number()?)?;
        Some(Title { start, end, score: scores.next()? })
    })?;
    let inside = |start: u32, end: u32| (start < end && end <= length).then_some((start, end));
    at.push(here(&reader));
    article.offices = reader.list(offices, |reader| {
        let (person, title) = (reader.below(mentions)?, reader.below(titles)?);
        let (body, place) = (reader.optional(mentions)?, reader.optional(mentions)?);
        let public = reader.number()? != 0;
        let because = Because { rule: reader.one_of(&Rule::ALL)?, word: reader.string()? };
        let (posts, spans) = (reader.number()?, reader.number()?);
        let posts = reader.list(posts, |reader| {
            let (name, status) = (reader.string()?, reader.one_of(&Status::ALL)?);
            Some(Post { name, status, body: reader.string_or_none()?, division: reader.division()? })
        })?;
        let evidence = reader.list(spans, |reader| {
            let (start, end) = inside(reader.number()?, reader.number()?)?;
            Some(Span { start, end })
        })?;
        Some(Office { person, title, body, place, public, because, posts, evidence })
    })?;
    at.push(here(&reader));
    article.entities = reader.list(entities, |reader| {
        let (kind, name) = (reader.one_of(&Kind::ALL)?, reader.string()?);
        let (division, open) = (reader.division()?, reader.one_of_or_none(&Open::ALL)?);
        let (aliases, named, held) = (reader.number()?, reader.number()?, reader.number()?);
        Some(Entity {
            kind,
            name,
            aliases: reader.list(aliases, Reader::string)?,
            mentions: reader.list(named, |reader| reader.below(mentions))?,
            offices: reader.list(held, |reader| reader.below(offices))?,
            division,
            open,
        })
    })?;
    at.push(here(&reader));
    article.references = reader.list(references, |reader| {
        let (start, end) = inside(reader.number()?, reader.number()?)?;
        let (kind, name) = (reader.one_of(&Kind::ALL)?, reader.string_or_none()?);
        let (division, entity) = (reader.division()?, reader.optional(entities)?);
        let open = reader.one_of_or_none(&Open::ALL)?;
        Some(Reference { start, end, kind, name, division, entity, open, confidence: scores.next()? })
    })?;
    at.push(here(&reader));
    if home == 1 {
        let (division, evidence) = (reader.division()??, reader.one_of(&Evidence::ALL)?);
        article.home = Some(Home { division, evidence, confidence: scores.next()? });
    }
    (reader.left() == 0 && scores.next().is_none() && at == starts).then_some(article)
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
        let entity =
            |kind, name: &str, mentions: &[u32], offices: &[u32], division: Option<Division>| Entity {
                kind,
                name: name.into(),
                aliases: if mentions.len() > 1 { vec!["滨州".into()] } else { Vec::new() },
                mentions: mentions.into(),
                offices: offices.into(),
                open: (kind == Kind::Place && division.is_none()).then_some(Open::Ambiguous),
                division,
            };
        let division = Division { code: 3716, path: "山东省/滨州市".into() };
        Article {
            unit: OffsetUnit::Utf16,
            date: Date::from_number(20_260_305),
            mentions: vec![
                mention(0, 3, Kind::Place, 1),
                mention(7, 10, Kind::Official, 0),
                mention(20, 22, Kind::Place, 1),
            ],
            titles: vec![Title { start: 3, end: 7, score: 0.5 }],
            offices: vec![Office {
                person: 1,
                title: 0,
                body: None,
                place: Some(0),
                public: true,
                because: Because { rule: Rule::Title, word: "市长".into() },
                posts: vec![Post {
                    name: "副市长".into(),
                    status: Status::Former,
                    body: Some("滨州市人民政府".into()),
                    division: Some(division.clone()),
                }],
                evidence: vec![Span { start: 0, end: 3 }, Span { start: 7, end: 10 }],
            }],
            entities: vec![
                entity(Kind::Official, "王𠮷", &[1], &[0], None),
                entity(Kind::Place, "滨州市", &[0, 2], &[], Some(division.clone())),
                entity(Kind::Place, "鼓楼区", &[], &[], None),
            ],
            references: vec![
                Reference {
                    start: 22,
                    end: 24,
                    kind: Kind::Place,
                    name: Some("滨州市".into()),
                    division: Some(division.clone()),
                    entity: Some(1),
                    confidence: 0.5,
                    open: None,
                },
                Reference {
                    start: 24,
                    end: 26,
                    kind: Kind::Place,
                    name: None,
                    division: None,
                    entity: None,
                    confidence: 0.0,
                    open: Some(Open::NoHome),
                },
            ],
            home: Some(Home { division, evidence: Evidence::Masthead, confidence: 0.75 }),
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
        fn a_damaged_record_is_refused_or_sound(at in 0usize..96, value in any::<u32>(), cut in 0usize..64) {
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
