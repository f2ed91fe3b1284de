//! Whatever is decided, in whatever order it comes: nothing is lost, and everybody sees the same.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::Kind;
use crate::article::Mention;

const TEXT: &str = "云泽日报讯 副市长陈立群在会上发言，陈立群要求抓好落实。\n\n市教育局局长周怀远主持会议。𠮷田先生到会，陈立郡也在。\n\n会后，周怀远和陈立群到海陵区走访。";

fn length() -> u32 {
    TEXT.encode_utf16().count() as u32
}

fn machine(mentions: &[(u32, u32, Kind)]) -> Article {
    let mut article = Article { unit: OffsetUnit::Utf16, ..Article::empty(length()) };
    for (start, end, kind) in mentions {
        article.mentions.push(Mention { start: *start, end: *end, kind: *kind, score: 0.9, entity: 0 });
    }
    article
}

fn review(mentions: &[(u32, u32, Kind)]) -> Review {
    Review::new(TEXT, machine(mentions), Log::default()).unwrap()
}

fn decision(
    review: &Review,
    id: &str,
    author: &str,
    second: u32,
    place: (u32, u32),
    action: Action,
) -> Decision {
    let mark = review.outcome.marks.iter().find(|mark| (mark.start, mark.end) == place);
    Decision {
        id: id.into(),
        author: author.into(),
        time: format!("2026-11-24T05:30:{second:02}Z").parse().unwrap(),
        target: review.target_of(place.0, place.1),
        kind: mark.map(|mark| mark.kind),
        action,
        reason: None,
        replaces: Vec::new(),
    }
}

/// The place of some words, the first one.
fn at(words: &str) -> (u32, u32) {
    let start = TEXT[..TEXT.find(words).unwrap()].encode_utf16().count();
    (start as u32, (start + words.encode_utf16().count()) as u32)
}

fn person(words: &str) -> (u32, u32, Kind) {
    (at(words).0, at(words).1, Kind::Person)
}

fn kind() -> impl Strategy<Value = Kind> {
    proptest::sample::select(Kind::ALL.to_vec())
}

/// Spans that now and then are the same, and now and then overlap.
fn place() -> impl Strategy<Value = (u32, u32)> {
    let named = ["陈立群", "周怀远", "周怀", "海陵区", "陵区走", "陈立郡", "云泽日报", "𠮷田"].map(at);
    prop_oneof![
        3 => proptest::sample::select(named.to_vec()),
        1 => (0..length() - 4, 1u32..4).prop_map(|(start, more)| (start, start + more)),
    ]
}

fn article() -> impl Strategy<Value = Article> {
    proptest::collection::vec((place(), kind()), 0..6).prop_map(|found| {
        let mut mentions: Vec<_> = found.into_iter().map(|((start, end), kind)| (start, end, kind)).collect();
        mentions.sort_by_key(|mention| mention.0);
        mentions.dedup_by(|next, before| before.1 > next.0);
        machine(&mentions)
    })
}

#[derive(Clone, Debug)]
enum Made {
    Confirm,
    Reject,
    Kind(Kind),
    Span((u32, u32)),
    Add(Kind),
    Entity(u8),
    Note,
    Undo(usize),
    Answer(bool, Option<(u32, u32)>),
}

fn made() -> impl Strategy<Value = Made> {
    prop_oneof![
        Just(Made::Confirm),
        Just(Made::Reject),
        kind().prop_map(Made::Kind),
        place().prop_map(Made::Span),
        kind().prop_map(Made::Add),
        (0u8..3).prop_map(Made::Entity),
        Just(Made::Note),
        (0usize..12).prop_map(Made::Undo),
        (any::<bool>(), proptest::option::of(place())).prop_map(|(accept, also)| Made::Answer(accept, also)),
    ]
}

/// What is said to one of two findings.
fn answer(accept: bool, also: Option<Vec<crate::anchor::Selector>>) -> Action {
    let expected = if also.is_some() { "陈立郡" } else { "陈立群" };
    let finding = FindingKey {
        rule: "name-near".into(),
        found: "周怀远".into(),
        expected: expected.into(),
        also: also.into_iter().filter(|target| !target.is_empty()).collect(),
    };
    if accept { Action::Accept { finding } } else { Action::Dismiss { finding } }
}

