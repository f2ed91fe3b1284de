// HTML, CSS, policies and the JavaScript of pages in the documents, each in a real page that can reach the
// package's files and nothing else.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { STRICT, harness } from "../browser/harness.js";
import { needsPage, running } from "./blocks.js";
import { root } from "./codes.js";
import { around, filled, open, painted } from "./page.js";
import { NEWS } from "./setting.js";

const it = harness();

/** Opened, used, and found to have asked for nothing else and complained of nothing. */
async function visit(html, options, job) {
  const { context, page, seen, strange } = await open(it, html, options);
  try {
    await job(page);
    assert.deepEqual(strange, []);
    assert.deepEqual(seen.problems, []);
  } finally {
    await context.close();
  }
}

for (const { name, code } of running("html")) {
  test(`${name} is a page with names painted on it`, () => visit(filled(code), {}, painted));
}

const scripts = running("js", "jsx").filter((block) => needsPage(block) && !block.rest);

for (const { name, language, code } of scripts) {
  test(`${name} runs in a page`, async () => {
    const { html, files } = await around(code, language);
    const fails = code.includes("/nowhere/");
    const { context, page, seen, strange } = await open(it, html, { files });
    // What it throws is seen at once, and not when the wait is over.
    const broken = page.waitForEvent("pageerror", { timeout: 0 }).then(
      (error) => assert.fail(error),
      () => {},
    );
    assert.deepEqual(seen.problems.filter((problem) => !/404/.test(problem)), []);
    const ended = async () => {
      await page.waitForFunction(() => globalThis.done);
      const paints = /createAnnotator\(/.test(code) && !/\.dispose\(\)/.test(code) && !fails;
      if (paints) await painted(page);
    };
    await Promise.race([ended(), broken]);
    assert.deepEqual(strange, []);
    // The browser tells of a file that is not there, as it should.
    assert.deepEqual(seen.problems.filter((problem) => !(fails && /404/.test(problem))), []);
    await context.close();
  });
}

test("a failure is shown where docs/quick-start.md shows it", async () => {
  const { code } = scripts.find(({ code }) => code.includes("/nowhere/"));
  const { html, files } = await around(code, "js");
  const { context, page } = await open(it, html, { files });
  await page.locator("#who").getByText("缺少文件。").waitFor();
  assert.equal(await page.locator("article").textContent(), NEWS);
  await context.close();
});

const TAG = '<article><p>…</p></article><script type="module" src="…/mingzhu/auto.js" data-mingzhu-auto></script>';

for (const { name, code } of running("csp")) {
  test(`${name} is a policy under which names are painted`, () => visit(filled(TAG), { csp: code.trim() }, painted));
}

test("the policy in docs/csp.md is the one that all tests run under", () => {
  assert.ok(running("csp").some(({ code }) => code.trim() === STRICT));
});

test("what docs/csp.md says of a directive's absence is so", async () => {
  const cases = [
    [" 'wasm-unsafe-eval'", "", "WASM_BLOCKED"],
    ["worker-src 'self'", "worker-src 'none'", "WORKER_BLOCKED"],
    ["connect-src 'self'", "connect-src 'none'", "ASSET_UNREACHABLE"],
  ];
  for (const [directive, changed, code] of cases) {
    const { context, page } = await open(it, filled(TAG.replace(/<script.*/, '<script type="module" src="/told.js"></script>')), {
      csp: STRICT.replace(directive, changed),
      files: {
        "told.js": `
          import { createAnnotator } from "/mingzhu/page.js";
          const tell = ({ code }) => (document.documentElement.dataset.told = code);
          addEventListener("mingzhu-warning", ({ detail }) => tell(detail.warning));
          createAnnotator(document.querySelector("article")).catch(tell);`,
      },
    });
    await page.locator(`[data-told=${code}]`).waitFor();
    if (code === "WORKER_BLOCKED") await painted(page);
    assert.equal(await page.locator("article").textContent(), NEWS);
    await context.close();
  }
  await visit(filled(TAG), { csp: STRICT.replace("style-src 'self'; img-src 'self'; ", "") }, painted);
});

test("a file that was tampered with is refused by its integrity, and the page is unharmed", async () => {
  const script = readFileSync(join(root, "pkg/auto.js"));
  const integrity = `sha384-${createHash("sha384").update(script).digest("base64")}`;
  const html = filled(TAG.replace("data-mingzhu-auto", `data-mingzhu-auto crossorigin integrity="${integrity}"`));
  await visit(html, {}, painted);
  const files = { "mingzhu/auto.js": `${script}\nglobalThis.harm = true;` };
  const { context, page, seen } = await open(it, html, { files });
  await page.waitForLoadState("load");
  assert.ok(seen.problems.some((problem) => /integrity/i.test(problem)), seen.problems.join());
  assert.equal(await page.evaluate(() => globalThis.harm), undefined);
  assert.equal(await page.locator("article").evaluate((article) => article.outerHTML), `<article><p>${NEWS}</p></article>`);
  await context.close();
});

test("rules in docs/theming.md make a difference", async () => {
  const html = filled(`
    <article><p>…</p></article><section><p>…</p></section><div id="legend"></div>
    <script type="module" src="/start.js"></script>`);
  const start = `
    import { createAnnotator } from "/mingzhu/page.js";
    await createAnnotator(document.querySelector("article"), { legend: document.querySelector("#legend") });
    await createAnnotator(document.querySelector("section"), { render: "element" });
    globalThis.done = true;`;
  await visit(html, { files: { "start.js": start } }, async (page) => {
    await page.waitForFunction(() => globalThis.done);
    for (const { name, code } of running("css")) {
      const idle = await page.evaluate((code) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(code);
        const rules = [...sheet.cssRules];
        const values = () =>
          rules.map(({ selectorText, style }) => {
            const [, element, pseudo] = selectorText.match(/^(.*?)(::.*)?$/);
            const styles = getComputedStyle(document.querySelector(element || "article"), pseudo);
            return [...style].map((property) => styles.getPropertyValue(property));
          });
        const before = values();
        // Before ours, where a site's own sheets are.
        document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
        const after = values();
        document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
        return rules.flatMap(({ selectorText, style }, rule) =>
          [...style].filter((_, at) => before[rule][at] === after[rule][at]).map((property) => `${selectorText} ${property}`),
        );
      }, code);
      assert.deepEqual(idle, [], name);
    }
  });
});
