//! Short passages with their spans marked, for tests: `[滨州市|L][副市长|T][王一|P]出席`.

use crate::tagger::{Label, Labelled};

/// The text and the spans of a marked passage.
pub(crate) fn marked(passage: &str) -> (String, Vec<Labelled>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    let mut rest = passage;
    while let Some((plain, opened)) = rest.split_once('[') {
        let (span, after) = opened.split_once(']').expect("a span ends");
        let (words, label) = span.split_once('|').expect("a span has a label");
        let label = match label {
            "P" => Label::Person,
            "L" => Label::Place,
            "O" => Label::Organization,
            "T" => Label::Title,
            _ => panic!("unknown label {label}"),
        };
        text.push_str(plain);
        let start = text.len() as u32;
        text.push_str(words);
        spans.push(Labelled { start, end: text.len() as u32, label, score: 1.0 });
        rest = after;
    }
    text.push_str(rest);
    (text, spans)
}
