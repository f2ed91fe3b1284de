//! Characters that sound or look alike, by the Unihan database.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Result;
use super::plant::Random;

/// Of the standard table's characters the commonest.
const COMMON: u32 = 3500;

pub struct Unihan {
    readings: BTreeMap<char, BTreeSet<String>>,
    series: BTreeMap<char, BTreeSet<String>>,
    by_reading: BTreeMap<String, Vec<char>>,
    by_series: BTreeMap<String, Vec<char>>,
}

impl Unihan {
    pub fn read(folder: &Path) -> Result<Self> {
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
        let series = of(&table("DictionaryLikeData")?, "kPhonetic");
        Ok(Unihan { by_reading: inverted(&readings), by_series: inverted(&series), readings, series })
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

    /// A character of the same phonetic series that is read in another way.
    pub fn lookalike(&self, c: char, random: &mut Random) -> Option<char> {
        let (series, readings) = (self.series.get(&c)?, self.readings.get(&c)?);
        let all = series.iter().flat_map(|series| &self.by_series[series]).copied();
        let all: Vec<char> = all
            .filter(|other| {
                *other != c && self.readings.get(other).is_some_and(|also| also.is_disjoint(readings))
            })
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
