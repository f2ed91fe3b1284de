//! The tables.

use super::bootstrap::interval;
use super::corpus::Set;
use super::counts::Counts;
use super::empty::Empty;
use super::gold::{Kind, Passage, Score, Spans, words};
use std::fmt::Write as _;

/// The counts of a score that a row shows.
type CountsOf = fn(&Score) -> Counts;

/// The table of a gold file.
pub fn gold(name: &str, passages: &[Passage], scores: &[Score]) -> String {
    let score: Score = scores.iter().sum();
    let characters: usize = passages.iter().map(|passage| passage.text.chars().count()).sum();
    let mut lines = vec![
        format!("### gold/{name}: {} passages, {characters} characters\n", passages.len()),
        "| | gold | found | right | P | R | F1 | 95 % |".into(),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |".into(),
    ];
    let rows: [(&str, CountsOf); 7] = [
        (Kind::Official.name(), |score| score.kinds[0]),
        (Kind::Person.name(), |score| score.kinds[1]),
        (Kind::Place.name(), |score| score.kinds[2]),
        (Kind::Org.name(), |score| score.kinds[3]),
        ("**micro**", |score| score.micro),
        ("people as one kind", |score| score.people),
        ("**micro, people as one kind**", |score| score.merged),
    ];
    for (name, counts_of) in rows {
        let counts = counts_of(&score);
        let (low, high) = interval(scores, |scores| counts_of(&scores.sum()).f1());
        lines.push(format!(
            "| {name} | {} | {} | {} | {:.3} | {:.3} | {:.3} | {low:.3}–{high:.3} |",
            counts.gold(),
            counts.predicted(),
            counts.hits,
            counts.precision(),
            counts.recall(),
            counts.f1()
        ));
    }
    let ties = &score.ties;
    lines.push(format!(
        "| person–title ties | {} | {} | {} | {:.3} | {:.3} | | |",
        ties.gold,
        ties.predicted,
        ties.found,
        ties.precision(),
        ties.recall()
    ));
    lines.join("\n")
}

/// The table of a gold file in several scripts, the first of which is its own.
pub fn traditional(name: &str, rows: &[(&str, Score)]) -> String {
    let mut lines = vec![
        format!("### gold/{name} in Traditional characters\n"),
        "| | F1 | points lost | people as one kind | ties found | ties right |".into(),
        "| --- | ---: | ---: | ---: | ---: | ---: |".into(),
    ];
    let own = rows[0].1.micro.f1();
    for (name, score) in rows {
        let (f1, merged) = (score.micro.f1(), score.merged.f1());
        let (found, right) = (score.ties.recall(), score.ties.precision());
        let lost = 100.0 * (own - f1);
        lines.push(format!("| {name} | {f1:.3} | {lost:.1} | {merged:.3} | {found:.3} | {right:.3} |"));
    }
    lines.join("\n")
}

/// The table of false alarms by kind.
pub fn empty(sentences: &[Empty], answers: &[Spans]) -> String {
    let characters: usize = sentences.iter().map(|sentence| sentence.text.chars().count()).sum();
    let mut lines = vec![
        format!("### Text without names: {} sentences, {characters} characters\n", sentences.len()),
        "| | false alarms | in 10,000 characters |".into(),
        "| --- | ---: | ---: |".into(),
    ];
    let alarms: Vec<Kind> = answers.iter().flat_map(|answer| &answer.mentions).map(|m| m.2).collect();
    let mut row = |name: &str, count: usize| {
        let rate = 1e4 * count as f64 / characters.max(1) as f64;
        lines.push(format!("| {name} | {count} | {rate:.2} |"));
    };
    for kind in Kind::ALL {
        row(kind.name(), alarms.iter().filter(|alarm| **alarm == kind).count());
    }
    row("**all**", alarms.len());
    lines.join("\n")
}

/// Every false alarm with what stands around it, a line each, to be read: the text is not ours
/// to publish.
pub fn alarms(sentences: &[Empty], answers: &[Spans]) -> String {
    const AROUND: u32 = 12;
    let mut list = String::new();
    for (Empty { set, line, text }, answer) in sentences.iter().zip(answers) {
        for (start, end, kind) in &answer.mentions {
            let around = words(text, start.saturating_sub(AROUND), end + AROUND);
            let _ = writeln!(list, "{set}:{line}: {} {}: {around}", kind.name(), words(text, *start, *end));
        }
    }
    list
}

/// A row of the table of corpora.
pub struct Row {
    name: &'static str,
    guideline: &'static str,
    /// Of each sentence; its error is why it could not be measured.
    scores: Result<Vec<[Option<Counts>; 4]>, String>,
}

impl Row {
    /// The row of a set; its error is why it could not be measured.
    pub fn new(set: &Set, scores: Result<Vec<[Option<Counts>; 4]>, String>) -> Self {
        Row { name: set.name, guideline: set.guideline, scores }
    }

    fn line(&self) -> String {
        let head = format!("| {} | {} |", self.name, self.guideline);
        match &self.scores {
            Ok(scores) => {
                let micro: Counts = scores.iter().flatten().flatten().copied().sum();
                let cell = |label: usize| {
                    // The corpus annotates a label in every sentence or in none.
                    let counts: Option<Counts> = scores.iter().map(|score| score[label]).sum();
                    counts.map_or("–".to_owned(), |counts| format!("{:.3}", counts.f1()))
                };
                let cells = std::array::from_fn::<_, 4, _>(cell).join(" | ");
                let head = format!("{head} {} |", scores.len());
                let (p, r, f1) = (micro.precision(), micro.recall(), micro.f1());
                format!("{head} {cells} | {p:.3} | {r:.3} | **{f1:.3}** |")
            }
            Err(message) => format!("{head} {message} | | | | | | | |"),
        }
    }
}

/// The table of the labelled corpora.
pub fn corpora(rows: &[Row]) -> String {
    let mut lines = vec![
        "### Labelled corpora, F1 by label\n".to_owned(),
        "| set | guideline | sentences | PER | PLACE | ORG | TITLE | P | R | F1 |".into(),
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |".into(),
    ];
    lines.extend(rows.iter().map(Row::line));
    lines.join("\n")
}
