//! One error in a passage.

use std::ops::Range;

use super::gold::{Holder, Passage};
use super::unihan::Unihan;

/// What was done to a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    NameSound,
    NameShape,
    Title,
    Body,
    Ended,
    Order,
    TwoOffices,
    Variant,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::NameSound => "a character of a name, by sound",
            Kind::NameShape => "a character of a name, by shape",
            Kind::Title => "a deputy's title for the principal's, or the other way",
            Kind::Body => "another body of the same division",
            Kind::Ended => "an office that has ended",
            Kind::Order => "two leaders changed about",
            Kind::TwoOffices => "a second office that contradicts (no roster)",
            Kind::Variant => "a second spelling of a name (no roster)",
        }
    }
}

/// A passage with one error.
pub struct Planted {
    pub kind: Kind,
    pub text: String,
    /// Where the error is, in bytes.
    pub place: Range<usize>,
    /// The roster it is checked against.
    pub rows: Option<Vec<Row>>,
    pub about: String,
}

/// A row of a roster.
#[derive(Clone)]
pub struct Row {
    name: String,
    body: String,
    title: String,
    rank: Option<usize>,
    to: &'static str,
}

pub fn csv(rows: &[Row]) -> String {
    let mut list = "name,body,title,rank,from,to\n".to_owned();
    for Row { name, body, title, rank, to } in rows {
        let rank = rank.map(|rank| rank.to_string()).unwrap_or_default();
        list += &format!("{name},{body},{title},{rank},2010,{to}\n");
    }
    list
}

/// Xorshift (Marsaglia 2003): the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % count
    }

    pub fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() { None } else { Some(&all[self.below(all.len())]) }
    }
}

/// Whom all passages name with an office, and as many again whose names are one character away and who hold other offices:
/// whoever is doubted for a name alone is doubted wrongly.
pub fn roster(passages: &[Passage], unihan: &Unihan, random: &mut Random) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for passage in passages {
        for holder in &passage.people {
            let peers = passage.people.iter().filter(|other| other.title == holder.title);
            let rank =
                peers.clone().position(|other| other.person == holder.person).filter(|_| peers.count() > 1);
            let Holder { name, body_text, title_text, .. } = holder;
            if is_full(name) && !title_text.contains(',') && !body_text.contains(',') {
                let (name, body, title) = (name.clone(), body_text.clone(), title_text.clone());
                rows.push(Row { name, body, title, rank: rank.map(|rank| rank + 1), to: "" });
            }
        }
    }
    let known: Vec<Row> = rows.clone();
    for row in &known {
        let near = changed(&row.name, random, |c, random| unihan.homophone(c, random));
        let other = random.of(&known).expect("at least itself");
        if let Some(near) =
            near.filter(|near| other.title != row.title && known.iter().all(|row| row.name != *near))
        {
            rows.push(Row { name: near, rank: None, ..other.clone() });
        }
    }
    rows
}

fn is_full(name: &str) -> bool {
    (2..=4).contains(&name.chars().count()) && !name.contains(['·', '某']) && !name.ends_with(['姓', '某'])
}

/// A name of which one character, not the first, is another one.
fn changed(
    name: &str,
    random: &mut Random,
    other: impl Fn(char, &mut Random) -> Option<char>,
) -> Option<String> {
    let mut chars: Vec<char> = name.chars().collect();
    let at = 1 + random.below(chars.len() - 1);
    chars[at] = other(chars[at], random)?;
    Some(chars.into_iter().collect())
}

