//! `confusables.mz`: how characters sound and look, from the Unihan database (UAX #38).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingzhu::asset::{AssetKind, write_asset};

use crate::{Result, read_text, write};

/// What is known of a character.
#[derive(Default)]
struct Known {
    /// Its syllables without tones.
    readings: BTreeSet<String>,
    four_corner: Option<String>,
    cangjie: Option<String>,
}

pub fn make(unihan: &Path, out: &Path) -> Result<()> {
    let table = |name: &str| read_text(&unihan.join(format!("Unihan_{name}.txt")));
    let (mappings, variants) = (table("OtherMappings")?, table("Variants")?);
    // The 8,105 of the standard table, and what Traditional texts have for them.
    let standard: BTreeSet<char> = values(&mappings, "kTGH").map(|(c, _)| c).collect();
    let traditional = values(&variants, "kTraditionalVariant").filter(|(c, _)| standard.contains(c));
    let traditional: Vec<char> =
        traditional.flat_map(|(_, all)| all.split(' ').filter_map(code_point).collect::<Vec<_>>()).collect();
    let mut known: BTreeMap<char, Known> =
        standard.into_iter().chain(traditional).map(|c| (c, Known::default())).collect();

    let readings = table("Readings")?;
    // The readings of the standard table's own dictionary; kMandarin where it has none.
    for field in ["kTGHZ2013", "kMandarin"] {
        for (c, value) in values(&readings, field) {
            if let Some(known) =
                known.get_mut(&c).filter(|known| field == "kTGHZ2013" || known.readings.is_empty())
            {
                let said = value.split([' ', ',']).map(|one| one.rsplit(':').next().unwrap_or(one));
                known.readings.extend(said.map(toneless));
            }
        }
    }
    let shapes = table("DictionaryLikeData")?;
    for (c, value) in values(&shapes, "kFourCornerCode") {
        if let Some(known) = known.get_mut(&c) {
            known.four_corner = value.split(' ').next().map(|code| code.chars().take(4).collect());
        }
    }
    for (c, value) in values(&shapes, "kCangjie") {
        if let Some(known) = known.get_mut(&c) {
            known.cangjie = value.split(' ').next().map(str::to_owned);
        }
    }
    let simple = values(&variants, "kSimplifiedVariant").filter_map(|(c, all)| {
        let simple = all.split(' ').filter_map(code_point).find(|simple| *simple != c)?;
        (known.contains_key(&c)
            && known.contains_key(&simple)
            && !all.split(' ').filter_map(code_point).any(|one| one == c))
        .then(|| format!("{c}{simple}"))
    });
    let simple = simple.collect::<Vec<_>>().join("\n");
    let lines = |field: &dyn Fn(&Known) -> String| known.values().map(field).collect::<Vec<_>>().join("\n");
    let chars: String = known.keys().collect();
    let read = lines(&|known| known.readings.iter().cloned().collect::<Vec<_>>().join(" "));
    let four = lines(&|known| known.four_corner.clone().unwrap_or_default());
    let cangjie = lines(&|known| known.cangjie.clone().unwrap_or_default());
    let sections: [(&[u8; 4], &[u8]); 5] = [
        (b"CHAR", chars.as_bytes()),
        (b"READ", read.as_bytes()),
        (b"FOUR", four.as_bytes()),
        (b"CANG", cangjie.as_bytes()),
        (b"SIMP", simple.as_bytes()),
    ];
    let bytes = write_asset(AssetKind::Confusables, &sections);
    println!("{}: {} characters, {} bytes", out.display(), known.len(), bytes.len());
    write(out, &bytes)
}

/// A field of the database with the characters that have it.
fn values<'a>(table: &'a str, field: &'static str) -> impl Iterator<Item = (char, &'a str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(move |line| {
        let mut columns = line.split('\t');
        let c = code_point(columns.next()?)?;
        (columns.next()? == field).then_some((c, columns.next()?))
    })
}

/// A character written as U+6770.
fn code_point(written: &str) -> Option<char> {
    char::from_u32(u32::from_str_radix(written.strip_prefix("U+")?, 16).ok()?)
}

/// A syllable of Pinyin without its tone, ü as v.
fn toneless(syllable: &str) -> String {
    let plain = |c: char| match c {
        'ā' | 'á' | 'ǎ' | 'à' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' | 'ế' | 'ề' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        'ń' | 'ň' | 'ǹ' => 'n',
        'ḿ' => 'm',
        other => other,
    };
    syllable.trim().chars().filter(|c| !('\u{300}'..='\u{36F}').contains(c)).map(plain).collect()
}
