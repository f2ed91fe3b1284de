//! Lists, and what is checked against them.

use proptest::prelude::*;

use super::*;

const LIST: &str = "姓名,别名,单位,职务,排序,任职,离任,备注\r\n陈立群,,云泽市人民政府,副市长,3,2024-02,,\r\n周 远,周怀远；老周,\"云泽市教育局\",\"党组书记、局长\",,2020,2025-06,\"a,b\"\r\n";

fn confusables() -> Confusables {
    Confusables::load("confusables.mz", include_bytes!("../../assets/confusables.mz")).unwrap()
}

#[test]
fn a_list_is_read_from_csv_and_json_alike() {
    let csv = Roster::read(LIST).unwrap();
    let json = r#"[
      {"name": "陈立群", "body": "云泽市人民政府", "title": "副市长", "rank": 3, "from": "2024-02"},
      {"姓名": "周 远", "aliases": ["周怀远", "老周"], "单位": "云泽市教育局", "title": "党组书记、局长", "from": "2020", "to": "2025-06", "to_do": {}}
    ]"#;
    let json = Roster::read(json).unwrap();
    let plain =
        |roster: &Roster| roster.rows().iter().map(|row| Row { line: 0, ..row.clone() }).collect::<Vec<_>>();
    assert_eq!(plain(&csv), plain(&json));
    let known = confusables();
    let row = csv.named("周懷遠", &known)[0].row;
    assert_eq!((row.name.as_str(), row.line), ("周远", 3));
    assert_eq!((row.from, row.to), ("2020-01-01".parse().ok(), "2025-06-30".parse().ok()));
    assert_eq!(row.posts().collect::<Vec<_>>(), ["党组书记", "局长"]);
}

#[test]
fn what_is_wrong_in_a_list_is_said_where() {
    for (text, code, place) in [
        ("", "ROSTER_FORM", (1, 1)),
        ("单位,职务\na,b\n", "ROSTER_FORM", (1, 1)),
        ("姓名,排序\n陈立群,3\n\n周远,三\n", "ROSTER_RANK", (4, 4)),
        ("姓名,单位,任职\n陈立群,\"甲,乙\",2024-13\n", "ROSTER_DATE", (2, 11)),
        ("姓名,单位\n,市政府\n", "ROSTER_NAME", (2, 1)),
        ("姓名,任职,离任\n陈立群,2024,2020\n", "ROSTER_PERIOD", (2, 10)),
        ("姓名,职务\n\u{FFFD}\u{FFFD},局长\n", "ROSTER_ENCODING", (2, 1)),
        ("[{\"name\": \"陈立群\", \"from\": \"2024\", \"to\": \"2020\"}]", "ROSTER_PERIOD", (1, 2)),
        ("[{\"name\": \"陈立群\"},\n {\"姓名\": 周}]", "ROSTER_FORM", (2, 9)),
        ("[{\"name\": \"陈立群\"},\n {\"name\": \"周远\", \"from\": \"x\"}]", "ROSTER_DATE", (2, 17)),
        ("[{\"title\": \"市长\"}]", "ROSTER_NAME", (1, 2)),
        ("[1]", "ROSTER_FORM", (1, 2)),
        ("[", "ROSTER_FORM", (1, 1)),
    ] {
        let error = Roster::read(text).unwrap_err();
        assert_eq!((error.code(), error.place()), (code, Some(place)), "{text}: {error}");
        assert!(!error.hint().is_empty());
    }
}

#[test]
fn an_office_that_goes_on_has_no_end() {
    for open in ["", "至今", "现任", "-"] {
        let roster = Roster::read(&format!("姓名,任职,离任\n陈立群,2024-02,{open}\n")).unwrap();
        assert_eq!(roster.rows()[0].to, None, "{open}");
    }
}

#[test]
fn names_one_character_away_are_found() {
    let known = confusables();
    let roster = Roster::read(LIST).unwrap();
    assert_eq!(roster.near("陈立君", &known), ["陈立群"]);
    assert_eq!(roster.near("程立群", &known), ["陈立群"]);
    assert!(roster.near("陳立群", &known).is_empty() && roster.near("陈群", &known).is_empty());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(?s).{0,200}") {
        let _ = Roster::read(&text);
        let _ = Roster::read(&format!("姓名,别名,职务,排序,任职\n{text}"));
        let _ = Roster::read(&format!("[{{\"name\":\"陈立群\",{text}}}]"));
    }

    #[test]
    fn damaged_lists_are_read_or_refused(at in 0usize..200, with in ".{0,4}") {
        let mut text: Vec<char> = LIST.chars().collect();
        let at = at.min(text.len() - 1);
        text.splice(at..at + 1, with.chars());
        if let Err(error) = Roster::read(&text.iter().collect::<String>()) {
            prop_assert!(error.place().is_some());
        }
    }
}
