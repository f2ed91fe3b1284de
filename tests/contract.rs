//! What the annotator writes is what the contract says: docs/article.md and its schema.

mod common;

use common::ANNOTATOR;
use mingzhu::{Article, Context, OffsetUnit};
use serde_json::Value;

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