/// The errors that can be planted in a passage, at most one of each kind.
pub fn all(passage: &Passage, roster: &[Row], unihan: &Unihan, random: &mut Random) -> Vec<Planted> {
    let holders: Vec<&Holder> =
        passage.people.iter().filter(|holder| holder.official && is_full(&holder.name)).collect();
    let mut planted = Vec::new();
    let Some(holder) = random.of(&holders).copied() else { return planted };
    let listed = |name: &str| roster.iter().any(|row| row.name == name);
    let with_list = |kind, (text, place), about: String| Planted {
        kind,
        text,
        place,
        rows: Some(roster.to_vec()),
        about,
    };

    for (kind, sound) in [(Kind::NameSound, true), (Kind::NameShape, false)] {
        let other = |c, random: &mut Random| {
            if sound { unihan.homophone(c, random) } else { unihan.lookalike(c, random) }
        };
        if let Some(name) = changed(&holder.name, random, other).filter(|name| !listed(name)) {
            let about = format!("{} → {name}, {}", holder.name, holder.title_text);
            planted.push(with_list(kind, replaced(&passage.text, holder.person, &name), about));
        }
    }
    // Only where the list says the body: else nobody could tell a wrong title from a namesake's.
    if let Some(title) = contrary(&holder.title_text).filter(|_| holder.body.is_some()) {
        let about = format!("{} {} → {title}", holder.body_text, holder.title_text);
        planted.push(with_list(Kind::Title, replaced(&passage.text, holder.title, &title), about));
    }
    if let Some((span, body)) = holder.body.zip(elsewhere(&holder.body_text, random)) {
        let about = format!("{} → {body}, {}", holder.body_text, holder.title_text);
        planted.push(with_list(Kind::Body, replaced(&passage.text, span, &body), about));
    }
    if holder.body.is_some() && !holder.title_text.starts_with(['原', '前']) {
        let mut rows = roster.to_vec();
        rows.iter_mut().filter(|row| row.name == holder.name).for_each(|row| row.to = "2020-12-31");
        let place = holder.person.0..holder.person.1;
        let about = format!("{} {} {}", holder.body_text, holder.title_text, holder.name);
        planted.push(Planted {
            kind: Kind::Ended,
            text: passage.text.clone(),
            place,
            rows: Some(rows),
            about,
        });
    }
    let pair = passage.people.windows(2).find(|pair| {
        pair[0].title == pair[1].title
            && pair[0].person.1 < pair[1].person.0
            && pair.iter().all(|one| is_full(&one.name))
            && pair[0].name != pair[1].name
    });
    if let Some([one, other]) = pair {
        let (text, _) = replaced(&passage.text, other.person, &one.name);
        let (text, _) = replaced(&text, one.person, &other.name);
        // Names may differ in length: all of both is the place.
        let place = one.person.0..other.person.1;
        planted.push(with_list(Kind::Order, (text, place), format!("{} {}", one.name, other.name)));
    }
    if let Some(title) = contrary(&holder.title_text).filter(|_| holder.body.is_some()) {
        let more = format!("{}{title}{}参加有关活动。", holder.body_text, holder.name);
        planted.push(appended(Kind::TwoOffices, &passage.text, &more));
    }
    if let Some(name) = changed(&holder.name, random, |c, random| unihan.homophone(c, random)) {
        let more = format!("{}{}{name}参加有关活动。", holder.body_text, holder.title_text);
        planted.push(appended(Kind::Variant, &passage.text, &more));
    }
    planted
}

fn replaced(text: &str, (start, end): (usize, usize), with: &str) -> (String, Range<usize>) {
    (format!("{}{with}{}", &text[..start], &text[end..]), start..start + with.len())
}

fn appended(kind: Kind, text: &str, more: &str) -> Planted {
    let whole = format!("{text}\n\n{more}");
    Planted { kind, place: text.len()..whole.len(), text: whole, rows: None, about: more.to_owned() }
}

/// The principal's title of a deputy's, and the other way; only where a title is one post.
fn contrary(title: &str) -> Option<String> {
    const HEADS: [&str; 16] = [
        "市长", "省长", "县长", "区长", "局长", "厅长", "部长", "院长", "校长", "主任", "书记", "主席",
        "会长", "司长", "处长", "台长",
    ];
    if let Some(principal) = title.strip_prefix('副') {
        return HEADS.contains(&principal).then(|| principal.to_owned());
    }
    HEADS.contains(&title).then(|| format!("副{title}"))
}

/// Another body of the same division.
fn elsewhere(body: &str, random: &mut Random) -> Option<String> {
    const BUREAUS: [&str; 8] =
        ["教育局", "公安局", "财政局", "水利局", "审计局", "统计局", "文化局", "民政局"];
    let end = body.char_indices().skip(1).find(|(_, c)| matches!(c, '市' | '县' | '区'))?;
    let (division, office) = body.split_at(end.0 + end.1.len_utf8());
    if !office.ends_with('局') {
        return None;
    }
    let others: Vec<&str> = BUREAUS.into_iter().filter(|bureau| *bureau != office).collect();
    Some(format!("{division}{}", random.of(&others)?))
}
