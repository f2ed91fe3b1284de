//! People against the list: who is one character away, and who holds something else.

use super::finding::{Finding, Listed, Rule, Severity};
use super::list::{Known, Roster};
use super::offices::{Held, Person, are_neighbours, differing, exclude, same_body, same_post};
use super::{Confusables, Confusion};
use crate::date::Date;

/// What an article has somebody hold, against a row: the same office, as far as both say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    /// The titles agree; of the bodies, one is not known.
    Title,
    /// Titles and bodies agree.
    Both,
}

fn agreement(held: &Held, row: &Known<'_>) -> Option<Agreement> {
    if !row.posts.iter().any(|post| same_post(&held.post, post)) {
        return None;
    }
    match &held.body {
        Some(body) if !row.body.is_empty() => match same_body(body, &row.body) {
            true => Some(Agreement::Both),
            // Of several posts (市委常委、常务副市长) the list names one body.
            false => (row.posts.len() > 1).then_some(Agreement::Title),
        },
        _ => Some(Agreement::Title),
    }
}

/// Everybody who is not listed, but somebody of almost the same name with the same office is.
pub(super) fn near(
    person: &Person,
    people: &[Person],
    roster: &Roster,
    confusables: &Confusables,
    date: Option<Date>,
) -> Option<Finding> {
    if roster.lists(&person.name, confusables) {
        return None;
    }
    let mut best: Option<Near<'_>> = None;
    for name in roster.near(&person.name, confusables) {
        let alike =
            differing(&person.simple, name).and_then(|(one, other)| confusables.confusion(one, other));
        let Some(degree) = alike.map(Confusion::degree) else { continue };
        for row in roster.named(name, confusables) {
            let pairs = person.held.iter().filter_map(|held| Some((agreement(held, &row)?, held)));
            let (agreement, held) = match pairs.max_by_key(|(agreement, _)| *agreement) {
                // Whoever held it before may well have had such a name.
                Some((agreement, held)) if row.row.holds_on(date) => (Some(agreement), Some(held)),
                _ => (None, None),
            };
            if best.as_ref().is_none_or(|best| (agreement, degree) > (best.agreement, best.degree)) {
                best = Some(Near { agreement, degree, name, row, held });
            }
        }
    }
    let Near { agreement, name, row, held, .. } = best?;
    let named = people.iter().find(|other| other.simple == name || other.simple == row.name);
    let (severity, confidence) = match (agreement, named) {
        (Some(Agreement::Both), _) => (Severity::Error, 0.95),
        (Some(Agreement::Title), _) => (Severity::Warning, 0.8),
        // Nothing but the other's name, and this one only in passing.
        (None, Some(other))
            if person.held.is_empty() && person.mentions.len() == 1 && other.mentions.len() > 1 =>
        {
            (Severity::Warning, 0.7)
        }
        (None, _) => return None,
    };
    let evidence = match (held, named) {
        (Some(held), _) => held.evidence.clone(),
        (None, named) => named.map(|other| other.spans.clone()).unwrap_or_default(),
    };
    Some(Finding {
        rule: Rule::NameNear,
        spans: person.spans.clone(),
        found: person.name.clone(),
        // Of somebody of several names the one that is nearly written.
        expected: row.row.called(name, confusables).to_owned(),
        row: Some(Listed::from(row.row)),
        severity,
        confidence,
        evidence,
    })
}

/// A listed name one character away, with how much else agrees.
struct Near<'a> {
    agreement: Option<Agreement>,
    degree: f32,
    name: &'a str,
    row: Known<'a>,
    held: Option<&'a Held>,
}

/// Names that a human has said to mean somebody who is called nearly so.
pub(super) fn misspelt(
    person: &Person,
    roster: Option<&Roster>,
    confusables: &Confusables,
) -> Option<Finding> {
    let (found, span) = person.misspelt.first()?;
    let row = roster.and_then(|roster| roster.named(&person.name, confusables).into_iter().next());
    let spans: Vec<_> =
        person.misspelt.iter().filter(|(name, _)| name == found).map(|(_, span)| *span).collect();
    Some(Finding {
        rule: if row.is_some() { Rule::NameNear } else { Rule::NameVariant },
        evidence: vec![*span],
        spans,
        found: found.clone(),
        expected: person.name.clone(),
        row: row.map(|row| Listed::from(row.row)),
        severity: Severity::Error,
        confidence: 0.95,
    })
}

/// What listed people hold by the article and not by the list.
pub(super) fn offices(
    person: &Person,
    roster: &Roster,
    confusables: &Confusables,
    date: Option<Date>,
) -> Vec<Finding> {
    let rows = roster.named(&person.name, confusables);
    let mut findings = Vec::new();
    for held in person.held.iter().filter(|held| held.is_held()) {
        if let Some((rule, row, expected, confidence)) = doubt(held, &rows, date) {
            if rule == Rule::TitleDiffers && person.may_be_two() {
                continue;
            }
            let known = findings.iter().any(|finding: &Finding| finding.spans[0] == held.title);
            if !known {
                findings.push(Finding {
                    rule,
                    spans: [held.title].into_iter().chain(person.spans.iter().copied().take(1)).collect(),
                    found: [held.body.as_deref().unwrap_or_default(), &held.post].concat(),
                    expected,
                    row: Some(Listed::from(row.row)),
                    severity: Severity::Error,
                    confidence,
                    evidence: held.evidence.clone(),
                });
            }
        }
    }
    findings
}

/// Which rule an office breaks, by which row, and what that expects.
fn doubt<'a>(
    held: &Held,
    rows: &'a [Known<'a>],
    date: Option<Date>,
) -> Option<(Rule, &'a Known<'a>, String, f32)> {
    let current = || rows.iter().filter(|known| known.row.holds_on(date));
    if current().any(|row| agreement(held, row).is_some()) {
        return None;
    }
    if let Some(row) = rows.iter().find(|row| agreement(held, row) == Some(Agreement::Both)) {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        return Some((Rule::NotInOffice, row, format!("{}–{}", day(row.row.from), day(row.row.to)), 0.9));
    }
    let body = held.body.as_deref()?;
    // All that the list has somebody hold there must exclude it.
    let there = |row: &&Known<'_>| {
        !row.body.is_empty()
            && !row.posts.is_empty()
            && same_body(body, &row.body)
            && row.posts.iter().all(|post| exclude(held, post))
    };
    if let Some(row) = current().find(there) {
        return Some((Rule::TitleDiffers, row, row.row.title.clone(), 0.9));
    }
    // The same title elsewhere may be a namesake's, unless elsewhere is next door.
    let moved = |row: &&Known<'_>| {
        !row.body.is_empty()
            && row.posts.iter().any(|post| same_post(&held.post, post))
            && are_neighbours(body, &row.body)
    };
    current().find(moved).map(|row| (Rule::BodyDiffers, row, row.row.body.clone(), 0.8))
}
