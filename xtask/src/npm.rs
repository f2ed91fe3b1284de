//! The tools from npm that `package-lock.json` pins.

use crate::error::Result;
use crate::{process, project};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Installs them unless they are installed as the lock file says.
pub fn install() -> Result<()> {
    // npm writes its own copy of the lock last; an older copy means an unfinished or
    // outdated installation.
    let installed = changed(&project::path("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed(&project::path("package-lock.json")) {
        return Ok(());
    }
    // On Windows npm is a script, and scripts are started by their full name.
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    process::run(process::command(npm, &["ci", "--no-audit", "--no-fund"]))
}

/// A file of an installed package.
pub fn file(inside: &str) -> PathBuf {
    project::path("node_modules").join(inside)
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|data| data.modified()).ok()
}
