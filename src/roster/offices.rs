//! Whom an article names, and what it has them hold.

use super::Confusables;
use crate::article::{Article, OffsetUnit, Span, Status};
use crate::gazetteer::DOUBLE_SURNAMES;

/// A person of an article.
#[derive(Debug)]
pub(super) struct Person {
    /// The fullest name, without white space.
    pub name: String,
    /// The same in Simplified characters.
    pub simple: String,
    /// Where the full name stands.
    pub spans: Vec<Span>,
    /// Every mention, short ones as well.
    pub mentions: Vec<Span>,
    /// Where it stands with one character other than in the name: only a human says of such that they are meant.
    pub misspelt: Vec<(String, Span)>,
    /// What the article has them hold.
    pub held: Vec<Held>,
}

impl Person {
    /// Whether it is a foreign name of one part, such as 穆罕默德: one article may have two of that name, and a list
    /// another one. Four characters are a Chinese name after 欧阳 and the like only, or after a husband's, which is rare.
    pub fn may_be_two(&self) -> bool {
        let chinese = DOUBLE_SURNAMES.iter().any(|surname| self.name.starts_with(surname));
        self.name.chars().count() >= 4 && !chinese
    }
}

/// One post that an article has a person hold.
#[derive(Debug)]
pub(super) struct Held {
    /// What it is called.
    pub post: String,
    /// At which body, where the article says or implies it; a place where it only says of which.
    pub body: Option<String>,
    /// True where that is no body but a place: a country has many offices of one person.
    pub of_place: bool,
    /// Whether it is held.
    pub status: Status,
    /// The title in the text.
    pub title: Span,
    /// What ties it to the person.
    pub evidence: Vec<Span>,
}

impl Held {
    /// True for what the text has somebody hold now.
    pub fn is_held(&self) -> bool {
        matches!(self.status, Status::Current | Status::Acting)
    }
}

/// The words of a text by the offsets of an article.
pub(super) struct Words<'a> {
    text: &'a str,
    unit: OffsetUnit,
    /// For each offset its byte, where offsets are no bytes.
    bytes: Vec<u32>,
}

fn length(c: char, unit: OffsetUnit) -> u32 {
    match unit {
        OffsetUnit::Bytes => c.len_utf8() as u32,
        OffsetUnit::Utf16 => c.len_utf16() as u32,
        OffsetUnit::CodePoints => 1,
    }
}

impl<'a> Words<'a> {
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let mut bytes = Vec::new();
        if unit != OffsetUnit::Bytes {
            for (at, c) in text.char_indices() {
                let units = if unit == OffsetUnit::Utf16 { c.len_utf16() } else { 1 };
                bytes.extend(std::iter::repeat_n(at as u32, units));
            }
            bytes.push(text.len() as u32);
        }
        Words { text, unit, bytes }
    }

    /// The words of a span; nothing where there is none.
    pub fn of(&self, span: Span) -> &'a str {
        let range = self.byte(span.start).zip(self.byte(span.end));
        range.and_then(|(start, end)| self.text.get(start..end)).unwrap_or_default()
    }

    /// The characters, white space left out, each with its offset.
    pub fn chars(&self) -> impl Iterator<Item = (u32, char)> {
        let places = self.text.chars().scan(0, |at, c| {
            let here = *at;
            *at += length(c, self.unit);
            Some((here, c))
        });
        places.filter(|(_, c)| !c.is_whitespace())
    }

    /// The offset behind a character of [`Words::chars`].
    pub fn after(&self, (at, c): (u32, char)) -> u32 {
        at + length(c, self.unit)
    }

    /// The paragraph in which a span begins.
    pub fn paragraph(&self, span: Span) -> Option<&'a str> {
        let at = self.byte(span.start)?;
        let (before, rest) = (self.text.get(..at)?, self.text.get(at..)?);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = rest.find('\n').map_or(self.text.len(), |end| at + end);
        self.text.get(start..end)
    }

    fn byte(&self, at: u32) -> Option<usize> {
        match self.bytes.is_empty() {
            true => Some(at as usize),
            false => self.bytes.get(at as usize).map(|byte| *byte as usize),
        }
    }

    /// The words of a span without white space.
    pub fn plain(&self, span: Span) -> String {
        self.of(span).chars().filter(|c| !c.is_whitespace()).collect()
    }
}

