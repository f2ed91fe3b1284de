//! Which body a post is held at: 副市长 in 滨州市 is of 滨州市人民政府, 市委书记 of
//! 中共滨州市委员会.
//!
//! The body is the one the text names before the title, or follows from the words of the title
//! and a division. The division is the place before the title; else, where the publisher says
//! where the article is, that place; else the nearest name before it in the paragraph; else where
//! the article is. It must have the level that the title names (省 市 县 区 镇): nothing is guessed
//! from another.

use std::borrow::Cow;

use super::full::is_of_the_country;
use super::named::visits;
use super::references::{AUTONOMOUS, SPECIAL};
use crate::article::{Article, Division, Evidence, Kind, Post, Span};
use crate::gazetteer::{Divisions, Gazetteer, lines};
use crate::office::before_head;

/// Mentions and bytes that a name may stand before the title that it is the place of.
const REACH: (usize, usize) = (64, 2000);

/// Characters that name a level of divisions.
const LEVELS: &[char] = &['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡'];

/// Words that begin like a level and name none.
const NO_LEVEL: &[&str] = &[
    "市场",
    "市容",
    "市民",
    "市政工",
    "区域",
    "区块",
    "乡村",
    "县域",
    "镇痛",
    "省略",
    "省级",
    "市级",
    "县级",
    "区级",
];

/// Heads of governments; the character before 长 is the level.
const GOVERNMENTS: &[&str] = &["省长", "市长", "县长", "区长", "州长", "旗长", "镇长", "乡长"];

/// Departments of a Party committee, as its standing members bear them.
const OF_COMMITTEE: &[&str] =
    &["组织部", "宣传部", "统战部", "政法委", "社会工作部", "办公室", "办公厅", "秘书处"];

/// Posts that only one body has.
const ALONE: &[(&str, &str)] = &[("总书记", "中国共产党中央委员会"), ("国务委员", "国务院")];

/// Heads that swallow the last character of their department: 统战部长, 公安局长.
const FUSED: &[(&str, char)] = &[("部长", '部'), ("局长", '局'), ("厅长", '厅'), ("处长", '处')];

/// How a part of a body ends. 党组 and 监察 are none.
const PARTS: &[char] =
    &['部', '局', '厅', '处', '室', '委', '办', '会', '院', '心', '科', '所', '司', '队', '系', '站'];

/// Gives every post the full name of its body, and its division, where the text tells.
///
/// `seats` are those of [`Located`](super::Located).
pub fn situate(text: &str, article: &mut Article, seats: &[Option<u32>], gazetteer: &Gazetteer) {
    let mut offices = std::mem::take(&mut article.offices);
    let scene = Scene { text, article, seats, gazetteer };
    for office in &mut offices {
        let Some(title) = article.titles.get(office.title as usize).map(|title| title.start) else {
            continue;
        };
        let named = Named {
            body: office.body.and_then(|body| scene.entity_name(body)),
            seat: office.body.and_then(|body| scene.seat_of(body)),
            place: office.place.and_then(|place| scene.place(place)),
            township: office.place.and_then(|place| scene.entity_name(place)),
        };
        let (mut committee, mut national) = (None, false);
        for post in &mut office.posts {
            let found = scene.seat(post, &named, title, &mut committee, &mut national);
            post.body = found.body;
            post.division = found.code.and_then(|code| gazetteer.divisions().get(code));
            if let Some(span) = found.from
                && !office.evidence.contains(&span)
            {
                office.evidence.push(span);
            }
        }
        office.evidence.sort_unstable();
    }
    article.offices = offices;
}

/// What stands before a title.
struct Named<'a> {
    body: Option<&'a str>,
    /// The division that the body is of.
    seat: Option<u32>,
    place: Option<u32>,
    /// The place's name, whether or not it is a division that is known.
    township: Option<&'a str>,
}

/// The body of a post, the division it is of, and the name that this follows from.
#[derive(Default)]
struct Seat {
    body: Option<String>,
    code: Option<u32>,
    from: Option<Span>,
}

struct Scene<'a> {
    text: &'a str,
    article: &'a Article,
    /// The division of each entity that is a body.
    seats: &'a [Option<u32>],
    gazetteer: &'a Gazetteer,
}

