//! What is written is what the specifications say; what is read is never more than it is.

use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::article::Span;
use crate::article::{Article, Mention};
use crate::review::{Action, FindingKey, State, Why};
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
    // Who does not sign is somebody all the same.
    assert_eq!((made("generator"), made("creator"), items.len()), (2, 10, 12));
    let ids: HashSet<&str> = items.iter().filter_map(|item| item["id"].as_str()).collect();
    assert_eq!(ids.len(), items.len());
    // No two stories have a mention of one name, nor do stories without an address have one.
    let other = Review::new("别的", Article { unit: OffsetUnit::Utf16, ..Article::empty(2) }, Log::default())
        .unwrap();
    let [one, other] = [&reviewed(), &other].map(|review| annotations::write(review, &About::default()));
    assert_ne!(one["id"], other["id"]);
    assert_eq!(violations(&one), Vec::<String>::new());
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
    let corrected = claims.iter().find(|claim| claim["reviewRating"]["ratingValue"] == 3).unwrap();
    assert_eq!(corrected["claimReviewed"], "市教育局局长周怀远主持会议，<周怀远>\"到会\"。");
    assert_eq!(corrected["author"]["name"], "张三 & 李四");
    assert_eq!(corrected["datePublished"], "2026-11-24");
}

#[test]
fn what_the_machine_got_wrong_is_no_fault_of_the_story() {
    let mut review = review();
    let decide = |review: &mut Review, id: &str, (start, end), action| {
        let target = review.target_of(start, end);
        let (author, time) = ("张三".to_owned(), "2026-11-24T05:30:00Z".parse().unwrap());
        let kind = Some(Kind::Official);
        review
            .decide(Decision {
                id: id.into(),
                author,
                time,
                target,
                kind,
                action,
                reason: None,
                replaces: vec![],
            })
            .unwrap();
    };
    decide(&mut review, "1", (0, 4), Action::Reject);
    decide(&mut review, "2", (9, 12), Action::Kind { kind: Kind::Person });
    decide(&mut review, "3", (27, 30), Action::Add { kind: Kind::Official });
    // Covered by a newer one of the same person.
    decide(&mut review, "4", (29, 32), Action::Add { kind: Kind::Official });
    let claims = claims::write(&review, &about(), &claims::Verdicts::default());
    let rated: Vec<_> =
        claims.as_array().unwrap().iter().map(|claim| &claim["reviewRating"]["ratingValue"]).collect();
    assert_eq!(rated, [5, 5]);
}

/// What schema.org's ClaimReview must have for those who read it (developers.google.com, *Fact Check*).
#[test]
fn verdicts_have_what_readers_of_them_require() {
    let claims = claims::write(&reviewed(), &about(), &claims::Verdicts::default());
    for claim in claims.as_array().unwrap() {
        assert_eq!(claim["@context"], "https://schema.org");
        for pointer in
            ["/claimReviewed", "/url", "/author/@type", "/reviewRating/alternateName", "/itemReviewed/name"]
        {
            let words = claim.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
            assert!(!words.is_empty(), "{pointer} of {claim:#}");
        }
        let rating = |key: &str| claim["reviewRating"][key].as_f64().unwrap();
        assert!(
            rating("worstRating") <= rating("ratingValue") && rating("ratingValue") <= rating("bestRating")
        );
        let day = claim["datePublished"].as_str().unwrap();
        assert!(day.parse::<crate::Date>().is_ok(), "{day}");
        assert_eq!(claim["itemReviewed"]["@type"], "Claim");
        assert_eq!(claim["itemReviewed"]["appearance"]["url"], about().source);
    }
}

#[test]
fn a_table_runs_nothing() {
    let review = reviewed();
    let table = table::write(&review);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), review.outcome().marks.len());
    assert!(rows.iter().any(|row| &row[9] == "'=局长" && row[14].contains("\"核实\"")));
    // No cell ends where a reader takes something else for a comma.
    assert!(table.lines().all(|line| line.starts_with('"') || line.ends_with('"')), "{table}");
    for signs in [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "\n",
        "＝",
        "＋",
        "－",
        "＠",
        " =",
        "\u{A0}=",
        "\u{FEFF}=",
        "\u{200B}＋",
    ] {
        let mut review = self::review();
        let note = Decision {
            id: "1".into(),
            author: format!("{signs}1"),
            time: "2026-11-24T05:30:00Z".parse().unwrap(),
            target: review.target_of(0, 4),
            kind: None,
            action: Action::Entity { name: format!("{signs}1"), id: Some(format!("{signs}1")) },
            reason: Some(format!("{signs}1")),
            replaces: Vec::new(),
        };
        review.decide(note).unwrap();
        let table = table::write(&review);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let row = reader.records().map(Result::unwrap).find(|row| !row[6].is_empty()).unwrap();
        for at in [6, 7, 11, 13] {
            assert_eq!(row[at], format!("'{signs}1"), "{signs:?} in column {at}");
        }
    }
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
    assert!(review.outcome().orphans.iter().all(|lost| lost.why == Why::Ambiguous));
    let marks = &review.outcome().marks;
    let kinds: Vec<_> =
        marks.iter().map(|mark| (review.words(mark.start, mark.end), mark.kind, mark.state)).collect();
    assert!(kinds.contains(&("云泽日报".into(), Kind::Organization, State::Confirmed)), "{kinds:?}");
    assert!(kinds.contains(&("陈立群".into(), Kind::Person, State::Changed)), "{kinds:?}");
    assert_eq!(marks[1].notes[0].text, "应查名单");
}

