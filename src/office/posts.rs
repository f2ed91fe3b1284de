//! The single posts of a title, each with its name and whether it is held.

use super::read::read;
use super::standing::is_title;
use crate::article::{Post, Status};

/// What a post may begin with that says when it is held.
const BEGINNINGS: &[(&str, Status)] = &[
    ("时任", Status::Former),
    ("前任", Status::Former),
    ("曾任", Status::Former),
    ("原", Status::Former),
    ("前", Status::Former),
    ("现任", Status::Current),
    ("兼任", Status::Current),
    ("新任", Status::Appointed),
    ("候任", Status::Designate),
    ("拟任", Status::Designate),
    ("代理", Status::Acting),
    ("代", Status::Acting),
];

/// Posts that begin like one of those and are of another kind.
const OTHERS: &[&str] = &["前线", "前方", "前台", "前敌", "前沿", "原子", "代表", "代办", "代言"];

/// The posts of a title as written; what the words around it say holds for all of which the
/// title itself says nothing else.
pub(super) fn posts(title: &str, around: Status) -> Vec<Post> {
    let mut posts: Vec<Post> = Vec::new();
    // 原 before the first of joined posts is meant for all, 代 for the one.
    let mut inherited = around;
    for part in parts(title) {
        let (name, own) = without_time(&part);
        let status = own.unwrap_or(inherited);
        if own == Some(Status::Former) {
            inherited = Status::Former;
        }
        if !name.is_empty() {
            posts.push(Post { name, status, body: None, division: None });
        }
    }
    posts
}

/// Parted at 、 兼 and white space between two titles; notes in brackets left out.
fn parts(title: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in title.split_whitespace().map(read) {
        match parts.last_mut() {
            // White space within a word, not between two titles.
            Some(last) if !(is_title(last) && is_title(&piece)) => last.push_str(&piece),
            _ => parts.push(piece),
        }
    }
    let parts = parts.into_iter().flat_map(|part| {
        let part = part.split('(').next().unwrap_or("").to_owned();
        split(&part)
    });
    parts.filter(|part| !part.is_empty()).collect()
}

fn split(part: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut rest = part.chars().peekable();
    while let Some(c) = rest.next() {
        let joins = match c {
            '、' | ',' | '暨' | '/' | '·' => true,
            '兼' => rest.peek() != Some(&'职'),
            _ => false,
        };
        match parts.last_mut() {
            Some(last) if !joins => last.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts
}

/// The post's name without what says when it is held, and that.
fn without_time(part: &str) -> (String, Option<Status>) {
    let begins = BEGINNINGS.iter().find_map(|(word, status)| Some((part.strip_prefix(word)?, *status)));
    if let Some((rest, status)) = begins
        && is_title(rest)
        && !OTHERS.iter().any(|other| part.starts_with(other))
    {
        return (rest.to_owned(), Some(status));
    }
    // 市政府代市长, 市委代理书记.
    match part.split_once("代理") {
        Some((body, head)) if is_title(head) => (format!("{body}{head}"), Some(Status::Acting)),
        _ => (part.to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(title: &str) -> Vec<(String, Status)> {
        posts(title, Status::Current).into_iter().map(|post| (post.name, post.status)).collect()
    }

    #[test]
    fn a_joined_title_is_several_posts() {
        use Status::{Acting, Current, Former};
        let post = |name: &str, status| (name.to_owned(), status);
        assert_eq!(named("市委常委、常务副市长"), [post("市委常委", Current), post("常务副市长", Current)]);
        assert_eq!(named("国务委员兼外交部长"), [post("国务委员", Current), post("外交部长", Current)]);
        assert_eq!(named("市委副书记、代市长"), [post("市委副书记", Current), post("市长", Acting)]);
        assert_eq!(named("原市委常委、副市长"), [post("市委常委", Former), post("副市长", Former)]);
        assert_eq!(named("党组书记 局长"), [post("党组书记", Current), post("局长", Current)]);
        assert_eq!(named("副 市 长"), [post("副市长", Current)]);
        assert_eq!(named("校长（院长）"), [post("校长", Current)]);
    }

    #[test]
    fn what_only_looks_like_time_stays() {
        assert_eq!(named("前线总指挥")[0].0, "前线总指挥");
        assert_eq!(named("代表")[0].0, "代表");
        assert_eq!(named("兼职教授")[0].0, "兼职教授");
    }
}
