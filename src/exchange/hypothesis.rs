//! What Hypothesis exports: the rows of its API's search, or its client's file.

use serde_json::Value;

use super::ExchangeError;
use super::foreign::{self, Origin, Said, selectors_of};
use super::taken::Taken;

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

/// Takes what an annotation says.
pub(super) fn take(row: &Value, taken: &mut Taken) -> Result<(), ExchangeError> {
    let mut said = Said::default();
    for tag in row.get("tags").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        said.tag(tag);
    }
    said.note(row.get("text").and_then(Value::as_str).unwrap_or_default());
    let account = foreign::named(row.get("user"));
    // acct:name@authority
    let author = account.strip_prefix("acct:").and_then(|rest| rest.split('@').next()).unwrap_or(&account);
    let shown = row.get("user_info").and_then(|info| info.get("display_name")).and_then(Value::as_str);
    let author = shown.filter(|name| !name.is_empty()).unwrap_or(author).chars().take(200).collect();
    // Of one that was changed since, what it says now was said then.
    let time = foreign::moment(row, &["updated", "created"]).unwrap_or_default();
    let origin = Origin { id: foreign::id(row), author, time };
    // A note on the page has a target without selectors, a reply as well.
    let targets = foreign::each(row.get("target"));
    let none = targets.is_empty().then_some(&Value::Null);
    targets.iter().chain(none).try_for_each(|target| taken.foreign(&origin, &said, &selectors_of(target)))
}
