use proptest::prelude::*;

use super::marked::marked;
use super::{Held, attach};
use crate::tagger::{Label, Labelled};

/// Who holds what, one tie a line: `王一 副市长 @滨州市 public`.
fn ties(passage: &str) -> Vec<String> {
    let (text, spans) = marked(passage);
    let held = attach(&text, &spans);
    let names: Vec<&Labelled> = spans.iter().filter(|span| span.label != Label::Title).collect();
    let words = |start: u32, end: u32| &text[start as usize..end as usize];
    held.offices
        .iter()
        .map(|office| {
            let title = &held.titles[office.title as usize];
            let name = |i: u32| words(names[i as usize].start, names[i as usize].end);
            let mut line = format!("{} {}", name(office.person), words(title.start, title.end));
            for at in [office.body, office.place].into_iter().flatten() {
                line += &format!(" @{}", name(at));
            }
            line + if office.public { " public" } else { "" }
        })
        .collect()
}

#[test]
fn a_title_before_the_name() {
    assert_eq!(ties("[市委常委、常务副市长|T][穆一|P]出席。"), ["穆一 市委常委、常务副市长 public"]);
    assert_eq!(ties("[滨州市|L][副市长|T][杜一|P]出席。"), ["杜一 副市长 @滨州市 public"]);
    assert_eq!(ties("[滨州市委|O]原[书记|T] [宋一|P]"), ["宋一 书记 @滨州市委 public"]);
    assert_eq!(ties("[国防部长|T][王一|P]向[记者|T]介绍"), ["王一 国防部长 public"]);
    assert_eq!(ties("[某集团|O][董事长|T][缪一|P]"), ["缪一 董事长 @某集团"]);
}

#[test]
fn a_name_that_a_line_break_parts_from_its_title() {
    assert_eq!(ties("[副市长|T]\n[杜一|P]出席。"), ["杜一 副市长 public"]);
    assert_eq!(ties("分管的[副市长|T]\n\n　　[杜一|P]出席。"), [""; 0]);
}

#[test]
fn bylines() {
    assert_eq!(
        ties("本报讯([记者|T][李一|P] [通讯员|T] [侯二|P] [高三|P] 报道)3月"),
        ["李一 记者", "侯二 通讯员", "高三 通讯员"]
    );
    assert_eq!(ties("[记者|T]：[李一|P]\n[通讯员|T]：[侯二|P]\n"), ["李一 记者", "侯二 通讯员"]);
}

#[test]
fn one_title_for_several_people() {
    assert_eq!(
        ties("[副市长|T][甲一|P]、[乙二|P](左三)、[丙三|P]和[丁四|P]出席，[戊五|P]主持。"),
        ["甲一 副市长 public", "乙二 副市长 public", "丙三 副市长 public", "丁四 副市长 public"]
    );
    assert_eq!(
        ties("[副市长|T][甲一|P]、[乙二|P][局长|T]出席。"),
        ["甲一 副市长 public", "乙二 局长 public"]
    );
    assert_eq!(ties("[甲一|P]、[乙二|P]两位[副市长|T]出席。"), ["甲一 副市长 public", "乙二 副市长 public"]);
}

#[test]
fn titles_broken_by_bodies_are_each_a_tie() {
    assert_eq!(
        ties("[中央政治局|O][常委|T]、[国务院|O][总理|T][李一|P]表示"),
        ["李一 常委 @中央政治局 public", "李一 总理 @国务院 public"]
    );
    assert_eq!(
        ties("[硚口区委|O][常委|T]，区公安分局[党委书记、局长|T][张一|P]介绍"),
        ["张一 常委 @硚口区委 public", "张一 党委书记、局长 public"]
    );
}

#[test]
fn a_title_the_tagger_passed_over() {
    assert_eq!(ties("[某部|O][部长|T]、国家总督察[徐一|P]批示"), ["徐一 部长 @某部 public"]);
    assert_eq!(ties("[局长|T]、村民[徐一|P]说"), [""; 0]);
    assert_eq!(ties("当选[村支书|T]后，[程一|P]决定"), ["程一 村支书 public"]);
}

#[test]
fn a_title_behind_the_name() {
    assert_eq!(ties("三亚市教育局[吴一|P][局长|T]说"), ["吴一 局长 public"]);
    assert_eq!(ties("[某某大学|O][叶一|P][教授|T]说"), ["叶一 教授 @某某大学"]);
    assert_eq!(ties("[习一|P][主席|T]、[普二|P][总统|T]会谈"), ["习一 主席 public", "普二 总统 public"]);
    assert_eq!(ties("[穆|P][市长|T]说"), ["穆 市长 public"]);
    assert_eq!(ties("免去[张一|P]的[副市长|T]职务"), ["张一 副市长 public"]);
    assert_eq!(ties("这是[张一|P]的[局长|T]告诉他的"), [""; 0]);
}

