//! Short forms of bodies and places.

use std::collections::HashSet;

use super::names::{Names, ShortForms};
use crate::article::Kind;

/// Names longer than this many characters are taken as they are.
const LONGEST: usize = 48;

/// What ends the name of a division.
const LEVELS: &[char] = &['省', '市', '县', '区', '州', '盟', '旗', '镇', '乡', '村', '縣', '區', '鎮', '鄉'];

/// Endings that a division's name may go without.
const DIVISION_ENDS: &[&str] = &[
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "特别行政区",
    "自治区",
    "自治州",
    "自治县",
    "地区",
    "新区",
    "街道",
    "省",
    "市",
    "县",
    "区",
    "州",
    "盟",
    "旗",
    "镇",
    "乡",
    "村",
    "縣",
    "區",
    "鎮",
    "鄉",
];

/// What the whole body ends with before a body of its own begins: 山东航空学院|信息工程学院.
const BODY_ENDS: &[char] = &[
    '院', '校', '学', '司', '团', '局', '委', '会', '部', '府', '厅', '所', '處', '处', '队', '军', '网',
    '社',
];

/// Joins short forms of organizations, or of places, to the one full name they fit.
pub(super) fn join(kind: Kind, names: &mut Names) {
    let mut order: Vec<(usize, Vec<char>)> =
        names.of(kind).map(|(i, name)| (i, name.key.chars().collect())).collect();
    order.retain(|(_, key)| key.len() <= LONGEST);
    // Longer names first, so that what they stand for is settled when a short form asks.
    order.sort_by_key(|(index, key)| (std::cmp::Reverse(key.len()), *index));
    let known: HashSet<&[char]> = order.iter().map(|(_, key)| &key[..]).collect();
    let places: HashSet<String> = names.of(Kind::Place).map(|(_, name)| name.key.clone()).collect();
    let mut forms = ShortForms::default();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (index, key) in &order {
        let short: String = key.iter().collect();
        let mut meant = *index;
        if let Some(full) = forms.get(&short) {
            joined.push((full, *index));
            meant = full;
        }
        for form in short_forms(kind, key, &places) {
            if known.contains(&form[..]) && form.len() < key.len() {
                forms.add(&form.iter().collect::<String>(), meant);
            }
        }
    }
    for (full, short) in joined {
        names.join(full, short);
    }
}

/// The short forms that a name of a kind may have.
fn short_forms(kind: Kind, name: &[char], places: &HashSet<String>) -> Vec<Vec<char>> {
    let mut forms = Vec::new();
    if kind == Kind::Place {
        forms.extend(without_division_end(name));
    }
    for cut in 1..name.len() {
        let (head, tail) = name.split_at(cut);
        if tail.len() < 2 {
            break;
        }
        let last = head[head.len() - 1];
        let level = LEVELS.contains(&last) && head.len() >= 2;
        let place = || places.contains(&head.iter().collect::<String>());
        match kind {
            Kind::Place if level || head.len() >= 2 && place() => {
                forms.push(tail.to_vec());
                forms.extend(without_division_end(tail));
            }
            Kind::Organization => {
                let own_level = LEVELS.contains(&tail[0]) && tail.len() >= 3;
                let body = BODY_ENDS.contains(&last) && head.len() >= 3;
                if tail.len() >= 3 && (own_level || level || body || place()) {
                    forms.push(tail.to_vec());
                }
                // 滨州市公安局 is 滨州公安局 too.
                if level && cut <= 4 && tail.len() >= 2 {
                    forms.push([&head[..head.len() - 1], tail].concat());
                }
            }
            _ => {}
        }
    }
    forms
}

/// 滨州 from 滨州市.
fn without_division_end(name: &[char]) -> Option<Vec<char>> {
    let name: String = name.iter().collect();
    let stem = DIVISION_ENDS.iter().find_map(|end| name.strip_suffix(end))?;
    (stem.chars().count() >= 2).then(|| stem.chars().collect())
}
