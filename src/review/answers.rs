//! What humans say to what a check has found: whether it is an error.

use std::collections::BTreeMap;

use super::log::Entry;
use super::registers::Registers;
use super::{Action, Answer, Aspect, Conflict, FindingKey, Lost, Outcome, Verdict, Why};
use crate::article::Span;
use crate::roster::Finding;

/// What a check has found, with the names of its rules as decisions have them.
#[derive(Debug, Default)]
pub(super) struct Findings {
    all: Vec<Finding>,
    rules: Vec<String>,
}

impl From<Vec<Finding>> for Findings {
    fn from(all: Vec<Finding>) -> Self {
        let name = |finding: &Finding| match serde_json::to_value(finding.rule) {
            Ok(serde_json::Value::String(name)) => name,
            _ => String::new(),
        };
        Findings { rules: all.iter().map(name).collect(), all }
    }
}

impl Findings {
    pub fn all(&self) -> &[Finding] {
        &self.all
    }

    /// The finding that a key means, at one of these places.
    fn find(&self, key: &FindingKey, places: &[(u32, u32)]) -> Option<u32> {
        let there = |span: &Span| places.contains(&(span.start, span.end));
        let mut numbered = (0..).zip(self.all.iter().zip(&self.rules));
        let found = numbered.find(|(_, (finding, rule))| {
            **rule == key.rule
                && finding.found == key.found
                && finding.expected == key.expected
                && finding.spans.iter().any(there)
        });
        found.map(|(index, _)| index)
    }
}

/// What an answer is about: something that is still found, or what it was called, with its place where it has one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Subject<'a> {
    Found(u32),
    Past { rule: &'a str, found: &'a str, expected: &'a str, place: Option<(u32, u32)> },
}

/// Answers by what they are about.
pub(super) struct Answers<'a> {
    findings: &'a Findings,
    said: BTreeMap<Subject<'a>, Registers<'a>>,
}

impl<'a> Answers<'a> {
    pub fn of(findings: &'a Findings) -> Self {
        Answers { findings, said: BTreeMap::new() }
    }

    pub fn add(&mut self, entry: &'a Entry) {
        let Some(key) = entry.decision.action.finding() else { return };
        let subject = match self.findings.find(key, &places(entry)) {
            Some(index) => Subject::Found(index),
            None => Subject::Past {
                rule: &key.rule,
                found: &key.found,
                expected: &key.expected,
                place: places(entry).first().copied(),
            },
        };
        self.said.entry(subject).or_default().push(entry);
    }

    /// Adds answers, conflicts and what has lost its place to an outcome.
    pub fn tell(&self, outcome: &mut Outcome) {
        for (subject, registers) in &self.said {
            outcome.answers.extend(self.answer(subject, registers));
            for entry in registers.entries() {
                outcome.orphans.extend(lost(entry));
            }
        }
        outcome.answers.sort_by(|a, b| {
            (a.span.is_none(), a.span, a.finding, &a.decisions).cmp(&(
                b.span.is_none(),
                b.span,
                b.finding,
                &b.decisions,
            ))
        });
        for answer in outcome.answers.iter().filter(|answer| answer.conflict) {
            let Span { start, end } = answer.span.unwrap_or(Span { start: 0, end: 0 });
            let decisions = answer.holding.clone();
            outcome.conflicts.push(Conflict { start, end, aspect: Aspect::Finding, decisions });
        }
    }

    fn answer(&self, subject: &Subject<'_>, registers: &Registers<'_>) -> Option<Answer> {
        let held = registers.held(Aspect::Finding);
        let last = held.last()?;
        let FindingKey { rule, found, expected, .. } = last.decision.action.finding()?.clone();
        let finding = match subject {
            Subject::Found(index) => Some(*index),
            Subject::Past { .. } => None,
        };
        let now = finding.and_then(|index| self.findings.all.get(index as usize)?.spans.first().copied());
        let past = || places(last).first().map(|(start, end)| Span { start: *start, end: *end });
        let accepts = matches!(last.decision.action, Action::Accept { .. });
        let ids = |entries: &[&Entry]| entries.iter().map(|entry| entry.decision.id.clone()).collect();
        Some(Answer {
            finding,
            rule,
            found,
            expected,
            span: now.or_else(past),
            verdict: if accepts { Verdict::Accepted } else { Verdict::Dismissed },
            author: last.decision.author.clone(),
            time: last.decision.time,
            reason: last.decision.reason.clone(),
            decisions: ids(registers.entries()),
            holding: ids(&held),
            conflict: registers.disagree(Aspect::Finding),
        })
    }
}

