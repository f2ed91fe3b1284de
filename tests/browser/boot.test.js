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
    [tag(""), "ASSET_UNREACHABLE", "**/pkg/tag-*.js"],
  ]) {
    const opened = await it.open({ html, csp: STYLED });
    if (blocked) await opened.context.route(blocked, (route) => route.fulfill({ status: 404, body: "none" }));
    await opened.page.addInitScript(() => addEventListener("mingzhu-error", ({ detail }) => (window.failed = detail.error.code)));
    await opened.go();
    await opened.page.waitForFunction((code) => window.failed === code, code);
    await opened.context.close();
  }
});

/** Answers for what the tag loads with more than the file holds: always, or but for the first time. */
async function tamper(context, from) {
  let times = 0;
  await context.route("**/pkg/tag-*.js", async (route) => {
    const response = await route.fetch();
    times += 1;
    const body = Buffer.concat([Buffer.from(await response.body()), Buffer.from(times < from ? "" : ";globalThis.harmed = true;")]);
    return route.fulfill({ status: 200, contentType: "text/javascript", headers: { "access-control-allow-origin": "*" }, body });
  });
}

test("the tag carries the hash of what it loads: something else never runs, and the page is unharmed", async () => {
  const html = `<article><p>${NEWS}</p></article><script async src="/pkg/boot.js" data-when="now"></script>`;
  const opened = await it.open({ html, csp: STYLED });
  await tamper(opened.context, 1);
  await opened.page.addInitScript(() => addEventListener("mingzhu-error", ({ detail }) => (window.failed = detail.error.code)));
  await opened.go();
  await opened.page.waitForFunction(() => window.failed === "ASSET_TAMPERED");
  const { harmed, left, text } = await opened.page.evaluate(() => ({
    harmed: window.harmed, left: document.scripts.length - 1, text: document.querySelector("article").innerHTML,
  }));
  assert.deepEqual([harmed, left, text], [undefined, 0, `<p>${NEWS}</p>`]);
  await opened.context.close();
});

test("what runs has been checked, whatever a server answers the next time", async () => {
  const html = `<article><p>${NEWS}</p></article><script async src="/pkg/boot.js" data-when="now"></script>`;
  for (const from of [2, 3]) {
    const opened = await it.open({ html, csp: STYLED });
    await tamper(opened.context, from);
    await opened.page.addInitScript(() => {
      addEventListener("mingzhu-ready", () => (window.ended = "ready"));
      addEventListener("mingzhu-error", ({ detail }) => (window.ended = detail.error.code));
    });
    await opened.go();
    await opened.page.waitForFunction(() => window.ended);
    const { harmed, ended } = await opened.page.evaluate(() => ({ harmed: window.harmed, ended: window.ended }));
    assert.deepEqual([harmed, ended], [undefined, "ready"]);
    await opened.context.close();
  }
});

test("under a list of trusted types the tag makes the one policy that it names, and goes without where it names another", async () => {
  for (const [name, mode] of [["mingzhu", "worker"], ["another", "main"]]) {
    const html = `<article><p>${NEWS}</p></article><script async src="/pkg/boot.js" data-when="now"></script>`;
    const { page, context, seen, go } = await it.open({ html, csp: `${STYLED}; trusted-types ${name}` });
    await page.addInitScript(() => {
      window.warned = [];
      addEventListener("mingzhu-warning", ({ detail }) => window.warned.push(detail.warning.code));
      addEventListener("mingzhu-ready", () => (window.ready = 1));
    });
    await go();
    await ready(page);
    // Where the browser has no such types, nothing is in the way of a worker.
    const knows = await page.evaluate(() => "trustedTypes" in window);
    assert.deepEqual(await page.evaluate(() => window.warned), knows && mode === "main" ? ["WORKER_BLOCKED"] : []);
    if (mode === "worker") {
      // Modules beside the tag use the same policy: a page may make it once.
      const second = async () => {
        const { Annotator } = await import("/pkg/mingzhu.js");
        const annotator = await Annotator.load({ mode: "worker" });
        annotator.dispose();
        return annotator.mode;
      };
      assert.equal(await page.evaluate(second), "worker");
      assert.deepEqual(seen.problems, []);
    }
    await context.close();
  }
});

test("a page on its way is styled with the tag's rules, and with no others later, unless its ground is dark", async () => {
  const rules = () =>
    [...document.adoptedStyleSheets].map(({ cssRules }) => [...cssRules].filter(({ selectorText }) => selectorText?.includes("::highlight")).length);
  for (const [ground, lines] of [["#fff", [16, 0]], ["#111", [16, 16]]]) {
    const { page, context, seen } = await tab(`<script src="/pkg/boot.js" data-when="intent"></script><script type="module" src="/pkg/boot.js" data-when="intent"></script>
      <article style="background: ${ground}"><p>${NEWS}</p></article>`);
    await page.waitForFunction(() => document.readyState === "complete");
    assert.deepEqual(await page.evaluate(rules), lines.slice(0, 1));
    const { x, y } = await page.evaluate(() => document.querySelector("article").getBoundingClientRect().toJSON());
    await page.mouse.move(x + 20, y + 10);
    await ready(page, 2);
    // The module's tag is one more, with an annotator of its own.
    assert.deepEqual(await page.evaluate(rules), [...lines, ...lines.slice(1)], ground);
    assert.ok((await painted(page))["mingzhu-official"].includes("陈立群"));
    assert.deepEqual(seen.problems, []);
    await context.close();
  }
});
