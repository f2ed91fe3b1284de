//! Says who is who among names and titles that are marked already, by hand or by another model.
//!
//! Reads a passage a line, `{"text", "mentions": [[start, end, kind]…], "titles": [[start, end]…]}`,
//! and writes its article a line. Offsets count code points. `cargo xtask eval --only resolution`
//! measures this part by itself with it.
//!
//! `cargo run --example resolve < passages.jsonl`

use std::error::Error;
use std::io::{BufRead, Write};

use mingzhu::{Annotator, Assets, Context, Label, Labelled, OffsetUnit};
use serde::Deserialize;

#[derive(Deserialize)]
struct Passage {
    text: String,
    mentions: Vec<(usize, usize, String)>,
    titles: Vec<(usize, usize)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "assets".into());
    let file = |name: &str| std::fs::read(format!("{folder}/{name}"));
    let (dictionary, gazetteer, model) = (file("dictionary.mz")?, file("gazetteer.mz")?, file("model.mz")?);
    let assets = Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model };
    let annotator = Annotator::load(assets)?;
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let passage: Passage = serde_json::from_str(&line?)?;
        let article = annotator.resolve(&passage.text, spans(&passage), &Context::default())?;
        let article = article.with_unit(&passage.text, OffsetUnit::CodePoints);
        writeln!(output, "{}", serde_json::to_string(&article)?)?;
    }
    Ok(())
}

fn spans(passage: &Passage) -> Vec<Labelled> {
    let mut bytes: Vec<u32> = passage.text.char_indices().map(|(at, _)| at as u32).collect();
    bytes.push(passage.text.len() as u32);
    let span = |start: usize, end: usize, label| Labelled {
        start: bytes[start],
        end: bytes[end],
        label,
        score: 1.0,
    };
    let mut spans: Vec<Labelled> = passage.titles.iter().map(|(s, e)| span(*s, *e, Label::Title)).collect();
    spans.extend(passage.mentions.iter().map(|(start, end, kind)| {
        let label = match kind.as_str() {
            "PLACE" => Label::Place,
            "ORG" => Label::Organization,
            _ => Label::Person,
        };
        span(*start, *end, label)
    }));
    spans.sort_by_key(|span| span.start);
    spans
}
