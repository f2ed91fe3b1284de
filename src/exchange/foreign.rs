//! What annotations of others say, as decisions.

use serde_json::Value;

use crate::anchor::Selector;
use crate::article::Kind;
use crate::review::{Action, Decision, Moment};

/// Of a list of selectors so many are looked at.
const SELECTORS: usize = 100;

/// What others call our kinds.
const KINDS: [(Kind, &[&str]); 4] = [
    (Kind::Official, &["official", "官员", "官員", "领导", "領導"]),
    (Kind::Person, &["person", "per", "people", "人物", "人名", "人"]),
    (Kind::Place, &["place", "loc", "location", "gpe", "地点", "地點", "地名"]),
    (Kind::Organization, &["organization", "organisation", "org", "机构", "機構", "组织", "組織"]),
];

/// What the bodies of one annotation say.
#[derive(Default)]
pub(super) struct Said {
    kind: Option<Kind>,
    notes: Vec<String>,
}

impl Said {
    /// A tag, which may be one of our kinds.
    pub fn tag(&mut self, tag: &str) {
        let name = tag.trim().to_lowercase();
        match KINDS.iter().find(|(_, names)| names.contains(&name.as_str())) {
            Some((kind, _)) if self.kind.is_none() => self.kind = Some(*kind),
            _ => self.note(tag),
        }
    }

    /// Something that somebody wrote.
    pub fn note(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.notes.push(text.to_owned());
        }
    }

    /// A body in any of its forms: a string, a text with a purpose, a resource.
    pub fn body(&mut self, body: &Value) {
        let text = |key: &str| body.get(key).and_then(Value::as_str);
        let purpose = text("purpose").unwrap_or_default();
        match body {
            Value::String(text) => self.note(text),
            _ => match (text("value"), purpose) {
                (Some(value), "tagging" | "classifying") => self.tag(value),
                (Some(value), _) => self.note(value),
                // A resource that says what it is, as vocabularies do.
                (None, _) => match text("label") {
                    Some(label) if matches!(purpose, "tagging" | "classifying") => self.tag(label),
                    _ => self.note(text("source").or(text("id")).unwrap_or_default()),
                },
            },
        }
    }

    /// Decisions with ids of their own, the same ones whenever the same annotation is read.
    pub fn decisions(self, id: String, author: String, time: Moment, target: Vec<Selector>) -> Vec<Decision> {
        let kind = self.kind.filter(|_| !target.is_empty());
        let added = kind.map(|kind| Action::Add { kind });
        // Who only marks something has it remembered.
        let blank = added.is_none() && self.notes.is_empty();
        let notes = self.notes.into_iter().chain(blank.then(String::new)).map(|text| Action::Note { text });
        let numbered = (1..).zip(added.into_iter().chain(notes));
        let decision = |(number, action)| Decision {
            id: if number == 1 { id.clone() } else { format!("{id}#{number}") },
            author: author.clone(),
            time,
            target: target.clone(),
            kind,
            action,
            reason: None,
            replaces: Vec::new(),
        };
        numbered.map(decision).collect()
    }
}

/// The selectors of a target in any of its forms.
pub(super) fn selectors_of(target: Option<&Value>) -> Vec<Selector> {
    let Some(selector) = target.and_then(|target| target.get("selector")) else { return Vec::new() };
    let all = selector.as_array().map_or(std::slice::from_ref(selector), Vec::as_slice);
    let known = all.iter().take(SELECTORS).filter_map(|one| serde_json::from_value(one.clone()).ok());
    known.filter(|selector| *selector != Selector::Other).collect()
}

/// An annotation's id; of one without, what it says told as a number.
pub(super) fn id(item: &Value) -> String {
    match item.get("id").and_then(Value::as_str) {
        Some(id) if !id.is_empty() && id.len() <= 150 => id.to_owned(),
        _ => format!(
            "import-{:08x}-{:x}",
            crc32fast::hash(item.to_string().as_bytes()),
            item.to_string().len()
        ),
    }
}

/// A person or a program, by name.
pub(super) fn named(agent: Option<&Value>) -> String {
    let agent = match agent {
        Some(Value::Array(agents)) => agents.first(),
        other => other,
    };
    let name = agent.and_then(|agent| match agent {
        Value::String(name) => Some(name),
        _ => ["name", "nickname", "id"].into_iter().find_map(|key| match agent.get(key) {
            Some(Value::String(name)) => Some(name),
            _ => None,
        }),
    });
    name.map(|name| name.chars().take(200).collect()).unwrap_or_default()
}

/// When something was made.
pub(super) fn moment(time: Option<&Value>) -> Option<Moment> {
    time?.as_str()?.parse().ok()
}

/// Whether JSON-LD says that it is of a type.
pub(super) fn is_of_type(value: &Value, name: &str) -> bool {
    match value.get("type").or_else(|| value.get("@type")) {
        Some(Value::String(own)) => own == name,
        Some(Value::Array(own)) => own.iter().any(|own| own == name),
        _ => false,
    }
}
