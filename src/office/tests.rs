use proptest::prelude::*;

use super::marked::marked;
use super::{Held, attach};
use crate::article::{Post, Rule, Span};
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

/// Who holds what how: `王一 市长 Former 原`, with the word that says so.
fn statuses(passage: &str) -> Vec<String> {
    let (text, spans) = marked(passage);
    let held = attach(&text, &spans);
    let names: Vec<&Labelled> = spans.iter().filter(|span| span.label != Label::Title).collect();
    let words = |start: u32, end: u32| &text[start as usize..end as usize];
    (held.offices.iter())
        .flat_map(|office| {
            let person = names[office.person as usize];
            let is_span = |e: &&Span| spans.iter().any(|span| (span.start, span.end) == (e.start, e.end));
            let said: String = office
                .evidence
                .iter()
                .filter(|e| !is_span(e))
                .map(|e| format!(" {}", words(e.start, e.end)))
                .collect();
            let line = move |post: &Post| {
                format!("{} {} {:?}{said}", words(person.start, person.end), post.name, post.status)
            };
            office.posts.iter().map(line).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn an_office_of_the_past() {
    assert_eq!(statuses("[滨州市|L]原[副市长|T][王一|P]受审"), ["王一 副市长 Former 原"]);
    assert_eq!(statuses("[滨州市委|O]原[书记|T][王一|P]受审"), ["王一 书记 Former 原"]);
    assert_eq!(statuses("[原副市长|T][王一|P]受审"), ["王一 副市长 Former"]);
    assert_eq!(statuses("时任[县委书记|T]的[王一|P]说"), ["王一 县委书记 Former 时任"]);
    assert_eq!(statuses("[王一|P]曾任[甲县|L][县长|T]，"), ["王一 县长 Former 曾任"]);
    assert_eq!(
        statuses("[王一|P]先后担任[局长|T]、[县长|T]，"),
        ["王一 局长 Former 先后", "王一 县长 Former 先后"]
    );
    assert_eq!(statuses("日前[市长|T][王一|P]说"), ["王一 市长 Current"]);
    assert_eq!(
        statuses("[党组书记|T]、原[局长|T][王一|P]说"),
        ["王一 党组书记 Current", "王一 局长 Former 原"]
    );
}

#[test]
fn an_office_for_the_time_being_or_to_come() {
    assert_eq!(statuses("[市委副书记、代市长|T][王一|P]说"), ["王一 市委副书记 Current", "王一 市长 Acting"]);
    assert_eq!(statuses("[甲县|L]代[县长|T][王一|P]说"), ["王一 县长 Acting 代"]);
    assert_eq!(statuses("候任[总统|T][王一|P]说"), ["王一 总统 Designate 候任"]);
    assert_eq!(statuses("[王一|P]将出任[部长|T]。"), ["王一 部长 Designate 将"]);
}

#[test]
fn appointments_and_removals() {
    assert_eq!(statuses("任命[王一|P]为[市教育局|O][局长|T]；"), ["王一 局长 Appointed 任命"]);
    assert_eq!(
        statuses(
            "任命[王一|P]为[市教育局|O][局长|T]，免去[李二|P]的[市教育局|O][局长|T]职务。[张三|P]任[局长|T]。"
        ),
        ["王一 局长 Appointed 任命", "李二 局长 Removed 免去", "张三 局长 Current"]
    );
    assert_eq!(
        statuses("会议决定免去：[王一|P]的[副市长|T]职务；[李二|P]的[局长|T]职务。"),
        ["王一 副市长 Removed 免去", "李二 局长 Removed 免去"]
    );
    assert_eq!(statuses("[王一|P]当选为[滨州市|L][市长|T]。"), ["王一 市长 Appointed 当选为"]);
    assert_eq!(statuses("[王一|P]不再担任[市长|T]。"), ["王一 市长 Removed 不再担任"]);
    assert_eq!(statuses("接受[王一|P]辞去[副市长|T]职务的请求"), ["王一 副市长 Removed 辞去"]);
    assert_eq!(statuses("[组长|T]由[王一|P]担任。"), ["王一 组长 Current"]);
    assert_eq!(statuses("任命[王一|P]的[市长|T][李二|P]说"), ["李二 市长 Current"]);
}

#[test]
fn a_decision_ends_with_its_sentence() {
    assert_eq!(
        statuses("任命[甲一|P]为[副市长|T]。[乙二|P]任[秘书长|T]。"),
        ["甲一 副市长 Appointed 任命", "乙二 秘书长 Current"]
    );
}

#[test]
fn a_decision_is_of_everybody_in_its_list() {
    assert_eq!(
        statuses("会议决定任命[甲一|P]、[乙二|P]为[副市长|T]。"),
        ["甲一 副市长 Appointed 任命", "乙二 副市长 Appointed 任命"]
    );
    assert_eq!(
        statuses("免去[甲一|P]、[乙二|P]和[丙三|P]的[副市长|T]职务。"),
        ["甲一 副市长 Removed 免去", "乙二 副市长 Removed 免去", "丙三 副市长 Removed 免去"]
    );
    assert_eq!(statuses("[甲一|P]、[乙二|P]任[副市长|T]。"), ["乙二 副市长 Current"], "no decision says so");
}

#[test]
fn who_is_removed_or_appointed() {
    assert_eq!(statuses("[甲一|P]被免去[副市长|T]职务。"), ["甲一 副市长 Removed 被免去"]);
    assert_eq!(statuses("[甲一|P]被罢免[滨州市|L][副市长|T]职务。"), ["甲一 副市长 Removed 被罢免"]);
    assert_eq!(statuses("[甲一|P]被任命为[副市长|T]。"), ["甲一 副市长 Appointed 被任命为"]);
}

#[test]
fn what_ends_like_a_time_is_none() {
    assert_eq!(statuses("春节前[副市长|T][王一|P]走访企业。"), ["王一 副市长 Current"]);
    assert_eq!(statuses("新一代[领导人|T][王一|P]说"), ["王一 领导人 Current"]);
    assert_eq!(statuses("中午前[市长|T][王一|P]到达"), ["王一 市长 Current"]);
    assert_eq!(statuses("两会前[市长|T][王一|P]到达"), ["王一 市长 Current"]);
    assert_eq!(statuses("对前[市长|T][王一|P]的指控"), ["王一 市长 Former 前"]);
    assert_eq!(statuses("据原[局长|T][王一|P]介绍"), ["王一 局长 Former 原"]);
    assert_eq!(statuses("落马的前[市长|T][王一|P]受审"), ["王一 市长 Former 前"]);
    assert_eq!(statuses("区公安分局原[局长|T][王一|P]受审"), ["王一 局长 Former 原"]);
    assert_eq!(statuses("选举产生，代[市长|T][王一|P]讲话"), ["王一 市长 Acting 代"]);
}

#[test]
fn traditional_decisions_are_read() {
    assert_eq!(statuses("選舉[王一|P]為[副市長|T]"), ["王一 副市长 Appointed 選舉"]);
    assert_eq!(statuses("撤銷[王一|P]的[副市長|T]職務"), ["王一 副市长 Removed 撤銷"]);
    assert_eq!(statuses("接受[王一|P]辭去[副市長|T]職務的請求"), ["王一 副市长 Removed 辭去"]);
    assert_eq!(statuses("[王一|P]曾擔任[市長|T]。"), ["王一 市长 Former 曾"]);
}

#[test]
fn the_reason_is_the_rule_and_its_word() {
    let because = |passage: &str| {
        let (text, spans) = marked(passage);
        let office = attach(&text, &spans).offices.remove(0);
        (office.public, office.because.rule, office.because.word)
    };
    assert_eq!(because("[常务副市长|T][王一|P]"), (true, Rule::Title, "市长".into()));
    assert_eq!(because("[某大学法学院|O][院长|T][王一|P]"), (false, Rule::Body, "大学".into()));
    assert_eq!(because("[市中级人民法院|O][院长|T][王一|P]"), (true, Rule::Body, "法院".into()));
    assert_eq!(because("[局长|T][王一|P]"), (true, Rule::Assumed, "局长".into()));
    let (text, spans) = marked("[某商会|O][会长|T][甲一|P]、[秘书长|T][乙二|P]");
    assert_eq!(attach(&text, &spans).offices[1].because.rule, Rule::Neighbours);
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
