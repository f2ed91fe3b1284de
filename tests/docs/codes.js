// Every code that an error of ours can have, read from where they are written.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Nothing else in these files is written like this. */
const CODE = /"([A-Z]{2,}(?:_[A-Z]+)+|[A-Z]{5,})"/g;

/** @param {string} folder */
function files(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "wasm" || entry.name === "locale" ? [] : files(path);
    return /\.(js|rs)$/.test(entry.name) ? [path] : [];
  });
}

/** @returns {Set<string>} */
export function codes() {
  const found = new Set();
  const errors = ["", "review/", "exchange/", "roster/"].map((part) => `src/${part}error.rs`);
  for (const file of [...files("js"), ...files("src/web"), ...errors]) {
    const text = readFileSync(join(root, file), "utf8");
    for (const [, code] of text.matchAll(CODE)) found.add(code);
  }
  return found;
}
