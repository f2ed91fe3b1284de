// Shadow trees and frames: painted, pointed at, followed and left like the text around them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { STRICT, except, harness } from "./harness.js";

const it = harness();

const [HOST, FRAME, DEEP] = ["陈立群", "周怀远", "秦望舒"];

/** A page with a text, one in a shadow tree, one in a frame and one in a shadow tree in that frame. */
async function tab(root = "root", csp = STRICT) {
  const opened = await it.open({ csp, html: "<div id=root><p>绍兴市教育工作会议召开。</p><div id=host></div><iframe id=frame width=500 height=160></iframe></div>" });
  const { page, go } = opened;
  await go();
  await page.evaluate(
    async ([root, host, frame, deep]) => {
      const { createAnnotator } = await import("/pkg/page.js");
      const paragraph = (document, text) => Object.assign(document.createElement("p"), { textContent: text });
      const inShadow = document.getElementById("host").attachShadow({ mode: "open" });
      inShadow.append(paragraph(document, `副市长${host}在会上发言。`));
      const there = document.getElementById("frame").contentDocument;
      there.body.append(paragraph(there, `副市长${frame}参加会议。`), there.createElement("div"));
      const inner = there.querySelector("div").attachShadow({ mode: "open" });
      inner.append(paragraph(there, `局长${deep}主持会议。`));
      window.trees = { root: document, host: inShadow, frame: there, deep: inner };
      window.sheets = () => Object.values(window.trees).map(({ adoptedStyleSheets }) => adoptedStyleSheets.length);
      window.registries = () => [window, there.defaultView].map((window) => [...(window.CSS.highlights ?? [])].flatMap(([, all]) => [...all].map(String)));
      window.entered = [];
      addEventListener("mingzhu-enter", ({ detail }) => window.entered.push(detail.name));
      addEventListener("mingzhu-activate", ({ detail }) => window.entered.push(`${detail.name}!`));
      const element = root === "root" ? document.getElementById("root") : window.trees[root].querySelector("p");
      window.make = (options) => createAnnotator(element, { locale: "zh-Hans", shadow: true, frames: true, observe: true, ...options });
    },
    [root, HOST, FRAME, DEEP],
  );
  return opened;
}

