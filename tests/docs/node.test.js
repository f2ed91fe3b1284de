// JavaScript of the documents that needs no page: run in Node, and all of it held to the types.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { needsPage, running } from "./blocks.js";
import { root } from "./codes.js";
import { IN_NODE, TYPES } from "./setting.js";

/** @type {string} */
let project;
before(() => {
  project = mkdtempSync(join(tmpdir(), "mingzhu-docs-"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
  mkdirSync(join(project, "node_modules"));
  symlinkSync(join(root, "pkg"), join(project, "node_modules/mingzhu"), "junction");
  symlinkSync(join(root, "pkg-desk"), join(project, "node_modules/mingzhu-desk"), "junction");
});
after(() => rmSync(project, { recursive: true, force: true }));

const write = (/** @type {string} */ name, /** @type {string} */ content) => {
  writeFileSync(join(project, name), content);
  return join(project, name);
};

const pieces = running("js").filter((block) => !needsPage(block));

for (const [index, { name, code }] of pieces.entries()) {
  test(`${name} runs in Node`, async () => {
    const file = write(`node-${index}.js`, code);
    const args = ["--import", new URL(`file://${write("setting.js", IN_NODE)}`).href, file];
    // Rejected when it ends with an error, of which its output tells.
    await promisify(execFile)(process.execPath, args, { cwd: project });
  });
}

test("all of it holds what the types promise", () => {
  const files = running("js").map(({ name, code }, index) => ({
    name,
    file: `piece-${index}.js`,
    // Each is a module; its own names hide those of the setting.
    code: `${code}export {};\n`,
  }));
  for (const { file, code } of files) write(file, code);
  write("setting.d.ts", TYPES);
  write("frameworks.d.ts", 'declare module "vue";');
  const compilerOptions = {
    allowJs: true, checkJs: true, noEmit: true, strict: false, target: "es2022", module: "esnext", moduleResolution: "bundler",
    lib: ["es2022", "dom", "dom.iterable", "esnext.disposable"], types: [],
  };
  write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["setting.d.ts", "frameworks.d.ts", ...files.map(({ file }) => file)] }));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [compiler, "--project", project, "--pretty", "false"], { cwd: project, encoding: "utf8" });
  const told = stdout.replace(/piece-(\d+)\.js/g, (_, index) => files[Number(index)].name);
  assert.equal(status, 0, told);
});
