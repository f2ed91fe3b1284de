//! Measures offices and kinds by gold passages, with the gold's own names and titles as
//! input: what the grammar does when the tagger is right.
//!
//! `cargo run --example offices -- [-v] ../shared/gold/dev.jsonl …`

use std::collections::HashSet;
use std::error::Error;

use mingzhu::{Kind, Label, Labelled, office, resolve};
use serde::Deserialize;

#[derive(Deserialize)]
struct Passage {
    id: String,
    text: String,
    mentions: Vec<(usize, usize, String)>,
    titles: Vec<(usize, usize)>,
    offices: Vec<(usize, usize)>,
    #[serde(default)]
    ignore: Vec<(usize, usize)>,
}

#[derive(Default)]
struct Count {
    hit: usize,
    missed: usize,
    wrong: usize,
}

fn main() -> Result<(), Box<dyn Error>> {
    let (flags, files): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|arg| arg == "-v");
    for file in files {
        let (mut ties, mut people, mut right) = (Count::default(), 0, 0);
        for line in std::fs::read_to_string(&file)?.lines() {
            let passage: Passage = serde_json::from_str(line)?;
            measure(&passage, !flags.is_empty(), &mut ties, &mut people, &mut right);
        }
        let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!("{file}");
        println!("  kinds right  {right}/{people} {:.1} %", share(right, people));
        println!(
            "  ties found   {}/{} {:.1} %",
            ties.hit,
            ties.hit + ties.missed,
            share(ties.hit, ties.hit + ties.missed)
        );
        println!(
            "  ties precise {}/{} {:.1} %",
            ties.hit,
            ties.hit + ties.wrong,
            share(ties.hit, ties.hit + ties.wrong)
        );
    }
    Ok(())
}

fn measure(passage: &Passage, verbose: bool, ties: &mut Count, people: &mut usize, right: &mut usize) {
    let mut bytes: Vec<usize> = passage.text.char_indices().map(|(i, _)| i).collect();
    bytes.push(passage.text.len());
    let span = |start: usize, end: usize, label| Labelled {
        start: bytes[start] as u32,
        end: bytes[end] as u32,
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
    let held = office::attach(&passage.text, &spans);
    let found = resolve::entities(&passage.text, &spans, &held, |_| None);
    let words = |start: u32, end: u32| &passage.text[start as usize..end as usize];
    let around = |at: u32| {
        let at = at as usize;
        let text = &passage.text;
        let start = text.floor_char_boundary(at.saturating_sub(60));
        let end = text.ceil_char_boundary((at + 90).min(text.len()));
        text[start..end].replace('\n', "⏎")
    };
    for (start, _, kind) in
        passage.mentions.iter().filter(|(_, _, kind)| kind == "OFFICIAL" || kind == "PERSON")
    {
        let Some(mention) = found.mentions.iter().find(|m| m.start as usize == bytes[*start]) else {
            continue;
        };
        *people += 1;
        let same = (mention.kind == Kind::Official) == (kind == "OFFICIAL");
        *right += usize::from(same);
        if verbose && !same {
            println!(
                "{} {kind}: {} … {}",
                passage.id,
                words(mention.start, mention.end),
                around(mention.start)
            );
        }
    }
    let gold: HashSet<(usize, usize)> =
        passage.offices.iter().map(|(person, title)| (bytes[*person], bytes[*title])).collect();
    let got: HashSet<(usize, usize)> = held
        .offices
        .iter()
        .map(|o| {
            (found.mentions[o.person as usize].start as usize, held.titles[o.title as usize].start as usize)
        })
        .collect();
    let ignored = |at: usize| passage.ignore.iter().any(|(s, e)| (bytes[*s]..bytes[*e]).contains(&at));
    let mut sorted: Vec<_> = gold.union(&got).copied().collect();
    sorted.sort_unstable();
    for tie in sorted {
        let sign = match (gold.contains(&tie), got.contains(&tie)) {
            (true, true) => {
                ties.hit += 1;
                continue;
            }
            (true, false) => {
                ties.missed += 1;
                '-'
            }
            _ if ignored(tie.0) || ignored(tie.1) => continue,
            _ => {
                ties.wrong += 1;
                '+'
            }
        };
        if verbose {
            let (person, title) = tie;
            let name =
                spans.iter().find(|s| s.start as usize == person).map_or("?", |s| words(s.start, s.end));
            let held =
                spans.iter().find(|s| s.start as usize == title).map_or("?", |s| words(s.start, s.end));
            println!("{} {sign} {name} ← {held} … {}", passage.id, around(person.min(title) as u32));
        }
    }
}
