//! pkg-desk/: the package for newsrooms. It has everything, so that its modules find each other by
//! their paths on a page without a bundler; pkg/ leaves out, by its `files`, what only the desk loads.

use crate::error::{Error, Result};
use crate::{process, project};
use std::fs;
use std::path::Path;

/// Makes pkg-desk/ of a package that is put together: the same files, under the manifest that
/// `desk/package.json` makes of the other one.
pub fn assemble(package: &Path) -> Result<()> {
    let folder = project::path("pkg-desk");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(Error::file(&folder))?;
    }
    let mut node = process::command("node", &["--input-type=module", "--eval", ASSEMBLE]);
    node.arg(package).arg(project::path("desk/package.json")).arg(&folder);
    process::run(node)
}

/// In JavaScript, where an object keeps its order: `types` has to come before `default`.
const ASSEMBLE: &str = r#"
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
const [pkg, additions, folder] = process.argv.slice(1);
cpSync(pkg, folder, { recursive: true });
const manifest = JSON.parse(readFileSync(`${pkg}/package.json`, "utf8"));
const { exports, sideEffects, ...own } = JSON.parse(readFileSync(additions, "utf8"));
Object.assign(manifest, own);
Object.assign(manifest.exports, exports);
// What is bundled is there no more.
manifest.sideEffects = [...manifest.sideEffects, ...sideEffects].filter((file) => existsSync(`${folder}/${file}`)).sort();
writeFileSync(`${folder}/package.json`, `${JSON.stringify(manifest, null, 2)}\n`);
"#;
