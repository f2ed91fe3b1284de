//! Who holds which office of which body: what a reader is told, with the gazetteer that ships.

mod common;

use common::{ANNOTATOR, marked};
use mingzhu::{Article, Context, Status};

/// The article of a passage with its spans marked: `[滨州市|L][副市长|T][王一|P]出席`.
fn read(passage: &str) -> (String, Article) {
    let (text, spans) = marked(passage);
    let article = ANNOTATOR.resolve(&text, spans, &Context::default()).unwrap();
    (text, article)
}

/// Each person's posts: `王一 副市长 滨州市人民政府 3716`.
fn posts(passage: &str) -> Vec<String> {
    let (text, article) = read(passage);
    let mut lines = Vec::new();
    for office in &article.offices {
        let person = &article.mentions[office.person as usize];
        for post in &office.posts {
            let mut line = format!("{} {}", &text[person.start as usize..person.end as usize], post.name);
            if post.status != Status::Current {
                line += &format!(" {:?}", post.status);
            }
            line += &format!(" {}", post.body.as_deref().unwrap_or("–"));
            line += &post.division.as_ref().map_or(String::new(), |division| format!(" {}", division.code));
            lines.push(line);
        }
    }
    lines
}

#[test]
fn a_place_before_the_title_gives_the_body() {
    assert_eq!(posts("[滨州市|L][副市长|T][王一|P]出席。"), ["王一 副市长 滨州市人民政府 3716"]);
    assert_eq!(posts("[山东省|L][省长|T][王一|P]出席。"), ["王一 省长 山东省人民政府 37"]);
    assert_eq!(posts("[滨州市委|O][书记|T][王一|P]出席。"), ["王一 书记 中共滨州市委员会 3716"]);
    assert_eq!(posts("[滨州市|L][市委书记|T][王一|P]出席。"), ["王一 市委书记 中共滨州市委员会 3716"]);
    assert_eq!(posts("[滨州市教育局|O][局长|T][王一|P]出席。"), ["王一 局长 滨州市教育局 3716"]);
}

#[test]
fn each_post_of_a_joined_title_has_its_own_body() {
    assert_eq!(
        posts("[滨州市|L][市委常委、常务副市长|T][王一|P]出席。"),
        ["王一 市委常委 中共滨州市委员会 3716", "王一 常务副市长 滨州市人民政府 3716"]
    );
    assert_eq!(
        posts("[滨州市教育局|O]原[党组书记、局长|T][王一|P]受审。"),
        ["王一 党组书记 Former 滨州市教育局 3716", "王一 局长 Former 滨州市教育局 3716"]
    );
    assert_eq!(
        posts("[滨州市|L][市委副书记、代市长|T][王一|P]出席。"),
        ["王一 市委副书记 中共滨州市委员会 3716", "王一 市长 Acting 滨州市人民政府 3716"]
    );
}

#[test]
fn a_body_far_before_its_office() {
    assert_eq!(
        posts("[滨州市|L]召开经济工作会议。[市委书记|T][王一|P]指出，要抓好落实。"),
        ["王一 市委书记 中共滨州市委员会 3716"]
    );
    assert_eq!(
        posts("[滨州市沾化区|L]召开会议，[区长|T][王一|P]、[市政协副主席|T][李二|P]出席。"),
        [
            "王一 区长 滨州市沾化区人民政府 371603".replace("滨州市", ""),
            "李二 市政协副主席 中国人民政治协商会议滨州市委员会 3716".into()
        ]
    );
}

#[test]
fn a_division_fused_with_its_head_gives_the_body() {
    assert_eq!(posts("[长宁区区长|T][王一|P]出席。"), ["王一 长宁区区长 长宁区人民政府 310105"]);
    assert_eq!(posts("[滨州市副市长|T][王一|P]出席。"), ["王一 滨州市副市长 滨州市人民政府 3716"]);
    assert_eq!(posts("[滨州市市长|T][王一|P]出席。"), ["王一 滨州市市长 滨州市人民政府 3716"]);
    assert_eq!(posts("[滨州市市委书记|T][王一|P]出席。"), ["王一 滨州市市委书记 中共滨州市委员会 3716"]);
    assert_eq!(
        posts("[滨州市市场监管局局长|T][王一|P]出席。"),
        ["王一 滨州市市场监管局局长 滨州市市场监督管理局 3716"]
    );
}

