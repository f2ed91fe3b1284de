//! Leaders who stand in another order than their ranks.

use super::Confusables;
use super::finding::{Finding, Listed, Rule, Severity};
use super::list::{Known, Roster};
use super::offices::{Words, same_body};
use crate::article::{Article, Span};
use crate::date::Date;

/// Says that an enumeration is by other than rank.
const OTHERWISE: [&str; 5] = ["笔画", "笔划", "笔畫", "音序", "不分先后"];

/// A listed person in an enumeration, with every office that has a rank.
struct Ranked<'a> {
    span: Span,
    rows: Vec<Known<'a>>,
}

/// Two rows of one body, the first of a lower rank than the second.
type Inverted<'a> = (&'a Known<'a>, &'a Known<'a>);

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
    let mut findings = Vec::new();
    for run in runs(words, article) {
        let find = |span| ranked(span, roster.named(&words.plain(span), confusables), date);
        let ranked: Vec<Ranked<'_>> = run.iter().copied().filter_map(find).collect();
        let wrong = ranked.iter().enumerate().find_map(|(at, one)| {
            ranked[at + 1..].iter().find_map(|other| Some((one, other, inverted(one, other, bodies)?)))
        });
        let Some((one, before, (low, high))) = wrong else { continue };
        if words.paragraph(one.span).is_some_and(|text| OTHERWISE.iter().any(|word| text.contains(word))) {
            continue;
        }
        // Those who have a rank in the same body, by that.
        let peer = |ranked: &Ranked<'_>| {
            let row = ranked.rows.iter().find(|row| !bodies || same_body(&row.body, &low.body))?;
            Some((row.row.rank?, ranked.span, row.row.name.clone()))
        };
        let mut peers: Vec<(u32, Span, String)> = ranked.iter().filter_map(peer).collect();
        let evidence = peers.iter().map(|(_, span, _)| *span).collect();
        let found = joined(&peers);
        peers.sort_by_key(|(rank, ..)| *rank);
        findings.push(Finding {
            rule: Rule::Order,
            spans: vec![one.span, before.span],
            found,
            expected: joined(&peers),
            row: Some(Listed::from(high.row)),
            severity: Severity::Warning,
            confidence: 0.85,
            evidence,
        });
    }
    findings
}

/// The rows by which one stands below another: in every body in which both have a rank.
fn inverted<'a>(one: &'a Ranked<'_>, other: &'a Ranked<'_>, bodies: bool) -> Option<Inverted<'a>> {
    let mut found = None;
    for row in &one.rows {
        for rival in &other.rows {
            if bodies && !same_body(&row.body, &rival.body) {
                continue;
            }
            if rival.row.rank >= row.row.rank {
                return None;
            }
            found = found.or(Some((row, rival)));
        }
    }
    found
}

fn joined(peers: &[(u32, Span, String)]) -> String {
    let names: Vec<&str> = peers.iter().map(|(.., name)| name.as_str()).collect();
    names.join("、")
}

/// The ranks of a name on a day.
fn ranked<'a>(span: Span, rows: Vec<Known<'a>>, date: Option<Date>) -> Option<Ranked<'a>> {
    let rows: Vec<Known<'a>> =
        rows.into_iter().filter(|known| known.row.holds_on(date) && known.row.rank.is_some()).collect();
    (!rows.is_empty()).then_some(Ranked { span, rows })
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
