//! Bytes to UTF-16 units and code points: of one offset, and of a whole article.

use crate::article::{Article, OffsetUnit};

/// Converts byte offsets of a text into another unit, one pass for ascending offsets.
#[derive(Debug)]
pub struct OffsetCursor<'a> {
    text: &'a str,
    unit: OffsetUnit,
    byte: usize,
    converted: u32,
}

impl<'a> OffsetCursor<'a> {
    /// A cursor at the start of `text`.
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        OffsetCursor { text, unit, byte: 0, converted: 0 }
    }

    /// The offset `byte` in the cursor's unit. Going backwards starts over; an offset inside
    /// a character counts as that character's start, one past the end as the end.
    pub fn convert(&mut self, byte: u32) -> u32 {
        let byte = self.text.floor_char_boundary(byte as usize);
        if byte < self.byte {
            (self.byte, self.converted) = (0, 0);
        }
        let between = &self.text[self.byte..byte];
        self.converted += match self.unit {
            OffsetUnit::Bytes => between.len() as u32,
            OffsetUnit::Utf16 => between.chars().map(|c| c.len_utf16() as u32).sum(),
            OffsetUnit::CodePoints => between.chars().count() as u32,
        };
        self.byte = byte;
        self.converted
    }
}

/// The byte of a text at an offset in UTF-16 units; one inside a character counts as its start,
/// one past the end as the end.
pub fn byte_of(text: &str, utf16: u32) -> usize {
    let mut units = 0;
    let mut chars = text.char_indices();
    let found = chars.find(|(_, c)| {
        units += c.len_utf16() as u32;
        units > utf16
    });
    found.map_or(text.len(), |(byte, _)| byte)
}

impl Article {
    /// The same article with its offsets in another unit.
    ///
    /// `text` must be the annotated text and `self` must count bytes, as
    /// [`Annotator::annotate`](crate::Annotator::annotate) returns it.
    ///
    /// # Panics
    ///
    /// When `self` does not count bytes.
    pub fn with_unit(mut self, text: &str, unit: OffsetUnit) -> Self {
        assert_eq!(self.unit, OffsetUnit::Bytes, "offsets are converted once, from bytes");
        let mut cursor = OffsetCursor::new(text, unit);
        let mut offsets: Vec<&mut u32> = (self.mentions.iter_mut())
            .flat_map(|m| [&mut m.start, &mut m.end])
            .chain(self.titles.iter_mut().flat_map(|t| [&mut t.start, &mut t.end]))
            .chain(
                self.offices
                    .iter_mut()
                    .flat_map(|o| &mut o.evidence)
                    .flat_map(|s| [&mut s.start, &mut s.end]),
            )
            .chain(self.references.iter_mut().flat_map(|r| [&mut r.start, &mut r.end]))
            .chain([&mut self.length])
            .collect();
        // One pass over the text serves them all when they are visited in order.
        offsets.sort_unstable_by_key(|offset| **offset);
        for offset in offsets {
            *offset = cursor.convert(*offset);
        }
        self.unit = unit;
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn converts_like_the_text_itself(text in any::<String>(), picks in prop::collection::vec(any::<prop::sample::Index>(), 1..8)) {
            let mut borders: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
            borders.push(text.len());
            for unit in [OffsetUnit::Bytes, OffsetUnit::Utf16, OffsetUnit::CodePoints] {
                let mut cursor = OffsetCursor::new(&text, unit);
                // In any order: going backwards must work as well.
                for pick in &picks {
                    let byte = *pick.get(&borders);
                    let expected = match unit {
                        OffsetUnit::Bytes => byte,
                        OffsetUnit::Utf16 => text[..byte].encode_utf16().count(),
                        OffsetUnit::CodePoints => text[..byte].chars().count(),
                    };
                    prop_assert_eq!(cursor.convert(byte as u32), expected as u32);
                }
            }
        }
    }

    #[test]
    fn an_offset_inside_a_character_is_its_start() {
        let mut cursor = OffsetCursor::new("王😀", OffsetUnit::Utf16);
        assert_eq!(cursor.convert(5), 1);
        assert_eq!(cursor.convert(99), 3);
    }
}