#[test]
fn of_several_cities_of_a_paragraph_none_is_guessed() {
    let passage = "[滨州市|L]召开会议。[王一|P]指出，要学习[东营市|L]。[市长|T][李二|P]部署工作。";
    assert_eq!(posts(passage), ["李二 市长 –"]);
    let passage = "[滨州市|L]召开会议。[滨州|L]各界参加，[滨州|L]媒体报道。[王一|P]指出，要学习[东营市|L]。[市长|T][李二|P]部署。";
    assert_eq!(posts(passage), ["李二 市长 滨州市人民政府 3716"], "the article's own is meant");
}

#[test]
fn a_body_is_of_the_division_that_its_name_begins_with() {
    assert_eq!(posts("[镇江市教育局|O][局长|T][王一|P]说"), ["王一 局长 镇江市教育局 3211"]);
    assert_eq!(posts("[上海合作组织|O][秘书长|T][王一|P]说"), ["王一 秘书长 上海合作组织"]);
    assert_eq!(posts("[中山大学|O][校长|T][王一|P]说"), ["王一 校长 中山大学"]);
    assert_eq!(
        posts("[滨州市政协|O][主席|T][王一|P]说"),
        ["王一 主席 中国人民政治协商会议滨州市委员会 3716"]
    );
    assert_eq!(
        posts("[南京|L]下雨。[鼓楼区委|O][书记|T][王一|P]说"),
        ["王一 书记 中共鼓楼区委员会 320106"],
        "of several of the name the one that the article supports"
    );
    assert_eq!(posts("[南京市|L][鼓楼区委|O][书记|T][王一|P]说"), ["王一 书记 中共鼓楼区委员会 320106"]);
    assert_eq!(posts("[鼓楼区委|O][书记|T][王一|P]说"), ["王一 书记 鼓楼区委"]);
}

#[test]
fn the_name_that_a_body_is_inferred_from_is_evidence() {
    let (text, article) = read("[滨州市|L]召开会议。[市委书记|T][王一|P]指出，要落实。");
    let words: Vec<&str> = article.offices[0]
        .evidence
        .iter()
        .map(|span| &text[span.start as usize..span.end as usize])
        .collect();
    assert_eq!(words, ["滨州市", "市委书记", "王一"]);
}

#[test]
fn what_the_text_does_not_say_is_not_guessed() {
    // No place at all; one of another level; two that the paragraph break parts.
    assert_eq!(posts("[副市长|T][王一|P]出席。"), ["王一 副市长 –"]);
    assert_eq!(posts("[山东省|L]召开会议，[市长|T][王一|P]出席。"), ["王一 市长 –"]);
    assert_eq!(
        posts("[滨州市|L]召开会议，[东营市|L]、[淄博市|L]参加。\n[市长|T][王一|P]出席。"),
        ["王一 市长 –"]
    );
    assert_eq!(posts("[纽约市|L][市长|T][亚当斯|P]出席。"), ["亚当斯 市长 –"]);
    assert_eq!(posts("[德克萨斯州|L][州长|T][阿博特|P]出席。"), ["阿博特 州长 –"]);
}

#[test]
fn traps() {
    let kinds = |passage: &str| -> Vec<&'static str> {
        let (_, article) = read(passage);
        article.mentions.iter().map(|mention| mention.kind.name()).collect()
    };
    assert_eq!(kinds("[国防部长|T][王一|P]发言"), ["official"]);
    assert_eq!(kinds("[王一|P][代表|T]说"), ["official"]);
    assert_eq!(kinds("[王一|P][代表|T]蓝队出战"), ["person"]);
    assert_eq!(
        posts("[江阴市长泾镇|L][镇长|T][王一|P]出席。"),
        ["王一 镇长 江阴市长泾镇人民政府"],
        "长泾 is no mayor of 江阴"
    );
    assert_eq!(
        posts("[上海|L][长宁区委书记|T][王一|P]出席。"),
        ["王一 长宁区委书记 中共长宁区委员会 310105"]
    );
}

