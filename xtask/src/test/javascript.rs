//! The steps that Node does, on the package that was built.

use crate::error::{Error, Result};
use crate::process::{self, run};
use crate::serve::Site;
use crate::{chromium, npm, project};
use std::path::{Path, PathBuf};

/// The JavaScript holds what its types promise.
pub fn types() -> Result<()> {
    npm::install()?;
    let mut node = process::command("node", &[]);
    node.arg(npm::file("typescript/bin/tsc")).args(["--project", "tsconfig.json"]);
    run(node)
}

/// The pages in a real browser.
pub fn browser() -> Result<()> {
    npm::install()?;
    let chromium = chromium::find()?;
    let server = Site::demo().listen(0)?;
    let address = server.address();
    std::thread::spawn(|| server.serve());
    let mut node = test(&project::path("tests/browser"))?;
    node.env("CHROMIUM", chromium).env("MINGZHU_URL", address);
    run(node)
}

/// The package as others get it.
pub fn packaging() -> Result<()> {
    run(test(&project::path("tests/packaging"))?)
}

/// Node's test runner over the `*.test.js` files of a folder. They are named one by one:
/// what a folder's name means to it has changed between versions.
fn test(folder: &Path) -> Result<std::process::Command> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(Error::file(folder))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.js"))
        .collect();
    files.sort();
    let mut node = process::command("node", &["--test"]);
    node.args(files);
    Ok(node)
}
