//! Labelled lines to columns: one file a column, little endian, sentences end to end.

use std::path::Path;

use mingzhu::gazetteer::Gazetteer;
use mingzhu::segment::{Dictionary, Segmenter};
use mingzhu::tagger::Features;
use mingzhu::text::sentences;

use crate::{Error, Result, read, read_text, write as write_file};

#[derive(serde::Deserialize)]
struct Line {
    text: String,
    spans: Vec<(usize, usize, String)>,
    #[serde(default)]
    unsure: Vec<(usize, usize)>,
    guideline: u8,
}

/// Tags as the model numbers them: O, then B I E S of each label.
const LABELS: [&str; 4] = ["PER", "PLACE", "ORG", "TITLE"];

#[derive(Default)]
struct Columns {
    lengths: Vec<u8>,
    lines: Vec<u8>,
    guidelines: Vec<u8>,
    chars: Vec<u8>,
    bigrams: Vec<u8>,
    words: Vec<u8>,
    lexicon: [Vec<u8>; 4],
    gaps: Vec<u8>,
    tags: Vec<u8>,
    unsure: Vec<u8>,
}

fn write_columns(columns: &Columns, out: &Path) -> Result<()> {
    std::fs::create_dir_all(out).map_err(|cause| Error::File { path: out.into(), cause })?;
    let mut files = vec![
        ("lengths.u32", &columns.lengths),
        ("lines.u32", &columns.lines),
        ("guidelines.u8", &columns.guidelines),
        ("chars.u32", &columns.chars),
        ("bigrams.u16", &columns.bigrams),
        ("words.u8", &columns.words),
        ("gaps.u8", &columns.gaps),
        ("tags.u8", &columns.tags),
        ("unsure.u8", &columns.unsure),
    ];
    let names = ["lexicon0.u8", "lexicon1.u8", "lexicon2.u8", "lexicon3.u8"];
    files.extend(names.into_iter().zip(&columns.lexicon));
    for (name, bytes) in files {
        write_file(&out.join(name), bytes)?;
    }
    Ok(())
}

pub fn write(dictionary: &Path, gazetteer: &Path, lines: &Path, out: &Path) -> Result<()> {
    let dictionary = Dictionary::read("dictionary", &read(dictionary)?)?;
    let gazetteer = Gazetteer::read("gazetteer", &read(gazetteer)?)?;
    let simplifier = dictionary.simplifier.clone();
    let segmenter = Segmenter::new(dictionary);
    let mut columns = Columns::default();
    for (i, line) in read_text(lines)?.lines().enumerate() {
        let line: Line = serde_json::from_str(line).map_err(|error| Error::Line {
            path: lines.into(),
            line: i + 1,
            detail: error.to_string(),
        })?;
        let text = simplifier.normalize(&line.text);
        let bytes: Vec<u32> =
            line.text.char_indices().map(|(b, _)| b as u32).chain([line.text.len() as u32]).collect();
        // Characters of the reading that lie within a span of the source.
        let inside = |start: usize, end: usize| {
            let first = text.starts.partition_point(|s| *s < bytes[start]);
            first..text.ends.partition_point(|e| *e <= bytes[end])
        };
        let mut tags = vec![0u8; text.len()];
        let mut unsure = vec![0u8; text.len()];
        for (start, end, label) in &line.spans {
            let Some(label) = LABELS.iter().position(|known| known == label) else {
                let detail = format!("unknown label {label}");
                return Err(Error::Line { path: lines.into(), line: i + 1, detail });
            };
            let base = 1 + 4 * label as u8;
            match &mut tags[inside(*start, *end)] {
                [] => {}
                [only] => *only = base + 3,
                [first, inner @ .., last] => {
                    *first = base;
                    inner.fill(base + 1);
                    *last = base + 2;
                }
            }
        }
        for (start, end) in &line.unsure {
            unsure[inside(*start, *end)].fill(1);
        }
        for sentence in sentences(&text) {
            let read = Features::read(&text, sentence.clone(), &segmenter, &gazetteer);
            columns.lengths.extend((sentence.len() as u32).to_le_bytes());
            columns.lines.extend((i as u32).to_le_bytes());
            columns.guidelines.push(line.guideline);
            columns.chars.extend(read.chars.iter().flat_map(|c| (*c as u32).to_le_bytes()));
            columns.bigrams.extend(read.bigrams.iter().flat_map(|b| (*b as u16).to_le_bytes()));
            columns.words.extend(&read.words);
            for (column, values) in columns.lexicon.iter_mut().zip(&read.lexicon) {
                column.extend(values);
            }
            columns.gaps.extend(&read.gaps);
            let mut tags = tags[sentence.clone()].to_vec();
            let mut unsure = unsure[sentence.clone()].to_vec();
            mark_cut_spans(&mut tags, &mut unsure);
            columns.tags.extend(&tags);
            columns.unsure.extend(&unsure);
        }
    }
    write_columns(&columns, out)
}

/// A span that a sentence border cuts has no legal tags: whatever is left of it is unsure.
fn mark_cut_spans(tags: &mut [u8], unsure: &mut [u8]) {
    let part = |tag: u8| (tag.wrapping_sub(1)) % 4;
    let inner = |tag: u8| tag != 0 && part(tag) == 1;
    let mut head = 0;
    while head < tags.len() && (inner(tags[head]) || (tags[head] != 0 && part(tags[head]) == 2)) {
        unsure[head] = 1;
        let last = part(tags[head]) == 2;
        tags[head] = 0;
        head += 1;
        if last {
            break;
        }
    }
    let mut tail = tags.len();
    while tail > 0 && (inner(tags[tail - 1]) || (tags[tail - 1] != 0 && part(tags[tail - 1]) == 0)) {
        unsure[tail - 1] = 1;
        let first = part(tags[tail - 1]) == 0;
        tags[tail - 1] = 0;
        tail -= 1;
        if first {
            break;
        }
    }
}
