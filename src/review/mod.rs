//! Review: what humans decide about an article, laid over whatever the machine says of it.
//!
//! A [`Log`] only grows: nothing in it is ever changed or taken out, undoing is a decision too. Two
//! logs of one story merge to the same whatever their order, since a log is a set and what it comes
//! to is computed from the set alone: a register with several values for each aspect of each place,
//! as in a multi-value register (Shapiro et al., *A comprehensive study of Convergent and
//! Commutative Replicated Data Types*, 2011). Where two people decided differently without having
//! seen each other, the later one shows, and the conflict is told. `docs/review.md` has the rules.
//!
//! ```
//! use mingzhu::review::{Action, Decision, Log, Review, State};
//! use mingzhu::{Article, OffsetUnit};
//!
//! # fn main() -> Result<(), mingzhu::review::ReviewError> {
//! let text = "副市长陈立群在会上发言。";
//! let machine = Article { unit: OffsetUnit::Utf16, ..Article::empty(12) };
//! let mut review = Review::new(text, machine, Log::default())?;
//! review.decide(Decision {
//!     id: "1".into(),
//!     author: "张三".into(),
//!     time: "2026-11-24T05:30:00Z".parse()?,
//!     target: review.target_of(3, 6),
//!     kind: None,
//!     action: Action::Add { kind: mingzhu::Kind::Official },
//!     reason: None,
//!     replaces: Vec::new(),
//! })?;
//! assert_eq!(review.outcome().marks[0].state, State::Added);
//! # Ok(())
//! # }
//! ```

mod answers;
mod decision;
mod error;
mod log;
mod moment;
mod order;
mod outcome;
mod registers;
mod replay;
mod reviewed;
mod taught;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::HashSet;

use crate::anchor::{self, Anchor, Selector};
use crate::article::{Article, OffsetUnit};
use crate::roster::Finding;
use decision::REPLACED;
use moment::DAY;
use replay::{Place, Places};

pub use decision::{Action, Decision, FindingKey};
pub(crate) use decision::{LONGEST, SELECTORS};
pub use error::ReviewError;
pub use log::{LOG_VERSION, Log};
pub use moment::Moment;
pub use outcome::{
    Answer, Aspect, Conflict, EntityChoice, Lost, Mark, Note, OfficeChoice, Outcome, State, Verdict, Why,
};

/// Version of the rules by which a story's text is read: the text as it is.
const TEXT_VERSION: u32 = 0;

/// A story with what the machine found in it and what humans decided. Offsets are UTF-16 units.
#[derive(Debug)]
pub struct Review {
    words: Vec<u16>,
    text: anchor::Text,
    article: Article,
    findings: answers::Findings,
    entries: log::Entries,
    outcome: Outcome,
    places: Places,
}

impl Review {
    /// Lays a log over a machine's article of this text.
    ///
    /// # Errors
    ///
    /// [`ReviewError::ArticleUnit`] when the article counts something else, [`ReviewError::ArticleLength`]
    /// when it is of another text, and those of [`Review::decide`].
    pub fn new(text: &str, article: Article, log: Log) -> Result<Self, ReviewError> {
        let words: Vec<u16> = text.encode_utf16().collect();
        check(&article, words.len())?;
        let text = anchor::Text::new(text);
        let mut review = Review {
            words,
            text,
            article,
            findings: answers::Findings::default(),
            entries: log::Entries::default(),
            outcome: Outcome::default(),
            places: Places::default(),
        };
        review.merge(log)?;
        Ok(review)
    }

    /// Takes in one decision that is made here; only its own place is looked for.
    ///
    /// # Errors
    ///
    /// One of the decision itself ([`Decision::check`]), or [`ReviewError::LogFull`]; then nothing has changed.
    pub fn decide(&mut self, decision: Decision) -> Result<(), ReviewError> {
        self.take_in(Log::from(vec![decision]), true)
    }

    /// Takes in the decisions of another log of the same story. Those that are known already count for nothing.
    ///
    /// # Errors
    ///
    /// As [`Review::decide`]; then nothing of it is taken in.
    pub fn merge(&mut self, log: Log) -> Result<(), ReviewError> {
        self.take_in(log, false)
    }

    fn take_in(&mut self, log: Log, here: bool) -> Result<(), ReviewError> {
        self.entries.merge(log, &self.text, here)?;
        self.replay();
        Ok(())
    }

    /// Lays the same decisions over a new machine run on the same text.
    ///
    /// # Errors
    ///
    /// As [`Review::new`]; then nothing has changed.
    pub fn set_article(&mut self, article: Article) -> Result<(), ReviewError> {
        check(&article, self.words.len())?;
        self.article = article;
        self.replay();
        Ok(())
    }

    /// Lays the same decisions over what a check has found. Its spans count UTF-16 units.
    pub fn set_findings(&mut self, findings: Vec<Finding>) {
        self.findings = findings.into();
        self.replay();
    }

    /// What the last check has found.
    pub fn findings(&self) -> &[Finding] {
        self.findings.all()
    }

    /// What the machine found.
    pub fn article(&self) -> &Article {
        &self.article
    }

    /// What it all comes to.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// Every decision there is, by time.
    pub fn log(&self) -> Log {
        self.entries.log()
    }

