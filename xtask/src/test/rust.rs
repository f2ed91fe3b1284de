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
pub fn dependencies() -> Result<()> {
    deny()?;
    run(cargo(&["deny", "--workspace", "check", "licenses", "bans", "sources"]))
}

/// No dependency is known to be vulnerable. What is known changes by itself, and is fetched from elsewhere.
pub fn advisories() -> Result<()> {
    deny()?;
    if run(cargo(&["deny", "fetch", "db"])).is_err() {
        return Err(Error::Unreachable { what: "the list of vulnerable crates" });
    }
    run(cargo(&["deny", "--workspace", "check", "advisories"]))
}

fn deny() -> Result<()> {
    let version = process::output(cargo(&["deny", "--version"]));
    version.map(drop).map_err(|_| Error::NoTool { tool: "cargo-deny" })
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
