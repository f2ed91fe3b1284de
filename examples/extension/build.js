import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

await build({
  entryPoints: ["content.js"],
  outdir: "dist",
  bundle: true,
  minify: true,
  // A content script is no module: its files are where `baseUrl` says.
  format: "iife",
  logOverride: { "empty-import-meta": "silent" },
  target: "es2022",
});

for (const file of ["manifest.json", "background.js"]) await cp(file, join("dist", file));

const mingzhu = dirname(fileURLToPath(import.meta.resolve("mingzhu/package.json")));
for (const part of ["wasm", "assets"]) {
  await cp(join(mingzhu, part), join("dist", part), { recursive: true });
}