/// Where what an answer is about is found in the text at hand, the first place first.
fn places(entry: &Entry) -> Vec<(u32, u32)> {
    entry.place.and_then(Result::ok).into_iter().chain(entry.also.iter().copied()).collect()
}

/// An answer that has no place any more. Of an error whose words are gone that is the point: it has been corrected.
fn lost(entry: &Entry) -> Option<Lost> {
    let why = entry.place?.err().filter(|_| entry.also.is_empty())?;
    let corrected = why == Why::Absent && matches!(entry.decision.action, Action::Accept { .. });
    (!corrected).then(|| Lost { decision: entry.decision.id.clone(), why })
}

#[cfg(test)]
mod tests {
    use super::super::{Decision, Log, Mark, Review, State};
    use super::*;
    use crate::article::{Article, Kind, Mention, OffsetUnit};
    use crate::roster::{Rule, Severity};

    const TEXT: &str = "云泽市副市长陈立裙在会上发言，陈立裙要求抓好落实。云泽市市长周怀远到会。";

    fn review(text: &str, mentions: &[(u32, u32)]) -> Review {
        let length = text.encode_utf16().count() as u32;
        let mut article = Article { unit: OffsetUnit::Utf16, ..Article::empty(length) };
        for (start, end) in mentions {
            let (start, end) = (*start, *end);
            article.mentions.push(Mention { start, end, kind: Kind::Official, score: 0.9, entity: 0 });
        }
        Review::new(text, article, Log::default()).unwrap()
    }

    /// A name in two places, and a title, which is no mark.
    fn found() -> Vec<Finding> {
        let finding = |rule, spans: &[(u32, u32)], found: &str, expected: &str| Finding {
            rule,
            spans: spans.iter().map(|(start, end)| Span { start: *start, end: *end }).collect(),
            found: found.into(),
            expected: expected.into(),
            row: None,
            severity: Severity::Error,
            confidence: 0.9,
            evidence: Vec::new(),
        };
        vec![
            finding(Rule::NameNear, &[(6, 9), (15, 18)], "陈立裙", "陈立群"),
            finding(Rule::TitleDiffers, &[(28, 30)], "市长", "副市长"),
        ]
    }

    fn said(review: &Review, id: &str, author: &str, finding: usize, accept: bool) -> Decision {
        let Finding { rule, spans, found, expected, .. } = &found()[finding];
        let target = |span: &Span| review.target_of(span.start, span.end);
        let finding = FindingKey {
            rule: serde_json::to_value(rule).unwrap().as_str().unwrap().to_owned(),
            found: found.clone(),
            expected: expected.clone(),
            also: spans[1..].iter().map(target).collect(),
        };
        Decision {
            id: id.into(),
            author: author.into(),
            time: format!("2026-11-24T05:30:0{id}Z").parse().unwrap(),
            target: target(&spans[0]),
            kind: None,
            action: if accept { Action::Accept { finding } } else { Action::Dismiss { finding } },
            reason: Some("名册".into()),
            replaces: Vec::new(),
        }
    }

    fn answers(review: &Review) -> Vec<(Option<u32>, Verdict)> {
        review.outcome().answers.iter().map(|answer| (answer.finding, answer.verdict)).collect()
    }

    #[test]
    fn an_answer_is_of_the_finding_and_says_nothing_of_names() {
        let mut review = review(TEXT, &[(6, 9), (15, 18)]);
        review.set_findings(found());
        assert_eq!(answers(&review), []);
        review.decide(said(&review, "1", "张三", 1, true)).unwrap();
        review.decide(said(&review, "2", "张三", 0, false)).unwrap();
        assert_eq!(answers(&review), [(Some(0), Verdict::Dismissed), (Some(1), Verdict::Accepted)]);
        let outcome = review.outcome();
        assert!(outcome.marks.iter().all(|mark: &Mark| mark.state == State::Open));
        assert_eq!((outcome.checked, outcome.orphans.len(), outcome.conflicts.len()), (0, 0, 0));
        assert_eq!(outcome.answers[1].reason.as_deref(), Some("名册"));
    }

    #[test]
    fn names_that_were_decided_on_before_answer_nothing() {
        let mut review = review(TEXT, &[(6, 9), (15, 18)]);
        let confirmed = said(&review, "1", "张三", 0, true);
        review.decide(Decision { action: Action::Confirm, ..confirmed }).unwrap();
        review.set_findings(found());
        assert_eq!(answers(&review), []);
        assert_eq!(review.outcome().checked, 1);
    }

