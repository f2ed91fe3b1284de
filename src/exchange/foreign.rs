//! What annotations of others say, as decisions.

use serde_json::Value;

use crate::anchor::{Selector, hash};
use crate::article::Kind;
use crate::review::{Action, Decision, LONGEST, Moment, SELECTORS};

/// More of what stands around a quote is never looked at.
const AROUND: usize = 256;

/// Of a longer id only what it tells apart is kept.
const ID: usize = 150;

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
    pub kind: Option<Kind>,
    pub notes: Vec<String>,
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
        let tags = matches!(text("purpose"), Some("tagging" | "classifying" | "identifying"));
        match body {
            Value::String(text) => self.note(text),
            _ => match text("value") {
                Some(value) if tags => self.tag(value),
                Some(value) => self.note(value),
                // A resource that says what it is, as vocabularies do.
                None => match text("label") {
                    Some(label) if tags => self.tag(label),
                    _ => self.note(text("source").or(text("id")).unwrap_or_default()),
                },
            },
        }
    }
}

/// Whose an annotation is, and which.
pub(super) struct Origin {
    pub id: String,
    pub author: String,
    pub time: Moment,
}

impl Origin {
    /// A decision with an id of its own: the same one whenever the same annotation says the same, another one as soon
    /// as its author has changed what it says. So nothing that was read before is replaced by what is read now.
    pub fn decision(&self, kind: Option<Kind>, action: Action, target: &[Selector]) -> Decision {
        let mut decision = Decision {
            id: String::new(),
            author: self.author.clone(),
            time: self.time,
            target: target.to_vec(),
            kind,
            action,
            reason: None,
            replaces: Vec::new(),
        };
        // Writing what is plain data cannot fail.
        let said = serde_json::to_string(&decision).unwrap_or_default();
        let hash = hash(self.id.chars().chain(['\n']).chain(said.chars()));
        let named = if self.id.is_empty() || self.id.len() > ID { "import" } else { &self.id };
        decision.id = format!("{named}.{hash:016x}");
        decision
    }
}

/// The selectors of a target in any of its forms: the first of each type, since more are not looked at.
pub(super) fn selectors_of(target: &Value) -> Vec<Selector> {
    let Some(selector) = target.get("selector") else { return Vec::new() };
    let all = selector.as_array().map_or(std::slice::from_ref(selector), Vec::as_slice);
    let known = all.iter().take(SELECTORS).filter_map(|one| serde_json::from_value(one.clone()).ok());
    let mut kept: Vec<Selector> = Vec::new();
    for selector in known.filter(|selector| *selector != Selector::Other) {
        let same = |other: &Selector| std::mem::discriminant(other) == std::mem::discriminant(&selector);
        if !kept.iter().any(same) {
            kept.push(cut(selector));
        }
    }
    kept
}

/// As much of a quote as is looked at, and as can be kept.
fn cut(selector: Selector) -> Selector {
    let head = |text: String, most| match text.char_indices().nth(most) {
        Some((end, _)) => text[..end].to_owned(),
        None => text,
    };
    match selector {
        Selector::TextQuoteSelector { exact, prefix, suffix } => {
            let start = prefix.char_indices().nth_back(AROUND - 1).map_or(0, |(start, _)| start);
            let prefix = prefix[start..].to_owned();
            Selector::TextQuoteSelector { exact: head(exact, LONGEST), prefix, suffix: head(suffix, AROUND) }
        }
        other => other,
    }
}

/// One or several, as JSON-LD writes them.
pub(super) fn each(value: Option<&Value>) -> &[Value] {
    match value {
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    }
}

/// An annotation's id, if it has one.
pub(super) fn id(item: &Value) -> String {
    item.get("id").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A person or a program, by name.
pub(super) fn named(agent: Option<&Value>) -> String {
    let name = each(agent).first().and_then(|agent| match agent {
        Value::String(name) => Some(name),
        _ => ["name", "nickname", "id"].into_iter().find_map(|key| match agent.get(key) {
            Some(Value::String(name)) => Some(name),
            _ => None,
        }),
    });
    name.map(|name| name.chars().take(200).collect()).unwrap_or_default()
}

/// When something was said, in the first of these keys that has a time.
pub(super) fn moment(item: &Value, keys: &[&str]) -> Option<Moment> {
    keys.iter().find_map(|key| item.get(key)?.as_str()?.parse().ok())
}

/// Whether JSON-LD says that it is of a type.
pub(super) fn is_of_type(value: &Value, name: &str) -> bool {
    match value.get("type").or_else(|| value.get("@type")) {
        Some(Value::String(own)) => own == name,
        Some(Value::Array(own)) => own.iter().any(|own| own == name),
        _ => false,
    }
}
