//! Which mentions a place in the text may belong to.

use std::ops::Index;

/// Spans that are sorted and do not overlap.
#[derive(Debug, Default)]
pub(super) struct Spans(Vec<(u32, u32)>);

impl Spans {
    pub fn new(spans: Vec<(u32, u32)>) -> Self {
        Spans(spans)
    }

    pub fn iter(&self) -> std::slice::Iter<'_, (u32, u32)> {
        self.0.iter()
    }

    /// The spans that hold `offset` or touch it: a caret snaps to the nearest edge between
    /// two characters, so a point on the last half of a name reports the name's end.
    pub fn touching(&self, offset: u32) -> std::ops::Range<usize> {
        let first = self.0.partition_point(|&(_, end)| end < offset);
        let last = self.0.partition_point(|&(start, _)| start <= offset);
        first..last.max(first)
    }
}

impl Index<usize> for Spans {
    type Output = (u32, u32);

    fn index(&self, at: usize) -> &(u32, u32) {
        &self.0[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_caret_between_two_names_belongs_to_both() {
        let spans = Spans::new(vec![(2, 4), (4, 7), (9, 10)]);
        assert_eq!(spans.touching(4), 0..2);
        assert_eq!(spans.touching(8), 2..2);
    }

    proptest! {
        #[test]
        fn finds_what_a_walk_finds(lengths in proptest::collection::vec((0u32..3, 1u32..4), 0..20), offset in 0u32..80) {
            let mut at = 0;
            let spans: Vec<(u32, u32)> = lengths.iter().map(|&(gap, length)| {
                let start = at + gap;
                at = start + length;
                (start, at)
            }).collect();
            let spans = Spans::new(spans);
            let touches = |(at, span): (usize, &(u32, u32))| (span.0 <= offset && offset <= span.1).then_some(at);
            let walked: Vec<usize> = spans.iter().enumerate().filter_map(touches).collect();
            prop_assert_eq!(spans.touching(offset).collect::<Vec<_>>(), walked);
        }
    }
}
