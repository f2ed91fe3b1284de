//! What is written is what the specifications say; what is read is never more than it is.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::article::Span;
use crate::article::{Article, Mention};
use crate::review::{Action, FindingKey, State};
use crate::roster::{Finding, Rule, Severity};
use crate::{Kind, OffsetUnit};

const TEXT: &str = "云泽日报讯 副市长陈立群在会上发言。\n\n市教育局局长周怀远主持会议，<周怀远>\"到会\"。";
const SCHEMA: &str = include_str!("../../docs/annotations.schema.json");

fn review() -> Review {
    let length = TEXT.encode_utf16().count() as u32;
    let mut article = Article { unit: OffsetUnit::Utf16, ..Article::empty(length) };
    for (start, end, kind) in [(0, 4, Kind::Organization), (9, 12, Kind::Official)] {
        article.mentions.push(Mention { start, end, kind, score: 0.75, entity: 0 });
    }
    Review::new(TEXT, article, Log::default()).unwrap()
}

fn about() -> About {
    About {
        source: "https://news.example/1?a=b".into(),
        title: "<会议>".into(),
        date: Some("2026-11-24".into()),
    }
}

/// One of everything that can be decided.
fn reviewed() -> Review {
    let mut review = review();
    let to = review.target_of(27, 33);
    let actions = [
        ((9, 12), Action::Confirm),
        ((0, 4), Action::Reject),
        ((9, 12), Action::Kind { kind: Kind::Person }),
        ((9, 12), Action::Span { to }),
        ((29, 32), Action::Add { kind: Kind::Official }),
        ((29, 32), Action::Entity { name: "周怀远".into(), id: Some("https://id.example/7".into()) }),
        (
            (29, 32),
            Action::Office {
                title: "=局长".into(), body: Some("云泽市教育局".into()), public: Some(true)
            },
        ),
        ((29, 32), Action::Note { text: "电话\"核实\",<无误>".into() }),
        ((0, 0), Action::Note { text: "整篇已读".into() }),
        ((0, 0), Action::Undo { decision: "2".into() }),
    ];
    for (index, (place, action)) in actions.into_iter().enumerate() {
        let decision = Decision {
            id: index.to_string(),
            author: if index == 4 { String::new() } else { "张三 & 李四".into() },
            time: format!("2026-11-24T05:30:{index:02}.5Z").parse().unwrap(),
            target: if place == (0, 0) { Vec::new() } else { review.target_of(place.0, place.1) },
            kind: Some(Kind::Official),
            action,
            reason: (index % 2 == 0).then(|| "=1+1".to_owned()),
            replaces: Vec::new(),
        };
        review.decide(decision).unwrap();
    }
    review
}

fn violations(value: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn what_is_written_is_a_collection_of_annotations() {
    let written = annotations::write(&reviewed(), &about());
    assert_eq!(violations(&written), Vec::<String>::new());
    let items = written["first"]["items"].as_array().unwrap();
    assert_eq!(written["total"], items.len());
    let made = |key: &str| items.iter().filter(|item| item.get(key).is_some()).count();
    // One decision has no author, and the machine has two mentions.
    assert_eq!((made("generator"), made("creator"), items.len()), (2, 9, 12));
}

#[test]
fn the_schema_refuses_what_the_model_refuses() {
    let whole = annotations::write(&reviewed(), &about());
    for (pointer, broken) in [
        ("/@context", json!("http://example.org/")),
        ("/type", json!("Collection")),
        ("/total", json!(-1)),
        ("/first/items/2/target", json!([])),
        ("/first/items/2/motivation", json!("guessing")),
        ("/first/items/2/created", json!("gestern")),
        ("/first/items/2/id", json!("no iri")),
        ("/first/items/2/target/selector/0", json!({ "type": "TextQuoteSelector" })),
        ("/first/items/2/body/0", json!({ "type": "TextualBody" })),
    ] {
        let mut value = whole.clone();
        *value.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = broken;
        assert!(!violations(&value).is_empty(), "{pointer}");
    }
}

#[test]
fn what_is_written_comes_back_whole() {
    let review = reviewed();
    let imported = read(&annotations::write(&review, &about()).to_string()).unwrap();
    assert_eq!(imported.log, review.log());
    assert_eq!((imported.machine, imported.format), (2, Format::Annotations));
    let log = read(&serde_json::to_string(&review.log()).unwrap()).unwrap();
    assert_eq!((log.log, log.format), (review.log(), Format::Log));
}

#[test]
fn verdicts_say_what_was_claimed_and_by_whom() {
    let claims = claims::write(&reviewed(), &about(), &claims::Verdicts::default());
    let claims = claims.as_array().unwrap();
    assert!(claims.iter().all(|claim| claim["@type"] == "ClaimReview" && claim["url"] == about().source));
    let rejected = claims.iter().find(|claim| claim["reviewRating"]["ratingValue"] == 1).unwrap();
    assert_eq!(rejected["claimReviewed"], "云泽日报讯 副市长陈立群在会上发言。");
    assert_eq!(rejected["author"]["name"], "张三 & 李四");
    assert_eq!(rejected["datePublished"], "2026-11-24");
}

#[test]
fn a_table_runs_nothing() {
    let review = reviewed();
    let table = table::write(&review);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), review.outcome().marks.len());
    assert!(rows.iter().any(|row| &row[9] == "'=局长" && row[14].contains("\"核实\"")));
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with('=')));
}

