//! Reading text: normalising with an exact way back, sentences, and offset units.

mod offsets;

pub use offsets::OffsetCursor;
