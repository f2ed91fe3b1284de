//! What the annotator writes is what the contract says: docs/article.md and its schema.

mod common;

use common::ANNOTATOR;
use mingzhu::{
    Article, Because, Context, Division, Entity, Evidence, Home, Kind, Mention, Office, OffsetUnit, Open,
    Post, Reference, Rule, Span, Status, Title,
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

const TEXT: &str = "滨州市副市长陈立群出席会议。";

fn schema() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(include_str!("../docs/article.schema.json")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn example() -> Value {
    let page = include_str!("../docs/article.md");
    let json = page.split_once("```json").unwrap().1.split_once("```").unwrap().0;
    serde_json::from_str(json).unwrap()
}

#[test]
fn every_article_fits_the_schema() {
    let schema = schema();
    let texts = [
        "",
        TEXT,
        "云溪县委书记吴敏、江城大学校长林晓（女）在东海医院调研，吴敏强调。吴书记、林校长还到了滨城区。",
        "记者 周明远 通讯员 林晓 报道😀",
        "滨州日报讯 我市与鼓楼区、市妇联、美国，全县😀。",
        "我市召开会议，市委出席。",
    ];
    for text in texts {
        for unit in [OffsetUnit::Bytes, OffsetUnit::Utf16, OffsetUnit::CodePoints] {
            let article = match unit {
                OffsetUnit::Bytes => ANNOTATOR.annotate(text).unwrap(),
                _ => ANNOTATOR.annotate(text).unwrap().with_unit(text, unit),
            };
            let json = serde_json::to_value(&article).unwrap();
            if let Err(error) = schema.validate(&json) {
                panic!("{text}: {error}: {json:#}");
            }
            assert_eq!(serde_json::from_value::<Article>(json).unwrap(), article, "{text}");
        }
    }
}

#[test]
fn the_day_goes_with_the_article() {
    let date = Some("2026-03-05".parse().unwrap());
    let context = Context { date, ..Context::default() };
    for reading in [ANNOTATOR.begin(TEXT).unwrap(), ANNOTATOR.begin(TEXT).unwrap().without_resolving()] {
        let article = reading.with_context(context.clone()).complete();
        let json = serde_json::to_value(&article).unwrap();
        assert!(schema().is_valid(&json));
        assert_eq!(json["date"], "2026-03-05");
        assert_eq!(serde_json::from_value::<Article>(json).unwrap(), article);
    }
}

#[test]
fn the_schema_refuses_what_is_no_article() {
    let schema = schema();
    let mut broken = example();
    broken["mentions"][0]["kind"] = "politician".into();
    assert!(!schema.is_valid(&broken));
    let mut broken = example();
    broken["offices"][0]["officer"] = 1.into();
    assert!(!schema.is_valid(&broken));
    let mut broken = example();
    broken["home"]["evidence"] = "hearsay".into();
    assert!(!schema.is_valid(&broken));
}

#[test]
fn the_example_is_what_comes_out() {
    assert!(schema().is_valid(&example()));
    let mut article = ANNOTATOR.annotate(TEXT).unwrap().with_unit(TEXT, OffsetUnit::Utf16);
    for score in (article.mentions.iter_mut().map(|m| &mut m.score))
        .chain(article.titles.iter_mut().map(|t| &mut t.score))
    {
        assert!(*score > 0.5, "an easy sentence");
        *score = 1.0;
    }
    article.home.as_mut().expect("a city is named").confidence = 1.0;
    let expected: Article = serde_json::from_value(example()).unwrap();
    assert_eq!(article, expected);
}

/// An article that has everything an article can have.
fn full() -> Article {
    let division = || Division { code: 3716, path: "山东省/滨州市".into() };
    let open = Some(Open::Ambiguous);
    let mention = Mention { start: 0, end: 1, kind: Kind::Place, score: 1.0, entity: 0 };
    let post = Post {
        name: "市长".into(),
        status: Status::Former,
        body: Some("滨州市人民政府".into()),
        division: Some(division()),
    };
    let office = Office {
        person: 0,
        title: 0,
        body: Some(0),
        place: Some(0),
        public: true,
        because: Because { rule: Rule::Title, word: "市长".into() },
        posts: vec![post],
        evidence: vec![Span { start: 0, end: 1 }],
    };
    let entity = Entity {
        kind: Kind::Place,
        name: "滨州市".into(),
        aliases: vec!["滨州".into()],
        mentions: vec![0],
        offices: vec![0],
        division: Some(division()),
        open,
    };
    let reference = Reference {
        start: 0,
        end: 1,
        kind: Kind::Place,
        name: Some("滨州市".into()),
        division: Some(division()),
        entity: Some(0),
        confidence: 1.0,
        open,
    };
    Article {
        date: Some("2026-03-05".parse().unwrap()),
        mentions: vec![mention],
        titles: vec![Title { start: 0, end: 1, score: 1.0 }],
        offices: vec![office],
        entities: vec![entity],
        references: vec![reference],
        home: Some(Home { division: division(), evidence: Evidence::Places, confidence: 1.0 }),
        ..Article::empty(1)
    }
}

#[test]
fn the_schema_has_the_fields_of_the_records() {
    let article = serde_json::to_value(full()).unwrap();
    let whole: Value = serde_json::from_str(include_str!("../docs/article.schema.json")).unwrap();
    assert!(schema().is_valid(&article));
    compare("article", &whole, &whole, &article);
}

/// Every field of a record is in its schema, and the other way round, all the way down.
fn compare(name: &str, whole: &Value, schema: &Value, record: &Value) {
    if let Some(target) = schema["$ref"].as_str() {
        let target = whole.pointer(target.trim_start_matches('#')).expect("a reference leads somewhere");
        return compare(name, whole, target, record);
    }
    match record {
        Value::Array(list) => compare(name, whole, &schema["items"], &list[0]),
        Value::Object(fields) => {
            let described = schema["properties"].as_object().expect(name);
            let names = |map: &serde_json::Map<String, Value>| map.keys().cloned().collect::<BTreeSet<_>>();
            assert_eq!(names(fields), names(described), "{name}");
            for (field, value) in fields {
                compare(field, whole, &described[field], value);
            }
        }
        _ => {}
    }
}

#[test]
fn the_schema_has_the_words_of_the_records() {
    let schema: Value = serde_json::from_str(include_str!("../docs/article.schema.json")).unwrap();
    let listed = |path: &str| schema.pointer(path).expect(path)["enum"].as_array().expect(path).clone();
    assert_eq!(listed("/$defs/kind"), words(Kind::ALL));
    assert_eq!(listed("/$defs/reference/properties/kind"), words([Kind::Place, Kind::Organization]));
    assert_eq!(listed("/$defs/open"), words(Open::ALL));
    assert_eq!(listed("/$defs/office/properties/because/properties/rule"), words(Rule::ALL));
    assert_eq!(listed("/properties/home/properties/evidence"), words(Evidence::ALL));
    // Who holds a post is not said to.
    let statuses = Status::ALL.into_iter().filter(|status| !status.is_current());
    assert_eq!(listed("/$defs/post/properties/status"), words(statuses));
}

fn words<T: Serialize>(all: impl IntoIterator<Item = T>) -> Vec<Value> {
    all.into_iter().map(|word| serde_json::to_value(word).unwrap()).collect()
}
