//! The full names of bodies, and what turns out to be one by them: 市妇联, 滨州市妇联 and
//! 滨州市妇女联合会.

use std::collections::HashMap;

use super::Resolved;
use crate::article::{Entity, Kind, Reference};
use crate::gazetteer::Gazetteer;

/// How sure a reference must be to name its entity.
const SURE: f32 = 0.5;

/// Gives local bodies their full names, and makes one entity of those that have the same, and of
/// places that are the same division.
pub(super) fn unite(resolved: &mut Resolved, references: &mut [Reference], gazetteer: &Gazetteer) {
    // What the references say; an entity that they say two things of keeps its name.
    let mut names: HashMap<u32, Option<String>> = HashMap::new();
    for reference in references.iter().filter(|r| r.kind == Kind::Organization && r.confidence >= SURE) {
        let (Some(entity), Some(name)) = (reference.entity, &reference.name) else { continue };
        let known = names.entry(entity).or_insert_with(|| Some(name.clone()));
        if known.as_ref() != Some(name) {
            *known = None;
        }
    }
    for (e, entity) in resolved.entities.iter_mut().enumerate() {
        if entity.kind == Kind::Organization
            && let Some(name) =
                names.remove(&(e as u32)).flatten().or_else(|| full_name(&entity.name, gazetteer))
        {
            entity.name = name;
        }
    }
    merge(resolved, references);
}

/// 滨州市妇女联合会 of 滨州市妇联: a division, and behind it what is known to stand there.
fn full_name(name: &str, gazetteer: &Gazetteer) -> Option<String> {
    if let Some(own) = gazetteer.bodies().own(name) {
        return Some(own.to_owned());
    }
    let (length, codes) = gazetteer.divisions().beginning(name)?;
    let [code] = codes[..] else { return None };
    let (place, suffix) = name.split_at(length);
    // 滨州银行 is no bank of the city's, and 北京 in front of 法院 no name of one court.
    let named = place.ends_with(['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡']);
    (named && gazetteer.bodies().is_local(suffix)).then(|| gazetteer.body_of(code, suffix)).flatten()
}

/// One entity for each body's full name and each division.
fn merge(resolved: &mut Resolved, references: &mut [Reference]) {
    #[derive(PartialEq, Eq, Hash)]
    enum Same {
        Body(String),
        Place(u32),
    }
    let mut known: HashMap<Same, u32> = HashMap::new();
    let mut kept: Vec<Entity> = Vec::with_capacity(resolved.entities.len());
    let moved: Vec<u32> = std::mem::take(&mut resolved.entities)
        .into_iter()
        .map(|mut entity| {
            let same = match (entity.kind, &entity.division) {
                (Kind::Organization, _) => Some(Same::Body(entity.name.clone())),
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
                None => kept.push(entity),
            }
            at
        })
        .collect();
    // Once, and not with every entity that comes to it.
    kept.iter_mut().for_each(|entity| entity.mentions.sort());
    resolved.entities = kept;
    let entities = resolved.mentions.iter_mut().map(|mention| &mut mention.entity);
    for entity in entities.chain(references.iter_mut().filter_map(|reference| reference.entity.as_mut())) {
        *entity = moved[*entity as usize];
    }
}
