//! What the package's files hold, written for its scripts, and their packed siblings.

use super::rewrite;
use crate::error::Result;
use std::path::Path;

/// Writes `build.js` (hash and length of the wasm and of each asset) and a gzip sibling of each of
/// them. Servers that pack nothing are asked for those of the assets; they do pack wasm, mostly, and
/// with its sibling the package would be too large.
pub fn describe(package: &Path) -> Result<()> {
    rewrite(package, DESCRIBE)
}

/// The large model has no sibling: it would save a third, and make the package a third larger.
const DESCRIBE: &str = r#"
import { createHash } from "node:crypto";
import { chmodSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
const [folder] = process.argv.slice(1);
const assets = readdirSync(`${folder}/assets`).filter((file) => file.endsWith(".mz")).sort();
const names = ["wasm/mingzhu_bg.wasm", "wasm/mingzhu_desk_bg.wasm", ...assets.map((file) => `assets/${file}`)];
const build = Object.fromEntries(names.map((name) => {
  const content = readFileSync(`${folder}/${name}`);
  const packed = !name.includes("-large");
  if (packed) {
    writeFileSync(`${folder}/${name}.gz`, gzipSync(content, { level: 9 }));
    // Not what a umask leaves of it: packages are to be the same everywhere.
    chmodSync(`${folder}/${name}.gz`, 0o644);
  }
  const sha256 = createHash("sha256").update(content).digest("base64");
  return [name, { sha256, bytes: content.length, gzip: packed && name.startsWith("assets/") }];
}));
const script = `${folder}/build.js`;
const [about] = readFileSync(script, "utf8").split("export const");
writeFileSync(script, `${about}export const BUILD = ${JSON.stringify(build, null, 2)};\n`);
"#;