const FILES: [&str; 4] = [
    include_str!("../../tests/fixtures/exchange/hypothesis.json"),
    include_str!("../../tests/fixtures/exchange/recogito.json"),
    include_str!("../../tests/fixtures/exchange/recogito-platform.jsonld"),
    include_str!("../../tests/fixtures/exchange/recogito-platform.csv"),
];

/// Names that stand in the story twice: only the position tells which is meant.
#[test]
fn words_that_are_repeated_are_found_where_they_are_said_to_stand() {
    for (text, expected) in [
        // recogito.js counts UTF-16 units; there is nothing here that would show it.
        (FILES[1], [(26, Kind::Person), (35, Kind::Official)]),
        (FILES[2], [(26, Kind::Person), (35, Kind::Person)]),
        (FILES[3], [(26, Kind::Person), (35, Kind::Person)]),
    ] {
        let mut review = review();
        review.merge(read_for(text, &review).unwrap().log).unwrap();
        assert_eq!(review.outcome().orphans, [], "{text}");
        let found =
            review.outcome().marks.iter().filter(|mark| review.words(mark.start, mark.end) == "周怀远");
        assert_eq!(found.map(|mark| (mark.start, mark.kind)).collect::<Vec<_>>(), expected, "{text}");
        // They stay there when the story is changed before them.
        let changed = format!("编者按：今日要闻。\n\n{TEXT}");
        let length = changed.encode_utf16().count() as u32;
        let article = Article { unit: OffsetUnit::Utf16, ..Article::empty(length) };
        let later = Review::new(&changed, article, review.log()).unwrap();
        assert_eq!(later.outcome().orphans, []);
    }
}

#[test]
fn positions_are_counted_as_whoever_counts_them_and_never_guessed() {
    let text = "😀周怀远，周怀远说，周怀远";
    let length = text.encode_utf16().count() as u32;
    let article = Article { unit: OffsetUnit::Utf16, ..Article::empty(length) };
    let placed = |start: u32| {
        let mut review = Review::new(text, article.clone(), Log::default()).unwrap();
        let file = json!([{ "type": "Annotation", "body": { "purpose": "tagging", "value": "PER" }, "target": { "selector": [
            { "type": "TextQuoteSelector", "exact": "周怀远" },
            { "type": "TextPositionSelector", "start": start, "end": start + 3 },
        ] } }]);
        review.merge(read_for(&file.to_string(), &review).unwrap().log).unwrap();
        review.outcome().marks.first().map(|mark| mark.start)
    };
    // Code points, then UTF-16 units, then a place where the words do not stand.
    assert_eq!(
        [1, 5, 10, 2, 6, 11, 3].map(placed),
        [Some(2), Some(6), Some(11), Some(2), Some(6), Some(11), None]
    );
}

#[test]
fn the_same_file_twice_is_the_same_once() {
    for text in FILES {
        let mut review = review();
        review.merge(read_for(text, &review).unwrap().log).unwrap();
        let once = (review.outcome().clone(), review.log());
        assert_eq!(read_for(text, &review).unwrap().log, Log::default());
        review.merge(read_for(text, &review).unwrap().log).unwrap();
        assert_eq!((review.outcome().clone(), review.log()), once);
        // Also after it was changed, and without a story.
        assert_eq!(read(text).unwrap(), read(text).unwrap());
    }
}