#[test]
fn passages_say_who_is_who() {
    let lines = include_str!("fixtures/who.txt").lines().filter(|line| !line.starts_with('#'));
    let mut expected: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        match (line.strip_prefix("  "), expected.last_mut()) {
            (Some(said), Some((_, all))) => all.push(said),
            _ => expected.push((line, Vec::new())),
        }
    }
    assert!(expected.len() > 40);
    let wrong: Vec<String> = (expected.iter())
        .filter(|(passage, said)| told(passage) != *said)
        .map(|(passage, said)| {
            format!("{passage}\n  {}\nnot\n  {}", told(passage).join("\n  "), said.join("\n  "))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a passage says of each entity, and what its references mean.
fn told(passage: &str) -> Vec<String> {
    let (text, article) = read(passage);
    let code = |division: Option<&mingzhu::Division>| {
        division.map_or(String::new(), |division| format!(" #{}", division.code))
    };
    let mut lines = Vec::new();
    for entity in &article.entities {
        let mut line = [&[entity.name.clone()][..], &entity.aliases].concat().join(" = ");
        line += &code(entity.division.as_ref());
        let mut said: Vec<String> = Vec::new();
        for post in entity.offices.iter().flat_map(|office| &article.offices[*office as usize].posts) {
            let status = if post.status == Status::Current { "" } else { post.status.name() };
            let body = post.body.as_ref().map_or(String::new(), |body| format!("of {body}"));
            let words: Vec<&str> =
                [&*post.name, status, &*body].into_iter().filter(|word| !word.is_empty()).collect();
            let post = words.join(" ") + &code(post.division.as_ref());
            if !said.contains(&post) {
                said.push(post);
            }
        }
        lines.push(format!("{} {}", entity.kind.name(), [&[line][..], &said].concat().join("; ")));
    }
    for reference in &article.references {
        let words = &text[reference.start as usize..reference.end as usize];
        lines.push(format!("{words} → {}", reference.name.as_deref().unwrap_or("?")));
    }
    lines
}

/// Entities as their names and what is written.
fn entities(passage: &str) -> Vec<String> {
    let (text, article) = read(passage);
    let words = |mention: &u32| {
        let mention = &article.mentions[*mention as usize];
        &text[mention.start as usize..mention.end as usize]
    };
    let entity = |entity: &mingzhu::Entity| {
        format!("{}: {}", entity.name, entity.mentions.iter().map(words).collect::<Vec<_>>().join("+"))
    };
    article.entities.iter().map(entity).collect()
}

#[test]
fn a_body_is_one_under_its_full_and_its_short_names() {
    assert_eq!(
        entities("[滨州市妇女联合会|O]召开会议。[市妇联|O]要求，[滨州市妇联|O]"),
        ["滨州市妇女联合会: 滨州市妇女联合会+市妇联+滨州市妇联"]
    );
    assert_eq!(
        entities("[滨州市|L]会议。[市退役军人事务局|O]说"),
        ["滨州市: 滨州市", "滨州市退役军人事务局: 市退役军人事务局"]
    );
    assert_eq!(entities("[市妇联|O]要求"), ["市妇联: 市妇联"], "of which city is open");
}

#[test]
fn a_place_that_begins_like_a_level_is_no_level() {
    assert_eq!(entities("[镇江市教育局|O]说"), ["镇江市教育局: 镇江市教育局"]);
    assert_eq!(entities("[镇江教育局|O]说"), ["镇江教育局: 镇江教育局"]);
    assert_eq!(entities("[镇海区政府|O]说"), ["镇海区人民政府: 镇海区政府"]);
    let home = "滨州日报讯（记者 [王刚|P]）";
    let body = |passage: &str| entities(&format!("{home}{passage}"))[1].clone();
    assert_eq!(body("[市中区法院|O]说"), "市中区法院: 市中区法院");
    assert_eq!(body("[市北区政府|O]说"), "市北区人民政府: 市北区政府");
    assert_eq!(body("[市北高新|O]说"), "市北高新: 市北高新");
    assert_eq!(body("[州立大学|O]说"), "州立大学: 州立大学");
    assert_eq!(body("[市中院|O]说"), "滨州市中级人民法院: 市中院");
    assert_eq!(body("[市社会心理服务中心|O]说"), "滨州市社会心理服务中心: 市社会心理服务中心");
}

#[test]
fn a_body_of_the_whole_country_has_its_full_name() {
    assert_eq!(
        entities("[全国妇联|O]、[中华全国妇女联合会|O]说"),
        ["中华全国妇女联合会: 全国妇联+中华全国妇女联合会"]
    );
    assert_eq!(entities("[中纪委|O]说"), ["中国共产党中央纪律检查委员会: 中纪委"]);
    assert_eq!(entities("[国家发改委|O]说"), ["国家发展和改革委员会: 国家发改委"]);
    for open in ["发改委", "国资委", "气象局", "外交部", "中医药局", "国务院"] {
        assert_eq!(entities(&format!("[{open}|O]说")), [format!("{open}: {open}")]);
    }
}

#[test]
fn short_forms_mean_the_body_that_they_name() {
    assert_eq!(entities("[沾化区教体局|O]说"), ["沾化区教育和体育局: 沾化区教体局"]);
    assert_eq!(entities("[滨州市教育局|O]说"), ["滨州市教育局: 滨州市教育局"]);
    assert_eq!(entities("[滨州海关|O]说"), ["滨州海关: 滨州海关"]);
}

#[test]
fn two_bodies_of_one_full_name_stay_two() {
    let passage = "[南京市鼓楼区委|O]和[福州市鼓楼区委|O]结对。";
    assert_eq!(entities(passage), ["中共鼓楼区委员会: 南京市鼓楼区委", "中共鼓楼区委员会: 福州市鼓楼区委"]);
}

#[test]
fn a_name_that_the_text_makes_short() {
    assert_eq!(
        entities("[东海新材料科技有限公司|O]（以下简称“[东海新材|O]”）说，[东海新材|O]"),
        ["东海新材料科技有限公司: 东海新材料科技有限公司+东海新材+东海新材"]
    );
    assert_eq!(
        entities("[云泽市城市管理综合执法支队|O]（下称[城管支队|O]）说"),
        ["云泽市城市管理综合执法支队: 云泽市城市管理综合执法支队+城管支队"]
    );
    assert_eq!(
        entities("[东海公司|O]（[北山公司|O]）说"),
        ["东海公司: 东海公司", "北山公司: 北山公司"],
        "brackets alone say nothing"
    );
}

#[test]
fn posts_that_only_one_body_has() {
    assert_eq!(posts("[王一|P][总书记|T]指出"), ["王一 总书记 中国共产党中央委员会"]);
    assert_eq!(
        posts("[国务委员兼外交部长|T][王一|P]说")[..],
        ["王一 国务委员 国务院".to_owned(), "王一 外交部长 中华人民共和国外交部".to_owned()]
    );
    assert_eq!(posts("[外交部长|T][王一|P]说"), ["王一 外交部长 –"], "every country has one");
    assert_eq!(posts("[泰国|L][国务委员|T][王一|P]说"), ["王一 国务委员 –"]);
    assert_eq!(posts("[香港特区|L][行政长官|T][王一|P]说"), ["王一 行政长官 香港特别行政区政府 81"]);
    assert_eq!(posts("[中央政治局委员|T][王一|P]说"), ["王一 中央政治局委员 中国共产党中央委员会政治局"]);
    assert_eq!(posts("[中共中央政治局|O][委员|T][王一|P]说"), ["王一 委员 中国共产党中央委员会政治局"]);
}

#[test]
fn what_is_heard_is_no_part_of_the_body() {
    assert_eq!(
        posts("会议听取了财政经济委员会[副主任委员|T][王一|P]的说明"),
        ["王一 副主任委员 财政经济委员会"]
    );
    assert_eq!(
        posts("[云南省|L]开会，省人大环资委[主任委员|T][王一|P]说"),
        ["王一 主任委员 云南省人民代表大会环境与资源保护委员会 53"]
    );
}

#[test]
fn a_party_is_not_the_body_of_its_members_of_parliament() {
    assert_eq!(posts("[某国议会绿党|O][参议员|T][王一|P]说"), ["王一 参议员 –"]);
}

#[test]
fn as_what_somebody_acts() {
    assert_eq!(posts("作为居委会[主任|T]的[王一|P]带头报名。"), ["王一 主任 居委会"]);
}

#[test]
fn visitors_are_not_where_the_article_is() {
    let passage =
        "[东营市体育局|O][局长|T][王一|P]一行五人到[青禾小学|O]考察，[市教育局|O][副局长|T][李二|P]陪同。";
    assert_eq!(posts(passage), ["王一 局长 东营市体育局 3705", "李二 副局长 市教育局"]);
    let passage = "[东营市体育局|O][局长|T][王一|P]一行五人到[滨州市青禾小学|O]考察，[市教育局|O][副局长|T][李二|P]陪同。";
    assert_eq!(posts(passage), ["王一 局长 东营市体育局 3705", "李二 副局长 滨州市教育局 3716"]);
}
