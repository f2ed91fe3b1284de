//! Trained weights → the model asset (see `src/tagger/weights.rs` for its form), and the scores
//! of a few stored sentences, computed here from the same rounded weights in floats, for a test
//! of the Rust that runs in the tab.

use std::path::PathBuf;

use mingzhu::asset::{AssetKind, write_asset};
use mingzhu::tagger::TAGS;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use serde::Deserialize;

use crate::chain::Scores;
use crate::checkpoint::Checkpoint;
use crate::columns::{Columns, Vocabulary};
use crate::learn::{Desk, scores};
use crate::parameters::{Layout, Shape};
use crate::{Error, Result};

/// The corpora whose guidelines the network tells apart, in the order that `prepare.py`
/// numbers them.
pub const GUIDELINES: [&str; 7] = ["house", "msra", "pfr", "cluener", "resume", "uner", "pd_role"];

#[derive(clap::Args)]
pub struct Arguments {
    #[arg(long)]
    model: PathBuf,
    #[arg(long)]
    out: PathBuf,
    /// Largest value in a row of the two big tables. They are most of the file; the fewer
    /// values, the smaller it is (docs/model.md says what that costs).
    #[arg(long, default_value_t = LEVELS)]
    levels: u8,
    /// Lines, each one sentence.
    #[arg(long, requires_all = ["columns", "scores"])]
    sentences: Option<PathBuf>,
    /// The folder with their columns.
    #[arg(long)]
    columns: Option<PathBuf>,
    /// Where the scores of those sentences go.
    #[arg(long)]
    scores: Option<PathBuf>,
    /// Columns on which to compare numbers of levels, and how far to lean.
    #[arg(long)]
    compare: Vec<PathBuf>,
}

/// Less than four bits: what they lose is within what the sets can tell.
pub const LEVELS: u8 = 6;

/// Networks that learn from what teachers agree on miss more than they invent; the likeliest
/// tags are not those with the best F1. So much less of the score of no name balances that, by
/// each guideline.
pub const LEANING: [f32; GUIDELINES.len()] = [0.0, 0.2, 0.2, 0.1, 0.0, 0.0, 0.3];

/// Largest value in a row of a map: all of int8.
const FINE: u8 = 127;

/// Integers with a scale for each row of `columns` values.
struct Rounded {
    scales: Vec<f32>,
    values: Vec<i8>,
}

fn rounded(matrix: &[f32], columns: usize, levels: u8) -> Rounded {
    let mut result = Rounded { scales: Vec::new(), values: Vec::new() };
    for row in matrix.chunks_exact(columns) {
        let scale = scale(row, levels);
        result.scales.push(scale);
        result.values.extend(row.iter().map(|value| (value / scale).round_ties_even() as i8));
    }
    result
}

pub fn transposed(matrix: &[f32], columns: usize) -> Vec<f32> {
    (0..columns).flat_map(|column| matrix.iter().skip(column).step_by(columns).copied()).collect()
}

fn matrix(matrix: &[f32], columns: usize, levels: u8) -> Vec<u8> {
    let Rounded { scales, values } = rounded(matrix, columns, levels);
    let mut bytes = Vec::new();
    bytes.extend((scales.len() as u32).to_le_bytes());
    bytes.extend((columns as u32).to_le_bytes());
    bytes.extend(scales.iter().flat_map(|scale| scale.to_le_bytes()));
    bytes.extend(values.iter().map(|value| *value as u8));
    bytes
}