impl Scene<'_> {
    fn seat(
        &self,
        post: &Post,
        named: &Named<'_>,
        title: u32,
        committee: &mut Option<(u32, Option<Span>)>,
        national: &mut bool,
    ) -> Seat {
        if named.body.is_none()
            && named.place.is_none()
            && named.township.is_none()
            && let Some((_, body)) = ALONE.iter().find(|(name, _)| *name == post.name)
        {
            *national = true;
            return Seat { body: Some((*body).to_owned()), ..Seat::default() };
        }
        let (start, words) = self.own_place(&post.name, named.place);
        let place = start.or(named.place);
        let wanted = wanted(words, post.body.as_deref());
        let body_of = |code: u32, from, suffix: &str| Seat {
            body: self.gazetteer.body_of(code, suffix),
            code: Some(code),
            from,
        };
        match wanted {
            Wanted::Level(level, suffix) => {
                let of_place = place.and_then(|code| at_level(self.divisions(), code, level));
                let of_body = || at_level(self.divisions(), named.seat?, level);
                let known = of_place.or_else(of_body).map(|code| (code, None));
                if let Some((code, from)) = known.or_else(|| self.nearest(level, title, named)) {
                    if suffix.starts_with('委') || suffix == "党委" {
                        *committee = Some((code, from));
                    }
                    return body_of(code, from, &suffix);
                }
                match named.township {
                    // Not in the gazetteer, and yet no other name for it: 长泾镇 has one government.
                    Some(name)
                        if place.is_none() && matches!(level, '镇' | '乡') && name.ends_with(level) =>
                    {
                        Seat { body: Some(body_of_unknown(name, &suffix)), ..Seat::default() }
                    }
                    _ => Seat::default(),
                }
            }
            Wanted::Central(words) => {
                let body = self.gazetteer.bodies().central(&words).map(Cow::into_owned);
                *national |= body.is_some();
                Seat { body, ..Seat::default() }
            }
            Wanted::Part(words) => {
                let of_committee = OF_COMMITTEE.contains(&words.as_str());
                match (named.body, *committee, place) {
                    (Some(body), ..) => part_of(body, named.seat, &words),
                    (None, Some((code, from)), _) if of_committee => {
                        body_of(code, from, &format!("委{words}"))
                    }
                    (None, _, Some(code)) if self.gazetteer.bodies().is_local(&words) => {
                        body_of(code, None, &words)
                    }
                    // 外交部 is every country's, but not of a 国务委员.
                    (None, _, None) if *national || is_of_the_country(&words) => {
                        let body = self.gazetteer.bodies().central(&words).map(Cow::into_owned);
                        Seat { body: body.or_else(|| post.body.clone()), ..Seat::default() }
                    }
                    (None, _, code) => Seat { body: post.body.clone(), code, from: None },
                }
            }
            // A party seats nobody: 甲国国会乙党参议员 is of the parliament.
            Wanted::Nothing
                if post.name.ends_with("议员") && named.body.is_some_and(|body| body.ends_with('党')) =>
            {
                Seat::default()
            }
            Wanted::Nothing => match (named.body, *committee, place) {
                (Some(body), ..) => part_of(body, named.seat, ""),
                (None, Some((code, from)), _) if post.name.ends_with("秘书长") => {
                    body_of(code, from, "委")
                }
                (None, _, code) => Seat { body: post.body.clone(), code, from: None },
            },
        }
    }

    /// A division that the post's own words begin with, and the words behind it: 长宁|区委书记 is
    /// of 长宁区, whose level stays with the words.
    fn own_place<'a>(&self, name: &'a str, outer: Option<u32>) -> (Option<u32>, &'a str) {
        let Some((length, codes)) = self.divisions().beginning(name) else { return (None, name) };
        let inside = |code: &u32| outer.is_none_or(|outer| lines(*code).any(|step| step == outer));
        let codes: Vec<u32> = codes.into_iter().filter(inside).collect();
        match codes[..] {
            [code] => {
                let (place, rest) = name.split_at(length);
                let level = place.chars().next_back().filter(|c| LEVELS.contains(c));
                // 区 of 长宁区委 belongs to both, and so does 自治区 of 广西壮族自治区主席.
                let own = match level {
                    Some(_) if place.ends_with("自治区") => "自治区".len(),
                    level => level.map_or(0, char::len_utf8),
                };
                // 长宁区|区长 writes it twice, and 滨州市|市场监管局 does not.
                let twice = rest.starts_with(&place[length - own..])
                    && !NO_LEVEL.iter().any(|no| rest.starts_with(no));
                let own = if twice { 0 } else { own };
                (Some(code), &name[length - own..])
            }
            _ => (None, name),
        }
    }

    /// The one division of that level that the words around a title point to.
    fn nearest(&self, level: char, title: u32, named: &Named<'_>) -> Option<(u32, Option<Span>)> {
        // What the text names in front of the title is of another level or unknown: in it nothing
        // else is meant.
        if named.place.is_some() || named.township.is_some() || named.seat.is_some() {
            return None;
        }
        let home = self.article.home.as_ref();
        let at_home = home.and_then(|home| at_level(self.divisions(), home.division.code, level));
        let sure = home.is_some_and(|home| {
            matches!(home.evidence, Evidence::Context | Evidence::Publisher | Evidence::Masthead)
        });
        if sure && at_home.is_some() {
            return at_home.map(|code| (code, None));
        }
        let found = self.before(level, title);
        match found[..] {
            [] => at_home.map(|code| (code, None)),
            [(code, span)] => Some((code, Some(span))),
            // Of several that the paragraph names the article's own, or none.
            _ => {
                found.iter().find(|(code, _)| Some(*code) == at_home).map(|(code, span)| (*code, Some(*span)))
            }
        }
    }

    /// What the names before a title in its paragraph are or lie in that is of a level; each division
    /// once, by the name nearest to the title.
    fn before(&self, level: char, title: u32) -> Vec<(u32, Span)> {
        let mentions = &self.article.mentions;
        let last = mentions.partition_point(|mention| mention.end <= title);
        let window = self.text.floor_char_boundary((title as usize).saturating_sub(REACH.1));
        let before = self.text.get(window..title as usize).unwrap_or("");
        let paragraph = window + before.rfind('\n').map_or(0, |at| at + 1);
        let named = (mentions[..last].iter().enumerate().rev())
            .take(REACH.0)
            .take_while(|(_, mention)| mention.start as usize >= paragraph)
            .filter_map(|(m, mention)| {
                let after = self.text.get(mention.end as usize..).unwrap_or("");
                if visits(after.chars()) {
                    return None;
                }
                let code = match mention.kind {
                    Kind::Place => self.place(m as u32)?,
                    Kind::Organization => self.seat_of(m as u32)?,
                    _ => return None,
                };
                let code = at_level(self.divisions(), code, level)?;
                Some((code, Span { start: mention.start, end: mention.end }))
            });
        let mut found: Vec<(u32, Span)> = Vec::new();
        for (code, span) in named {
            if !found.iter().any(|(known, _)| *known == code) {
                found.push((code, span));
            }
        }
        found
    }

    fn divisions(&self) -> &Divisions {
        self.gazetteer.divisions()
    }

    fn entity_name(&self, mention: u32) -> Option<&str> {
        let mention = self.article.mentions.get(mention as usize)?;
        Some(&self.article.entities.get(mention.entity as usize)?.name)
    }

    fn place(&self, mention: u32) -> Option<u32> {
        let mention = self.article.mentions.get(mention as usize)?;
        let entity = self.article.entities.get(mention.entity as usize)?;
        entity.division.as_ref().map(|Division { code, .. }| *code)
    }

    fn seat_of(&self, mention: u32) -> Option<u32> {
        let mention = self.article.mentions.get(mention as usize)?;
        *self.seats.get(mention.entity as usize)?
    }
}

