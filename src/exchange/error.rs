//! Why a file cannot be read.

use thiserror::Error;

use crate::review::ReviewError;

/// Why a file cannot be read. Nothing of it was applied.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExchangeError {
    /// It is larger than any story's annotations are.
    #[error("{found} bytes, at most {limit} are read")]
    TooLarge {
        /// How many it has.
        found: usize,
        /// The most that are read.
        limit: usize,
    },
    /// It is no JSON.
    #[error("line {line}, column {column}: {detail}")]
    NotJson {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What does not hold.
        detail: String,
    },
    /// It is JSON, but no annotations.
    #[error("there are no annotations in it")]
    UnknownForm,
    /// It has more annotations than any story has.
    #[error("{found} annotations, at most {limit} are read")]
    TooMany {
        /// How many it has.
        found: usize,
        /// The most that are read.
        limit: usize,
    },
    /// A decision in it is none.
    #[error(transparent)]
    Decision(#[from] ReviewError),
}

impl ExchangeError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            ExchangeError::TooLarge { .. } => "FILE_TOO_LARGE",
            ExchangeError::NotJson { .. } => "FILE_NOT_JSON",
            ExchangeError::UnknownForm => "FILE_UNKNOWN",
            ExchangeError::TooMany { .. } => "FILE_TOO_MANY",
            ExchangeError::Decision(error) => error.code(),
        }
    }

    /// What the caller can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            ExchangeError::TooLarge { .. } | ExchangeError::TooMany { .. } => "export the stories one by one",
            ExchangeError::NotJson { .. } => "export the file again; it may have been cut off",
            ExchangeError::UnknownForm => {
                "W3C Web Annotations are read, and what Hypothesis and Recogito export as JSON"
            }
            ExchangeError::Decision(error) => error.hint(),
        }
    }

    /// Line and column, from 1, where they are known.
    pub fn place(&self) -> Option<(usize, usize)> {
        match self {
            ExchangeError::NotJson { line, column, .. } => Some((*line, *column)),
            ExchangeError::Decision(ReviewError::LogInvalid { line, column, .. }) => Some((*line, *column)),
            _ => None,
        }
    }
}
