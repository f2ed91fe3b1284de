//! The model asset.
//!
//! | section | content |
//! | --- | --- |
//! | `CONF` | u32: width, character and bigram dimensions, rows of the bigram table, kernel, layers, then each layer's dilation |
//! | `GUID` | guidelines, one a line; the house's own first |
//! | `VOCB` | characters with a row of their own, sorted; row 0 pads, row 1 is any other |
//! | `CHAR` `BIGR` `WORD` `GAPS` `LEX0`–`LEX3` `GDLN` | embedding tables |
//! | `INPC` `INPL` `INPR` `INPB` | projection of character, closed and opened bigram; bias |
//! | `DWnn` `DBnn` `PWnn` `PBnn` | layer nn: depthwise taps (kernel × width) and bias, pointwise map and bias |
//! | `OUTW` `OUTB` | emissions (tags × width), and a bias by each guideline (guidelines × tags) |
//! | `TRAN` `STRT` `ENDT` | scores of the chain, from × to |
//! | `CALB` | how scores are corrected; may be missing |
//!
//! A *matrix* (tables and maps) is u32 rows, u32 columns, an f32 scale for each row, then
//! int8 values row by row; maps have a row for each output. The rest are f32.

use crate::asset::{Asset, AssetKind};
use crate::error::Result;
use crate::gazetteer::Lexical;
use crate::tagger::aligned::Aligned;
use crate::tagger::calibration::Calibration;
use crate::tagger::kernel::Kernel;
use crate::tagger::{BIGRAM_HASHES, GAP_VALUES, LEXICON_VALUES, TAGS, WORD_VALUES};

/// An int8 matrix with a scale for each row.
#[derive(Debug)]
pub(super) struct Matrix {
    pub columns: usize,
    pub scales: Vec<f32>,
    pub values: Vec<i8>,
}

impl Matrix {
    pub fn row(&self, row: usize) -> &[i8] {
        &self.values[row * self.columns..][..self.columns]
    }

    /// The values as floats, row by row.
    fn dequantized(&self) -> Vec<f32> {
        let rows = self.values.chunks_exact(self.columns).zip(&self.scales);
        rows.flat_map(|(row, scale)| row.iter().map(move |v| f32::from(*v) * scale)).collect()
    }
}

/// A map from `columns` inputs to as many outputs as there are scales, packed for the kernel:
/// an output and the one half of all further make a pair.
#[derive(Debug)]
pub(super) struct Map {
    pub columns: usize,
    pub scales: Vec<f32>,
    pub packed: Vec<u32>,
}

impl Map {
    fn new(matrix: Matrix, kernel: Kernel) -> Self {
        let Matrix { columns, scales, values } = matrix;
        let half = scales.len() / 2;
        let pairs: Vec<[usize; 2]> = (0..half).map(|i| [i, i + half]).collect();
        Map { columns, packed: kernel.pack(&values, columns, &pairs), scales }
    }
}

/// Scores of tags as the network adds them up: those behind the last tag are always zero.
pub(super) const OUTPUTS: usize = TAGS.next_multiple_of(4);

/// A residual block.
#[derive(Debug)]
pub(super) struct Layer {
    pub dilation: usize,
    /// kernel × width
    pub taps: Aligned,
    pub taps_bias: Aligned,
    /// width → 2 × width: values, then gates
    pub point: Map,
    pub point_bias: Vec<f32>,
}

/// Everything the asset holds, checked for shape.
#[derive(Debug)]
pub(super) struct Weights {
    /// What the maps are packed for.
    pub simd: Kernel,
    pub width: usize,
    pub kernel: usize,
    pub guidelines: Vec<String>,
    vocabulary: Vec<char>,
    /// For characters of the basic plane, their row.
    rows: Vec<u16>,
    pub chars: Matrix,
    pub bigrams: Matrix,
    /// What is left of a bigram's hash, moved right by so much, is its row.
    pub bigram_shift: u32,
    /// The small tables, row by row as floats.
    pub words: Vec<f32>,
    pub gaps: Vec<f32>,
    pub lexicon: [Vec<f32>; 4],
    pub guideline: Vec<f32>,
    pub input_char: Map,
    pub input_closed: Map,
    pub input_opened: Map,
    pub input_bias: Vec<f32>,
    pub layers: Vec<Layer>,
    /// width × [`OUTPUTS`]
    pub output: Vec<f32>,
    /// guidelines × [`TAGS`]
    pub output_bias: Vec<f32>,
    /// from × to
    pub transition: Vec<f32>,
    pub start: Vec<f32>,
    pub end: Vec<f32>,
    pub calibration: Calibration,
}

