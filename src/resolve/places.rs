//! Which division a place is.
//!
//! A name that several divisions bear (鼓楼区) means the one that the article supports: the one
//! in the place named right before it, in a city that the article names, in the article's own
//! city. Without any of that the higher level is meant (吉林 is the province), and of several
//! on one level none.

use std::collections::{BTreeSet, HashMap};

use super::Resolved;
use super::dateline::{Context, Tally, city, home, is_dateline, likely, province};
use super::named::Named;
use crate::article::{Home, Kind, Open};
use crate::gazetteer::{Divisions, Gazetteer, lies_in};

/// What the short name of a district may as well end with when it is a lake or a mountain.
const LANDSCAPE: &[char] = &['湖', '山', '江', '河', '海', '岛', '峰', '溪', '林', '港', '桥', '门'];

/// Where an article is, and which divisions it names how often.
pub(super) struct Scene {
    pub home: Option<Home>,
    pub tally: Tally,
}

/// What an entity of kind place can be.
struct Candidate {
    entity: usize,
    codes: Vec<u32>,
    /// As the article names it at its fullest.
    name: String,
    code: Option<u32>,
}

/// Where cities and provinces are named: characters, in order.
#[derive(Default)]
struct Support {
    cities: HashMap<u32, Vec<usize>>,
    provinces: HashMap<u32, Vec<usize>>,
}

impl Support {
    fn add(&mut self, divisions: &Divisions, code: u32, at: usize) {
        if let Some(city) = city(divisions, code) {
            self.cities.entry(city).or_default().push(at);
        }
        let province = province(code);
        self.provinces.entry(province).or_default().push(at);
    }

    fn sort(&mut self) {
        self.cities.values_mut().chain(self.provinces.values_mut()).for_each(|list| list.sort_unstable());
    }
}

/// Gives every place its division, and says where the article is.
pub(super) fn settle(
    resolved: &mut Resolved,
    named: &Named<'_>,
    context: &Context,
    gazetteer: &Gazetteer,
) -> Scene {
    let divisions = gazetteer.divisions();
    let mut candidates: Vec<Candidate> = (resolved.entities.iter().enumerate())
        .filter(|(_, entity)| entity.kind == Kind::Place)
        .map(|(e, entity)| {
            let mut names: Vec<String> = Vec::new();
            for mention in &entity.mentions {
                let written = named.written(*mention as usize);
                if !names.contains(&written) && names.len() < 8 {
                    names.push(written);
                }
            }
            names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
            let plain = |name: &'_ str| name.strip_prefix("中国").unwrap_or(name).to_owned();
            let meant = names.iter().map(|name| (name, divisions.meant(&plain(name))));
            let (name, codes) = meant
                .map(|(name, codes)| (name.clone(), codes))
                .find(|(_, codes)| !codes.is_empty())
                .unwrap_or_else(|| (names.first().cloned().unwrap_or_default(), Vec::new()));
            let code = match codes[..] {
                [code] if !may_be_landscape(divisions, code, &name) => Some(code),
                _ => None,
            };
            Candidate { entity: e, codes, name, code }
        })
        .collect();
    let by_entity: HashMap<usize, usize> =
        candidates.iter().enumerate().map(|(c, candidate)| (candidate.entity, c)).collect();

    let mut tally = Tally::default();
    let mut support = Support::default();
    for (m, mention) in named.mentions.iter().enumerate() {
        let at = named.chars[m].start;
        let entity = mention.entity as usize;
        match mention.kind {
            Kind::Place => {
                let Some(candidate) = by_entity.get(&entity).map(|c| &candidates[*c]) else { continue };
                if is_dateline(named, m) {
                    continue;
                }
                if let Some(code) = candidate.code {
                    let whole = divisions.name(code).is_some_and(|full| named.written(m).ends_with(full));
                    // 北流 is half of a word as often as a county.
                    tally.add(divisions, code, if whole || code < 10_000 { 3 } else { 2 });
                    support.add(divisions, code, at);
                    continue;
                }
                // A lake, a mountain or a company as likely as a county: it says nothing of where.
                let codes = &candidate.codes;
                if !codes.is_empty()
                    && codes.iter().all(|code| may_be_landscape(divisions, *code, &candidate.name))
                {
                    continue;
                }
                if let Some(code) = likely(&candidate.codes) {
                    tally.add(divisions, code, 2);
                    continue;
                }
            }
            Kind::Organization => {}
            Kind::Official | Kind::Person => continue,
        }
        // 周至县四屯镇下三屯村 lies in a division, 西安市教育局 belongs to one.
        let name = named.written(m);
        let Some((length, codes)) = divisions.beginning(&name) else { continue };
        let Some(code) = likely(&codes).filter(|_| length < name.len()) else { continue };
        let whole = divisions.name(code).is_some_and(|full| name[..length].ends_with(full));
        // 共和党 has nothing to do with 共和县.
        if whole || code < 10_000 {
            tally.add(divisions, code, if whole { 3 } else { 1 });
        } else if mention.kind == Kind::Place {
            tally.hint(code);
        }
        if whole {
            support.add(divisions, code, at);
        }
    }
    let home = home(named, context, gazetteer, &tally);
    if let Some(home) = &home {
        support.add(divisions, home.division.code, 0);
    }
    support.sort();

    // In the order of the text, so that what one settles helps the next.
    for c in 0..candidates.len() {
        if candidates[c].code.is_some() || candidates[c].codes.is_empty() {
            continue;
        }
        let before = |m: &u32| {
            let before = named.adjacent_before(*m as usize, Kind::Place)?;
            let candidate = &candidates[*by_entity.get(&(named.mentions[before].entity as usize))?];
            Some(candidate.code.map_or_else(|| candidate.codes.clone(), |code| vec![code]))
        };
        let mentions = &resolved.entities[candidates[c].entity].mentions;
        // Each once: there are no more of them than divisions, however often they are named.
        let outer: BTreeSet<u32> = mentions.iter().filter_map(before).flatten().collect();
        let first = mentions.first().map_or(0, |m| named.chars[*m as usize].start);
        let code = choose(divisions, &candidates[c], &outer, &support, first);
        candidates[c].code = code;
    }
    for candidate in &candidates {
        let entity = &mut resolved.entities[candidate.entity];
        entity.division = candidate.code.and_then(|code| divisions.get(code));
        entity.open = match (&entity.division, &candidate.codes[..]) {
            (Some(_), _) => None,
            (None, []) => Some(Open::Unknown),
            (None, _) => Some(Open::Ambiguous),
        };
    }
    Scene { home, tally }
}

