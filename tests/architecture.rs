//! The arrows of `docs/architecture.md`: who may use whom.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What every part may use: records, days, errors, the container of assets, what is known beforehand.
const COMMON: [&str; 5] = ["article", "asset", "date", "error", "gazetteer"];

/// Each part with those it may use besides, itself and what is common to all. Only downwards.
const PARTS: [(&str, &[&str]); 18] = [
    ("web", &["anchor", "annotate", "terms", "resolve", "office", "tagger", "segment", "text"]),
    ("annotate", &["terms", "resolve", "office", "tagger", "segment", "text"]),
    // What a person is called depends on who holds an office, never the other way round.
    ("resolve", &["office", "tagger", "segment", "text"]),
    ("office", &["tagger", "segment", "text"]),
    ("terms", &["tagger", "segment", "text"]),
    ("tagger", &["segment", "text"]),
    ("segment", &["text"]),
    ("text", &[]),
    // Anchors know a text and nothing of what is found in it.
    ("anchor", &[]),
    // What humans decide is laid over an article and what a check has found in it, whoever has made them. What names
    // that they mark hold is read from the text by the same grammar as the machine's.
    ("review", &["roster", "anchor", "office", "tagger"]),
    ("exchange", &["review", "roster", "anchor"]),
    ("roster", &[]),
    ("gazetteer", &["text"]),
    ("article", &[]),
    ("asset", &[]),
    ("date", &[]),
    ("error", &[]),
    (
        "lib",
        &["anchor", "annotate", "terms", "resolve", "office", "tagger", "segment", "text", "review", "web"],
    ),
];

/// Crates that know a browser.
const BROWSER: [&str; 4] = ["web_sys", "js_sys", "wasm_bindgen", "console_error_panic_hook"];

#[test]
fn arrows_point_down_only() {
    let exports = exports(&source("src/lib.rs"));
    let mut broken = Vec::new();
    for file in files(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path()) {
        let part = part(&file);
        let Some((_, allowed)) = PARTS.iter().find(|(name, _)| *name == part) else {
            panic!("{}: `{part}` is new; say in PARTS what it may use", file.display());
        };
        for name in used(&code(&file)) {
            let target = exports.get(&name).unwrap_or(&name);
            let fine =
                *target == part || COMMON.contains(&target.as_str()) || allowed.contains(&target.as_str());
            if !fine {
                broken.push(format!("{}: {part} must not use {target}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn modules_reach_each_other_through_the_crate() {
    // Otherwise the arrows above would be blind: `super::super::…` out of a part names no part.
    for file in files(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path()) {
        let inside = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
        let depth = inside.components().count() - usize::from(inside.ends_with("mod.rs"));
        let code = code(&file);
        let (own, tests) = code.split_once("#[cfg(test)]").unwrap_or((&code, ""));
        // So many lead to the root of the crate; from a module of tests in the file one more.
        for (code, chain) in [(own, "super::".repeat(depth)), (tests, "super::".repeat(depth + 1))] {
            assert!(!code.contains(&chain), "{}: write crate:: instead of {chain}", file.display());
        }
    }
}

#[test]
fn only_web_knows_a_browser() {
    for file in files(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path()) {
        if part(&file) != "web" {
            let code = code(&file);
            let named: Vec<_> = BROWSER.iter().filter(|name| code.contains(**name)).collect();
            assert!(named.is_empty(), "{}: {named:?} belong into src/web", file.display());
        }
    }
}

#[test]
fn the_test_sees_what_it_should() {
    let code = "use crate::text::{self, A};\nuse crate::{office::{x, y}, Kind as K, self};\nlet a = crate::web::b();";
    let expected = ["Kind", "office", "text", "web"].map(String::from);
    assert_eq!(used(code), BTreeSet::from(expected));
    let exports = exports("pub use article::{Article, Kind};\npub use error::Error;\n");
    assert_eq!(exports["Kind"], "article");
    assert_eq!(exports["Error"], "error");
}

/// The names that follow `crate::` anywhere.
fn used(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, found) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(heads(group)),
            None => names.extend(identifier(rest)),
        }
    }
    names
}

/// The first name of each entry of a `{…}` group, whose inside begins at `group`.
fn heads(group: &str) -> Vec<String> {
    let (mut heads, mut depth, mut entry) = (Vec::new(), 0, String::new());
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => heads.extend(identifier(&std::mem::take(&mut entry))),
            _ if depth == 0 => entry.push(c),
            _ => {}
        }
    }
    heads.extend(identifier(&entry));
    heads.retain(|head| head != "self");
    heads
}

fn identifier(text: &str) -> Option<String> {
    let name: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// Which part the crate's own names come from.
fn exports(lib: &str) -> BTreeMap<String, String> {
    let mut from = BTreeMap::new();
    for export in lib.split("pub use ").skip(1) {
        let export = export.split(';').next().unwrap_or_default();
        let Some((part, names)) = export.split_once("::") else { continue };
        for name in names.trim_matches(['{', '}']).split(',').filter_map(identifier) {
            from.insert(name, part.to_owned());
        }
    }
    from
}

/// The part a file belongs to: its first folder, or its own name.
fn part(file: &Path) -> String {
    let inside = file.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// A file without its comments, which may link to whatever they like.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn source(path: &str) -> String {
    code(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
