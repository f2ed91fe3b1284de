//! Titles and who holds them: the ties person ↔ title ↔ body or place.
//!
//! The tagger marks names and titles; a small grammar over the marked spans and the words
//! between them says which title belongs to whom. It reads what news writes:
//!
//! | form | example |
//! | --- | --- |
//! | titles before the name | 滨州市副市长王某, 党组书记、局长王某, 记者：王某 |
//! | one title, several people | 副市长甲、乙和丙, 通讯员 甲 乙 |
//! | several titles, each with its body | 中央政治局常委、国务院总理某某 |
//! | titles after the name | 王某局长, 王市长, 免去王某市教育局局长职务 |
//! | in apposition | 王某，滨州市副市长，…; 王某（市教育局局长） |
//! | by a verb | 王某任副市长, 组长由王某担任, 任命王某为局长 |
//!
//! A tie never crosses the end of a sentence or another person's title. Whether an office is
//! public is decided by tables of office words and of bodies (`standing.rs`).

mod committee;
mod grammar;
mod posts;
mod read;
mod standing;
mod status;
mod words;

#[cfg(test)]
pub(crate) mod marked;
#[cfg(test)]
pub(crate) mod tests;

pub use committee::fuse_committees;
pub(crate) use read::read;
pub(crate) use standing::{before_head, head_of, is_private};
pub(crate) use words::BYLINE;

use crate::article::{Office, Post, Span, Status, Title};
use crate::tagger::{Label, Labelled};

/// The titles of a text and who holds them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Held {
    /// Every title among the spans, in order.
    pub titles: Vec<Title>,
    /// The ties, by person and then by title. [`Office::person`], [`Office::body`] and
    /// [`Office::place`] count the spans that are no titles, in order, as
    /// [`Article::mentions`](crate::Article::mentions) does.
    pub offices: Vec<Office>,
}

/// Ties the titles of a text to the people who hold them.
///
/// `spans` must be sorted and must not overlap, as the tagger gives them; offsets count
/// bytes of `text`.
///
/// ```
/// use mingzhu::office::attach;
/// use mingzhu::{Label, Labelled};
///
/// let text = "滨州市副市长杜玉杰出席会议。";
/// let span = |start, end, label| Labelled { start, end, label, score: 1.0 };
/// let held = attach(text, &[
///     span(0, 9, Label::Place),
///     span(9, 18, Label::Title),
///     span(18, 27, Label::Person),
/// ]);
/// let office = &held.offices[0];
/// assert_eq!((office.person, office.title, office.place, office.public), (1, 0, Some(0), true));
/// ```
pub fn attach(text: &str, spans: &[Labelled]) -> Held {
    let mut mentions = 0;
    let mut titles = Vec::new();
    // Where each span stands among the mentions or among the titles.
    let index: Vec<u32> = spans
        .iter()
        .map(|span| match span.label {
            Label::Title => {
                titles.push(Title { start: span.start, end: span.end, score: span.score });
                titles.len() as u32 - 1
            }
            _ => {
                mentions += 1;
                mentions - 1
            }
        })
        .collect();
    let phrase = grammar::Phrases::new(text, spans);
    let standings = phrase.standings();
    let decisions = status::decisions(&phrase);
    let mut offices: Vec<Office> = phrase
        .ties()
        .into_iter()
        .map(|tie| {
            let post = &phrase.posts[tie.post];
            let said = phrase.status(tie, &decisions);
            let spans_of = [Some(tie.person), Some(post.title), post.body, post.place];
            let mut evidence: Vec<Span> = (spans_of.into_iter().flatten())
                .map(|i| Span { start: spans[i].start, end: spans[i].end })
                .chain(said.map(|(_, span)| span))
                .collect();
            evidence.sort_unstable();
            let title = &spans[post.title];
            let title = text.get(title.start as usize..title.end as usize).unwrap_or("");
            let (public, because) = standings[tie.post].clone();
            let mut posts = posts::posts(title, said.map_or(Status::Current, |(status, _)| status));
            if !post.before.is_empty() {
                posts.iter_mut().for_each(|p| p.body = Some(post.before.clone()));
            }
            Office {
                person: index[tie.person],
                title: index[post.title],
                body: post.body.map(|i| index[i]),
                place: post.place.map(|i| index[i]),
                public,
                because,
                posts,
                evidence,
            }
        })
        .collect();
    offices.sort_unstable_by_key(|office| (office.person, office.title));
    offices.dedup_by_key(|office| (office.person, office.title));
    Held { titles, offices }
}

/// The posts of a title that stands in no text, such as one that a human gives.
pub fn posts_of(title: &str) -> Vec<Post> {
    posts::posts(title, Status::Current)
}
