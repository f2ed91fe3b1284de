//! Who holds which office of which body: what a reader is told, with the gazetteer that ships.

mod common;

use common::ANNOTATOR;
use mingzhu::{Article, Context, Label, Labelled, Status};

/// The article of a passage with its spans marked: `[滨州市|L][副市长|T][王一|P]出席`.
fn read(passage: &str) -> (String, Article) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    let mut rest = passage;
    while let Some((plain, opened)) = rest.split_once('[') {
        let (span, after) = opened.split_once(']').expect("a span ends");
        let (words, label) = span.split_once('|').expect("a span has a label");
        let label = match label {
            "P" => Label::Person,
            "L" => Label::Place,
            "O" => Label::Organization,
            _ => Label::Title,
        };
        text.push_str(plain);
        let start = text.len() as u32;
        text.push_str(words);
        spans.push(Labelled { start, end: text.len() as u32, label, score: 1.0 });
        rest = after;
    }
    text.push_str(rest);
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
