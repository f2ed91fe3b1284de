//! Who is who in a Chinese news article: officials with their offices, people, places and
//! organizations, found on the reader's own machine.
//!
//! ```
//! use mingzhu::{Annotator, Assets, Kind};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let file = |name| std::fs::read(format!("assets/{name}"));
//! let annotator = Annotator::load(Assets {
//!     dictionary: &file("dictionary.mz")?,
//!     gazetteer: &file("gazetteer.mz")?,
//!     model: &file("model.mz")?,
//! })?;
//!
//! let text = "滨州市副市长陈立群出席会议。";
//! let article = annotator.annotate(text)?;
//! let office = &article.offices[0];
//! let person = &article.mentions[office.person as usize];
//! let title = &article.titles[office.title as usize];
//! assert_eq!(person.kind, Kind::Official);
//! assert_eq!(&text[person.start as usize..person.end as usize], "陈立群");
//! assert_eq!(&text[title.start as usize..title.end as usize], "副市长");
//! # Ok(())
//! # }
//! ```
//!
//! See `docs/architecture.md` for the way through. Arrows between the modules point down
//! only: `web → {anchor, annotate}`, `annotate → {resolve → office, terms} → tagger → segment →
//! text`; all may use the records of [`article`], the [`gazetteer`] and the [`asset`] container.

pub mod anchor;
pub mod annotate;
pub mod article;
pub mod asset;
pub mod date;
pub mod error;
pub mod exchange;
pub mod gazetteer;
pub mod office;
pub mod resolve;
pub mod review;
pub mod roster;
pub mod segment;
pub mod tagger;
pub mod terms;
pub mod text;
#[cfg(any(test, all(target_arch = "wasm32", feature = "page")))]
mod web;

pub use annotate::{Annotator, Assets, Reading};
pub use article::{
    Article, Because, Division, Entity, Evidence, Home, Kind, Mention, Office, OffsetUnit, Open, Post,
    Reference, Rule, Span, Status, Title, Token,
};
pub use date::Date;
pub use error::{Error, Result};
pub use gazetteer::{EntriesId, Entry};
pub use resolve::Context;
pub use tagger::{Label, Labelled, Memory};
pub use terms::{Term, TermsId};
