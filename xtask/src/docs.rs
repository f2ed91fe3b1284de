//! `cargo xtask docs`: the documentation as pages, in target/docs/.

use crate::error::Result;
use crate::{process, project};

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {}

/// Builds the book.
pub fn run(_: &Arguments) -> Result<()> {
    process::run(process::cargo(&["run", "--quiet", "--package", "mingzhu-book"]))?;
    println!("{}", project::path("target/docs/index.html").display());
    Ok(())
}
