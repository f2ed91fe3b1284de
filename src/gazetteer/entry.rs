//! What a user knows besides: divisions and bodies.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A division, when it has a code, or a body, with the other names it goes by.
///
/// ```
/// use mingzhu::Entry;
///
/// let zone = Entry::new("滨州经济技术开发区", ["滨州经开区".to_owned()], Some(371671))?;
/// let body = Entry::new("云溪县青禾计划办公室", ["青禾办".to_owned()], None)?;
/// assert_eq!(Entry::new("滨州市", [], Some(371)).unwrap_err().code(), "ENTRY_CODE");
/// # Ok::<(), mingzhu::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Entry {
    pub(super) name: String,
    pub(super) forms: Vec<String>,
    pub(super) code: Option<u32>,
}

/// An entry as somebody wrote it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    forms: Vec<String>,
    #[serde(default)]
    code: Option<u32>,
}

impl TryFrom<Written> for Entry {
    type Error = Error;

    fn try_from(Written { name, forms, code }: Written) -> Result<Self> {
        Entry::new(name, forms, code)
    }
}

impl Entry {
    /// An entry by its full name and its other forms; with a code of two, four, six or nine digits
    /// it is a division, of those whose codes it begins with.
    ///
    /// # Errors
    ///
    /// [`Error::EntryName`], [`Error::EntryCode`].
    pub fn new(
        name: impl Into<String>,
        forms: impl IntoIterator<Item = String>,
        code: Option<u32>,
    ) -> Result<Self> {
        let (name, forms) = (name.into(), Vec::from_iter(forms));
        for name in forms.iter().chain([&name]) {
            if name.chars().any(char::is_control) || !name.chars().any(char::is_alphanumeric) {
                return Err(Error::EntryName { found: name.clone() });
            }
        }
        if let Some(code) = code
            && !matches!(code, 11..100 | 1_100..10_000 | 110_000..1_000_000 | 110_000_000..1_000_000_000)
        {
            return Err(Error::EntryCode { code });
        }
        Ok(Entry { name, forms, code })
    }
}
