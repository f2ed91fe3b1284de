/**
 * `ErrorCode` names every code that can come, and none that cannot.
 */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pkg, root } from "./packed.js";
import { surface } from "./surface.js";

/** Raised by what only natives call: the day of an article comes from JavaScript as a number. */
const NATIVE = ["DATE_INVALID", "GUIDELINE_UNKNOWN", "ARTICLE_UNIT"];

/**
 * What a pattern's first group finds in the sources of a folder.
 *
 * @param {string} folder
 * @param {RegExp} file
 * @param {RegExp} pattern
 */
function found(folder, file, pattern) {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter((name) => file.test(name));
  return files.flatMap((name) => {
    const code = readFileSync(join(root, folder, name), "utf8");
    return [...code.matchAll(pattern)].map(([, word]) => word);
  });
}

test("the type of a code lists those that are raised", () => {
  const raised = [
    ...found("js", /^(?:desk[/\\])?[\w-]+\.js$/, /"([A-Z]{5,}|[A-Z]+(?:_[A-Z]+)+)"/g),
    ...found("src/web", /\.rs$/, /\berror\(\s*"([A-Z_]+)"/g),
    ...found("src", /^(?:(?:review|exchange|roster)[/\\])?error\.rs$/, /=> "([A-Z_]+)"/g),
  ].filter((code) => !NATIVE.includes(code));
  assert.ok(["ABORTED", "NO_DOCUMENT", "ASSET_CHECKSUM"].every((code) => raised.includes(code)), raised.join());
  const type = surface(pkg).get("mingzhu")?.get("ErrorCode") ?? "";
  const listed = [...type.matchAll(/"(\w+)"/g)].map(([, code]) => code);
  assert.deepEqual(listed.sort(), [...new Set(raised)].sort());
});