/** Where a name of a tree stands in the window. */
function locate(page, tree, name) {
  return page.evaluate(
    ([tree, name]) => {
      const text = document.createTreeWalker(window.trees[tree], NodeFilter.SHOW_TEXT);
      while (!text.nextNode().data.includes(name));
      const range = document.createRange();
      const at = text.currentNode.data.indexOf(name);
      range.setStart(text.currentNode, at);
      range.setEnd(text.currentNode, at + name.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      const frame = tree === "host" || tree === "root" ? undefined : document.getElementById("frame").getBoundingClientRect();
      // A frame has a border of two pixels.
      const [left, top] = frame ? [frame.x + 2, frame.y + 2] : [0, 0];
      return { x: left + x, y: top + y, width, height };
    },
    [tree, name],
  );
}

const picture = async (page, tree, name) => {
  const { x, y, width, height } = await locate(page, tree, name);
  const bytes = await page.screenshot({ clip: { x, y, width, height: height + 4 } });
  return bytes.toString("base64");
};

const PLACES = Object.entries({ host: HOST, frame: FRAME, deep: DEEP });

const unseen = except({ webkit: "its driver takes no picture of a part" });

test("names in shadow trees and frames are painted, and nothing of it stays", unseen, async () => {
  // Playwright puts a style on the page while it takes a picture.
  const { page, context, seen } = await tab("root", STRICT.replace("style-src", "style-src 'unsafe-inline'"));
  const before = { sheets: await page.evaluate(() => window.sheets()), pictures: [] };
  for (const [tree, name] of PLACES) before.pictures.push(await picture(page, tree, name));
  await page.evaluate(async () => void (window.annotator = await window.make({ card: false })));
  for (const [at, [tree, name]] of PLACES.entries()) {
    assert.notEqual(await picture(page, tree, name), before.pictures[at], tree);
  }
  await page.evaluate(() => window.annotator.dispose());
  assert.deepEqual(await page.evaluate(() => window.sheets()), before.sheets);
  assert.deepEqual(await page.evaluate(() => window.registries()), [[], []]);
  for (const [at, [tree, name]] of PLACES.entries()) {
    assert.equal(await picture(page, tree, name), before.pictures[at], tree);
  }
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("names in shadow trees and frames answer to the pointer, with a card beside them", async () => {
  const { page, context, seen } = await tab();
  await page.evaluate(async () => void (window.annotator = await window.make()));
  const card = page.locator("[data-mingzhu=card] [role=dialog]");
  for (const [tree, name] of PLACES) {
    const { x, y, width, height } = await locate(page, tree, name);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.waitForFunction((name) => window.entered.at(-1) === name, name);
    await page.mouse.click(x + width / 2, y + height / 2);
    await page.waitForFunction((name) => window.entered.at(-1) === `${name}!`, name);
    await card.getByText(name, { exact: true }).first().waitFor();
    const number = await page.evaluate(([x, y]) => window.annotator.mentionAt(x, y), [x + width / 2, y + height / 2]);
    assert.equal(await page.evaluate((number) => window.annotator.rangeOf(...Object.values(window.annotator.mentions[number]).slice(0, 2)).toString(), number), name);
    await page.waitForFunction(
      ([x, y]) => {
        const { left, right, top, bottom } = document.querySelector("[data-mingzhu=card]").shadowRoot.firstElementChild.getBoundingClientRect();
        return left <= x && x <= right && Math.min(Math.abs(top - y), Math.abs(bottom - y)) < 60;
      },
      [x + width / 2, y + height / 2],
    );
    // The focus is where the click was: in the frame.
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "hidden" });
    await page.mouse.move(2, 2);
  }
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("what changes in shadow trees and frames is read again", async () => {
  const { page, context, seen } = await tab();
  await page.evaluate(async () => void (window.annotator = await window.make()));
  const names = ["罗景行", "沈知白", "许闻笛"];
  for (const [at, [tree]] of PLACES.entries()) {
    await page.evaluate(([tree, name]) => void (window.trees[tree].querySelector("p").textContent = `副市长${name}在会上发言。`), [tree, names[at]]);
    await page.waitForFunction((name) => window.registries().flat().includes(name), names[at]);
  }
  // A tree that comes later.
  await page.evaluate(() => {
    const host = document.createElement("section");
    window.late = host.attachShadow({ mode: "open" });
    window.late.append(Object.assign(document.createElement("p"), { textContent: "副市长郑秋白发言。" }));
    document.getElementById("root").append(host);
  });
  await page.waitForFunction(() => window.registries().flat().includes("郑秋白") && window.late.adoptedStyleSheets.length === 1);
  await page.evaluate(() => void (window.late.querySelector("p").firstChild.data = "副市长何照临发言。"));
  await page.waitForFunction(() => window.registries().flat().includes("何照临"));
  await page.evaluate(() => window.late.host.remove());
  await page.waitForFunction(() => !window.registries().flat().includes("何照临") && window.late.adoptedStyleSheets.length === 0);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a frame's own ranges are described, and index and legend stand where they are put", async () => {
  const { page, context, seen } = await tab();
  const found = await page.evaluate(async () => {
    const there = window.trees.frame;
    const [index, legend] = [there.createElement("div"), there.createElement("div")];
    there.body.append(index, legend);
    window.annotator = await window.make({ index, legend, observe: false });
    const range = there.createRange();
    range.setStart(there.querySelector("p").firstChild, 3);
    range.setEnd(there.querySelector("p").firstChild, 6);
    const { range: again } = window.annotator.match(window.annotator.describe(range));
    return [String(again), index.querySelectorAll("li").length > 2, legend.querySelectorAll("button").length];
  });
  assert.deepEqual(found, [FRAME, true, 4]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

for (const tree of ["host", "frame", "deep"]) {
  test(`a root that stands in a tree of its own (${tree}) is painted and answers`, async () => {
    const { page, context, seen } = await tab(tree);
    const [, name] = PLACES.find(([other]) => other === tree);
    const marked = () =>
      page.evaluate(
        ([tree, name]) => [window.registries().flat().includes(name), window.trees[tree].adoptedStyleSheets.length],
        [tree, name],
      );
    await page.evaluate(async () => void (window.annotator = await window.make()));
    assert.deepEqual(await marked(), [true, 1]);
    const { x, y, width, height } = await locate(page, tree, name);
    await page.mouse.click(x + width / 2, y + height / 2);
    const open = (tree) => {
      const document = window.trees[tree].ownerDocument ?? window.trees[tree];
      return document.querySelector("[data-mingzhu=card]")?.matches(":popover-open");
    };
    await page.waitForFunction(open, tree);
    await page.evaluate(() => window.annotator.dispose());
    assert.deepEqual(await marked(), [false, 0]);
    assert.deepEqual(seen.problems, []);
    await context.close();
  });
}
