//! Labelled corpora, each measured by its own guideline.

use super::counts::Counts;
use crate::error::{Error, Result};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// What the model marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Label {
    /// A person.
    Per,
    /// A place.
    Place,
    /// An organization.
    Org,
    /// Office words.
    Title,
}

impl Label {
    /// Every label, in the order of the tables.
    pub const ALL: [Label; 4] = [Label::Per, Label::Place, Label::Org, Label::Title];
}

/// A split of a corpus, and how it is read.
#[derive(Debug)]
pub struct Set {
    /// Folder and file: `msra/test`.
    pub name: &'static str,
    /// The guideline the model is asked to follow.
    pub guideline: &'static str,
    /// What the corpus' types are to us; types that are not here are not counted.
    types: &'static [(&'static str, Label)],
}

const MSRA: &[(&str, Label)] = &[("PER", Label::Per), ("LOC", Label::Place), ("ORG", Label::Org)];
const PFR: &[(&str, Label)] = &[("NR", Label::Per), ("NS", Label::Place), ("NT", Label::Org)];
const CLUENER: &[(&str, Label)] = &[
    ("NAME", Label::Per),
    ("ADDRESS", Label::Place),
    ("SCENE", Label::Place),
    ("GOVERNMENT", Label::Org),
    ("ORGANIZATION", Label::Org),
    ("COMPANY", Label::Org),
    ("POSITION", Label::Title),
];
const RESUME: &[(&str, Label)] =
    &[("NAME", Label::Per), ("LOC", Label::Place), ("ORG", Label::Org), ("TITLE", Label::Title)];
const PD_ROLE: &[(&str, Label)] =
    &[("PER", Label::Per), ("LOC", Label::Place), ("ORG", Label::Org), ("ROLE", Label::Title)];
const WEIBO: &[(&str, Label)] =
    &[("PER.NAM", Label::Per), ("GPE.NAM", Label::Place), ("LOC.NAM", Label::Place), ("ORG.NAM", Label::Org)];

/// Every test and dev set.
pub const SETS: &[Set] = &[
    Set { name: "msra/test", guideline: "msra", types: MSRA },
    Set { name: "msra/dev", guideline: "msra", types: MSRA },
    Set { name: "pfr199801/dev", guideline: "pfr", types: PFR },
    Set { name: "cluener/dev", guideline: "cluener", types: CLUENER },
    Set { name: "resume/test", guideline: "resume", types: RESUME },
    Set { name: "resume/dev", guideline: "resume", types: RESUME },
    Set { name: "uner_gsdsimp/test", guideline: "uner", types: MSRA },
    Set { name: "uner_gsdsimp/dev", guideline: "uner", types: MSRA },
    Set { name: "pd_role/dev", guideline: "pd_role", types: PD_ROLE },
    Set { name: "weibo/test", guideline: "house", types: WEIBO },
];

/// A sentence with what is true of it, in the corpus' own types.
#[derive(Debug, Deserialize)]
pub struct Sentence {
    /// Its text.
    pub text: String,
    /// Start, end, type.
    pub entities: Vec<(u32, u32, String)>,
}

/// Reads the sentences of a set.
pub fn read(data: &Path, name: &str) -> Result<Vec<Sentence>> {
    let path = data.join(format!("{name}.jsonl.gz"));
    let file = File::open(&path).map_err(Error::file(&path))?;
    let lines = BufReader::new(flate2::read::MultiGzDecoder::new(file)).lines();
    let sentence = |(index, line): (usize, std::io::Result<String>)| {
        let line = line.map_err(Error::file(&path))?;
        let json = |source| Error::Json { path: path.clone(), line: index + 1, source };
        serde_json::from_str(&line).map_err(json)
    };
    lines.enumerate().map(sentence).collect()
}

/// What the model marked in a sentence.
#[derive(Debug, Deserialize)]
pub struct Labels {
    labels: Vec<(u32, u32, Label)>,
}

impl Set {
    /// Counts of each sentence by label, in the order of [`Label::ALL`]; none for a label the
    /// corpus does not annotate.
    pub fn score(&self, sentences: &[Sentence], answers: &[Labels]) -> Vec<[Option<Counts>; 4]> {
        let score = |(sentence, answer): (&Sentence, &Labels)| {
            Label::ALL.map(|label| {
                let annotated = self.types.iter().any(|(_, to)| *to == label);
                annotated.then(|| Counts::of(&self.truth(sentence, label), &answer.spans(label)))
            })
        };
        sentences.iter().zip(answers).map(score).collect()
    }

    fn truth(&self, sentence: &Sentence, label: Label) -> BTreeSet<(u32, u32)> {
        let is = |corpus_type: &str| self.types.iter().any(|(from, to)| *from == corpus_type && *to == label);
        sentence.entities.iter().filter(|e| is(&e.2)).map(|e| (e.0, e.1)).collect()
    }
}

impl Labels {
    fn spans(&self, label: Label) -> BTreeSet<(u32, u32)> {
        self.labels.iter().filter(|l| l.2 == label).map(|l| (l.0, l.1)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_mapped_and_labels_the_corpus_lacks_are_not_counted() {
        let sentence = Sentence {
            text: String::new(),
            entities: vec![(0, 2, "PER".into()), (3, 5, "LOC".into()), (6, 8, "TIME".into())],
        };
        let labels = vec![(0, 2, Label::Per), (3, 4, Label::Place), (9, 11, Label::Title)];
        let set = Set { name: "", guideline: "msra", types: MSRA };
        let [per, place, org, title] = set.score(&[sentence], &[Labels { labels }])[0];
        assert_eq!(per, Some(Counts { hits: 1, wrong: 0, missed: 0 }));
        assert_eq!(place, Some(Counts { hits: 0, wrong: 1, missed: 1 }));
        assert_eq!(org, Some(Counts::default()));
        assert_eq!(title, None);
    }
}
