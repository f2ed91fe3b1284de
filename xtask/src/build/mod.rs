//! `cargo xtask build`: the npm packages, in pkg/, pkg-desk/ and pkg-inline/.

mod desk;
mod files;
mod inline;
mod package;
mod scripts;
mod tag;
mod wasm;

pub use wasm::{TARGET, add_target};

use crate::error::{Error, Result};
use crate::{npm, process};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
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

/// Builds pkg/ and, of it, pkg-desk/ and pkg-inline/.
pub fn run(arguments: &Arguments) -> Result<()> {
    let start = Instant::now();
    let package = make(arguments.profile)?;
    println!("{} built in {:.1} s", package.display(), start.elapsed().as_secs_f32());
    Ok(())
}

/// Builds pkg/ as it is published, then all but what is compiled once more: it must be the same to the byte.
///
/// Compiling takes most of the time, and gives the same by what rustc promises.
pub fn twice() -> Result<()> {
    run(&Arguments { profile: Profile::Release })?;
    let once = package::contents()?;
    make(Profile::Release)?;
    let again = package::contents()?;
    let all: BTreeSet<_> = once.keys().chain(again.keys()).collect();
    let files: Vec<_> = all.into_iter().filter(|file| once.get(*file) != again.get(*file)).cloned().collect();
    if files.is_empty() { Ok(()) } else { Err(Error::Differs { files }) }
}

fn make(profile: Profile) -> Result<PathBuf> {
    let bindings = wasm::build(profile)?;
    let package = package::assemble(&bindings)?;
    files::describe(&package)?;
    // Of the scripts as they are written: both put others in the place of some.
    inline::assemble(&package)?;
    tag::assemble(&package)?;
    if profile == Profile::Release {
        scripts::bundle(&package)?;
    }
    desk::assemble(&package)?;
    Ok(package)
}

/// Runs a module of Node's that changes the files of a package, whose folder it is told.
fn rewrite(package: &Path, script: &str) -> Result<()> {
    npm::install()?;
    let mut node = process::command("node", &["--input-type=module", "--eval", script]);
    node.arg(package);
    process::run(node)
}
