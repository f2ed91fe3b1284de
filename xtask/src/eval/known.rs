//! What is known to go wrong, from the list that `tests/regression.rs` holds the model to.

use crate::error::{Error, Result};
use crate::project;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Case {
    class: String,
    why: String,
    known: Option<String>,
}

/// Cases and failures of each class of error, with why they fail.
pub fn table() -> Result<String> {
    let path = project::path("tests/fixtures/regression.jsonl");
    let file = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
    let mut classes: BTreeMap<String, Vec<Case>> = BTreeMap::new();
    for (line, json) in (1..).zip(file.lines()) {
        let case: Case =
            serde_json::from_str(json).map_err(|source| Error::Json { path: path.clone(), line, source })?;
        classes.entry(case.class.clone()).or_default().push(case);
    }
    let fails = |cases: &[Case]| cases.iter().filter(|case| case.known.is_some()).count();
    let all: usize = classes.values().map(Vec::len).sum();
    let failing: usize = classes.values().map(|cases| fails(cases)).sum();
    let mut lines = vec![
        format!("### Regression list: {} of {all} cases hold\n", all - failing),
        "| class of error | cases | fail | what fails |".into(),
        "| --- | ---: | ---: | --- |".into(),
    ];
    for (class, cases) in &classes {
        let mut reasons: Vec<&str> =
            cases.iter().filter(|case| case.known.is_some()).map(|case| case.why.as_str()).collect();
        reasons.dedup();
        lines.push(format!("| {class} | {} | {} | {} |", cases.len(), fails(cases), reasons.join("; ")));
    }
    Ok(lines.join("\n"))
}
