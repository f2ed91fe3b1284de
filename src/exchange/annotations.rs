//! W3C Web Annotations (Recommendation of 23 February 2017), as JSON-LD.
//!
//! Each mention of the machine is an annotation with a `generator`, each decision of a human one
//! with a `creator`. Both say in the model's own words what they can, for any reader; what the model
//! has no words for stands under keys of our own context, whole, so that our own reading is lossless.

use std::fmt::Write;

use serde_json::{Value, json};

use super::foreign::{self, selectors_of};
use super::{About, ExchangeError, findings};
use crate::anchor::Selector;
use crate::review::{Action, Decision, Review, ReviewError};

/// What expands the names that the model does not have.
const NAMESPACE: &str = "https://mingzhu.dev/ns#";

/// A collection of everything that machine and humans say of a story.
///
/// ```
/// use mingzhu::exchange::{About, annotations, read};
/// use mingzhu::review::{Log, Review};
/// use mingzhu::{Article, OffsetUnit};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let machine = Article { unit: OffsetUnit::Utf16, ..Article::empty(0) };
/// let review = Review::new("", machine, Log::default())?;
/// let about = About { source: "https://news.example/1".into(), ..About::default() };
/// let written = annotations::write(&review, &about).to_string();
/// assert_eq!(read(&written)?.log, review.log());
/// # Ok(())
/// # }
/// ```
pub fn write(review: &Review, about: &About) -> Value {
    let mut items: Vec<Value> = Vec::new();
    for (index, mention) in (0u32..).zip(&review.article().mentions) {
        let selectors = review.target_of(mention.start, mention.end);
        if selectors.is_empty() {
            continue;
        }
        items.push(json!({
            "id": format!("mingzhu:mention/{index}"),
            "type": "Annotation",
            "motivation": "classifying",
            "generator": generator(),
            "body": [class(mention.kind.name())],
            "target": target(about, &selectors),
            "score": mention.score,
        }));
    }
    items.extend(findings::annotations(review, about));
    items.extend(review.log().decisions.iter().map(|decision| annotation(decision, about)));
    json!({
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            {
                "mingzhu": NAMESPACE,
                "decision": { "@id": "mingzhu:decision", "@type": "@json" },
                "finding": { "@id": "mingzhu:finding", "@type": "@json" },
                "score": "mingzhu:score",
                "softwareVersion": "schema:softwareVersion",
            },
        ],
        "id": format!("{}#mingzhu", source(about)),
        "type": "AnnotationCollection",
        "label": about.title,
        "total": items.len(),
        "first": {
            "id": format!("{}#mingzhu-1", source(about)),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    })
}

/// A story that nobody has given an address is only itself.
pub(super) fn source(about: &About) -> &str {
    if about.source.is_empty() { "mingzhu:story" } else { &about.source }
}

/// The machine, as the one who says something.
pub(super) fn generator() -> Value {
    json!({ "type": "Software", "name": "mingzhu", "softwareVersion": env!("CARGO_PKG_VERSION") })
}

pub(super) fn target(about: &About, selectors: &[Selector]) -> Value {
    json!({ "source": source(about), "selector": selectors })
}

fn class(kind: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": "classifying", "value": kind, "format": "text/plain" })
}

pub(super) fn text(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain" })
}

