//! Who is who in a Chinese news article: officials with their offices, people, places and
//! organizations, found on the reader's own machine.
//!
//! See `docs/architecture.md` for the way through. Arrows between the modules point down
//! only: `web → annotate → {resolve, office} → tagger → segment → text`; all may use the
//! records of [`article`], the [`gazetteer`] and the [`asset`] container.

pub mod annotate;
pub mod article;
pub mod asset;
pub mod error;
pub mod gazetteer;
pub mod office;
pub mod resolve;
pub mod segment;
pub mod tagger;
pub mod text;
#[cfg(any(test, target_arch = "wasm32"))]
mod web;

pub use annotate::{Annotator, Assets, Reading};
pub use article::{Article, Division, Entity, Kind, Mention, Office, OffsetUnit, Title, Token};
pub use error::{Error, Result};
pub use tagger::{Label, Labelled};
