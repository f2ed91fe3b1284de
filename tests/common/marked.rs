//! Passages with their names marked, as `mingzhu annotate` prints them: `[江城市 PLACE]`.

use std::collections::BTreeSet;

use mingzhu::{Article, Kind};

/// A name: its bytes and what it is.
pub type Name = (u32, u32, Kind);

/// A passage, the names in it, and the spans that careful readers would argue about.
#[derive(Debug)]
pub struct Passage {
    pub text: String,
    pub names: BTreeSet<Name>,
    pub ignored: Vec<(u32, u32)>,
}

impl Passage {
    /// Reads a marked passage; titles are marked for the reader's sake only.
    pub fn read(marked: &str) -> Self {
        let (mut text, mut names, mut ignored) = (String::new(), BTreeSet::new(), Vec::new());
        let mut rest = marked;
        while let Some((plain, opened)) = rest.split_once('[') {
            let (mark, after) = opened.split_once(']').expect("a mark ends");
            let (words, what) = mark.rsplit_once(' ').expect("a mark says what it is");
            text.push_str(plain);
            let start = text.len() as u32;
            text.push_str(words);
            let end = text.len() as u32;
            match what {
                "TITLE" => {}
                "IGNORE" => ignored.push((start, end)),
                kind => assert!(names.insert((start, end, kind_of(kind)))),
            }
            rest = after;
        }
        text.push_str(rest);
        Passage { text, names, ignored }
    }

    /// The names of an article that count.
    pub fn counted(&self, article: &Article) -> BTreeSet<Name> {
        let counts = |name: &Name| !self.ignored.iter().any(|span| name.0 < span.1 && span.0 < name.1);
        article.mentions.iter().map(|m| (m.start, m.end, m.kind)).filter(counts).collect()
    }
}

fn kind_of(name: &str) -> Kind {
    match name {
        "OFFICIAL" => Kind::Official,
        "PERSON" => Kind::Person,
        "PLACE" => Kind::Place,
        "ORG" => Kind::Organization,
        _ => panic!("unknown kind {name}"),
    }
}
