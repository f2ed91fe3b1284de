//! Leaders who stand in another order than their ranks.

use super::Confusables;
use super::finding::{Finding, Listed, Rule, Severity};
use super::list::{Known, Roster};
use super::offices::{Words, same_body};
use crate::article::{Article, Span};
use crate::date::Date;

/// A listed person in an enumeration.
struct Ranked<'a> {
    span: Span,
    known: Known<'a>,
    rank: u32,
}

/// One finding for each enumeration in which somebody stands before a person of a higher rank of the
/// same body. Ranks of different bodies say nothing about each other; in a list without bodies all are of one.
pub(super) fn check(
    words: &Words<'_>,
    article: &Article,
    roster: &Roster,
    confusables: &Confusables,
    date: Option<Date>,
) -> Vec<Finding> {
    let bodies = roster.says_bodies();
    let peers = |one: &Ranked<'_>, other: &Ranked<'_>| {
        !bodies
            || std::ptr::eq(one.known.row, other.known.row)
            || same_body(&one.known.body, &other.known.body)
    };
    let mut findings = Vec::new();
    for run in runs(words, article) {
        let find = |span| ranked(span, roster.named(&words.plain(span), confusables), date);
        let ranked: Vec<Ranked<'_>> = run.into_iter().filter_map(find).collect();
        let inverted = ranked.iter().enumerate().find_map(|(at, one)| {
            let before = ranked[at + 1..].iter().find(|other| peers(one, other) && other.rank < one.rank)?;
            Some((one, before))
        });
        let Some((one, before)) = inverted else { continue };
        let mut peers: Vec<&Ranked<'_>> = ranked.iter().filter(|other| peers(one, other)).collect();
        let evidence = peers.iter().map(|ranked| ranked.span).collect();
        let found = joined(&peers);
        peers.sort_by_key(|ranked| ranked.rank);
        findings.push(Finding {
            rule: Rule::Order,
            spans: vec![one.span, before.span],
            found,
            expected: joined(&peers),
            row: Some(Listed::from(before.known.row)),
            severity: Severity::Warning,
            confidence: 0.85,
            evidence,
        });
    }
    findings
}

fn joined(ranked: &[&Ranked<'_>]) -> String {
    let names: Vec<&str> = ranked.iter().map(|ranked| ranked.known.row.name.as_str()).collect();
    names.join("、")
}

/// The rank of a name on a day; of two people of one name, nobody knows who is meant.
fn ranked<'a>(span: Span, rows: Vec<Known<'a>>, date: Option<Date>) -> Option<Ranked<'a>> {
    let mut ranked = rows.into_iter().filter(|known| known.row.holds_on(date) && known.row.rank.is_some());
    let known = ranked.next().filter(|_| ranked.next().is_none())?;
    Some(Ranked { span, rank: known.row.rank?, known })
}

/// Stretches of people with nothing between them but their titles, bodies, commas and the like.
fn runs(words: &Words<'_>, article: &Article) -> Vec<Vec<Span>> {
    let mut spans: Vec<(Span, bool)> = article
        .mentions
        .iter()
        .map(|mention| (Span { start: mention.start, end: mention.end }, mention.kind.is_human()))
        .chain(article.titles.iter().map(|title| (Span { start: title.start, end: title.end }, false)))
        .filter(|(span, _)| span.start < span.end)
        .collect();
    spans.sort_unstable_by_key(|(span, _)| span.start);
    let mut runs: Vec<Vec<Span>> = Vec::new();
    let mut run: Vec<Span> = Vec::new();
    let mut end = None;
    for (span, person) in spans {
        let gap = end.map(|end| words.of(Span { start: end, end: span.start.max(end) }));
        let joined =
            gap.is_some_and(|gap| gap.chars().all(|c| c.is_whitespace() || "、，,和及与".contains(c)));
        if !joined {
            runs.push(std::mem::take(&mut run));
        }
        if person {
            run.push(span);
        }
        end = Some(span.end);
    }
    runs.push(run);
    runs.retain(|run| run.len() > 1);
    runs
}
