//! Findings and what was said to them, in each of the forms.

use std::fmt::Write;

use serde_json::{Value, json};

use super::About;
use super::annotations::{generator, part, target, text};
use super::claims::{BEST, Said, Verdicts, WORST, sentence};
use super::report::escaped;
use super::table::{COLUMNS, name};
use crate::article::Span;
use crate::review::{Answer, FindingKey, Review, Verdict};
use crate::roster::{Finding, Listed};

/// Every finding with its answer, by place, then what was said of things that are found no more.
fn all(review: &Review) -> impl Iterator<Item = (Option<&Finding>, Option<&Answer>)> {
    let answers = &review.outcome().answers;
    let of = move |index| answers.iter().find(|answer| answer.finding == Some(index));
    let found = (0..).zip(review.findings()).map(move |(index, finding)| (Some(finding), of(index)));
    let past = answers.iter().filter(|answer| answer.finding.is_none()).map(|answer| (None, Some(answer)));
    found.chain(past)
}

/// What the check has found, as the machine's annotations; what humans say of it is among their decisions.
pub(super) fn annotations(review: &Review, source: &str) -> Vec<Value> {
    let annotation = |(index, finding): (u32, &Finding)| {
        let places = finding.spans.iter().map(|span| review.target_of(span.start, span.end));
        let targets: Vec<Value> =
            places.filter(|place| !place.is_empty()).map(|place| target(source, &place)).collect();
        (!targets.is_empty()).then(|| {
            json!({
                "id": part(source, &format!("mingzhu-finding-{index}")),
                "type": "Annotation",
                "motivation": "assessing",
                "generator": generator(),
                "body": [text("assessing", &name(&finding.rule)), text("describing", &change(&finding.found, &finding.expected))],
                "target": targets,
                "finding": finding,
            })
        })
    };
    (0..).zip(review.findings()).filter_map(annotation).collect()
}

/// What an answer says, for readers that do not know our keys.
pub(super) fn bodies(verdict: &str, finding: &FindingKey) -> Vec<Value> {
    vec![text("assessing", verdict), text("describing", &change(&finding.found, &finding.expected))]
}

fn change(found: &str, expected: &str) -> String {
    format!("{found} → {expected}")
}

/// Lines of the table. Their `kind` is `finding`.
pub(super) fn lines(review: &Review) -> Vec<[String; COLUMNS]> {
    all(review).map(|(finding, answer)| line(finding, answer)).collect()
}

fn line(finding: Option<&Finding>, answer: Option<&Answer>) -> [String; COLUMNS] {
    let span = place(finding, answer);
    let offset = |of: fn(Span) -> u32| span.map(|span| of(span).to_string()).unwrap_or_default();
    let none = String::new;
    let (rule, found, expected) = said(finding, answer);
    [
        offset(|span| span.start),
        offset(|span| span.end),
        found,
        "finding".to_owned(),
        state(answer),
        none(),
        none(),
        none(),
        none(),
        none(),
        none(),
        answer.map(|answer| answer.author.clone()).unwrap_or_default(),
        answer.map(|answer| answer.time.to_string()).unwrap_or_default(),
        answer.and_then(|answer| answer.reason.clone()).unwrap_or_default(),
        none(),
        answer.filter(|answer| answer.conflict).map(|_| "finding".to_owned()).unwrap_or_default(),
        rule,
        expected,
        finding.map(|finding| name(&finding.severity)).unwrap_or_default(),
        finding.map(|finding| format!("{:.2}", finding.confidence)).unwrap_or_default(),
        finding.and_then(|finding| finding.row.as_ref()).map(listed).unwrap_or_default(),
    ]
}

/// What has become of it.
fn state(answer: Option<&Answer>) -> String {
    answer.map_or("open".to_owned(), |answer| name(&answer.verdict))
}

/// Where it is; of what is found no more, where it was.
fn place(finding: Option<&Finding>, answer: Option<&Answer>) -> Option<Span> {
    let now = finding.and_then(|finding| finding.spans.first().copied());
    now.or_else(|| answer.and_then(|answer| answer.span))
}

/// Rule, what was found, what was expected.
fn said(finding: Option<&Finding>, answer: Option<&Answer>) -> (String, String, String) {
    match (finding, answer) {
        (Some(finding), _) => (name(&finding.rule), finding.found.clone(), finding.expected.clone()),
        (None, Some(answer)) => (answer.rule.clone(), answer.found.clone(), answer.expected.clone()),
        (None, None) => Default::default(),
    }
}

fn listed(row: &Listed) -> String {
    let days = [row.from, row.to].map(|day| day.map(|day| day.to_string()).unwrap_or_default());
    let days = if days == ["", ""] { String::new() } else { days.join("–") };
    let cells = [row.line.to_string(), row.name.clone(), row.body.clone(), row.title.clone(), days];
    cells.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A part of the report; nothing where there is nothing to tell.
pub(super) fn section(html: &mut String, review: &Review, word: &impl Fn(&str) -> String) {
    let mut all = all(review).peekable();
    if all.peek().is_none() {
        return;
    }
    // Writing to a String cannot fail.
    let _ = write!(html, "<h2>{}</h2><table class=\"findings\"><thead><tr>", word("findings"));
    for name in ["found", "finding", "roster", "state", "why", "author"] {
        let _ = write!(html, "<th>{}</th>", word(name));
    }
    html.push_str("</tr></thead><tbody>");
    for (finding, answer) in all {
        let (rule, found, expected) = said(finding, answer);
        let state = state(answer);
        let conflict = if answer.is_some_and(|answer| answer.conflict) {
            format!(" · {}", word("conflict"))
        } else {
            String::new()
        };
        let row = finding.and_then(|finding| finding.row.as_ref()).map(listed).unwrap_or_default();
        let _ = write!(
            html,
            "<tr data-verdict=\"{state}\"><td>{}</td><td>{}</td><td>{}</td><td>{}{conflict}</td><td>{}</td><td>{}</td></tr>",
            escaped(&found),
            says(&rule, word).replace("{expected}", &escaped(&expected)),
            escaped(&row),
            word(&format!("finding-{state}")),
            escaped(answer.and_then(|answer| answer.reason.as_deref()).unwrap_or_default()),
            escaped(answer.map(|answer| answer.author.as_str()).unwrap_or_default()),
        );
    }
    html.push_str("</tbody></table>");
}

/// What a rule says, in the report's words; another version has rules that these do not know.
fn says(rule: &str, word: &impl Fn(&str) -> String) -> String {
    let key = format!("rule-{rule}");
    let says = word(&key);
    if says == escaped(&key) { word("rule-other") } else { says }
}

/// A ClaimReview for each answered finding whose words are still there: what was accepted is wrong, what was
/// dismissed was looked into and is right.
pub(super) fn claims(review: &Review, about: &About, verdicts: &Verdicts<'_>) -> Vec<Value> {
    let answers = review.outcome().answers.iter();
    answers.filter_map(|answer| Some(claim(answer, answer.span?, review, about, verdicts))).collect()
}

fn claim(answer: &Answer, span: Span, review: &Review, about: &About, verdicts: &Verdicts<'_>) -> Value {
    let (rating, verdict) = match answer.verdict {
        Verdict::Accepted => (WORST, verdicts.wrong),
        Verdict::Dismissed => (BEST, verdicts.right),
    };
    let mut body = vec![change(&answer.found, &answer.expected)];
    body.extend(answer.reason.clone());
    Said {
        name: answer.found.clone(),
        sentence: sentence(span.start, span.end, review),
        rating,
        verdict,
        signed: Some((answer.time, &answer.author)),
        body,
    }
    .written(about)
}
