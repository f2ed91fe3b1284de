import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

await build({
  // esbuild leaves `new URL("…", import.meta.url)` as it is. So what mingzhu looks for beside
  // its code has to be there: the worker as an entry, wasm and assets as copies.
  entryPoints: { main: "main.js", worker: "mingzhu/worker" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  target: "es2022",
});

const mingzhu = dirname(fileURLToPath(import.meta.resolve("mingzhu/package.json")));
for (const part of ["wasm", "assets"]) {
  await cp(join(mingzhu, part), join("dist", part), { recursive: true });
}
