//! Checks of passages that the annotator reads: what is wrong is found, and what is right is left alone.

mod common;

use common::{ANNOTATOR, asset};
use mingzhu::review::{Action, Decision, Log, Review};
use mingzhu::roster::{Confusables, Finding, Roster, Rule, check};
use mingzhu::{Article, Kind, Mention, Office, OffsetUnit, Title};
use proptest::prelude::*;
use std::sync::LazyLock;

static CONFUSABLES: LazyLock<Confusables> =
    LazyLock::new(|| Confusables::load("confusables.mz", &asset("confusables.mz")).unwrap());

const LIST: &str = "name,body,title,rank,from,to
赵明远,中共滨州市委员会,市委书记,1,2022-01,
陈立群,滨州市人民政府,副市长,3,2024-02,
吴玉洁,滨州市人民政府,副市长,4,2024-02,
林志强,滨州市人民政府,市长,1,2022-01,
孙国华,滨州市人民政府,副市长,5,2019-03,2023-06
周怀远,滨州市教育局,局长,,2020,
李伟,济南市人民政府,副市长,,2020,
穆怀德,滨州市人民政府,市委常委、常务副市长,2,2023,
";

fn checked(text: &str, list: Option<&str>, date: &str) -> Vec<Finding> {
    let article = ANNOTATOR.annotate(text).unwrap();
    let roster = list.map(|list| Roster::read(list).unwrap());
    check(text, &article, roster.as_ref(), &CONFUSABLES, date.parse().ok())
}

/// The rules that are broken, with what was expected.
fn broken(text: &str, list: Option<&str>) -> Vec<(Rule, String, String)> {
    let findings = checked(text, list, "2026-03-05");
    findings.into_iter().map(|finding| (finding.rule, finding.found, finding.expected)).collect()
}

fn one(rule: Rule, found: &str, expected: &str) -> Vec<(Rule, String, String)> {
    vec![(rule, found.to_owned(), expected.to_owned())]
}

#[test]
fn what_the_list_confirms_is_left_alone() {
    for text in [
        "滨州市副市长陈立群出席会议并讲话。",
        "滨州日报讯 滨州市召开会议。副市长陈立群、吴玉洁出席。",
        "滨州市教育局局长周怀远主持会议。周怀远要求抓好落实。",
        "2021年，时任滨州市副市长孙国华到会。",
        "原滨州市副市长孙国华参加活动。",
        "滨州市委常委、常务副市长穆怀德出席。",
        // A namesake, elsewhere and with another office.
        "云南大学教授陈立群作报告。",
        "昆明市教育局副局长周怀远参加。",
        // One character away, but nobody of that office.
        "云南大学教授陈立裙作报告。",
    ] {
        assert_eq!(broken(text, Some(LIST)), [], "{text}");
    }
}

#[test]
fn traditional_and_simplified_are_the_same_people() {
    assert_eq!(broken("濱州市副市長陳立群出席會議並講話。", Some(LIST)), []);
    let list = "name,body,title\n陳立群,濱州市人民政府,副市長\n";
    assert_eq!(broken("滨州市副市长陈立群出席会议并讲话。", Some(list)), []);
    let found = broken("滨州市副市长陈立裙出席会议并讲话。", Some(list));
    assert_eq!(found, one(Rule::NameNear, "陈立裙", "陳立群"));
}

#[test]
fn a_wrong_character_in_a_name_is_found() {
    let found = broken("滨州市副市长吴玉杰出席会议并讲话。", Some(LIST));
    assert_eq!(found, one(Rule::NameNear, "吴玉杰", "吴玉洁"));
}

#[test]
fn a_wrong_title_is_found() {
    let found = broken("滨州市市长陈立群出席会议并讲话。", Some(LIST));
    assert_eq!(found[0].0, Rule::TitleDiffers, "{found:?}");
    assert_eq!(found[0].2, "副市长");
}

#[test]
fn a_wrong_body_is_found() {
    let found = broken("滨州市公安局局长周怀远主持会议。", Some(LIST));
    assert_eq!(found, one(Rule::BodyDiffers, "滨州市公安局局长", "滨州市教育局"));
}

#[test]
fn an_office_that_is_over_is_found_and_only_by_a_day() {
    let text = "滨州市副市长孙国华出席会议并讲话。";
    let found = checked(text, Some(LIST), "2026-03-05");
    assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [Rule::NotInOffice]);
    assert_eq!(found[0].expected, "2019-03-01–2023-06-30");
    assert_eq!(found[0].row.as_ref().unwrap().line, 6);
    assert_eq!(checked(text, Some(LIST), "2021-03-05"), []);
    assert_eq!(checked(text, Some(LIST), ""), []);
}

