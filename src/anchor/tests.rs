use proptest::prelude::*;
use serde::Deserialize;

use super::*;

/// What the browsers' test reads as well.
#[derive(Deserialize)]
struct Case {
    rule: String,
    before: Vec<String>,
    exact: String,
    nth: usize,
    after: Vec<String>,
    found: Option<usize>,
    by: Option<String>,
    orphan: Option<String>,
}

fn starts(text: &str, exact: &str) -> Vec<usize> {
    text.match_indices(exact).map(|(byte, _)| text[..byte].chars().count()).collect()
}

#[test]
fn every_case_of_the_table_holds() {
    let table = include_str!("../../tests/fixtures/anchoring.json");
    for case in serde_json::from_str::<Vec<Case>>(table).unwrap() {
        let (before, after) = (case.before.join("\n\n"), case.after.join("\n\n"));
        let length = case.exact.chars().count();
        let start = starts(&before, &case.exact)[case.nth];
        let anchor = describe(&Text::new(&before), start..start + length).unwrap();
        let (found, by) = match find(&Text::new(&after), &anchor) {
            Ok(Found { span, by }) => {
                let nth = starts(&after, &case.exact).iter().position(|start| *start == span.start);
                (nth, Ok(format!("{by:?}").to_lowercase()))
            }
            Err(orphan) => (None, Err(format!("{orphan:?}").to_lowercase())),
        };
        let expected = case.by.ok_or_else(|| case.orphan.unwrap_or_default());
        assert_eq!((found, by), (case.found, expected), "{}: {anchor:?}", case.rule);
    }
}

#[test]
fn what_is_said_follows_the_specification() {
    let text = "😀副市长陈立群，👩\u{200D}👧说。";
    let anchor = describe(&Text::new(text), 4..7).unwrap();
    assert_eq!((&*anchor.exact, anchor.position.clone()), ("陈立群", Some(4..7)));
    assert_eq!((&*anchor.prefix, &*anchor.suffix), ("😀副市长", "，👩\u{200D}👧说。"));
    let json = serde_json::to_value(anchor.clone().into_selectors(2)).unwrap();
    assert_eq!(json[0]["type"], "TextQuoteSelector");
    assert_eq!(json[1], serde_json::json!({ "type": "TextPositionSelector", "start": 4, "end": 7 }));
    assert_eq!((json[2]["start"].as_u64(), json[2]["end"].as_u64()), (Some(5), Some(8)));
    assert_eq!(json[2]["text"].as_str().map(str::len), Some(16));
    let back: Vec<Selector> = serde_json::from_value(json).unwrap();
    assert_eq!(Anchor::from_selectors(back), Some(anchor));
}

#[test]
fn a_prefix_cuts_no_character_from_its_marks() {
    let text = format!("👩\u{200D}👧{}陈立群", "说".repeat(31));
    let anchor = describe(&Text::new(&text), 34..37).unwrap();
    assert!(anchor.prefix.starts_with("👩\u{200D}👧"), "{}", anchor.prefix);
    let text = format!("陈立群{}e\u{301}", "说".repeat(31));
    assert!(describe(&Text::new(&text), 0..3).unwrap().suffix.ends_with("说"));
}

#[test]
fn white_space_at_the_ends_is_left_out_and_nothing_is_no_part() {
    let text = Text::new("甲\n\n 陈立群\u{3000}\n\n乙");
    assert_eq!(describe(&text, 1..9).unwrap().exact, "陈立群");
    assert_eq!(describe(&text, 1..3), None);
    assert_eq!(describe(&text, 0..99), None);
}

/// What others made: no hash, no rival, perhaps no context.
fn foreign(exact: &str, prefix: &str, suffix: &str) -> Anchor {
    let [exact, prefix, suffix] = [exact, prefix, suffix].map(str::to_owned);
    Anchor { exact, prefix, suffix, position: Some(0..2), place: None }
}

#[test]
fn anchors_of_others_are_found_by_their_quote_alone() {
    let text = Text::new("市长林青说。\n\n林青表示，工程将于明年三月完工，届时两岸往来只需十分钟。");
    assert_eq!(find(&text, &foreign("两岸", "", "")).unwrap().span, 26..28);
    assert_eq!(find(&text, &foreign("林青", "", "")), Err(Orphan::Ambiguous));
    assert_eq!(find(&text, &foreign("林青", "市长", "说")).unwrap().span, 2..4);
    assert_eq!(find(&text, &foreign("林青", "局长", "说")), Err(Orphan::Changed));
    assert_eq!(find(&text, &foreign("", "", "")), Err(Orphan::Absent));
    assert_eq!(find(&Text::new(""), &foreign("林青", "", "")), Err(Orphan::Absent));
}