/// A decision in the words of the model, and whole under a key of ours.
fn annotation(decision: &Decision, about: &About) -> Value {
    let (motivation, mut bodies) = match &decision.action {
        Action::Confirm => {
            ("assessing", decision.kind.into_iter().map(|kind| class(kind.name())).collect::<Vec<_>>())
        }
        Action::Reject => ("assessing", vec![text("assessing", "no name")]),
        Action::Kind { kind } => ("classifying", vec![class(kind.name())]),
        Action::Add { kind } => ("classifying", vec![class(kind.name())]),
        Action::Span { to } => (
            "editing",
            vec![
                json!({ "type": "SpecificResource", "purpose": "editing", "source": source(about), "selector": to }),
            ],
        ),
        Action::Entity { name, id } => {
            let link = id.iter().filter(|id| is_iri(id));
            let link =
                link.map(|id| json!({ "type": "SpecificResource", "purpose": "linking", "source": id }));
            ("identifying", [text("identifying", name)].into_iter().chain(link).collect())
        }
        Action::Office { title, body, .. } => {
            let words: Vec<_> = body.iter().chain([title]).map(String::as_str).collect();
            ("describing", vec![text("describing", &words.join(" "))])
        }
        Action::Note { text: words } => ("commenting", vec![text("commenting", words)]),
        Action::Undo { .. } => ("moderating", Vec::new()),
        Action::Accept { finding } => ("assessing", findings::bodies("error", finding)),
        Action::Dismiss { finding } => ("assessing", findings::bodies("right", finding)),
    };
    bodies.extend(decision.reason.iter().map(|reason| text("commenting", reason)));
    let target = match &decision.action {
        Action::Undo { decision } => json!(iri(decision)),
        _ if decision.target.is_empty() => json!(source(about)),
        action if action.finding().is_some_and(|finding| !finding.also.is_empty()) => {
            let also = action.finding().into_iter().flat_map(|finding| &finding.also);
            [&decision.target].into_iter().chain(also).map(|place| target(about, place)).collect()
        }
        _ => target(about, &decision.target),
    };
    let mut annotation = json!({
        "id": iri(&decision.id),
        "type": "Annotation",
        "motivation": motivation,
        "created": decision.time,
        "target": target,
        "decision": decision,
    });
    if !bodies.is_empty() {
        annotation["body"] = bodies.into();
    }
    if !decision.author.is_empty() {
        annotation["creator"] = json!({ "type": "Person", "name": decision.author });
    }
    annotation
}

/// Ids are IRIs there.
fn iri(id: &str) -> String {
    let uuid = id.len() == 36
        && id.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    if uuid {
        return format!("urn:uuid:{id}");
    }
    if is_iri(id) {
        return id.to_owned();
    }
    let mut iri = "mingzhu:decision/".to_owned();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => iri.push(char::from(byte)),
            // Writing to a String cannot fail.
            _ => _ = write!(iri, "%{byte:02X}"),
        }
    }
    iri
}

fn is_iri(id: &str) -> bool {
    let scheme = id.split_once(':').map_or("", |(scheme, _)| scheme);
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    named && !id.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// The annotations of a collection, a page, a list, or one alone.
pub(super) fn items(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(items) => items.iter().all(is_annotation).then_some(items),
        _ if is_annotation(value) => Some(std::slice::from_ref(value)),
        _ => {
            let page = value.get("first").unwrap_or(value);
            page.get("items")?.as_array().map(Vec::as_slice)
        }
    }
}

fn is_annotation(value: &Value) -> bool {
    value.get("target").is_some() || foreign::is_of_type(value, "Annotation")
}

/// What an annotation decides; `None` of one that a machine of ours has made.
pub(super) fn decisions(item: &Value) -> Result<Option<Vec<Decision>>, ExchangeError> {
    if let Some(own) = item.get("decision").filter(|own| own.is_object()) {
        let decision: Decision = serde_json::from_value(own.clone()).map_err(|error| {
            let id = own.get("id").and_then(Value::as_str).unwrap_or_default().chars().take(80).collect();
            let _ = error;
            ReviewError::DecisionInvalid { id, detail: "it is damaged" }
        })?;
        return Ok(Some(vec![decision]));
    }
    let generator = item.get("generator").and_then(|generator| generator.get("name"));
    if generator.and_then(Value::as_str) == Some("mingzhu") && item.get("creator").is_none() {
        return Ok(None);
    }
    let target = item.get("target");
    let selectors = selectors_of(target.and_then(|target| match target {
        Value::Array(targets) => targets.first(),
        one => Some(one),
    }));
    let author = foreign::named(item.get("creator").or_else(|| item.get("generator")));
    let time =
        ["created", "modified", "generated"].into_iter().find_map(|key| foreign::moment(item.get(key)));
    let mut said = foreign::Said::default();
    let values = ["body", "bodyValue"].into_iter().filter_map(|key| item.get(key));
    for body in values.flat_map(|body| body.as_array().map_or(std::slice::from_ref(body), Vec::as_slice)) {
        said.body(body);
    }
    Ok(Some(said.decisions(foreign::id(item), author, time.unwrap_or_default(), selectors)))
}
