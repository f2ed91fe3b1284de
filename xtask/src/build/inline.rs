//! pkg-inline/: everything that a page needs, in one module.

use crate::error::Result;
use crate::{npm, process, project};
use std::path::Path;

/// Makes pkg-inline/ of a package that is put together.
pub fn assemble(package: &Path) -> Result<()> {
    npm::install()?;
    let mut node = process::command("node", &["inline/build.js"]);
    node.arg(package).arg(project::path("pkg-inline"));
    process::run(node)
}
