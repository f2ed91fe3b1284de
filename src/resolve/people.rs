//! Short forms of people's names: 穆市长, 何關, 哈里森, （曼曼）.

use std::collections::{HashMap, HashSet};

use super::names::{Names, ShortForms, key};
use crate::article::{Kind, Mention, Title};
use crate::gazetteer::DOUBLE_SURNAMES;
use crate::office::{BYLINE, Held, head_of, is_private, read};

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

/// Those who may be meant, of whom the two that come first in the text decide.
#[derive(Default)]
struct Bearers {
    /// The first mention of each, and the name; in order.
    first: Option<(usize, usize)>,
    second: Option<(usize, usize)>,
}

/// Whom a surname can mean.
enum Meant {
    One(usize),
    Several,
    Nobody,
}

impl Bearers {
    fn add(&mut self, at: usize, name: usize) {
        let new = Some((at, name));
        if [self.first, self.second].contains(&new) {
            return;
        }
        if self.first.is_none_or(|first| at < first.0) {
            self.second = std::mem::replace(&mut self.first, new);
        } else if self.second.is_none_or(|second| at < second.0) {
            self.second = new;
        }
    }

    /// The only one before a mention, or the only one at all.
    fn meant(&self, mention: usize) -> Meant {
        match (self.first, self.second) {
            (None, _) => Meant::Nobody,
            (Some((_, one)), None) => Meant::One(one),
            (Some((at, one)), Some((next, _))) if at < mention && mention < next => Meant::One(one),
            _ => Meant::Several,
        }
    }
}

/// The people of a text by surname, and by what titles they bear.
#[derive(Default)]
struct Surnames {
    /// Who bears the surname, those left out whom only bylines name.
    all: HashMap<String, Bearers>,
    /// Who bears the surname and such a title, and who one that ends alike (副市长, 市长).
    holders: HashMap<(String, String), Bearers>,
    by_head: HashMap<(String, &'static str), Bearers>,
    /// The heads of the titles that each name bears.
    heads: HashMap<usize, HashSet<&'static str>>,
}

impl Surnames {
    fn read(held: &Held, titles: &[String], borne: &[usize], names: &Names) -> Self {
        let mut surnames = Surnames::default();
        let mut only_bylines: HashMap<usize, bool> = HashMap::new();
        for office in &held.offices {
            let (Some(name), Some(title)) =
                (borne.get(office.person as usize).copied(), titles.get(office.title as usize))
            else {
                continue;
            };
            let known = names.get(name);
            let Some((surname, _)) = surname_and_given(&known.key) else { continue };
            let byline = BYLINE.iter().any(|byline| title.ends_with(byline));
            only_bylines.entry(name).and_modify(|only| *only &= byline).or_insert(byline);
            for part in title.split(['、', '兼']) {
                let key = (surname.to_owned(), part.to_owned());
                surnames.holders.entry(key).or_default().add(known.first, name);
                let Some(head) = head_of(part) else { continue };
                surnames.by_head.entry((surname.to_owned(), head)).or_default().add(known.first, name);
                surnames.heads.entry(name).or_default().insert(head);
            }
        }
        for (index, name) in names.of(Kind::Person) {
            if let Some((surname, _)) = surname_and_given(&name.key)
                && !only_bylines.get(&index).is_some_and(|only| *only)
            {
                surnames.all.entry(surname.to_owned()).or_default().add(name.first, index);
            }
        }
        surnames
    }

    /// Whom a surname with a title means: who holds it, or else the one who can.
    fn meant(&self, surname: &str, title: &str, mention: usize) -> Option<usize> {
        let head = head_of(title);
        let exact = self.holders.get(&(surname.to_owned(), title.to_owned()));
        let alike = head.and_then(|head| self.by_head.get(&(surname.to_owned(), head)));
        for holders in [exact, alike].into_iter().flatten() {
            match holders.meant(mention) {
                Meant::One(name) => return Some(name),
                Meant::Several => return None,
                Meant::Nobody => {}
            }
        }
        match self.all.get(surname)?.meant(mention) {
            Meant::One(name) if !self.is_other(name, title, head) => Some(name),
            _ => None,
        }
    }

    /// True when a name is known by offices of another kind: 局长王某 is no 王市长. Whoever is one
    /// may be a 教授 besides.
    fn is_other(&self, name: usize, title: &str, head: Option<&str>) -> bool {
        let (Some(head), Some(known)) = (head, self.heads.get(&name)) else { return false };
        !is_private(title) && !known.iter().any(|known| known.contains(head) || head.contains(known))
    }
}

/// 穆市长 is the one 穆 who holds such a title, else the one of the text so far who can.
fn join_surnames(text: &str, held: &Held, borne: &mut [usize], names: &mut Names) {
    let words = |title: &Title| read(text.get(title.start as usize..title.end as usize).unwrap_or(""));
    let titles: Vec<String> = held.titles.iter().map(words).collect();
    let surnames = Surnames::read(held, &titles, borne, names);
    // What stays open: one entity for each surname and title.
    let mut apart: HashMap<(usize, &str), usize> = HashMap::new();
    let mut seen = HashSet::new();
    for office in &held.offices {
        let mention = office.person as usize;
        let (Some(name), Some(title)) = (borne.get(mention).copied(), titles.get(office.title as usize))
        else {
            continue;
        };
        // The first of several titles decides.
        if !is_surname(&names.get(name).key) || !seen.insert(mention) {
            continue;
        }
        borne[mention] = match surnames.meant(&names.get(name).key, title, mention) {
            Some(full) => full,
            None => *apart.entry((name, title)).or_insert_with(|| names.insert_apart(name, mention)),
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