/// Dimensions beyond these are not ours; they guard the reader against absurd allocations.
const MAX_DIMENSION: usize = 1024;
/// The width is a multiple of this: two of the largest vectors of sums.
const WIDTHS: usize = 32;
const MAX_LAYERS: usize = 64;
/// Rows are counted with 16 bits.
const MAX_VOCABULARY: usize = 65_000;

/// The row of characters that have none of their own, and that of the first which has.
const OTHER: usize = 1;
const FIRST: usize = 2;

impl Weights {
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self> {
        let asset = Asset::open(AssetKind::Model, name, bytes)?;
        let sizes: Vec<usize> = (asset.section(b"CONF")?.chunks_exact(4))
            .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)
            .collect();
        let [width, char_dim, bigram_dim, bigram_rows, kernel, layers, dilations @ ..] = &sizes[..] else {
            return Err(asset.invalid("the configuration is too short"));
        };
        let (width, char_dim, bigram_dim, kernel) = (*width, *char_dim, *bigram_dim, *kernel);
        let bigram_rows = *bigram_rows;
        let sane =
            [width, char_dim, bigram_dim].iter().all(|d| (1..=MAX_DIMENSION).contains(d) && d % 8 == 0)
                && width % WIDTHS == 0
                && bigram_rows.is_power_of_two()
                && bigram_rows <= BIGRAM_HASHES as usize
                && (1..=15).contains(&kernel)
                && kernel % 2 == 1
                && *layers <= MAX_LAYERS
                && dilations.len() == *layers
                && dilations.iter().all(|d| (1..=64).contains(d));
        if !sane {
            return Err(asset.invalid(format!("configuration {sizes:?}")));
        }
        let vocabulary: Vec<char> = asset.text(b"VOCB")?.chars().collect();
        if !vocabulary.is_sorted() || vocabulary.len() > MAX_VOCABULARY {
            return Err(asset.invalid("the vocabulary is not sorted or too large"));
        }
        let guidelines: Vec<String> = asset.text(b"GUID")?.lines().map(String::from).collect();
        if guidelines.is_empty() {
            return Err(asset.invalid("no guideline"));
        }
        let table = |section, rows: usize| -> Result<Vec<f32>> {
            Ok(matrix(&asset, section, rows, width)?.dequantized())
        };
        let [lex0, lex1, lex2, lex3] =
            [b"LEX0", b"LEX1", b"LEX2", b"LEX3"].map(|section| table(section, usize::from(LEXICON_VALUES)));
        const { assert!(Lexical::ALL.len() == 4) };
        let simd = Kernel::detect();
        let map = |section: &[u8; 4], rows, columns| -> Result<Map> {
            Ok(Map::new(matrix(&asset, section, rows, columns)?, simd))
        };
        let layers = (dilations.iter().enumerate())
            .map(|(i, dilation)| {
                let section =
                    |kind: &[u8; 2]| [kind[0], kind[1], b'0' + (i / 10) as u8, b'0' + (i % 10) as u8];
                Ok(Layer {
                    dilation: *dilation,
                    taps: floats(&asset, &section(b"DW"), kernel * width)?[..].into(),
                    taps_bias: floats(&asset, &section(b"DB"), width)?[..].into(),
                    point: map(&section(b"PW"), 2 * width, width)?,
                    point_bias: floats(&asset, &section(b"PB"), 2 * width)?,
                })
            })
            .collect::<Result<_>>()?;
        Ok(Weights {
            simd,
            width,
            kernel,
            chars: matrix(&asset, b"CHAR", vocabulary.len() + 2, char_dim)?,
            rows: basic_rows(&vocabulary),
            vocabulary,
            bigram_shift: BIGRAM_HASHES.trailing_zeros() - bigram_rows.trailing_zeros(),
            bigrams: matrix(&asset, b"BIGR", bigram_rows, bigram_dim)?,
            words: table(b"WORD", usize::from(WORD_VALUES))?,
            gaps: table(b"GAPS", usize::from(GAP_VALUES))?,
            lexicon: [lex0?, lex1?, lex2?, lex3?],
            guideline: table(b"GDLN", guidelines.len())?,
            output_bias: floats(&asset, b"OUTB", guidelines.len() * TAGS)?,
            guidelines,
            input_char: map(b"INPC", width, char_dim)?,
            input_closed: map(b"INPL", width, bigram_dim)?,
            input_opened: map(b"INPR", width, bigram_dim)?,
            input_bias: floats(&asset, b"INPB", width)?,
            layers,
            output: by_column(&floats(&asset, b"OUTW", TAGS * width)?, width),
            transition: floats(&asset, b"TRAN", TAGS * TAGS)?,
            start: floats(&asset, b"STRT", TAGS)?,
            end: floats(&asset, b"ENDT", TAGS)?,
            calibration: Calibration::read(&asset)?,
        })
    }

    /// The row of the character table.
    pub fn char_row(&self, c: char) -> usize {
        match self.rows.get(c as usize) {
            Some(row) => usize::from(*row),
            None => self.vocabulary.binary_search(&c).map_or(OTHER, |index| index + FIRST),
        }
    }
}

