//! The tables.

use super::corpus::Set;
use super::counts::Counts;
use super::gold::{Kind, Passage, Score};

/// The table of a gold file.
pub fn gold(name: &str, passages: &[Passage], score: &Score) -> String {
    let characters: usize = passages.iter().map(|passage| passage.text.chars().count()).sum();
    let mut lines = vec![
        format!("### gold/{name}: {} passages, {characters} characters\n", passages.len()),
        "| | gold | found | right | P | R | F1 |".into(),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |".into(),
    ];
    let named = Kind::ALL.iter().map(|kind| kind.name()).zip(score.kinds);
    let sums = [
        ("**micro**", score.micro),
        ("people as one kind", score.people),
        ("**micro, people as one kind**", score.merged),
    ];
    for (name, counts) in named.chain(sums) {
        lines.push(format!(
            "| {name} | {} | {} | {} | {:.3} | {:.3} | {:.3} |",
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
        "| person–title ties | {} | {} | {} | {:.3} | {:.3} | |",
        ties.gold,
        ties.predicted,
        ties.found,
        ties.precision(),
        ties.recall()
    ));
    lines.join("\n")
}

/// A row of the table of corpora.
pub struct Row {
    name: &'static str,
    guideline: &'static str,
    sentences: usize,
    result: Result<[Option<Counts>; 4], String>,
}

impl Row {
    /// The row of a set; its error is why it could not be measured.
    pub fn new(set: &Set, sentences: usize, result: Result<[Option<Counts>; 4], String>) -> Self {
        Row { name: set.name, guideline: set.guideline, sentences, result }
    }

    fn line(&self) -> String {
        let head = format!("| {} | {} | {} |", self.name, self.guideline, self.sentences);
        match &self.result {
            Ok(labels) => {
                let mut micro = Counts::default();
                labels.iter().flatten().for_each(|counts| micro += *counts);
                let cell = |counts: &Option<Counts>| {
                    counts.map_or("–".to_owned(), |counts| format!("{:.3}", counts.f1()))
                };
                let cells = labels.each_ref().map(cell).join(" | ");
                let (p, r, f1) = (micro.precision(), micro.recall(), micro.f1());
                format!("{head} {cells} | {p:.3} | {r:.3} | **{f1:.3}** |")
            }
            Err(message) => format!("{head} {message} | | | | | | |"),
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
