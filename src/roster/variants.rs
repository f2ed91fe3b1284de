//! What an article says against itself, whatever any list says.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::finding::{Finding, Rule, Severity};
use super::offices::{Held, Person, Words, differing, division, is_deputy, same_body, same_post};
use super::{Confusables, Roster};
use crate::article::{Article, Kind, Span};

/// Bodies of which one is the first and one the second are two bodies.
const TELLING: &str = "一二三四五六七八九十〇零百千甲乙丙丁东西南北中上下前后左右内外新老大小男女高初";

/// Names of fewer characters have too many that are nearly the same, and of more nobody writes any.
const LEAST: usize = 4;
const MOST: usize = 40;

/// No short form has fewer characters.
const SHORTEST: usize = 3;

/// Heads of bodies of which nobody leads two of one division, unless the story says 兼.
const ALONE: [&str; 2] = ["局长", "厅长"];

/// Two offices of one person that exclude each other: the one is the deputy's of the other at the same body, or both are
/// the head's of two bodies of one division.
pub(super) fn two_offices(words: &Words<'_>, person: &Person) -> Option<Finding> {
    if person.may_be_two() {
        return None;
    }
    let held: Vec<&Held> = person.held.iter().filter(|held| held.is_held()).collect();
    for (at, one) in held.iter().enumerate() {
        for other in &held[at + 1..] {
            // 副市长、代市长 in one breath is what somebody wrote who knows.
            if one.title == other.title {
                continue;
            }
            let confidence = match () {
                () if are_deputy_and_head(one, other) => 0.85,
                () if are_two_heads(words, one, other) => 0.7,
                () => continue,
            };
            return Some(Finding {
                rule: Rule::TwoOffices,
                spans: vec![other.title, one.title],
                found: said(other, one),
                expected: said(one, other),
                row: None,
                severity: Severity::Warning,
                confidence,
                evidence: [&one.evidence[..], &other.evidence].concat(),
            });
        }
    }
    None
}

/// A post, with its body where it is the body that matters.
fn said(held: &Held, other: &Held) -> String {
    match &held.body {
        Some(body) if held.post == other.post => format!("{body}{}", held.post),
        _ => held.post.clone(),
    }
}

fn are_deputy_and_head(one: &Held, other: &Held) -> bool {
    let there = one.body.as_deref().zip(other.body.as_deref()).is_some_and(|(a, b)| same_body(a, b));
    there && is_deputy(&one.post, &other.post)
}

fn are_two_heads(words: &Words<'_>, one: &Held, other: &Held) -> bool {
    let Some((body, rival)) = one.body.as_deref().zip(other.body.as_deref()) else { return false };
    let between =
        Span { start: one.title.end.min(other.title.end), end: one.title.start.max(other.title.start) };
    one.post == other.post
        && ALONE.contains(&one.post.as_str())
        && !one.of_place
        && !other.of_place
        && division(body).is_some()
        && division(body) == division(rival)
        && body.chars().next_back() == rival.chars().next_back()
        && !same_body(body, rival)
        // In one sentence they are told on purpose.
        && words.of(between).contains(['。', '！', '？', '\n'])
        && !words.of(between).contains("兼")
}

/// Two names one character apart that hold the same office.
pub(super) fn names(people: &[Person], roster: Option<&Roster>, confusables: &Confusables) -> Vec<Finding> {
    let listed = |person: &Person| roster.is_some_and(|roster| roster.lists(&person.name, confusables));
    let mut findings = Vec::new();
    for (at, one) in people.iter().enumerate() {
        for other in &people[at + 1..] {
            let alike = differing(&one.simple, &other.simple)
                .is_some_and(|(a, b)| confusables.confusion(a, b).is_some());
            if !alike || (listed(one) && listed(other)) {
                continue;
            }
            let Some(shared) = shared(one, other) else { continue };
            // What is listed is right, else what stands there more often, else what came first.
            let (right, doubted) = match (listed(one), listed(other)) {
                (true, _) => (one, other),
                (_, true) => (other, one),
                _ if other.mentions.len() > one.mentions.len() => (other, one),
                _ => (one, other),
            };
            findings.push(Finding {
                rule: Rule::NameVariant,
                spans: doubted.spans.clone(),
                found: doubted.name.clone(),
                expected: right.name.clone(),
                row: None,
                severity: Severity::Warning,
                confidence: 0.85,
                evidence: right.spans.iter().copied().take(3).chain(shared).collect(),
            });
        }
    }
    findings
}

