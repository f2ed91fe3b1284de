//! What points to a place or a body by where the article is: 我市, 全省, 该县, 市妇联.

use std::collections::HashMap;
use std::ops::Range;

use super::Resolved;
use super::dateline::{city, is_municipality};
use super::named::Named;
use super::places::Scene;
use super::seats::hides_level;
use crate::article::{Evidence, Kind, Open, Reference};
use crate::gazetteer::{Divisions, Gazetteer, lies_in, lines};
use crate::segment::Segmenter;
use crate::text::Gap;

/// What ends the names of divisions, by level.
const LEVELS: &[char] = &['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡', '村'];

/// What stands for 自治区 among the levels.
pub(super) const AUTONOMOUS: char = '自';

/// What stands for 特别行政区 among them.
pub(super) const SPECIAL: char = '特';

/// What makes another word of such a character at the front of a body's name: 市场, 乡村.
const OTHER_WORDS: &[char] =
    &['场', '域', '块', '际', '民', '政', '值', '舰', '帜', '镇', '级', '村', '间', '容'];

/// How the names of bodies end. What ends otherwise may be anything: 市北高新.
#[rustfmt::skip]
const BODY_ENDS: &[char] = &[
    '局', '委', '会', '办', '院', '部', '署', '处', '室', '所', '队', '站', '馆', '校', '学', '联', '协', '社', '团', '组', '厅', '府', '庭',
    '台', '园', '司', '心', '关', '网', '报', '大', '中', '小', '厂', '行', '库', '店', '企', '处', '科', '段', '盟', '党', '点', '岗', '军',
];

/// Characters over which 该市 looks back for the city that it means.
const NEAR: usize = 400;

/// Resolves what stands for the place of the article, or for a body of that place.
pub(super) fn find(
    resolved: &Resolved,
    named: &Named<'_>,
    scene: &Scene,
    gazetteer: &Gazetteer,
    segmenter: &Segmenter,
    sentences: &[Range<usize>],
) -> Vec<Reference> {
    let finder = Finder {
        resolved,
        named,
        scene,
        gazetteer,
        places: (resolved.entities.iter().enumerate())
            .filter_map(|(e, entity)| Some((entity.division.as_ref()?.code, e as u32)))
            .collect(),
    };
    let mut found = finder.bodies();
    for sentence in sentences {
        finder.words(sentence.clone(), segmenter, &mut found);
    }
    found.sort_by_key(|reference| (reference.start, reference.end));
    found
}

/// The division that is meant and how sure that is, or why it is not known.
type Meant = Result<(u32, f32), Open>;

struct Finder<'a> {
    resolved: &'a Resolved,
    named: &'a Named<'a>,
    scene: &'a Scene,
    gazetteer: &'a Gazetteer,
    /// The entity of each division that the article names.
    places: HashMap<u32, u32>,
}

