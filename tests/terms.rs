//! What a user's terms and the least score do to whole articles.

mod common;

use common::ANNOTATOR;
use mingzhu::{Annotator, Article, Kind, Term};
use proptest::prelude::*;

fn with(terms: &[(&str, Kind)]) -> Annotator {
    let mut annotator = ANNOTATOR.clone();
    annotator.add_terms(terms.iter().map(|(text, kind)| Term::new(*text, *kind).unwrap()));
    annotator
}

/// What an article's mentions are called, with their kinds.
fn names<'a>(text: &'a str, article: &Article) -> Vec<(&'a str, Kind)> {
    article.mentions.iter().map(|m| (&text[m.start as usize..m.end as usize], m.kind)).collect()
}

const NEWS: &str = "云溪县副县长陈立群在县教育局会见江城大学校长林晓。\n\n陈立群强调，青禾计划要走进滨城区学校。林晓说，\
青禾计划已有三年。记者 周明远";

#[test]
fn a_term_acts_from_the_next_text_on_until_it_is_removed() {
    let mut annotator = ANNOTATOR.clone();
    let before = annotator.annotate(NEWS).unwrap();
    let named =
        |article: &Article| names(NEWS, article).iter().filter(|(name, _)| *name == "青禾计划").count();
    assert_eq!(named(&before), 0, "else this test needs another name");
    let plan = annotator.add_terms([Term::new("青禾计划", Kind::Organization).unwrap()]);
    let article = annotator.annotate(NEWS).unwrap();
    assert_eq!(named(&article), 2);
    let mention = article.mentions.iter().find(|m| NEWS[m.start as usize..].starts_with("青禾")).unwrap();
    assert_eq!((mention.kind, mention.score), (Kind::Organization, 1.0));
    assert_eq!(article.entities[mention.entity as usize].mentions.len(), 2);
    assert!(annotator.remove_terms(plan));
    assert_eq!(annotator.annotate(NEWS).unwrap(), before);
}

#[test]
fn terms_belong_to_one_annotator() {
    let annotator = with(&[("青禾计划", Kind::Organization)]);
    assert_ne!(annotator.annotate(NEWS).unwrap(), ANNOTATOR.annotate(NEWS).unwrap());
}

#[test]
fn a_term_can_say_that_the_model_is_wrong() {
    let text = "陈立群在云溪县出席会议。";
    assert!(names(text, &ANNOTATOR.annotate(text).unwrap()).contains(&("云溪县", Kind::Place)));
    let annotator = with(&[("云溪县", Kind::Organization)]);
    assert!(names(text, &annotator.annotate(text).unwrap()).contains(&("云溪县", Kind::Organization)));
}

#[test]
fn an_official_by_a_term_is_one_wherever_the_article_names_him() {
    let text = "林晓说，雨下了三天。大家都等林晓。";
    let kinds = |annotator: &Annotator, min_score: f32| {
        let reading = annotator.begin(text).unwrap().with_min_score(min_score);
        names(text, &reading.complete()).into_iter().filter(|(name, _)| *name == "林晓").collect::<Vec<_>>()
    };
    assert!(kinds(&ANNOTATOR, 0.0).iter().all(|(_, kind)| *kind == Kind::Person));
    let official = with(&[("林晓", Kind::Official)]);
    assert_eq!(kinds(&official, 0.0), [("林晓", Kind::Official); 2]);
    assert_eq!(kinds(&official, 1.0), [("林晓", Kind::Official); 2]);
    // A person holds what the text gives.
    let text = "副市长林晓出席会议。";
    let person = with(&[("林晓", Kind::Person)]).annotate(text).unwrap();
    assert_eq!(names(text, &person), [("林晓", Kind::Official)]);
}

#[test]
fn the_longest_name_wins_over_a_term_in_it() {
    let terms = with(&[("滨州", Kind::Organization), ("张三", Kind::Person)]);
    for text in ["滨州市妇联走进社区。", "滨州市副市长陈立群出席会议。", "张三丰创立武当派。"]
    {
        assert_eq!(terms.annotate(text).unwrap(), ANNOTATOR.annotate(text).unwrap(), "{text}");
    }
}

