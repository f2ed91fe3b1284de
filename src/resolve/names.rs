//! The distinct names of an article, and which of them mean the same.

use std::collections::HashMap;

use crate::article::{Kind, Mention};
use crate::office::read;
use crate::text::is_invisible;

/// A name as it is compared: white space dropped, full-width letters and the dots of foreign
/// names in one form.
pub(super) fn key(written: &str) -> String {
    plain(written)
        .map(|c| match c {
            '•' | '・' | '‧' | '･' | '∙' | '⋅' | '．' => '·',
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect()
}

/// A name as it is shown: white space left out.
pub(super) fn shown(written: &str) -> String {
    plain(written).collect()
}

fn plain(written: &str) -> impl Iterator<Item = char> {
    let unseen = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
    // White space between Latin words is part of the name.
    let latin = written.is_ascii();
    written.chars().filter(move |c| !unseen(*c) || latin && *c == ' ')
}

/// One distinct name.
pub(super) struct Name {
    pub(super) kind: Kind,
    pub(super) key: String,
    /// As first written, white space left out.
    shown: String,
    /// First mention that bears it.
    pub(super) first: usize,
    /// The name it was joined to; itself at the root.
    parent: usize,
    /// The longest of the names joined here.
    fullest: usize,
}

/// The names of an article, joined into sets that mean the same.
#[derive(Default)]
pub(super) struct Names {
    names: Vec<Name>,
    known: HashMap<(Kind, String), usize>,
}

impl Names {
    /// The index of a name, new or known.
    pub(super) fn insert(&mut self, kind: Kind, written: &str, mention: usize) -> usize {
        let key = key(written);
        let next = self.names.len();
        let index = *self.known.entry((kind, key.clone())).or_insert(next);
        if index == next {
            self.names.push(Name {
                kind,
                key,
                shown: shown(written),
                first: mention,
                parent: next,
                fullest: next,
            });
        }
        index
    }

    /// A name that is no other's, even if it reads the same.
    pub(super) fn insert_apart(&mut self, like: usize, mention: usize) -> usize {
        let next = self.names.len();
        let Name { kind, ref key, ref shown, .. } = self.names[like];
        let (key, shown) = (key.clone(), shown.clone());
        self.names.push(Name { kind, key, shown, first: mention, parent: next, fullest: next });
        next
    }

    /// The name at an index.
    pub(super) fn get(&self, name: usize) -> &Name {
        &self.names[name]
    }

    /// The names of a kind with their indices.
    pub(super) fn of(&self, kind: Kind) -> impl Iterator<Item = (usize, &Name)> {
        self.names.iter().enumerate().filter(move |(_, name)| name.kind == kind)
    }

    /// The name that stands for all that mean the same as `name`.
    pub(super) fn root(&mut self, mut name: usize) -> usize {
        while self.names[name].parent != name {
            let grandparent = self.names[self.names[name].parent].parent;
            self.names[name].parent = grandparent;
            name = grandparent;
        }
        name
    }

    /// Says that two names mean the same.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (a, b) = (a.min(b), a.max(b));
        let longer = |name: usize| self.names[self.names[name].fullest].key.chars().count();
        if longer(b) > longer(a) {
            self.names[a].fullest = self.names[b].fullest;
        }
        self.names[b].parent = a;
    }

    /// The fullest of the names that mean the same as the root `name`.
    pub(super) fn fullest(&self, name: usize) -> &str {
        &self.names[self.names[name].fullest].shown
    }
}

/// What introduces a short name behind a full one, before or after the bracket.
const INTRODUCES: &[&str] =
    &["以下简称", "以下简称为", "以下称", "下称", "下简称", "简称", "简称为", "又称", "后简称"];

/// Joins a full name and the short one that the text gives it: 东海新材料公司（以下简称“东海新材”）.
pub(super) fn join_introduced(text: &str, mentions: &[Mention], borne: &[usize], names: &mut Names) {
    for (m, pair) in mentions.windows(2).enumerate() {
        let [full, short] = pair else { continue };
        let gap = text.get(full.end as usize..short.start as usize).unwrap_or("");
        if full.kind != short.kind || gap.len() > 40 {
            continue;
        }
        // In Simplified: 以下簡稱 is as good.
        let gap = read(gap);
        let words = gap.trim_start_matches(['(', ',', '〔']).trim_end_matches(['“', '"', ':', '「', '‘']);
        if words.len() < gap.len() && INTRODUCES.contains(&words) {
            names.join(borne[m], borne[m + 1]);
        }
    }
}

/// Full names by a short form; a form of two full names means neither.
#[derive(Default)]
pub(super) struct ShortForms(HashMap<String, Option<usize>>);

impl ShortForms {
    /// Says that `form` may stand for `name`.
    pub(super) fn add(&mut self, form: &str, name: usize) {
        self.0
            .entry(form.to_owned())
            .and_modify(|known| *known = known.filter(|k| *k == name))
            .or_insert(Some(name));
    }

    /// The one name that `form` may stand for.
    pub(super) fn get(&self, form: &str) -> Option<usize> {
        self.0.get(form).copied().flatten()
    }
}
