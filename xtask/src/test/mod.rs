//! `cargo xtask test`: everything that must hold before a change is taken.

mod javascript;
mod rust;

use crate::browsers::Engine;
use crate::build;
use crate::error::{self, Error, Result};
use crate::npm;
use std::fmt;
use std::time::{Duration, Instant};

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Run one step only
    #[arg(long, value_enum, value_name = "STEP")]
    only: Option<Step>,
}

/// A part of the test, in the order they run: what fails fastest comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Step {
    /// rustfmt
    Format,
    /// licences and sources of what is built in, by cargo-deny
    Dependencies,
    /// what is known of vulnerable crates, by cargo-deny
    Advisories,
    /// what is known of vulnerable tools, by npm
    Audit,
    /// clippy over everything, natively
    Lint,
    /// clippy over the library, for the browser
    LintWasm,
    /// native tests, with those of the architecture, the command and the examples in docs
    Native,
    /// the package as it is published
    Build,
    /// types of the JavaScript
    Types,
    /// the pages in Chromium
    Browser,
    /// the pages in Firefox
    Firefox,
    /// the pages in WebKit
    Webkit,
    /// the package: its files and sizes, installed and imported elsewhere
    Packaging,
    /// the projects in examples/: built, and run in Chromium
    Examples,
    /// the documentation: its pages, its links, and every piece of code in it
    Docs,
}

impl Step {
    const ALL: [Step; 15] = [
        Step::Format,
        Step::Dependencies,
        Step::Advisories,
        Step::Audit,
        Step::Lint,
        Step::LintWasm,
        Step::Native,
        Step::Build,
        Step::Types,
        Step::Browser,
        Step::Firefox,
        Step::Webkit,
        Step::Packaging,
        Step::Examples,
        Step::Docs,
    ];

    fn name(self) -> &'static str {
        match self {
            Step::Format => "format",
            Step::Dependencies => "dependencies",
            Step::Advisories => "advisories",
            Step::Audit => "audit",
            Step::Lint => "lint",
            Step::LintWasm => "lint-wasm",
            Step::Native => "native",
            Step::Build => "build",
            Step::Types => "types",
            Step::Browser => "browser",
            Step::Firefox => "firefox",
            Step::Webkit => "webkit",
            Step::Packaging => "packaging",
            Step::Examples => "examples",
            Step::Docs => "docs",
        }
    }

    /// Not every system has every browser and tool, and not every network reaches far: what is missing is said, and not held against
    /// a change. Chromium's is, and on Debian as root there is no excuse.
    fn verdict(self, result: &Result<()>) -> Verdict {
        match result {
            Ok(()) => Verdict::Passed,
            Err(Error::NoTool { .. } | Error::Unreachable { .. }) => Verdict::Skipped,
            Err(Error::NoBrowser { .. }) if self != Step::Browser => Verdict::Skipped,
            Err(_) => Verdict::Failed,
        }
    }

    fn run(self) -> Result<()> {
        match self {
            Step::Format => rust::format(),
            Step::Dependencies => rust::dependencies(),
            Step::Advisories => rust::advisories(),
            Step::Audit => npm::audit(),
            Step::Lint => rust::lint(),
            Step::LintWasm => rust::lint_wasm(),
            Step::Native => rust::native(),
            Step::Build => build::twice(),
            Step::Types => javascript::types(),
            Step::Browser => javascript::browser(Engine::Chromium),
            Step::Firefox => javascript::browser(Engine::Firefox),
            Step::Webkit => javascript::browser(Engine::WebKit),
            Step::Packaging => javascript::packaging(),
            Step::Examples => javascript::examples(),
            Step::Docs => javascript::docs(),
        }
    }
}

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Passed,
    /// The system has no such browser, tool or network, and we may not install it.
    Skipped,
    Failed,
}

impl fmt::Display for Verdict {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Verdict::Passed => "passed",
            Verdict::Skipped => "SKIPPED",
            Verdict::Failed => "FAILED",
        })
    }
}

/// Runs the steps; a failure does not keep the later ones from running.
pub fn run(arguments: &Arguments) -> Result<()> {
    let chosen = Step::ALL.into_iter().filter(|step| arguments.only.is_none_or(|only| only == *step));
    let mut times: Vec<(Step, Verdict, Duration)> = Vec::new();
    let mut errors: Vec<Error> = Vec::new();
    for step in chosen {
        println!("\n== {} ==", step.name());
        let start = Instant::now();
        let result = step.run();
        if let Err(error) = &result {
            error::report(error);
        }
        times.push((step, step.verdict(&result), start.elapsed()));
        errors.extend(result.err());
    }
    println!();
    // Once more: where much is printed, the end is what is read.
    errors.iter().for_each(error::report);
    for (step, verdict, time) in &times {
        println!("{:12} {verdict:7} {:6.1} s", step.name(), time.as_secs_f32());
    }
    let failed = times.iter().filter(|(_, verdict, _)| *verdict == Verdict::Failed);
    let steps: Vec<_> = failed.map(|(step, ..)| step.name()).collect();
    if steps.is_empty() { Ok(()) } else { Err(Error::Steps { steps }) }
}
