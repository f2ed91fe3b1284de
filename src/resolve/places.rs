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
use super::seats::{Seat, seat};
use crate::article::{Entity, Home, Kind, Open};
use crate::gazetteer::{Divisions, Gazetteer, lies_in};

/// What the short name of a district may as well end with when it is a lake or a mountain.
const LANDSCAPE: &[char] = &['湖', '山', '江', '河', '海', '岛', '峰', '溪', '林', '港', '桥', '门'];

/// Names that one entity bears in an article; more of them say nothing new.
const NAMES: usize = 8;

/// Where an article is, and which divisions it names how often.
pub(super) struct Scene {
    pub home: Option<Home>,
    pub tally: Tally,
    /// The division that each entity's name begins with, where it is a body's.
    pub seats: Vec<Option<u32>>,
}

/// What an entity of kind place can be.
struct Candidate {
    codes: Vec<u32>,
    /// As the article names it at its fullest.
    name: String,
    code: Option<u32>,
}

impl Candidate {
    /// True when it can be a lake or a mountain whatever division is meant.
    fn is_landscape(&self, divisions: &Divisions) -> bool {
        let may_be = |code: &u32| may_be_landscape(divisions, *code, &self.name);
        !self.codes.is_empty() && self.codes.iter().all(may_be)
    }
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
    let mut candidates = candidates(resolved, named, divisions);
    let (tally, mut support) = count(&candidates, resolved, named, gazetteer);
    let home = home(named, context, gazetteer, &tally);
    if let Some(home) = &home {
        support.add(divisions, home.division.code, 0);
    }
    support.sort();
    decide(&mut candidates, resolved, named, divisions, &support);
    let seats = seats(&candidates, resolved, named, gazetteer, &support);
    for (entity, candidate) in resolved.entities.iter_mut().zip(candidates) {
        let Some(candidate) = candidate else { continue };
        entity.division = candidate.code.and_then(|code| divisions.get(code));
        entity.open = match (&entity.division, &candidate.codes[..]) {
            (Some(_), _) => None,
            (None, []) => Some(Open::Unknown),
            (None, _) => Some(Open::Ambiguous),
        };
    }
    Scene { home, tally, seats }
}

