//! `dictionary.mz`: jieba's dictionary, trimmed, and OpenCC's character table.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use mingzhu::asset::{AssetKind, write_asset};
use mingzhu::segment::{Dictionary, Emissions, Segmenter};

use crate::{Error, Result, read_text, write};

/// Words rarer than this are left out; `docs/dictionary.md` says what that costs.
pub const MIN_FREQUENCY: u64 = 50;

struct Entry {
    word: String,
    frequency: u64,
    tag: String,
}

pub fn make(min_frequency: u64, out: &Path) -> Result<()> {
    let bytes = pack(&trim(&jieba_entries()?, min_frequency))?;
    println!("{}: {} bytes", out.display(), bytes.len());
    write(out, &bytes)
}

/// For each cut-off: how many words stay, the size, and the share of a corpus' names whose
/// two ends are ends of words as well.
pub fn report(corpus: &Path) -> Result<()> {
    #[derive(serde::Deserialize)]
    struct Line {
        text: String,
        entities: Vec<(usize, usize, String)>,
    }
    let mut lines: Vec<Line> = Vec::new();
    for (i, line) in read_text(corpus)?.lines().enumerate() {
        lines.push(serde_json::from_str(line).map_err(|error| Error::Line {
            path: corpus.into(),
            line: i + 1,
            detail: error.to_string(),
        })?);
    }
    let entries = jieba_entries()?;
    println!(
        "| least frequency | words | bytes | names with both ends at ends of words |\n|---:|---:|---:|---:|"
    );
    for min_frequency in [0, 3, 5, 10, 20, 50, 200] {
        let trimmed = trim(&entries, min_frequency);
        let bytes = pack(&trimmed)?;
        let dictionary = Dictionary::read("dictionary", &bytes)?;
        let simplifier = dictionary.simplifier.clone();
        let segmenter = Segmenter::new(dictionary);
        let (mut fit, mut all) = (0, 0);
        for line in &lines {
            let text = simplifier.normalize(&line.text);
            if text.len() != line.text.chars().count() {
                continue;
            }
            let words = segmenter.words(&text, 0..text.len());
            let starts: BTreeSet<usize> = words.iter().map(|word| word.chars.start).collect();
            let ends: BTreeSet<usize> = words.iter().map(|word| word.chars.end).collect();
            all += line.entities.len();
            fit += (line.entities.iter()).filter(|(s, e, _)| starts.contains(s) && ends.contains(e)).count();
        }
        let share = 100.0 * fit as f64 / all as f64;
        println!("| {min_frequency} | {} | {} | {share:.1} % |", trimmed.len(), bytes.len());
    }
    Ok(())
}

/// jieba's own dictionary, from the sources of the crate the lock file names.
fn jieba_entries() -> Result<Vec<Entry>> {
    let path = sources("jieba-rs")?.join("src/data/dict.txt");
    let mut entries = Vec::new();
    for (i, line) in read_text(&path)?.lines().enumerate() {
        let mut columns = line.split(' ');
        let entry = (|| {
            let (word, frequency, tag) = (columns.next()?, columns.next()?, columns.next()?);
            Some(Entry { word: word.into(), frequency: frequency.parse().ok()?, tag: tag.into() })
        })();
        let detail = || "expected: word frequency tag".to_owned();
        entries.push(entry.ok_or_else(|| Error::Line {
            path: path.clone(),
            line: i + 1,
            detail: detail(),
        })?);
    }
    Ok(entries)
}

/// jieba's model of words that are in no dictionary, without Traditional characters: what is read
/// is simplified.
fn jieba_emissions(traditional: &str) -> Result<Emissions> {
    let path = sources("jieba-macros")?.join("src/hmm.model");
    let text = read_text(&path)?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let mut known: BTreeMap<char, [Option<f64>; 4]> = BTreeMap::new();
    // Before them are the first state and the transitions.
    for (state, (number, line)) in lines.skip(5).take(4).enumerate() {
        for pair in line.split(',') {
            let parsed = pair
                .split_once(':')
                .and_then(|(c, logarithm)| Some((c.parse::<char>().ok()?, logarithm.parse::<f64>().ok()?)));
            let (c, logarithm) = parsed.ok_or_else(|| Error::Line {
                path: path.clone(),
                line: number + 1,
                detail: "expected: character:logarithm, …".into(),
            })?;
            known.entry(c).or_default()[state] = Some(logarithm);
        }
    }
    let simplified = known.into_iter().filter(|(c, _)| !traditional.contains(*c));
    Ok(Emissions::new(simplified))
}