/// Logs with authors, times that collide, and decisions that say what they have seen.
fn decisions() -> impl Strategy<Value = Vec<Decision>> {
    let one = (
        made(),
        place(),
        0usize..3,
        0u32..12,
        proptest::collection::vec(0usize..12, 0..3),
        proptest::option::of(kind()),
    );
    proptest::collection::vec(one, 0..12).prop_map(|all| {
        let text = review(&[]);
        let action = |made| match made {
            Made::Confirm => Action::Confirm,
            Made::Reject => Action::Reject,
            Made::Kind(kind) => Action::Kind { kind },
            Made::Span((start, end)) => Action::Span { to: text.target_of(start, end) },
            Made::Add(kind) => Action::Add { kind },
            Made::Entity(n) => Action::Entity { name: format!("实体{n}"), id: None },
            Made::Note => Action::Note { text: "查过".into() },
            Made::Undo(n) => Action::Undo { decision: n.to_string() },
            Made::Answer(accept, also) => answer(accept, also.map(|(start, end)| text.target_of(start, end))),
        };
        let numbered = all.into_iter().enumerate();
        let made = numbered.map(|(id, (made, place, author, second, replaces, kind))| Decision {
            replaces: replaces.iter().map(ToString::to_string).collect(),
            kind,
            ..decision(&text, &id.to_string(), ["张三", "李四", ""][author], second, place, action(made))
        });
        // White space alone is no target.
        made.filter(|decision| !decision.target.is_empty()).collect()
    })
}

fn replayed(article: &Article, decisions: &[Decision]) -> Outcome {
    Review::new(TEXT, article.clone(), Log::from(decisions.to_vec())).unwrap().outcome
}

