//! A report to print.

use std::collections::HashMap;
use std::fmt::Write;

use super::{About, decided, findings, reasons};
use crate::review::{Mark, Review};

/// The words of a report by their names, as `js/desk/words/` has them.
pub type Words = HashMap<String, String>;

const STYLE: &str = "\
body{margin:2rem auto;max-width:46rem;padding:0 1rem;color:#111;background:#fff;font:11pt/1.7 'Source Han Serif SC','Noto Serif CJK SC',SimSun,serif}\
h1{font-size:17pt;line-height:1.3}h2{font-size:13pt;margin-top:2em;border-bottom:1px solid #999}\
.about,caption,.by{color:#555;font-size:9.5pt}p{margin:.4em 0;white-space:pre-wrap;overflow-wrap:anywhere}\
mark{background:none;color:inherit;text-decoration:underline;text-underline-offset:.2em}\
mark[data-state=rejected],mark[data-state=covered]{text-decoration:line-through}mark[data-state=open]{text-decoration-style:dotted}\
sup{font-size:7pt}table{border-collapse:collapse;width:100%;font-size:9.5pt}th,td{border:1px solid #bbb;padding:.25em .5em;text-align:left;vertical-align:top;overflow-wrap:anywhere}\
thead{display:table-header-group}tr{break-inside:avoid}@page{margin:18mm}@media print{body{margin:0;max-width:none;padding:0}}";

/// The story with numbered marks, a table of what was decided, and what waits for somebody: one
/// page of HTML without scripts and without anything to fetch.
pub fn write(review: &Review, text: &str, about: &About, words: &Words) -> String {
    let word = |name: &str| escaped(words.get(name).map_or(name, String::as_str));
    let outcome = review.outcome();
    let mut html = String::new();
    let language = words.get("language").map_or("zh", String::as_str);
    let title = if about.title.is_empty() { word("untitled") } else { escaped(&about.title) };
    let about_line: Vec<String> = [about.date.as_deref(), Some(about.source.as_str())]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .map(escaped)
        .collect();
    let progress = filled(&word("progress"), &[("checked", outcome.checked), ("total", outcome.total)]);
    // Writing to a String cannot fail.
    let _ = write!(
        html,
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title}</title><style>{STYLE}</style></head><body><h1>{title}</h1>\
         <p class=\"about\">{}</p><p class=\"about\">{progress}</p><h2>{}</h2>",
        escaped(language),
        about_line.join(" · "),
        word("story"),
    );
    story(&mut html, review, text);
    let _ = write!(html, "<h2>{}</h2><table><thead><tr><th>#</th>", word("side"));
    for name in ["marks", "kind", "state", "office", "why", "author"] {
        let _ = write!(html, "<th>{}</th>", word(name));
    }
    html.push_str("</tr></thead><tbody>");
    for (number, mark) in (1..).zip(&outcome.marks) {
        row(&mut html, number, mark, review, &word);
    }
    html.push_str("</tbody></table>");
    findings::section(&mut html, review, &word);
    if !outcome.conflicts.is_empty() {
        let _ = write!(html, "<h2>{}</h2><ul>", word("conflicts"));
        for conflict in &outcome.conflicts {
            let said = conflict.decisions.iter().filter_map(|id| review.decision(id));
            let authors: Vec<String> = said.map(|decision| escaped(&decision.author)).collect();
            let words = escaped(&review.words(conflict.start, conflict.end));
            let _ = write!(
                html,
                "<li>{words}: {} <span class=\"by\">{}</span></li>",
                word(&format!("aspect-{}", conflict.aspect.name())),
                authors.join(" · ")
            );
        }
        html.push_str("</ul>");
    }
    if !outcome.orphans.is_empty() {
        let _ = write!(html, "<h2>{}</h2><ul>", word("orphans"));
        for lost in &outcome.orphans {
            let quote = review.decision(&lost.decision).and_then(|decision| {
                decision.target.iter().find_map(|selector| match selector {
                    crate::anchor::Selector::TextQuoteSelector { exact, .. } => Some(exact.as_str()),
                    _ => None,
                })
            });
            let _ = write!(html, "<li>{}</li>", escaped(quote.unwrap_or(&lost.decision)));
        }
        html.push_str("</ul>");
    }
    if !outcome.notes.is_empty() {
        let _ = write!(html, "<h2>{}</h2><ul>", word("notes"));
        for note in &outcome.notes {
            let _ = write!(
                html,
                "<li>{} <span class=\"by\">{}</span></li>",
                escaped(&note.text),
                escaped(&note.author)
            );
        }
        html.push_str("</ul>");
    }
    html.push_str("</body></html>\n");
    html
}

/// The text with its marks, each with its number in the table.
fn story(html: &mut String, review: &Review, text: &str) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let slice = |start: usize, end: usize| {
        escaped(&String::from_utf16_lossy(units.get(start..end).unwrap_or_default()))
    };
    html.push_str("<p>");
    let mut at = 0;
    for (number, mark) in (1..).zip(&review.outcome().marks) {
        let (start, end) = (mark.start as usize, mark.end as usize);
        // Of what overlaps, only one can be underlined; the table has both.
        if start < at {
            continue;
        }
        let _ = write!(
            html,
            "{}<mark data-state=\"{}\">{}<sup>{number}</sup></mark>",
            slice(at, start),
            mark.state.name(),
            slice(start, end),
        );
        at = end;
    }
    html.push_str(&slice(at, units.len()));
    html.push_str("</p>");
}

fn row(html: &mut String, number: usize, mark: &Mark, review: &Review, word: &impl Fn(&str) -> String) {
    let office = mark.office.iter().flat_map(|office| office.body.iter().chain([&office.title]));
    let office: Vec<&str> = office.map(String::as_str).collect();
    let notes = mark.notes.iter().map(|note| note.text.clone());
    let why: Vec<String> = reasons(mark, review).into_iter().chain(notes).collect();
    let mut authors: Vec<&str> = decided(mark, review).map(|decision| decision.author.as_str()).collect();
    authors.dedup();
    let mut name = escaped(&review.words(mark.start, mark.end));
    if let Some(entity) = &mark.entity {
        let _ = write!(name, "（{}）", escaped(&entity.name));
    }
    let conflict =
        if mark.conflicts.is_empty() { String::new() } else { format!(" · {}", word("conflict")) };
    let _ = write!(
        html,
        "<tr><td>{number}</td><td>{name}</td><td>{}</td><td>{}{conflict}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        word(mark.kind.name()),
        word(&format!("state-{}", mark.state.name())),
        escaped(&office.join(" ")),
        escaped(&why.join("；")),
        escaped(&authors.join("、")),
    );
}

fn filled(words: &str, values: &[(&str, u32)]) -> String {
    values.iter().fold(words.to_owned(), |words, (name, value)| {
        words.replace(&format!("{{{name}}}"), &value.to_string())
    })
}

pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(c),
        }
    }
    safe
}
