//! Which of what was found is shown.

use super::reading::Reading;
use crate::article::{Entity, Kind};

/// Kinds, and how probable one of them must be at least.
#[derive(Clone)]
pub(super) struct Filter {
    pub kinds: Vec<Kind>,
    pub min_score: f32,
}

impl Filter {
    /// True for a mention or reference that is shown.
    pub fn shows(&self, reading: &Reading, spot: u32) -> bool {
        self.kinds.contains(&reading.kind(spot)) && reading.score(spot) >= self.min_score
    }

    /// True for an entity that is shown: one of its mentions is.
    pub fn shows_entity(&self, reading: &Reading, entity: &Entity) -> bool {
        self.kinds.contains(&entity.kind) && self.is_probable(reading, entity)
    }

    /// How many entities of a kind there are, whether the kind is shown or not.
    pub fn count(&self, reading: &Reading, kind: Kind) -> usize {
        let entities = reading.article().entities.iter();
        entities.filter(|entity| entity.kind == kind && self.is_probable(reading, entity)).count()
    }

    fn is_probable(&self, reading: &Reading, entity: &Entity) -> bool {
        entity.mentions.iter().any(|&mention| reading.score(mention) >= self.min_score)
    }
}
