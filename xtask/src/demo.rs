//! `cargo xtask demo`: everything built, and the page on localhost.

use crate::build::{self, Profile};
use crate::error::Result;
use crate::serve;

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    #[command(flatten)]
    serve: serve::Arguments,
    /// How much time to spend on making the code small and fast.
    #[arg(long, value_enum, default_value_t = Profile::Quick)]
    profile: Profile,
    /// Serve what was built before.
    #[arg(long)]
    no_build: bool,
}

/// Builds, then serves until interrupted.
pub fn run(arguments: &Arguments) -> Result<()> {
    if !arguments.no_build {
        build::run(&build::Arguments { profile: arguments.profile })?;
    }
    serve::run(&arguments.serve)
}
