import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import resolve from "@rollup/plugin-node-resolve";

/**
 * Rollup leaves `new URL("…", import.meta.url)` as it is. So what mingzhu looks for beside its
 * code has to be there: the worker as an entry, wasm and assets as copies.
 */
const files = {
  name: "mingzhu-files",
  writeBundle({ dir }) {
    const mingzhu = dirname(fileURLToPath(import.meta.resolve("mingzhu/package.json")));
    for (const part of ["wasm", "assets"]) cpSync(join(mingzhu, part), join(dir, part), { recursive: true });
  },
};

export default {
  input: { main: "main.js", worker: "mingzhu/worker" },
  output: { dir: "dist", format: "es" },
  plugins: [resolve({ browser: true }), files],
};
