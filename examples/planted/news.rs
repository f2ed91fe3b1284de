//! Whole articles: the evening news, its paragraphs joined by document, with the offices that its words say plainly.
//!
//! Nothing of ours reads them: an office is a body and a title of fixed lists with a name of two or three characters behind
//! them that stands so in several documents.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use super::Result;
use super::article::{Article, Holder};

#[derive(Deserialize)]
struct Paragraph {
    doc: String,
    kind: String,
    text: String,
}

/// Titles that one person at a body holds, and their deputies'.
const TITLES: [&str; 24] = [
    "部长",
    "副部长",
    "主任",
    "副主任",
    "局长",
    "副局长",
    "省长",
    "副省长",
    "市长",
    "副市长",
    "书记",
    "副书记",
    "主席",
    "副主席",
    "委员长",
    "副委员长",
    "总理",
    "副总理",
    "院长",
    "检察长",
    "行长",
    "副行长",
    "秘书长",
    "发言人",
];

/// What may follow a name.
const BEHIND: [&str; 18] = [
    "，",
    "。",
    "、",
    "：",
    "；",
    "说",
    "表示",
    "指出",
    "介绍",
    "主持",
    "出席",
    "会见",
    "强调",
    "宣布",
    "致辞",
    "作报告",
    "同",
    "与",
];

/// The texts of a compressed file of paragraphs, by document.
pub fn texts(path: &Path) -> Result<HashMap<String, String>> {
    let output = Command::new("gzip").arg("-dc").arg(path).output()?;
    let mut texts: HashMap<String, String> = HashMap::new();
    for line in std::str::from_utf8(&output.stdout)?.lines() {
        let Paragraph { doc, kind, text } = serde_json::from_str(line)?;
        // Headlines say again what the text says.
        if kind == "para" {
            let whole = texts.entry(doc).or_default();
            if !whole.is_empty() {
                whole.push('\n');
            }
            whole.push_str(&text);
        }
    }
    Ok(texts)
}

/// The documents that say an office, by document.
pub fn articles(
    texts: &HashMap<String, String>,
    bodies: &[String],
    surnames: &BTreeSet<char>,
) -> Vec<Article> {
    let ends: HashMap<char, Vec<&str>> = bodies.iter().fold(HashMap::new(), |mut ends, body| {
        ends.entry(body.chars().next_back().unwrap_or_default()).or_insert_with(Vec::new).push(body.as_str());
        ends
    });
    let mut found: BTreeMap<&str, Vec<Holder>> = BTreeMap::new();
    let mut seen: HashMap<(String, String), BTreeSet<&str>> = HashMap::new();
    for (doc, text) in texts {
        for holder in TITLES.iter().flat_map(|title| holders(text, title, &ends, surnames)) {
            seen.entry((holder.body_text.clone(), holder.name.clone())).or_default().insert(doc);
            found.entry(doc).or_default().push(holder);
        }
    }
    // 韩正在 of 韩正在会上 is no name where 韩正 is one.
    let sure = |holder: &Holder| {
        let of = |name: &str| seen.get(&(holder.body_text.clone(), name.to_owned())).map_or(0, BTreeSet::len);
        let shorter: String = holder.name.chars().take(2).collect();
        of(&holder.name) >= 2 && (shorter == holder.name || of(&shorter) == 0)
    };
    let mut articles = Vec::new();
    for (doc, mut people) in found {
        people.retain(sure);
        people.sort_by_key(|holder| holder.person);
        if people.is_empty() || doc.len() < 8 {
            continue;
        }
        let text = texts[doc].clone();
        let mut bodies: Vec<String> = people.iter().map(|holder| holder.body_text.clone()).collect();
        bodies.sort_unstable();
        bodies.dedup();
        let date = format!("{}-{}-{}", &doc[..4], &doc[4..6], &doc[6..8]);
        let named = people.iter().map(|holder| holder.name.clone()).collect();
        articles.push(Article { id: doc.to_owned(), date, text, people, bodies, named });
    }
    articles
}

fn holders(
    text: &str,
    title: &str,
    ends: &HashMap<char, Vec<&str>>,
    surnames: &BTreeSet<char>,
) -> Vec<Holder> {
    let mut holders = Vec::new();
    for (at, _) in text.match_indices(title) {
        let before = &text[..at];
        let all = before.chars().next_back().and_then(|c| ends.get(&c));
        // The longest: 国家发展和改革委员会 and not 委员会.
        let body =
            all.into_iter().flatten().filter(|body| before.ends_with(**body)).max_by_key(|body| body.len());
        let Some(body) = body else { continue };
        let behind = &text[at + title.len()..];
        let Some(name) = name(behind, surnames) else { continue };
        let person = at + title.len();
        holders.push(Holder {
            name: name.to_owned(),
            person: (person, person + name.len()),
            title: (at, at + title.len()),
            title_text: title.to_owned(),
            body: Some((at - body.len(), at)),
            body_text: (*body).to_owned(),
            official: true,
        });
    }
    holders
}

/// The name that a text begins with, by what follows it.
fn name<'a>(text: &'a str, surnames: &BTreeSet<char>) -> Option<&'a str> {
    // 部长职务, 主席会议: what begins like a name and is none.
    const NONE: [&str; 8] = ["职务", "会议", "会工", "要求", "任命", "和", "应", "于"];
    let first = text.chars().next().filter(|c| surnames.contains(c))?;
    let _ = first;
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).take(2);
    let name = ends
        .map(|end| text.split_at(end))
        .find_map(|(name, rest)| BEHIND.iter().any(|behind| rest.starts_with(behind)).then_some(name))?;
    let fine = name.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
        && !NONE.iter().any(|none| name.starts_with(none));
    fine.then_some(name)
}