/// True for 西湖 and 泰山, which are districts too.
fn may_be_landscape(divisions: &Divisions, code: u32, name: &str) -> bool {
    let Some(full) = divisions.name(code) else { return false };
    code >= 10_000
        && !full.ends_with('市')
        && full != name
        && !name.ends_with(full)
        && name.ends_with(LANDSCAPE)
}

/// The one of several divisions that is meant.
fn choose(
    divisions: &Divisions,
    candidate: &Candidate,
    outer: &BTreeSet<u32>,
    support: &Support,
    at: usize,
) -> Option<u32> {
    let only = |codes: &[u32]| match codes {
        [code] => Some(*code),
        _ => None,
    };
    let codes = &candidate.codes;
    let inside: Vec<u32> =
        codes.iter().copied().filter(|code| outer.iter().any(|o| o != code && lies_in(*code, *o))).collect();
    if let Some(code) = only(&inside) {
        return Some(code);
    }
    if codes.iter().all(|code| may_be_landscape(divisions, *code, &candidate.name)) {
        return None;
    }
    let codes = if inside.is_empty() { codes } else { &inside };
    // 河北 is the province though 天津 has a district of the name.
    if let Some(code) = likely(codes).filter(|code| *code < 100) {
        return Some(code);
    }
    let near = |code: &u32| city(divisions, *code).and_then(|city| support.cities.get(&city));
    let supported: Vec<u32> = codes.iter().copied().filter(|code| near(code).is_some()).collect();
    if let Some(code) = only(&supported).or_else(|| likely(&supported)) {
        return Some(code);
    }
    if !supported.is_empty() {
        // Of several cities that are named, the last one before it.
        let last = |code: &u32| {
            let list = near(code)?;
            list[..list.partition_point(|named| *named <= at)].last().copied()
        };
        let latest = supported.iter().filter_map(last).max()?;
        let latest: Vec<u32> = supported.iter().copied().filter(|code| last(code) == Some(latest)).collect();
        return only(&latest);
    }
    let within: Vec<u32> =
        codes.iter().copied().filter(|code| support.provinces.contains_key(&province(*code))).collect();
    only(&within).or_else(|| likely(codes))
}
