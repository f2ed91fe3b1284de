//! What a user knows beforehand: names with their kinds, which win over the model.
//!
//! Terms are matched on the text as the model reads it: a Simplified term finds its Traditional
//! and full-width forms, and those that a line break cuts. The longest that fits its place wins
//! (`place.rs` says what fits).

mod place;

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Kind};
use crate::error::{Error, Result};
use crate::tagger::Label;
use crate::text::{Simplifier, is_invisible};

/// The most characters of a term: one bit for each length, and no name of news is longer.
const LONGEST: usize = 64;

/// A name and what it names.
///
/// ```
/// use mingzhu::{Kind, Term};
///
/// let term = Term::new("云泽市妇联", Kind::Organization)?;
/// assert_eq!(term.kind(), Kind::Organization);
/// assert_eq!(Term::new(" ", Kind::Place).unwrap_err().code(), "TERM_EMPTY");
/// # Ok::<(), mingzhu::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Term {
    text: String,
    kind: Kind,
}

/// A term as somebody wrote it.
#[derive(Deserialize)]
struct Written {
    text: String,
    kind: Kind,
}

impl TryFrom<Written> for Term {
    type Error = Error;

    fn try_from(Written { text, kind }: Written) -> Result<Self> {
        Term::new(text, kind)
    }
}

impl Term {
    /// A term of at most 64 characters, white space not counted.
    ///
    /// With [`Kind::Official`] the name is a person's, and the person an official whatever the
    /// text says; with [`Kind::Person`] the text decides.
    ///
    /// # Errors
    ///
    /// [`Error::TermControl`], [`Error::TermEmpty`], [`Error::TermTooLong`].
    pub fn new(text: impl Into<String>, kind: Kind) -> Result<Self> {
        let text = text.into();
        if let Some(at) = text.chars().position(char::is_control) {
            return Err(Error::TermControl { at });
        }
        if !text.chars().any(char::is_alphanumeric) {
            return Err(Error::TermEmpty);
        }
        let length = text.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).count();
        if length > LONGEST {
            return Err(Error::TermTooLong { length, limit: LONGEST });
        }
        Ok(Term { text, kind })
    }

    /// The name.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it names.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

/// Terms that were added together, and can be removed together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TermsId(u32);

impl TermsId {
    /// For handing it to those who know only numbers.
    pub fn number(self) -> u32 {
        self.0
    }

    /// What [`TermsId::number`] gave.
    pub fn from_number(number: u32) -> Self {
        TermsId(number)
    }
}

/// A name as the model reads it.
type Name = Arc<[char]>;

/// All terms of an annotator.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    /// In the order they were added.
    lists: Vec<(TermsId, Vec<(Name, Kind)>)>,
    /// What each name means by the newest list that has it.
    kinds: HashMap<Name, Kind>,
    /// By first character, how long the names are that begin with it: bit 0 for one character.
    lengths: HashMap<char, u64>,
    last: u32,
}

impl Terms {
    /// True when there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Adds terms. Of those with the same name the last one counts.
    pub fn add(&mut self, terms: impl IntoIterator<Item = Term>, simplifier: &Simplifier) -> TermsId {
        self.last += 1;
        let read = |term: Term| (Name::from(simplifier.normalize(&term.text).chars), term.kind);
        self.lists.push((TermsId(self.last), terms.into_iter().map(read).collect()));
        self.learn(self.lists.len() - 1);
        TermsId(self.last)
    }

    /// Takes terms back, so that what older lists say of the same names counts again; false
    /// when there are none of this id.
    pub fn remove(&mut self, id: TermsId) -> bool {
        let Some(index) = self.lists.iter().position(|(list, _)| *list == id) else { return false };
        self.lists.remove(index);
        (self.kinds, self.lengths) = Default::default();
        (0..self.lists.len()).for_each(|list| self.learn(list));
        true
    }

    fn learn(&mut self, list: usize) {
        let (_, terms) = &self.lists[list];
        self.kinds.reserve(terms.len());
        for (name, kind) in terms {
            // No term is empty, nor longer than the bits are.
            *self.lengths.entry(name[0]).or_default() |= 1 << (name.len() - 1);
            self.kinds.insert(Arc::clone(name), *kind);
        }
    }

    /// What exactly these characters mean.
    pub fn kind(&self, name: &[char]) -> Option<Kind> {
        self.kinds.get(name).copied()
    }

    /// The terms that `chars` begins with, longest first.
    fn beginning<'a>(&'a self, chars: &'a [char]) -> impl Iterator<Item = (usize, Kind)> + 'a {
        let lengths = chars.first().and_then(|first| self.lengths.get(first)).copied().unwrap_or(0);
        let known = move |length: &usize| lengths >> (length - 1) & 1 == 1;
        let lengths = (1..=LONGEST.min(chars.len())).rev().filter(known);
        lengths.filter_map(|length| Some((length, self.kind(&chars[..length])?)))
    }
}

/// What the model marks when it is told of a kind.
fn label(kind: Kind) -> Label {
    match kind {
        Kind::Official | Kind::Person => Label::Person,
        Kind::Place => Label::Place,
        Kind::Organization => Label::Organization,
    }
}

/// Makes the people officials who are mentioned at these starts, in order.
pub(crate) fn appoint(article: &mut Article, officials: &[u32]) {
    for mention in &article.mentions {
        let entity = &mut article.entities[mention.entity as usize];
        if entity.kind == Kind::Person && officials.binary_search(&mention.start).is_ok() {
            entity.kind = Kind::Official;
        }
    }
    for mention in &mut article.mentions {
        mention.kind = article.entities[mention.entity as usize].kind;
    }
}

#[cfg(test)]
mod tests;
