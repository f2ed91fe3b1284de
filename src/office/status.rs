//! Whether an office is held: 原, 代, 曾任, 任命…为, 免去…职务.
//!
//! What says so stands in one of four places, read in this order: the verb between a person
//! and the office, the words around a removal or an appointment, the words right before the
//! title or its body, and the title itself (`posts.rs`).

use super::grammar::{Phrases, Tie, ends_with_any, last_clause, verb_at_end};
use super::read::{REACH, last_of};
use super::words::BODY_END;
use crate::article::{Span, Status};

/// Words right before a title, or its body, that say when it is held. Those of one character end
/// other words as well (春节前, 新一代): see [`stands_alone`].
const BEFORE: &[(&str, Status)] = &[
    ("时任", Status::Former),
    ("前任", Status::Former),
    ("当时的", Status::Former),
    ("生前系", Status::Former),
    ("原", Status::Former),
    ("前", Status::Former),
    ("现任", Status::Current),
    ("新任", Status::Appointed),
    ("候任", Status::Designate),
    ("拟任", Status::Designate),
    ("代理", Status::Acting),
    ("代", Status::Acting),
];

/// What a word of one character may stand behind in its clause, besides a name and a body.
const LEADS: &[&str] = &[
    "的", "由", "和", "与", "及", "对", "是", "系", "为", "给", "了", "将", "把", "被", "据", "经", "让",
    "请", "见", "位", "名", "国", "、",
];

/// A moment, and no former holder: of bodies that meet and places that people stand before.
const MOMENTS: &[&str] = &["会前", "行前", "站前", "室前", "台前", "园前", "村前", "网前"];

/// Verbs between a person and an office, but for those that leave it current.
const VERBS: &[(&str, Status)] = &[
    ("出任", Status::Appointed),
    ("就任", Status::Appointed),
    ("升任", Status::Appointed),
    ("接任", Status::Appointed),
    ("转任", Status::Appointed),
    ("调任", Status::Appointed),
    ("当选为", Status::Appointed),
    ("当选", Status::Appointed),
    ("成为", Status::Appointed),
    ("历任", Status::Former),
    ("曾任", Status::Former),
    ("时任", Status::Former),
    ("不再担任", Status::Removed),
    ("不再兼任", Status::Removed),
    ("被免去", Status::Removed),
    ("被免", Status::Removed),
    ("被罢免", Status::Removed),
    ("被撤销", Status::Removed),
    ("被任命为", Status::Appointed),
    ("被选举为", Status::Appointed),
    ("被推选为", Status::Appointed),
    ("被聘为", Status::Appointed),
    ("被提名为", Status::Designate),
    ("辞去", Status::Removed),
    ("卸任", Status::Removed),
];

/// Words that open an appointment or a removal, which may be a list.
const DECISIONS: &[(&str, Status)] = &[
    ("任命", Status::Appointed),
    ("选举", Status::Appointed),
    ("推选", Status::Appointed),
    ("聘任", Status::Appointed),
    ("聘请", Status::Appointed),
    ("增补", Status::Appointed),
    ("补选", Status::Appointed),
    ("提名", Status::Designate),
    ("免去", Status::Removed),
    ("免除", Status::Removed),
    ("罢免", Status::Removed),
    ("撤销", Status::Removed),
    ("辞去", Status::Removed),
];

/// A status and the word that says so.
pub(super) type Said = (Status, Span);

/// What each person stands under: the last 任命 or 免去 before, in the same sentence.
pub(super) fn decisions(phrases: &Phrases<'_>) -> Vec<Option<Said>> {
    let mut current: Option<Said> = None;
    let mut start = 0;
    phrases
        .spans
        .iter()
        .map(|span| {
            let between = phrases.text.get(start as usize..span.start as usize).unwrap_or("");
            let sentence = between.rfind(['。', '！', '？', '!', '?']);
            if sentence.is_some() {
                current = None;
            }
            let sentence = sentence.unwrap_or(0);
            let found = DECISIONS
                .iter()
                .filter_map(|(word, status)| Some((last_of(&between[sentence..], word)?, *status)))
                .max_by_key(|(at, _)| at.start);
            if let Some((at, status)) = found {
                let from = start + sentence as u32;
                current = Some((status, Span { start: from + at.start as u32, end: from + at.end as u32 }));
            }
            start = span.end;
            current
        })
        .collect()
}

