//! Text without names, to count false alarms in.
//!
//! A sentence of the newspaper corpora's dev and test sets is taken when
//!
//! 1. its own corpus marks nothing in it, of whatever type; and
//! 2. nothing in it is known to be a name: no string of two or more characters that any corpus
//!    (all splits, names of any type) or the house's gold (train) marks somewhere, and no
//!    division, place or body of the gazetteer's tables, full or short; and
//! 3. reading has not shown that it names something after all ([`NAMING`]).
//!
//! The second is what makes the set empty by the house's guideline too, which counts short forms
//! of bodies that the newspapers' guidelines do not mark. Corpora of encyclopedias and of posts
//! are left out: too many of their sentences without marks do name somebody.

use super::corpus;
use super::gold;
use crate::error::{Error, Result};
use std::collections::HashSet;
use std::io::Read as _;
use std::path::Path;

/// Where the sentences are from.
const SETS: [&str; 3] = ["msra/dev", "msra/test", "pfr199801/dev"];

/// Sentences, by set and line, that reading has shown to name something: a body by its short
/// form, or two countries by one character each, which the guideline leaves open.
const NAMING: &[(&str, usize)] = &[("pfr199801/dev", 777), ("pfr199801/dev", 1341), ("pfr199801/dev", 1713)];

/// Whose marks make a string known.
#[rustfmt::skip]
const MARKED: [&str; 16] = [
    "msra/train", "msra/dev", "msra/test", "cluener/train", "cluener/dev", "pfr199801/train", "pfr199801/dev",
    "resume/train", "resume/dev", "resume/test", "pd_role/train", "pd_role/dev", "uner_gsdsimp/train",
    "uner_gsdsimp/dev", "uner_gsdsimp/test", "weibo/test",
];

/// Types of marks that are no names.
#[rustfmt::skip]
const NO_NAMES: [&str; 14] = [
    "TITLE", "POSITION", "ROLE", "TIME", "EDU", "PRO", "CONT", "RACE", "CRIME", "LAW",
    "PER.NOM", "ORG.NOM", "LOC.NOM", "GPE.NOM",
];

/// Names longer than this hold shorter ones that are known as well.
const LONGEST: usize = 14;

/// A sentence without names.
#[derive(Debug)]
pub struct Empty {
    /// Its set.
    pub set: &'static str,
    /// Its line there.
    pub line: usize,
    /// Its text.
    pub text: String,
}

/// All of them.
pub fn sentences(folder: &Path) -> Result<Vec<Empty>> {
    let known = Known::read(folder)?;
    let mut found = Vec::new();
    for set in SETS {
        for (line, sentence) in (1..).zip(corpus::read(&folder.join("data"), set)?) {
            let unmarked = sentence.entities.is_empty() && !NAMING.contains(&(set, line));
            if unmarked && !known.is_in(&sentence.text) {
                found.push(Empty { set, line, text: sentence.text });
            }
        }
    }
    Ok(found)
}

/// Strings that are names somewhere.
#[derive(Debug, Default)]
struct Known(HashSet<String>);

impl Known {
    fn read(folder: &Path) -> Result<Self> {
        let mut known = Known::default();
        for set in MARKED {
            for sentence in corpus::read(&folder.join("data"), set)? {
                for (start, end, what) in &sentence.entities {
                    if !NO_NAMES.contains(&what.as_str()) {
                        known.add(&gold::words(&sentence.text, *start, *end));
                    }
                }
            }
        }
        for passage in gold::read(&folder.join("gold/train.jsonl"))? {
            passage.names().for_each(|name| known.add(&name));
        }
        let tables = folder.join("data/gazetteer");
        // Code, name, level and parent; a name stands without its 省 市 县 区 as well.
        for line in table(&tables.join("divisions.tsv.gz"))?.lines().skip(1) {
            if let Some(name) = line.split('\t').nth(1) {
                known.add(name);
                let mut short = name.chars();
                short.next_back();
                known.add(short.as_str());
            }
        }
        for line in table(&tables.join("places_thuocl.tsv.gz"))?.lines() {
            line.split('\t').take(1).for_each(|place| known.add(place.trim()));
        }
        // Columns of names, in the first table behind one that says of what kind they are.
        for (name, columns) in [("central_bodies.tsv", 1), ("local_bodies.tsv", 0)] {
            for line in table(&tables.join(name))?.lines().skip(1) {
                line.split(['\t', ' ']).skip(columns).for_each(|body| known.add(body));
            }
        }
        Ok(known)
    }

    fn add(&mut self, name: &str) {
        if (2..=LONGEST).contains(&name.chars().count()) {
            self.0.insert(name.to_owned());
        }
    }

    fn is_in(&self, text: &str) -> bool {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        (0..ends.len()).any(|start| {
            let longer = ends.iter().skip(start + 2).take(LONGEST - 1);
            longer.into_iter().any(|end| self.0.contains(&text[ends[start]..*end]))
        })
    }
}

/// The text of a table, packed or not.
fn table(path: &Path) -> Result<String> {
    let mut text = String::new();
    let mut file = std::fs::File::open(path).map_err(Error::file(path))?;
    let read = if path.extension().is_some_and(|extension| extension == "gz") {
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)
    } else {
        file.read_to_string(&mut text)
    };
    read.map_err(Error::file(path))?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_with_a_known_name_is_not_empty() {
        let mut known = Known::default();
        ["云川市", "妇联", "一"].iter().for_each(|name| known.add(name));
        assert!(known.is_in("昨日，市妇联开会"));
        assert!(known.is_in("到了云川市"));
        assert!(!known.is_in("云川市场一片繁荣".trim_start_matches('云')));
        assert!(!known.is_in(""));
    }
}