#[test]
fn an_office_that_has_not_begun_is_found() {
    let text = "滨州市副市长陈立群出席会议并讲话。";
    let found = checked(text, Some(LIST), "2023-11-05");
    assert_eq!(found.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [Rule::NotInOffice]);
    assert_eq!((found[0].expected.as_str(), found[0].row.as_ref().unwrap().line), ("2024-02-01–", 3));
    assert_eq!(checked(text, Some(LIST), "2024-02-01"), [], "the first day");
    // What is to come may be said.
    assert_eq!(checked("会议任命陈立群为滨州市副市长。", Some(LIST), "2023-11-05"), []);
}

#[test]
fn leaders_in_the_wrong_order_are_found() {
    let found = broken("滨州市副市长吴玉洁、陈立群出席会议。", Some(LIST));
    assert_eq!(found, one(Rule::Order, "吴玉洁、陈立群", "陈立群、吴玉洁"));
    assert_eq!(broken("滨州市副市长吴玉洁、陈立群（按姓氏笔画为序）出席会议。", Some(LIST)), []);
}

#[test]
fn leaders_with_several_ranks_are_compared_by_the_body_they_share() {
    // 陈立群 is a member of the committee as well, where 吴玉洁 is none; 孙国华 stands before him there and behind him here.
    let list = "name,body,title,rank,from
陈立群,滨州市人民政府,副市长,3,2024-02
陈立群,中共滨州市委员会,常委,9,2024-02
吴玉洁,滨州市人民政府,副市长,4,2024-02
孙国华,滨州市人民政府,副市长,5,2024-02
孙国华,中共滨州市委员会,常委,8,2024-02
";
    let found = broken("滨州市副市长吴玉洁、陈立群出席会议。", Some(list));
    assert_eq!(found, one(Rule::Order, "吴玉洁、陈立群", "陈立群、吴玉洁"));
    for fine in ["滨州市副市长陈立群、吴玉洁出席会议。", "滨州市副市长孙国华、陈立群出席会议。"]
    {
        assert_eq!(broken(fine, Some(list)), [], "{fine}: two lists that do not agree say nothing");
    }
}

#[test]
fn of_somebody_of_several_names_the_one_is_expected_that_is_nearly_written() {
    let list = "name,aliases,body,title\n周远,周怀远,滨州市教育局,局长\n";
    let found = broken("滨州市教育局局长周怀元主持会议。", Some(list));
    assert_eq!(found, one(Rule::NameNear, "周怀元", "周怀远"));
}

#[test]
fn bodies_are_known_by_their_full_names_and_their_short_ones() {
    let list = "name,body,title
林志强,国家发展和改革委员会,主任
陈立群,中华人民共和国商务部,部长
吴玉洁,中国人民政治协商会议云泽市委员会,主席
";
    for fine in
        ["国家发展改革委主任林志强出席会议。", "商务部部长陈立群出席会议。", "云泽市政协主席吴玉洁出席会议。"]
    {
        assert_eq!(broken(fine, Some(list)), [], "{fine}");
    }
    let found = broken("水利部部长陈立群出席会议并讲话。", Some(list));
    assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [Rule::BodyDiffers], "{found:?}");
}

#[test]
fn a_body_in_two_spellings_is_found_and_two_bodies_are_not() {
    let found = broken(
        "青禾师范学院举行开学典礼。青禾师范学院院长讲话。\n\n典礼结束后，青禾师范学员教师代表座谈。",
        None,
    );
    assert!(found.is_empty() || found[0].0 == Rule::BodyVariant, "{found:?}");
    let text = "滨州市水利局召开会议。滨州市水利局要求抓好落实。\n\n会后，滨州市水力局到学校走访。";
    assert_eq!(broken(text, None), one(Rule::BodyVariant, "滨州市水力局", "滨州市水利局"));
    for fine in [
        "山西省教育厅和陕西省教育厅签署协议。",
        "苏州大学和宿州大学签署协议。",
        "泰州市人民政府与台州市人民政府签署协议。",
        "北京市教委、北京市交委出席。",
        "中国银行、中国工商银行、中国建设银行公布利率。",
        "北京大学、北京师范大学、北京理工大学参加。",
        "中国队胜。此前，中国足球队和中国游泳队到访。",
        "第一人民医院和第二人民医院参加。",
    ] {
        assert_eq!(broken(fine, None), [], "{fine}");
    }
}

