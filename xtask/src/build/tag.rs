//! What the tag loads: a file for the page and its worker, and one that follows roots, whose names and hashes
//! `boot.js` carries.

use super::rewrite;
use crate::error::Result;
use std::path::Path;

/// Bundles `tag.js` and `follow.js` of a package that is put together into `tag-….js` and `follow-….js`, named by
/// their hashes, and tells `boot.js` of them, and of the rules in `paint.css`.
pub fn assemble(package: &Path) -> Result<()> {
    rewrite(package, ASSEMBLE)
}

const ASSEMBLE: &str = r#"
import { build, transform } from "esbuild";
import { createHash } from "node:crypto";
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const folder = resolve(process.argv[1]);

/** Puts one text in the place of another, which has to be there. */
function put(path, written, other) {
  const content = readFileSync(path, "utf8");
  const changed = content.replace(written, () => other);
  if (changed === content) throw new Error(`${path} has no ${written} any more`);
  return changed;
}

/** The file is its own worker. */
const itself = {
  name: "itself",
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]worker-engine\.js$/ }, ({ path }) => ({
      contents: put(path, /new URL\("\.\/worker\.js",\s*import\.meta\.url\)/, "import.meta.url"),
    })),
};

const common = { minify: true, target: "es2022", charset: "utf8", logLevel: "warning" };
const ENTRIES = ["tag", "follow"];
const { outputFiles } = await build({
  ...common,
  entryPoints: ENTRIES.map((name) => join(folder, `${name}.js`)),
  entryNames: "[name]-[hash]",
  outdir: folder,
  bundle: true,
  write: false,
  format: "esm",
  // What the tag hands out takes no entries.
  external: ["node:*", "./gazetteer.js"],
  plugins: [itself],
});
const scripts = outputFiles.map(({ path, contents }) => {
  const [name] = basename(path).split("-");
  const integrity = `sha256-${createHash("sha256").update(contents).digest("base64")}`;
  return [name, { name: basename(path), integrity }];
});
const { code: rules } = await transform(readFileSync(join(folder, "paint.css"), "utf8"), { ...common, loader: "css" });
const built = JSON.stringify({ ...Object.fromEntries(scripts), rules: rules.trim() });
const boot = join(folder, "boot.js");
const written = `{ tag: { name: "tag.js" }, follow: { name: "follow.js" } }`;
for (const { path, contents } of [...outputFiles, { path: boot, contents: put(boot, written, built) }]) {
  writeFileSync(path, contents);
  // Not what a umask leaves: packages are to be the same everywhere.
  chmodSync(path, 0o644);
}
rmSync(join(folder, "tag.js"));
"#;
