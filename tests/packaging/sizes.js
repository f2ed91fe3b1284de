/**
 * What a browser downloads the first time, file by file.
 */

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/**
 * @typedef {object} Size
 * @property {string} file
 * @property {"code" | "script" | "asset"} part
 * @property {number} raw
 * @property {number} gzip
 * @property {number} brotli
 */

/** What nobody fetches without asking for it. */
const LARGE = "model-large.mz";
const ASKED_FOR = [LARGE, "townships.mz", "confusables.mz"];
/** Where a tab begins whose site imports the modules: what it annotates with, the worker, one language. */
const MODULES = ["element.js", "page.js", "worker.js", "locale/zh-Hans.js"];

/**
 * The files that a page with the tag needs: the scripts, the wasm, the assets.
 *
 * @param {string} pkg the package's folder
 * @returns {Size[]}
 */
export function sizes(pkg) {
  const scripts = ["boot.js", ...readdirSync(pkg).filter((file) => /^tag-\w+\.js$/.test(file))];
  const assets = readdirSync(join(pkg, "assets")).filter((file) => file.endsWith(".mz") && !ASKED_FOR.includes(file));
  return [
    measure(pkg, "wasm/mingzhu_bg.wasm", "code"),
    ...scripts.map((file) => measure(pkg, file, "script")),
    ...assets.map((file) => measure(pkg, `assets/${file}`, "asset")),
  ];
}

/**
 * The scripts of a page that has the modules instead, as they are in the package.
 *
 * @param {string} pkg the package's folder
 */
export const modules = (pkg) => [...reached(pkg, MODULES)].sort().map((file) => measure(pkg, file, "script"));

/**
 * Modules and what they import, without what they may import later.
 *
 * @param {string} pkg
 * @param {string[]} files
 */
export function reached(pkg, files) {
  const found = new Set(files);
  for (const file of found) {
    const code = readFileSync(join(pkg, file), "utf8");
    for (const [, path] of code.matchAll(/\b(?:from|import)\s*"(\.{1,2}\/[^"]+\.js)"/g)) found.add(join(dirname(file), path));
  }
  return found;
}

/**
 * The large model, which comes in the place of the other one; nothing in a package without it.
 *
 * @param {string} pkg the package's folder
 * @returns {Size[]}
 */
export function large(pkg) {
  const file = `assets/${LARGE}`;
  return existsSync(join(pkg, file)) ? [measure(pkg, file, "asset")] : [];
}

/**
 * A file's bytes as they are and as servers send them at their best.
 *
 * @param {string} folder
 * @param {string} file
 * @param {Size["part"]} part
 * @returns {Size}
 */
export function measure(folder, file, part) {
  const content = readFileSync(join(folder, file));
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: content.length };
  return {
    file,
    part,
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, { params }).length,
  };
}

/**
 * The sizes as people read them.
 *
 * @param {Size[]} files
 */
export function table(files) {
  const rows = [...files, { file: "all of it", raw: sum(files, "raw"), gzip: sum(files, "gzip"), brotli: sum(files, "brotli") }];
  const number = (/** @type {number} */ bytes) => bytes.toLocaleString("en").padStart(11);
  return rows.map(({ file, raw, gzip, brotli }) => `${file.padEnd(24)}${number(raw)}${number(gzip)}${number(brotli)}`).join("\n");
}

/**
 * @param {Size[]} files
 * @param {"raw" | "gzip" | "brotli"} form
 */
export const sum = (files, form) => files.reduce((total, file) => total + file[form], 0);