/// A body that the text names, or a part of it.
fn part_of(body: &str, code: Option<u32>, words: &str) -> Seat {
    let own = body.ends_with(words) || words.starts_with('党') || !words.ends_with(PARTS);
    let body = if own { body.to_owned() } else { format!("{body}{words}") };
    Seat { body: Some(body), code, from: None }
}

/// What a post's words say of its body.
#[derive(Debug, PartialEq)]
enum Wanted {
    /// The body of a division of that level: 市 and 委, 县 and 人民政府.
    Level(char, String),
    /// One of the whole country.
    Central(String),
    /// A part of the body named before, or a kind of body.
    Part(String),
    /// Its words name none.
    Nothing,
}

/// Reads the words of a post; `before` are words right before the title that name a body.
fn wanted(name: &str, before: Option<&str>) -> Wanted {
    if name == "行政长官" {
        return Wanted::Level(SPECIAL, "政府".to_owned());
    }
    if let Some(level) = government(name.strip_suffix("助理").unwrap_or(name)) {
        return Wanted::Level(level, "人民政府".to_owned());
    }
    let mut words = before_head(name).unwrap_or("").to_owned();
    if let Some((_, end)) = FUSED.iter().find(|(head, _)| name.ends_with(head))
        && !words.is_empty()
        && !words.ends_with(['部', '局', '厅', '处', '委', '会', '府'])
    {
        words.push(*end);
    }
    if words.is_empty()
        && let Some(before) = before
    {
        words = before.to_owned();
    }
    // The head is 政治局委员, and its body the 政治局.
    if let Some(bureau) = name.strip_suffix("政治局委员")
        && bureau.ends_with("中央")
    {
        return Wanted::Central(format!("{bureau}政治局"));
    }
    if ["全国", "中央", "中共中央", "党中央"].iter().any(|begins| words.starts_with(begins)) {
        return Wanted::Central(words);
    }
    if let Some(suffix) = words.strip_prefix("自治区") {
        return match suffix {
            "" if name.ends_with("主席") => Wanted::Level(AUTONOMOUS, "人民政府".to_owned()),
            "" => Wanted::Nothing,
            suffix => Wanted::Level(AUTONOMOUS, suffix.to_owned()),
        };
    }
    let mut characters = words.chars();
    match characters.next() {
        None => Wanted::Nothing,
        Some(level) if LEVELS.contains(&level) && !NO_LEVEL.iter().any(|no| words.starts_with(no)) => {
            match characters.as_str() {
                "" => Wanted::Nothing,
                "政府" => Wanted::Level(level, "人民政府".to_owned()),
                suffix => Wanted::Level(level, suffix.to_owned()),
            }
        }
        Some(_) => Wanted::Part(words),
    }
}

