//! Sentences that this or another tool got wrong, one a line of `fixtures/regression.jsonl`.
//!
//! What the shipped model still gets wrong is marked there: `"known"` says what it makes of it.
//! After training, `cargo test --test regression -- --ignored` sets these marks anew; the
//! difference shows what was gained and what was lost.

mod common;

use std::fmt::Write as _;
use std::path::PathBuf;

use common::ANNOTATOR;
use mingzhu::{Article, Kind};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The class of error.
    class: String,
    text: String,
    /// Words, and what they must be marked as.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    found: Vec<(String, String)>,
    /// Words, and what they must not be marked as.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    wrong: Vec<(String, String)>,
    /// Words that no mark may touch.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    free: Vec<String>,
    /// People, and words of a title that must be tied to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ties: Vec<(String, String)>,
    /// What goes wrong.
    why: String,
    /// What the shipped model makes of it, where that is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    known: Option<String>,
}

/// A marked span of a text, in bytes.
struct Mark {
    start: usize,
    end: usize,
    what: &'static str,
}

impl Case {
    /// What is wrong with what the shipped model finds, if anything.
    fn complaint(&self) -> Option<String> {
        let article = ANNOTATOR.annotate(&self.text).unwrap();
        let marks = marks(&article);
        let is_marked = |(words, what): &(String, String)| {
            marks.iter().any(|mark| self.text[mark.start..mark.end] == **words && mark.what == what)
        };
        let touched = |words: &String| {
            let spans = self.text.match_indices(words.as_str()).map(|(at, _)| (at, at + words.len()));
            spans.into_iter().any(|(start, end)| marks.iter().any(|m| m.start < end && start < m.end))
        };
        let is_tied = |(person, title): &(String, String)| {
            article.offices.iter().any(|office| {
                let (person_found, title_found) =
                    (&article.mentions[office.person as usize], &article.titles[office.title as usize]);
                let text = |start: u32, end: u32| &self.text[start as usize..end as usize];
                text(person_found.start, person_found.end) == person
                    && text(title_found.start, title_found.end).contains(title.as_str())
            })
        };
        let fine = self.found.iter().all(is_marked)
            && !self.wrong.iter().any(is_marked)
            && !self.free.iter().any(touched)
            && self.ties.iter().all(is_tied);
        (!fine).then(|| self.marked(&article, &marks))
    }

    /// The text with its marks, and who is tied to what.
    fn marked(&self, article: &Article, marks: &[Mark]) -> String {
        let (mut marked, mut at) = (String::new(), 0);
        for mark in marks {
            let words = &self.text[mark.start..mark.end];
            write!(marked, "{}[{words} {}]", &self.text[at..mark.start], mark.what).unwrap();
            at = mark.end;
        }
        marked.push_str(&self.text[at..]);
        if !self.ties.is_empty() {
            write!(marked, " ({} ties)", article.offices.len()).unwrap();
        }
        marked
    }
}

fn marks(article: &Article) -> Vec<Mark> {
    let mark = |start: u32, end: u32, what| Mark { start: start as usize, end: end as usize, what };
    let mentions = article.mentions.iter().map(|m| mark(m.start, m.end, name(m.kind)));
    let titles = article.titles.iter().map(|t| mark(t.start, t.end, "TITLE"));
    let mut marks: Vec<Mark> = mentions.chain(titles).collect();
    marks.sort_by_key(|mark| mark.start);
    marks
}

fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Official => "OFFICIAL",
        Kind::Person => "PERSON",
        Kind::Place => "PLACE",
        Kind::Organization => "ORG",
    }
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/regression.jsonl")
}

fn cases() -> Vec<Case> {
    let file = std::fs::read_to_string(path()).unwrap();
    let cases = (1..).zip(file.lines()).map(|(number, line)| {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("regression.jsonl:{number}: {error}"))
    });
    cases.collect()
}

#[test]
fn what_is_not_known_to_fail_holds() {
    let mut lines = String::new();
    for case in cases().iter().filter(|case| case.known.is_none()) {
        if let Some(complaint) = case.complaint() {
            writeln!(lines, "{}: {}\n    {complaint}", case.class, case.why).unwrap();
        }
    }
    assert!(lines.is_empty(), "these held before:\n{lines}");
}

#[test]
fn what_is_known_to_fail_fails() {
    let cases = cases();
    let mended = cases.iter().filter(|case| case.known.is_some() && case.complaint().is_none());
    let mended: Vec<&str> = mended.map(|case| case.text.as_str()).collect();
    assert!(
        mended.is_empty(),
        "these hold by now; `cargo test --test regression -- --ignored` unmarks them:\n{}",
        mended.join("\n")
    );
}

#[test]
fn every_case_asks_for_something_that_is_there() {
    for case in cases() {
        let words = case.found.iter().chain(&case.wrong).map(|(words, _)| words);
        let words: Vec<&String> = words
            .chain(&case.free)
            .chain(case.ties.iter().flat_map(|(person, title)| [person, title]))
            .collect();
        assert!(!words.is_empty(), "{}: nothing is asked for", case.text);
        for words in words {
            assert!(case.text.contains(words.as_str()), "{}: no {words} in it", case.text);
        }
        let known = ["OFFICIAL", "PERSON", "PLACE", "ORG", "TITLE"];
        for (_, what) in case.found.iter().chain(&case.wrong) {
            assert!(known.contains(&what.as_str()), "{}: unknown kind {what}", case.text);
        }
    }
}

#[test]
#[ignore = "not a test: marks in the list what the shipped model gets wrong"]
fn mark_what_is_known_to_fail() {
    let mut file = String::new();
    let mut marked = 0;
    let cases = cases();
    let count = cases.len();
    for case in cases {
        let case = Case { known: case.complaint(), ..case };
        marked += usize::from(case.known.is_some());
        writeln!(file, "{}", serde_json::to_string(&case).unwrap()).unwrap();
    }
    std::fs::write(path(), file).unwrap();
    println!("{marked} of {count} cases fail");
}
