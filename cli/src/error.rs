//! What can go wrong, for the whole run, for a file and for a line.

use std::error::Error as _;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// How a run ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// Everything was annotated.
    Complete,
    /// Some lines or files were bad and are reported; the rest was annotated.
    SomeBad,
}

/// Why nothing can be done.
#[derive(Debug, Error)]
pub enum Error {
    /// An asset file is not there or not readable.
    #[error("{}", path.display())]
    Asset {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The library refused the assets or the guideline.
    #[error(transparent)]
    Library(#[from] mingzhu::Error),
    /// The terms cannot be used.
    #[error(transparent)]
    Terms(TermsError),
    /// The user's gazetteer cannot be used.
    #[error(transparent)]
    Gazetteer(TermsError),
    /// Output cannot be written.
    #[error("cannot write the output")]
    Output(#[source] io::Error),
}

impl Error {
    /// True when whoever read our output has gone, which is no mistake of anyone's.
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Error::Output(source) if source.kind() == io::ErrorKind::BrokenPipe)
    }

    fn hint(&self) -> &'static str {
        match self {
            Error::Asset { .. } => {
                "name the folder with dictionary.mz, gazetteer.mz and the model that is asked for by --assets"
            }
            Error::Library(error) => error.hint(),
            Error::Terms(_) => {
                "write text,kind lines, or a JSON array of {\"text\", \"kind\"}; kinds are official, person, \
                 place and organization"
            }
            Error::Gazetteer(_) => {
                "write name,forms,code lines with forms parted by |, or a JSON array of {\"name\", \"forms\", \
                 \"code\"}; divisions have a code of 2, 4, 6 or 9 digits, bodies have none"
            }
            Error::Output(_) => "see that the disk is not full",
        }
    }

    /// Prints the error, its causes and its hint.
    pub fn report(&self) {
        eprintln!("error: {self}");
        let mut cause = self.source();
        while let Some(inner) = cause {
            eprintln!("  because: {inner}");
            cause = inner.source();
        }
        eprintln!("  hint: {}", self.hint());
    }
}

/// Why one file was left out.
#[derive(Debug, Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("{name}: {source}")]
    Read {
        /// The file as the user named it.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// Its bytes are not text as we read it.
    #[error("{name}: not UTF-8 at byte {byte} (convert it first: iconv -f GB18030 -t UTF-8)")]
    NotUtf8 {
        /// The file as the user named it.
        name: String,
        /// Where reading broke off.
        byte: usize,
    },
    /// The library refused the text.
    #[error("{name}: {source}")]
    Library {
        /// The file as the user named it.
        name: String,
        /// What the library said.
        source: mingzhu::Error,
    },
}

/// Why a list of terms, or a gazetteer, cannot be used.
#[derive(Debug, Error)]
pub enum TermsError {
    /// Its file cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// One of them is none.
    #[error("{name}: line {line}, column {column}: {message}")]
    Bad {
        /// The file as the user named it.
        name: String,
        /// Counted from one.
        line: u64,
        /// Counted from one: the character of a line of JSON, the column of a table.
        column: u64,
        /// What is wrong there.
        message: String,
    },
}

/// Why one line was left out.
#[derive(Debug, Error)]
pub enum LineError {
    /// Longer than any line we keep in memory.
    #[error("longer than {limit} bytes")]
    TooLong {
        /// The most that is taken.
        limit: usize,
    },
    /// Not an object with `id` and `text`.
    #[error("{0} (expected {{\"id\": …, \"text\": \"…\"}})")]
    Json(#[from] serde_json::Error),
    /// The library refused the text.
    #[error("{0}")]
    Library(#[from] mingzhu::Error),
    /// A fault of ours, kept to its line.
    #[error("internal error while annotating it; please report it with the line")]
    Panic,
}
