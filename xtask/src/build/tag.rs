//! What the tag loads: one file for the page and its worker, whose hash and name `boot.js` carries.

use crate::error::Result;
use crate::{npm, process};
use std::path::Path;

/// Bundles `tag.js` of a package that is put together into `tag-….js`, named by its hash, and tells
/// `boot.js` of it, and of the rules in `paint.css`.
pub fn assemble(package: &Path) -> Result<()> {
    npm::install()?;
    let mut node = process::command("node", &["--input-type=module", "--eval", ASSEMBLE]);
    node.arg(package);
    process::run(node)
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
const { outputFiles: [tag] } = await build({
  ...common,
  entryPoints: [join(folder, "tag.js")],
  entryNames: "[name]-[hash]",
  outdir: folder,
  bundle: true,
  write: false,
  format: "esm",
  // What the tag hands out takes no entries.
  external: ["node:*", "./gazetteer.js"],
  plugins: [itself],
});
const { code: rules } = await transform(readFileSync(join(folder, "paint.css"), "utf8"), { ...common, loader: "css" });
const integrity = `sha256-${createHash("sha256").update(tag.contents).digest("base64")}`;
const built = JSON.stringify({ script: basename(tag.path), integrity, rules: rules.trim() });
const boot = join(folder, "boot.js");
const files = [[tag.path, tag.contents], [boot, put(boot, `{ script: "tag.js" }`, built)]];
for (const [path, contents] of files) {
  writeFileSync(path, contents);
  // Not what a umask leaves: packages are to be the same everywhere.
  chmodSync(path, 0o644);
}
rmSync(join(folder, "tag.js"));
"#;
