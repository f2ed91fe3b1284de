//! Passages that were drawn by chance and read before the program saw them:
//! `tests/resolution/{unseen,local,references}.jsonl`, stand-off, with their text put back from the
//! corpora.

use crate::error::{Error, Result};
use crate::project;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// A paragraph by its source (`raw_xwlb:20250202-02`) and the CRC-32 of its text.
type Place = (String, String);

/// Writes the passages of a set with their text, in the form of the gold, and says where.
pub fn gold(data: &Path, set: &str) -> Result<PathBuf> {
    let file = project::path(&format!("tests/resolution/{set}.jsonl"));
    let mut rows: Vec<Value> = lines(BufReader::new(File::open(&file).map_err(Error::file(&file))?), &file)
        .collect::<Result<_>>()?;
    let places: Vec<Place> = rows.iter().map(place).collect();
    let texts = texts(data, &places)?;
    for (row, place) in rows.iter_mut().zip(places) {
        let text = texts.get(&place).ok_or_else(|| Error::Output {
            command: "tests/resolution".into(),
            detail: format!("{} ({}) is not in {}", place.0, place.1, data.display()),
        })?;
        row["id"] = format!("{}/{}", place.0, place.1).into();
        row["text"] = text.as_str().into();
    }
    let whole = project::path(&format!("target/{set}.jsonl"));
    // Cargo may build elsewhere.
    std::fs::create_dir_all(project::path("target")).map_err(Error::file(&whole))?;
    let content: String = rows.iter().map(|row| format!("{row}\n")).collect();
    std::fs::write(&whole, content).map_err(Error::file(&whole))?;
    Ok(whole)
}

fn place(row: &Value) -> Place {
    let field = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    (field("source"), field("crc32"))
}

/// The texts of paragraphs.
fn texts(data: &Path, places: &[Place]) -> Result<BTreeMap<Place, String>> {
    let sources: BTreeSet<&str> = places.iter().map(|(source, _)| source.as_str()).collect();
    let corpora: BTreeSet<&str> =
        sources.iter().filter_map(|source| Some(source.split_once(':')?.0)).collect();
    let mut found = BTreeMap::new();
    for corpus in corpora {
        let path = data.join("data").join(corpus).join("raw.jsonl.gz");
        let file = File::open(&path).map_err(Error::file(&path))?;
        for row in lines(BufReader::new(flate2::read::MultiGzDecoder::new(file)), &path) {
            let row = row?;
            let source = format!("{corpus}:{}", row["doc"].as_str().unwrap_or_default());
            let text = row["text"].as_str().unwrap_or_default();
            if sources.contains(source.as_str()) {
                let mut sum = flate2::Crc::new();
                sum.update(text.as_bytes());
                found.insert((source, format!("{:08x}", sum.sum())), text.to_owned());
            }
        }
    }
    Ok(found)
}

fn lines<'a>(file: impl BufRead + 'a, path: &'a Path) -> impl Iterator<Item = Result<Value>> + 'a {
    file.lines().enumerate().map(move |(index, line)| {
        let json = |source| Error::Json { path: path.into(), line: index + 1, source };
        serde_json::from_str(&line.map_err(Error::file(path))?).map_err(json)
    })
}
