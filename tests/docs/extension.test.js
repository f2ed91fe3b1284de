// The browser extension of docs/recipes.md, loaded into a browser: it reads a page that knows nothing of it.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { launchWith } from "../browser/engines.js";
import { running } from "./blocks.js";
import { root } from "./codes.js";
import { filled } from "./page.js";

const STORY = "https://news.example/story.html";

/** A browser with the extension, on a page of somebody else's. */
async function reading(policy, job) {
  const folder = mkdtempSync(join(tmpdir(), "mingzhu-extension-"));
  const files = running("js", "json").filter(({ rest }) => rest.startsWith("extension/"));
  assert.deepEqual(files.map(({ rest }) => rest), ["extension/manifest.json", "extension/content.js"]);
  for (const { rest, code } of files) writeFileSync(join(folder, rest.replace("extension/", "")), code);
  cpSync(join(root, "pkg"), join(folder, "mingzhu"), { recursive: true });
  const context = await launchWith(folder);
  try {
    /** @type {string[]} */
    const strange = [];
    await context.route(/^https?:/, (route) => {
      const url = route.request().url();
      if (url !== STORY) {
        if (!url.endsWith("/favicon.ico")) strange.push(url);
        return route.abort();
      }
      const headers = { "Content-Security-Policy": policy };
      return route.fulfill({ contentType: "text/html; charset=utf-8", headers, body: filled("<article><p>…</p></article>") });
    });
    const page = await context.newPage();
    /** @type {string[]} */
    const problems = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    await page.goto(STORY);
    await job(page, problems);
    assert.deepEqual(strange, []);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

test("the extension paints the names of a page that knows nothing of it", () =>
  reading("default-src 'none'; script-src 'wasm-unsafe-eval'; require-trusted-types-for 'script'; trusted-types 'none'", async (page, problems) => {
    await page.waitForFunction(() => CSS.highlights.get("mingzhu-official")?.size);
    assert.deepEqual(await page.evaluate(() => [...CSS.highlights.get("mingzhu-official")].map(String)), ["陈立群"]);
    assert.deepEqual(problems, []);
  }));

test("a page that forbids WebAssembly is left as it is, and the reason is told", () =>
  reading("default-src 'none'", async (page, problems) => {
    const before = await page.locator("article").evaluate((article) => article.outerHTML);
    while (problems.length === 0) await page.waitForEvent("console");
    assert.match(problems.join(), /^WASM_BLOCKED /);
    assert.equal(await page.locator("article").evaluate((article) => article.outerHTML), before);
    assert.equal(await page.evaluate(() => CSS.highlights.size), 0);
  }));
