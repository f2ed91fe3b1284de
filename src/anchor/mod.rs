//! Anchors: finding a part of a text again after the text has changed.
//!
//! [`describe`] says where a part is, [`find`] looks for it. A name of two or three characters
//! bears no misprint, so the quote must be exact; what may have changed is what stands around
//! it. Where two places could be meant the anchor is an orphan: nothing is guessed.
//! `docs/anchoring.md` has the rules and their reasons.
//!
//! ```
//! use mingzhu::anchor::{Text, describe, find};
//!
//! let before = Text::new("副市长陈立群在会上发言。\n\n陈立群代表市政府表示感谢，并对下一步的工作提出要求。");
//! let anchor = describe(&before, 14..17).unwrap();
//! let after = Text::new("会议开幕。\n\n副市长陈立群在会上发言。\n\n陈立群代表市政府表示衷心感谢，并对下一步工作提出要求。");
//! assert_eq!(find(&after, &anchor).unwrap().span, 21..24);
//! ```

mod context;
mod describe;
mod find;
mod hash;
mod selectors;
#[cfg(test)]
mod tests;
mod text;

pub use describe::describe;
pub use find::{By, Found, Orphan, find, pin};
pub(crate) use hash::hash;
pub use selectors::{Anchor, Block, Place, Selector};
pub use text::Text;
