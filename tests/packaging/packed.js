/**
 * The package as others get it: packed, and installed in a project of its own.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
/** `mingzhu`, and `mingzhu-desk`, which has all of it and more. */
export const pkg = join(root, "pkg");
export const desk = join(root, "pkg-desk");
/** `mingzhu-inline`, which is one file. */
export const inline = join(root, "pkg-inline");

const manifestOf = (/** @type {string} */ folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
export const manifest = manifestOf(pkg);

/** An empty folder for the time of a test. */
export function temporary() {
  const folder = mkdtempSync(join(tmpdir(), "mingzhu-packaging-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// On Windows npm is a script that only a shell can run.
const npm = (/** @type {string} */ cwd, /** @type {string[]} */ ...args) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", shell: process.platform === "win32" });

/**
 * Packs a folder into another; gives the tarball, the names of the files in it, and its bytes once unpacked.
 *
 * @param {string} into
 * @param {string} [folder]
 * @returns {{ tarball: string, files: string[], unpacked: number }}
 */
export function pack(into, folder = pkg) {
  const [packed] = JSON.parse(npm(into, "pack", "--json", "--pack-destination", into, folder));
  return {
    tarball: join(into, packed.filename),
    files: packed.files.map((/** @type {{ path: string }} */ file) => file.path),
    unpacked: packed.unpackedSize,
  };
}

/**
 * A project that has packages installed, and nothing else.
 *
 * @param {string[]} folders `pkg` when left out, whose files it tells
 */
export function installed(folders = [pkg]) {
  const { folder, remove } = temporary();
  const packed = folders.map((pkg) => pack(folder, pkg));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  npm(folder, "install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", ...packed.map(({ tarball }) => tarball));
  return { folder, ...packed[0], remove };
}

/**
 * Every entry a bundler may be asked for, patterns filled in with the files there are.
 *
 * @param {string[]} files what is in the package
 * @param {string} [folder]
 * @returns {{ name: string, path: string }[]}
 */
export function entries(files, folder = pkg) {
  const { name: own, exports } = manifestOf(folder);
  return Object.entries(exports).flatMap(([name, target]) => {
    const path = typeof target === "string" ? target : target.default;
    if (!path.includes("*")) return [{ name: name.replace(/^\./, own), path }];
    const [before, behind] = path.replace(/^\.\//, "").split("*");
    return files
      .filter((file) => file.startsWith(before) && file.endsWith(behind))
      .map((file) => {
        const star = file.slice(before.length, file.length - behind.length);
        return { name: name.replace(/^\./, own).replace("*", star), path: `./${file}` };
      });
  });
}