    /// A decision by its id.
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.entries.get(id).map(|entry| &entry.decision)
    }

    /// The words of a span.
    pub fn words(&self, start: u32, end: u32) -> String {
        let end = (end as usize).min(self.words.len());
        String::from_utf16_lossy(self.words.get(start as usize..end).unwrap_or_default())
    }

    /// How a decision names a span; empty where there is nothing but white space.
    pub fn target_of(&self, start: u32, end: u32) -> Vec<Selector> {
        let span = self.text.from_utf16(start)..self.text.from_utf16(end);
        let anchor = anchor::describe(&self.text, span);
        anchor.map(|anchor| anchor.into_selectors(TEXT_VERSION)).unwrap_or_default()
    }

    /// Tells its text from others.
    pub fn hash(&self) -> u64 {
        self.text.hash()
    }

    /// Selectors of others that say only where their words stand, with what is around them, where they stand there.
    pub fn pinned(&self, target: &[Selector]) -> Option<Vec<Selector>> {
        let anchor = Anchor::from_selectors(target.iter().cloned())?;
        anchor::pin(&self.text, &anchor).map(|anchor| anchor.into_selectors(TEXT_VERSION))
    }

    /// What somebody who decides on a place now has seen, notes left out: the decisions that hold for the subject
    /// there and for the names that overlap it, or would if none covered them. A decision that names them in `replaces` shows, whatever clocks say.
    pub fn seen(&self, start: u32, end: u32) -> Vec<&str> {
        let place = (start, end);
        let is_at = |mark: &&Mark, place| (mark.subject.start, mark.subject.end) == place;
        let marks = &self.outcome.marks;
        let origins = || [Some(place), self.places.moved.get(&place).copied()].into_iter().flatten();
        let own: Vec<&Mark> =
            origins().flat_map(|place| marks.iter().filter(move |mark| is_at(mark, place))).collect();
        let shown: Vec<Place> =
            own.iter().map(|mark| (mark.start, mark.end)).chain(std::iter::once(place)).collect();
        let overlaps = |mark: &Mark| shown.iter().any(|(start, end)| mark.start < *end && *start < mark.end);
        let is_name = |mark: &Mark| mark.state.is_living() || mark.state == State::Covered;
        let others = marks.iter().filter(|mark| is_name(mark) && overlaps(mark));
        let gone = origins().filter_map(|place| self.places.gone.get(&place));
        let meant = self.places.meant.get(&place);
        let holding = others.chain(own).map(|mark| &mark.holding).chain(gone).chain(meant);
        let mut seen: Vec<&str> = holding.flatten().map(String::as_str).collect();
        let position = |id: &&str| self.entries.get(id).map(|entry| entry.position);
        seen.sort_unstable_by_key(position);
        seen.dedup();
        // All before the last thousand come before whatever comes after these.
        seen.split_off(seen.len().saturating_sub(REPLACED))
    }

    /// The time of a decision that is made now: after all that there are, so that clocks which go back or are a
    /// little behind do not matter. Times that are days ahead are nobody's.
    pub fn moment(&self, now: Moment) -> Moment {
        let latest = self.entries.latest(now.later(DAY));
        latest.map_or(now, |latest| now.max(latest.later(1)))
    }

    /// The ids in a log that are not known yet: what taking it in would add, and what
    /// [`Action::Withdraw`] would take back again.
    pub fn unknown(&self, log: &Log) -> Vec<String> {
        let mut told = HashSet::new();
        let ids = log.decisions.iter().map(|decision| decision.id.as_str());
        let unknown = ids.filter(|id| self.entries.get(id).is_none() && told.insert(*id));
        unknown.map(str::to_owned).collect()
    }

    /// What an undo of this author would take back: the last decision of theirs that holds. Who does not sign
    /// can take back what was decided here ([`Review::decide`]), since others do not sign either.
    pub fn undo_of(&self, author: &str) -> Option<&str> {
        walk::undo_of(&self.entries.ordered(), author)
    }

    /// What a redo of this author would take back: their last undo, unless they have decided something since.
    pub fn redo_of(&self, author: &str) -> Option<&str> {
        walk::redo_of(&self.entries.ordered(), author)
    }

    fn replay(&mut self) {
        (self.outcome, self.places) = replay::replay(&self.article, &self.findings, &self.entries);
    }
}

/// The place of selectors in a text, in UTF-16 units.
fn place(selectors: &[Selector], text: &anchor::Text) -> Result<(u32, u32), Why> {
    let anchor = Anchor::from_selectors(selectors.iter().cloned()).ok_or(Why::Absent)?;
    let found = anchor::find(text, &anchor).map_err(Why::from)?;
    Ok((text.to_utf16(found.span.start), text.to_utf16(found.span.end)))
}

fn check(article: &Article, length: usize) -> Result<(), ReviewError> {
    if article.unit != OffsetUnit::Utf16 {
        return Err(ReviewError::ArticleUnit { found: article.unit });
    }
    let spans = article.mentions.iter().map(|mention| (mention.start, mention.end));
    let fits = spans.clone().all(|(start, end)| start < end && end as usize <= length);
    if article.length as usize != length || !fits || !spans.is_sorted() {
        return Err(ReviewError::ArticleLength { found: article.length, length });
    }
    Ok(())
}
