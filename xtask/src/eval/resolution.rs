//! Who is who: entities, references, divisions, full names, ties and posts, against
//! `tests/resolution/*.jsonl` (form: `tests/resolution/README.md`) and the gold's own offices.
//!
//! Twice: with the gold's names and titles put in, so that this part is measured by itself, and
//! on what the tagger finds, where only names that it found exactly count.

mod posts;

use super::counts::share;
use super::gold::{Kind, Passage, overlap};
use crate::error::{Error, Result};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::iter::Sum;
use std::path::Path;

type Span = (u32, u32);

/// What is true of a passage.
#[derive(Debug, Deserialize)]
pub struct Truth {
    id: String,
    entities: Vec<Cluster>,
    references: Vec<Target>,
    posts: Vec<posts::Post>,
}

/// Mentions that mean the same.
#[derive(Debug, Deserialize)]
struct Cluster {
    mentions: Vec<Span>,
    code: Option<u32>,
    name: Option<String>,
    kind: String,
}

/// A word that points to a division or to a body of one; without a code nothing in the passage
/// says to which.
#[derive(Debug, Deserialize)]
struct Target {
    start: u32,
    end: u32,
    /// A place where it does not say.
    kind: Option<String>,
    code: Option<u32>,
    /// The full name of a body, where that is the same in every city.
    name: Option<String>,
}

/// What an article says, as `annotate --full` writes it in code points.
#[derive(Debug, Deserialize)]
pub struct Answer {
    mentions: Vec<Mention>,
    titles: Vec<Title>,
    offices: Vec<Office>,
    entities: Vec<Entity>,
    references: Vec<Reference>,
}

#[derive(Debug, Deserialize)]
struct Mention {
    start: u32,
    end: u32,
    kind: String,
    entity: usize,
}

#[derive(Debug, Deserialize)]
struct Title {
    start: u32,
    end: u32,
}

#[derive(Debug, Deserialize)]
struct Office {
    person: usize,
    title: usize,
    body: Option<usize>,
    #[serde(default)]
    posts: Vec<posts::Said>,
}

#[derive(Debug, Deserialize)]
struct Entity {
    name: String,
    division: Option<Division>,
}

#[derive(Debug, Deserialize)]
struct Reference {
    start: u32,
    end: u32,
    kind: String,
    name: Option<String>,
    division: Option<Division>,
}

#[derive(Debug, Deserialize)]
struct Division {
    code: u32,
}

/// What was said and what of it is right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Said {
    right: u32,
    wrong: u32,
    open: u32,
}

impl Said {
    fn add<T: PartialEq>(&mut self, truth: Option<T>, answer: Option<T>) {
        match (&truth, &answer) {
            _ if truth == answer => self.right += 1,
            (_, None) => self.open += 1,
            _ => self.wrong += 1,
        }
    }

    fn plus(self, other: Said) -> Said {
        Said {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            open: self.open + other.open,
        }
    }

    fn all(self) -> u32 {
        self.right + self.wrong + self.open
    }

    /// The share that is right; to leave open what is open is right.
    pub fn accuracy(self) -> f64 {
        share(self.right, self.all())
    }

    /// The share that is wrong.
    pub fn wrong(self) -> f64 {
        share(self.wrong, self.all())
    }
}

/// The figures of a passage, or of several.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// B³ (Bagga and Baldwin 1998): sums over mentions.
    precise: f64,
    recalled: f64,
    mentions: u32,
    /// 我市, 全省.
    pub words: Said,
    /// 市委, 市妇联.
    pub bodies: Said,
    pub divisions: Said,
    pub names: Said,
    /// Gold ties of people that were found, and those of them found.
    ties: u32,
    tied: u32,
    /// Ties said of people that were found, and those of them in the gold.
    said: u32,
    right: u32,
    /// People that were found, and those whose kind is right.
    people: u32,
    kinds: u32,
    pub posts: posts::Score,
}

impl Score {
    /// The harmonic mean of B³ precision and recall.
    pub fn b3(&self) -> f64 {
        let (p, r) = (self.precise, self.recalled);
        if self.mentions == 0 { 0.0 } else { 2.0 * p * r / (p + r) / f64::from(self.mentions) }
    }

    /// All that points to a place or a body.
    pub fn references(&self) -> Said {
        self.words.plus(self.bodies)
    }

