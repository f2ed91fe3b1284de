// Installs what the examples need, once for all of them, and the package as it is built now:
//
//     node tests/examples/install.js && node --test tests/examples/plain.test.js

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const examples = join(root, "examples");
const installed = join(examples, "node_modules");

const run = (/** @type {string} */ command, /** @type {string[]} */ ...args) =>
  // On Windows npm is a script that only a shell can run.
  execFileSync(command, args, { cwd: examples, encoding: "utf8", shell: process.platform === "win32" });

const changed = (/** @type {string} */ file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

// npm writes its own copy of the lock last; an older copy means an unfinished or outdated installation.
if (changed(join(installed, ".package-lock.json")) < changed(join(examples, "package-lock.json"))) {
  run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
}

// The package itself changes with every build, which no lock tells.
const folder = mkdtempSync(join(tmpdir(), "mingzhu-examples-"));
try {
  const [{ filename }] = JSON.parse(run("npm", "pack", "--json", "--pack-destination", folder, join(root, "pkg")));
  const target = join(installed, "mingzhu");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  run("tar", "-xzf", join(folder, filename), "-C", target, "--strip-components", "1");
} finally {
  rmSync(folder, { recursive: true });
}