#[test]
fn apposition_and_verbs() {
    assert_eq!(ties("[张一|P]，[滨州市|L][副市长|T]，1970年生。"), ["张一 副市长 @滨州市 public"]);
    assert_eq!(ties("[张一|P]（[市教育局|O][局长|T]）说"), ["张一 局长 @市教育局 public"]);
    assert_eq!(ties("[张一|P]当选为[滨州市|L][市长|T]。"), ["张一 市长 @滨州市 public"]);
    assert_eq!(ties("[桂一|P]、曾在[某村|L]担任[第一书记|T]的[吕二|P]"), ["吕二 第一书记 public"]);
    assert_eq!(ties("任命[张一|P]为[局长|T]，即日生效"), ["张一 局长 public"]);
    assert_eq!(ties("[组长|T]由[张一|P]担任。"), ["张一 组长 public"]);
    assert_eq!(
        ties("[马一|P]，1902年生于[河北|L]，先后任[某军分区|O][司令员|T]兼[某支队|O][司令员|T]等职。"),
        ["马一 司令员 @某军分区 public", "马一 司令员 @某支队 public"]
    );
}

#[test]
fn other_peoples_titles_stay_theirs() {
    assert_eq!(ties("[张一|P]。[市长|T]表示"), [""; 0]);
    assert_eq!(ties("[张一|P]，[市长|T][李二|P]出席"), ["李二 市长 public"]);
    assert_eq!(ties("[张一|P]信任[总理|T]。"), [""; 0]);
    assert_eq!(ties("[张一|P]祝贺他当选[总统|T]。"), [""; 0]);
    assert_eq!(ties("[王一|P][代表|T]蓝队发言"), [""; 0]);
    assert_eq!(ties("[王一|P][代表|T]说"), ["王一 代表 public"]);
    assert_eq!(ties("[记者|T]从[张一|P]处获悉"), [""; 0]);
}

#[test]
fn what_a_body_is_decides_over_its_posts() {
    assert_eq!(
        ties("[某商会|O]换届，[会长|T][甲一|P]，[副秘书长|T][乙二|P]出席"),
        ["甲一 会长", "乙二 副秘书长"]
    );
    assert_eq!(ties("[市人民医院|O][院长|T][甲一|P]"), ["甲一 院长 @市人民医院"]);
    assert_eq!(ties("[市中级人民法院|O][院长|T][甲一|P]"), ["甲一 院长 @市中级人民法院 public"]);
    assert_eq!(ties("[共和黨|O][參議員|T][葛一|P]"), ["葛一 參議員 @共和黨 public"]);
}

#[test]
fn ties_grow_with_the_text_and_not_with_its_square() {
    let passage = "[局长|T]、".repeat(1500) + "[市长|T]" + &"[张一|P]、".repeat(1500);
    let (text, spans) = marked(&passage);
    assert!(attach(&text, &spans).offices.len() <= 12 * spans.len());
}

/// Any text, and spans on its character boundaries.
pub(crate) fn text_and_spans() -> impl Strategy<Value = (String, Vec<Labelled>)> {
    let piece = prop_oneof![
        8 => "[张王李市长、，。（）：的任为是和局书记委员会 \n]{0,6}",
        1 => "\\PC{0,8}",
        1 => Just("\u{200B}\r\n　".to_owned()),
        1 => "[𠮷a·é]{0,4}",
    ];
    prop::collection::vec((piece, 0..6usize), 0..40).prop_map(|pieces| {
        let (mut text, mut spans) = (String::new(), Vec::new());
        for (piece, label) in pieces {
            let start = text.len() as u32;
            text.push_str(&piece);
            if let Some(label) = Label::ALL.get(label)
                && !piece.is_empty()
            {
                spans.push(Labelled { start, end: text.len() as u32, label: *label, score: 0.5 });
            }
        }
        (text, spans)
    })
}

proptest! {
    #[test]
    fn ties_point_to_what_is_there((text, spans) in text_and_spans()) {
        let Held { titles, offices } = attach(&text, &spans);
        let mentions: Vec<_> = spans.iter().filter(|span| span.label != Label::Title).collect();
        prop_assert_eq!(titles.len() + mentions.len(), spans.len());
        prop_assert!(titles.is_sorted_by_key(|title| title.start));
        prop_assert!(offices.is_sorted_by(|a, b| (a.person, a.title) < (b.person, b.title)));
        for office in &offices {
            prop_assert!((office.title as usize) < titles.len());
            prop_assert_eq!(mentions[office.person as usize].label, Label::Person);
            if let Some(body) = office.body {
                prop_assert_eq!(mentions[body as usize].label, Label::Organization);
            }
            if let Some(place) = office.place {
                prop_assert_eq!(mentions[place as usize].label, Label::Place);
            }
        }
    }
}
