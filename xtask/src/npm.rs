//! The tools from npm that `package-lock.json` pins.

use crate::error::{Error, Result};
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
    process::run(process::command(NPM, &["ci", "--no-audit", "--no-fund"]))
}

/// Nothing of what the lock pins is known to be vulnerable.
pub fn audit() -> Result<()> {
    let mut npm = process::command(NPM, &["audit", "--json"]);
    let answer = npm.output().map_err(|source| Error::Start { program: NPM.into(), source })?;
    let report: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap_or_default();
    // Without an answer npm fails in the same way as with a bad one.
    if report.get("auditReportVersion").is_none() {
        return Err(Error::Unreachable { what: "npm's list of vulnerabilities" });
    }
    if answer.status.success() {
        return Ok(());
    }
    println!("{}", String::from_utf8_lossy(&answer.stdout));
    Err(Error::Failed { command: process::line(&npm), status: answer.status })
}

/// On Windows npm is a script, and scripts are started by their full name.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// A file of an installed package.
pub fn file(inside: &str) -> PathBuf {
    project::path("node_modules").join(inside)
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|data| data.modified()).ok()
}