#[test]
fn hostile_anchors_cost_little_and_find_nothing() {
    let text = Text::new(&"的".repeat(200_000));
    let long = "的".repeat(1_000_000);
    assert_eq!(find(&text, &foreign("的", &long, &long)), Err(Orphan::Ambiguous));
    assert_eq!(find(&text, &foreign(&long, "", "")), Err(Orphan::Absent));
    let text = Text::new(&"的是".repeat(900));
    assert!(find(&text, &foreign("的", &"否".repeat(1_000_000), "")).is_err());
    let mut anchor = describe(&text, 4..5).unwrap();
    for start in [0, 3, u32::MAX] {
        let place = anchor.place.as_mut().unwrap();
        (place.start, place.end) = (start, 0);
        place.block = Some(Block { hash: text.hash(), start });
        if let Ok(found) = find(&text, &anchor) {
            assert_eq!(text.chars()[found.span], ['的']);
        }
    }
}

#[test]
fn selectors_of_others_are_read_or_refused() {
    let read = |json: &str| serde_json::from_str::<Vec<Selector>>(json).map(Anchor::from_selectors);
    let quote = r#"{ "type": "TextQuoteSelector", "exact": "林青" }"#;
    let foreign = r#"{ "type": "XPathSelector", "value": "/p[1]", "refinedBy": { "type": "?" } }"#;
    assert_eq!(read(&format!("[{foreign}, {quote}]")).unwrap().unwrap().exact, "林青");
    assert_eq!(read(&format!("[{foreign}]")).unwrap(), None);
    let own =
        r#"{ "type": "mingzhu:TextViewSelector", "version": 2, "start": 0, "end": 2, "text": "nothing" }"#;
    for broken in [r#"{ "type": "TextQuoteSelector" }"#, r#"{ "exact": "林青" }"#, own, "null", "7"] {
        assert!(read(&format!("[{quote}, {broken}]")).is_err(), "{broken}");
    }
}

proptest! {
    #[test]
    fn offsets_go_both_ways(text in "[陈a😀𠮷\n]{0,30}") {
        let read = Text::new(&text);
        let mut units = 0;
        for (at, c) in text.chars().enumerate() {
            prop_assert_eq!(read.to_utf16(at), units);
            prop_assert_eq!(read.from_utf16(units), at);
            prop_assert_eq!(read.from_utf16(units + c.len_utf16() as u32 - 1), at);
            units += c.len_utf16() as u32;
        }
        prop_assert_eq!(read.from_utf16(units), read.len());
        prop_assert_eq!(read.from_utf16(u32::MAX), read.len());
    }

    /// What is described is found again in the same text, whatever it is.
    #[test]
    fn there_and_back(text in "(?s:[陈立群\n 😀]|.){1,60}", from in 0usize..60, length in 1usize..8) {
        let read = Text::new(&text);
        if let Some(anchor) = describe(&read, from..(from + length).min(read.len())) {
            let found = find(&read, &anchor).unwrap();
            prop_assert_eq!(Some(found.span), anchor.position);
        }
    }

    /// Whatever somebody sends: what is found has the words that were asked for.
    #[test]
    fn what_is_found_has_the_very_words(
        text in "[陈立\n ]{0,40}",
        exact in "[陈立]{0,3}",
        around in proptest::array::uniform2("[陈立\n ]{0,40}"),
        numbers in proptest::array::uniform4(any::<u32>()),
        same in any::<[bool; 2]>(),
    ) {
        let read = Text::new(&text);
        let [start, end, inside, rival] = numbers;
        let hashes = same.map(|same| if same { read.hash() } else { 1 });
        let place = Place {
            start: start % 50, end, text: hashes[0],
            block: Some(Block { hash: hashes[1], start: inside % 50 }), rival: Some(rival),
        };
        let [prefix, suffix] = around;
        let anchor = Anchor { exact: exact.clone(), prefix, suffix, position: None, place: Some(place) };
        if let Ok(found) = find(&read, &anchor) {
            prop_assert_eq!(read.chars()[found.span].iter().collect::<String>(), exact);
        }
    }
}
