//! The scripts as readers download them: without comments, names and white space that only
//! those who write them need.

use crate::error::{Error, Result};
use crate::{npm, process};
use std::path::{Path, PathBuf};

/// Minifies every script of a package in its place. They stay modules of their own: sites
/// bundle them as they like, or not at all.
pub fn minify(package: &Path) -> Result<()> {
    npm::install()?;
    let mut node = process::command("node", &["--input-type=module", "--eval", MINIFY]);
    node.arg(package).args(scripts(package)?);
    process::run(node)
}

/// By its function: what esbuild installs as its command is a script on some systems only.
const MINIFY: &str = r#"
import { build } from "esbuild";
const [folder, ...entryPoints] = process.argv.slice(1);
const out = { outdir: folder, outbase: folder, allowOverwrite: true };
await build({ entryPoints, ...out, minify: true, format: "esm", target: "es2022", logLevel: "warning" });
"#;

fn scripts(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Error::file(folder))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(scripts(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "js") {
            found.push(path);
        }
    }
    Ok(found)
}
