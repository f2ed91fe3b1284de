//! The scripts as readers download them: few files, without comments, names and white space that
//! only those who write them need.

use super::rewrite;
use crate::error::Result;
use std::path::Path;

/// Bundles the scripts of a package in their place. What others load by its name stays a module of that
/// name; what several of them share lies beside them in `chunk-….js`, named by its hash, so that no
/// module is there twice and sites can still bundle them as they like.
pub fn bundle(package: &Path) -> Result<()> {
    rewrite(package, BUNDLE)
}

/// Chunks lie at the root, so the scripts that find files beside themselves (`import.meta.url`) have to as well.
///
/// A module with effects may come to lie in a chunk, which then has them too: bundlers have to be told.
const BUNDLE: &str = r#"
import { build } from "esbuild";
import { chmodSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const folder = resolve(process.argv[1]);
const scripts = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  // Of what the tag loads the hash is known already.
  .filter((file) => file.endsWith(".js") && !/^(tag|follow)-/.test(file));
const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

// Those that stand alone: a tag without modules, a command, the bindings of a wasm.
const alone = scripts.filter((file) => file === "boot.js" || /^(bin|wasm)\//.test(file));
const named = Object.values(manifest.exports).flatMap((entry) => entry.default?.replace("./", "") ?? []);
// What the desk adds to the exports is not told yet.
const addressed = ["desk.js", "desk-worker.js"];
const loaded = scripts.filter((file) => /^(locale|desk\/words)\//.test(file));
const entries = [...new Set([...named, ...addressed, ...loaded])].filter((file) => scripts.includes(file) && !alone.includes(file));

const common = { outdir: folder, outbase: folder, minify: true, format: "esm", target: "es2022", logLevel: "warning", write: false };
const paths = (files) => files.map((file) => join(folder, file));
const single = await build({ ...common, entryPoints: paths(alone) });
const { outputFiles, metafile } = await build({
  ...common,
  entryPoints: paths(entries),
  bundle: true,
  splitting: true,
  charset: "utf8",
  chunkNames: "chunk-[hash]",
  external: [`${folder}/wasm/*`, "node:*"],
  metafile: true,
});

for (const file of scripts) rmSync(join(folder, file));
for (const { path, contents } of [...single.outputFiles, ...outputFiles]) {
  writeFileSync(path, contents);
  // Not what a umask leaves: packages are to be the same everywhere.
  chmodSync(path, 0o644);
}

const name = (path) => relative(folder, resolve(path)).replaceAll("\\", "/");
const effects = new Set(manifest.sideEffects);
for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
  if (Object.keys(inputs).some((input) => effects.has(`./${name(input)}`))) effects.add(`./${name(path)}`);
}
manifest.sideEffects = [...effects].sort();
writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
"#;
