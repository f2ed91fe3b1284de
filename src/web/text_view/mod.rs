//! The text view of an element: its text as every offset counts it, and the way between
//! offsets and nodes. `docs/text-view.md` has the rules; one table of cases,
//! `tests/fixtures/text-view.json`, holds natively and in the browsers.
//!
//! `rules` says which nodes count and which borders part, `pieces` how their characters
//! are joined; both know no browser. `view` walks the nodes of a page.

#[cfg(target_arch = "wasm32")]
mod blocks;
#[cfg(target_arch = "wasm32")]
mod nodes;
mod pieces;
mod rules;
#[cfg(test)]
mod tests;
#[cfg(target_arch = "wasm32")]
mod view;

#[cfg(target_arch = "wasm32")]
pub(super) use blocks::Blocks;
#[cfg(target_arch = "wasm32")]
pub(super) use rules::{Choices, TEXT_VIEW_VERSION};
#[cfg(target_arch = "wasm32")]
pub(super) use view::TextView;
