//! What an article says against itself, whatever any list says.

use super::finding::{Finding, Rule, Severity};
use super::names::differing;
use super::offices::{Held, Person, Words, is_deputy, same_body, same_post};
use super::{Confusables, Roster};
use crate::article::{Article, Kind, Span};

/// Bodies of which one is the first and one the second are two bodies.
const TELLING: &str = "一二三四五六七八九十〇零百千甲乙丙丁东西南北中上下前后左右内外新老大小男女高初";

/// Two offices of one person, of which one is the deputy's of the other at the same body.
pub(super) fn two_offices(person: &Person) -> Option<Finding> {
    let held: Vec<&Held> = person.held.iter().filter(|held| held.is_held()).collect();
    for (at, one) in held.iter().enumerate() {
        for other in &held[at + 1..] {
            let there = one.body.as_deref().zip(other.body.as_deref()).is_some_and(|(a, b)| same_body(a, b));
            // 副市长、代市长 in one breath is what somebody wrote who knows.
            if there && one.title != other.title && is_deputy(&one.post, &other.post) {
                return Some(Finding {
                    rule: Rule::TwoOffices,
                    spans: vec![other.title, one.title],
                    found: other.post.clone(),
                    expected: one.post.clone(),
                    row: None,
                    severity: Severity::Warning,
                    confidence: 0.85,
                    evidence: [&one.evidence[..], &other.evidence].concat(),
                });
            }
        }
    }
    None
}

/// Two names one character apart that hold the same office.
pub(super) fn names(people: &[Person], roster: Option<&Roster>, confusables: &Confusables) -> Vec<Finding> {
    let listed = |person: &Person| roster.is_some_and(|roster| roster.lists(&person.name, confusables));
    let mut findings = Vec::new();
    for (at, one) in people.iter().enumerate() {
        for other in &people[at + 1..] {
            let alike = differing(&one.simple, &other.simple)
                .is_some_and(|(a, b)| confusables.confusion(a, b).is_some());
            if !alike || (listed(one) && listed(other)) {
                continue;
            }
            let Some(shared) = shared(one, other) else { continue };
            // What is listed is right, else what stands there more often, else what came first.
            let (right, doubted) = match (listed(one), listed(other)) {
                (true, _) => (one, other),
                (_, true) => (other, one),
                _ if other.mentions.len() > one.mentions.len() => (other, one),
                _ => (one, other),
            };
            findings.push(Finding {
                rule: Rule::NameVariant,
                spans: doubted.spans.clone(),
                found: doubted.name.clone(),
                expected: right.name.clone(),
                row: None,
                severity: Severity::Warning,
                confidence: 0.85,
                evidence: right.spans.iter().copied().take(3).chain(shared).collect(),
            });
        }
    }
    findings
}

/// The titles of an office that two people share.
fn shared(one: &Person, other: &Person) -> Option<Vec<Span>> {
    one.held.iter().find_map(|held| {
        let same = other.held.iter().find(|also| {
            let there = match (&held.body, &also.body) {
                (Some(one), Some(other)) => same_body(one, other),
                _ => true,
            };
            // One title over both, 记者张三、张山, is one of two people.
            there && also.title != held.title && same_post(&held.post, &also.post)
        })?;
        Some(vec![held.title, same.title])
    })
}

/// Two bodies one character apart, and short forms that two bodies could have.
pub(super) fn bodies(words: &Words<'_>, article: &Article, confusables: &Confusables) -> Vec<Finding> {
    let spans = |entity: &crate::Entity| -> Vec<Span> {
        let mentions = entity.mentions.iter().filter_map(|index| article.mentions.get(*index as usize));
        mentions.map(|mention| Span { start: mention.start, end: mention.end }).collect()
    };
    // By what stands in the text: the full name may be inferred.
    let mut bodies: Vec<(String, Vec<Span>)> = Vec::new();
    for entity in article.entities.iter().filter(|entity| entity.kind == Kind::Organization) {
        for span in spans(entity) {
            let name = words.plain(span);
            match bodies.iter_mut().find(|(known, _)| *known == name) {
                Some((_, spans)) => spans.push(span),
                None => bodies.push((name, vec![span])),
            }
        }
    }
    let mut findings = Vec::new();
    for (at, one) in bodies.iter().enumerate() {
        for other in &bodies[at + 1..] {
            let alike = one.0.chars().count() >= 4
                && differing(&one.0, &other.0).is_some_and(|(a, b)| {
                    !TELLING.contains(a) && !TELLING.contains(b) && confusables.confusion(a, b).is_some()
                });
            if !alike {
                continue;
            }
            let (right, doubted) = if other.1.len() > one.1.len() { (other, one) } else { (one, other) };
            findings.push(variant(doubted, &right.0, &right.1, 0.75, Severity::Warning));
        }
    }
    for short in &bodies {
        let full: Vec<&(String, Vec<Span>)> =
            bodies.iter().filter(|full| shortens(&short.0, &full.0)).collect();
        if let [one, other, ..] = full[..] {
            let evidence: Vec<Span> = one.1.iter().chain(&other.1).copied().collect();
            findings.push(variant(
                short,
                &format!("{}、{}", one.0, other.0),
                &evidence,
                0.6,
                Severity::Notice,
            ));
        }
    }
    findings
}

fn variant(
    doubted: &(String, Vec<Span>),
    expected: &str,
    evidence: &[Span],
    confidence: f32,
    severity: Severity,
) -> Finding {
    Finding {
        rule: Rule::BodyVariant,
        spans: doubted.1.clone(),
        found: doubted.0.clone(),
        expected: expected.to_owned(),
        row: None,
        severity,
        confidence,
        evidence: evidence.iter().copied().take(4).collect(),
    }
}

/// Whether a name is a short form of another: 山东航院 of 山东航空学院. It begins and ends as that does.
fn shortens(short: &str, full: &str) -> bool {
    let (short, full): (Vec<char>, Vec<char>) = (short.chars().collect(), full.chars().collect());
    if short.len() < 3
        || full.len() < short.len() + 2
        || short[..2] != full[..2]
        || short.last() != full.last()
    {
        return false;
    }
    let mut rest = full.iter();
    short.iter().all(|c| rest.any(|other| other == c))
}
