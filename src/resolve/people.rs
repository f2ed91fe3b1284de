//! Short forms of people's names: 穆市长, 何關, 哈里森, （曼曼）.

use std::collections::HashMap;

use super::names::{Names, ShortForms, key};
use crate::article::{Kind, Mention};
use crate::office::Held;

/// Surnames of two characters that news knows.
const DOUBLE_SURNAMES: &[&str] = &[
    "欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "司徒", "皇甫", "尉迟", "公孙", "令狐", "慕容",
    "夏侯", "东方", "端木", "百里", "呼延", "南宫", "长孙", "宇文", "轩辕", "独孤", "申屠", "太史", "濮阳",
    "淳于", "单于", "澹台",
];

/// Joins the names of people that mean the same, and gives surnames that may mean several
/// people a name for each title they stand with.
pub(super) fn join(text: &str, mentions: &[Mention], held: &Held, borne: &mut [usize], names: &mut Names) {
    let mut given = ShortForms::default();
    let mut parts = ShortForms::default();
    let mut short = Vec::new();
    for (index, name) in names.of(Kind::Person) {
        if let Some((_, rest)) = surname_and_given(&name.key) {
            if rest.chars().count() == 2 {
                given.add(rest, index);
            }
            // 何關秀蓮 is 何關 for short: a name before the husband's.
            let mut characters = name.key.char_indices();
            if let (Some((cut, _)), 1) = (characters.nth(2), characters.count()) {
                given.add(&name.key[..cut], index);
            }
        } else if name.key.contains(['·', ' ']) {
            let separator = |c| c == '·' || c == ' ';
            let (first, last) = (name.key.split(separator).next(), name.key.rsplit(separator).next());
            for part in [first, last].into_iter().flatten().filter(|part| part.chars().count() >= 2) {
                parts.add(part, index);
            }
        }
        if !name.key.contains(['·', ' ']) {
            short.push((index, name.key.clone()));
        }
    }
    for (index, key) in &short {
        let whole = parts.get(key).or_else(|| given.get(key).filter(|_| key.chars().count() == 2));
        if let Some(whole) = whole
            && whole != *index
        {
            names.join(whole, *index);
        }
    }
    join_surnames(text, held, borne, names);
    join_bracketed(text, mentions, borne, names);
}

/// The surname and the given name of a Chinese full name.
fn surname_and_given(name: &str) -> Option<(&str, &str)> {
    let count = name.chars().count();
    if !(2..=4).contains(&count) || !name.chars().all(is_han) || DOUBLE_SURNAMES.contains(&name) {
        return None;
    }
    let long =
        if count > 2 && DOUBLE_SURNAMES.iter().any(|surname| name.starts_with(surname)) { 2 } else { 1 };
    let cut = name.char_indices().nth(long)?.0;
    Some(name.split_at(cut))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// 穆市长 is the one 穆 of the text so far; of several, the one who holds such a title.
fn join_surnames(text: &str, held: &Held, borne: &mut [usize], names: &mut Names) {
    // Full names by surname, by first mention.
    let mut full: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, name) in names.of(Kind::Person) {
        if let Some((surname, _)) = surname_and_given(&name.key) {
            full.entry(surname.to_owned()).or_default().push(index);
        }
    }
    let titles: Vec<String> =
        held.titles.iter().map(|t| key(text.get(t.start as usize..t.end as usize).unwrap_or(""))).collect();
    let surname_with_title = |surname: &str, title: &str| format!("{surname}\n{title}");
    let mut holders = ShortForms::default();
    let mut surnames = Vec::new();
    for office in &held.offices {
        let Some(name) = borne.get(office.person as usize).copied() else { continue };
        let Some(title) = titles.get(office.title as usize) else { continue };
        let written = &names.get(name).key;
        if let Some((surname, _)) = surname_and_given(written) {
            for part in title.split(['、', '兼']) {
                holders.add(&surname_with_title(surname, part), name);
            }
        } else if is_surname(written) {
            surnames.push((office.person as usize, name, surname_with_title(written, title)));
        }
    }
    // What stays open: one entity for each surname and title.
    let mut apart: HashMap<String, usize> = HashMap::new();
    for (mention, name, with_title) in surnames {
        if borne[mention] != name {
            continue;
        }
        let candidates = full.get(&names.get(name).key).map_or(&[][..], |list| &list[..]);
        let before = candidates.partition_point(|full| names.get(*full).first < mention);
        let found = match (before, candidates) {
            (1, [one, ..]) | (0, [one]) => Some(*one),
            _ => holders.get(&with_title),
        };
        borne[mention] = match found {
            Some(full) => full,
            None => *apart.entry(with_title).or_insert_with(|| names.insert_apart(name, mention)),
        };
    }
}

fn is_surname(written: &str) -> bool {
    DOUBLE_SURNAMES.contains(&written) || written.chars().count() == 1 && written.chars().all(is_han)
}

/// A name and the one in brackets behind it: 周小曼（曼曼）.
fn join_bracketed(text: &str, mentions: &[Mention], borne: &[usize], names: &mut Names) {
    for (m, pair) in mentions.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let people = a.kind == Kind::Person && b.kind == Kind::Person;
        let opens = |gap: &str| gap.len() <= 4 && matches!(key(gap).as_str(), "(");
        let closes = text.get(b.end as usize..).is_some_and(|rest| rest.starts_with(['）', ')']));
        if people && closes && text.get(a.end as usize..b.start as usize).is_some_and(opens) {
            names.join(borne[m], borne[m + 1]);
        }
    }
}
