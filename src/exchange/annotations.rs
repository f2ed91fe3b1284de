//! W3C Web Annotations (Recommendation of 23 February 2017), as JSON-LD.
//!
//! Each mention of the machine is an annotation with a `generator`, each decision of a human one
//! with a `creator`. Both say in the model's own words what they can, for any reader; what the model
//! has no words for stands under keys of our own context, whole, so that our own reading is lossless.

use std::fmt::Write;

use serde_json::{Value, json};

use super::foreign::{self, Origin, selectors_of};
use super::taken::Taken;
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
    let source = &source(review, about);
    let mut items: Vec<Value> = Vec::new();
    for mention in &review.article().mentions {
        let selectors = review.target_of(mention.start, mention.end);
        if selectors.is_empty() {
            continue;
        }
        items.push(json!({
            "id": format!("mingzhu:mention/{:016x}/{}-{}", review.hash(), mention.start, mention.end),
            "type": "Annotation",
            "motivation": "classifying",
            "generator": generator(),
            "body": [class(mention.kind.name())],
            "target": target(source, &selectors),
            "score": mention.score,
        }));
    }
    items.extend(findings::annotations(review, source));
    items.extend(review.log().decisions.iter().map(|decision| annotation(decision, source)));
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
        "id": part(source, "mingzhu"),
        "type": "AnnotationCollection",
        "label": about.title,
        "total": items.len(),
        "first": {
            "id": part(source, "mingzhu-1"),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    })
}

/// What means a story; one that nobody has given an address is told by its text.
fn source(review: &Review, about: &About) -> String {
    if is_iri(&about.source) { about.source.clone() } else { format!("mingzhu:story/{:016x}", review.hash()) }
}

/// A part of what an IRI means, which may be a part of something itself.
pub(super) fn part(iri: &str, name: &str) -> String {
    let border = if iri.contains('#') { '/' } else { '#' };
    format!("{iri}{border}{name}")
}

/// The machine, as the one who says something.
pub(super) fn generator() -> Value {
    json!({ "type": "Software", "name": "mingzhu", "softwareVersion": env!("CARGO_PKG_VERSION") })
}

pub(super) fn target(source: &str, selectors: &[Selector]) -> Value {
    json!({ "source": source, "selector": selectors })
}

fn class(kind: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": "classifying", "value": kind, "format": "text/plain" })
}

pub(super) fn text(purpose: &str, value: &str) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain" })
}

/// A decision in the words of the model, and whole under a key of ours.
fn annotation(decision: &Decision, source: &str) -> Value {
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
                json!({ "type": "SpecificResource", "purpose": "editing", "source": source, "selector": to }),
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
        Action::Undo { .. } | Action::Withdraw { .. } => ("moderating", Vec::new()),
        Action::Accept { finding } => ("assessing", findings::bodies("error", finding)),
        Action::Dismiss { finding } => ("assessing", findings::bodies("right", finding)),
    };
    bodies.extend(decision.reason.iter().map(|reason| text("commenting", reason)));
    let target = match &decision.action {
        Action::Undo { decision } => json!(iri(decision)),
        Action::Withdraw { decisions } if !decisions.is_empty() => {
            decisions.iter().map(|id| iri(id)).collect()
        }
        _ if decision.target.is_empty() => json!(source),
        action if action.finding().is_some_and(|finding| !finding.also.is_empty()) => {
            let also = action.finding().into_iter().flat_map(|finding| &finding.also);
            [&decision.target].into_iter().chain(also).map(|place| target(source, place)).collect()
        }
        _ => target(source, &decision.target),
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
    // Also who does not sign is no machine.
    annotation["creator"] = json!({ "type": "Person" });
    if !decision.author.is_empty() {
        annotation["creator"]["name"] = decision.author.as_str().into();
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
    // At most one part of something can be meant.
    named
        && id.matches('#').count() < 2
        && !id.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// Annotations that stand in a file.
pub(super) struct Items<'a> {
    pub items: Vec<&'a Value>,
    /// Whether there are more that it only names.
    pub elsewhere: bool,
}

/// The annotations of a collection, a page, a list, or one alone.
pub(super) fn items(value: &Value) -> Option<Items<'_>> {
    let alone = match value {
        Value::Array(items) => items.as_slice(),
        _ if is_annotation(value) => std::slice::from_ref(value),
        _ => return of_pages(value),
    };
    alone.iter().all(is_annotation).then(|| Items { items: alone.iter().collect(), elsewhere: false })
}

/// Those of a page and of all that come after it.
fn of_pages(value: &Value) -> Option<Items<'_>> {
    let mut page = if value.get("items").is_some() { value } else { value.get("first")? };
    let mut found = Items { items: Vec::new(), elsewhere: false };
    loop {
        for item in page.get("items")?.as_array()? {
            match item {
                Value::String(_) => found.elsewhere = true,
                _ if is_annotation(item) => found.items.push(item),
                _ => return None,
            }
        }
        match page.get("next") {
            Some(next) if next.get("items").is_some() => page = next,
            Some(next) => {
                found.elsewhere |= !next.is_null();
                break;
            }
            None => break,
        }
    }
    // Many have lists of nothing.
    let says = ["AnnotationPage", "AnnotationCollection"].iter().any(|name| foreign::is_of_type(value, name));
    (says || !found.items.is_empty()).then_some(found)
}

fn is_annotation(value: &Value) -> bool {
    value.get("target").is_some() || foreign::is_of_type(value, "Annotation")
}

/// Takes what an annotation decides: of one that a machine of ours has made, nothing.
pub(super) fn take(item: &Value, taken: &mut Taken) -> Result<(), ExchangeError> {
    if let Some(own) = item.get("decision").filter(|own| own.is_object()) {
        let decision: Decision = serde_json::from_value(own.clone()).map_err(|_| {
            let id = own.get("id").and_then(Value::as_str).unwrap_or_default().chars().take(80).collect();
            ReviewError::DecisionInvalid { id, detail: "it is damaged" }
        })?;
        return taken.own(decision);
    }
    let generator = item.get("generator").and_then(|generator| generator.get("name"));
    if generator.and_then(Value::as_str) == Some("mingzhu") && item.get("creator").is_none() {
        taken.machine += 1;
        return Ok(());
    }
    let bodies = || ["body", "bodyValue"].into_iter().flat_map(|key| foreign::each(item.get(key)));
    let mut said = foreign::Said::default();
    bodies().for_each(|body| said.body(body));
    // Some sign each body, and say of the whole only which program has written the file, and when.
    let signed = item.get("creator").or_else(|| bodies().find_map(|body| body.get("creator")));
    // Of one that was changed since, what it says now was said then.
    let said_at = ["modified", "created"];
    let time = foreign::moment(item, &said_at)
        .or_else(|| bodies().filter_map(|body| foreign::moment(body, &said_at)).max())
        .or_else(|| foreign::moment(item, &["generated"]));
    let origin = Origin {
        id: foreign::id(item),
        author: foreign::named(signed.or_else(|| item.get("generator"))),
        time: time.unwrap_or_default(),
    };
    // What is said is said of each target.
    let targets = foreign::each(item.get("target"));
    let none = targets.is_empty().then_some(&Value::Null);
    targets.iter().chain(none).try_for_each(|target| taken.foreign(&origin, &said, &selectors_of(target)))
}
