//! What two blocks of a page hold is not one name.

mod common;

use common::ANNOTATOR;
use proptest::prelude::*;

/// The names of a text, broken ones too, as they are written.
fn names(text: &str) -> Vec<&str> {
    let article = ANNOTATOR.annotate(text).unwrap();
    article.mentions.iter().map(|mention| &text[mention.start as usize..mention.end as usize]).collect()
}

#[test]
fn lists_of_places_stay_apart() {
    let text = "绍兴市\n\n杭州市\n\n绍兴市副市长陈立群";
    assert_eq!(names(text), ["绍兴市", "杭州市", "绍兴市", "陈立群"]);
}

#[test]
fn a_name_in_a_line_that_breaks_is_one() {
    assert_eq!(names("记者从绍兴市教\n育局了解到,新学期将至。"), ["绍兴市教\n育局"]);
}

#[test]
fn a_place_that_is_known_may_be_broken() {
    assert_eq!(names("瞄准青少年这个重点群体,绍\n\n兴市在全市开展测评。")[0], "绍\n\n兴市");
}

#[test]
fn nothing_else_may() {
    for text in [
        "公司产品远销国外\n\n交通部发言人陈立群说。",
        "外\n\n交\n\n部",
        "绍\n\n兴\n\n北\n\n京",
        "市长周怀\n\n远在会上发言。",
        "他来自浙江大学\n\n附属第一医院院长罗景行出席。",
        "周怀远周怀远\n\n周怀\n\n远在会上发言,周怀远强调。",
    ] {
        for name in names(text) {
            assert!(!name.contains('\n'), "{text:?}: {name:?}");
        }
    }
}

const PIECES: [&str; 14] = [
    "绍兴",
    "市",
    "外",
    "交部",
    "副市长",
    "陈立",
    "群",
    "浙江大学",
    "附属医院",
    "在会上说,",
    "北",
    "京",
    "国",
    "务院。",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn only_known_places_cross_an_empty_line(
        pieces in proptest::collection::vec((0..PIECES.len(), any::<bool>()), 1..30),
    ) {
        let text: String =
            pieces.into_iter().map(|(at, ends)| [PIECES[at], if ends { "\n\n" } else { "" }].concat()).collect();
        for name in names(&text).iter().filter(|name| name.contains('\n')) {
            let whole = name.replace('\n', "");
            prop_assert!(["绍兴", "绍兴市", "北京", "北京市", "市北"].contains(&&whole[..]), "{:?}", name);
        }
    }
}