proptest! {
    #[test]
    fn the_order_in_which_decisions_come_does_not_matter(article in article(), (log, other) in decisions().prop_flat_map(|log| (Just(log.clone()), Just(log).prop_shuffle()))) {
        let whole = replayed(&article, &log);
        prop_assert_eq!(&whole, &replayed(&article, &other));
        // One by one, as they are made.
        let mut review = Review::new(TEXT, article, Log::default()).unwrap();
        for decision in other {
            review.decide(decision).unwrap();
        }
        prop_assert_eq!(&whole, review.outcome());
    }

    #[test]
    fn merging_is_the_same_from_every_side(article in article(), log in decisions(), cut in 0usize..12, overlap in 0usize..4) {
        let cut = cut.min(log.len());
        let (one, two) = (&log[..cut], &log[cut.saturating_sub(overlap)..]);
        let merge = |parts: &[&[Decision]]| {
            let mut review = Review::new(TEXT, article.clone(), Log::default()).unwrap();
            for part in parts {
                review.merge(Log::from(part.to_vec())).unwrap();
            }
            (review.outcome.clone(), review.log())
        };
        prop_assert_eq!(merge(&[one, two]), merge(&[two, one]));
        prop_assert_eq!(merge(&[one, two]), merge(&[one, two, one, two]));
    }

    #[test]
    fn no_decision_is_lost(article in article(), log in decisions()) {
        let outcome = replayed(&article, &log);
        let entries = Review::new(TEXT, article, Log::from(log.clone())).unwrap().entries;
        let undone: HashSet<String> = walk::undone(&entries.ordered()).into_iter().map(str::to_owned).collect();
        let told: HashSet<&str> = outcome.marks.iter().flat_map(|mark| &mark.decisions)
            .chain(outcome.orphans.iter().map(|lost| &lost.decision))
            .chain(outcome.notes.iter().map(|note| &note.decision))
            .chain(outcome.answers.iter().flat_map(|answer| &answer.decisions))
            .map(String::as_str)
            .collect();
        for decision in &log {
            let undo = matches!(decision.action, Action::Undo { .. });
            prop_assert!(undo || undone.contains(&decision.id) || told.contains(decision.id.as_str()), "{decision:?}");
        }
    }

    #[test]
    fn a_human_has_the_last_word_over_any_machine(article in article(), other in article(), place in place(), kind in kind(), shown in kind()) {
        let mut review = Review::new(TEXT, article, Log::default()).unwrap();
        let made = decision(&review, "1", "张三", 1, place, Action::Add { kind });
        prop_assume!(!made.target.is_empty());
        review.decide(Decision { kind: Some(shown), ..made }).unwrap();
        review.set_article(other.clone()).unwrap();
        // Selectors leave white space at the ends out.
        let found = review.outcome.marks.iter().find(|mark| mark.decisions == ["1"]).unwrap();
        prop_assert!(found.state != State::Rejected && found.kind == kind);

        let mut review = Review::new(TEXT, other.clone(), Log::default()).unwrap();
        let made = decision(&review, "1", "张三", 1, place, Action::Reject);
        review.decide(made).unwrap();
        for article in [other, machine(&[])] {
            review.set_article(article).unwrap();
            let there = review.outcome.marks.iter().filter(|mark| (mark.start, mark.end) == place);
            prop_assert!(there.clone().all(|mark| mark.state == State::Rejected));
        }
    }

    #[test]
    fn undo_and_redo_lead_back(article in article(), log in decisions()) {
        let mut review = Review::new(TEXT, article, Log::from(log)).unwrap();
        let mut states = vec![review.outcome.clone()];
        let mut second = 20;
        let undo = |review: &mut Review, id: String, second: u32| {
            let undo = Decision {
                id: format!("walk {second}"),
                target: Vec::new(),
                ..decision(review, "", "张三", second, (0, 2), Action::Undo { decision: id })
            };
            review.decide(undo).unwrap();
        };
        for _ in 0..5 {
            let Some(id) = review.undo_of("张三").map(str::to_owned) else { break };
            second += 1;
            undo(&mut review, id, second);
            states.push(review.outcome.clone());
        }
        while states.len() > 1 {
            prop_assert_eq!(states.pop().unwrap(), review.outcome.clone());
            let id = review.redo_of("张三").unwrap().to_owned();
            second += 1;
            undo(&mut review, id, second);
        }
        prop_assert_eq!(states.pop().unwrap(), review.outcome.clone());
    }

    #[test]
    fn what_lives_does_not_overlap(article in article(), log in decisions()) {
        let outcome = replayed(&article, &log);
        let living: Vec<_> = outcome.marks.iter().filter(|mark| mark.state != State::Rejected).collect();
        prop_assert!(living.windows(2).all(|pair| pair[0].end <= pair[1].start), "{living:#?}");
        prop_assert!(outcome.marks.is_sorted_by_key(|mark| mark.start));
        prop_assert_eq!(outcome.total as usize, outcome.marks.len());
    }

    #[test]
    fn a_log_comes_back_from_json(log in decisions()) {
        let log = Log::from(log);
        let json = serde_json::to_string(&log).unwrap();
        prop_assert_eq!(Log::from_json(&json).unwrap(), log);
    }

    #[test]
    fn any_bytes_are_read_or_refused(text in ".{0,200}") {
        if let Err(error) = Log::from_json(&text) {
            prop_assert!(!error.hint().is_empty());
        }
        let _ = text.parse::<Moment>();
    }

    #[test]
    fn moments_come_back(days in 0i64..2_900_000, millis in 0i64..86_400_000) {
        let moment = Moment::from_millis((days - 700_000) * 86_400_000 + millis);
        prop_assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
    }
}

#[test]
fn two_who_have_not_seen_each_other_disagree_and_the_later_shows() {
    let mut review = review(&[person("周怀远")]);
    let one = decision(&review, "1", "张三", 1, at("周怀远"), Action::Kind { kind: Kind::Official });
    let two = decision(&review, "2", "李四", 2, at("周怀远"), Action::Kind { kind: Kind::Place });
    review.merge(Log::from(vec![two.clone(), one.clone()])).unwrap();
    let mark = &review.outcome.marks[0];
    assert_eq!((mark.kind, mark.state), (Kind::Place, State::Changed));
    assert_eq!(mark.conflicts, [Aspect::Kind]);
    assert_eq!(review.outcome.conflicts[0].decisions, ["1", "2"]);

    // Who has seen both settles it.
    let seen = review.seen(mark.subject.start, mark.subject.end).into_iter().map(str::to_owned).collect();
    let three = decision(&review, "3", "王五", 3, at("周怀远"), Action::Confirm);
    review.decide(Decision { replaces: seen, kind: Some(Kind::Official), ..three }).unwrap();
    assert!(review.outcome.conflicts.is_empty());
    assert_eq!(review.outcome.marks[0].kind, Kind::Official);
}

