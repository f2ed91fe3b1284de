//! Annotated passages: who holds what.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::Result;
use super::article::{Article, Holder};

#[derive(Deserialize)]
struct Line {
    id: String,
    #[serde(default)]
    source: String,
    text: String,
    mentions: Vec<(usize, usize, String)>,
    titles: Vec<(usize, usize)>,
    #[serde(default)]
    offices: Vec<(usize, usize)>,
}

/// The day of what bears none.
pub const UNDATED: &str = "2024-06-01";

/// Reads passages. Those that were taken from a broadcast stand in the whole of it.
pub fn read(path: &Path, news: &HashMap<String, String>) -> Result<Vec<Article>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| Ok(article(serde_json::from_str(line)?, news))).collect()
}

fn article(
    Line { id, source, text, mentions, titles, offices }: Line,
    news: &HashMap<String, String>,
) -> Article {
    let whole = news.get(&source).and_then(|whole| Some((whole, whole.find(&text)?)));
    let shift = whole.map_or(0, |(_, at)| at);
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at + shift).collect();
    bytes.push(text.len() + shift);
    let text = whole.map_or(text, |(whole, _)| whole.clone());
    let span = |start: usize, end: usize| (bytes[start], bytes[end]);
    let words = |(start, end): (usize, usize)| {
        text[start..end].chars().filter(|c| !c.is_whitespace()).collect::<String>()
    };
    let mut people = Vec::new();
    for (person, title) in offices {
        let found = mentions
            .iter()
            .find(|(start, ..)| *start == person)
            .zip(titles.iter().find(|(start, _)| *start == title));
        let Some((mention, title)) = found else { continue };
        let body =
            mentions.iter().find(|(_, end, kind)| *end == title.0 && (kind == "ORG" || kind == "PLACE"));
        let (person, title) = (span(mention.0, mention.1), span(title.0, title.1));
        let body = body.map(|(start, end, _)| span(*start, *end));
        people.push(Holder {
            name: words(person),
            title_text: words(title),
            body_text: body.map(words).unwrap_or_default(),
            official: mention.2 == "OFFICIAL",
            person,
            title,
            body,
        });
    }
    let of = |kinds: &[&str]| -> Vec<String> {
        let named = mentions.iter().filter(|(.., kind)| kinds.contains(&kind.as_str()));
        named.map(|(start, end, _)| words(span(*start, *end))).collect()
    };
    let date = (source.len() >= 8 && source.as_bytes()[..8].iter().all(u8::is_ascii_digit))
        .then(|| format!("{}-{}-{}", &source[..4], &source[4..6], &source[6..8]));
    let (bodies, named) = (of(&["ORG"]), of(&["PERSON", "OFFICIAL", "PER"]));
    Article { id, date: date.unwrap_or(UNDATED.into()), text, people, bodies, named }
}
