//! The full names of bodies, and what turns out to be one by them: 市妇联, 滨州市妇联 and
//! 滨州市妇女联合会.

use std::collections::HashMap;

use super::Resolved;
use super::seats::{Seat, seat};
use crate::article::{Entity, Kind, Reference};
use crate::gazetteer::{Gazetteer, party_of};

/// How sure a reference must be to name its entity.
const SURE: f32 = 0.5;

/// Gives bodies their full names, and makes one entity of those that have the same, and of places
/// that are the same division. `seats` are the divisions of the bodies, which follow.
pub(super) fn unite(
    resolved: &mut Resolved,
    references: &mut [Reference],
    seats: &mut Vec<Option<u32>>,
    gazetteer: &Gazetteer,
) {
    let referred = referred(references);
    for (e, entity) in resolved.entities.iter_mut().enumerate() {
        if entity.kind != Kind::Organization {
            continue;
        }
        // A user's own entry is all over what is made up here.
        let own = gazetteer.bodies().own(&entity.name).map(str::to_owned);
        if own.is_none()
            && let Some(Some((name, code))) = referred.get(&(e as u32))
        {
            (entity.name, seats[e]) = ((*name).clone(), Some(*code));
        } else if let Some(name) = own.or_else(|| full_name(&entity.name, seats[e], gazetteer)) {
            entity.name = name;
        }
    }
    merge(resolved, references, seats);
}

/// What the references say that entities are: a name and its division. One of which they say two
/// things keeps its name.
fn referred(references: &[Reference]) -> HashMap<u32, Option<(String, u32)>> {
    let mut names: HashMap<u32, Option<(String, u32)>> = HashMap::new();
    for reference in references.iter().filter(|r| r.kind == Kind::Organization && r.confidence >= SURE) {
        let (Some(entity), Some(name), Some(division)) =
            (reference.entity, &reference.name, &reference.division)
        else {
            continue;
        };
        let said = (name.clone(), division.code);
        let known = names.entry(entity).or_insert_with(|| Some(said.clone()));
        if known.as_ref() != Some(&said) {
            *known = None;
        }
    }
    names
}

/// 滨州市妇女联合会 of 滨州市妇联: a division, and behind it what is known to stand there; and the
/// full name of a central body.
fn full_name(name: &str, code: Option<u32>, gazetteer: &Gazetteer) -> Option<String> {
    let bodies = gazetteer.bodies();
    let central = |name: &str| {
        let known = bodies.central(name).filter(|_| is_of_the_country(name) && !bodies.is_local(name))?;
        Some(known.into_owned())
    };
    let local = |code: u32| {
        // 民革北京市委会 is no body of the city's, and so has no division in its name.
        if let Some((party, rest)) = party_of(name) {
            let Seat { suffix, codes, .. } = seat(rest, gazetteer)?;
            let place = &rest[..rest.len() - suffix.len()];
            let full = codes.contains(&code).then(|| gazetteer.divisions().name(code)).flatten()?;
            let committee = matches!(suffix, "委" | "委会" | "委员会") && place.ends_with(full);
            return committee.then(|| format!("{party}{full}委员会"));
        }
        let Seat { suffix, whole, .. } = seat(name, gazetteer)?;
        // 滨州银行 is no bank of the city's, and 北京 in front of 法院 no name of one court.
        (whole && bodies.is_local(suffix)).then(|| gazetteer.body_of(code, suffix)).flatten()
    };
    code.and_then(local).or_else(|| central(name)).or_else(|| part_of_central(name, central))
}

/// A department behind the short form of a central body: 国家发改委价格司.
fn part_of_central(name: &str, central: impl Fn(&str) -> Option<String>) -> Option<String> {
    const PARTS: [char; 4] = ['司', '厅', '局', '部'];
    // Written in short in every ministry that has them.
    const SHORT: [(&str, &str); 3] =
        [("科教司", "科技教育司"), ("政研司", "政策研究司"), ("国合司", "国际合作司")];
    if !name.ends_with(PARTS) {
        return None;
    }
    let mut cuts = name.char_indices().rev().map(|(at, _)| name.split_at(at));
    let (whole, part) = cuts.find_map(|(whole, part)| Some((central(whole)?, part)))?;
    let full = SHORT.iter().find(|(short, _)| *short == part).map_or(part, |(_, full)| full);
    part.chars().nth(1).is_some().then(|| format!("{whole}{full}"))
}

/// True for short names that only a body of the whole country bears: 全国妇联, 中纪委, 国家发改委. Bare
/// ones (发改委, 外交部) are other places' and other countries' as well.
pub(super) fn is_of_the_country(name: &str) -> bool {
    const ALONE: [&str; 7] = ["党中央", "团中央", "共青团中央", "国办", "国新办", "国台办", "国管局"];
    const BEGINNINGS: [&str; 7] = ["国家", "国务院", "全国", "中央", "中共中央", "中国", "最高"];
    const ENDS: [&str; 4] = ["组织", "中央", "亚投行", "欧佩克"];
    let begins =
        BEGINNINGS.iter().any(|begins| name.strip_prefix(begins).is_some_and(|rest| !rest.is_empty()));
    // 中组部, 中科院; but a 中医药局 is anybody's.
    let ends = ENDS.iter().any(|ends| name.ends_with(ends));
    begins || ends || ALONE.contains(&name) || name.starts_with('中') && !name.ends_with('局')
}

/// One entity for each body's full name and each division.
fn merge(resolved: &mut Resolved, references: &mut [Reference], seats: &mut Vec<Option<u32>>) {
    #[derive(PartialEq, Eq, Hash)]
    enum Same {
        /// Two 鼓楼区 have each their 中共鼓楼区委员会.
        Body(String, Option<u32>),
        Place(u32),
    }
    let mut known: HashMap<Same, u32> = HashMap::new();
    let mut kept: Vec<Entity> = Vec::with_capacity(resolved.entities.len());
    let mut kept_seats: Vec<Option<u32>> = Vec::with_capacity(seats.len());
    let moved: Vec<u32> = std::mem::take(&mut resolved.entities)
        .into_iter()
        .zip(&*seats)
        .map(|(mut entity, seat)| {
            let same = match (entity.kind, &entity.division) {
                (Kind::Organization, _) => Some(Same::Body(entity.name.clone(), *seat)),
                (Kind::Place, Some(division)) => Some(Same::Place(division.code)),
                _ => None,
            };
            let next = kept.len() as u32;
            let at = same.map_or(next, |same| *known.entry(same).or_insert(next));
            match kept.get_mut(at as usize) {
                Some(first) => {
                    first.mentions.append(&mut entity.mentions);
                    if entity.name.chars().count() > first.name.chars().count() {
                        first.name = entity.name;
                    }
                }
                None => {
                    kept.push(entity);
                    kept_seats.push(*seat);
                }
            }
            at
        })
        .collect();
    // Once, and not with every entity that comes to it.
    kept.iter_mut().for_each(|entity| entity.mentions.sort());
    resolved.entities = kept;
    *seats = kept_seats;
    let entities = resolved.mentions.iter_mut().map(|mention| &mut mention.entity);
    for entity in entities.chain(references.iter_mut().filter_map(|reference| reference.entity.as_mut())) {
        *entity = moved[*entity as usize];
    }
}
