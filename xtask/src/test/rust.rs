//! The steps that Cargo does.

use crate::build;
use crate::error::{Error, Result};
use crate::process::{self, cargo, run};

/// Everything is formatted.
pub fn format() -> Result<()> {
    add_component("rustfmt", "fmt")?;
    run(cargo(&["fmt", "--all", "--check"]))
}

/// With the dependencies comes nothing that `deny.toml` does not allow.
///
/// Without what is known of vulnerabilities: that changes by itself, and is fetched from elsewhere.
pub fn dependencies() -> Result<()> {
    if process::output(cargo(&["deny", "--version"])).is_err() {
        return Err(Error::NoTool { tool: "cargo-deny" });
    }
    run(cargo(&["deny", "--workspace", "check", "licenses", "bans", "sources"]))
}

/// No warnings, natively.
pub fn lint() -> Result<()> {
    add_component("clippy", "clippy")?;
    run(cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]))
}

/// No warnings in what only the browser compiles.
pub fn lint_wasm() -> Result<()> {
    add_component("clippy", "clippy")?;
    build::add_target()?;
    let target = ["--target", build::TARGET];
    let package = ["clippy", "--package", "mingzhu", "--package", "mingzhu-desk", "--lib"];
    run(cargo(&[&package[..], &target, &["--", "--deny", "warnings"]].concat()))
}

/// Native tests. The book has none, and mdBook is much to compile for that.
pub fn native() -> Result<()> {
    run(cargo(&["test", "--workspace", "--exclude", "mingzhu-book"]))
}

/// Adds a part of the toolchain that minimal installations leave out.
fn add_component(component: &str, subcommand: &str) -> Result<()> {
    if process::output(cargo(&[subcommand, "--version"])).is_ok() {
        return Ok(());
    }
    run(process::command("rustup", &["component", "add", component]))
}