/// The level whose government a post leads.
fn government(name: &str) -> Option<char> {
    let head = GOVERNMENTS.iter().find(|head| name.ends_with(**head))?;
    let level = head.chars().next()?;
    // 市 of 滨州市副市长 is left before it.
    before_head(name)
        .is_some_and(|words| words.strip_prefix(level).unwrap_or(words).is_empty())
        .then_some(level)
}

/// The body of a place that no gazetteer knows.
fn body_of_unknown(place: &str, suffix: &str) -> String {
    match suffix {
        "委" | "党委" => format!("中共{place}委员会"),
        suffix => format!("{place}{suffix}"),
    }
}

/// The division of that level which a division is or lies in.
fn at_level(divisions: &Divisions, code: u32, level: char) -> Option<u32> {
    lines(code).find(|step| divisions.name(*step).is_some_and(|name| is_of_level(name, *step, level)))
}

fn is_of_level(name: &str, code: u32, level: char) -> bool {
    match level {
        AUTONOMOUS => code < 100 && name.ends_with("自治区"),
        SPECIAL => code < 100 && name.ends_with("特别行政区"),
        '省' => code < 100 && name.ends_with('省'),
        '区' => (100_000..1_000_000).contains(&code) && name.ends_with('区'),
        '州' => name.ends_with('州'),
        level => name.ends_with(level),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_post_say_what_body_it_is_of() {
        let level = |level, suffix: &str| Wanted::Level(level, suffix.into());
        assert_eq!(wanted("常务副市长", None), level('市', "人民政府"));
        assert_eq!(wanted("市长助理", None), level('市', "人民政府"));
        assert_eq!(wanted("市委书记", None), level('市', "委"));
        assert_eq!(wanted("市委常委", None), level('市', "委"));
        assert_eq!(wanted("区委副书记", None), level('区', "委"));
        assert_eq!(wanted("县政协副主席", None), level('县', "政协"));
        assert_eq!(wanted("市人大常委会主任", None), level('市', "人大常委会"));
        assert_eq!(wanted("市公安局局长", None), level('市', "公安局"));
        assert_eq!(wanted("局长", Some("区公安分局")), level('区', "公安分局"));
        assert_eq!(wanted("自治区党委书记", None), level(AUTONOMOUS, "党委"));
        assert_eq!(wanted("自治区主席", None), level(AUTONOMOUS, "人民政府"));
        assert_eq!(wanted("统战部长", None), Wanted::Part("统战部".into()));
        assert_eq!(wanted("统战部部长", None), Wanted::Part("统战部".into()));
        assert_eq!(wanted("中央政治局委员", None), Wanted::Central("中央政治局".into()));
        assert_eq!(wanted("全国政协副主席", None), Wanted::Central("全国政协".into()));
        assert_eq!(wanted("局长", None), Wanted::Nothing);
        assert_eq!(wanted("市场部经理", None), Wanted::Part("市场部".into()));
    }
}
