//! What the project does to itself: `cargo xtask COMMAND`.

mod build;
mod demo;
mod error;
mod npm;
mod process;
mod project;
mod serve;

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
    /// Serves the demo page and pkg/ as they are.
    Serve(serve::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error::report(&error);
            ExitCode::FAILURE
        }
    }
}
