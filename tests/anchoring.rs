//! Anchors in texts that somebody edits: found again or given up, never found elsewhere.

#[path = "common/edits.rs"]
mod edits;

use edits::{Edit, Edited};
use mingzhu::anchor::{Text, describe, find};
use proptest::prelude::*;

fn words() -> impl Strategy<Value = String> {
    "[市县会议工作领导发言调研要求落实教育医院学校道路河流春夏秋冬水电煤气书记主任和在对把被让给向到从一二三四五，]{8,40}"
}

/// Paragraphs of news, with few names that come again and again.
fn paragraph() -> impl Strategy<Value = String> {
    let name = prop_oneof![Just("陈立群"), Just("林青"), Just("苏文漪")];
    proptest::collection::vec((words(), name), 1..3)
        .prop_map(|parts| parts.into_iter().flat_map(|(words, name)| [words, name.to_owned()]).collect())
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || 0usize..50;
    prop_oneof![
        (at(), paragraph()).prop_map(|(at, text)| Edit::Insert { at, text }),
        at().prop_map(|at| Edit::Delete { at }),
        (at(), at()).prop_map(|(from, to)| Edit::Move { from, to }),
        (at(), at(), 0usize..12, words()).prop_map(|(at, from, length, by)| Edit::Replace {
            at,
            from,
            length,
            by
        }),
        (at(), at()).prop_map(|(at, inside)| Edit::Split { at, inside }),
        at().prop_map(|at| Edit::Join { at }),
    ]
}

fn occurrences(text: &str) -> Vec<std::ops::Range<usize>> {
    let find = |name: &'static str| {
        text.match_indices(name).map(move |(byte, _)| {
            let start = text[..byte].chars().count();
            start..start + name.chars().count()
        })
    };
    ["陈立群", "林青", "苏文漪"].into_iter().flat_map(find).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Insert, delete, move, rewrite, split, join: an anchor finds its own place or none. (Where a
    /// name is typed over itself nobody could tell: no name is put into a paragraph.)
    #[test]
    fn nothing_is_found_in_a_wrong_place(
        paragraphs in proptest::collection::vec(paragraph(), 1..8),
        edits in proptest::collection::vec(edit(), 0..6),
    ) {
        let before = paragraphs.join("\n\n");
        let mut edited = Edited::new(&before);
        edits.iter().for_each(|edit| edited.apply(edit));
        let after = edited.text();
        let (described, changed) = (Text::new(&before), Text::new(&after));
        for span in occurrences(&before) {
            let anchor = describe(&described, span.clone()).unwrap();
            if let Ok(found) = find(&changed, &anchor) {
                prop_assert!(
                    edited.comes_from(&found.span, &span),
                    "{anchor:?} of\n{before}\nis at {found:?} in\n{after}"
                );
            }
        }
    }

    /// A paragraph copied: what is found is the name that was meant, in the one or the other.
    #[test]
    fn a_copy_is_the_only_thing_that_is_taken_for_it(
        paragraphs in proptest::collection::vec(paragraph(), 1..8),
        from in 0usize..50,
        to in 0usize..50,
    ) {
        let before = paragraphs.join("\n\n");
        let mut edited = Edited::new(&before);
        edited.apply(&Edit::Copy { from, to });
        let (described, changed) = (Text::new(&before), Text::new(&edited.text()));
        for span in occurrences(&before) {
            let anchor = describe(&described, span.clone()).unwrap();
            if let Ok(found) = find(&changed, &anchor) {
                prop_assert!(edited.comes_from(&found.span, &span), "{anchor:?} is at {found:?}");
            }
        }
    }

    /// Paragraphs put in, taken away and moved do not harm a name in a paragraph that says enough
    /// and is the only one of its kind.
    #[test]
    fn whole_paragraphs_lose_nothing(
        others in proptest::collection::vec(paragraph(), 1..8),
        at in 0usize..8,
        edits in proptest::collection::vec((0usize..50, 0usize..50), 0..6),
        fresh in paragraph(),
    ) {
        let own = "云泽市第三人民医院院长顾念慈介绍，新的门诊楼将于明年五月投入使用。";
        let mut paragraphs = others;
        paragraphs.insert(at % (paragraphs.len() + 1), own.to_owned());
        let before = paragraphs.join("\n\n");
        let mut edited = Edited::new(&before);
        for (from, to) in edits {
            edited.apply(&Edit::Insert { at: from, text: fresh.clone() });
            edited.apply(&Edit::Move { from, to });
        }
        let start = before.find("顾念慈").map(|byte| before[..byte].chars().count()).unwrap();
        let anchor = describe(&Text::new(&before), start..start + 3).unwrap();
        let found = find(&Text::new(&edited.text()), &anchor).unwrap();
        prop_assert_eq!(Some(found.span), edited.now(start..start + 3));
    }
}
