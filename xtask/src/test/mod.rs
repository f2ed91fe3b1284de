//! `cargo xtask test`: everything that must hold before a change is taken.

mod javascript;
mod rust;

use crate::build::{self, Profile};
use crate::error::{self, Error, Result};
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
    /// the pages in a real browser
    Browser,
    /// the package: its files and sizes, installed and imported elsewhere
    Packaging,
}

impl Step {
    const ALL: [Step; 8] = [
        Step::Format,
        Step::Lint,
        Step::LintWasm,
        Step::Native,
        Step::Build,
        Step::Types,
        Step::Browser,
        Step::Packaging,
    ];

    fn name(self) -> &'static str {
        match self {
            Step::Format => "format",
            Step::Lint => "lint",
            Step::LintWasm => "lint-wasm",
            Step::Native => "native",
            Step::Build => "build",
            Step::Types => "types",
            Step::Browser => "browser",
            Step::Packaging => "packaging",
        }
    }

    fn run(self) -> Result<()> {
        match self {
            Step::Format => rust::format(),
            Step::Lint => rust::lint(),
            Step::LintWasm => rust::lint_wasm(),
            Step::Native => rust::native(),
            Step::Build => build::run(&build::Arguments { profile: Profile::Release }),
            Step::Types => javascript::types(),
            Step::Browser => javascript::browser(),
            Step::Packaging => javascript::packaging(),
        }
    }
}

/// Runs the steps; a failure does not keep the later ones from running.
pub fn run(arguments: &Arguments) -> Result<()> {
    let chosen = Step::ALL.into_iter().filter(|step| arguments.only.is_none_or(|only| only == *step));
    let mut times: Vec<(Step, bool, Duration)> = Vec::new();
    for step in chosen {
        println!("\n== {} ==", step.name());
        let start = Instant::now();
        let result = step.run();
        if let Err(error) = &result {
            error::report(error);
        }
        times.push((step, result.is_ok(), start.elapsed()));
    }
    println!();
    for (step, passed, time) in &times {
        let verdict = if *passed { "passed" } else { "FAILED" };
        println!("{:10} {verdict} {:6.1} s", step.name(), time.as_secs_f32());
    }
    let steps: Vec<_> = times.iter().filter(|(_, passed, _)| !passed).map(|(step, ..)| step.name()).collect();
    if steps.is_empty() { Ok(()) } else { Err(Error::Steps { steps }) }
}