impl Phrases<'_> {
    /// Whether the person of a tie holds the office, where the words around the title tell.
    pub(super) fn status(&self, tie: Tie, decisions: &[Option<Said>]) -> Option<Said> {
        let chain = self.chain_of(tie.post);
        let (first, last) = (&self.posts[chain.start], &self.posts[chain.end - 1]);
        let after = &self.after[last.title].words;
        if tie.person < first.first {
            let decided = decisions[tie.person];
            let before = first.first - 1;
            if let Some((head, verb)) = verb_at_end(&self.after[before].words) {
                return self.by_verb(before, head, verb).or_else(|| {
                    let given = matches!(verb, "为" | "任" | "担任" | "成为");
                    decided.filter(|(status, _)| given && *status != Status::Removed)
                });
            }
            let removed =
                ["职务", "一职", "职位", "的职务", "等职"].iter().any(|word| after.starts_with(word));
            if let Some((Status::Removed, _)) = decided
                && removed
            {
                return decided;
            }
        } else {
            let gap = &self.after[last.title].words;
            let follows = &self.after[tie.person].words;
            if gap == "由" && ["出任", "接任"].iter().any(|verb| follows.starts_with(verb)) {
                return self.word_in(
                    tie.person,
                    if follows.starts_with("出任") { "出任" } else { "接任" },
                    Status::Appointed,
                );
            }
            let given_up = matches!(gap.as_str(), "职务的" | "一职的");
            if given_up && decisions[tie.person].is_some() {
                return decisions[tie.person];
            }
            let by_verb = given_up || matches!(gap.as_str(), "的" | "后," | "之后," | "时," | "期间,");
            if let (true, Some(before)) = (by_verb, first.first.checked_sub(1))
                && let Some((head, verb)) = verb_at_end(&self.after[before].words)
            {
                return self.by_verb(before, head, verb);
            }
        }
        self.modifier(tie.post).or_else(|| self.modifier(chain.start))
    }

    /// The chain that a post is part of.
    fn chain_of(&self, post: usize) -> std::ops::Range<usize> {
        let chain = self.chains.partition_point(|chain| chain.end <= post);
        self.chains[chain].clone()
    }

    fn by_verb(&self, gap: usize, head: &str, verb: &'static str) -> Option<Said> {
        let known = VERBS.iter().find(|(known, _)| *known == verb);
        let clause = last_clause(head.trim_end_matches([',', '、']));
        let past = ["曾", "先后"].into_iter().find(|word| clause.contains(word));
        let ahead = ["将", "拟"].into_iter().find(|word| clause.ends_with(word));
        match (known, past, ahead) {
            (_, Some(word), _) => self.word_in(gap, word, Status::Former),
            (_, _, Some(word)) => self.word_in(gap, word, Status::Designate),
            (Some((_, status)), ..) => self.word_in(gap, verb, *status),
            _ => None,
        }
    }

    /// What stands right before a post or between its body and its title.
    fn modifier(&self, post: usize) -> Option<Said> {
        let post = &self.posts[post];
        [post.title, post.first].into_iter().find_map(|i| {
            let words = self.words_before_span(i);
            let mut words = words.strip_suffix(['“', '(']).unwrap_or(&words);
            for mark in ["挂职", "的", "该"] {
                words = words.strip_suffix(mark).unwrap_or(words);
            }
            let (word, status) = BEFORE.iter().find(|(word, _)| words.ends_with(word))?;
            if status.is_current() || word.chars().nth(1).is_none() && !stands_alone(words, word) {
                return None;
            }
            match i.checked_sub(1) {
                Some(gap) => self.word_in(gap, word, *status),
                None => self.word_before(0, self.spans[0].start, word, *status),
            }
        })
    }

    /// A word of the words behind a span, the last of its like.
    fn word_in(&self, gap: usize, word: &str, status: Status) -> Option<Said> {
        let end = self.spans.get(gap + 1).map_or(self.text.len() as u32, |next| next.start);
        self.word_before(self.spans[gap].end, end, word, status)
    }

    fn word_before(&self, start: u32, end: u32, word: &str, status: Status) -> Option<Said> {
        let text = self.text.get(start as usize..end as usize).unwrap_or("");
        // Near the end, or it says nothing of what stands there; and many people may ask.
        let near = text.ceil_char_boundary(text.len().saturating_sub(REACH));
        let (start, text) = (start + near as u32, &text[near..]);
        let at = last_of(text, word).unwrap_or(0..text.len());
        Some((status, Span { start: start + at.start as u32, end: start + at.end as u32 }))
    }
}

/// True when 原, 前 or 代 at the end of these words is a word by itself, and no end of another.
fn stands_alone(words: &str, word: &str) -> bool {
    if MOMENTS.iter().any(|moment| words.ends_with(moment)) {
        return false;
    }
    let lead = &words[..words.len() - word.len()];
    let clause = last_clause(lead);
    clause.is_empty() || ends_with_any(clause, LEADS) || ends_with_any(clause, BODY_END)
}
