//! Why a list cannot be read.

use thiserror::Error;

/// Why a list cannot be read, and where.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum RosterError {
    /// It is larger than any list is.
    #[error("{found} bytes, at most {limit} are read")]
    TooLarge {
        /// How many it has.
        found: usize,
        /// The most that are read.
        limit: usize,
    },
    /// It has more rows than are read.
    #[error("line {line}: more than {limit} rows")]
    TooMany {
        /// From 1.
        line: usize,
        /// The most that are read.
        limit: usize,
    },
    /// It is neither CSV nor JSON of the form.
    #[error("line {line}, column {column}: {detail}")]
    Form {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What does not hold.
        detail: String,
    },
    /// A row has no name, or what is none.
    #[error("line {line}, column {column}: {found:?} is no name")]
    Name {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What stands in its place.
        found: String,
    },
    /// A day is none.
    #[error("line {line}, column {column}: {found:?} is no day")]
    Day {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What stands in its place.
        found: String,
    },
    /// A rank is no number.
    #[error("line {line}, column {column}: {found:?} is no rank")]
    Rank {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// What stands in its place.
        found: String,
    },
}

impl RosterError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            RosterError::TooLarge { .. } => "ROSTER_TOO_LARGE",
            RosterError::TooMany { .. } => "ROSTER_TOO_MANY",
            RosterError::Form { .. } => "ROSTER_FORM",
            RosterError::Name { .. } => "ROSTER_NAME",
            RosterError::Day { .. } => "ROSTER_DATE",
            RosterError::Rank { .. } => "ROSTER_RANK",
        }
    }

    /// What the caller can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            RosterError::TooLarge { .. } | RosterError::TooMany { .. } => {
                "hand in the parts that the paper writes about"
            }
            RosterError::Form { .. } => {
                "write CSV with a heading that has name (姓名), or a JSON array of objects: name, aliases, body, title, rank, from, to"
            }
            RosterError::Name { .. } => "write one name of letters each, of at most 64 characters",
            RosterError::Day { .. } => "write the day as 2026-03-05, 2026-03 or 2026",
            RosterError::Rank { .. } => "write the rank as a whole number, 1 for the first",
        }
    }

    /// Line and column, from 1, where they are known.
    pub fn place(&self) -> Option<(usize, usize)> {
        match self {
            RosterError::TooLarge { .. } => None,
            RosterError::TooMany { line, .. } => Some((*line, 1)),
            RosterError::Form { line, column, .. }
            | RosterError::Name { line, column, .. }
            | RosterError::Day { line, column, .. }
            | RosterError::Rank { line, column, .. } => Some((*line, *column)),
        }
    }
}
