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
    Office(u8),
    Note,
    Undo(usize),
    Withdraw(Vec<usize>),
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
        (0u8..3).prop_map(Made::Office),
        Just(Made::Note),
        (0usize..12).prop_map(Made::Undo),
        proptest::collection::vec(0usize..12, 0..4).prop_map(Made::Withdraw),
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
            Made::Office(n) => {
                Action::Office { title: format!("第{n}副市长"), body: None, public: Some(n == 0) }
            }
            Made::Note => Action::Note { text: "查过".into() },
            Made::Undo(n) => Action::Undo { decision: n.to_string() },
            Made::Withdraw(all) => {
                Action::Withdraw { decisions: all.iter().map(ToString::to_string).collect() }
            }
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
            let undo = decision.action.is_undo();
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
        // White space at the ends is no part of a place, though a machine might mark it.
        prop_assume!(super::place(&made.target, &review.text) == Ok(place));
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

    /// However wrong anybody's clock is, whatever anybody forges.
    #[test]
    fn who_has_seen_everything_has_the_last_word(article in article(), log in decisions(), place in place(), made in kind(), at in any::<prop::sample::Index>(), on_mark in any::<bool>(), year in 1u32..9999) {
        let review = Review::new(TEXT, article, Log::from(log)).unwrap();
        let marks = &review.outcome.marks;
        let place = match marks.get(at.index(marks.len().max(1))).filter(|_| on_mark) {
            Some(mark) => (mark.subject.start, mark.subject.end),
            None => place,
        };
        let seen: Vec<String> = review.seen(place.0, place.1).into_iter().map(str::to_owned).collect();
        let target = review.target_of(place.0, place.1);
        // White space at the ends is no part of a place.
        prop_assume!(super::place(&target, &review.text) == Ok(place));
        let time = format!("{year:04}-01-01T00:00:00Z").parse().unwrap();
        for action in [Action::Kind { kind: made }, Action::Reject] {
            let rejects = action == Action::Reject;
            let last = Decision { time, replaces: seen.clone(), ..decision(&review, "last", "王五", 0, place, action) };
            let mut after = Review::new(TEXT, review.article.clone(), review.log()).unwrap();
            after.decide(last).unwrap();
            let found = after.outcome.marks.iter().find(|mark| mark.decisions.iter().any(|id| id == "last"));
            // What nobody has called a name is none that could be shown as rejected.
            let Some(mark) = found else {
                prop_assert!(rejects, "{:#?}", after.outcome);
                continue;
            };
            prop_assert!(!mark.conflicts.iter().any(|aspect| matches!(aspect, Aspect::Existence | Aspect::Overlap)), "{mark:#?}");
            if rejects {
                prop_assert_eq!(mark.state, State::Rejected);
            } else {
                prop_assert!(mark.state.is_living() && mark.kind == made && !mark.conflicts.contains(&Aspect::Kind), "{:#?}", mark);
            }
            // And it can be taken back, which is as if it had never been made.
            let undo = Decision { id: "undo".into(), target: Vec::new(), time, ..decision(&after, "", "王五", 0, place, Action::Undo { decision: "last".into() }) };
            after.decide(undo).unwrap();
            prop_assert_eq!(&after.outcome, &review.outcome);
        }
    }

    #[test]
    fn what_an_import_brought_can_be_withdrawn(article in article(), log in decisions(), imported in decisions()) {
        let renamed = |id: &str| format!("theirs {id}");
        let imported: Vec<Decision> = imported.into_iter().map(|decision| Decision {
            id: renamed(&decision.id),
            // They have seen nothing of ours.
            replaces: decision.replaces.iter().map(|id| renamed(id)).collect(),
            action: match decision.action {
                Action::Undo { decision } => Action::Undo { decision: renamed(&decision) },
                Action::Withdraw { decisions } => Action::Withdraw { decisions: decisions.iter().map(|id| renamed(id)).collect() },
                action => action,
            },
            ..decision
        }).collect();
        let mut review = Review::new(TEXT, article, Log::from(log)).unwrap();
        let before = review.outcome.clone();
        let imported = Log::from(imported);
        let decisions = review.unknown(&imported);
        prop_assert_eq!(decisions.len(), imported.decisions.len());
        review.merge(imported.clone()).unwrap();
        prop_assert!(review.unknown(&imported).is_empty());
        let with = review.outcome.clone();
        // Whoever does it, signed or not, and whoever has decided it.
        let withdraw = Decision { target: Vec::new(), ..decision(&review, "withdraw", "", 0, (0, 2), Action::Withdraw { decisions }) };
        review.decide(withdraw).unwrap();
        prop_assert_eq!(&review.outcome, &before);
        // One step back brings it all again.
        prop_assert_eq!(review.undo_of(""), Some("withdraw"));
        let undo = Decision { target: Vec::new(), ..decision(&review, "undo", "", 1, (0, 2), Action::Undo { decision: "withdraw".into() }) };
        review.decide(undo).unwrap();
        prop_assert_eq!(&review.outcome, &with);
    }

    #[test]
    fn what_lives_does_not_overlap(article in article(), log in decisions()) {
        let outcome = replayed(&article, &log);
        let living: Vec<_> = outcome.marks.iter().filter(|mark| !matches!(mark.state, State::Rejected | State::Covered)).collect();
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

    #[test]
    fn no_moment_is_written_that_cannot_be_read(millis in any::<i64>(), year in prop_oneof![Just(1), Just(9999)], month in prop_oneof![Just((1, 1)), Just((12, 31))], hour in 0u32..24, zone in -23i32..24) {
        let moment = Moment::from_millis(millis);
        prop_assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
        let written = format!("{year:04}-{:02}-{:02}T{hour:02}:30:00{zone:+03}:00", month.0, month.1);
        if let Ok(moment) = written.parse::<Moment>() {
            prop_assert_eq!(moment.to_string().parse::<Moment>().unwrap(), moment);
        }
    }
}

