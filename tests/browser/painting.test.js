// Painting: highlights that add nothing to the page, and elements that are undone exactly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NEWS, harness, locate, painted } from "./harness.js";

const it = harness();

async function tab(html, options) {
  const opened = await it.open({ html, ...options });
  await opened.go();
  return opened;
}

function create(page, options = {}) {
  return page.evaluate(async (options) => {
    const { createAnnotator } = await import("/pkg/page.js");
    const get = (id) => document.getElementById(id) ?? undefined;
    window.annotator = await createAnnotator(get("root"), { locale: "zh-Hans", index: get("index"), ...options });
  }, options);
}

const wrapped = (page) => page.locator("#root .mingzhu-mention[data-kind]").allTextContents();

test("one registry name for each kind, with priorities, and nobody's highlights are cleared", async () => {
  const { page, context, go } = await it.open({ html: `<div id=root><p>${NEWS}</p></div>` });
  await page.addInitScript(() => {
    HighlightRegistry.prototype.clear = () => {
      throw new Error("cleared");
    };
  });
  await go();
  await page.evaluate(() => CSS.highlights.set("site", new Highlight()));
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.move(x, y);
  await page.waitForFunction(() => CSS.highlights.has("mingzhu-active-official"));
  const priorities = await page.evaluate(() => Object.fromEntries([...CSS.highlights].map(([name, { priority }]) => [name, priority])));
  assert.ok(Object.keys(priorities).every((name) => name === "site" || name.startsWith("mingzhu-")));
  assert.ok(priorities["mingzhu-active-official"] > priorities["mingzhu-official"]);
  assert.equal(await page.locator("style").count(), 0);
  await page.evaluate(() => window.annotator.dispose());
  assert.deepEqual(Object.keys(await painted(page)), ["site"]);
  await context.close();
});

const NESTED = `<p>3月18日,<ruby>绍<rt>shào</rt></ruby><b>兴</b>市教育工作会议召开。副市长陈立群在会上发言,陈立群说,绍兴市
  要办好学校。</p><p>市长<a href="#there">周怀远</a>在绍兴市调研。</p><ul><li>陈立群</ul>`;

test("with elements names are wrapped, and disposed of the nodes are the same ones with the same text", async () => {
  const { page, context, seen } = await tab(`<div id=root>${NESTED}</div>`);
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.getElementById("root"), NodeFilter.SHOW_ALL);
    const nodes = () => {
      walker.currentNode = walker.root;
      const all = [];
      while (walker.nextNode()) all.push([walker.currentNode, walker.currentNode.nodeValue]);
      return all;
    };
    const before = nodes();
    window.same = () => {
      const after = nodes();
      return after.length === before.length && after.every(([node, value], i) => node === before[i][0] && value === before[i][1]);
    };
  });
  for (let round = 0; round < 3; round++) {
    await create(page, { render: "element" });
    assert.equal(await page.evaluate(() => window.same()), false);
    assert.deepEqual(await wrapped(page), ["绍", "兴", "市", "陈立群", "陈立群", "绍兴市", "周怀远", "绍兴市", "陈立群"]);
    assert.equal(await page.evaluate(() => document.querySelector("#root rt").innerHTML), "shào");
    // Read again, it finds the same.
    const text = await page.evaluate(async () => (await import("/pkg/page.js")).textOf(document.getElementById("root")));
    await page.evaluate(() => window.annotator.scan());
    assert.match(text, /^3月18日,绍兴市教育工作会议召开。副市长陈立群在会上/);
    assert.equal((await wrapped(page)).length, 9);
    await page.evaluate(() => window.annotator.setFilter({ kinds: ["official"] }));
    assert.deepEqual(await wrapped(page), ["陈立群", "陈立群", "周怀远", "陈立群"]);
    await page.evaluate(() => window.annotator.dispose());
    assert.ok(await page.evaluate(() => window.same()));
  }
  assert.deepEqual(await painted(page), {});
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("with elements each entity is come to by keyboard once a paragraph, opened by Enter and left by Escape", async () => {
  const { page, context } = await tab(`<button id=before>x</button><div id=root>${NESTED}</div>`);
  await create(page, { render: "element" });
  await page.locator("#before").focus();
  const stops = [];
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => document.activeElement.textContent));
  }
  // The link is reached already, and what is not the first of its paragraph is passed over.
  assert.deepEqual(stops, ["绍", "陈立群", "周怀远", "绍兴市", "陈立群"]);
  await page.locator("#root [role=button]", { hasText: "陈立群" }).first().focus();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  const card = page.getByRole("dialog", { name: "陈立群" });
  await card.waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("data-mingzhu")), "card");
  await page.keyboard.press("Escape");
  await card.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "陈立群");
  await context.close();
});

test("with elements pointer, links and cards are as with highlights", async () => {
  const { page, context } = await tab(`<div id=root>${NESTED}</div>`);
  await create(page, { render: "element" });
  const name = await locate(page, "陈立群");
  await page.mouse.move(name.x, name.y);
  await page.getByRole("dialog", { name: "陈立群" }).waitFor();
  assert.equal(await page.locator("#root [data-active]").count(), 3);
  await page.mouse.move(1, 1);
  await page.getByRole("dialog", { name: "陈立群" }).waitFor({ state: "hidden" });
  const link = await locate(page, "周怀远");
  await page.mouse.click(link.x, link.y);
  await page.waitForURL(/#there$/);
  await context.close();
});

test("when a framework writes its text anew, nobody sees what is left of our elements", async () => {
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  await page.evaluate(() => (window.first = document.querySelector("#root p").firstChild));
  await create(page, { render: "element" });
  const seen = await page.evaluate(async () => {
    window.first.data = "今天晴。";
    // What is there when it is drawn next.
    await new Promise(requestAnimationFrame);
    return document.getElementById("root").textContent;
  });
  assert.equal(seen, "今天晴。");
  await context.close();
});

test("what the page has written over meanwhile is the page's, and goes back to be so", async () => {
  const { page, context, seen } = await tab(`<div id=root><p>${NEWS}</p><p id=second>市长周怀远在绍兴市调研。</p></div>`);
  await page.evaluate(() => {
    // As frameworks do, the site holds on to its text nodes.
    window.first = document.querySelector("#root p").firstChild;
    window.second = document.getElementById("second").firstChild;
  });
  await create(page, { render: "element" });
  await page.evaluate(async () => {
    window.first.data = "副市长秦望舒在绍兴市调研。";
    window.second.remove();
    await window.annotator.scan();
  });
  assert.equal(await page.locator("#root").textContent(), "副市长秦望舒在绍兴市调研。");
  assert.deepEqual(await wrapped(page), ["秦望舒", "绍兴市"]);
  await page.evaluate(() => window.annotator.dispose());
  assert.equal(
    await page.evaluate(() => document.getElementById("root").innerHTML),
    '<p>副市长秦望舒在绍兴市调研。</p><p id="second"></p>',
  );
  assert.deepEqual(seen.problems, []);
  await context.close();
});
