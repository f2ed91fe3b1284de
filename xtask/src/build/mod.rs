//! `cargo xtask build`: the npm package, in pkg/.

mod files;
mod package;
mod scripts;
mod wasm;

pub use wasm::{TARGET, add_target};

use crate::error::Result;
use std::time::Instant;

#[derive(Debug, Clone, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// How much time to spend on making the code small and fast.
    #[arg(long, value_enum, default_value_t = Profile::Release)]
    pub profile: Profile,
}

/// A trade of build time against the size and speed of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Profile {
    /// For looking at it between edits.
    Quick,
    /// For publishing and measuring: whole-program optimisation, then wasm-opt.
    Release,
}

impl Profile {
    fn cargo_name(self) -> &'static str {
        match self {
            Profile::Quick => "quick",
            Profile::Release => "release",
        }
    }
}

/// Builds pkg/.
pub fn run(arguments: &Arguments) -> Result<()> {
    let start = Instant::now();
    let module = wasm::compile(arguments.profile)?;
    let bindings = wasm::bind(&module)?;
    if arguments.profile == Profile::Release {
        wasm::optimise(&bindings)?;
    }
    let package = package::assemble(&bindings)?;
    files::describe(&package)?;
    if arguments.profile == Profile::Release {
        scripts::minify(&package)?;
    }
    println!("{} built in {:.1} s", package.display(), start.elapsed().as_secs_f32());
    Ok(())
}