#[test]
fn an_annotation_that_its_author_has_changed_stands_beside_what_it_was() {
    let before: Value = serde_json::from_str(FILES[0]).unwrap();
    let mut after = before.clone();
    after["rows"][0]["text"] = "名单里写的是副局长。".into();
    after["rows"][0]["updated"] = "2026-11-21T08:15:30+00:00".into();
    let mut review = review();
    for file in [&before, &after] {
        review.merge(read_for(&file.to_string(), &review).unwrap().log).unwrap();
    }
    let mark = review.outcome().marks.iter().find(|mark| mark.state == State::Added).unwrap();
    let notes: Vec<&str> = mark.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["名单里写的是局长。", "名单里写的是副局长。"]);
    assert_eq!(review.outcome().conflicts, []);
    let ids: HashSet<String> = review.log().decisions.into_iter().map(|decision| decision.id).collect();
    assert_eq!(ids.len(), review.log().decisions.len());
}

#[test]
fn all_targets_and_all_pages_are_read_and_what_is_elsewhere_is_said() {
    let note = |id: &str, target: Value| json!({ "id": id, "type": "Annotation", "bodyValue": "查", "target": target });
    let words =
        |exact: &str| json!({ "source": "a:1", "selector": { "type": "TextQuoteSelector", "exact": exact } });
    let two = note("a:1", json!([words("云泽日报"), words("陈立群")]));
    let mut review = review();
    review.merge(read(&two.to_string()).unwrap().log).unwrap();
    let noted = |review: &Review| review.outcome().marks.iter().filter(|mark| !mark.notes.is_empty()).count();
    assert_eq!(noted(&review), 2);

    let page = |items: Value, next: Value| json!({ "type": "AnnotationPage", "items": items, "next": next });
    let second = page(json!([note("a:3", words("陈立群"))]), Value::Null);
    let collection = |next: Value| json!({ "type": "AnnotationCollection", "first": page(json!([note("a:2", words("云泽日报"))]), next) });
    let whole = read(&collection(second).to_string()).unwrap();
    assert_eq!((whole.log.decisions.len(), whole.elsewhere), (2, false));
    let first = read(&collection("https://other.example/2".into()).to_string()).unwrap();
    assert_eq!((first.log.decisions.len(), first.elsewhere), (1, true));
}

#[test]
fn what_unfolds_to_more_than_a_story_has_is_refused_before_it_does() {
    let unfolded = |bodies: usize, body: &str, selector: Value| {
        let body = vec![json!(body); bodies];
        json!({ "type": "Annotation", "body": body, "target": { "selector": selector } }).to_string()
    };
    let quote = |length: usize| json!({ "type": "TextQuoteSelector", "exact": "字".repeat(length) });
    // Each remark is one of its own.
    let numbered: Vec<Value> = (0..=MOST).map(|n| json!(n.to_string())).collect();
    let many = json!({ "type": "Annotation", "body": numbered, "target": "a:1" }).to_string();
    assert_eq!(read(&many).unwrap_err().code(), "FILE_TOO_MANY");
    let large = unfolded(20_000, "查", quote(10_000));
    assert!(large.len() < 1 << 20);
    assert_eq!(read(&large).unwrap_err().code(), "FILE_TOO_LARGE");
    // As much as is looked at is kept of what is longer than any name.
    let long = unfolded(1, "查", quote(20_000));
    assert_eq!(read(&long).unwrap().log.decisions.len(), 1);
}

#[test]
fn what_is_no_annotation_is_refused_and_said_where() {
    let codes = [
        ("", "FILE_NOT_JSON"),
        ("{\n  \"rows\": [,]}", "FILE_NOT_JSON"),
        ("{}", "FILE_UNKNOWN"),
        ("[1]", "FILE_UNKNOWN"),
        ("{\"items\":[1,2]}", "FILE_UNKNOWN"),
        ("{\"items\":[]}", "FILE_UNKNOWN"),
        ("{\"items\":[{\"target\":\"a:1\"},{\"name\":\"b\"}]}", "FILE_UNKNOWN"),
        ("{\"first\":\"https://other.example/1\"}", "FILE_UNKNOWN"),
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
    assert_eq!(read("{\n  \"备注\": [,]}").unwrap_err().place(), Some((2, 10)));
    let log = Log::from_json("{\"version\":1,\"decisions\":[{\"id\":\"编号\" 1}]}").unwrap_err();
    assert!(log.to_string().starts_with("line 1, column 38: "), "{log}");
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
    let mut review = review();
    let Ok(imported) = read_for(text, &review) else { return };
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
    fn damaged_files_are_read_or_refused(which in 0usize..4, path in proptest::collection::vec(0usize..20, 0..9), value in value()) {
        let [hypothesis, recogito, platform] = [FILES[0], FILES[1], FILES[2]].map(|file| serde_json::from_str(file).unwrap());
        let files = [hypothesis, recogito, platform, annotations::write(&checked(), &about())];
        survives(&planted(files[which].clone(), path, value).to_string());
    }
}
