//! Every weight of a network in one vector, and where in it each part lies.

use std::ops::Range;

use mingzhu::tagger::{GAP_VALUES, LEXICON_VALUES, TAGS, WORD_VALUES};
use rand::Rng;
use rand::rngs::SmallRng;
use serde::{Deserialize, Serialize};

/// How large a network is. The same network at two sizes is `core` and `large`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Channels of every layer.
    pub width: usize,
    /// Columns of the character table.
    pub char_dim: usize,
    /// Columns of the bigram table.
    pub bigram_dim: usize,
    /// Rows of the bigram table, a power of two.
    pub bigram_rows: usize,
    /// Characters a convolution sees, odd.
    pub kernel: usize,
    /// One residual block each.
    pub dilations: Vec<usize>,
    /// Rows of the character table: the vocabulary, padding and the unknown character.
    pub chars: usize,
    /// Guidelines the network tells apart.
    pub guidelines: usize,
}

impl Shape {
    /// Columns of what is projected to the width: character, closed and opened bigram.
    pub fn joined(&self) -> usize {
        self.char_dim + 2 * self.bigram_dim
    }

    /// Multiply-adds for each character.
    pub fn products(&self) -> usize {
        self.joined() * self.width
            + self.dilations.len() * self.width * (2 * self.width + self.kernel)
            + self.width * TAGS
    }
}

/// Where each part of the weights lies. Matrices are row by row, inputs × outputs.
#[derive(Clone, Debug)]
pub struct Layout {
    pub char: Range<usize>,
    pub bigram: Range<usize>,
    pub word: Range<usize>,
    pub lexicon: [Range<usize>; 4],
    pub gap: Range<usize>,
    pub guideline: Range<usize>,
    pub input: Range<usize>,
    pub input_bias: Range<usize>,
    pub layers: Vec<LayerLayout>,
    pub output: Range<usize>,
    pub output_bias: Range<usize>,
    /// From × to.
    pub transition: Range<usize>,
    pub start: Range<usize>,
    pub end: Range<usize>,
    pub total: usize,
}

#[derive(Clone, Debug)]
pub struct LayerLayout {
    /// kernel × width
    pub taps: Range<usize>,
    pub taps_bias: Range<usize>,
    /// width × 2 width: values, then gates
    pub point: Range<usize>,
    pub point_bias: Range<usize>,
}

impl Layout {
    pub fn new(shape: &Shape) -> Self {
        let mut total = 0;
        let mut part = |count: usize| {
            total += count;
            total - count..total
        };
        let width = shape.width;
        let lexicon = usize::from(LEXICON_VALUES) * width;
        Layout {
            char: part(shape.chars * shape.char_dim),
            bigram: part(shape.bigram_rows * shape.bigram_dim),
            word: part(usize::from(WORD_VALUES) * width),
            lexicon: std::array::from_fn(|_| part(lexicon)),
            gap: part(usize::from(GAP_VALUES) * width),
            guideline: part(shape.guidelines * width),
            input: part(shape.joined() * width),
            input_bias: part(width),
            layers: (shape.dilations.iter())
                .map(|_| LayerLayout {
                    taps: part(shape.kernel * width),
                    taps_bias: part(width),
                    point: part(2 * width * width),
                    point_bias: part(2 * width),
                })
                .collect(),
            output: part(width * TAGS),
            output_bias: part(TAGS),
            transition: part(TAGS * TAGS),
            start: part(TAGS),
            end: part(TAGS),
            total,
        }
    }
}

/// Weights as training begins.
pub fn initial(shape: &Shape, layout: &Layout, rng: &mut SmallRng) -> Vec<f32> {
    let mut weights = vec![0.0; layout.total];
    let (width, joined) = (shape.width as f32, shape.joined() as f32);
    let mut normal = |range: &Range<usize>, scale: f32| {
        for weight in &mut weights[range.clone()] {
            *weight = scale * gaussian(rng);
        }
    };
    normal(&layout.char, 0.3);
    normal(&layout.bigram, 0.1);
    for table in [&layout.word, &layout.gap, &layout.guideline].into_iter().chain(&layout.lexicon) {
        normal(table, 0.2);
    }
    normal(&layout.input, joined.powf(-0.5));
    normal(&layout.output, 0.05);
    for layer in &layout.layers {
        normal(&layer.taps, 0.2);
        normal(&layer.point, 0.6 * width.powf(-0.5));
    }
    for layer in &layout.layers {
        // A block begins near the identity, with open gates.
        let middle = layer.taps.start + shape.kernel / 2 * shape.width;
        weights[middle..middle + shape.width].iter_mut().for_each(|tap| *tap += 0.7);
        weights[layer.point_bias.start + shape.width..layer.point_bias.end].fill(0.5);
    }
    weights
}

/// Box and Muller's transform.
fn gaussian(rng: &mut SmallRng) -> f32 {
    let radius = (-2.0 * (1.0 - rng.random::<f32>()).ln()).sqrt();
    radius * (std::f32::consts::TAU * rng.random::<f32>()).cos()
}
