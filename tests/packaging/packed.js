/**
 * The package as others get it: packed, and installed in a project of its own.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));
export const pkg = join(root, "pkg");
export const manifest = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));

/** An empty folder for the time of a test. */
export function temporary() {
  const folder = mkdtempSync(join(tmpdir(), "mingzhu-packaging-"));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// On Windows npm is a script that only a shell can run.
const npm = (/** @type {string} */ cwd, /** @type {string[]} */ ...args) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", shell: process.platform === "win32" });

/**
 * Packs a folder into another; gives the tarball, and the names of the files in it.
 *
 * @param {string} into
 * @param {string} [folder]
 * @returns {{ tarball: string, files: string[] }}
 */
export function pack(into, folder = pkg) {
  const [packed] = JSON.parse(npm(into, "pack", "--json", "--pack-destination", into, folder));
  return {
    tarball: join(into, packed.filename),
    files: packed.files.map((/** @type {{ path: string }} */ file) => file.path),
  };
}

/** A project that has the package installed, and nothing else. */
export function installed() {
  const { folder, remove } = temporary();
  const { tarball, files } = pack(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  npm(folder, "install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", tarball);
  return { folder, tarball, files, remove };
}

/**
 * Every entry a bundler may be asked for, patterns filled in with the files there are.
 *
 * @param {string[]} files what is in the package
 * @returns {{ name: string, path: string }[]}
 */
export function entries(files) {
  return Object.entries(manifest.exports).flatMap(([name, target]) => {
    const path = typeof target === "string" ? target : target.default;
    if (!path.includes("*")) return [{ name: name.replace(/^\./, "mingzhu"), path }];
    const [before, behind] = path.replace(/^\.\//, "").split("*");
    return files
      .filter((file) => file.startsWith(before) && file.endsWith(behind))
      .map((file) => {
        const star = file.slice(before.length, file.length - behind.length);
        return { name: name.replace(/^\./, "mingzhu").replace("*", star), path: `./${file}` };
      });
  });
}
