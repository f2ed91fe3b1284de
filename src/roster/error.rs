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
    /// It is not in UTF-8.
    #[error("line {line}, column {column}: this is no UTF-8")]
    Encoding {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
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
    /// An office ends before it begins.
    #[error("line {line}, column {column}: {found:?} is before the first day in office")]
    Period {
        /// From 1.
        line: usize,
        /// From 1, in characters.
        column: usize,
        /// The last day in office.
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
            RosterError::Encoding { .. } => "ROSTER_ENCODING",
            RosterError::Name { .. } => "ROSTER_NAME",
            RosterError::Day { .. } => "ROSTER_DATE",
            RosterError::Period { .. } => "ROSTER_PERIOD",
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
            RosterError::Encoding { .. } => "save the list as UTF-8; in a spreadsheet, as CSV UTF-8",
            RosterError::Name { .. } => "write one name of letters each, of at most 64 characters",
            RosterError::Day { .. } => "write the day as 2026-03-05, 2026-03 or 2026",
            RosterError::Period { .. } => "write the first day in from (任职) and the last one in to (离任)",
            RosterError::Rank { .. } => "write the rank as a whole number, 1 for the first",
        }
    }

    /// Line and column, from 1, where they are known.
    pub fn place(&self) -> Option<(usize, usize)> {
        match self {
            RosterError::TooLarge { .. } => None,
            RosterError::TooMany { line, .. } => Some((*line, 1)),
            RosterError::Form { line, column, .. }
            | RosterError::Encoding { line, column }
            | RosterError::Name { line, column, .. }
            | RosterError::Period { line, column, .. }
            | RosterError::Day { line, column, .. }
            | RosterError::Rank { line, column, .. } => Some((*line, *column)),
        }
    }
}
