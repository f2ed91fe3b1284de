//! Weights in a file: a line of JSON (shape, vocabulary, step), then floats.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::columns::Vocabulary;
use crate::parameters::{Layout, Shape};
use crate::{Error, Result};

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    shape: Shape,
    vocabulary: Vec<u32>,
    step: usize,
    parts: usize,
    length: usize,
}

/// A network and how far it is trained; `parts` are the weights and what else a run must keep.
pub struct Checkpoint {
    pub shape: Shape,
    pub vocabulary: Vocabulary,
    pub step: usize,
    pub parts: Vec<Vec<f32>>,
}

impl Checkpoint {
    /// The weights alone.
    pub fn weights(mut self) -> Vec<f32> {
        self.parts.swap_remove(0)
    }

    pub fn layout(&self) -> Layout {
        Layout::new(&self.shape)
    }

    /// Writes beside the file first, so that a run that is stopped leaves the old one whole.
    pub fn write(
        path: &Path,
        (shape, vocabulary): (&Shape, &Vocabulary),
        step: usize,
        parts: &[&[f32]],
    ) -> Result<()> {
        let beside = path.with_extension("part");
        let head = Head {
            shape: shape.clone(),
            vocabulary: vocabulary.0.clone(),
            step,
            parts: parts.len(),
            length: parts[0].len(),
        };
        let written = || -> std::io::Result<()> {
            let mut file = std::io::BufWriter::new(std::fs::File::create(&beside)?);
            serde_json::to_writer(&mut file, &head)?;
            file.write_all(b"\n")?;
            for weight in parts.iter().flat_map(|part| part.iter()) {
                file.write_all(&weight.to_le_bytes())?;
            }
            file.flush()?;
            std::fs::rename(&beside, path)
        };
        written().map_err(|cause| Error::File { path: path.into(), cause })
    }

    pub fn read(path: &Path) -> Result<Self> {
        let failed = |cause| Error::File { path: path.into(), cause };
        let mut file = BufReader::new(std::fs::File::open(path).map_err(failed)?);
        let mut line = String::new();
        file.read_line(&mut line).map_err(failed)?;
        let head: Head = serde_json::from_str(&line).map_err(|_| Error::Checkpoint { path: path.into() })?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() != 4 * head.parts * head.length || head.length == 0 {
            return Err(Error::Checkpoint { path: path.into() });
        }
        let parts = (bytes.chunks_exact(4 * head.length))
            .map(|part| part.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
            .collect();
        Ok(Checkpoint { shape: head.shape, vocabulary: Vocabulary(head.vocabulary), step: head.step, parts })
    }
}
