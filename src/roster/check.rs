//! Everything that is checked.

use super::finding::{Finding, Rule};
use super::offices::{Words, people};
use super::{Confusables, Roster, names, order, variants};
use crate::article::Article;
use crate::date::Date;

/// Checks an article against itself and, where there is one, against a roster. Findings are by place,
/// spans in the article's unit.
///
/// Days matter only where one is known: `date`, else the article's own.
pub fn check(
    text: &str,
    article: &Article,
    roster: Option<&Roster>,
    confusables: &Confusables,
    date: Option<Date>,
) -> Vec<Finding> {
    let date = date.or(article.date);
    let words = Words::new(text, article.unit);
    let people = people(&words, article, confusables);
    let mut findings: Vec<Finding> =
        people.iter().filter_map(|person| names::misspelt(person, roster, confusables)).collect();
    if let Some(roster) = roster {
        for person in &people {
            findings.extend(names::near(person, &people, roster, confusables, date));
            findings.extend(names::offices(person, roster, confusables, date));
        }
        findings.extend(order::check(&words, article, roster, confusables, date));
    }
    let near: Vec<String> = findings
        .iter()
        .filter(|finding| finding.rule == Rule::NameNear)
        .map(|finding| finding.found.clone())
        .collect();
    // What the list has said need not be said again.
    let variants = variants::names(&people, roster, confusables);
    findings.extend(variants.into_iter().filter(|finding| !near.contains(&finding.found)));
    for person in &people {
        // Where the list has doubted one of the two offices, it has said which.
        let doubted = |span: &crate::Span| findings.iter().any(|finding| finding.spans.first() == Some(span));
        let own = variants::two_offices(&words, person).filter(|finding| !finding.spans.iter().any(doubted));
        findings.extend(own);
    }
    findings.extend(variants::bodies(&words, article, confusables));
    findings.retain(|finding| !finding.spans.is_empty() && !finding.evidence.is_empty());
    findings.sort_by(|a, b| (a.spans[0], a.rule).cmp(&(b.spans[0], b.rule)));
    findings
}
