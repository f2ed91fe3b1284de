//! Verdicts as schema.org's ClaimReview.

use serde_json::{Value, json};

use super::{About, decided, findings, reasons};
use crate::review::{Mark, Moment, Review, State};

/// What a verdict's rating means: from 1, wrong, to 5, right.
pub(super) const WORST: u32 = 1;
pub(super) const BEST: u32 = 5;

/// So many characters of the sentence are quoted on each side, in UTF-16 units.
const REACH: u32 = 60;

/// What is said of the story by name, in the reader's language.
#[derive(Clone, Debug)]
pub struct Verdicts<'a> {
    /// The name stands there rightly.
    pub right: &'a str,
    /// It is somebody else, or holds another office, than it says.
    pub corrected: &'a str,
    /// It is wrong.
    pub wrong: &'a str,
}

impl Default for Verdicts<'_> {
    fn default() -> Self {
        Verdicts { right: "正确", corrected: "需更正", wrong: "不成立" }
    }
}

/// A ClaimReview for each name that a human has decided on: the claim is what the story says there.
/// A rating goes from 1, wrong, over 3, corrected, to 5, right.
///
/// It is the story that is rated, never the machine: what the machine took for a name and is none is no claim of
/// anybody's, and neither its wrong kind nor a name that it missed is a fault of the story.
pub fn write(review: &Review, about: &About, verdicts: &Verdicts<'_>) -> Value {
    let is_name = |mark: &&Mark| matches!(mark.state, State::Confirmed | State::Changed | State::Added);
    let marks = review.outcome().marks.iter().filter(is_name);
    let marks = marks.map(|mark| claim(mark, review, about, verdicts));
    marks.chain(findings::claims(review, about, verdicts)).collect()
}

fn claim(mark: &Mark, review: &Review, about: &About, verdicts: &Verdicts<'_>) -> Value {
    let words = review.words(mark.start, mark.end);
    let other = mark.entity.as_ref().is_some_and(|entity| entity.name != words) || mark.office.is_some();
    let (rating, verdict) = if other { (3, verdicts.corrected) } else { (BEST, verdicts.right) };
    let mut said = vec![words, mark.kind.name().to_owned()];
    said.extend(mark.entity.iter().map(|entity| entity.name.clone()));
    said.extend(mark.office.iter().flat_map(|office| office.body.iter().chain([&office.title]).cloned()));
    let last = decided(mark, review).last();
    let notes = mark.notes.iter().map(|note| note.text.clone());
    let body: Vec<String> = reasons(mark, review).into_iter().chain(notes).collect();
    Said {
        name: said.join(" · "),
        sentence: sentence(mark.start, mark.end, review),
        rating,
        verdict,
        signed: last.map(|decision| (decision.time, decision.author.as_str())),
        body,
    }
    .written(about)
}

/// What is said of a place of the story, whoever or whatever drew attention to it.
pub(super) struct Said<'a> {
    pub name: String,
    pub sentence: String,
    pub rating: u32,
    pub verdict: &'a str,
    /// When, and by whom; empty where nobody signed.
    pub signed: Option<(Moment, &'a str)>,
    pub body: Vec<String>,
}

impl Said<'_> {
    /// It as a ClaimReview.
    pub fn written(&self, about: &About) -> Value {
        let mut claim = json!({
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "claimReviewed": self.sentence,
            "itemReviewed": {
                "@type": "Claim",
                "name": self.name,
                "appearance": { "@type": "NewsArticle", "headline": about.title },
            },
            "reviewRating": {
                "@type": "Rating",
                "ratingValue": self.rating,
                "bestRating": BEST,
                "worstRating": WORST,
                "alternateName": self.verdict,
            },
        });
        if !about.source.is_empty() {
            claim["url"] = about.source.as_str().into();
            claim["itemReviewed"]["appearance"]["url"] = about.source.as_str().into();
        }
        if let Some(date) = &about.date {
            claim["itemReviewed"]["appearance"]["datePublished"] = date.as_str().into();
        }
        if let Some((time, author)) = self.signed {
            claim["datePublished"] = time.to_string()[..10].into();
            if !author.is_empty() {
                claim["author"] = json!({ "@type": "Person", "name": author });
            }
        }
        if !self.body.is_empty() {
            claim["reviewBody"] = self.body.join("\n").into();
        }
        claim
    }
}

/// The sentence that a span stands in, or as much of it as can be quoted.
pub(super) fn sentence(start: u32, end: u32, review: &Review) -> String {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n');
    let before = review.words(start.saturating_sub(REACH), start);
    let after = review.words(end, end.saturating_add(REACH));
    let before = before.rsplit(ends).next().unwrap_or_default();
    let after: String = after.split_inclusive(ends).next().unwrap_or_default().into();
    let quoted = format!("{before}{}{after}", review.words(start, end));
    quoted.trim().replace('\u{FFFD}', "")
}