#[test]
fn a_report_has_everything_and_runs_nothing() {
    let review = reviewed();
    let html = report::write(&review, TEXT, &about(), &report::Words::new());
    let page = scraper::Html::parse_document(&html);
    assert_eq!(page.errors, Vec::<String>::new());
    let all = |selector: &str| page.select(&scraper::Selector::parse(selector).unwrap()).count();
    assert_eq!(all("tbody tr"), review.outcome().marks.len());
    assert_eq!(all("script, img, link, iframe, [onclick], [href], [src]"), 0);
    let text: String = page.root_element().text().collect();
    assert!(text.contains("<会议>") && text.contains("整篇已读") && text.contains("<周怀远"));
}

#[test]
fn hypothesis_is_read() {
    let text = include_str!("../../tests/fixtures/exchange/hypothesis.json");
    let imported = read(text).unwrap();
    assert_eq!(imported.format, Format::Hypothesis);
    let mut review = review();
    review.merge(imported.log).unwrap();
    let added = review.outcome().marks.iter().find(|mark| mark.state == State::Added).unwrap();
    assert_eq!((review.words(added.start, added.end).as_str(), added.kind), ("周怀远", Kind::Official));
    assert_eq!(added.notes[0].text, "名单里写的是局长。");
    assert_eq!(added.notes[0].author, "王编辑");
    let machine = review.outcome().marks.iter().find(|mark| mark.start == 9).unwrap();
    assert_eq!((machine.notes[0].author.as_str(), machine.state), ("li", State::Open));
    // A note on the page, and one whose words the story has not.
    assert_eq!(
        review.outcome().notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(),
        ["整页的备注"]
    );
    assert_eq!(review.outcome().orphans.len(), 1);
}

#[test]
fn recogito_is_read() {
    let text = include_str!("../../tests/fixtures/exchange/recogito.json");
    let imported = read(text).unwrap();
    assert_eq!(imported.format, Format::Annotations);
    let mut review = review();
    review.merge(imported.log).unwrap();
    let marks = &review.outcome().marks;
    let kinds: Vec<_> =
        marks.iter().map(|mark| (review.words(mark.start, mark.end), mark.kind, mark.state)).collect();
    assert!(kinds.contains(&("云泽日报".into(), Kind::Organization, State::Confirmed)), "{kinds:?}");
    assert!(kinds.contains(&("陈立群".into(), Kind::Person, State::Changed)), "{kinds:?}");
    assert_eq!(marks[1].notes[0].text, "应查名单");
}

#[test]
fn the_same_file_twice_is_the_same_once() {
    for text in [
        include_str!("../../tests/fixtures/exchange/hypothesis.json"),
        include_str!("../../tests/fixtures/exchange/recogito.json"),
    ] {
        let mut review = review();
        review.merge(read(text).unwrap().log).unwrap();
        let once = review.outcome().clone();
        review.merge(read(text).unwrap().log).unwrap();
        assert_eq!(review.outcome(), &once);
    }
}

