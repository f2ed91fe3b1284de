//! The shipped assets, for tests from outside.

use std::sync::LazyLock;

use mingzhu::{Annotator, Assets, Label, Labelled};

/// Bytes of a file in `assets/`.
pub fn asset(name: &str) -> Vec<u8> {
    let path = format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// One annotator for all tests of a file: loading it takes most of a test's time.
#[allow(dead_code, reason = "not every file of tests needs it")]
pub static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| {
    let (dictionary, gazetteer, model) = (asset("dictionary.mz"), asset("gazetteer.mz"), asset("model.mz"));
    Annotator::load(Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model }).unwrap()
});

/// A passage with its spans marked: `[滨州市|L]`, `[市妇联|O]`, `[副市长|T]`, `[王刚|P]`.
#[allow(dead_code, reason = "not every file of tests needs it")]
pub fn marked(passage: &str) -> (String, Vec<Labelled>) {
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
