//! Why a decision or a log cannot be taken in.

use thiserror::Error;

use crate::article::OffsetUnit;

/// Why a decision or a log cannot be taken in. Nothing of it has been, then.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// The article does not count as a review does.
    #[error("the article counts {found:?}")]
    ArticleUnit {
        /// What it counts.
        found: OffsetUnit,
    },
    /// The article is of another text, or damaged.
    #[error("the article is of a text of {found} units, and this one has {length}")]
    ArticleLength {
        /// The length it says.
        found: u32,
        /// The length of the text.
        length: usize,
    },
    /// What is handed in is no log.
    #[error("line {line}, column {column}: {detail}")]
    LogInvalid {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What does not hold.
        detail: String,
    },
    /// The log was written by another version.
    #[error("a log of version {found}, this build reads {expected}")]
    LogVersion {
        /// The version this build reads.
        expected: u32,
        /// The version it has.
        found: u32,
    },
    /// There are more decisions than are taken.
    #[error("{found} decisions, at most {limit} are taken")]
    LogFull {
        /// How many there would be.
        found: usize,
        /// The most that are taken.
        limit: usize,
    },
    /// A decision is none that can be laid over a text.
    #[error("decision {id:?}: {detail}")]
    DecisionInvalid {
        /// Its id.
        id: String,
        /// What does not hold.
        detail: &'static str,
    },
    /// A time is none.
    #[error("{found:?} is no time")]
    TimeInvalid {
        /// What stands in its place.
        found: String,
    },
}

impl ReviewError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            ReviewError::ArticleUnit { .. } => "ARTICLE_UNIT",
            ReviewError::ArticleLength { .. } => "ARTICLE_LENGTH",
            ReviewError::LogInvalid { .. } => "LOG_INVALID",
            ReviewError::LogVersion { .. } => "LOG_VERSION",
            ReviewError::LogFull { .. } => "LOG_FULL",
            ReviewError::DecisionInvalid { .. } => "DECISION_INVALID",
            ReviewError::TimeInvalid { .. } => "TIME_INVALID",
        }
    }

    /// What the caller can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            ReviewError::ArticleUnit { .. } => "annotate for UTF-16 units",
            ReviewError::ArticleLength { .. } => "annotate the same text that is reviewed",
            ReviewError::LogInvalid { .. } => "hand in what the review wrote, unchanged",
            ReviewError::LogVersion { .. } => "use the version that wrote the log, or a newer one",
            ReviewError::LogFull { .. } => "review the parts of the story one by one",
            ReviewError::DecisionInvalid { .. } => "see docs/review.md for what a decision has",
            ReviewError::TimeInvalid { .. } => "write the time as 2026-11-24T05:30:00Z",
        }
    }
}
