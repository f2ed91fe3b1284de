//! Leaders who stand in another order than their ranks.

use super::finding::{Finding, Listed, Rule, Severity};
use super::list::{Roster, Row};
use super::offices::{Words, same_body};
use crate::article::{Article, Span};
use crate::date::Date;

/// A listed person in an enumeration.
struct Ranked<'a> {
    span: Span,
    row: &'a Row,
    rank: u32,
}

/// One finding for each enumeration in which somebody stands before a person of a higher rank of the
/// same body. Ranks of different bodies say nothing about each other.
pub(super) fn check(
    words: &Words<'_>,
    article: &Article,
    roster: &Roster,
    date: Option<Date>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in runs(words, article) {
        let ranked: Vec<Ranked<'_>> =
            run.into_iter().filter_map(|span| ranked(words, span, roster, date)).collect();
        for one in 0..ranked.len() {
            let peers: Vec<&Ranked<'_>> =
                ranked[one..].iter().filter(|other| peers(ranked[one].row, other.row)).collect();
            let Some(first) = peers.iter().skip(1).find(|other| other.rank < ranked[one].rank) else {
                continue;
            };
            let mut sorted: Vec<&Ranked<'_>> =
                ranked.iter().filter(|other| peers_of(ranked[one].row, other)).collect();
            let found: Vec<&str> = sorted.iter().map(|ranked| ranked.row.name.as_str()).collect();
            let found = found.join("、");
            let spans = [ranked[one].span, first.span];
            let evidence = sorted.iter().map(|ranked| ranked.span).collect();
            sorted.sort_by_key(|ranked| ranked.rank);
            let expected: Vec<&str> = sorted.iter().map(|ranked| ranked.row.name.as_str()).collect();
            findings.push(Finding {
                rule: Rule::Order,
                spans: spans.into(),
                found,
                expected: expected.join("、"),
                row: Some(Listed::from(first.row)),
                severity: Severity::Warning,
                confidence: 0.85,
                evidence,
            });
            break;
        }
    }
    findings
}

fn peers(one: &Row, other: &Row) -> bool {
    (one.body.is_empty() && other.body.is_empty()) || same_body(&one.body, &other.body)
}

fn peers_of(one: &Row, other: &Ranked<'_>) -> bool {
    peers(one, other.row)
}

fn ranked<'a>(words: &Words<'_>, span: Span, roster: &'a Roster, date: Option<Date>) -> Option<Ranked<'a>> {
    let rows = roster.named(&words.plain(span)).collect::<Vec<_>>();
    // Of two people of one name, nobody knows who is meant.
    let row =
        rows.into_iter().filter(|row| row.holds_on(date)).min_by_key(|row| row.rank.unwrap_or(u32::MAX))?;
    Some(Ranked { span, row, rank: row.rank? })
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
