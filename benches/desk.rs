//! What a fact-checker waits for: a roster of 50,000 rows, and one decision on a story of 100,000
//! characters with 1,000 decisions.
//!
//!     cargo bench --bench desk

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use mingzhu::review::{Action, Decision, Log, Review};
use mingzhu::roster::{Confusables, Roster, check};
use mingzhu::{Article, Entity, Kind, Mention, OffsetUnit};

fn list() -> String {
    const GIVEN: &str = "立群玉洁明远国华怀远志强建平晓东海燕春生文博雅琴思源";
    const SURNAMES: &str = "陈吴赵林孙周李王张刘杨黄徐胡朱高";
    let (given, surnames): (Vec<char>, Vec<char>) = (GIVEN.chars().collect(), SURNAMES.chars().collect());
    let mut list = "name,body,title,rank,from,to\n".to_owned();
    for row in 0..50_000 {
        let name = [surnames[row % 16], given[row / 16 % given.len()], given[row / 400 % given.len()]];
        let name: String = name.iter().collect();
        list +=
            &format!("{name},滨州市第{row}局,副局长,{},2020-01,2025-{:02}-28\n", row % 9 + 1, row % 12 + 1);
    }
    list
}

fn roster(c: &mut Criterion) {
    let list = list();
    c.bench_function("a roster of 50,000 rows is read", |b| {
        b.iter(|| Roster::read(black_box(&list)).unwrap())
    });
    let confusables = std::fs::read(format!("{}/assets/confusables.mz", env!("CARGO_MANIFEST_DIR"))).unwrap();
    c.bench_function("confusables.mz is read", |b| {
        b.iter(|| Confusables::load("c", black_box(&confusables)).unwrap())
    });
    let confusables = Confusables::load("c", &confusables).unwrap();
    // Somebody who is not listed: whoever is nearly called so must be looked for.
    let text = "副市长陈立裙出席。";
    let mention = Mention { start: 9, end: 18, kind: Kind::Person, score: 0.9, entity: 0 };
    let entity = Entity {
        kind: Kind::Person,
        name: "陈立裙".into(),
        aliases: Vec::new(),
        mentions: vec![0],
        offices: Vec::new(),
        division: None,
        open: None,
    };
    let article =
        Article { mentions: vec![mention], entities: vec![entity], ..Article::empty(text.len() as u32) };
    // What a fact-checker waits for: the index is made by the first check.
    c.bench_function(
        "a roster of 50,000 rows is read, and an article checked against it for the first time",
        |b| {
            b.iter(|| {
                let roster = Roster::read(black_box(&list)).unwrap();
                check(text, &article, Some(&roster), &confusables, None)
            });
        },
    );
    let roster = Roster::read(&list).unwrap();
    let (text, article) = bodies(400);
    c.bench_function("a story that names 400 bodies is checked again", |b| {
        b.iter(|| check(&text, &article, Some(&roster), &confusables, None));
    });
}

/// A story of so many bodies, of which each is named five times.
fn bodies(count: u32) -> (String, Article) {
    let names: Vec<String> = (0..count).map(|n| format!("青禾第{n:03}研究中心学院")).collect();
    let mut text = String::new();
    let mut article = Article::empty(0);
    for _ in 0..5 {
        for (entity, name) in (0..).zip(&names) {
            let start = text.len() as u32;
            text += name;
            let end = text.len() as u32;
            article.mentions.push(Mention { start, end, kind: Kind::Organization, score: 0.9, entity });
            text += "参加。";
        }
    }
    article.length = text.len() as u32;
    (text, article)
}

fn review(c: &mut Criterion) {
    // 20 characters with one name each, every paragraph of its own.
    let text: String = (0..5000).map(|n| format!("第{n:05}次会议，副市长陈立群到会。\n\n")).collect();
    let length = text.encode_utf16().count() as u32;
    let mut article = Article { unit: OffsetUnit::Utf16, ..Article::empty(length) };
    let each = length / 5000;
    article.mentions.extend((0..5000).map(|n| Mention {
        start: n * each + 12,
        end: n * each + 15,
        kind: Kind::Official,
        score: 0.9,
        entity: 0,
    }));
    let empty = Review::new(&text, article.clone(), Log::default()).unwrap();
    let decision = |n: u32| Decision {
        id: n.to_string(),
        author: "张三".into(),
        time: "2026-11-24T05:30:00Z".parse().unwrap(),
        target: empty.target_of(n * 5 * each + 12, n * 5 * each + 15),
        kind: Some(Kind::Official),
        action: Action::Confirm,
        reason: None,
        replaces: Vec::new(),
    };
    let log = Log::from((0..999).map(decision).collect::<Vec<_>>());
    c.bench_function(
        "one decision on a story of 100,000 characters with 5,000 marks and 1,000 decisions",
        |b| {
            b.iter_batched(
                || (Review::new(&text, article.clone(), log.clone()).unwrap(), decision(999)),
                |(mut review, decision)| {
                    review.decide(decision).unwrap();
                    review
                },
                BatchSize::LargeInput,
            );
        },
    );
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = roster, review
}
criterion_main!(benches);