#[test]
fn what_is_no_annotation_is_refused_and_said_where() {
    let codes = [
        ("", "FILE_NOT_JSON"),
        ("{\n  \"rows\": [,]}", "FILE_NOT_JSON"),
        ("{}", "FILE_UNKNOWN"),
        ("[1]", "FILE_UNKNOWN"),
        ("\"text\"", "FILE_UNKNOWN"),
        ("{\"version\":9,\"decisions\":[]}", "LOG_VERSION"),
        ("[{\"type\":\"Annotation\",\"target\":\"a\",\"decision\":{\"id\":\"1\"}}]", "DECISION_INVALID"),
    ];
    for (text, code) in codes {
        let error = read(text).unwrap_err();
        assert_eq!(error.code(), code, "{text}");
        assert!(!error.hint().is_empty());
    }
    assert_eq!(read("{\n  \"rows\": [,]}").unwrap_err().place(), Some((2, 12)));
    let deep = "[".repeat(100_000);
    assert_eq!(read(&deep).unwrap_err().code(), "FILE_NOT_JSON");
    let many = format!("[{}]", vec!["{\"target\":\"a\"}"; MOST + 1].join(","));
    assert_eq!(read(&many).unwrap_err().code(), "FILE_TOO_MANY");
}

/// The reviewed story with two findings, one of them answered, and an answer to what is found no more.
fn checked() -> Review {
    let mut review = reviewed();
    let finding = |spans: &[(u32, u32)], found: &str, expected: &str| Finding {
        rule: Rule::NameNear,
        spans: spans.iter().map(|(start, end)| Span { start: *start, end: *end }).collect(),
        found: found.into(),
        expected: expected.into(),
        row: None,
        severity: Severity::Error,
        confidence: 0.9,
        evidence: Vec::new(),
    };
    for (id, place, also, found, expected, accept) in [
        ("a", (29, 32), vec![(40, 43)], "周怀远", "=周怀元", true),
        ("b", (9, 12), Vec::new(), "陈立群", "陈立裙", false),
    ] {
        let finding = FindingKey {
            rule: "name-near".into(),
            found: found.into(),
            expected: expected.into(),
            also: also.iter().map(|(start, end)| review.target_of(*start, *end)).collect(),
        };
        let decision = Decision {
            id: id.into(),
            author: "李四".into(),
            time: "2026-11-25T08:00:00Z".parse().unwrap(),
            target: review.target_of(place.0, place.1),
            kind: None,
            action: if accept { Action::Accept { finding } } else { Action::Dismiss { finding } },
            reason: Some("查过<名册>".into()),
            replaces: Vec::new(),
        };
        review.decide(decision).unwrap();
    }
    review.set_findings(vec![
        finding(&[(29, 32), (40, 43)], "周怀远", "=周怀元"),
        finding(&[(0, 4)], "云泽日报", "<云泽曰报>"),
    ]);
    review
}

#[test]
fn findings_and_answers_are_annotations_and_come_back_whole() {
    let review = checked();
    let written = annotations::write(&review, &about());
    assert_eq!(violations(&written), Vec::<String>::new());
    let items = written["first"]["items"].as_array().unwrap();
    let findings: Vec<_> = items.iter().filter(|item| item.get("finding").is_some()).collect();
    assert!(findings.iter().all(|item| item["motivation"] == "assessing" && item.get("generator").is_some()));
    // An address of its own, which no other story's finding has.
    assert_eq!(findings[1]["id"], "https://news.example/1?a=b#mingzhu-finding-1");
    assert_eq!((findings.len(), findings[0]["target"].as_array().unwrap().len()), (2, 2));
    let answers: Vec<_> = items
        .iter()
        .filter(|item| item["decision"].get("action").is_some_and(|action| action.get("finding").is_some()))
        .collect();
    assert!(
        answers.iter().all(|item| item["motivation"] == "assessing" && item["creator"]["name"] == "李四")
    );
    assert_eq!(answers[0]["target"].as_array().unwrap().len(), 2);
    assert_eq!(answers[0]["body"][0]["value"], "error");
    let imported = read(&written.to_string()).unwrap();
    // The machine makes its findings itself.
    assert_eq!((imported.log, imported.machine), (review.log(), 4));
}