/// The titles of an office that two people share.
fn shared(one: &Person, other: &Person) -> Option<Vec<Span>> {
    one.held.iter().find_map(|held| {
        let same = other.held.iter().find(|also| {
            let there = match (&held.body, &also.body) {
                (Some(one), Some(other)) => same_body(one, other),
                _ => true,
            };
            // One title over both, 记者张三、张山, is one of two people.
            there && also.title != held.title && same_post(&held.post, &also.post)
        })?;
        Some(vec![held.title, same.title])
    })
}

/// A name of a body as it stands in the text, and where.
struct Body {
    name: String,
    chars: Vec<char>,
    entity: u32,
    spans: Vec<Span>,
}

/// Two bodies one character apart, and short forms that two bodies could have.
pub(super) fn bodies(words: &Words<'_>, article: &Article, confusables: &Confusables) -> Vec<Finding> {
    let bodies = named(words, article);
    let mut findings = Vec::new();
    for (one, other) in nearly_same(&bodies) {
        if !are_alike(&bodies[one], &bodies[other], confusables) {
            continue;
        }
        let (one, other) = (&bodies[one], &bodies[other]);
        let (right, doubted) = if other.spans.len() > one.spans.len() { (other, one) } else { (one, other) };
        findings.push(variant(doubted, &right.name, &right.spans, 0.75, Severity::Warning));
    }
    findings.extend(written(words, article, &bodies, confusables));
    let mut full: HashMap<&[char], Vec<&Body>> = HashMap::new();
    for body in bodies.iter().filter(|body| body.chars.len() > SHORTEST) {
        full.entry(&body.chars[..2]).or_default().push(body);
    }
    for short in bodies.iter().filter(|body| body.chars.len() >= SHORTEST) {
        let all = full.get(&short.chars[..2]).into_iter().flatten();
        let mut meant = all.filter(|full| shortens(&short.chars, &full.chars));
        // Where the resolver knows which one is meant, so do readers.
        if let (Some(one), Some(other)) = (meant.next(), meant.next())
            && one.entity != other.entity
            && short.entity != one.entity
            && short.entity != other.entity
        {
            let evidence: Vec<Span> = one.spans.iter().chain(&other.spans).copied().collect();
            let expected = format!("{}、{}", one.name, other.name);
            findings.push(variant(short, &expected, &evidence, 0.6, Severity::Notice));
        }
    }
    findings
}

/// The bodies of an article by what stands in the text: the full name may be inferred.
fn named(words: &Words<'_>, article: &Article) -> Vec<Body> {
    let mut bodies: Vec<Body> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for mention in article.mentions.iter().filter(|mention| mention.kind == Kind::Organization) {
        let span = Span { start: mention.start, end: mention.end };
        let name = words.plain(span);
        let at = *known.entry(name).or_insert_with_key(|name| {
            let chars = name.chars().collect();
            bodies.push(Body { name: name.clone(), chars, entity: mention.entity, spans: Vec::new() });
            bodies.len() - 1
        });
        bodies[at].spans.push(span);
    }
    bodies
}

