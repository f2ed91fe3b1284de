//! What is left of a machine's article, once humans have spoken.

use proptest::prelude::*;

use crate::article::{Article, Because, Entity, Kind, Mention, Office, OffsetUnit, Post, Rule, Span, Title};
use crate::review::{Action, Decision, Log, Review};

const TEXT: &str = "云泽市副市长陈立裙出席会议。云泽市教育局局长周怀远主持。";

fn units(words: &str) -> Span {
    let start = TEXT.find(words).unwrap();
    let count = |text: &str| text.encode_utf16().count() as u32;
    Span { start: count(&TEXT[..start]), end: count(&TEXT[..start + words.len()]) }
}

/// The machine has read 云泽市 副市长 陈立裙, and of the second sentence 局长 周怀远 alone.
fn machine() -> Article {
    let mention = |words: &str, kind, entity| {
        let Span { start, end } = units(words);
        Mention { start, end, kind, score: 0.9, entity }
    };
    let title = |words: &str| {
        let Span { start, end } = units(words);
        Title { start, end, score: 0.9 }
    };
    let office = |person, title, place, post: &str, body: Option<&str>| Office {
        person,
        title,
        body: None,
        place,
        public: true,
        because: Because { rule: Rule::Title, word: post.into() },
        posts: vec![Post { name: post.into(), body: body.map(Into::into), ..posts(post) }],
        evidence: vec![units(post)],
    };
    let entity = |kind, name: &str, mentions: &[u32], offices: &[u32]| Entity {
        kind,
        name: name.into(),
        aliases: Vec::new(),
        mentions: mentions.to_vec(),
        offices: offices.to_vec(),
        division: None,
        open: None,
    };
    Article {
        unit: OffsetUnit::Utf16,
        mentions: vec![
            mention("云泽市", Kind::Place, 0),
            mention("陈立裙", Kind::Official, 1),
            mention("周怀远", Kind::Official, 2),
        ],
        titles: vec![title("副市长"), title("局长")],
        offices: vec![
            office(1, 0, Some(0), "副市长", Some("云泽市人民政府")),
            office(2, 1, None, "局长", None),
        ],
        entities: vec![
            entity(Kind::Place, "云泽市", &[0], &[]),
            entity(Kind::Official, "陈立裙", &[1], &[0]),
            entity(Kind::Official, "周怀远", &[2], &[1]),
        ],
        ..Article::empty(TEXT.encode_utf16().count() as u32)
    }
}

fn posts(name: &str) -> Post {
    crate::office::posts_of(name).remove(0)
}

/// The article once these things have been decided, in order.
fn reviewed(decisions: &[(&str, Action)]) -> Article {
    let mut review = Review::new(TEXT, machine(), Log::default()).unwrap();
    for (count, (words, action)) in decisions.iter().enumerate() {
        let Span { start, end } = units(words);
        let marks = &review.outcome().marks;
        let kind = marks.iter().find(|mark| (mark.start, mark.end) == (start, end)).map(|mark| mark.kind);
        review
            .decide(Decision {
                id: count.to_string(),
                author: "张三".into(),
                time: format!("2026-11-24T05:30:{count:02}Z").parse().unwrap(),
                target: review.target_of(start, end),
                kind,
                action: action.clone(),
                reason: None,
                replaces: Vec::new(),
            })
            .unwrap();
    }
    let article = review.reviewed().into_owned();
    holds_together(&article);
    article
}

/// Every index leads somewhere, and mentions and entities know each other.
fn holds_together(article: &Article) {
    for (index, mention) in (0..).zip(&article.mentions) {
        assert!(mention.start < mention.end && mention.end <= article.length);
        assert!(article.entities[mention.entity as usize].mentions.contains(&index));
    }
    assert!(article.mentions.windows(2).all(|pair| pair[0].end <= pair[1].start));
    for (index, office) in (0..).zip(&article.offices) {
        let entity = article.mentions[office.person as usize].entity;
        assert!(article.entities[entity as usize].offices.contains(&index));
        assert!((office.title as usize) < article.titles.len());
        for mention in [office.body, office.place].into_iter().flatten() {
            assert!((mention as usize) < article.mentions.len());
        }
    }
    for entity in &article.entities {
        assert!(!entity.mentions.is_empty());
    }
}

/// The offices as `name: body post`.
fn offices(article: &Article) -> Vec<String> {
    let words = |start: u32, end: u32| {
        let units: Vec<u16> = TEXT.encode_utf16().collect();
        String::from_utf16_lossy(&units[start as usize..end as usize])
    };
    let named = |mention: u32| {
        let mention = &article.mentions[mention as usize];
        words(mention.start, mention.end)
    };
    let mut said = Vec::new();
    for office in &article.offices {
        let entity = &article.entities[article.mentions[office.person as usize].entity as usize];
        for post in &office.posts {
            let body = post.body.clone().or_else(|| office.body.or(office.place).map(named));
            said.push(format!("{}: {} {}", entity.name, body.unwrap_or_default(), post.name));
        }
    }
    said
}