#[test]
fn verdicts_come_from_answers() {
    let claims = claims::write(&checked(), &about(), &claims::Verdicts::default());
    let of = |name: &str| {
        let mut all = claims.as_array().unwrap().iter();
        all.find(|claim| claim["itemReviewed"]["name"] == name).unwrap_or_else(|| panic!("{claims:#}"))
    };
    let wrong = of("周怀远");
    assert_eq!(
        (&wrong["reviewRating"]["ratingValue"], &wrong["author"]["name"]),
        (&json!(1), &json!("李四"))
    );
    assert_eq!(wrong["reviewBody"], "周怀远 → =周怀元\n查过<名册>");
    assert_eq!(of("陈立群")["reviewRating"]["ratingValue"], 5);
}

#[test]
fn findings_stand_in_the_table_and_in_the_report() {
    let review = checked();
    let table = table::write(&review);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let states: Vec<_> =
        rows.iter().filter(|row| &row[3] == "finding").map(|row| (&row[2], &row[4])).collect();
    assert_eq!(states, [("周怀远", "accepted"), ("云泽日报", "open"), ("陈立群", "dismissed")]);
    assert!(rows.iter().any(|row| &row[17] == "'=周怀元"));

    let html = report::write(&review, TEXT, &about(), &report::Words::new());
    let page = scraper::Html::parse_document(&html);
    assert_eq!(page.errors, Vec::<String>::new());
    let rows = scraper::Selector::parse(".findings tbody tr").unwrap();
    assert_eq!(page.select(&rows).count(), 3);
    assert!(html.contains("查过&lt;名册&gt;"));
}

/// Any JSON.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    let key = proptest::sample::select(vec![
        "target",
        "selector",
        "body",
        "type",
        "exact",
        "value",
        "purpose",
        "rows",
        "items",
        "first",
        "tags",
        "uri",
        "user",
        "text",
        "creator",
        "created",
        "id",
        "decision",
        "decisions",
        "version",
        "action",
        "x",
    ]);
    leaf.prop_recursive(5, 64, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((key.clone(), inner), 0..6).prop_map(|pairs| pairs
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<Value>()),
        ]
    })
}

/// Puts a value somewhere into another one.
fn planted(mut whole: Value, mut path: Vec<usize>, planted: Value) -> Value {
    let mut place = &mut whole;
    loop {
        let count = match &*place {
            Value::Array(items) => items.len(),
            Value::Object(pairs) => pairs.len(),
            _ => 0,
        };
        let Some(step) = path.pop().filter(|_| count > 0) else {
            *place = planted;
            return whole;
        };
        place = match place {
            Value::Array(items) => &mut items[step % count],
            Value::Object(pairs) => pairs.values_mut().nth(step % count).expect("counted"),
            _ => unreachable!("counted"),
        };
    }
}

/// What is read is applied or refused, and what it comes to can be written and read again.
fn survives(text: &str) {
    let Ok(imported) = read(text) else { return };
    let mut review = review();
    if review.merge(imported.log).is_err() {
        return;
    }
    let written = annotations::write(&review, &about());
    assert_eq!(read(&written.to_string()).unwrap().log, review.log());
    table::write(&review);
    claims::write(&review, &about(), &claims::Verdicts::default());
    report::write(&review, TEXT, &about(), &report::Words::new());
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,300}") {
        survives(&text);
    }

    #[test]
    fn any_json_is_read_or_refused(value in value()) {
        survives(&value.to_string());
    }

    #[test]
    fn damaged_files_are_read_or_refused(which in 0usize..3, path in proptest::collection::vec(0usize..20, 0..9), value in value()) {
        let files = [
            serde_json::from_str(include_str!("../../tests/fixtures/exchange/hypothesis.json")).unwrap(),
            serde_json::from_str(include_str!("../../tests/fixtures/exchange/recogito.json")).unwrap(),
            annotations::write(&checked(), &about()),
        ];
        survives(&planted(files[which].clone(), path, value).to_string());
    }
}
