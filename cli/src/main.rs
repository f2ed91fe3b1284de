//! mingzhu on the command line.

mod annotate;
mod assets;
mod color;
mod error;
mod gazetteer;
mod input;
mod jsonl;
mod lines;
mod pipeline;
mod progress;
mod record;
mod render;
mod segment;
mod terms;
mod texts;

use clap::{Parser, Subcommand};
use error::Outcome;
use std::process::ExitCode;

/// Who is who in Chinese news: officials with their offices, people, places, organizations.
#[derive(Debug, Parser)]
#[command(name = "mingzhu", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    assets: assets::Arguments,
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was read and annotated (also when the reader of the output left early)
  1  some lines or files were bad; they are named on stderr, the rest was annotated
  2  the command line was not understood
  3  nothing could be done: assets missing or damaged, output not writable";

#[derive(Debug, Subcommand)]
enum Command {
    /// Marks names and office words.
    #[command(after_help = EXIT_CODES)]
    Annotate(annotate::Arguments),
    /// Cuts text into words.
    #[command(after_help = EXIT_CODES)]
    Segment(segment::Arguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let assets = arguments.assets;
    let done = assets::load(&assets).and_then(|annotator| match arguments.command {
        Command::Annotate(arguments) => annotate::run(&annotator, &assets, &arguments),
        Command::Segment(arguments) => segment::run(&annotator, &arguments),
    });
    match done {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::SomeBad) => ExitCode::from(1),
        Err(error) if error.is_broken_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            error.report();
            ExitCode::from(3)
        }
    }
}
