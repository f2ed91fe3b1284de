//! The text as the model reads it, with an exact way back to the text as it stands.
//!
//! White space is no character here: what stands between two characters is the second one's
//! [`Gap`]. So a name that a line break cuts (建设达⏎产) or that an ideographic space pads
//! (王　刚) is as contiguous as any other, and the model decides from the gap whether a name
//! may run across it.

use std::ops::Range;

/// White space before a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// None.
    None,
    /// White space within a line.
    Space,
    /// One line break.
    Line,
    /// A blank line, or a line break followed by indentation.
    Paragraph,
}

/// Characters without white space, each with the gap before it and its place in the source.
#[derive(Clone, Debug, Default)]
pub struct Normalized {
    /// Simplified, half-width, invisible characters left out.
    pub chars: Vec<char>,
    /// The white space before each character; [`Gap::Paragraph`] before the first.
    pub gaps: Vec<Gap>,
    /// First byte in the source of each character.
    pub starts: Vec<u32>,
    /// Byte in the source after each character.
    pub ends: Vec<u32>,
}

impl Normalized {
    /// Number of characters.
    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// True when the source holds nothing but white space.
    pub fn is_empty(&self) -> bool {
        self.chars.is_empty()
    }

    /// The bytes of the source from the first to the last of a range of characters, the
    /// white space between them included. The range must not be empty.
    pub fn source(&self, chars: Range<usize>) -> Range<usize> {
        self.starts[chars.start] as usize..self.ends[chars.end - 1] as usize
    }
}

/// Traditional characters and what each becomes in Simplified, character by character.
#[derive(Clone, Debug, Default)]
pub struct Simplifier {
    /// Sorted by the Traditional character.
    pairs: Vec<(char, char)>,
}

impl Simplifier {
    /// From pairs (Traditional, Simplified) in any order.
    pub fn new(mut pairs: Vec<(char, char)>) -> Self {
        pairs.sort_unstable();
        Simplifier { pairs }
    }

    /// One character for one character: full-width to half-width, quotation marks of both
    /// scripts to one form, Traditional to Simplified.
    fn fold(&self, c: char) -> char {
        match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '「' | '﹁' => '“',
            '」' | '﹂' => '”',
            '『' | '﹃' => '‘',
            '』' | '﹄' => '’',
            '•' | '・' | '‧' | '･' | '∙' | '⋅' => '·',
            '〇' => '○',
            '\0'..'\u{2E80}' => c,
            _ => match self.pairs.binary_search_by_key(&c, |pair| pair.0) {
                Ok(index) => self.pairs[index].1,
                Err(_) => c,
            },
        }
    }

    /// Reads a text.
    pub fn normalize(&self, text: &str) -> Normalized {
        let guess = text.len() / 3 + 1;
        let mut read = Normalized {
            chars: Vec::with_capacity(guess),
            gaps: Vec::with_capacity(guess),
            starts: Vec::with_capacity(guess),
            ends: Vec::with_capacity(guess),
        };
        let mut space = WhiteSpace::default();
        for (start, c) in text.char_indices() {
            if is_invisible(c) {
                continue;
            }
            if c.is_whitespace() || c.is_control() {
                space.push(c);
                continue;
            }
            let gap = std::mem::take(&mut space).gap();
            read.gaps.push(if read.chars.is_empty() { Gap::Paragraph } else { gap });
            read.chars.push(self.fold(c));
            read.starts.push(start as u32);
            read.ends.push((start + c.len_utf8()) as u32);
        }
        read
    }
}

/// Format characters that are not seen and not spoken: soft hyphen, zero-width space and
/// joiners, directional marks, byte order mark, variation selectors.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
    )
}

/// A run of white space while it is read.
#[derive(Default)]
struct WhiteSpace {
    breaks: u32,
    any: bool,
    indented: bool,
    after_return: bool,
}

impl WhiteSpace {
    fn push(&mut self, c: char) {
        self.any = true;
        let line_feed_of_pair = c == '\n' && self.after_return;
        self.after_return = c == '\r';
        match c {
            '\u{2029}' => self.breaks += 2,
            '\n' | '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' if !line_feed_of_pair => {
                self.breaks += 1;
                self.indented = false;
            }
            '\n' => {}
            _ => self.indented = self.breaks > 0,
        }
    }

    fn gap(self) -> Gap {
        match (self.any, self.breaks) {
            (false, _) => Gap::None,
            (true, 0) => Gap::Space,
            (true, 1) if !self.indented => Gap::Line,
            _ => Gap::Paragraph,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Normalized {
        Simplifier::new(vec![('國', '国'), ('總', '总')]).normalize(text)
    }

    fn chars(text: &str) -> String {
        read(text).chars.into_iter().collect()
    }

    #[test]
    fn folds_width_script_and_quotation_marks() {
        assert_eq!(chars("２０２４年（國務院總理）"), "2024年(国務院总理)");
        assert_eq!(chars("「品質」『甲』"), "“品質”‘甲’");
        assert_eq!(chars("古丽努尔•艾力"), "古丽努尔·艾力");
    }

    #[test]
    fn white_space_becomes_the_gap_before_the_next_character() {
        let gaps = |text: &str| read(text).gaps[1..].to_vec();
        assert_eq!(gaps("王\u{3000}刚"), [Gap::Space]);
        assert_eq!(gaps("建\n设"), [Gap::Line]);
        assert_eq!(gaps("建\r\n设"), [Gap::Line]);
        assert_eq!(gaps("建\r\n\r\n设"), [Gap::Paragraph]);
        assert_eq!(gaps("建\n\u{3000}\u{3000}设"), [Gap::Paragraph]);
        assert_eq!(gaps("建\n \n设"), [Gap::Paragraph]);
        assert_eq!(gaps("建设"), [Gap::None]);
    }

    #[test]
    fn invisible_characters_leave_no_trace() {
        let read = read("\u{FEFF}王\u{AD}\u{200B}刚");
        assert_eq!(read.chars, ['王', '刚']);
        assert_eq!(read.gaps, [Gap::Paragraph, Gap::None]);
        assert_eq!(read.source(0..2), 3.."\u{FEFF}王\u{AD}\u{200B}刚".len());
    }

    proptest! {
        #[test]
        fn every_character_knows_its_place(text in "(?s:[王刚　\\n\\r 國A１\u{AD}\u{200B}😀、。]|.){0,40}") {
            let simplifier = Simplifier::new(vec![('國', '国')]);
            let read = simplifier.normalize(&text);
            let lengths = [read.gaps.len(), read.starts.len(), read.ends.len()];
            prop_assert_eq!(lengths, [read.len(); 3]);
            let mut seen = 0;
            for i in 0..read.len() {
                let source = &text[read.source(i..i + 1)];
                let mut one = source.chars();
                prop_assert_eq!(one.next().map(|c| simplifier.fold(c)), Some(read.chars[i]));
                prop_assert_eq!(one.next(), None);
                let between = &text[seen..read.starts[i] as usize];
                prop_assert!(between.chars().all(|c| c.is_whitespace() || c.is_control() || is_invisible(c)));
                let visible = between.chars().any(|c| !is_invisible(c));
                prop_assert!(i == 0 || visible == (read.gaps[i] != Gap::None));
                seen = read.ends[i] as usize;
            }
        }
    }
}