#[test]
fn what_nobody_touched_is_the_machines() {
    assert_eq!(reviewed(&[]), machine());
    assert_eq!(reviewed(&[("陈立裙", Action::Confirm)]), machine());
    let review = Review::new(TEXT, machine(), Log::default()).unwrap();
    assert!(matches!(review.reviewed(), std::borrow::Cow::Borrowed(_)));
}

#[test]
fn what_is_rejected_holds_nothing() {
    let article = reviewed(&[("陈立裙", Action::Reject)]);
    assert_eq!(offices(&article), ["周怀远:  局长"]);
    assert_eq!(article.entities.len(), 2);
}

#[test]
fn without_a_mark_the_words_before_a_title_are_what_is_left() {
    let article = reviewed(&[("云泽市", Action::Reject)]);
    assert_eq!(offices(&article), ["陈立裙: 云泽市 副市长", "周怀远:  局长"]);
    assert!(article.offices.iter().all(|office| office.place.is_none()));
}

#[test]
fn what_is_added_is_read_from_the_text() {
    let article = reviewed(&[("云泽市教育局", Action::Add { kind: Kind::Organization })]);
    assert_eq!(offices(&article), ["陈立裙: 云泽市人民政府 副市长", "周怀远: 云泽市教育局 局长"]);
    let article = reviewed(&[
        ("周怀远", Action::Kind { kind: Kind::Place }),
        ("云泽市教育局", Action::Add { kind: Kind::Organization }),
    ]);
    assert_eq!(offices(&article), ["陈立裙: 云泽市人民政府 副市长"]);
    let article = reviewed(&[("周怀远", Action::Reject), ("局长周怀远", Action::Add { kind: Kind::Person })]);
    assert_eq!(offices(&article), ["陈立裙: 云泽市人民政府 副市长"], "a name covers the title");
    assert_eq!(article.titles.len(), 1);
}

#[test]
fn a_name_that_is_drawn_wider_is_that_name() {
    let mut machine = machine();
    machine.mentions[1].end -= 1;
    machine.entities[1].name = "陈立".into();
    let mut review = Review::new(TEXT, machine, Log::default()).unwrap();
    let Span { start, end } = units("陈立裙");
    review
        .decide(Decision {
            id: "1".into(),
            author: String::new(),
            time: "2026-11-24T05:30:00Z".parse().unwrap(),
            target: review.target_of(start, end - 1),
            kind: Some(Kind::Official),
            action: Action::Span { to: review.target_of(start, end) },
            reason: None,
            replaces: Vec::new(),
        })
        .unwrap();
    let article = review.reviewed().into_owned();
    holds_together(&article);
    assert_eq!(offices(&article)[0], "陈立裙: 云泽市人民政府 副市长");
}

#[test]
fn what_a_name_means_and_holds_is_what_a_human_says() {
    let means = Action::Entity { name: "陈立群".into(), id: None };
    let holds =
        Action::Office { title: "市长".into(), body: Some("云泽市人民政府".into()), public: None };
    let article = reviewed(&[("陈立裙", means), ("陈立裙", holds)]);
    assert_eq!(offices(&article), ["陈立群: 云泽市人民政府 市长", "周怀远:  局长"]);
    let office = &article.offices[0];
    assert_eq!(office.evidence, [units("陈立裙")]);
    let title = &article.titles[office.title as usize];
    assert_eq!((title.start, title.end), (units("陈立裙").start, units("陈立裙").end));
}

fn action() -> impl Strategy<Value = Action> {
    let kind = || proptest::sample::select(Kind::ALL.to_vec());
    prop_oneof![
        Just(Action::Confirm),
        Just(Action::Reject),
        kind().prop_map(|kind| Action::Kind { kind }),
        kind().prop_map(|kind| Action::Add { kind }),
        Just(Action::Entity { name: "陈立群".into(), id: None }),
        Just(Action::Office { title: "市委常委、副市长".into(), body: None, public: None }),
    ]
}

proptest! {
    #[test]
    fn whatever_is_decided_the_records_hold_together(
        decisions in proptest::collection::vec((0usize..8, action()), 0..8)
    ) {
        let places =
            ["云泽市", "陈立裙", "周怀远", "云泽市教育局", "局长周怀远", "副市长", "立裙出席", "主持。"];
        let decisions: Vec<(&str, Action)> =
            decisions.into_iter().map(|(place, action)| (places[place], action)).collect();
        reviewed(&decisions);
    }
}
