//! Floats that begin where a cache line does: a vector that lies across two lines is loaded
//! twice, and vectors can be as long as a line.

use std::ops::{Deref, DerefMut};

/// Bytes of a cache line.
const LINE: usize = 64;
/// Floats in a line.
const FLOATS: usize = LINE / size_of::<f32>();

/// So many floats, aligned.
#[derive(Debug, Default)]
pub(super) struct Aligned {
    floats: Vec<f32>,
    start: usize,
    count: usize,
}

impl Aligned {
    /// So many zeros.
    pub fn zeros(count: usize) -> Self {
        let floats = vec![0.0; count + FLOATS];
        // There is always such a start; where the pointer is not told the first will do.
        let start = floats.as_ptr().align_offset(LINE).min(FLOATS);
        Aligned { floats, start, count }
    }

    /// Has so many floats then; what they are is open.
    pub fn fit(&mut self, count: usize) {
        if count > self.floats.len().saturating_sub(FLOATS) {
            *self = Aligned::zeros(count);
        }
        self.count = count;
    }
}

impl From<&[f32]> for Aligned {
    fn from(floats: &[f32]) -> Self {
        let mut aligned = Aligned::zeros(floats.len());
        aligned.copy_from_slice(floats);
        aligned
    }
}

impl Deref for Aligned {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.floats[self.start..][..self.count]
    }
}

impl DerefMut for Aligned {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.floats[self.start..][..self.count]
    }
}