/// The article with offsets in UTF-16 units, as the desk has it.
fn utf16(text: &str, mut article: Article) -> Article {
    let unit = |byte: &mut u32| *byte = text[..*byte as usize].encode_utf16().count() as u32;
    let mentions = article.mentions.iter_mut().flat_map(|mention| [&mut mention.start, &mut mention.end]);
    let titles = article.titles.iter_mut().flat_map(|title| [&mut title.start, &mut title.end]);
    let evidence = article.offices.iter_mut().flat_map(|office| &mut office.evidence);
    let evidence = evidence.flat_map(|span| [&mut span.start, &mut span.end]);
    mentions.chain(titles).chain(evidence).for_each(unit);
    article.unit = OffsetUnit::Utf16;
    article.length = text.encode_utf16().count() as u32;
    article
}

/// The rules that a story breaks once these things have been decided on the names in it.
fn reviewed(text: &str, decisions: &[(&str, Action)]) -> Vec<(Rule, String, String)> {
    let machine = utf16(text, ANNOTATOR.annotate(text).unwrap());
    let mut review = Review::new(text, machine, Log::default()).unwrap();
    for (count, (words, action)) in decisions.iter().enumerate() {
        let start = text[..text.find(words).unwrap()].encode_utf16().count() as u32;
        let end = start + words.encode_utf16().count() as u32;
        let mut marks = review.outcome().marks.iter();
        let kind = marks.find(|mark| (mark.start, mark.end) == (start, end)).map(|mark| mark.kind);
        let decision = Decision {
            id: count.to_string(),
            author: "张三".into(),
            time: format!("2026-11-24T05:30:{count:02}Z").parse().unwrap(),
            target: review.target_of(start, end),
            kind,
            action: action.clone(),
            reason: None,
            replaces: Vec::new(),
        };
        review.decide(decision).unwrap();
    }
    let roster = Roster::read(LIST).unwrap();
    let date = "2026-03-05".parse().ok();
    let findings = check(text, &review.reviewed(), Some(&roster), &CONFUSABLES, date);
    findings.into_iter().map(|finding| (finding.rule, finding.found, finding.expected)).collect()
}

#[test]
fn what_humans_reject_is_not_doubted_and_what_they_add_is() {
    let text = "滨州市副市长吴玉杰出席会议并讲话。";
    let near = one(Rule::NameNear, "吴玉杰", "吴玉洁");
    assert_eq!(reviewed(text, &[]), near);
    assert_eq!(reviewed(text, &[("吴玉杰", Action::Confirm)]), near, "a name all the same");
    let reject = ("吴玉杰", Action::Reject);
    assert_eq!(reviewed(text, std::slice::from_ref(&reject)), []);
    assert_eq!(reviewed(text, &[("吴玉杰", Action::Kind { kind: Kind::Place })]), []);
    // Whatever the machine thought of it, a human says that it is a name.
    let back = [reject, ("吴玉杰", Action::Add { kind: Kind::Person })];
    assert_eq!(reviewed(text, &back), near);
}

#[test]
fn what_humans_correct_is_checked_as_they_have_it() {
    let text = "滨州市副市长陈立群出席会议并讲话。";
    assert_eq!(reviewed(text, &[]), []);
    let office = |title: &str| Action::Office {
        title: title.into(),
        body: Some("滨州市人民政府".into()),
        public: None,
    };
    assert_eq!(reviewed(text, &[("陈立群", office("副市长"))]), []);
    let found = reviewed(text, &[("陈立群", office("市长"))]);
    assert_eq!(found, one(Rule::TitleDiffers, "滨州市人民政府市长", "副市长"));
    // Somebody else is meant, who holds nothing there.
    let other = Action::Entity { name: "李伟".into(), id: None };
    let found = reviewed(text, &[("陈立群", other)]);
    assert!(found.iter().all(|found| found.0 != Rule::NameNear), "{found:?}");
    // The very person is meant, and is written wrongly.
    let meant = Action::Entity { name: "陈立群".into(), id: None };
    let found = reviewed("滨州市副市长陈立君出席会议并讲话。", &[("陈立君", meant)]);
    assert_eq!(found, one(Rule::NameNear, "陈立君", "陈立群"));
}

#[test]
fn a_story_that_contradicts_itself_is_found_without_a_list() {
    let text = "滨州市副市长杜玉杰出席会议并讲话。会议要求抓好落实。\n\n19日，滨州市副市长杜玉洁到学校走访。杜玉杰参加。";
    assert_eq!(broken(text, None), one(Rule::NameVariant, "杜玉洁", "杜玉杰"));
    let text = "滨州市市长林志强出席会议。会议要求抓好落实。\n\n19日，滨州市副市长林志强到学校走访。";
    assert_eq!(broken(text, None), one(Rule::TwoOffices, "副市长", "市长"));
    let text =
        "滨州市教育局局长林志强出席会议。会议要求抓好落实。\n\n19日，滨州市公安局局长林志强到学校走访。";
    assert_eq!(broken(text, None), one(Rule::TwoOffices, "滨州市公安局局长", "滨州市教育局局长"));
    for fine in [
        "滨州市教育局局长、滨州市体育局局长林志强出席会议。林志强要求抓好落实。",
        "滨州市教育局原局长林志强出席会议。\n\n19日，滨州市公安局局长林志强到学校走访。",
        "任命林志强为滨州市公安局局长。\n\n滨州市教育局局长林志强出席会议。",
        "滨州市副市长杜玉杰出席会议。记者杜玉洁报道。",
        "副市长杜玉杰、杜玉洁出席会议。",
        "滨州市副市长林志强当选滨州市市长。",
    ] {
        assert_eq!(broken(fine, None), [], "{fine}");
    }
}

