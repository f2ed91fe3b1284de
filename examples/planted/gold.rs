//! Annotated passages: who holds what.

use std::path::Path;

use serde::Deserialize;

use super::Result;

/// A passage with the people of whom it says an office.
pub struct Passage {
    pub id: String,
    pub text: String,
    pub people: Vec<Holder>,
}

/// A person with an office; offsets are bytes.
#[derive(Clone, Debug)]
pub struct Holder {
    pub name: String,
    pub person: (usize, usize),
    pub title: (usize, usize),
    pub title_text: String,
    /// The body or place that stands right before the title.
    pub body: Option<(usize, usize)>,
    pub body_text: String,
    /// True for a public office.
    pub official: bool,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
    mentions: Vec<(usize, usize, String)>,
    titles: Vec<(usize, usize)>,
    #[serde(default)]
    offices: Vec<(usize, usize)>,
}

pub fn read(path: &Path) -> Result<Vec<Passage>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    text.lines().filter(|line| !line.trim().is_empty()).map(passage).collect()
}

fn passage(line: &str) -> Result<Passage> {
    let Line { id, text, mentions, titles, offices } = serde_json::from_str(line)?;
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let span = |(start, end): (usize, usize)| (bytes[start], bytes[end]);
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
        let (person, title) = (span((mention.0, mention.1)), span(*title));
        let body = body.map(|(start, end, _)| span((*start, *end)));
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
    Ok(Passage { id, text, people })
}