/// Everybody with a Chinese full name.
pub(super) fn people(words: &Words<'_>, article: &Article, confusables: &Confusables) -> Vec<Person> {
    let mut people = Vec::new();
    for entity in article.entities.iter().filter(|entity| entity.kind.is_human()) {
        let name: String = entity.name.chars().filter(|c| !c.is_whitespace()).collect();
        let length = name.chars().count();
        if !(2..=4).contains(&length) || !name.chars().all(is_han) {
            continue;
        }
        let mentions = entity.mentions.iter().filter_map(|index| article.mentions.get(*index as usize));
        let mentions: Vec<Span> =
            mentions.map(|mention| Span { start: mention.start, end: mention.end }).collect();
        let mut spans = Vec::new();
        let mut misspelt = Vec::new();
        for span in &mentions {
            let written = words.plain(*span);
            if written == name {
                spans.push(*span);
            } else if differing(&confusables.simplified(&written), &confusables.simplified(&name)).is_some() {
                misspelt.push((written, *span));
            }
        }
        if spans.is_empty() {
            // A human may mean by a name one that does not stand in the text.
            spans.clone_from(&mentions);
        }
        if spans.is_empty() {
            continue;
        }
        let held =
            entity.offices.iter().flat_map(|office| held(words, article, *office, confusables)).collect();
        let simple = confusables.simplified(&name);
        people.push(Person { name, simple, spans, mentions, misspelt, held });
    }
    people
}

fn held(words: &Words<'_>, article: &Article, office: u32, confusables: &Confusables) -> Vec<Held> {
    let Some(office) = article.offices.get(office as usize) else { return Vec::new() };
    let Some(title) = article.titles.get(office.title as usize) else { return Vec::new() };
    let title = Span { start: title.start, end: title.end };
    let named = [office.body, office.place]
        .into_iter()
        .flatten()
        .find_map(|index| article.mentions.get(index as usize));
    let named = named.map(|mention| words.plain(Span { start: mention.start, end: mention.end }));
    let of_place = office.body.is_none();
    let post = |post: &crate::Post| {
        let name = confusables.simplified(&post.name);
        let told = post.body.clone().or_else(|| named.clone()).map(|body| confusables.simplified(&body));
        // 中央军委主席 in a row of titles says its body itself.
        let (body, name) = match own_body(&name) {
            Some((body, post)) => (Some(body.to_owned()), post.to_owned()),
            None => (told, name),
        };
        Held {
            of_place: of_place && post.body.is_none() && body == named,
            post: name,
            body,
            status: post.status,
            title,
            evidence: office.evidence.clone(),
        }
    };
    office.posts.iter().map(post).collect()
}

/// In which character two names of one length differ, if it is one.
pub(super) fn differing(one: &str, other: &str) -> Option<(char, char)> {
    let (mut one, mut other) = (one.chars(), other.chars());
    let mut found = None;
    loop {
        match (one.next(), other.next()) {
            (None, None) => return found,
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b)) if found.is_none() => found = Some((a, b)),
            _ => return None,
        }
    }
}

