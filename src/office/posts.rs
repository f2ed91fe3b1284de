//! The single posts of a title, each with its name and whether it is held.

use super::grammar::ends_with_any;
use super::read::read;
use super::standing::{before_head, is_private, is_title};
use super::words::BODY_END;
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

/// What begins like one of those and is a word or a division of its own.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "前线", "前方", "前台", "前敌", "前沿", "前期", "前端", "前海", "前门", "前进区", "前锋区", "前郭", "原子", "原料", "原材料", "原油", "原煤",
    "原野", "原著", "原平", "原阳", "原州",
];

/// The characters of levels, with which the words of a body of the place begin.
const LEVELS: &[char] = &['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡', '村'];

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
        && is_whole(rest, status)
        && !OTHERS.iter().any(|other| part.starts_with(other))
    {
        return (rest.to_owned(), Some(status));
    }
    // 市政府代市长, 市委代理书记.
    let inside = |word| {
        let (body, head) = part.rsplit_once(word)?;
        let acts = before_head(head).is_some_and(str::is_empty) && ends_with_any(body, BODY_END);
        acts.then(|| (format!("{body}{head}"), Some(Status::Acting)))
    };
    ["代理", "代"].into_iter().find_map(inside).unwrap_or_else(|| (part.to_owned(), None))
}

/// True when what is left is a title by itself: 市长 of 代市长, and no 课教师 of 代课教师.
fn is_whole(rest: &str, status: Status) -> bool {
    let Some(words) = before_head(rest) else { return false };
    let mut levels = words.chars().map(|c| LEVELS.contains(&c));
    // 市委, and neither 州区委 of 原州区委 nor 县 of 代县.
    let of_level = levels.next() == Some(true) && levels.next() == Some(false);
    // A deputy acts in an office, and hardly ever in one that is named with its body.
    let of_body = || status != Status::Acting && words.chars().nth(1).is_some() && names_a_field(words, rest);
    words.is_empty() || of_level || of_body()
}

/// True for 财政局 of 财政局局长 and 外交 of 外交部长.
fn names_a_field(words: &str, title: &str) -> bool {
    ends_with_any(words, BODY_END) || !is_private(title)
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
        for title in [
            "代课教师",
            "前厅经理",
            "原州区委书记",
            "代建局局长",
            "专利代理师协会会长",
            "原平市市长",
            "保险代理公司总经理",
            "原材料厂厂长",
            "代县县长",
        ] {
            assert_eq!(named(title), [(title.to_owned(), Status::Current)]);
        }
    }

    #[test]
    fn what_says_when_is_no_part_of_the_name() {
        use Status::{Acting, Former};
        for (title, name, status) in [
            ("代区长", "区长", Acting),
            ("代理省长", "省长", Acting),
            ("市政府代市长", "市政府市长", Acting),
            ("市委代理书记", "市委书记", Acting),
            ("代市委书记", "市委书记", Acting),
            ("原市委常委", "市委常委", Former),
            ("原公安局局长", "公安局局长", Former),
            ("前外交部长", "外交部长", Former),
            ("前教育大臣", "教育大臣", Former),
            ("原总经理", "总经理", Former),
            ("原常务副市长", "常务副市长", Former),
        ] {
            assert_eq!(named(title), [(name.to_owned(), status)]);
        }
    }
}