#[test]
fn a_term_is_known_in_either_script_and_across_lines() {
    let annotator = with(&[("青禾計劃", Kind::Organization), ("林晓", Kind::Person)]);
    for text in ["了解青禾计划的人。", "了解青禾計劃的人。", "了解青禾计\n划的人。"]
    {
        let article = annotator.annotate(text).unwrap();
        assert_eq!(article.mentions.len(), 1, "{text}");
        assert_eq!(article.mentions[0].kind, Kind::Organization);
        let (start, end) = (article.mentions[0].start as usize, article.mentions[0].end as usize);
        assert!(text[start..end].starts_with("青禾") && text[end..].starts_with("的人"), "{text}");
    }
    let text = "記者林曉說";
    assert!(names(text, &annotator.annotate(text).unwrap()).contains(&("林曉", Kind::Person)));
}

/// Pieces of news, some of them said twice.
fn news() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "云溪县副县长陈立群",
        "陳立群",
        "陈立\n群",
        "县教育局",
        "江城大学校长林晓",
        "林晓",
        "青禾计划",
        "走进",
        "会见",
        "强调",
        "，",
        "。",
        "、",
        "\n\n",
        "　",
        "滨城区",
        "我市",
        "记者 周明远",
        "😀",
        "2024年",
        "张三丰",
        "市妇联主席",
        "（女）",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn terms() -> impl Strategy<Value = Vec<Term>> {
    let name = prop::sample::select(vec![
        "陈立群",
        "立群",
        "林晓",
        "林晓强",
        "青禾计划",
        "江城大学",
        "江城",
        "市妇联",
        "张三",
        "走进",
        "教育局江城",
        "滨城",
        "云溪县副县长",
    ]);
    let kind = prop::sample::select(Kind::ALL.to_vec());
    prop::collection::vec((name, kind).prop_map(|(name, kind)| Term::new(name, kind).unwrap()), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_article_with_terms_is_sound_and_without_them_the_same_again(text in news(), terms in terms()) {
        let mut annotator = ANNOTATOR.clone();
        let before = annotator.annotate(&text).unwrap();
        let added = annotator.add_terms(terms);
        let article = annotator.annotate(&text).unwrap();
        let mut spans: Vec<(u32, u32)> = article.mentions.iter().map(|m| (m.start, m.end)).collect();
        prop_assert!(spans.is_sorted());
        spans.extend(article.titles.iter().map(|t| (t.start, t.end)));
        spans.sort_unstable();
        prop_assert!(spans.iter().all(|(start, end)| start < end && text.get(*start as usize..*end as usize).is_some()));
        prop_assert!(spans.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{spans:?}");
        for (m, mention) in article.mentions.iter().enumerate() {
            let entity = &article.entities[mention.entity as usize];
            prop_assert!(entity.mentions.contains(&(m as u32)) && entity.kind == mention.kind);
        }
        prop_assert!(annotator.remove_terms(added));
        prop_assert_eq!(annotator.annotate(&text).unwrap(), before);
    }

    #[test]
    fn terms_that_a_text_does_not_have_change_nothing(text in news()) {
        let annotator = with(&[("赵钱孙", Kind::Official), ("陈立人", Kind::Place), ("青禾大学", Kind::Organization)]);
        prop_assert_eq!(annotator.annotate(&text).unwrap(), ANNOTATOR.annotate(&text).unwrap());
    }

    #[test]
    fn the_least_score_only_takes_away(text in news(), min_score in 0f32..=1.0) {
        let all = ANNOTATOR.annotate(&text).unwrap();
        let some = ANNOTATOR.begin(&text).unwrap().with_min_score(min_score).complete();
        let mentions = |article: &Article| -> Vec<(u32, u32, f32)> {
            article.mentions.iter().map(|m| (m.start, m.end, m.score)).filter(|m| m.2 >= min_score).collect()
        };
        prop_assert_eq!(mentions(&some), mentions(&all));
        prop_assert_eq!(some.mentions.len(), mentions(&all).len());
        let titles: Vec<_> = all.titles.iter().filter(|title| title.score >= min_score).cloned().collect();
        prop_assert_eq!(&some.titles, &titles);
        // By what they stand on: the person's and the title's start.
        let offices = |article: &Article| -> Vec<(u32, u32, bool)> {
            let start = |o: &mingzhu::Office| {
                (article.mentions[o.person as usize].start, article.titles[o.title as usize].start, o.public)
            };
            article.offices.iter().map(start).collect()
        };
        let known = offices(&all);
        prop_assert!(offices(&some).iter().all(|office| known.contains(office)));
        for entity in &some.entities {
            prop_assert!(!entity.mentions.is_empty());
            let holds = entity.offices.iter().any(|office| some.offices[*office as usize].public);
            prop_assert_eq!(entity.kind == Kind::Official, holds);
        }
    }
}