/// Pairs that differ in one character, each once, by where they stand.
fn nearly_same(bodies: &[Body]) -> Vec<(usize, usize)> {
    /// A name without one of its characters: where that stood, and what stands before and behind it.
    type Rest<'a> = (usize, &'a [char], &'a [char]);
    let mut open: HashMap<Rest<'_>, Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (index, Body { chars, .. }) in bodies.iter().enumerate() {
        for at in (0..chars.len()).filter(|_| (LEAST..=MOST).contains(&chars.len())) {
            let same = open.entry((at, &chars[..at], &chars[at + 1..])).or_default();
            pairs.extend(same.iter().map(|other| (*other, index)));
            same.push(index);
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Whether a character stands for the whole of what a body of a division does, as in 市教委 beside 市交委.
fn is_abbreviated(name: &[char], at: usize) -> bool {
    const HEADS: [char; 6] = ['委', '办', '局', '部', '厅', '会'];
    const LEVELS: [char; 8] = ['省', '市', '县', '区', '州', '旗', '国', '央'];
    at >= 1 && at + 2 == name.len() && HEADS.contains(&name[at + 1]) && LEVELS.contains(&name[at - 1])
}

/// Where the text has a body's name with one other character, whether it was seen as a name or not: a strange character
/// makes names hard to see. At the ends that could be other words, 信息化部 and 信息化不断.
fn written(words: &Words<'_>, article: &Article, bodies: &[Body], confusables: &Confusables) -> Vec<Finding> {
    let text: Vec<(u32, char)> = words.chars().collect();
    // Of two halves one is written right: by how each begins.
    let mut halves: HashMap<(char, char), Vec<(usize, usize)>> = HashMap::new();
    for (index, Body { chars, .. }) in bodies.iter().enumerate() {
        if (LEAST + 1..=MOST).contains(&chars.len()) {
            for at in [0, chars.len() / 2] {
                halves.entry((chars[at], chars[at + 1])).or_default().push((index, at));
            }
        }
    }
    let known: HashSet<&[char]> = bodies.iter().map(|body| &body.chars[..]).collect();
    let mut found: BTreeMap<(usize, u32), Body> = BTreeMap::new();
    for (place, pair) in text.windows(2).enumerate() {
        for (index, at) in halves.get(&(pair[0].1, pair[1].1)).into_iter().flatten() {
            let body = &bodies[*index];
            let Some(window) =
                place.checked_sub(*at).and_then(|from| text.get(from..from + body.chars.len()))
            else {
                continue;
            };
            let mut wrong = window.iter().zip(&body.chars).enumerate().filter(|(_, ((_, a), b))| a != *b);
            let Some((differs, _)) = wrong.next().filter(|_| wrong.next().is_none()) else { continue };
            let next = text.get(place - at + window.len());
            let ends = next.is_none_or(|(_, c)| !c.is_alphanumeric());
            if differs == 0 || (differs + 1 == window.len() && !ends) {
                continue;
            }
            let chars: Vec<char> = window.iter().map(|(_, c)| *c).collect();
            let span = Span { start: window[0].0, end: words.after(window[window.len() - 1]) };
            let doubted = Body { name: chars.iter().collect(), chars, entity: u32::MAX, spans: vec![span] };
            if !known.contains(&doubted.chars[..])
                && are_alike(body, &doubted, confusables)
                && !is_part(article, span)
            {
                found.entry((*index, span.start)).or_insert(doubted);
            }
        }
    }
    let told = |((index, _), doubted): (&(usize, u32), &Body)| {
        let right = &bodies[*index];
        variant(doubted, &right.name, &right.spans, 0.75, Severity::Warning)
    };
    found.iter().map(told).collect()
}

/// Whether a span cuts a name.
fn is_part(article: &Article, span: Span) -> bool {
    let at = article.mentions.partition_point(|mention| mention.end <= span.start);
    let overlapping = article.mentions[at..].iter().take_while(|mention| mention.start < span.end);
    overlapping.into_iter().any(|mention| mention.start < span.start || mention.end > span.end)
}

/// Whether one of two bodies that differ in one character is the other one, wrongly written.
fn are_alike(one: &Body, other: &Body, confusables: &Confusables) -> bool {
    let at = one.chars.iter().zip(&other.chars).position(|(one, other)| one != other);
    at.is_some_and(|at| {
        let (a, b) = (one.chars[at], other.chars[at]);
        !TELLING.contains(a)
            && !TELLING.contains(b)
            && confusables.confusion(a, b).is_some()
            && !confusables.are_two(&one.chars, &other.chars, at)
            && !is_abbreviated(&one.chars, at)
    })
}

fn variant(
    doubted: &Body,
    expected: &str,
    evidence: &[Span],
    confidence: f32,
    severity: Severity,
) -> Finding {
    Finding {
        rule: Rule::BodyVariant,
        spans: doubted.spans.clone(),
        found: doubted.name.clone(),
        expected: expected.to_owned(),
        row: None,
        severity,
        confidence,
        evidence: evidence.iter().copied().take(4).collect(),
    }
}

/// What bodies are: of two of these a short form keeps the last character.
const HEADS: [&str; 12] =
    ["大学", "学院", "医院", "法院", "银行", "公司", "集团", "中学", "小学", "协会", "学会", "研究所"];

/// Whether a name is a short form of another: 山东航院 of 山东航空学院. It begins and ends as that does, and says less
/// of what the body is: 中国银行 beside 中国建设银行 is a name of its own.
fn shortens(short: &[char], full: &[char]) -> bool {
    if full.len() < short.len() + 2 || short[..2] != full[..2] || short.last() != full.last() {
        return false;
    }
    let ends = |name: &[char], head: &str| {
        name.iter().rev().copied().take(head.chars().count()).eq(head.chars().rev())
    };
    let mut rest = full.iter();
    HEADS.iter().any(|head| ends(full, head) && !ends(short, head))
        && short.iter().all(|c| rest.any(|other| other == c))
}
