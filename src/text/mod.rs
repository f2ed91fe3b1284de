//! Reading text: normalising with an exact way back, sentences, and offset units.

mod normalize;
mod offsets;
mod sentences;

pub use normalize::{Gap, Normalized, Simplifier, is_invisible};
pub use offsets::{OffsetCursor, byte_of};
pub use sentences::sentences;
