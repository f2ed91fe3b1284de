//! Lines of bounded length.

use crate::error::LineError;
use std::io::{self, BufRead, Read as _};

/// The longest line that is kept in memory; a newspaper's whole year is shorter.
pub const LINE_LIMIT: usize = 64 << 20;

/// Numbered lines of a reader, blank ones left out.
pub struct Lines<R> {
    reader: R,
    number: u64,
    limit: usize,
}

/// A line with its number, counted from 1.
pub struct Line {
    /// Its number.
    pub number: u64,
    /// Bytes of input it took, with its end.
    pub size: u64,
    /// Its bytes, or why they are not there.
    pub content: Result<Vec<u8>, LineError>,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `reader`, none longer than `limit` bytes.
    pub fn new(reader: R, limit: usize) -> Self {
        Lines { reader, number: 0, limit }
    }

    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let limit = self.limit as u64 + 1;
        let mut size = self.reader.by_ref().take(limit).read_until(b'\n', &mut bytes)? as u64;
        if size == 0 {
            return Ok(None);
        }
        self.number += 1;
        let ended = bytes.last() == Some(&b'\n');
        if !ended && size == limit {
            size += skip_line(&mut self.reader)?;
            let content = Err(LineError::TooLong { limit: self.limit });
            return Ok(Some(Line { number: self.number, size, content }));
        }
        if self.number == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        Ok(Some(Line { number: self.number, size, content: Ok(bytes) }))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.read().transpose()?;
            let blank = matches!(&line, Ok(Line { content: Ok(bytes), .. }) if bytes.trim_ascii().is_empty());
            if !blank {
                return Some(line);
            }
        }
    }
}

fn skip_line(reader: &mut impl BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(used);
        skipped += used as u64;
        if end.is_some() || used == 0 {
            return Ok(skipped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &str, limit: usize) -> Vec<(u64, Option<String>)> {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Lines::new(input.as_bytes(), limit)
            .map(|line| line.unwrap())
            .map(|line| (line.number, line.content.ok().map(text)))
            .collect()
    }

    #[test]
    fn blank_lines_count_but_do_not_come() {
        assert_eq!(read("a\n\n \r\nb", 9), [(1, Some("a\n".into())), (4, Some("b".into()))]);
    }

    #[test]
    fn a_long_line_is_an_error_and_the_next_is_whole() {
        let long = "x".repeat(100);
        assert_eq!(read(&format!("{long}\nnext\n"), 9), [(1, None), (2, Some("next\n".into()))]);
    }

    #[test]
    fn a_byte_order_mark_is_no_content() {
        assert_eq!(read("\u{feff}a", 9), [(1, Some("a".into()))]);
    }
}