fn floats(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// The name of a section of one layer: its kind and the layer's number.
pub fn layer_section(kind: &[u8; 2], layer: usize) -> [u8; 4] {
    [kind[0], kind[1], b'0' + (layer / 10) as u8, b'0' + (layer % 10) as u8]
}

/// The asset's sections.
pub fn sections(
    (shape, layout): (&Shape, &Layout),
    vocabulary: &Vocabulary,
    weights: &[f32],
    levels: u8,
) -> Vec<([u8; 4], Vec<u8>)> {
    let part = |range: &std::ops::Range<usize>| &weights[range.clone()];
    let width = shape.width;
    let mut sections: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    let mut add = |name: &[u8; 4], bytes: Vec<u8>| sections.push((*name, bytes));
    let sizes =
        [width, shape.char_dim, shape.bigram_dim, shape.bigram_rows, shape.kernel, shape.dilations.len()];
    let sizes = sizes.iter().chain(&shape.dilations).flat_map(|size| (*size as u32).to_le_bytes());
    add(b"CONF", sizes.collect());
    add(b"GUID", GUIDELINES.join("\n").into_bytes());
    add(b"VOCB", vocabulary.0.iter().filter_map(|c| char::from_u32(*c)).collect::<String>().into_bytes());
    add(b"CHAR", matrix(part(&layout.char), shape.char_dim, levels));
    add(b"BIGR", matrix(part(&layout.bigram), shape.bigram_dim, levels));
    add(b"WORD", matrix(part(&layout.word), width, FINE));
    add(b"GAPS", matrix(part(&layout.gap), width, FINE));
    for (i, table) in layout.lexicon.iter().enumerate() {
        add(&[b'L', b'E', b'X', b'0' + i as u8], matrix(part(table), width, FINE));
    }
    add(b"GDLN", matrix(part(&layout.guideline), width, FINE));
    let (char, bigrams) = part(&layout.input).split_at(shape.char_dim * width);
    let (closed, opened) = bigrams.split_at(shape.bigram_dim * width);
    for (name, map, inputs) in [
        (b"INPC", char, shape.char_dim),
        (b"INPL", closed, shape.bigram_dim),
        (b"INPR", opened, shape.bigram_dim),
    ] {
        add(name, matrix(&transposed(map, width), inputs, FINE));
    }
    add(b"INPB", floats(part(&layout.input_bias)));
    for (i, layer) in layout.layers.iter().enumerate() {
        let name = |kind| layer_section(kind, i);
        add(&name(b"DW"), floats(part(&layer.taps)));
        add(&name(b"DB"), floats(part(&layer.taps_bias)));
        add(&name(b"PW"), matrix(&transposed(part(&layer.point), 2 * width), width, FINE));
        add(&name(b"PB"), floats(part(&layer.point_bias)));
    }
    add(b"OUTW", floats(&transposed(part(&layout.output), TAGS)));
    let bias = LEANING.map(|leaning| {
        let mut bias = floats(part(&layout.output_bias));
        bias[..4].copy_from_slice(&(weights[layout.output_bias.start] - leaning).to_le_bytes());
        bias
    });
    add(b"OUTB", bias.concat());
    add(b"TRAN", floats(part(&layout.transition)));
    add(b"STRT", floats(part(&layout.start)));
    add(b"ENDT", floats(part(&layout.end)));
    sections
}

/// Rounds the two big tables as the asset holds them.
pub fn round_tables((shape, layout): (&Shape, &Layout), weights: &mut [f32], levels: u8) {
    for (table, columns) in [(&layout.char, shape.char_dim), (&layout.bigram, shape.bigram_dim)] {
        for row in weights[table.clone()].chunks_exact_mut(columns) {
            let scale = scale(row, levels);
            row.iter_mut().for_each(|value| *value = (*value / scale).round_ties_even() * scale);
        }
    }
}

fn scale(row: &[f32], levels: u8) -> f32 {
    row.iter().fold(1e-12f32, |most, value| most.max(value.abs())) / f32::from(levels)
}

/// The weights as the asset holds them.
fn as_packed((shape, layout): (&Shape, &Layout), weights: &[f32], levels: u8) -> Vec<f32> {
    let mut packed = weights.to_vec();
    let mut round = |range: std::ops::Range<usize>, columns: usize, levels: u8| {
        let Rounded { scales, values } = rounded(&weights[range.clone()], columns, levels);
        let rows = values.chunks_exact(columns).zip(&scales);
        let same: Vec<f32> = rows.flat_map(|(row, s)| row.iter().map(move |v| f32::from(*v) * s)).collect();
        packed[range].copy_from_slice(&same);
    };
    let width = shape.width;
    round(layout.char.clone(), shape.char_dim, levels);
    round(layout.bigram.clone(), shape.bigram_dim, levels);
    for table in [&layout.word, &layout.gap, &layout.guideline].into_iter().chain(&layout.lexicon) {
        round(table.clone(), width, FINE);
    }
    // Maps have a row for each output there, and one for each input here.
    let mut round_map = |range: std::ops::Range<usize>, outputs: usize| {
        let map = transposed(&weights[range.clone()], outputs);
        let inputs = range.len() / outputs;
        let Rounded { scales, values } = rounded(&map, inputs, FINE);
        let rows = values.chunks_exact(inputs).zip(&scales);
        let same: Vec<f32> = rows.flat_map(|(row, s)| row.iter().map(move |v| f32::from(*v) * s)).collect();
        packed[range].copy_from_slice(&transposed(&same, inputs));
    };
    let char = layout.input.start + shape.char_dim * width;
    let closed = char + shape.bigram_dim * width;
    round_map(layout.input.start..char, width);
    round_map(char..closed, width);
    round_map(closed..layout.input.end, width);
    for layer in &layout.layers {
        round_map(layer.point.clone(), 2 * width);
    }
    packed
}

#[derive(Deserialize)]
struct Line {
    text: String,
    guideline: usize,
}

pub fn pack(arguments: &Arguments) -> Result<()> {
    let model = Checkpoint::read(&arguments.model)?;
    let (shape, vocabulary, layout) = (model.shape.clone(), model.vocabulary.clone(), model.layout());
    let network = (&shape, &layout);
    let weights = model.weights();
    if !arguments.compare.is_empty() {
        compare(network, &vocabulary, &weights, arguments)?;
    }
    let sections = sections(network, &vocabulary, &weights, arguments.levels);
    let sections: Vec<(&[u8; 4], &[u8])> = sections.iter().map(|(name, bytes)| (name, &bytes[..])).collect();
    let bytes = write_asset(AssetKind::Model, &sections);
    println!("{}: {} bytes", arguments.out.display(), bytes.len());
    std::fs::write(&arguments.out, bytes)
        .map_err(|cause| Error::File { path: arguments.out.clone(), cause })?;

    let (Some(sentences), Some(columns), Some(out)) =
        (&arguments.sentences, &arguments.columns, &arguments.scores)
    else {
        return Ok(());
    };
    let lines =
        std::fs::read_to_string(sentences).map_err(|cause| Error::File { path: sentences.clone(), cause })?;
    let failed = |detail: String| Error::Lines { path: sentences.clone(), detail };
    let lines: Vec<Line> = lines
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|error| failed(error.to_string())))
        .collect::<Result<_>>()?;
    let columns = Columns::read(columns, &vocabulary)?;
    if columns.sentences.len() != lines.len() {
        return Err(failed("each stored line must be one sentence".into()));
    }
    let packed = as_packed(network, &weights, arguments.levels);
    let (mut desk, mut rng) = (Desk::default(), SmallRng::seed_from_u64(0));
    let stored: Vec<_> = (lines.iter().enumerate())
        .map(|(i, line)| {
            let scores = scores(&mut desk, network, &packed, &columns, &[i as u32], &mut rng);
            let thousandths = |score: &f32| (f64::from(*score) * 1000.0).round() / 1000.0;
            let leaning = |at: &Scores| {
                let mut at = *at;
                at[0] -= LEANING[line.guideline];
                at.iter().map(thousandths).collect()
            };
            let emissions: Vec<Vec<f64>> = scores.iter().map(leaning).collect();
            serde_json::json!({ "text": line.text, "guideline": GUIDELINES[line.guideline], "emissions": emissions })
        })
        .collect();
    std::fs::write(out, format!("{}\n", serde_json::Value::from(stored)))
        .map_err(|cause| Error::File { path: out.clone(), cause })
}