#[test]
fn every_finding_has_evidence_that_stands_in_the_text() {
    let text = "滨州市副市长吴玉杰、滨州市市长陈立群出席会议。滨州市副市长孙国华参加。";
    let findings = checked(text, Some(LIST), "2026-03-05");
    assert!(findings.len() >= 3, "{findings:#?}");
    for finding in findings {
        assert!(!finding.evidence.is_empty() && (0.5..=1.0).contains(&finding.confidence));
        for span in finding.spans.iter().chain(&finding.evidence) {
            assert!(text.get(span.start as usize..span.end as usize).is_some_and(|words| !words.is_empty()));
        }
    }
}

#[test]
fn offsets_are_in_the_unit_of_the_article() {
    let text = "𠮷𠮷𠮷滨州市副市长吴玉杰出席会议并讲话。";
    let mut article = ANNOTATOR.annotate(text).unwrap();
    let roster = Roster::read(LIST).unwrap();
    let bytes = check(text, &article, Some(&roster), &CONFUSABLES, None);
    let utf16 = |byte: &mut u32| *byte = text[..*byte as usize].encode_utf16().count() as u32;
    article.unit = OffsetUnit::Utf16;
    article.mentions.iter_mut().for_each(|mention| (utf16(&mut mention.start), utf16(&mut mention.end)).0);
    article.titles.iter_mut().for_each(|title| (utf16(&mut title.start), utf16(&mut title.end)).0);
    let found = check(text, &article, Some(&roster), &CONFUSABLES, None);
    assert_eq!((found.len(), &found[0].found), (1, &bytes[0].found));
    assert_eq!(found[0].spans[0].start, 6 + 6);
}

/// Articles that nobody has made: indices that lead nowhere, spans beyond the text.
fn article() -> impl Strategy<Value = Article> {
    let mention = (0u32..60, 0u32..60, 0usize..4, 0u32..6).prop_map(|(start, end, kind, entity)| Mention {
        start,
        end,
        kind: Kind::ALL[kind],
        score: 1.0,
        entity,
    });
    let office = (0u32..6, 0u32..6, proptest::option::of(0u32..6)).prop_map(|(person, title, body)| {
        serde_json::from_value::<Office>(serde_json::json!({
            "person": person, "title": title, "body": body, "public": true,
            "because": { "rule": "title", "word": "市长" },
            "posts": [{ "name": "副市长" }, { "name": "市长", "body": "滨州市人民政府" }],
            "evidence": [{ "start": person, "end": title }],
        }))
        .unwrap()
    });
    let entity = (
        0usize..4,
        "[陈立群吴玉洁杰]{2,3}",
        proptest::collection::vec(0u32..6, 0..3),
        proptest::collection::vec(0u32..6, 0..3),
    );
    let entity = entity.prop_map(|(kind, name, mentions, offices)| mingzhu::Entity {
        kind: Kind::ALL[kind],
        name,
        aliases: Vec::new(),
        mentions,
        offices,
        division: None,
        open: None,
    });
    let title = (0u32..60, 0u32..60).prop_map(|(start, end)| Title { start, end, score: 1.0 });
    let units = proptest::sample::select(vec![OffsetUnit::Bytes, OffsetUnit::Utf16, OffsetUnit::CodePoints]);
    (
        units,
        proptest::collection::vec(mention, 0..6),
        proptest::collection::vec(title, 0..4),
        proptest::collection::vec(office, 0..4),
        proptest::collection::vec(entity, 0..6),
    )
        .prop_map(|(unit, mentions, titles, offices, entities)| Article {
            unit,
            mentions,
            titles,
            offices,
            entities,
            ..Article::empty(60)
        })
}

proptest! {
    #[test]
    fn any_article_is_checked_in_peace(article in article(), text in "[陈立群吴玉洁杰、，副市长𠮷 ]{0,40}") {
        let roster = Roster::read(LIST).unwrap();
        for roster in [None, Some(&roster)] {
            for finding in check(&text, &article, roster, &CONFUSABLES, None) {
                prop_assert!(!finding.spans.is_empty() && !finding.evidence.is_empty());
            }
        }
    }
}