    pub fn tie_recall(&self) -> f64 {
        share(self.tied, self.ties)
    }

    pub fn tie_precision(&self) -> f64 {
        share(self.right, self.said)
    }

    pub fn kind_accuracy(&self) -> f64 {
        share(self.kinds, self.people)
    }
}

impl<'a> Sum<&'a Score> for Score {
    fn sum<I: Iterator<Item = &'a Score>>(all: I) -> Self {
        all.fold(Score::default(), |mut sum, score| {
            sum.precise += score.precise;
            sum.recalled += score.recalled;
            sum.mentions += score.mentions;
            sum.words = sum.words.plus(score.words);
            sum.bodies = sum.bodies.plus(score.bodies);
            sum.divisions = sum.divisions.plus(score.divisions);
            sum.names = sum.names.plus(score.names);
            sum.posts = sum.posts.plus(score.posts);
            sum.ties += score.ties;
            sum.tied += score.tied;
            sum.said += score.said;
            sum.right += score.right;
            sum.people += score.people;
            sum.kinds += score.kinds;
            sum
        })
    }
}

/// Reads what is true of the passages of a gold file, in their order.
pub fn read(path: &Path, passages: &[Passage]) -> Result<Vec<Truth>> {
    let text = std::fs::read_to_string(path).map_err(Error::file(path))?;
    let json = |(line, text): (usize, &str)| {
        serde_json::from_str::<Truth>(text).map_err(|source| Error::Json {
            path: path.into(),
            line: line + 1,
            source,
        })
    };
    let truths: Vec<Truth> = text.lines().enumerate().map(json).collect::<Result<_>>()?;
    if !truths.iter().map(|truth| &truth.id).eq(passages.iter().map(|passage| &passage.id)) {
        let detail = format!("{}: not the passages of the gold", path.display());
        return Err(Error::Output { command: "tests/resolution".into(), detail });
    }
    Ok(truths)
}

/// Scores what an article says of a passage.
pub fn score(passage: &Passage, truth: &Truth, answer: &Answer) -> Score {
    let mut score = Score::default();
    score.add_entities(truth, answer);
    score.add_references(passage, truth, answer);
    score.add_ties(passage, answer);
    score.posts.add(passage, &truth.posts, answer);
    let found: BTreeMap<Span, &str> = answer.mentions.iter().map(|m| ((m.start, m.end), &*m.kind)).collect();
    for (start, end, kind) in passage.people() {
        if let Some(said) = found.get(&(start, end)).filter(|said| matches!(**said, "official" | "person")) {
            score.people += 1;
            score.kinds += u32::from((kind == Kind::Official) == (*said == "official"));
        }
    }
    score
}

impl Score {
    fn add_entities(&mut self, truth: &Truth, answer: &Answer) {
        let entity_of: BTreeMap<Span, usize> =
            answer.mentions.iter().map(|m| ((m.start, m.end), m.entity)).collect();
        // Mentions in the gold and found, by cluster and by entity.
        let mut both: BTreeMap<(usize, usize), u32> = BTreeMap::new();
        let (mut of_cluster, mut of_entity) = (BTreeMap::new(), BTreeMap::new());
        for (c, cluster) in truth.entities.iter().enumerate() {
            for entity in cluster.mentions.iter().filter_map(|span| entity_of.get(span)) {
                *both.entry((c, *entity)).or_default() += 1;
                *of_cluster.entry(c).or_insert(0u32) += 1;
                *of_entity.entry(*entity).or_insert(0u32) += 1;
            }
            let Some(entity) = cluster.mentions.iter().find_map(|span| entity_of.get(span)) else { continue };
            let Some(entity) = answer.entities.get(*entity) else { continue };
            if cluster.kind == "place" {
                self.divisions.add(cluster.code, entity.division.as_ref().map(|division| division.code));
            }
            if let Some(name) = &cluster.name {
                // A short form that stays as it is written is open, and no wrong name.
                match () {
                    () if entity.name == *name => self.names.right += 1,
                    () if name.chars().count() > entity.name.chars().count() => self.names.open += 1,
                    () => self.names.wrong += 1,
                }
            }
        }
        for ((cluster, entity), count) in both {
            let squared = f64::from(count * count);
            self.precise += squared / f64::from(of_entity[&entity]);
            self.recalled += squared / f64::from(of_cluster[&cluster]);
            self.mentions += count;
        }
    }

