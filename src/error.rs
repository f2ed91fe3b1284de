//! What can go wrong, each with a stable code and a hint that says what to do.

use thiserror::Error;

/// Why assets could not be read or a text could not be annotated.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not one of our asset files at all.
    #[error("{asset}: not a mingzhu asset")]
    AssetMagic {
        /// Name of the file or of the asset.
        asset: String,
    },
    /// The file is one of ours, but of another kind.
    #[error("{asset}: expected a {expected} asset, found {found:?}")]
    AssetKind {
        /// Name of the file or of the asset.
        asset: String,
        /// The kind that was asked for.
        expected: &'static str,
        /// The kind the file says it has.
        found: String,
    },
    /// The file was written by another version of the format.
    #[error("{asset}: format version {found}, this build reads {expected}")]
    AssetVersion {
        /// Name of the file or of the asset.
        asset: String,
        /// The version this build reads.
        expected: u32,
        /// The version the file has.
        found: u32,
    },
    /// Fewer or more bytes than the header announces.
    #[error("{asset}: {found} bytes of content, the header announces {expected}")]
    AssetLength {
        /// Name of the file or of the asset.
        asset: String,
        /// Bytes announced.
        expected: u64,
        /// Bytes present.
        found: u64,
    },
    /// The bytes were changed on the way.
    #[error("{asset}: checksum {found:08x}, the header says {expected:08x}")]
    AssetChecksum {
        /// Name of the file or of the asset.
        asset: String,
        /// Checksum in the header (CRC-32).
        expected: u32,
        /// Checksum of the bytes.
        found: u32,
    },
    /// The bytes are as they were written, but do not describe a usable asset.
    #[error("{asset}: {detail}")]
    AssetInvalid {
        /// Name of the file or of the asset.
        asset: String,
        /// What does not hold.
        detail: String,
    },
    /// Offsets are 32-bit.
    #[error("the text has {length} bytes, at most {limit} can be annotated")]
    TextTooLong {
        /// Bytes of the text.
        length: usize,
        /// The most that is taken.
        limit: usize,
    },
    /// The model was not trained on the corpus whose guideline was asked for.
    #[error("the model does not know the guideline {asked:?}; it knows {known}")]
    GuidelineUnknown {
        /// The name asked for.
        asked: String,
        /// The names there are, joined by commas.
        known: String,
    },
    /// A term has a line break or another character that no name has.
    #[error("the term has a control character at character {}", at + 1)]
    TermControl {
        /// Where, counted from zero.
        at: usize,
    },
    /// A term has no letter and no digit.
    #[error("the term has no letter in it")]
    TermEmpty,
    /// A term is longer than names are.
    #[error("the term has {length} characters, a name has at most {limit}")]
    TermTooLong {
        /// Characters of the term.
        length: usize,
        /// The most that are taken.
        limit: usize,
    },
    /// A name of a gazetteer's entry is none.
    #[error("{found:?} is no name of a division or a body")]
    EntryName {
        /// What stands in its place.
        found: String,
    },
    /// A code has no level of divisions.
    #[error("{code} is no code of a division")]
    EntryCode {
        /// The number.
        code: u32,
    },
    /// A date is none, or written in another way.
    #[error("{found:?} is no date")]
    DateInvalid {
        /// What stands in its place.
        found: String,
    },
    /// A kind is named that there is not.
    #[error("{found:?} is no kind")]
    KindUnknown {
        /// What stands in its place.
        found: String,
    },
}

impl Error {
    /// A stable name for programs; part of the public interface.
    pub fn code(&self) -> &'static str {
        match self {
            Error::AssetMagic { .. } => "ASSET_MAGIC",
            Error::AssetKind { .. } => "ASSET_KIND",
            Error::AssetVersion { .. } => "ASSET_VERSION",
            Error::AssetLength { .. } => "ASSET_LENGTH",
            Error::AssetChecksum { .. } => "ASSET_CHECKSUM",
            Error::AssetInvalid { .. } => "ASSET_INVALID",
            Error::TextTooLong { .. } => "TEXT_TOO_LONG",
            Error::GuidelineUnknown { .. } => "GUIDELINE_UNKNOWN",
            Error::TermControl { .. } => "TERM_CONTROL",
            Error::TermEmpty => "TERM_EMPTY",
            Error::TermTooLong { .. } => "TERM_TOO_LONG",
            Error::EntryName { .. } => "ENTRY_NAME",
            Error::EntryCode { .. } => "ENTRY_CODE",
            Error::DateInvalid { .. } => "DATE_INVALID",
            Error::KindUnknown { .. } => "KIND_UNKNOWN",
        }
    }

    /// What the caller can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Error::AssetMagic { .. } => {
                "check the address: a server that answers with a page instead of the file looks like this"
            }
            Error::AssetKind { .. } => "pass dictionary, gazetteer and model in their own places",
            Error::AssetVersion { .. } => "use the assets that were published with this build",
            Error::AssetLength { .. } => "the download broke off or was altered: fetch the file again",
            Error::AssetChecksum { .. } => "the file was damaged or altered: fetch it again",
            Error::AssetInvalid { .. } => "use the assets that were published with this build",
            Error::TextTooLong { .. } => "annotate the parts of the text one by one",
            Error::GuidelineUnknown { .. } => "ask for one of the guidelines the model knows",
            Error::TermControl { .. } => "write one name a term, without line breaks and tabs",
            Error::TermEmpty => "leave empty lines and cells out of the list",
            Error::TermTooLong { .. } => "a term is a name as an article writes it, not a sentence",
            Error::EntryName { .. } => "write one name each, without line breaks, and leave empty ones out",
            Error::EntryCode { .. } => {
                "write two digits for a province, four for a city, six for a county, nine for a township"
            }
            Error::DateInvalid { .. } => "write the day as 2026-03-05",
            Error::KindUnknown { .. } => "write official, person, place or organization",
        }
    }
}

/// A result with our [`enum@Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Where JSON cannot be read, as a person counts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct JsonFault {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What does not hold.
    pub detail: String,
}

impl JsonFault {
    /// serde_json counts bytes, and says so once more at the end of its message.
    pub(crate) fn new(text: &str, error: &serde_json::Error) -> Self {
        let line = text.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
        let bytes = &line.as_bytes()[..error.column().min(line.len())];
        // Whatever does not go on with a character begins one.
        let column = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let told = error.to_string();
        let detail = told.rsplit_once(" at line ").map_or(told.as_str(), |(detail, _)| detail).to_owned();
        JsonFault { line: error.line().max(1), column: column.max(1), detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_wrong_where_a_person_sees_it() {
        let fault = |text: &str| {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            let JsonFault { line, column, detail } = JsonFault::new(text, &error);
            assert!(!detail.contains("line"), "{detail}");
            (line, column)
        };
        assert_eq!(fault("{\n \"名字\": ,}"), (2, 8));
        assert_eq!(fault("[\"a\": ,]"), (1, 5));
        assert_eq!(fault(""), (1, 1));
        assert_eq!(fault("[\n"), (2, 1));
    }
}
