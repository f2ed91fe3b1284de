//! `cargo xtask api`: what the package exports, in one document.

use crate::error::{Error, Result};
use crate::{npm, process, project};

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Write it into docs/api.md
    #[arg(long)]
    write: bool,
}

/// Prints or writes what the types in js/ export.
pub fn run(arguments: &Arguments) -> Result<()> {
    npm::install()?;
    let mut node = process::command("node", &[]);
    node.arg(project::path("tests/packaging/surface.js")).arg(project::path("js"));
    let document = process::output(node)?;
    if !arguments.write {
        print!("{document}");
        return Ok(());
    }
    let path = project::path("docs/api.md");
    std::fs::write(&path, document).map_err(Error::file(&path))?;
    println!("written into {}", path.display());
    Ok(())
}
