/**
 * What is public changes only together with `docs/api.md`, so that a review sees it.
 */

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { pkg, root, temporary } from "./packed.js";
import { differences, parse, render, specifiers, surface } from "./surface.js";

const found = surface(pkg);

test("docs/api.md says what the package exports", () => {
  const document = readFileSync(join(root, "docs/api.md"), "utf8");
  const changed = differences(parse(document), found);
  assert.equal(changed.join("\n"), "", "if that is meant, `cargo xtask api --write` and say it in CHANGELOG.md");
  assert.equal(document, render(found));
});

const leads = specifiers(pkg);

for (const [entry, names] of found) {
  const { default: script } = leads.get(entry) ?? {};
  // The worker's script speaks to its parent as it starts.
  if (!script || entry === "mingzhu/worker") continue;
  const path = script.replace("*", "en");
  test(`${entry} exports at run time what its types say, classes with their methods`, async () => {
    const module = await import(pathToFileURL(join(pkg, path)).href);
    const values = [...names].filter(([name, text]) => name !== "global" && !/^export (interface|type) /.test(text));
    assert.deepEqual(Object.keys(module).sort(), values.map(([name]) => name).sort());
    for (const [name, text] of values.filter(([, text]) => text.startsWith("export class"))) {
      for (const [, of, symbol, method] of text.matchAll(/^ {4}(static )?(?:\[Symbol\.(\w+)\]|(\w+))\(/gm)) {
        const key = symbol ? /** @type {any} */ (Symbol)[symbol] : method;
        const owner = of ? module[name] : module[name].prototype;
        // A runtime that does not know the symbol has no statement that asks for it.
        if (key) assert.equal(typeof owner[key], "function", `${name}.${symbol ?? method}`);
      }
    }
  });
}

/**
 * What has changed once the types of an entry are others.
 *
 * @param {(types: string) => string} edit
 */
function after(edit) {
  const { folder, remove } = temporary();
  try {
    cpSync(pkg, folder, { recursive: true, filter: (file) => !/assets|docs|\.wasm$/.test(file.slice(pkg.length)) });
    const file = join(folder, "mingzhu.d.ts");
    const types = readFileSync(file, "utf8");
    assert.notEqual(edit(types), types);
    writeFileSync(file, edit(types));
    return differences(found, surface(folder));
  } finally {
    remove();
  }
}

test("it is seen what is new, gone and changed, by name", () => {
  assert.deepEqual(after((types) => types.replace("export interface Progress", "export interface Loaded")), [
    "mingzhu Loaded is new",
    "mingzhu Progress is gone",
  ]);
  assert.deepEqual(after((types) => types.replace("readonly total?: number", "readonly total: number")), [
    "mingzhu Progress has changed\n  - readonly total?: number;\n  + readonly total: number;",
  ]);
});

test("comments and the order of members are not part of it", () => {
  assert.deepEqual(after((types) => types.replace("/** Bytes on their way. */", "/** Bytes. */")), []);
  const progress = /readonly loaded: number;([^}]*)readonly file: string;/;
  assert.deepEqual(after((types) => types.replace(progress, "readonly file: string;$1readonly loaded: number;")), []);
});
