//! A text that was changed is read again: what stayed the same is remembered, and what is found
//! is what is found without.

mod common;

use std::cell::RefCell;

use common::ANNOTATOR;
use mingzhu::{Article, Memory};
use proptest::prelude::*;

const SENTENCES: [&str; 13] = [
    "云泽日报讯(记者苏文漪 报道)3月18日,绍兴市教育工作会议召开。",
    "副市长陈立群在会上发言。",
    "陈立群指出,我市要办好学校。",
    "市长周怀远在绍兴市调研,秦望舒先生陪同。",
    "今天晴。",
    "浙江大学附属第一医院院长罗景行出席会议并讲话。",
    "周怀远强调,市教育局要抓好落实。",
    "# 「沈知白:为了孩子」",
    "游客在绍兴市区散步。",
    "游客在绍\n兴市区散步。",
    "游客在绍兴\n\n市区散步。",
    "市长周怀\n远在绍兴市调研,秦 望 舒先生陪同。",
    "市长周怀远在绍\n\n兴市调研,秦望舒先生\n陪同。",
];

fn read(text: &str, memory: &RefCell<Memory>) -> Article {
    ANNOTATOR.begin(text).unwrap().with_memory(memory).complete()
}

#[test]
fn only_changed_sentences_are_read_again() {
    let memory = RefCell::default();
    read(&SENTENCES[..4].concat(), &memory);
    assert_eq!(memory.borrow().len(), 4);
    // One is gone, one is new.
    read(&SENTENCES[1..5].concat(), &memory);
    assert_eq!(memory.borrow().len(), 4);
    read("", &memory);
    assert!(memory.borrow().is_empty());
}

#[test]
fn of_a_part_only_what_it_touches_is_read_and_nothing_is_forgotten() {
    let memory = RefCell::default();
    let text = SENTENCES[..6].concat();
    let whole = read(&text, &memory);
    let start = text.find("陈立群指出").unwrap();
    let part = ANNOTATOR.begin(&text).unwrap().with_memory(&memory).with_part(start..start + 1).complete();
    assert_eq!(memory.borrow().len(), 6);
    let there = |article: &Article| {
        let last = start + SENTENCES[2].len();
        let inside = article.mentions.iter().filter(|m| (start..last).contains(&(m.start as usize)));
        inside.map(|m| (m.start, m.end)).collect::<Vec<_>>()
    };
    assert_eq!(there(&part), there(&whole));
    assert_eq!(part.mentions.len(), there(&part).len());
    assert!(!part.mentions.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_remembered_changes_nothing(
        texts in proptest::collection::vec(proptest::collection::vec(0..SENTENCES.len(), 0..8), 1..4),
    ) {
        let memory = RefCell::default();
        for text in texts {
            let text: String = text.into_iter().map(|at| SENTENCES[at]).collect::<Vec<_>>().join("\n\n");
            prop_assert_eq!(read(&text, &memory), ANNOTATOR.annotate(&text).unwrap());
        }
    }

    #[test]
    fn a_part_that_is_all_of_the_text_is_the_text(texts in proptest::collection::vec(0..SENTENCES.len(), 0..8)) {
        let text = texts.into_iter().map(|at| SENTENCES[at]).collect::<Vec<_>>().join("\n\n");
        let whole = ANNOTATOR.begin(&text).unwrap().with_part(0..text.len()).complete();
        prop_assert_eq!(whole, ANNOTATOR.annotate(&text).unwrap());
    }
}
