//! Which names mean the same, once humans have said what they are.

use std::collections::HashMap;

use super::Reviewed;
use crate::article::{Article, Entity, Kind};

/// What tells entities apart: the sort, the name, and what a human has added to it.
type Key = (Kind, String, Option<String>);

impl Reviewed<'_> {
    /// Groups the mentions of an article that has its offices; tells where each of the machine's entities is now.
    ///
    /// What nobody touched stays with the others of its entity. What was marked, moved or turned into something else goes
    /// by its name, and what a human said it means by that.
    pub(super) fn entities(&self, article: &mut Article) -> Vec<Option<u32>> {
        let mut entities: Vec<Entity> = (self.machine.entities.iter())
            .map(|entity| Entity { mentions: Vec::new(), offices: Vec::new(), ..entity.clone() })
            .collect();
        let mut known: HashMap<Key, u32> = HashMap::new();
        for (index, entity) in (0..).zip(&self.machine.entities) {
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                known.entry((sort(entity.kind), name.clone(), None)).or_insert(index);
            }
        }
        for (index, mark) in (0..).zip(&self.marks) {
            let found = self.machines_entity(index).unwrap_or_else(|| {
                let (name, id) = match &mark.entity {
                    Some(choice) => (choice.name.clone(), choice.id.clone()),
                    None => (self.words.plain(mark.start, mark.end), None),
                };
                *known.entry((sort(mark.kind), name, id)).or_insert_with_key(|(_, name, _)| {
                    entities.push(entity(mark.kind, name));
                    entities.len() as u32 - 1
                })
            });
            entities[found as usize].mentions.push(index);
        }
        let moved = self.settled(&mut entities);
        for (index, entity) in (0..).zip(&mut entities) {
            let humans = entity.mentions.iter().map(|mention| article.mentions[*mention as usize].kind);
            if entity.kind.is_human() {
                entity.kind = humans.min().unwrap_or(entity.kind);
            }
            for mention in &entity.mentions {
                article.mentions[*mention as usize].entity = index;
            }
        }
        for (index, office) in (0..).zip(&article.offices) {
            let entity = article.mentions[office.person as usize].entity;
            entities[entity as usize].offices.push(index);
        }
        article.entities = entities;
        moved
    }

    /// The machine's entity of a mention that nobody turned into something else.
    fn machines_entity(&self, mention: u32) -> Option<u32> {
        let mark = self.marks[mention as usize];
        let machine = self.machine.mentions.get(mark.mention? as usize)?;
        let same = mark.entity.is_none()
            && sort(machine.kind) == sort(mark.kind)
            && (machine.start, machine.end) == (mark.start, mark.end);
        (same && (machine.entity as usize) < self.machine.entities.len()).then_some(machine.entity)
    }

    /// Leaves out entities of which nothing is left, and renames those that have lost the mention of their name.
    fn settled(&self, entities: &mut Vec<Entity>) -> Vec<Option<u32>> {
        let words = |mention: &u32| {
            let mark = self.marks[*mention as usize];
            self.words.plain(mark.start, mark.end)
        };
        for (entity, machine) in entities.iter_mut().zip(&self.machine.entities) {
            let was =
                machine.mentions.iter().filter_map(|mention| self.machine.mentions.get(*mention as usize));
            let mut was = was.map(|mention| self.words.plain(mention.start, mention.end));
            let borne = entity.mentions.iter().any(|mention| words(mention) == entity.name);
            if !borne
                && was.any(|name| name == entity.name)
                && let Some(longest) = entity.mentions.iter().map(words).max_by_key(String::len)
                && self.marks[entity.mentions[0] as usize].entity.is_none()
            {
                entity.name = longest;
            }
        }
        let mut next = 0..;
        let moved = entities
            .iter()
            .map(|entity| if entity.mentions.is_empty() { None } else { next.next() })
            .collect();
        entities.retain(|entity| !entity.mentions.is_empty());
        moved
    }
}

/// Officials and other people are of one sort: which of them somebody is hangs on the office.
fn sort(kind: Kind) -> Kind {
    if kind.is_human() { Kind::Person } else { kind }
}

fn entity(kind: Kind, name: &str) -> Entity {
    Entity {
        kind,
        name: name.to_owned(),
        aliases: Vec::new(),
        mentions: Vec::new(),
        offices: Vec::new(),
        division: None,
        open: None,
    }
}
