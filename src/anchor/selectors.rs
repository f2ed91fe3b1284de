//! What an anchor says, and its form as the selectors of a W3C Web Annotation.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Where a part of a text is, in several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The part itself.
    pub exact: String,
    /// What stands before it.
    pub prefix: String,
    /// What stands after it.
    pub suffix: String,
    /// Where it is, in code points. Never trusted: it says nothing of a text that has changed.
    pub position: Option<Range<usize>>,
    /// What only we say.
    pub place: Option<Place>,
}

/// Where a part is in one text, told by hashes, and how it differs from others there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it begins, in UTF-16 units.
    pub start: u32,
    /// Where it ends, in UTF-16 units.
    pub end: u32,
    /// Hash of the text.
    pub text: u64,
    /// The block it stands in, where no other is the same.
    pub block: Option<Block>,
    /// In how many characters of its surroundings the most similar other place with the same
    /// words differs; `None` where there is no other.
    pub rival: Option<u32>,
}

/// A block of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Hash of its text.
    pub hash: u64,
    /// Where the part begins in it, in UTF-16 units.
    pub start: u32,
}

/// An anchor's parts as they are written in JSON. Types we do not know are left alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Selector {
    /// Words and what stands around them.
    TextQuoteSelector {
        /// The words.
        exact: String,
        /// What stands before.
        #[serde(default)]
        prefix: String,
        /// What stands after.
        #[serde(default)]
        suffix: String,
    },
    /// Offsets in code points.
    TextPositionSelector {
        /// First code point.
        start: usize,
        /// Code point after the last one.
        end: usize,
    },
    /// [`Place`].
    #[serde(rename = "mingzhu:TextViewSelector")]
    TextViewSelector {
        /// Version of the rules of the text view.
        version: u32,
        /// First UTF-16 unit.
        start: u32,
        /// UTF-16 unit after the last one.
        end: u32,
        /// Hash of the text, sixteen hexadecimal digits.
        #[serde(with = "hex")]
        text: u64,
        /// The block.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        block: Option<BlockSelector>,
        /// See [`Place::rival`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        rival: Option<u32>,
    },
    /// Another type.
    #[serde(other)]
    Other,
}

/// [`Block`] as it is written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockSelector {
    #[serde(with = "hex")]
    hash: u64,
    start: u32,
}

impl Anchor {
    /// From selectors in any order, the first of each type; `None` when none is a quote, since
    /// nothing else can be checked.
    pub fn from_selectors(selectors: impl IntoIterator<Item = Selector>) -> Option<Self> {
        let (mut quote, mut found, mut own) = (None, None, None);
        for selector in selectors {
            match selector {
                Selector::TextQuoteSelector { exact, prefix, suffix } if quote.is_none() => {
                    quote = Some((exact, prefix, suffix));
                }
                Selector::TextPositionSelector { start, end } if found.is_none() => found = Some(start..end),
                Selector::TextViewSelector { start, end, text, block, rival, .. } if own.is_none() => {
                    let block = block.map(|BlockSelector { hash, start }| Block { hash, start });
                    own = Some(Place { start, end, text, block, rival });
                }
                _ => {}
            }
        }
        let (exact, prefix, suffix) = quote?;
        Some(Anchor { exact, prefix, suffix, position: found, place: own })
    }

    /// The selectors; `version` is that of the rules the text was read by.
    pub fn into_selectors(self, version: u32) -> Vec<Selector> {
        let Anchor { exact, prefix, suffix, position, place } = self;
        let mut selectors = vec![Selector::TextQuoteSelector { exact, prefix, suffix }];
        selectors
            .extend(position.map(|span| Selector::TextPositionSelector { start: span.start, end: span.end }));
        selectors.extend(place.map(|Place { start, end, text, block, rival }| {
            let block = block.map(|Block { hash, start }| BlockSelector { hash, start });
            Selector::TextViewSelector { version, start, end, text, block, rival }
        }));
        selectors
    }
}

/// Sixteen hexadecimal digits: JSON's numbers lose the last of them.
mod hex {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(hash: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{hash:016x}"))
    }

    pub fn deserialize<'a, D: Deserializer<'a>>(deserializer: D) -> Result<u64, D::Error> {
        let digits = String::deserialize(deserializer)?;
        u64::from_str_radix(&digits, 16).map_err(|_| D::Error::custom("a hash is sixteen hexadecimal digits"))
    }
}
