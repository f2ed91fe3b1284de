// What errors mean, in three languages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MingzhuError } from "../../pkg/mingzhu.js";
import { explain } from "../../pkg/explain.js";
import { codes, root } from "./codes.js";

const LOCALES = ["zh-Hans", "zh-Hant", "en"];

for (const locale of LOCALES) {
  test(`every code has its words in ${locale}, and no words are without a code`, async () => {
    const { default: table } = await import(`../../pkg/locale/errors-${locale}.js`);
    assert.deepEqual(Object.keys(table).toSorted(), [...codes()].toSorted());
    for (const [code, { message, hint, ...rest }] of Object.entries(table)) {
      assert.deepEqual(rest, {}, code);
      for (const words of [message, hint]) {
        assert.match(words, locale === "en" ? /^[\x20-\x7e]+\.$/ : /\p{Script=Han}.*。$/u, code);
        // Their own script: no character of the other Chinese.
        const foreign = { "zh-Hans": /[檔網頁錯誤見請們個資類]/, "zh-Hant": /[档网页错误见请们个资类]/ }[locale];
        if (foreign) assert.doesNotMatch(words, foreign, code);
      }
    }
  });
}

test("the codes are those of the library", () => {
  const found = codes();
  const hints = readFileSync(join(root, "js/error.js"), "utf8").match(/const HINTS = \{([\s\S]*?)\n\};/)?.[1] ?? "";
  const hinted = [...hints.matchAll(/^  ([A-Z_]+):/gm)].map(([, code]) => code);
  const errors = ["", "review/", "exchange/", "roster/"].map((part) => join(root, `src/${part}error.rs`));
  const engine = errors.map((file) => readFileSync(file, "utf8")).join("\n");
  const raised = [...engine.matchAll(/Error::\w+(?: \{ \.\. \})? => "([A-Z_]+)"/g)].map(([, code]) => code);
  assert.ok(hinted.length > 20 && raised.length > 10);
  assert.deepEqual([...hinted, ...raised].filter((code) => !found.has(code)), []);
  // And what the shell gives no hint of comes from the engine with one.
  assert.deepEqual([...found].filter((code) => !hinted.includes(code) && !raised.includes(code)), ["UNEXPECTED"]);
});

test("the types name every code that JavaScript can meet", () => {
  const [, union] = readFileSync(join(root, "js/mingzhu.d.ts"), "utf8").match(/type ErrorCode =([^;]*);/) ?? [];
  const named = [...union.matchAll(/"([A-Z_]+)"/g)].map(([, code]) => code);
  // Of what only Rust can ask for.
  const native = ["DATE_INVALID", "GUIDELINE_UNKNOWN", "ARTICLE_UNIT"];
  assert.deepEqual([...named, ...native].toSorted(), [...codes()].toSorted());
});

test("an error is explained in the language that is asked for", async () => {
  const error = new MingzhuError("WASM_BLOCKED", "WebAssembly is blocked here");
  for (const locale of LOCALES) {
    const { default: table } = await import(`../../pkg/locale/errors-${locale}.js`);
    assert.deepEqual(await explain(error, locale), table.WASM_BLOCKED);
  }
  assert.deepEqual(await explain(error, "zh-TW"), await explain(error, "zh-Hant"));
  // What is told across a worker or a log is no longer an instance.
  assert.deepEqual(await explain({ code: "WASM_BLOCKED" }, "en"), await explain(error, "en"));
});

test("what has no code of ours keeps its own words", async () => {
  assert.deepEqual(await explain(new TypeError("a string is needed"), "en"), { message: "a string is needed", hint: "" });
  assert.deepEqual(await explain({ code: "ELSEWHERE", message: "m", hint: "h" }, "zh-Hans"), { message: "m", hint: "h" });
  assert.deepEqual(await explain({ code: "toString", message: "m" }, "en"), { message: "m", hint: "" });
  assert.deepEqual(await explain("thrown", "en"), { message: "thrown", hint: "" });
  assert.deepEqual(await explain(undefined, "en"), { message: "undefined", hint: "" });
});

test("docs/errors.md has every code once, in the words that are shown", async () => {
  const { default: table } = await import("../../pkg/locale/errors-en.js");
  const document = readFileSync(join(root, "docs/errors.md"), "utf8");
  const rows = [...document.matchAll(/^\| `([A-Z_]+)` \| (.*?) \| (.*) \|$/gm)];
  const written = rows.map(([, code, message, hint]) => [code, { message, hint: hint.replaceAll("\\|", "|") }]);
  assert.equal(written.length, codes().size);
  assert.deepEqual(Object.fromEntries(written), { ...table });
});
