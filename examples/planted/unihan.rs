//! Characters that sound alike by the Unihan database, and that look alike by a table of pycorrector's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Result;
use super::random::Random;

/// Of the standard table's characters the commonest.
const COMMON: u32 = 3500;

pub struct Unihan {
    readings: BTreeMap<char, BTreeSet<String>>,
    by_reading: BTreeMap<String, Vec<char>>,
    alike: BTreeMap<char, Vec<char>>,
}

impl Unihan {
    /// Reads the database, and groups of characters that look like the first of each, a group a line.
    pub fn read(folder: &Path, shapes: &Path) -> Result<Self> {
        let table = |name: &str| std::fs::read_to_string(folder.join(format!("Unihan_{name}.txt")));
        let mappings = table("OtherMappings")?;
        let place = |value: &str| value.rsplit(':').next().and_then(|place| place.parse::<u32>().ok());
        let common: BTreeSet<char> = values(&mappings, "kTGH")
            .filter(|(_, value)| place(value).is_some_and(|place| place <= COMMON))
            .map(|(c, _)| c)
            .collect();
        let of = |table: &str, field: &'static str| -> BTreeMap<char, BTreeSet<String>> {
            let known = values(table, field).filter(|(c, _)| common.contains(c));
            known.map(|(c, value)| (c, value.split(' ').map(toneless).collect())).collect()
        };
        let readings = of(&table("Readings")?, "kMandarin");
        let groups =
            std::fs::read_to_string(shapes).map_err(|error| format!("{}: {error}", shapes.display()))?;
        let mut alike: BTreeMap<char, Vec<char>> = BTreeMap::new();
        for line in groups.lines() {
            let mut group = line.split('\t').filter_map(|c| c.chars().next());
            let Some(first) = group.next() else { continue };
            for other in group.filter(|other| *other != first) {
                for (one, other) in [(first, other), (other, first)] {
                    if common.contains(&other) {
                        alike.entry(one).or_default().push(other);
                    }
                }
            }
        }
        Ok(Unihan { by_reading: inverted(&readings), readings, alike })
    }

    /// A character of the same syllable.
    pub fn homophone(&self, c: char, random: &mut Random) -> Option<char> {
        let readings = self.readings.get(&c)?;
        let all: Vec<char> = readings
            .iter()
            .flat_map(|reading| &self.by_reading[reading])
            .copied()
            .filter(|other| *other != c)
            .collect();
        random.of(&all).copied()
    }

    /// A character that looks alike and is read in another way.
    pub fn lookalike(&self, c: char, random: &mut Random) -> Option<char> {
        let readings = self.readings.get(&c)?;
        let all = self.alike.get(&c)?.iter().copied();
        let all: Vec<char> = all
            .filter(|other| self.readings.get(other).is_some_and(|also| also.is_disjoint(readings)))
            .collect();
        random.of(&all).copied()
    }
}

fn inverted(known: &BTreeMap<char, BTreeSet<String>>) -> BTreeMap<String, Vec<char>> {
    let mut inverted: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for (c, keys) in known {
        for key in keys {
            inverted.entry(key.clone()).or_default().push(*c);
        }
    }
    inverted
}

fn values<'a>(table: &'a str, field: &'static str) -> impl Iterator<Item = (char, &'a str)> {
    table.lines().filter_map(move |line| {
        let mut columns = line.split('\t');
        let code = u32::from_str_radix(columns.next()?.strip_prefix("U+")?, 16).ok()?;
        (columns.next()? == field).then_some((char::from_u32(code)?, columns.next()?))
    })
}

fn toneless(written: &str) -> String {
    const MARKS: [(char, &str); 6] =
        [('a', "āáǎà"), ('e', "ēéěè"), ('i', "īíǐì"), ('o', "ōóǒò"), ('u', "ūúǔù"), ('v', "üǖǘǚǜ")];
    let plain = |c: char| MARKS.iter().find(|(_, marked)| marked.contains(c)).map_or(c, |(plain, _)| *plain);
    written.chars().filter(|c| *c != '*' && *c != 'A').map(plain).collect()
}
