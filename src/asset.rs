//! The container all assets share: a header that proves the bytes are ours and whole,
//! then named sections.
//!
//! ```text
//! 0   8  magic "MINGZHU\0"
//! 8   4  kind, four ASCII letters
//! 12  4  format version of that kind, little endian like all numbers here
//! 16  4  CRC-32 (IEEE) of the content
//! 20  4  bytes of content
//! 24     content: sections, each 4 bytes name, 4 bytes length, the bytes,
//!        zeros up to a multiple of 4
//! ```
//!
//! Sections are unaligned slices of the file; readers decode what they need in one pass.

use crate::error::{Error, Result};

const MAGIC: &[u8; 8] = b"MINGZHU\0";
const HEADER: usize = 24;

/// What an asset is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssetKind {
    /// Words for jieba-rs, and Traditional → Simplified characters.
    Dictionary,
    /// Divisions, bodies, title heads, surnames.
    Gazetteer,
    /// Divisions below counties, for those who want them.
    Townships,
    /// Weights of the tagger.
    Model,
    /// How characters sound and look, for the desk.
    Confusables,
}

impl AssetKind {
    fn letters(self) -> &'static [u8; 4] {
        match self {
            AssetKind::Dictionary => b"DICT",
            AssetKind::Gazetteer => b"GAZT",
            AssetKind::Townships => b"TOWN",
            AssetKind::Model => b"MODL",
            AssetKind::Confusables => b"CONF",
        }
    }

    fn name(self) -> &'static str {
        match self {
            AssetKind::Dictionary => "dictionary",
            AssetKind::Gazetteer => "gazetteer",
            AssetKind::Townships => "townships",
            AssetKind::Model => "model",
            AssetKind::Confusables => "confusables",
        }
    }

    /// The version of the kind's format that this build reads and writes.
    pub fn version(self) -> u32 {
        match self {
            AssetKind::Dictionary => 2,
            AssetKind::Gazetteer | AssetKind::Townships | AssetKind::Confusables => 1,
            AssetKind::Model => 2,
        }
    }
}

/// A checked asset: its sections, borrowed from the file's bytes.
#[derive(Debug)]
pub struct Asset<'a> {
    name: String,
    sections: Vec<([u8; 4], &'a [u8])>,
}

impl<'a> Asset<'a> {
    /// Checks header, length and checksum, and finds the sections. `name` is what errors
    /// call the file.
    ///
    /// # Errors
    ///
    /// Each `Asset…` variant of [`Error`]; nothing in `bytes` can make it panic.
    pub fn open(kind: AssetKind, name: &str, bytes: &'a [u8]) -> Result<Self> {
        let asset = || name.to_owned();
        let Some((header, content)) = bytes.split_at_checked(HEADER) else {
            return Err(if MAGIC.starts_with(&bytes[..bytes.len().min(8)]) && !bytes.is_empty() {
                Error::AssetLength { asset: asset(), expected: HEADER as u64, found: bytes.len() as u64 }
            } else {
                Error::AssetMagic { asset: asset() }
            });
        };
        if &header[..8] != MAGIC {
            return Err(Error::AssetMagic { asset: asset() });
        }
        if &header[8..12] != kind.letters() {
            let found = String::from_utf8_lossy(&header[8..12]).into_owned();
            return Err(Error::AssetKind { asset: asset(), expected: kind.name(), found });
        }
        let version = read_u32(&header[12..]);
        if version != kind.version() {
            return Err(Error::AssetVersion { asset: asset(), expected: kind.version(), found: version });
        }
        let (checksum, length) = (read_u32(&header[16..]), read_u32(&header[20..]));
        if content.len() != length as usize {
            let (expected, found) = (u64::from(length), content.len() as u64);
            return Err(Error::AssetLength { asset: asset(), expected, found });
        }
        let found = crc32fast::hash(content);
        if found != checksum {
            return Err(Error::AssetChecksum { asset: asset(), expected: checksum, found });
        }
        let mut sections = Vec::new();
        let mut rest = content;
        while !rest.is_empty() {
            let cut = rest.split_at_checked(8).and_then(|(head, tail)| {
                let length = read_u32(&head[4..]) as usize;
                let (section, tail) = tail.split_at_checked(length)?;
                let padding = length.wrapping_neg() % 4;
                Some(([head[0], head[1], head[2], head[3]], section, tail.get(padding..)?))
            });
            let Some((name, section, tail)) = cut else {
                return Err(Error::AssetInvalid {
                    asset: asset(),
                    detail: "a section runs past the end".into(),
                });
            };
            sections.push((name, section));
            rest = tail;
        }
        Ok(Asset { name: asset(), sections })
    }

    /// What errors call this asset.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every section, in the order of the file.
    pub fn sections(&self) -> impl Iterator<Item = ([u8; 4], &'a [u8])> {
        self.sections.iter().copied()
    }

    /// The bytes of a section.
    pub fn section(&self, name: &[u8; 4]) -> Result<&'a [u8]> {
        let found = self.sections.iter().find(|(n, _)| n == name);
        found
            .map(|(_, bytes)| *bytes)
            .ok_or_else(|| self.invalid(format!("section {} is missing", String::from_utf8_lossy(name))))
    }

    /// A section as text.
    pub fn text(&self, name: &[u8; 4]) -> Result<&'a str> {
        std::str::from_utf8(self.section(name)?)
            .map_err(|_| self.invalid(format!("section {} is not UTF-8", String::from_utf8_lossy(name))))
    }

    /// The error that says what does not hold in this asset.
    pub fn invalid(&self, detail: impl Into<String>) -> Error {
        Error::AssetInvalid { asset: self.name.clone(), detail: detail.into() }
    }
}

/// Writes an asset: the inverse of [`Asset::open`].
pub fn write_asset(kind: AssetKind, sections: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut content = Vec::new();
    for (name, bytes) in sections {
        content.extend_from_slice(*name);
        content.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        content.extend_from_slice(bytes);
        content.resize(content.len().next_multiple_of(4), 0);
    }
    let mut file = Vec::with_capacity(HEADER + content.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(kind.letters());
    file.extend_from_slice(&kind.version().to_le_bytes());
    file.extend_from_slice(&crc32fast::hash(&content).to_le_bytes());
    file.extend_from_slice(&(content.len() as u32).to_le_bytes());
    file.extend_from_slice(&content);
    file
}

/// The little-endian number at the start of `bytes`, which must hold four.
fn read_u32(bytes: &[u8]) -> u32 {
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}