/// The row of each character of the basic plane.
fn basic_rows(vocabulary: &[char]) -> Vec<u16> {
    let mut rows = vec![OTHER as u16; 1 << 16];
    for (index, c) in vocabulary.iter().enumerate() {
        if let Some(row) = rows.get_mut(*c as usize) {
            *row = (index + FIRST) as u16;
        }
    }
    rows
}

/// Rows of weights, one for each tag, as columns of [`OUTPUTS`].
fn by_column(rows: &[f32], width: usize) -> Vec<f32> {
    let mut columns = vec![0.0; width * OUTPUTS];
    for (tag, row) in rows.chunks_exact(width).enumerate() {
        for (column, weight) in columns.chunks_exact_mut(OUTPUTS).zip(row) {
            column[tag] = *weight;
        }
    }
    columns
}

fn floats(asset: &Asset<'_>, section: &[u8; 4], count: usize) -> Result<Vec<f32>> {
    let bytes = asset.section(section)?;
    let name = String::from_utf8_lossy(section);
    if bytes.len() != 4 * count {
        return Err(asset.invalid(format!("section {name}: {} bytes for {count} numbers", bytes.len())));
    }
    let read: Vec<f32> =
        bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    if read.iter().all(|number| number.is_finite()) {
        Ok(read)
    } else {
        Err(asset.invalid(format!("section {name} has numbers that are not finite")))
    }
}

fn matrix(asset: &Asset<'_>, section: &[u8; 4], rows: usize, columns: usize) -> Result<Matrix> {
    let bytes = asset.section(section)?;
    let shape = [rows as u32, columns as u32].map(u32::to_le_bytes).concat();
    let fits = bytes.starts_with(&shape) && bytes.len() == 8 + 4 * rows + rows * columns;
    if !fits {
        let name = String::from_utf8_lossy(section);
        return Err(asset.invalid(format!("section {name} is not a matrix of {rows} × {columns}")));
    }
    let (scales, values) = bytes[8..].split_at(4 * rows);
    let scales: Vec<f32> =
        scales.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    if !scales.iter().all(|scale| scale.is_finite()) {
        return Err(asset.invalid(format!(
            "section {} has a scale that is not finite",
            String::from_utf8_lossy(section)
        )));
    }
    Ok(Matrix { columns, scales, values: values.iter().map(|b| *b as i8).collect() })
}
