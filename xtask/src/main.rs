//! What the project does to itself: `cargo xtask COMMAND`.

mod api;
mod bench;
mod browsers;
mod build;
mod demo;
mod docs;
mod document;
mod error;
mod eval;
mod npm;
mod process;
mod project;
mod serve;
mod test;
mod train;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, shows, tests and measures mingzhu.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds the npm package in pkg/: wasm, bindings, JavaScript, assets.
    Build(build::Arguments),
    /// Builds everything and serves the demo page.
    Demo(demo::Arguments),
    /// Builds the documentation as pages, in target/docs/.
    Docs(docs::Arguments),
    /// Serves the demo page and pkg/ as they are.
    Serve(serve::Arguments),
    /// Checks everything: style, lints, tests natively, in three browsers and of the package.
    Test(test::Arguments),
    /// Prints what the package exports.
    Api(api::Arguments),
    /// Prints how often the annotator is right, on the gold and on labelled corpora.
    Eval(eval::Arguments),
    /// Makes the assets from the corpora: dictionary, gazetteer, model.
    Train(train::Arguments),
    /// Measures sizes, start-up, speed and memory in a browser, beside jieba-wasm.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Api(arguments) => api::run(&arguments),
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Train(arguments) => train::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error::report(&error);
            ExitCode::FAILURE
        }
    }
}
