use proptest::prelude::*;

use super::{Resolved, entities};
use crate::article::{Article, Kind};
use crate::office::attach;
use crate::office::marked::marked;
use crate::tagger::Label;

/// The entities of a passage: kind, name, and the mentions as written.
fn found(passage: &str) -> Vec<(Kind, String, Vec<String>)> {
    let (text, spans) = marked(passage);
    let held = attach(&text, &spans);
    let Resolved { mentions, entities } = entities(&text, &spans, &held);
    entities
        .into_iter()
        .map(|entity| {
            let written = entity.mentions.iter().map(|m| &mentions[*m as usize]);
            let written = written.map(|m| text[m.start as usize..m.end as usize].to_owned()).collect();
            (entity.kind, entity.name, written)
        })
        .collect()
}

/// The mentions of each entity, joined by a plus sign.
fn groups(passage: &str) -> Vec<String> {
    found(passage).into_iter().map(|(_, _, mentions)| mentions.join("+")).collect()
}

#[test]
fn an_official_is_one_wherever_the_name_stands() {
    let found = found("[王　刚|P]致辞。[副市长|T][王刚|P]出席，[李一|P]主持。");
    assert_eq!(found[0], (Kind::Official, "王刚".into(), vec!["王　刚".into(), "王刚".into()]));
    assert_eq!(found[1].0, Kind::Person);
}

#[test]
fn a_surname_with_its_title_is_the_full_name() {
    assert_eq!(groups("[市长|T][穆小杰|P]出席。[穆|P][市长|T]说"), ["穆小杰+穆"]);
    assert_eq!(groups("[穆|P][市长|T]来了。[市长|T][穆小杰|P]说"), ["穆+穆小杰"]);
}

#[test]
fn of_two_with_the_surname_the_one_with_the_title() {
    assert_eq!(
        groups("[市长|T][王一刚|P]、[局长|T][王二强|P]出席。[王|P][局长|T]说"),
        ["王一刚", "王二强+王"]
    );
    assert_eq!(
        groups("[市长|T][王一刚|P]、[市长|T][王二强|P]出席。[王|P][市长|T]说"),
        ["王一刚", "王二强", "王"]
    );
}

#[test]
fn who_holds_the_title_is_meant_before_who_comes_first() {
    assert_eq!(
        groups("[局长|T][王一刚|P]出席。[王|P][市长|T]说。[市长|T][王二强|P]讲话"),
        ["王一刚", "王+王二强"]
    );
    assert_eq!(
        groups("[副市长|T][王一刚|P]出席。[王|P][市长|T]说。"),
        ["王一刚+王"],
        "a deputy is called like that"
    );
}

#[test]
fn a_surname_with_a_title_is_nobody_of_another_office() {
    assert_eq!(groups("[记者|T][王小芳|P]报道。[王|P][局长|T]说"), ["王小芳", "王"]);
    assert_eq!(groups("[局长|T][王一刚|P]出席。[王|P][市长|T]说"), ["王一刚", "王"]);
    assert_eq!(groups("[记者|T][王小芳|P]报道。[王大力|P]在场。[王|P][局长|T]说"), ["王小芳", "王大力+王"]);
    assert_eq!(groups("[院长|T][王一刚|P]出席。[王|P][教授|T]说"), ["王一刚+王"]);
    assert_eq!(groups("[主任医师|T][王一刚|P]出诊。[王|P][主任|T]说"), ["王一刚+王"]);
}

#[test]
fn a_short_name_is_introduced_in_either_script() {
    assert_eq!(groups("[東海新材料公司|O]（以下簡稱「[東海新材|O]」）說"), ["東海新材料公司+東海新材"]);
}

#[test]
fn short_forms_of_peoples_names() {
    assert_eq!(groups("[陈小颖|P]说，[小颖|P]说"), ["陈小颖+小颖"]);
    assert_eq!(groups("[汤姆·哈里森|P]说，[哈里森|P]说"), ["汤姆·哈里森+哈里森"]);
    assert_eq!(groups("[甲·乙丙|P]、[丁·乙丙|P]、[乙丙|P]"), ["甲·乙丙", "丁·乙丙", "乙丙"]);
    assert_eq!(groups("[行政長官|T][何關秀蓮|P]，[何關|P]說"), ["何關秀蓮+何關"]);
    assert_eq!(groups("[周小曼|P]（[曼曼|P]）唱，[曼曼|P]说"), ["周小曼+曼曼+曼曼"]);
}

#[test]
fn short_forms_of_bodies() {
    let found = found("[市退役军人事务局|O]说，[滨州市退役军人事务局|O]说");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, "滨州市退役军人事务局");
    assert_eq!(groups("[滨州公安局|O]、[滨州市公安局|O]"), ["滨州公安局+滨州市公安局"]);
    assert_eq!(groups("[滨州市妇联|O]、[东营市妇联|O]、[市妇联|O]"), ["滨州市妇联", "东营市妇联", "市妇联"]);
    assert_eq!(groups("[某某大学法学院|O]、[法学院|O]、[大学|O]"), ["某某大学法学院+法学院", "大学"]);
}

#[test]
fn short_forms_of_places() {
    assert_eq!(groups("[滨州|L]、[滨州市|L]、[山东省滨州市|L]"), ["滨州+滨州市+山东省滨州市"]);
    assert_eq!(groups("[山东省滨州市沾化区|L]、[沾化|L]、[滨州|L]"), ["山东省滨州市沾化区+沾化", "滨州"]);
    assert_eq!(groups("[甲市中心区|L]、[乙市中心区|L]、[中心区|L]"), ["甲市中心区", "乙市中心区", "中心区"]);
}

#[test]
fn other_forms_are_aliases_in_the_order_of_the_text() {
    let (text, spans) = marked(
        "[穆|P][市长|T]在[滨州|L]。[穆　杰|P]说，[穆杰|P]、[山东省滨州市|L]、[滨州|L]、[滨州市|L]、[甲县|L]",
    );
    let Resolved { mentions, entities } = entities(&text, &spans, &attach(&text, &spans));
    let mut article = Article { mentions, entities, ..Article::empty(text.len() as u32) };
    super::name_aliases(&text, &mut article);
    let said: Vec<(&str, String)> =
        article.entities.iter().map(|entity| (&*entity.name, entity.aliases.join("+"))).collect();
    let expected = [("穆杰", "穆"), ("山东省滨州市", "滨州+滨州市"), ("甲县", "")];
    assert_eq!(said, expected.map(|(name, aliases)| (name, aliases.to_owned())));
}

proptest! {
    #[test]
    fn every_mention_has_its_entity((text, spans) in crate::office::tests::text_and_spans()) {
        let held = attach(&text, &spans);
        let Resolved { mentions, entities } = entities(&text, &spans, &held);
        prop_assert_eq!(mentions.len(), spans.iter().filter(|span| span.label != Label::Title).count());
        prop_assert!(mentions.is_sorted_by(|a, b| a.end <= b.start));
        let mut seen = 0;
        for (e, entity) in entities.iter().enumerate() {
            prop_assert!(!entity.mentions.is_empty());
            prop_assert!(entity.mentions.is_sorted_by(|a, b| a < b));
            for m in &entity.mentions {
                prop_assert_eq!(mentions[*m as usize].entity as usize, e);
                prop_assert_eq!(mentions[*m as usize].kind, entity.kind);
                seen += 1;
            }
            for o in &entity.offices {
                prop_assert!(entity.mentions.contains(&held.offices[*o as usize].person));
            }
        }
        prop_assert_eq!(seen, mentions.len());
    }
}
