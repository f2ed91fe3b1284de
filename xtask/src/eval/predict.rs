//! Answers of the real command, so that what is measured is what users get.

use super::corpus::{Labels, Sentence};
use super::gold::Spans;
use super::resolution::Answer as Article;
use crate::error::{Error, Result};
use crate::{process, project};
use serde::de::DeserializeOwned;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The exit code with which the command refuses a guideline (and damaged assets).
const REFUSED: i32 = 3;

/// The command, with the assets it is to read.
pub struct Program {
    path: PathBuf,
    /// What stands before every subcommand.
    options: Vec<String>,
}

impl Program {
    /// Builds the command.
    pub fn build(options: Vec<String>) -> Result<Self> {
        let mut cargo = process::cargo(&["build", "--release", "--package", "mingzhu-cli"]);
        cargo.args(["--message-format", "json-render-diagnostics"]);
        let command = process::line(&cargo);
        let messages = process::output(cargo)?;
        messages
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
            .find_map(|message| message["executable"].as_str().map(PathBuf::from))
            .map(|path| Program { path, options })
            .ok_or_else(|| Error::Output { command, detail: "no executable is announced".into() })
    }

    /// Annotates texts.
    pub fn articles<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Result<Vec<Spans>> {
        match self.ask(&["annotate", "--jsonl"], texts)? {
            Answer::Lines(lines) => Ok(lines),
            Answer::Refused(detail) => Err(Error::Output { command: "mingzhu annotate".into(), detail }),
        }
    }

    /// Annotates texts, with all that is found.
    pub fn full<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Result<Vec<Article>> {
        match self.ask(&["annotate", "--jsonl", "--full"], texts)? {
            Answer::Lines(lines) => Ok(lines),
            Answer::Refused(detail) => Err(Error::Output { command: "mingzhu annotate".into(), detail }),
        }
    }

    /// Labels sentences by a guideline; the inner error is what the model says when it does not
    /// know that guideline.
    pub fn labels(
        &self,
        guideline: &str,
        sentences: &[Sentence],
    ) -> Result<std::result::Result<Vec<Labels>, String>> {
        let texts = sentences.iter().map(|sentence| sentence.text.as_str());
        match self.ask(&["annotate", "--jsonl", "--guideline", guideline], texts)? {
            Answer::Lines(lines) => Ok(Ok(lines)),
            Answer::Refused(message) => Ok(Err(message)),
        }
    }

    fn ask<'a, T: DeserializeOwned>(
        &self,
        arguments: &[&str],
        texts: impl Iterator<Item = &'a str>,
    ) -> Result<Answer<T>> {
        let requests: String = texts
            .enumerate()
            .map(|(id, text)| format!("{}\n", serde_json::json!({ "id": id, "text": text })))
            .collect();
        let count = requests.lines().count();
        let mut command = Command::new(&self.path);
        command.args(&self.options).args(arguments).current_dir(project::root());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let line = process::line(&command);
        let start = |source| Error::Start { program: line.clone(), source };
        let mut child = command.spawn().map_err(start)?;
        let stdin = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // Fails when the command ends early; its exit code says why.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(requests.as_bytes())));
            child.wait_with_output().map_err(start)
        })?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        if output.status.code() == Some(REFUSED) {
            return Ok(Answer::Refused(stderr.lines().next().unwrap_or_default().into()));
        }
        eprint!("{stderr}");
        let answers = String::from_utf8_lossy(&output.stdout);
        let answers: Vec<T> = answers
            .lines()
            .map(serde_json::from_str)
            .collect::<std::result::Result<_, _>>()
            .map_err(|error| Error::Output { command: line.clone(), detail: error.to_string() })?;
        if !output.status.success() {
            return Err(Error::Failed { command: line, status: output.status });
        }
        if answers.len() != count {
            let detail = format!("{} answers to {count} texts", answers.len());
            return Err(Error::Output { command: line, detail });
        }
        Ok(Answer::Lines(answers))
    }
}

/// Who is who among the names and titles of a gold file, by `examples/resolve.rs`.
pub fn resolve(gold: &Path, assets: &Path) -> Result<Vec<Article>> {
    let input = std::fs::File::open(gold).map_err(Error::file(gold))?;
    let mut cargo = process::cargo(&["run", "--quiet", "--release", "--example", "resolve", "--"]);
    cargo.arg(assets).stdin(input);
    let command = process::line(&cargo);
    let lines = process::output(cargo)?;
    (lines.lines().map(serde_json::from_str).collect::<std::result::Result<_, _>>())
        .map_err(|error| Error::Output { command, detail: error.to_string() })
}

enum Answer<T> {
    Lines(Vec<T>),
    Refused(String),
}