/// An entity's names as the article writes them, the fullest first.
fn written(entity: &Entity, named: &Named<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for mention in &entity.mentions {
        let written = named.written(*mention as usize);
        if !names.contains(&written) && names.len() < NAMES {
            names.push(written);
        }
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    names
}

/// What each entity can be, where it is a place.
fn candidates(resolved: &Resolved, named: &Named<'_>, divisions: &Divisions) -> Vec<Option<Candidate>> {
    let candidate = |entity: &Entity| {
        let names = written(entity, named);
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
        Candidate { codes, name, code }
    };
    let of = |entity: &Entity| (entity.kind == Kind::Place).then(|| candidate(entity));
    resolved.entities.iter().map(of).collect()
}

/// Which divisions the article names how often, and where.
fn count(
    candidates: &[Option<Candidate>],
    resolved: &Resolved,
    named: &Named<'_>,
    gazetteer: &Gazetteer,
) -> (Tally, Support) {
    let divisions = gazetteer.divisions();
    let (mut tally, mut support) = (Tally::default(), Support::default());
    // A bare name that a body begins with counts once for each body.
    let mut counted = vec![false; resolved.entities.len()];
    for (m, mention) in named.mentions.iter().enumerate() {
        let at = named.chars[m].start;
        let entity = mention.entity as usize;
        let name = named.written(m);
        if let Some(candidate) = &candidates[entity] {
            if is_dateline(named, m) {
                continue;
            }
            if named.is_visitor(m) {
                if let Some(code) = candidate.code {
                    support.add(divisions, code, at);
                }
                continue;
            }
            if let Some(code) = candidate.code {
                let whole = divisions.ends_whole(&name, code);
                // 北流 is half of a word as often as a county.
                tally.add(divisions, code, if whole || code < 10_000 { 3 } else { 2 });
                support.add(divisions, code, at);
                continue;
            }
            // A lake, a mountain or a company as likely as a county: it says nothing of where.
            if candidate.is_landscape(divisions) {
                continue;
            }
            if let Some(code) = likely(&candidate.codes) {
                tally.add(divisions, code, 2);
                continue;
            }
            // 周至县四屯镇下三屯村 lies in a division.
            let Some((length, codes)) = divisions.beginning(&name) else { continue };
            let Some(code) = likely(&codes).filter(|_| length < name.len()) else { continue };
            let whole = divisions.ends_whole(&name[..length], code);
            match whole || code < 10_000 {
                true => tally.add(divisions, code, if whole { 3 } else { 1 }),
                false => tally.hint(code),
            }
            if whole {
                support.add(divisions, code, at);
            }
        } else if mention.kind == Kind::Organization {
            // 西安市教育局 belongs to one.
            let Some(Seat { codes, whole, .. }) =
                seat(&name, gazetteer).filter(|seat| !seat.suffix.is_empty())
            else {
                continue;
            };
            let Some(code) = likely(&codes) else { continue };
            if named.is_visitor(m) {
                support.add(divisions, code, at);
                continue;
            }
            if whole {
                tally.add(divisions, code, 3);
                support.add(divisions, code, at);
            } else if !std::mem::replace(&mut counted[entity], true) {
                tally.add(divisions, code, 1);
            }
        }
    }
    tally.add_unnamed(&named.read.chars, divisions);
    (tally, support)
}

/// Chooses among several divisions of one name, in the order of the text, so that what one settles
/// helps the next.
fn decide(
    candidates: &mut [Option<Candidate>],
    resolved: &Resolved,
    named: &Named<'_>,
    divisions: &Divisions,
    support: &Support,
) {
    for c in 0..candidates.len() {
        let Some(candidate) = &candidates[c] else { continue };
        if candidate.code.is_some() || candidate.codes.is_empty() {
            continue;
        }
        let mentions = &resolved.entities[c].mentions;
        let outer = outer(candidates, mentions, named);
        let first = mentions.first().map_or(0, |m| named.chars[*m as usize].start);
        let code = choose(divisions, candidate, &outer, support, first);
        if let Some(candidate) = &mut candidates[c] {
            candidate.code = code;
        }
    }
}

/// What the places right before these mentions can be. Each once: there are no more of them than
/// divisions, however often they are named.
fn outer(candidates: &[Option<Candidate>], mentions: &[u32], named: &Named<'_>) -> BTreeSet<u32> {
    let before = |m: &u32| {
        let before = named.adjacent_before(*m as usize, Kind::Place)?;
        let candidate = candidates[named.mentions[before].entity as usize].as_ref()?;
        Some(candidate.code.map_or_else(|| candidate.codes.clone(), |code| vec![code]))
    };
    mentions.iter().filter_map(before).flatten().collect()
}

/// The division that each body's name begins with: of several the one that the article supports.
fn seats(
    candidates: &[Option<Candidate>],
    resolved: &Resolved,
    named: &Named<'_>,
    gazetteer: &Gazetteer,
    support: &Support,
) -> Vec<Option<u32>> {
    let divisions = gazetteer.divisions();
    let of = |entity: &Entity| {
        let names = (entity.kind == Kind::Organization).then(|| written(entity, named))?;
        let codes = names.iter().find_map(|name| Some(seat(name, gazetteer)?.codes))?;
        let inside = || {
            let outer = outer(candidates, &entity.mentions, named);
            only(codes.iter().filter(|code| outer.iter().any(|o| o != *code && lies_in(**code, *o))))
        };
        // Not the one named last, as for places: two of one name in an article are two bodies.
        let near = |code: &u32| city(divisions, *code).is_some_and(|city| support.cities.contains_key(&city));
        let within = |code: &u32| support.provinces.contains_key(&province(*code));
        only(codes.iter()).or_else(inside).or_else(|| match codes.iter().any(near) {
            true => only(codes.iter().filter(|code| near(code))),
            false => only(codes.iter().filter(|code| within(code))),
        })
    };
    resolved.entities.iter().map(of).collect()
}

/// What is left, if it is one.
fn only<'a>(mut codes: impl Iterator<Item = &'a u32>) -> Option<u32> {
    let first = codes.next()?;
    codes.next().is_none().then_some(*first)
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
    let codes = &candidate.codes;
    let inside: Vec<u32> =
        codes.iter().copied().filter(|code| outer.iter().any(|o| o != code && lies_in(*code, *o))).collect();
    if let Some(code) = only(inside.iter()) {
        return Some(code);
    }
    if candidate.is_landscape(divisions) {
        return None;
    }
    let codes = if inside.is_empty() { codes } else { &inside };
    // 河北 is the province though 天津 has a district of the name.
    if let Some(code) = likely(codes).filter(|code| *code < 100) {
        return Some(code);
    }
    let near = |code: &u32| city(divisions, *code).and_then(|city| support.cities.get(&city));
    let supported: Vec<u32> = codes.iter().copied().filter(|code| near(code).is_some()).collect();
    if let Some(code) = only(supported.iter()).or_else(|| likely(&supported)) {
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
        return only(latest.iter());
    }
    let within: Vec<u32> =
        codes.iter().copied().filter(|code| support.provinces.contains_key(&province(*code))).collect();
    only(within.iter()).or_else(|| likely(codes))
}
