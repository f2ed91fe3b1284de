//! What Hypothesis exports: the rows of its API's search, or its client's file.

use serde_json::Value;

use super::foreign::{self, Said, selectors_of};
use crate::review::Decision;

/// The annotations, where it is such a file.
pub(super) fn rows(value: &Value) -> Option<&[Value]> {
    let rows = match value {
        Value::Array(rows) => rows,
        _ => value.get("rows").or_else(|| value.get("annotations"))?.as_array()?,
    };
    // Others have lists as well; only here a row has an address and somebody's account.
    let own = |row: &Value| {
        row.get("uri").is_some_and(Value::is_string) && row.get("user").is_some_and(Value::is_string)
    };
    let fine = rows.iter().all(own) && (!rows.is_empty() || !value.is_array());
    fine.then_some(rows)
}

/// What an annotation says.
pub(super) fn decisions(row: &Value) -> Vec<Decision> {
    let mut said = Said::default();
    for tag in row.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        said.tag(tag);
    }
    said.note(row.get("text").and_then(Value::as_str).unwrap_or_default());
    // A note on the page has a target without selectors, a reply as well.
    let target = row.get("target").and_then(Value::as_array).and_then(|targets| targets.first());
    let account = foreign::named(row.get("user"));
    // acct:name@authority
    let author = account.strip_prefix("acct:").and_then(|rest| rest.split('@').next()).unwrap_or(&account);
    let shown = row.get("user_info").and_then(|info| info.get("display_name")).and_then(Value::as_str);
    let author = shown.filter(|name| !name.is_empty()).unwrap_or(author).chars().take(200).collect();
    let time = ["created", "updated"].into_iter().find_map(|key| foreign::moment(row.get(key)));
    said.decisions(foreign::id(row), author, time.unwrap_or_default(), selectors_of(target))
}