impl Finder<'_> {
    /// 我市, 全市, 本县, 该省 in a sentence.
    fn words(&self, sentence: Range<usize>, segmenter: &Segmenter, found: &mut Vec<Reference>) {
        let read = self.named.read;
        let points = |at: &usize| {
            matches!(read.chars[*at], '我' | '本' | '全' | '该')
                && *at + 1 < sentence.end
                && LEVELS.contains(&read.chars[*at + 1])
        };
        let at: Vec<usize> = sentence.clone().filter(points).collect();
        if at.is_empty() {
            return;
        }
        // 安全区 and 资本市场 hold none.
        let words = segmenter.words(read, sentence.clone());
        let is_border = |at: usize| {
            at == sentence.end || words.binary_search_by_key(&at, |word| word.chars.start).is_ok()
        };
        for at in at {
            let (start, end) = (read.starts[at], read.ends[at + 1]);
            let next = self.named.mentions.partition_point(|mention| mention.end <= start);
            let covered = self.named.mentions.get(next).is_some_and(|mention| mention.start < end);
            if covered || !is_border(at) || !is_border(at + 2) {
                continue;
            }
            let level = read.chars[at + 1];
            let meant = match read.chars[at] {
                '该' => self.last_named(next, at, level),
                '全' => self.at_home(level).or_else(|open| self.nearby(next, at, level).ok_or(open)),
                _ => self.at_home(level),
            };
            found.push(self.place(start..end, meant));
        }
    }

    /// The place of this level that is named last.
    fn last_named(&self, before: usize, at: usize, level: char) -> Meant {
        for m in (0..before).rev() {
            if self.named.chars[m].end + NEAR < at {
                break;
            }
            let mention = &self.named.mentions[m];
            let found = match mention.kind {
                Kind::Place => self.division_of(m).map(|code| (code, 0.8)),
                // 威海市文旅局 speaks for the city.
                Kind::Organization => self.scene.seats[mention.entity as usize].map(|code| (code, 0.7)),
                _ => None,
            };
            let is_of_level =
                |code: u32| self.gazetteer.divisions().name(code).is_some_and(|name| name.ends_with(level));
            if let Some(found) = found.filter(|(code, _)| is_of_level(*code)) {
                return Ok(found);
            }
        }
        Err(Open::Unknown)
    }

    /// The only division of this level that its sentence names before it, else its paragraph: what
    /// counts where nothing says where the article is.
    fn nearby(&self, before: usize, at: usize, level: char) -> Option<(u32, f32)> {
        let read = self.named.read;
        let divisions = self.gazetteer.divisions();
        let first = at.saturating_sub(NEAR);
        let paragraph = (first..at).rev().find(|i| read.gaps[i + 1] >= Gap::Line).map_or(first, |i| i + 1);
        let sentence = (paragraph..at).rev().find(|i| matches!(read.chars[*i], '。' | '!' | '?'));
        let mut named: Vec<(usize, u32)> = Vec::new();
        for m in (0..before).rev().take_while(|m| self.named.chars[*m].start >= paragraph) {
            if self.named.is_visitor(m) {
                continue;
            }
            let code = match self.named.mentions[m].kind {
                Kind::Place => self.division_of(m),
                Kind::Organization => self.scene.seats[self.named.mentions[m].entity as usize],
                _ => None,
            };
            let of_level = |step: &u32| divisions.name(*step).is_some_and(|name| ends_with(name, level));
            let Some(code) = code.and_then(|code| lines(code).find(of_level)) else { continue };
            if !named.iter().any(|(_, known)| *known == code) {
                named.push((self.named.chars[m].start, code));
            }
        }
        let mut near = named.iter().filter(|(start, _)| sentence.is_some_and(|end| *start > end));
        match (near.next(), near.next(), &named[..]) {
            (Some((_, code)), None, _) | (None, None, [(_, code)]) => Some((*code, 0.6)),
            _ => None,
        }
    }

    /// What the article's 市, 省 or 县 is.
    fn at_home(&self, level: char) -> Meant {
        self.scene.at_level(level, self.gazetteer.divisions())
    }

    /// 市妇联, 省委: mentions that begin with a level.
    fn bodies(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        for (m, mention) in self.named.mentions.iter().enumerate() {
            if mention.kind != Kind::Organization {
                continue;
            }
            let name = self.named.written(m);
            let Some((level, suffix)) = self.split(&name) else { continue };
            let meant = match self.named.adjacent_before(m, Kind::Place) {
                Some(before) => self.division_of(before).map(|code| Ok((code, 0.95))),
                // Elsewhere the article may give it its full name: 滨州市妇联.
                None => self.scene.seats[mention.entity as usize].map(|code| Ok((code, 0.98))),
            };
            let meant = meant.unwrap_or_else(|| {
                let near = self.nearby(m, self.named.chars[m].start, level);
                let guessed = self.scene.home.as_ref().is_some_and(|home| home.evidence == Evidence::Places);
                match (self.at_home(level), near) {
                    (Err(open), near) => near.ok_or(open),
                    // The sentence is of one province, and the article likelier of another.
                    (Ok((home, _)), Some((code, _))) if guessed && code != home && level == '省' => {
                        Err(Open::Ambiguous)
                    }
                    (home, _) => home,
                }
            });
            let span = mention.start..mention.end;
            let mut reference = self.place(span, meant);
            reference.kind = Kind::Organization;
            reference.entity = Some(mention.entity);
            let code = reference.division.as_ref().map(|division| division.code);
            let own = || self.gazetteer.bodies().own(&name).map(str::to_owned);
            reference.name = code.and_then(|code| own().or_else(|| self.gazetteer.body_of(code, suffix)));
            found.push(reference);
        }
        found
    }

    /// The level and the rest of a short name: 市 and 妇联.
    fn split<'n>(&self, name: &'n str) -> Option<(char, &'n str)> {
        let bodies = self.gazetteer.bodies();
        if let Some(suffix) = name.strip_prefix("自治区") {
            return bodies.is_local(suffix).then_some((AUTONOMOUS, suffix));
        }
        if let Some(suffix) = ["特别行政区", "特区"].iter().find_map(|front| name.strip_prefix(front))
        {
            return bodies.is_local(suffix).then_some((SPECIAL, suffix));
        }
        let level = name.chars().next().filter(|c| LEVELS.contains(c))?;
        if hides_level(name, level, self.gazetteer) {
            return None;
        }
        let suffix = &name[level.len_utf8()..];
        let other = suffix.starts_with(OTHER_WORDS) || name.starts_with("州立");
        let named = suffix == "委" || suffix.chars().nth(1).is_some() && suffix.ends_with(BODY_ENDS);
        (bodies.is_local(suffix) || !other && named).then_some((level, suffix))
    }

    fn division_of(&self, mention: usize) -> Option<u32> {
        let entity = self.named.mentions[mention].entity;
        Some(self.resolved.entities[entity as usize].division.as_ref()?.code)
    }

    fn place(&self, span: Range<u32>, meant: Meant) -> Reference {
        let divisions = self.gazetteer.divisions();
        let code = meant.ok().map(|(code, _)| code);
        let division = code.and_then(|code| divisions.get(code));
        Reference {
            start: span.start,
            end: span.end,
            kind: Kind::Place,
            name: code.and_then(|code| divisions.name(code)).map(str::to_owned),
            entity: code.and_then(|code| self.places.get(&code).copied()),
            open: meant.err().or(division.is_none().then_some(Open::Unknown)),
            confidence: meant.map_or(0.0, |(_, confidence)| confidence),
            division,
        }
    }
}

