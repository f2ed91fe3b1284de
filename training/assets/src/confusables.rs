//! `confusables.mz`: how characters sound and look, from the Unihan database (UAX #38).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mingzhu::asset::{Asset, AssetKind, write_asset};
use mingzhu::roster::Confusables;

use crate::{Result, read_text, write};

/// What is known of a character.
#[derive(Default)]
struct Known {
    /// Its syllables without tones.
    readings: BTreeSet<String>,
    four_corner: Option<String>,
    cangjie: Option<String>,
    /// Numbers of the parts by which dictionaries group characters that are written, and mostly said, alike.
    phonetics: BTreeSet<u16>,
}

pub fn make(unihan: &Path, gazetteer: &Path, out: &Path) -> Result<()> {
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
    let phonetics = |c: char, value: &str, known: &mut BTreeMap<char, Known>| {
        let Some(known) = known.get_mut(&c) else { return };
        // A letter behind the number, or a star, says of which kind the group is.
        let numbers = value.split(' ').map(|one| one.trim_end_matches(|c: char| !c.is_ascii_digit()));
        known.phonetics.extend(numbers.filter_map(|number| number.parse::<u16>().ok()));
    };
    let groups: BTreeMap<char, &str> = values(&shapes, "kPhonetic").collect();
    for (c, value) in &groups {
        phonetics(*c, value, &mut known);
    }
    // The groups are of Traditional characters; what is written Simplified keeps them.
    for (c, all) in values(&variants, "kTraditionalVariant") {
        for value in all.split(' ').filter_map(code_point).filter_map(|one| groups.get(&one)) {
            phonetics(c, value, &mut known);
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
    let groups = lines(&|known| known.phonetics.iter().map(u16::to_string).collect::<Vec<_>>().join(" "));
    let mut sections: Vec<(&[u8; 4], &[u8])> = vec![
        (b"CHAR", chars.as_bytes()),
        (b"READ", read.as_bytes()),
        (b"FOUR", four.as_bytes()),
        (b"CANG", cangjie.as_bytes()),
        (b"PHON", groups.as_bytes()),
        (b"SIMP", simple.as_bytes()),
    ];
    // Which names are alike is for the measure to say.
    let measure = write_asset(AssetKind::Confusables, &[&sections[..], &[(b"TWIN", b"")]].concat());
    let twins = twins(&names(gazetteer)?, &Confusables::load("confusables.mz", &measure)?).join("\n");
    sections.push((b"TWIN", twins.as_bytes()));
    let bytes = write_asset(AssetKind::Confusables, &sections);
    println!("{}: {} characters, {} bytes", out.display(), known.len(), bytes.len());
    write(out, &bytes)
}

/// The names of divisions and bodies, whole and short, that the gazetteer has.
fn names(gazetteer: &Path) -> Result<BTreeSet<String>> {
    let bytes = crate::read(gazetteer)?;
    let asset = Asset::open(AssetKind::Gazetteer, "gazetteer.mz", &bytes)?;
    let mut names = BTreeSet::new();
    for line in asset.text(b"DIVS")?.lines() {
        let name = line.split('\t').next_back().unwrap_or(line);
        names.insert(name.to_owned());
        let stem = name.strip_suffix(['省', '市', '县', '区', '州', '盟', '旗']);
        names.extend(stem.filter(|stem| stem.chars().nth(1).is_some()).map(str::to_owned));
    }
    for section in [b"CBOD", b"LBOD"] {
        names.extend(asset.text(section)?.split(['\n', '\t']).map(str::to_owned));
    }
    Ok(names)
}

/// Those that differ from another one in one character that is alike.
fn twins(names: &BTreeSet<String>, measure: &Confusables) -> Vec<String> {
    const LONGEST: usize = 6;
    /// A name without one of its characters, and where that stood.
    type Rest = (usize, Vec<char>);
    let mut opened: BTreeMap<Rest, Vec<(char, &str)>> = BTreeMap::new();
    for name in names {
        let chars: Vec<char> = name.chars().collect();
        for at in (0..chars.len()).filter(|_| (2..=LONGEST).contains(&chars.len())) {
            let mut open = chars.clone();
            open.remove(at);
            opened.entry((at, open)).or_default().push((chars[at], name));
        }
    }
    let mut twins = BTreeSet::new();
    for alike in opened.values() {
        for (at, (one, name)) in alike.iter().enumerate() {
            for (other, rival) in &alike[at + 1..] {
                if measure.confusion(*one, *other).is_some() {
                    twins.extend([*name, *rival]);
                }
            }
        }
    }
    twins.into_iter().map(str::to_owned).collect()
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