    #[test]
    fn an_answer_is_taken_back_and_given_again() {
        let mut review = review(TEXT, &[]);
        review.set_findings(found());
        review.decide(said(&review, "1", "张三", 0, true)).unwrap();
        let undo = |review: &Review, id: &str, decision: &str| Decision {
            target: Vec::new(),
            action: Action::Undo { decision: decision.into() },
            ..said(review, id, "张三", 0, true)
        };
        assert_eq!(review.undo_of("张三"), Some("1"));
        review.decide(undo(&review, "2", "1")).unwrap();
        assert_eq!(answers(&review), []);
        assert_eq!(review.redo_of("张三"), Some("2"));
        review.decide(undo(&review, "3", "2")).unwrap();
        assert_eq!(answers(&review), [(Some(0), Verdict::Accepted)]);
    }

    #[test]
    fn two_who_answer_differently_are_told_and_who_has_seen_both_settles_it() {
        let mut review = review(TEXT, &[]);
        review.set_findings(found());
        review.decide(said(&review, "1", "张三", 0, true)).unwrap();
        // Made where only the second place was found.
        let other = said(&review, "2", "李四", 0, false);
        let Action::Dismiss { finding } = other.action else { unreachable!() };
        let target = finding.also[0].clone();
        let finding = FindingKey { also: Vec::new(), ..finding };
        review
            .decide(Decision {
                target,
                action: Action::Dismiss { finding },
                ..said(&review, "2", "李四", 0, false)
            })
            .unwrap();
        let [conflict] = &review.outcome().conflicts[..] else { panic!("{:?}", review.outcome().conflicts) };
        assert_eq!((conflict.start, conflict.end, conflict.aspect), (6, 9, Aspect::Finding));
        assert_eq!(conflict.decisions, ["1", "2"]);
        assert_eq!(answers(&review), [(Some(0), Verdict::Dismissed)]);

        let replaces = review.outcome().answers[0].holding.clone();
        review.decide(Decision { replaces, ..said(&review, "3", "王五", 0, true) }).unwrap();
        assert!(review.outcome().conflicts.is_empty());
        assert_eq!(answers(&review), [(Some(0), Verdict::Accepted)]);
    }

    #[test]
    fn what_was_corrected_is_no_orphan_and_what_was_dismissed_is_one() {
        let before = review(TEXT, &[]);
        let log = vec![said(&before, "1", "张三", 0, true), said(&before, "2", "张三", 1, false)];
        let mut after = review("云泽市副市长陈立群在会上发言。副书记周怀远到会。", &[]);
        after.merge(Log::from(log)).unwrap();
        let outcome = after.outcome();
        assert_eq!(answers(&after), [(None, Verdict::Accepted), (None, Verdict::Dismissed)]);
        assert!(outcome.answers.iter().all(|answer| answer.span.is_none()));
        assert_eq!(outcome.orphans.iter().map(|lost| lost.decision.as_str()).collect::<Vec<_>>(), ["2"]);
    }

    #[test]
    fn an_answer_holds_while_nothing_is_found_and_for_no_other_expectation() {
        let mut review = review(TEXT, &[]);
        review.decide(said(&review, "1", "张三", 0, false)).unwrap();
        assert_eq!(answers(&review), [(None, Verdict::Dismissed)]);
        assert_eq!(review.outcome().answers[0].span, Some(Span { start: 6, end: 9 }));
        let other = Finding { expected: "陈立郡".into(), ..found()[0].clone() };
        review.set_findings(vec![other, found()[0].clone()]);
        assert_eq!(answers(&review), [(Some(1), Verdict::Dismissed)]);
    }

    #[test]
    fn an_answer_without_a_place_or_with_too_many_is_refused() {
        let mut review = review(TEXT, &[]);
        let fine = said(&review, "1", "张三", 0, true);
        let Action::Accept { finding } = fine.action.clone() else { unreachable!() };
        let also = vec![finding.also[0].clone(); 101];
        let action = Action::Accept { finding: FindingKey { also, ..finding.clone() } };
        let long = Action::Accept { finding: FindingKey { rule: "字".repeat(10_001), ..finding } };
        for broken in [
            Decision { target: Vec::new(), ..fine.clone() },
            Decision { action, ..fine.clone() },
            Decision { action: long, ..fine },
        ] {
            assert_eq!(review.decide(broken).unwrap_err().code(), "DECISION_INVALID");
        }
    }
}
