// The one tag: what it loads and when, and where its options stand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NEWS, STRICT, harness, painted } from "./harness.js";

const it = harness();
const FAR = `<div style="height: 6000px"></div>`;
/** The tests' own styles stand in attributes. */
const STYLED = STRICT.replace("style-src", "style-src 'unsafe-inline'");

/** Scripts and files of the package that were asked for. */
const asked = (seen) => seen.requests.map((url) => new URL(url).pathname).filter((path) => path.startsWith("/pkg/"));

async function tab(html) {
  const opened = await it.open({ html, csp: STYLED });
  await opened.page.addInitScript(() => {
    window.shifts = 0;
    // Chromium's alone.
    try {
      new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shifts += value))).observe({ type: "layout-shift", buffered: true });
    } catch {}
    window.ready = 0;
    addEventListener("mingzhu-ready", () => window.ready++);
    addEventListener("mingzhu-error", ({ detail }) => (window.failed = detail.error.code));
  });
  await opened.go();
  return opened;
}

const ready = (page, count = 1) => page.waitForFunction((count) => window.ready === count, count);

for (const type of ["async", "type=module"]) {
  test(`a tag (${type}) loads the rest when the reader comes near, and moves nothing`, async () => {
    const { page, context, seen } = await tab(`${FAR}<article><p>${NEWS}</p></article>
      <script ${type} src="/pkg/boot.js" data-locale="zh-Hans" data-kinds="official"></script>`);
    await page.waitForFunction(() => document.readyState === "complete");
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.deepEqual(asked(seen), ["/pkg/boot.js"]);
    await page.evaluate(() => scrollTo(0, 4900));
    await ready(page);
    assert.deepEqual(await painted(page), { "mingzhu-official": ["陈立群"] });
    assert.equal(await page.evaluate(() => window.shifts), 0);
    assert.deepEqual(seen.problems, []);
    await context.close();
  });
}

test("with intent it waits for the reader's hand, for each text by itself", async () => {
  const { page, context, seen } = await tab(`<article id=one><p>${NEWS}</p></article><article id=two><p>市长周怀远发言。</p></article>
    <script async src="/pkg/boot.js" data-when="intent"></script>`);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual(asked(seen), ["/pkg/boot.js"]);
  const { x, y } = await page.evaluate(() => document.getElementById("two").getBoundingClientRect().toJSON());
  await page.mouse.move(x + 20, y + 10);
  await ready(page);
  assert.deepEqual((await painted(page))["mingzhu-official"], ["周怀远"]);
  await page.mouse.move(x + 20, y - 20);
  await ready(page, 2);
  assert.deepEqual((await painted(page))["mingzhu-official"].toSorted(), ["周怀远", "陈立群"].toSorted());
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("options stand in attributes or in a block of JSON, and what is wrong with them is said", async () => {
  const { page, context, seen } = await tab(`<main><p>${NEWS}</p></main>
    <script type="application/json" data-mingzhu>{"kinds": ["person"], "minScore": 0.2}</script>
    <script async src="/pkg/boot.js" data-when="now" data-kinds="place"></script>`);
  await ready(page);
  assert.deepEqual(Object.keys(await painted(page)), ["mingzhu-person"]);
  assert.deepEqual(seen.problems, []);
  await context.close();

  const wrong = await tab(`<main><p>${NEWS}</p></main><script async src="/pkg/boot.js" data-when="now" data-exclude="]["></script>`);
  await wrong.page.waitForFunction(() => window.failed === "SELECTOR_INVALID");
  await wrong.context.close();
});

test("all roots of a tag share one annotator, whose files are fetched once", async () => {
  const { page, context, seen } = await tab(`<article><p>${NEWS}</p></article><article><p>市长周怀远发言。</p></article>
    <script async src="/pkg/boot.js" data-when="now" data-lang="en"></script>`);
  await ready(page, 2);
  assert.deepEqual(asked(seen).filter((path) => path.endsWith("model.mz")), ["/pkg/assets/model.mz"]);
  assert.deepEqual((await painted(page))["mingzhu-official"].toSorted(), ["周怀远", "陈立群"].toSorted());
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("two module tags have each their own root and options", async () => {
  const { page, context, seen } = await tab(`<article><p>${NEWS}</p></article><aside><p>市长周怀远在绍兴市发言。</p></aside>
    <script type="module" src="/pkg/boot.js" data-when="now" data-root="article" data-kinds="official"></script>
    <script type="module" src="/pkg/boot.js" data-when="now" data-root="aside" data-kinds="place"></script>`);
  await ready(page, 2);
  assert.deepEqual(await painted(page), { "mingzhu-official": ["陈立群"], "mingzhu-place": ["绍兴市"] });
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a selector that is none, options that are no JSON, and a script that does not come are told with a code", async () => {
  const tag = (/** @type {string} */ attributes) => `<article><p>${NEWS}</p></article><script async src="/pkg/boot.js" data-when="now" ${attributes}></script>`;
  for (const [html, code, blocked] of [
    [tag('data-root="]["'), "SELECTOR_INVALID"],
    [`<script type="application/json" data-mingzhu>{"kinds": [}</script>${tag("")}`, "OPTION_INVALID"],
    [tag(""), "ASSET_UNREACHABLE", "**/pkg/page.js"],
  ]) {
    const opened = await it.open({ html, csp: STYLED });
    if (blocked) await opened.context.route(blocked, (route) => route.fulfill({ status: 404, body: "none" }));
    await opened.page.addInitScript(() => addEventListener("mingzhu-error", ({ detail }) => (window.failed = detail.error.code)));
    await opened.go();
    await opened.page.waitForFunction((code) => window.failed === code, code);
    await opened.context.close();
  }
});