/// True when a division's name ends with what names its level.
fn ends_with(name: &str, level: char) -> bool {
    match level {
        AUTONOMOUS => name.ends_with("自治区"),
        SPECIAL => name.ends_with("特别行政区"),
        level => name.ends_with(level),
    }
}

impl Scene {
    /// The division of a level where the article is, and how sure that is: what 我市 means.
    pub(super) fn at_level(&self, level: char, divisions: &Divisions) -> Meant {
        let home = self.home.as_ref().ok_or(Open::NoHome)?;
        let (code, sure) = (home.division.code, home.confidence);
        let ends = |code: u32| divisions.name(code).is_some_and(|name| name.ends_with(level));
        // What the article's own division and those above it are called says most.
        let own: Vec<u32> = lines(code).filter(|step| ends(*step)).collect();
        match level {
            AUTONOMOUS | SPECIAL => lines(code)
                .find(|step| divisions.name(*step).is_some_and(|name| ends_with(name, level)))
                .map(|code| (code, sure))
                .ok_or(Open::OtherLevel),
            '省' => own.first().map(|code| (*code, sure)).ok_or(Open::OtherLevel),
            '市' => {
                // Who speaks of 江阴市 alone may mean it, or the city that it lies in.
                if home.evidence == Evidence::Places && self.tally.is_of_county_cities(divisions, code) {
                    return Err(Open::Ambiguous);
                }
                if let Some(code) = own.first() {
                    return Ok((*code, sure));
                }
                if code >= 100 {
                    return city(divisions, code)
                        .filter(|city| ends(*city))
                        .map(|city| (city, sure))
                        .ok_or(Open::OtherLevel);
                }
                // The province's paper, and of several cities none that it speaks of most.
                Err(Open::Ambiguous)
            }
            '区' if code < 100 && !is_municipality(code) && ends(code) => Ok((code, sure)),
            '县' | '区' | '旗' | '州' | '盟' => {
                let below = |county: u32| county != code && lies_in(county, code) && ends(county);
                match own.iter().find(|step| **step >= 100) {
                    Some(code) => Ok((*code, sure)),
                    // That the article is of one city is itself only likely.
                    None if home.evidence == Evidence::Places && self.tally.is_of_several_cities() => {
                        Err(Open::Ambiguous)
                    }
                    // The paper of a city on one of its counties.
                    // A whole province's is nobody's.
                    None if code < 100 && !is_municipality(code) => Err(Open::Ambiguous),
                    None => match self.tally.county(below) {
                        Some((county, share)) => Ok((county, sure * (0.5 + 0.3 * share))),
                        None => Err(Open::OtherLevel),
                    },
                }
            }
            _ => Err(Open::OtherLevel),
        }
    }
}