    /// What answers where the gold has no reference is wrong, but for what the gold ignores.
    fn add_references(&mut self, passage: &Passage, truth: &Truth, answer: &Answer) {
        let span = |reference: &Reference| (reference.start, reference.end);
        let found: BTreeSet<Span> = answer.mentions.iter().map(|m| (m.start, m.end)).collect();
        for target in &truth.references {
            let own = (target.start, target.end);
            let said = answer.references.iter().find(|reference| span(reference) == own);
            let code = said.and_then(|reference| Some(reference.division.as_ref()?.code));
            if target.kind.as_deref() != Some("organization") {
                self.words.add(target.code, code);
            } else if found.contains(&own) {
                let name = said.and_then(|reference| reference.name.clone());
                match &target.name {
                    Some(full) if code == target.code => self.bodies.add(Some(full), name.as_ref()),
                    _ => self.bodies.add(target.code, code),
                }
            }
        }
        let known: BTreeSet<Span> =
            truth.references.iter().map(|target| (target.start, target.end)).collect();
        for reference in answer.references.iter().filter(|reference| reference.division.is_some()) {
            if known.contains(&span(reference)) || passage.ignores(span(reference)) {
                continue;
            }
            let said = if reference.kind == "place" { &mut self.words } else { &mut self.bodies };
            said.wrong += 1;
        }
    }

    fn add_ties(&mut self, passage: &Passage, answer: &Answer) {
        let found: BTreeSet<Span> = answer.mentions.iter().map(|m| (m.start, m.end)).collect();
        let people: BTreeSet<Span> = passage.people().map(|(start, end, _)| (start, end)).collect();
        let said: Vec<(Span, Span)> = (answer.offices.iter())
            .filter_map(|office| {
                let (person, title) = (answer.mentions.get(office.person)?, answer.titles.get(office.title)?);
                Some(((person.start, person.end), (title.start, title.end)))
            })
            .collect();
        let same = |a: &(Span, Span), b: &(Span, Span)| a.0 == b.0 && overlap(a.1, b.1);
        let gold = passage.ties();
        for tie in gold.iter().filter(|tie| found.contains(&tie.0)) {
            self.ties += 1;
            self.tied += u32::from(said.iter().any(|said| same(said, tie)));
        }
        for tie in said.iter().filter(|tie| people.contains(&tie.0) && !passage.ignores(tie.1)) {
            self.said += 1;
            self.right += u32::from(gold.iter().any(|gold| same(tie, gold)));
        }
    }
}

