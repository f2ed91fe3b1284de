//! The model asset → weights to go on from: what packing rounded stays rounded.

use std::ops::Range;
use std::path::Path;

use mingzhu::asset::{Asset, AssetKind};
use mingzhu::tagger::TAGS;

use crate::checkpoint::Checkpoint;
use crate::columns::Vocabulary;
use crate::pack::{self, GUIDELINES, LEANING, transposed};
use crate::parameters::{Layout, Shape};
use crate::{Error, Result};

pub fn unpack(path: &Path, out: &Path) -> Result<()> {
    let bytes = std::fs::read(path).map_err(|cause| Error::File { path: path.into(), cause })?;
    let foreign = |detail: String| Error::Lines { path: path.into(), detail };
    let asset = Asset::open(AssetKind::Model, "model", &bytes).map_err(|error| foreign(error.to_string()))?;
    let section = |name: &[u8; 4]| asset.section(name).map_err(|error| foreign(error.to_string()));

    let sizes: Vec<usize> = section(b"CONF")?.chunks_exact(4).map(number).collect();
    let [width, char_dim, bigram_dim, bigram_rows, kernel, _, dilations @ ..] = &sizes[..] else {
        return Err(foreign("the configuration is too short".into()));
    };
    let guidelines = String::from_utf8_lossy(section(b"GUID")?).lines().count();
    if guidelines != GUIDELINES.len() {
        return Err(foreign(format!("{guidelines} guidelines")));
    }
    let vocabulary = String::from_utf8_lossy(section(b"VOCB")?).chars().map(u32::from).collect();
    let vocabulary = Vocabulary(vocabulary);
    let shape = Shape {
        width: *width,
        char_dim: *char_dim,
        bigram_dim: *bigram_dim,
        bigram_rows: *bigram_rows,
        kernel: *kernel,
        dilations: dilations.to_vec(),
        chars: vocabulary.rows(),
        guidelines,
    };
    let layout = Layout::new(&shape);
    let mut weights = vec![0.0; layout.total];
    let mut lay = |range: &Range<usize>, values: Vec<f32>, name: &[u8; 4]| {
        if values.len() != range.len() {
            let name = String::from_utf8_lossy(name);
            return Err(foreign(format!("{name} has {} values, not {}", values.len(), range.len())));
        }
        weights[range.clone()].copy_from_slice(&values);
        Ok(())
    };
    let mut table = |range: &Range<usize>, name: &[u8; 4]| lay(range, matrix(section(name)?), name);
    table(&layout.char, b"CHAR")?;
    table(&layout.bigram, b"BIGR")?;
    table(&layout.word, b"WORD")?;
    table(&layout.gap, b"GAPS")?;
    table(&layout.guideline, b"GDLN")?;
    for (range, name) in layout.lexicon.iter().zip([b"LEX0", b"LEX1", b"LEX2", b"LEX3"]) {
        table(range, name)?;
    }
    // Maps have a row for each output there, and one for each input here.
    let mut input = Vec::new();
    for (name, inputs) in [(b"INPC", *char_dim), (b"INPL", *bigram_dim), (b"INPR", *bigram_dim)] {
        input.extend(transposed(&matrix(section(name)?), inputs));
    }
    lay(&layout.input, input, b"INPC")?;
    lay(&layout.input_bias, floats(section(b"INPB")?), b"INPB")?;
    for (i, layer) in layout.layers.iter().enumerate() {
        let name = |kind| pack::layer_section(kind, i);
        lay(&layer.taps, floats(section(&name(b"DW"))?), b"DWnn")?;
        lay(&layer.taps_bias, floats(section(&name(b"DB"))?), b"DBnn")?;
        lay(&layer.point, transposed(&matrix(section(&name(b"PW"))?), *width), b"PWnn")?;
        lay(&layer.point_bias, floats(section(&name(b"PB"))?), b"PBnn")?;
    }
    lay(&layout.output, transposed(&floats(section(b"OUTW")?), *width), b"OUTW")?;
    let mut bias = floats(section(b"OUTB")?);
    bias.truncate(TAGS);
    bias[0] += LEANING[0];
    lay(&layout.output_bias, bias, b"OUTB")?;
    for (range, name) in [(&layout.transition, b"TRAN"), (&layout.start, b"STRT"), (&layout.end, b"ENDT")] {
        lay(range, floats(section(name)?), name)?;
    }
    Checkpoint::write(out, (&shape, &vocabulary), 0, &[&weights])
}

fn number(bytes: &[u8]) -> usize {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

/// The values as floats, row by row.
fn matrix(bytes: &[u8]) -> Vec<f32> {
    let (rows, columns) = (number(bytes), number(&bytes[4..]));
    let (scales, values) = bytes[8..].split_at(4 * rows);
    let scales = floats(scales);
    (values.chunks_exact(columns).zip(scales))
        .flat_map(|(row, scale)| row.iter().map(move |value| f32::from(*value as i8) * scale))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters;
    use mingzhu::asset::write_asset;
    use rand::SeedableRng;
    use rand::rngs::SmallRng;

    #[test]
    fn what_is_unpacked_packs_to_the_same_bytes() {
        let vocabulary = Vocabulary("一中人名市".chars().map(u32::from).collect());
        let shape = Shape {
            width: 32,
            char_dim: 8,
            bigram_dim: 16,
            bigram_rows: 64,
            kernel: 3,
            dilations: vec![1, 2],
            chars: vocabulary.rows(),
            guidelines: GUIDELINES.len(),
        };
        let layout = Layout::new(&shape);
        let weights = parameters::initial(&shape, &layout, &mut SmallRng::seed_from_u64(7));
        let packed = |weights: &[f32]| {
            let sections = pack::sections((&shape, &layout), &vocabulary, weights, pack::LEVELS);
            let sections: Vec<(&[u8; 4], &[u8])> = sections.iter().map(|(name, b)| (name, &b[..])).collect();
            write_asset(AssetKind::Model, &sections)
        };
        let folder = std::env::temp_dir().join(format!("mingzhu-unpack-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (asset, out) = (folder.join("model.mz"), folder.join("model.weights"));
        std::fs::write(&asset, packed(&weights)).unwrap();
        unpack(&asset, &out).unwrap();
        let read = Checkpoint::read(&out).unwrap();
        assert_eq!(read.shape, shape);
        assert_eq!(read.vocabulary, vocabulary);
        let again = read.weights();
        std::fs::remove_dir_all(&folder).unwrap();
        // A scale that is divided and multiplied again may differ in its last bit.
        let near = weights.iter().zip(&again).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(near < 0.2, "{near}");
        let (first, second) = (packed(&again), packed(&weights));
        assert_eq!(first.len(), second.len());
        let different = first.iter().zip(&second).filter(|(a, b)| a != b).count();
        assert!(different < first.len() / 50, "{different} bytes of {}", first.len());
    }

    #[test]
    fn a_file_of_something_else_is_refused() {
        let path = std::env::temp_dir().join(format!("mingzhu-unpack-{}.txt", std::process::id()));
        std::fs::write(&path, "no model").unwrap();
        let refused = unpack(&path, Path::new("/dev/null"));
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(refused, Err(Error::Lines { .. })), "{refused:?}");
    }
}
