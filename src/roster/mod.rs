//! Roster: checking an article against a user's list of people with their offices, and against itself.
//!
//! A finding says what was found, what was expected and what shows it; without evidence there is
//! none, because a check that cries wolf is switched off. `docs/roster.md` has the form of a list,
//! the rules, and how often they are right.
//!
//! ```
//! use mingzhu::roster::Roster;
//!
//! let roster = Roster::read("姓名,单位,职务,任职\n陈立群,云泽市人民政府,副市长,2024-02\n")?;
//! assert_eq!(roster.rows()[0].title, "副市长");
//! let error = Roster::read("姓名,任职\n陈立群,去年\n").unwrap_err();
//! assert_eq!((error.code(), error.place()), ("ROSTER_DATE", Some((2, 5))));
//! # Ok::<(), mingzhu::roster::RosterError>(())
//! ```

mod check;
mod confusable;
mod error;
mod finding;
mod list;
mod names;
mod offices;
mod order;
mod read;
mod variants;

#[cfg(test)]
mod tests;

pub use check::check;
pub use confusable::{Confusables, Confusion};
pub use error::RosterError;
pub use finding::{Finding, Listed, Rule, Severity};
pub use list::{Roster, Row};
