//! From mentions to entities: which names of an article mean the same.
//!
//! Only what the article itself says counts, and only what is certain in it: a short form
//! that fits two full names stays an entity of its own.
//!
//! | kind | these are one |
//! | --- | --- |
//! | any | the same name, white space inside and character width aside: 王　刚 and 王刚 |
//! | person | a surname with its title and the full name (穆市长, 穆杰), a given name, the last part of a foreign name, a name and the one in brackets behind it |
//! | any | a full name and the short one that the text gives it: （以下简称“…”） |
//! | organization | a short form and the full name it ends: 市妇联 and 滨州市妇联 |
//! | place | 滨州 and 滨州市, 沾化区 and 滨州市沾化区 |

mod aliases;
mod bodies;
mod dateline;
mod full;
mod named;
mod names;
mod offices;
mod people;
mod places;
mod references;
mod seats;
mod sure;

pub use aliases::name_aliases;
pub use dateline::Context;
pub use offices::situate;
pub use sure::above;

use std::collections::HashMap;
use std::ops::Range;

use crate::article::{Entity, Home, Kind, Mention, Reference};
use crate::gazetteer::Gazetteer;
use crate::office::Held;
use crate::segment::Segmenter;
use crate::tagger::{Label, Labelled};
use crate::text::Normalized;

/// The mentions of a text and what they refer to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// Every span that is no title, in order.
    pub mentions: Vec<Mention>,
    /// What they refer to, by first mention.
    pub entities: Vec<Entity>,
}

/// Finds out what the mentions of a text refer to, and who of its people is an official.
///
/// `spans` and `held` are those of [`office::attach`](crate::office::attach).
///
/// ```
/// use mingzhu::{Kind, Label, Labelled, office, resolve};
///
/// let text = "副市长杜玉杰出席。杜玉杰强调…";
/// let span = |start, end, label| Labelled { start, end, label, score: 1.0 };
/// let spans = [
///     span(0, 9, Label::Title),
///     span(9, 18, Label::Person),
///     span(27, 36, Label::Person),
/// ];
/// let held = office::attach(text, &spans);
/// let found = resolve::entities(text, &spans, &held);
/// assert_eq!(found.entities.len(), 1);
/// assert_eq!(found.entities[0].kind, Kind::Official);
/// assert_eq!(found.mentions[1].kind, Kind::Official);
/// ```
pub fn entities(text: &str, spans: &[Labelled], held: &Held) -> Resolved {
    let mut names = names::Names::default();
    let mut mentions = Vec::new();
    // The name each mention bears; what differs in label differs in name.
    let mut borne = Vec::new();
    for span in spans {
        let kind = match span.label {
            Label::Person => Kind::Person,
            Label::Place => Kind::Place,
            Label::Organization => Kind::Organization,
            Label::Title => continue,
        };
        let written = text.get(span.start as usize..span.end as usize).unwrap_or("");
        borne.push(names.insert(kind, written, mentions.len()));
        mentions.push(Mention { start: span.start, end: span.end, kind, score: span.score, entity: 0 });
    }
    names::join_introduced(text, &mentions, &borne, &mut names);
    people::join(text, &mentions, held, &mut borne, &mut names);
    bodies::join(Kind::Organization, &mut names);
    bodies::join(Kind::Place, &mut names);

    let mut entities: Vec<Entity> = Vec::new();
    let mut entity_of = HashMap::new();
    for (m, mention) in mentions.iter_mut().enumerate() {
        let root = names.root(borne[m]);
        let entity = *entity_of.entry(root).or_insert_with(|| {
            entities.push(Entity {
                kind: mention.kind,
                name: names.fullest(root).to_owned(),
                aliases: Vec::new(),
                mentions: Vec::new(),
                offices: Vec::new(),
                division: None,
                open: None,
            });
            entities.len() - 1
        });
        mention.entity = entity as u32;
        entities[entity].mentions.push(m as u32);
    }
    for (o, office) in held.offices.iter().enumerate() {
        let Some(mention) = mentions.get(office.person as usize) else { continue };
        let entity = &mut entities[mention.entity as usize];
        entity.offices.push(o as u32);
        if office.public && entity.kind == Kind::Person {
            entity.kind = Kind::Official;
        }
    }
    for mention in &mut mentions {
        mention.kind = entities[mention.entity as usize].kind;
    }
    Resolved { mentions, entities }
}

/// Where an article is, and what it means by that.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Located {
    /// Where it is, where something says so.
    pub home: Option<Home>,
    /// What points to a place or a body without naming it whole, by start.
    pub references: Vec<Reference>,
    /// The code of the division that each entity's name begins with, where it is a body's.
    pub seats: Vec<Option<u32>>,
}

/// Finds out where the article is, which divisions its places are, and what 我市 and 市妇联
/// mean in it.
pub fn locate(
    resolved: &mut Resolved,
    read: &Normalized,
    sentences: &[Range<usize>],
    segmenter: &Segmenter,
    gazetteer: &Gazetteer,
    context: &Context,
) -> Located {
    let mentions = resolved.mentions.clone();
    let named = named::Named::new(read, &mentions);
    let scene = places::settle(resolved, &named, context, gazetteer);
    let mut references = references::find(resolved, &named, &scene, gazetteer, segmenter, sentences);
    let places::Scene { home, mut seats, .. } = scene;
    full::unite(resolved, &mut references, &mut seats, gazetteer);
    Located { home, references, seats }
}

#[cfg(test)]
mod tests;