/// A post that begins with its body, parted: 中宣部部长. 市委书记 is of a committee that the text may tell more of.
fn own_body(post: &str) -> Option<(&str, &str)> {
    const HEADS: [&str; 12] = [
        "副主席",
        "主席",
        "副部长",
        "部长",
        "副主任",
        "主任",
        "副书记",
        "书记",
        "副局长",
        "局长",
        "副院长",
        "院长",
    ];
    let head = HEADS.iter().find(|head| post.ends_with(**head))?;
    let body = post.strip_suffix(head)?;
    let whole = body.chars().nth(2).is_some() && body.ends_with(BODIES);
    (whole && !body.starts_with(['省', '市', '县', '区', '州', '党'])).then_some((body, *head))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether two titles can be the same office: one may say more (市委书记, 书记), but not that it is a
/// deputy's (副市长, 市长).
pub(super) fn same_post(one: &str, other: &str) -> bool {
    let (longer, shorter) = if one.len() >= other.len() { (one, other) } else { (other, one) };
    let Some(more) = longer.strip_suffix(shorter) else { return false };
    shorter.chars().nth(1).is_some() && !more.contains(['副', '原', '前']) && !more.ends_with("助理")
}

/// Whether one is the deputy's office of the other: 副市长, 常务副市长 and 市长.
pub(super) fn is_deputy(one: &str, other: &str) -> bool {
    let deputy = |one: &str, other: &str| {
        one.strip_suffix(other).is_some_and(|more| more.ends_with('副')) && other.chars().nth(1).is_some()
    };
    deputy(one, other) || deputy(other, one)
}

/// Whether a held title and a listed one of the same body exclude each other: a deputy's and the principal's, or
/// two that have nothing in common. Who leads a body often leads its party group as well, so that says nothing.
pub(super) fn exclude(held: &Held, other: &str) -> bool {
    let one = held.post.as_str();
    // A committee's member and the chair of a congress (委员长) are none of the party's.
    let party =
        |post: &str| post.contains('党') || post.ends_with("书记") || post.replace("委员", "").contains('委');
    let pairs: Vec<char> = other.chars().collect();
    let common =
        one.chars().zip(one.chars().skip(1)).any(|(a, b)| pairs.windows(2).any(|pair| pair == [a, b]));
    // A police rank, 总警监, or a researcher's is borne beside any office.
    // So is 秘书长 by many a deputy chair.
    let leads = |post: &str| {
        !post.ends_with("秘书长")
            && ["长", "主任", "书记", "主席", "总理", "总裁"].iter().any(|head| post.ends_with(head))
    };
    is_deputy(one, other)
        || (!held.of_place && !common && party(one) == party(other) && leads(one) && leads(other))
}

/// Whether two names can be of the same body: 云泽市人民政府, 云泽市政府, 市政府; 国家发展和改革委员会, 国家发展改革委.
pub(super) fn same_body(one: &str, other: &str) -> bool {
    let (one, other) = (core(one), core(other));
    let (longer, shorter) = if one.len() >= other.len() { (&one, &other) } else { (&other, &one) };
    shorter.chars().nth(1).is_some()
        && (longer.ends_with(shorter.as_str())
            || (longer.starts_with(shorter.as_str()) && !shorter.ends_with(BODIES))
            || abbreviates(shorter, longer))
}

/// How bodies end: what stands behind such a name is a body of its own, 国务院 and 国务院扶贫办.
const BODIES: [char; 14] =
    ['院', '部', '委', '局', '会', '府', '厅', '署', '校', '社', '司', '处', '办', '队'];

/// Whether a name leaves out characters of another, but not its first and last one. A division's party committee is
/// no other committee of it: 云泽市委, and neither 云泽市人大常委 nor 云泽市卫健委.
fn abbreviates(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    let party =
        short.strip_suffix('委').is_some_and(|place| place.ends_with(['省', '市', '州', '县', '区', '旗']));
    short.chars().nth(2).is_some()
        && !party
        && short.chars().next() == full.chars().next()
        && short.chars().next_back() == full.chars().next_back()
        && short.chars().all(|c| rest.any(|other| other == c))
}

/// Departments of the State Council: of the same title at two of them nobody thinks of namesakes.
const STATE: [&str; 30] = [
    "外交部",
    "国防部",
    "国家发展和改革委员会",
    "教育部",
    "科学技术部",
    "科技部",
    "工业和信息化部",
    "国家民族事务委员会",
    "公安部",
    "国家安全部",
    "民政部",
    "司法部",
    "财政部",
    "人力资源和社会保障部",
    "自然资源部",
    "生态环境部",
    "住房和城乡建设部",
    "交通运输部",
    "水利部",
    "农业农村部",
    "商务部",
    "文化和旅游部",
    "国家卫生健康委员会",
    "退役军人事务部",
    "应急管理部",
    "中国人民银行",
    "审计署",
    "海关总署",
    "国家税务总局",
    "国家市场监督管理总局",
];

/// Whether two bodies are of one division, 云泽市教育局 and 云泽市公安局, or both departments of the state.
pub(super) fn are_neighbours(one: &str, other: &str) -> bool {
    let state = |body: &str| {
        let body = core(body);
        STATE.iter().any(|known| {
            let known = core(known);
            body == known || abbreviates(&body, &known)
        })
    };
    match (division(one), division(other)) {
        (Some(one), Some(other)) => one == other,
        (None, None) => state(one) && state(other),
        _ => false,
    }
}

/// The division that a body's name begins with.
pub(super) fn division(body: &str) -> Option<&str> {
    const PARTY: [&str; 3] = ["中国共产党", "中共", "中国人民政治协商会议"];
    let body = PARTY.iter().find_map(|party| body.strip_prefix(party)).unwrap_or(body);
    let end =
        body.char_indices().skip(1).find(|(_, c)| matches!(c, '省' | '市' | '州' | '县' | '区' | '旗'))?;
    // 国家市场监督管理总局 is of no division.
    let at = &body[..end.0 + end.1.len_utf8()];
    (!at.starts_with("国家")).then_some(at)
}

/// A body's name without what papers leave out.
fn core(body: &str) -> String {
    let body = ["中国共产党", "中共", "中华人民共和国"]
        .iter()
        .fold(body, |body, state| body.strip_prefix(state).filter(|rest| !rest.is_empty()).unwrap_or(body));
    // 中国人民政治协商会议云泽市委员会 is 云泽市政协.
    if let Some(place) =
        body.strip_prefix("中国人民政治协商会议").and_then(|rest| rest.strip_suffix("委员会"))
    {
        return format!("{place}政协");
    }
    body.replace("人民政府", "政府")
        .replace("委员会", "委")
        .replace("党委", "委")
        .replace("人民代表大会", "人大")
        .replace("常务委", "常委")
        .replace("常委会", "常委")
}