fn sources(name: &str) -> Result<PathBuf> {
    let metadata = cargo_metadata::MetadataCommand::new().exec().map_err(|e| Error::Jieba(e.to_string()))?;
    let jieba = metadata.packages.iter().find(|package| package.name.as_str() == name);
    let manifest = &jieba.ok_or_else(|| Error::Jieba("no such package".into()))?.manifest_path;
    Ok(manifest.parent().map(|folder| folder.as_std_path().to_owned()).unwrap_or_default())
}

/// Single characters stay, since every cut falls back on them; of the rest the frequent ones.
/// Names of people do not: what a list of them finds in news is mostly not a name
/// (双拥, 青少年, 文明), and the model finds those that are.
fn trim(entries: &[Entry], min_frequency: u64) -> Vec<&Entry> {
    let stays = |entry: &&Entry| {
        let single = entry.word.chars().count() == 1;
        let person = matches!(entry.tag.as_str(), "nr" | "nrt" | "nrfg");
        single || (entry.frequency >= min_frequency && !(person && entry.frequency < 200))
    };
    entries.iter().filter(stays).collect()
}

fn pack(entries: &[&Entry]) -> Result<Vec<u8>> {
    let tags: BTreeSet<&str> = entries.iter().map(|entry| entry.tag.as_str()).collect();
    let tags: Vec<&str> = tags.into_iter().collect();
    let words: BTreeMap<Vec<char>, &Entry> =
        entries.iter().map(|entry| (entry.word.chars().collect(), *entry)).collect();
    let [mut shared, mut rest, mut frequencies, mut tag_of] = [const { Vec::new() }; 4];
    let mut chars = String::new();
    let mut before: &[char] = &[];
    for (word, entry) in &words {
        let common = word.iter().zip(before).take_while(|(a, b)| a == b).count();
        shared.push(common as u8);
        rest.push((word.len() - common) as u8);
        chars.extend(&word[common..]);
        frequencies.push((4.0 * (entry.frequency.max(1) as f64).log2()).round() as u8);
        tag_of.push(tags.partition_point(|tag| *tag < entry.tag.as_str()) as u8);
        before = word;
    }
    let (traditional, simplified) = simplifications();
    let [begin, end, middle, single] = jieba_emissions(&traditional)?.columns();
    Ok(write_asset(
        AssetKind::Dictionary,
        &[
            (b"TAGN", tags.join("\n").as_bytes()),
            (b"SHAR", &shared),
            (b"REST", &rest),
            (b"CHRS", chars.as_bytes()),
            (b"FREQ", &frequencies),
            (b"TAGS", &tag_of),
            (b"HMMB", &begin),
            (b"HMME", &end),
            (b"HMMM", &middle),
            (b"HMMS", &single),
            (b"TRAD", traditional.as_bytes()),
            (b"SIMP", simplified.as_bytes()),
        ],
    ))
}

/// Every character of the basic plane that OpenCC turns into another single one.
fn simplifications() -> (String, String) {
    let converter = OpenCC::from_config(BuiltinConfig::T2s).expect("the tables are compiled in");
    let (mut traditional, mut simplified) = (String::new(), String::new());
    for c in '\u{3400}'..='\u{9FFF}' {
        let converted = converter.convert(&c.to_string());
        let mut chars = converted.chars();
        if let (Some(to), None) = (chars.next(), chars.next())
            && to != c
            && to < '\u{10000}'
        {
            traditional.push(c);
            simplified.push(to);
        }
    }
    (traditional, simplified)
}
