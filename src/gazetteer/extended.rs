//! A gazetteer with what a user has added, which can be taken back.

use std::sync::Arc;

use super::{Entry, Gazetteer};
use crate::error::Result;

/// Entries that were added together, and can be removed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EntriesId(u32);

impl EntriesId {
    /// For handing it to those who know only numbers.
    pub fn number(self) -> u32 {
        self.0
    }

    /// What [`EntriesId::number`] gave.
    pub fn from_number(number: u32) -> Self {
        EntriesId(number)
    }
}

/// What is known, and with it what is known besides. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Extended {
    known: Arc<Gazetteer>,
    /// In the order they were added.
    lists: Vec<(EntriesId, Arc<[Entry]>)>,
    /// Both together.
    whole: Arc<Gazetteer>,
    last: u32,
}

impl Extended {
    /// A gazetteer to which nothing is added yet.
    pub fn new(known: Gazetteer) -> Self {
        let known = Arc::new(known);
        Extended { whole: Arc::clone(&known), known, lists: Vec::new(), last: 0 }
    }

    /// Everything.
    pub fn whole(&self) -> &Gazetteer {
        &self.whole
    }

    /// See [`Gazetteer::add_townships`]; the entries still win over them.
    ///
    /// # Errors
    ///
    /// As there, and then nothing has changed.
    pub fn add_townships(&mut self, name: &str, bytes: &[u8]) -> Result<()> {
        let mut known = Gazetteer::clone(&self.known);
        known.add_townships(name, bytes)?;
        self.known = Arc::new(known);
        self.extend();
        Ok(())
    }

    /// Adds entries; the newest win.
    pub fn add(&mut self, entries: impl IntoIterator<Item = Entry>) -> EntriesId {
        self.last += 1;
        self.lists.push((EntriesId(self.last), entries.into_iter().collect()));
        self.extend();
        EntriesId(self.last)
    }

    /// Takes entries back; false when there are none of this id.
    pub fn remove(&mut self, id: EntriesId) -> bool {
        let Some(index) = self.lists.iter().position(|(list, _)| *list == id) else { return false };
        self.lists.remove(index);
        self.extend();
        true
    }

    /// What an entry displaces comes back only from what was there before it.
    fn extend(&mut self) {
        self.whole = Arc::clone(&self.known);
        if !self.lists.is_empty() {
            let entries = self.lists.iter().flat_map(|(_, entries)| entries.iter().cloned());
            Arc::make_mut(&mut self.whole).add_entries(entries);
        }
    }
}
