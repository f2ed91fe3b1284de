//! Whom an article names, and what it has them hold.

use super::Confusables;
use crate::article::{Article, OffsetUnit, Span, Status};

/// A person of an article.
#[derive(Debug)]
pub(super) struct Person {
    /// The fullest name, without white space.
    pub name: String,
    /// The same in Simplified characters.
    pub simple: String,
    /// Where the full name stands.
    pub spans: Vec<Span>,
    /// Every mention, short ones as well.
    pub mentions: Vec<Span>,
    /// What the article has them hold.
    pub held: Vec<Held>,
}

/// One post that an article has a person hold.
#[derive(Debug)]
pub(super) struct Held {
    /// What it is called.
    pub post: String,
    /// At which body, where the article says or implies it; a place where it only says of which.
    pub body: Option<String>,
    /// True where that is no body but a place: a country has many offices of one person.
    pub of_place: bool,
    /// Whether it is held.
    pub status: Status,
    /// The title in the text.
    pub title: Span,
    /// What ties it to the person.
    pub evidence: Vec<Span>,
}

impl Held {
    /// True for what the text has somebody hold now.
    pub fn is_held(&self) -> bool {
        matches!(self.status, Status::Current | Status::Acting)
    }
}

/// The words of a text by the offsets of an article.
pub(super) struct Words<'a> {
    text: &'a str,
    /// For each offset its byte, where offsets are no bytes.
    bytes: Vec<u32>,
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let mut bytes = Vec::new();
        if unit != OffsetUnit::Bytes {
            for (at, c) in text.char_indices() {
                let units = if unit == OffsetUnit::Utf16 { c.len_utf16() } else { 1 };
                bytes.extend(std::iter::repeat_n(at as u32, units));
            }
            bytes.push(text.len() as u32);
        }
        Words { text, bytes }
    }

    /// The words of a span; nothing where there is none.
    pub fn of(&self, span: Span) -> &'a str {
        let byte = |at: u32| match self.bytes.is_empty() {
            true => Some(at as usize),
            false => self.bytes.get(at as usize).map(|byte| *byte as usize),
        };
        let range = byte(span.start).zip(byte(span.end));
        range.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// The same without white space.
    pub fn plain(&self, span: Span) -> String {
        self.of(span).chars().filter(|c| !c.is_whitespace()).collect()
    }
}

/// Everybody with a Chinese full name.
pub(super) fn people(words: &Words<'_>, article: &Article, confusables: &Confusables) -> Vec<Person> {
    let mut people = Vec::new();
    for entity in article.entities.iter().filter(|entity| entity.kind.is_human()) {
        let name: String = entity.name.chars().filter(|c| !c.is_whitespace()).collect();
        let length = name.chars().count();
        if !(2..=4).contains(&length) || !name.chars().all(is_han) {
            continue;
        }
        let mentions = entity.mentions.iter().filter_map(|index| article.mentions.get(*index as usize));
        let mentions: Vec<Span> =
            mentions.map(|mention| Span { start: mention.start, end: mention.end }).collect();
        let spans: Vec<Span> = mentions.iter().copied().filter(|span| words.plain(*span) == name).collect();
        if spans.is_empty() {
            continue;
        }
        let held =
            entity.offices.iter().flat_map(|office| held(words, article, *office, confusables)).collect();
        let simple = confusables.simplified(&name);
        people.push(Person { name, simple, spans, mentions, held });
    }
    people
}

fn held(words: &Words<'_>, article: &Article, office: u32, confusables: &Confusables) -> Vec<Held> {
    let Some(office) = article.offices.get(office as usize) else { return Vec::new() };
    let Some(title) = article.titles.get(office.title as usize) else { return Vec::new() };
    let title = Span { start: title.start, end: title.end };
    let named = [office.body, office.place]
        .into_iter()
        .flatten()
        .find_map(|index| article.mentions.get(index as usize));
    let named = named.map(|mention| words.plain(Span { start: mention.start, end: mention.end }));
    let of_place = office.body.is_none();
    let post = |post: &crate::Post| Held {
        post: confusables.simplified(&post.name),
        body: post.body.clone().or_else(|| named.clone()).map(|body| confusables.simplified(&body)),
        of_place: of_place && post.body.is_none(),
        status: post.status,
        title,
        evidence: office.evidence.clone(),
    };
    office.posts.iter().map(post).collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether two titles can be the same office: one may say more (市委书记, 书记), but not that it is a
/// deputy's (副市长, 市长).
pub(super) fn same_post(one: &str, other: &str) -> bool {
    let (longer, shorter) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    let Some(more) = longer.strip_suffix(shorter) else { return false };
    shorter.chars().nth(1).is_some() && !more.contains(['副', '原', '前']) && !more.ends_with("助理")
}

/// Whether one is the deputy's office of the other: 副市长, 常务副市长 and 市长.
pub(super) fn is_deputy(one: &str, other: &str) -> bool {
    let deputy = |one: &str, other: &str| {
        one.strip_suffix(other).is_some_and(|more| more.ends_with('副')) && other.chars().nth(1).is_some()
    };
    deputy(one, other) || deputy(other, one)
}

/// Whether a held title and a listed one of the same body exclude each other: a deputy's and the principal's, or
/// two that have nothing in common. Who leads a body often leads its party group as well, so that says nothing.
pub(super) fn exclude(held: &Held, other: &str) -> bool {
    let one = held.post.as_str();
    let party = |post: &str| post.contains(['党', '委']) || post.ends_with("书记");
    let pairs: Vec<char> = other.chars().collect();
    let common =
        one.chars().zip(one.chars().skip(1)).any(|(a, b)| pairs.windows(2).any(|pair| pair == [a, b]));
    is_deputy(one, other) || (!held.of_place && !common && party(one) == party(other))
}

/// Whether two names can be of the same body: 云泽市人民政府, 云泽市政府, 市政府.
pub(super) fn same_body(one: &str, other: &str) -> bool {
    let (one, other) = (core(one), core(other));
    let (longer, shorter) = if one.len() >= other.len() { (&one, &other) } else { (&other, &one) };
    shorter.chars().nth(1).is_some()
        && (longer.ends_with(shorter.as_str()) || longer.starts_with(shorter.as_str()))
}

/// A body's name without what papers leave out.
fn core(body: &str) -> String {
    let body = body.replace("中国共产党", "").replace("中共", "").replace("人民政府", "政府");
    body.replace("委员会", "委")
        .replace("党委", "委")
        .replace("人民代表大会", "人大")
        .replace("常务委", "常委")
}