#[test]
fn a_rejection_and_a_correction_are_a_conflict() {
    let mut review = review(&[person("周怀远")]);
    let one = decision(&review, "1", "张三", 1, at("周怀远"), Action::Kind { kind: Kind::Official });
    let two = decision(&review, "2", "李四", 2, at("周怀远"), Action::Reject);
    review.merge(Log::from(vec![one, two])).unwrap();
    assert_eq!(review.outcome.marks[0].state, State::Rejected);
    assert_eq!(review.outcome.conflicts[0].aspect, Aspect::Existence);
}

#[test]
fn a_span_that_moved_is_still_the_same_name() {
    let mut review = review(&[person("周怀")]);
    let to = review.target_of(at("周怀远").0, at("周怀远").1);
    review.decide(decision(&review, "1", "张三", 1, at("周怀"), Action::Span { to })).unwrap();
    assert_eq!((review.outcome.marks[0].start, review.outcome.marks[0].end), at("周怀远"));
    review
        .decide(decision(&review, "2", "张三", 2, at("周怀远"), Action::Kind { kind: Kind::Official }))
        .unwrap();
    assert_eq!(review.outcome.marks.len(), 1);
    assert_eq!(review.outcome.marks[0].decisions, ["1", "2"]);
}

#[test]
fn what_the_text_no_longer_has_is_an_orphan_and_stays_in_the_log() {
    let review = review(&[person("周怀远")]);
    let made = decision(&review, "1", "张三", 1, at("周怀远"), Action::Confirm);
    let mut other =
        Review::new("别的文章。", Article { unit: OffsetUnit::Utf16, ..Article::empty(5) }, Log::default())
            .unwrap();
    other.decide(made).unwrap();
    assert_eq!(other.outcome.orphans, [Lost { decision: "1".into(), why: Why::Absent }]);
    assert_eq!(other.log().decisions.len(), 1);
}

#[test]
fn two_contents_of_one_id_are_told() {
    let mut review = review(&[person("周怀远")]);
    for kind in [Kind::Place, Kind::Official] {
        review.decide(decision(&review, "1", "张三", 1, at("周怀远"), Action::Kind { kind })).unwrap();
    }
    assert_eq!(review.outcome.conflicts[0].aspect, Aspect::Decision);
    assert_eq!(review.log().decisions.len(), 2);
}

#[test]
fn what_cannot_be_laid_over_a_text_is_refused_whole() {
    let mut review = review(&[person("周怀远")]);
    let fine = decision(&review, "1", "张三", 1, at("周怀远"), Action::Confirm);
    for broken in [
        Decision { id: String::new(), ..fine.clone() },
        Decision { target: Vec::new(), ..fine.clone() },
        Decision { reason: Some("字".repeat(10_001)), ..fine.clone() },
    ] {
        let error = review.merge(Log::from(vec![fine.clone(), broken])).unwrap_err();
        assert_eq!(error.code(), "DECISION_INVALID");
        assert!(review.log().decisions.is_empty());
    }
    let bytes = Review::new("字", Article::empty(3), Log::default()).unwrap_err();
    assert_eq!(bytes.code(), "ARTICLE_UNIT");
    let long = Review::new("字", machine(&[]), Log::default()).unwrap_err();
    assert_eq!(long.code(), "ARTICLE_LENGTH");
}

#[test]
fn what_is_agreed_on_is_taught() {
    let second = (at("陈立群要求").0, at("陈立群要求").1 - 2);
    let mut review = review(&[person("陈立群"), (second.0, second.1, Kind::Person), person("周怀远")]);
    for (id, place, action) in [
        ("1", at("周怀远"), Action::Kind { kind: Kind::Official }),
        ("2", at("海陵区"), Action::Add { kind: Kind::Place }),
        ("3", at("陈立群"), Action::Confirm),
        ("4", second, Action::Reject),
    ] {
        review.decide(decision(&review, id, "张三", 1, place, action)).unwrap();
    }
    let taught = review.terms();
    assert_eq!(taught, [("周怀远".to_owned(), Kind::Official), ("海陵区".to_owned(), Kind::Place)]);
}