/// What rounding the two big tables costs, and what leaning gives: F1 for several numbers of
/// levels as the network is, then for several leanings at the number that is asked for.
fn compare(
    network: (&Shape, &Layout),
    vocabulary: &Vocabulary,
    weights: &[f32],
    arguments: &Arguments,
) -> Result<()> {
    let sets: Vec<(String, Columns)> = (arguments.compare.iter())
        .map(|folder| Ok((crate::name(folder), Columns::read(folder, vocabulary)?)))
        .collect::<Result<_>>()?;
    let row = |name: &str, weights: &[f32]| {
        let figures: Vec<String> = (sets.iter())
            .map(|(_, columns)| {
                format!("{:.2}", crate::score::micro(&crate::score::count(network, weights, columns)))
            })
            .collect();
        println!("| {name} | {} |", figures.join(" | "));
    };
    println!(
        "| values in a row | {} |",
        sets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" | ")
    );
    println!("| --- |{}", " ---: |".repeat(sets.len()));
    row("not rounded", weights);
    for levels in [127, 31, 15, 7, 6, 5, 3] {
        row(&format!("±{levels}"), &as_packed(network, weights, levels));
    }
    for tenths in 0..=6 {
        let by = tenths as f32 / 10.0;
        let mut leaning = as_packed(network, weights, arguments.levels);
        leaning[network.1.output_bias.start] -= by;
        row(&format!("±{}, leaning {by}", arguments.levels), &leaning);
    }
    Ok(())
}