#[test]
fn a_zone_leads_out_of_no_year_that_can_be_written() {
    for written in ["0001-01-01T00:00:00+01:00", "9999-12-31T23:30:00-01:00"] {
        assert_eq!(written.parse::<Moment>().unwrap_err().code(), "TIME_INVALID", "{written}");
    }
    assert_eq!(Moment::from_millis(i64::MIN).to_string(), "0001-01-01T00:00:00.000Z");
    assert_eq!(Moment::from_millis(i64::MAX).to_string(), "9999-12-31T23:59:59.999Z");
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

fn named(review: &Review, start: u32, end: u32) -> Vec<String> {
    review.seen(start, end).into_iter().map(str::to_owned).collect()
}

#[test]
fn nobody_stays_right_because_their_clock_is_wrong() {
    let mut review = review(&[person("周怀远")]);
    let place = at("周怀远");
    let ahead = decision(&review, "ahead", "张三", 1, place, Action::Kind { kind: Kind::Place });
    review.decide(Decision { time: "9999-12-31T23:59:59Z".parse().unwrap(), ..ahead }).unwrap();
    let replaces = named(&review, place.0, place.1);
    let mine = decision(&review, "mine", "李四", 1, place, Action::Kind { kind: Kind::Official });
    review.decide(Decision { replaces, ..mine }).unwrap();
    let mark = &review.outcome.marks[0];
    assert_eq!(
        (mark.kind, &mark.holding[..], mark.conflicts.len()),
        (Kind::Official, &["mine".to_owned()][..], 0)
    );
    // Taken back by whoever likes.
    let undo = decision(&review, "undo", "李四", 2, place, Action::Undo { decision: "ahead".into() });
    review.decide(Decision { target: Vec::new(), ..undo }).unwrap();
    assert_eq!(review.outcome.marks[0].decisions, ["mine"]);
}

#[test]
fn a_new_decision_is_later_than_all_that_there_are_but_for_those_of_no_time() {
    let mut review = review(&[person("周怀远")]);
    let now: Moment = "2026-11-24T05:00:00Z".parse().unwrap();
    assert_eq!(review.moment(now), now);
    review.decide(decision(&review, "1", "张三", 1, at("周怀远"), Action::Confirm)).unwrap();
    assert_eq!(review.moment(now).to_string(), "2026-11-24T05:30:01.001Z");
    let far = decision(&review, "2", "李四", 1, at("周怀远"), Action::Confirm);
    review.decide(Decision { time: "9999-12-31T23:59:59.999Z".parse().unwrap(), ..far }).unwrap();
    assert_eq!(review.moment(now).to_string(), "2026-11-24T05:30:01.001Z");
}

#[test]
fn decisions_that_name_each_other_take_nothing_from_who_has_seen_them() {
    let mut review = review(&[person("周怀远")]);
    let place = at("周怀远");
    for (id, other, kind) in [("1", "2", Kind::Place), ("2", "1", Kind::Organization)] {
        let forged = decision(&review, id, id, 9, place, Action::Kind { kind });
        review.decide(Decision { replaces: vec![other.into()], ..forged }).unwrap();
    }
    let replaces = named(&review, place.0, place.1);
    assert!(!replaces.is_empty());
    let mine = decision(&review, "3", "李四", 1, place, Action::Kind { kind: Kind::Official });
    review.decide(Decision { replaces, ..mine }).unwrap();
    assert_eq!(review.outcome.marks[0].kind, Kind::Official);
}

#[test]
fn those_who_do_not_sign_are_not_one_person() {
    let mut review = review(&[person("周怀远")]);
    let theirs = decision(&review, "theirs", "", 2, at("周怀远"), Action::Kind { kind: Kind::Place });
    let mine = decision(&review, "mine", "", 1, at("周怀远"), Action::Kind { kind: Kind::Official });
    review.decide(mine).unwrap();
    review.merge(Log::from(vec![theirs])).unwrap();
    assert_eq!(review.outcome.conflicts[0].decisions, ["mine", "theirs"]);
    // Theirs is the later one, but it is not mine to take back.
    assert_eq!(review.undo_of(""), Some("mine"));
    let undo = decision(&review, "undo", "", 3, (0, 2), Action::Undo { decision: "mine".into() });
    review.decide(Decision { target: Vec::new(), ..undo }).unwrap();
    assert_eq!((review.undo_of(""), review.redo_of("")), (None, Some("undo")));
    let other = Review::new(TEXT, review.article.clone(), review.log()).unwrap();
    assert_eq!((other.undo_of(""), other.redo_of("")), (None, None));
}

#[test]
fn what_gives_way_to_another_name_is_covered_and_told_only_to_whoever_has_not_seen_it() {
    let add = |review: &Review, id: &str, author: &str, second, words| {
        decision(review, id, author, second, at(words), Action::Add { kind: Kind::Place })
    };
    // One person who thinks again.
    let mut own = review(&[]);
    own.decide(add(&own, "1", "张三", 1, "海陵区")).unwrap();
    own.decide(add(&own, "2", "张三", 2, "陵区走")).unwrap();
    let states: Vec<_> = own.outcome.marks.iter().map(|mark| mark.state).collect();
    assert_eq!((&states[..], own.outcome.conflicts.len()), (&[State::Covered, State::Added][..], 0));
    // Two of whom the second has seen what the first one did, and does not sign.
    let mut seen = review(&[]);
    seen.decide(add(&seen, "1", "张三", 1, "海陵区")).unwrap();
    let replaces = named(&seen, at("陵区走").0, at("陵区走").1);
    assert_eq!(replaces, ["1"]);
    seen.decide(Decision { replaces, ..add(&seen, "2", "", 0, "陵区走") }).unwrap();
    assert_eq!((seen.outcome.marks[0].state, seen.outcome.conflicts.len()), (State::Covered, 0));
    // Two who know nothing of each other.
    let mut unseen = review(&[]);
    let log = vec![add(&unseen, "1", "张三", 1, "海陵区"), add(&unseen, "2", "李四", 2, "陵区走")];
    unseen.merge(Log::from(log)).unwrap();
    assert_eq!(unseen.outcome.conflicts[0].decisions, ["1", "2"]);
    assert_eq!(unseen.outcome.marks[0].conflicts, [Aspect::Overlap]);
}

#[test]
fn what_is_known_already_fills_no_log() {
    let mut review = review(&[person("周怀远")]);
    let note = Action::Note { text: String::new() };
    let one = Decision { target: Vec::new(), ..decision(&review, "", "张三", 1, (0, 2), note) };
    let log =
        Log::from((0..60_000).map(|id| Decision { id: id.to_string(), ..one.clone() }).collect::<Vec<_>>());
    review.merge(log.clone()).unwrap();
    review.merge(log.clone()).unwrap();
    assert_eq!(review.log().decisions.len(), 60_000);
    let others =
        log.decisions.into_iter().map(|decision| Decision { id: format!("{}b", decision.id), ..decision });
    assert_eq!(review.merge(Log::from(others.collect::<Vec<_>>())).unwrap_err().code(), "LOG_FULL");
    assert_eq!(review.log().decisions.len(), 60_000);
}

#[test]
fn nothing_in_a_decision_is_without_bounds() {
    let review = review(&[person("周怀远")]);
    let fine = decision(&review, "1", "张三", 1, at("周怀远"), Action::Confirm);
    let long = "字".repeat(10_001);
    let quote = |exact: &str, prefix: &str, suffix: &str| {
        let [exact, prefix, suffix] = [exact, prefix, suffix].map(str::to_owned);
        vec![Selector::TextQuoteSelector { exact, prefix, suffix }]
    };
    let with = |action| Decision { action, ..fine.clone() };
    for broken in [
        Decision { target: quote("字", &long, ""), ..fine.clone() },
        Decision { target: quote("字", "", &long), ..fine.clone() },
        Decision { replaces: vec!["1".repeat(201)], ..fine.clone() },
        Decision { replaces: vec![String::new()], ..fine.clone() },
        with(Action::Span { to: quote(&long, "", "") }),
        with(Action::Undo { decision: "1".repeat(201) }),
        with(Action::Withdraw { decisions: vec!["1".into(); 10_001] }),
    ] {
        assert_eq!(broken.check().unwrap_err().code(), "DECISION_INVALID", "{:?}", broken.action);
    }
    let most = with(Action::Withdraw { decisions: vec!["1".into(); 10_000] });
    assert!(most.check().is_ok());
}

#[test]
fn what_is_taught_are_names_that_an_annotator_takes() {
    let text = "副市长陈\n立群和 John\nSmith 到会，——发言。";
    let length = text.encode_utf16().count() as u32;
    let article = Article { unit: OffsetUnit::Utf16, ..Article::empty(length) };
    let mut review = Review::new(text, article, Log::default()).unwrap();
    for (id, start, end) in [("1", 3, 7), ("2", 9, 19), ("3", 23, 25)] {
        let action = Action::Add { kind: Kind::Person };
        let made = Decision {
            target: review.target_of(start, end),
            ..decision(&review, id, "张三", 1, (start, end), action)
        };
        review.decide(made).unwrap();
    }
    let names: Vec<String> = review.terms().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["John Smith", "陈立群"]);
}