/// The table of a gold file.
pub fn table(name: &str, rows: &[(&str, Score)]) -> String {
    let mut lines = vec![
        format!("### Who is who in {name}\n"),
        "| | entities, B³ F1 | 我市 right | wrong | 市妇联 right | wrong | divisions right | wrong | full names right | wrong | ties found | ties right | kinds of people right |".into(),
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |".into(),
    ];
    let said = |said: Said| format!("{}/{} | {}", said.right, said.all(), said.wrong);
    for (name, score) in rows {
        let of = |part: u32, whole: u32| format!("{:.3} ({part}/{whole})", share(part, whole));
        lines.push(format!(
            "| {name} | {:.3} ({} mentions) | {} | {} | {} | {} | {} | {} | {} |",
            score.b3(),
            score.mentions,
            said(score.words),
            said(score.bodies),
            said(score.divisions),
            said(score.names),
            of(score.tied, score.ties),
            of(score.right, score.said),
            of(score.kinds, score.people),
        ));
    }
    lines.push(
        "\n| posts | bodies right | wrong | divisions right | wrong | statuses right | wrong |\n\
        | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
            .into(),
    );
    for (name, Score { posts, .. }) in rows {
        let [bodies, divisions, statuses] = [posts.bodies, posts.divisions, posts.statuses].map(said);
        lines.push(format!("| {name} | {bodies} | {divisions} | {statuses} |"));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage() -> Passage {
        let json = r#"{"id":"a","text":"市长王一到甲市，王市长说我市好","mentions":[[2,4,"OFFICIAL"],[5,7,"PLACE"],[8,9,"OFFICIAL"]],
            "titles":[[0,2],[9,11]],"offices":[[2,0],[8,9]]}"#;
        serde_json::from_str(json).unwrap()
    }

    fn truth() -> Truth {
        let json = r#"{"id":"a","entities":[{"kind":"person","mentions":[[2,4],[8,9]]},
            {"kind":"place","mentions":[[5,7]],"code":1234}],"references":[{"start":12,"end":14,"code":1234}],"posts":[]}"#;
        serde_json::from_str(json).unwrap()
    }

    fn answer(second: usize, code: Option<u32>) -> Answer {
        let division = code.map_or(String::new(), |code| format!(r#","division":{{"code":{code}}}"#));
        let json = format!(
            r#"{{"mentions":[{{"start":2,"end":4,"kind":"official","entity":0}},{{"start":5,"end":7,"kind":"place","entity":1}},
                {{"start":8,"end":9,"kind":"person","entity":{second}}}],"titles":[{{"start":0,"end":2}},{{"start":9,"end":11}}],
                "offices":[{{"person":0,"title":0}}],"entities":[{{"name":"王一"}},{{"name":"甲市"{division}}},{{"name":"王"}}],
                "references":[{{"start":12,"end":14,"kind":"place"{division}}}]}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    #[test]
    fn what_is_right_counts_and_what_is_open_is_not_wrong() {
        let right = score(&passage(), &truth(), &answer(0, Some(1234)));
        assert_eq!((right.b3(), right.references().accuracy(), right.divisions.accuracy()), (1.0, 1.0, 1.0));
        assert_eq!((right.tie_recall(), right.tie_precision(), right.kinds), (0.5, 1.0, 1));
        let open = score(&passage(), &truth(), &answer(0, None));
        assert_eq!((open.references().accuracy(), open.references().wrong()), (0.0, 0.0));
        let wrong = score(&passage(), &truth(), &answer(0, Some(99)));
        assert_eq!(wrong.references().wrong(), 1.0);
    }

    /// 我市 with the body 市妇联 behind it, marked and meant as given.
    fn body(truth: &str, said: &str) -> Said {
        let json = r#"{"id":"a","text":"我市市妇联说","mentions":[[2,5,"ORG"]],"titles":[],"offices":[],"ignore":[[0,1]]}"#;
        let passage: Passage = serde_json::from_str(json).unwrap();
        let truth: Truth = serde_json::from_str(truth).unwrap();
        let json = r#"{"mentions":[{"start":2,"end":5,"kind":"organization","entity":0}],"titles":[],"offices":[],
            "entities":[{"name":"市妇联"}],"references":[{"start":2,"end":5,"kind":"organization","division":{"code":1234}NAME}]}"#;
        let answer: Answer = serde_json::from_str(&json.replace("NAME", said)).unwrap();
        score(&passage, &truth, &answer).bodies
    }

    #[test]
    fn a_body_is_right_with_its_division_and_its_full_name() {
        let meant = r#"{"id":"a","entities":[],"posts":[],"references":[{"start":2,"end":5,"kind":"organization","code":1234,"name":"甲市妇女联合会"}]}"#;
        assert_eq!(body(meant, r#","name":"甲市妇女联合会""#), Said { right: 1, ..Said::default() });
        assert_eq!(body(meant, r#","name":"乙市妇女联合会""#), Said { wrong: 1, ..Said::default() });
        assert_eq!(body(meant, ""), Said { open: 1, ..Said::default() });
        let open =
            r#"{"id":"a","entities":[],"posts":[],"references":[{"start":2,"end":5,"kind":"organization"}]}"#;
        assert_eq!(body(open, ""), Said { wrong: 1, ..Said::default() });
    }

    #[test]
    fn an_answer_where_the_gold_has_none_is_wrong() {
        let none = r#"{"id":"a","entities":[],"posts":[],"references":[]}"#;
        assert_eq!(body(none, ""), Said { wrong: 1, ..Said::default() });
    }

    #[test]
    fn a_split_costs_recall_and_a_merge_precision() {
        let split = score(&passage(), &truth(), &answer(2, None));
        assert_eq!((split.precise, split.recalled), (3.0, 2.0));
        let merged = score(&passage(), &truth(), &answer(1, None));
        assert_eq!((merged.precise, merged.recalled), (2.0, 2.0));
    }
}
