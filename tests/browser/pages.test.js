// Page shapes of the wild (tests/pages): each is annotated with every way of painting, and
// must not notice.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, test } from "node:test";
import { ENGINE, harness } from "./harness.js";

const folder = new URL("../pages/", import.meta.url);
const it = harness();

/** Where pointing finds nothing: see docs/browsers.md. */
const UNPOINTED = { webkit: ["transforms-zoom.html"] }[ENGINE] ?? [];

/** One tab for all of them. */
let tab;
after(() => tab?.context.close());

async function visit(name, body = readFileSync(new URL(name, folder))) {
  tab ??= await it.open();
  const { context, page, seen } = tab;
  await context.route(`**/${name}`, (route) =>
    // Without a charset: old pages say it themselves.
    route.fulfill({ contentType: name.endsWith(".xhtml") ? "application/xhtml+xml" : "text/html", body }),
  );
  seen.problems.length = 0;
  await page.goto(new URL(name, it.url).href);
  return page;
}

/** Annotates the body; tells what was found and what is painted. */
function annotate(page, options) {
  return page.evaluate(async (options) => {
    const { createAnnotator, loadAnnotator } = await import("/pkg/page.js");
    window.shared ??= loadAnnotator();
    let text;
    document.body.addEventListener("mingzhu-scan", ({ detail }) => (text = detail.text), { once: true });
    window.entered = [];
    document.body.addEventListener("mingzhu-enter", ({ detail }) => window.entered.push(detail.mention));
    window.annotator = await createAnnotator(document.body, { annotator: window.shared, locale: "zh-Hans", ...options });
    const plain = (text) => text.replace(/[\s\u00ad\u200b\u2060\ufeff]/g, "");
    const { mentions } = window.annotator.article;
    return { text, mentions: mentions.map(({ kind, start, end }) => ({ kind, text: plain(text.slice(start, end)) })) };
  }, options);
}

/** Texts under the highlights of the four kinds, in the order of the page. */
function underHighlights(page) {
  return page.evaluate(() => {
    const ranges = [];
    for (const kind of ["official", "person", "place", "organization"]) {
      for (const range of CSS.highlights.get(`mingzhu-${kind}`) ?? []) ranges.push({ kind, range });
    }
    ranges.sort((a, b) => a.range.compareBoundaryPoints(Range.START_TO_START, b.range));
    window.ranges = ranges.map(({ range }) => range);
    return ranges.map(({ kind, range }) => {
      const content = range.cloneContents();
      for (const unread of content.querySelectorAll("rt,rp,script,style,iframe,noscript")) unread.remove();
      return { kind, text: content.textContent.replace(/[\s\u00ad\u200b\u2060\ufeff]/g, "") };
    });
  });
}

/** The page as the browser would write it down, without what is ours. */
function serialised(page) {
  return page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    for (const own of copy.querySelectorAll("[data-mingzhu]")) own.remove();
    // What a page's own clock has written meanwhile.
    for (const beat of copy.querySelectorAll("[data-beat]")) beat.removeAttribute("data-beat");
    return new XMLSerializer().serializeToString(copy);
  });
}

const traces = (page) =>
  page.evaluate(() => ({
    own: document.querySelectorAll("[data-mingzhu]").length,
    highlights: [...CSS.highlights.keys()],
    sheets: document.adoptedStyleSheets.length,
    texts: (() => {
      const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
      let count = 0;
      while (walker.nextNode()) count++;
      return count;
    })(),
  }));

/**
 * A script of the page, at work while its names are painted: it holds nodes, counts, listens and looks out for changes.
 *
 * @param {boolean} elements true where names are wrapped, which adds elements and nothing else
 */
function accompany(page, elements) {
  return page.evaluate((elements) => {
    const body = document.body;
    // As a page that names its form's fields like the DOM's own would have to.
    const all = () => Document.prototype.querySelectorAll.call(document, "body *:not([data-mingzhu], [data-mingzhu] *)");
    const held = [...all()];
    const ours = (/** @type {Node} */ node) => node instanceof Element && node.closest("[data-mingzhu]") !== null;
    const read = () => [...body.childNodes].filter((node) => !ours(node)).map(({ textContent }) => textContent).join("");
    const text = read();
    const changes = [];
    const observer = new MutationObserver((records) => {
      for (const { type, target, addedNodes, removedNodes } of records) {
        const foreign = [...addedNodes, ...removedNodes].filter((node) => !ours(node));
        // What the page's own clock writes is its own.
        if (type === "childList" && foreign.length > 0 && !ours(target)) changes.push(target.nodeName);
      }
    });
    observer.observe(body, { subtree: true, childList: true });
    let clicks = 0;
    const heard = () => clicks++;
    document.addEventListener("bystander", heard);
    window.bystander = () => {
      const wrong = [];
      if (read() !== text) wrong.push("the text is another one");
      const lost = held.filter((element) => !element.isConnected);
      if (lost.length > 0) wrong.push(`${lost.length} elements are gone`);
      if (!elements && all().length !== held.length) wrong.push(`${all().length} elements instead of ${held.length}`);
      for (const element of held) element.dispatchEvent(new Event("bystander", { bubbles: true, composed: true }));
      if (clicks !== held.length) wrong.push(`${clicks} of ${held.length} events came to the page`);
      if (!elements && changes.length > 0) wrong.push(`changes in ${changes.join()}`);
      observer.disconnect();
      document.removeEventListener("bystander", heard);
      return wrong;
    };
  }, elements);
}

/** Where a painted mention can be pointed at; nothing where the page covers or hides it. */
function spot(page, number) {
  return page.evaluate((number) => {
    const range = window.ranges[number];
    range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
    const [box] = [...range.getClientRects()].filter(({ width, height }) => width > 2 && height > 2);
    if (!box || !range.startContainer.parentElement.checkVisibility({ visibilityProperty: true })) return null;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    // Nothing else lies over it.
    const top = document.elementFromPoint(x, y);
    return top?.contains(range.startContainer) || top?.contains(range.endContainer) ? { x, y } : null;
  }, number);
}

for (const name of readdirSync(folder).sort()) {
  test(`${name}: read right, painted right, pointed at right, and left as it was`, async () => {
    const page = await visit(name);
    const before = { html: await serialised(page), ...(await traces(page)) };
    const expected = await page.evaluate(() => document.body.dataset.expect.split(" "));

    await accompany(page, false);
    const { mentions } = await annotate(page, { card: false });
    for (const text of expected) {
      assert.ok(mentions.some((mention) => mention.text === text), `${text} in ${JSON.stringify(mentions)}`);
    }
    assert.deepEqual(await underHighlights(page), mentions);
    assert.equal(await serialised(page), before.html);

    for (const number of [0, mentions.length >> 1, mentions.length - 1]) {
      const at = await spot(page, number);
      if (!at || UNPOINTED.includes(name)) continue;
      await page.mouse.move(at.x, at.y);
      const hit = (number) => window.entered.at(-1) === number;
      await page.waitForFunction(hit, number, { timeout: 5000 }).catch(async () => {
        assert.fail(`${number} ${mentions[number].text}, entered ${await page.evaluate(() => window.entered)}`);
      });
    }
    await page.mouse.move(0, 0);
    assert.deepEqual(await page.evaluate(() => window.bystander()), [], "a script beside the painted names");
    assert.equal(await page.evaluate(() => window.checkPage?.() ?? true), true, "the page's own script");
    await page.evaluate(() => window.annotator.dispose());
    assert.deepEqual({ html: await serialised(page), ...(await traces(page)) }, before);
    assert.equal(await page.evaluate(() => window.checkPage?.() ?? true), true, "the page's own script");

    await accompany(page, true);
    const wrapped = await annotate(page, { render: "element" });
    assert.deepEqual(wrapped.mentions, mentions);
    assert.deepEqual(await page.evaluate(() => window.bystander()), [], "a script beside the wrapped names");
    await page.evaluate(() => window.annotator.dispose());
    assert.deepEqual({ html: await serialised(page), ...(await traces(page)) }, before);
    // A slot hears of elements that come and go; whoever asks for elements asks for that.
    const unheard = name !== "shadow.html";
    if (unheard) assert.equal(await page.evaluate(() => window.checkPage?.() ?? true), true, "the page's own script");
    assert.deepEqual(tab.seen.problems, []);
  });
}

test("a generated page of 2 MB and 20,000 text nodes: read, painted, pointed at, followed, wrapped, left as it was", async () => {
  const parts = ["<!doctype html><html lang=zh><head><meta charset=utf-8><title>x</title></head><body>"];
  const surnames = "赵钱孙李周吴郑王冯陈";
  for (let i = 0; i < 4000; i++) {
    const name = `${surnames[i % 10]}${"文海志明建"[(i >> 3) % 5]}${"平华强军国"[(i >> 5) % 5]}`;
    parts.push(`<div class="item item-${i} ${"layout ".repeat(64)}"><h3>第${i}<i>条</i></h3><p>副市长<b>${name}</b>到绍兴市<a href="#${i}">调研</a>。</p></div>\n`);
  }
  parts.push("</body></html>");
  const html = parts.join("");
  assert.ok(Buffer.byteLength(html) >= 2_000_000, `${Buffer.byteLength(html)} bytes`);
  const page = await visit("generated.html", Buffer.from(html));
  const before = { html: await serialised(page), ...(await traces(page)) };
  assert.ok(before.texts > 20_000);
  const { mentions } = await annotate(page, { card: false, observe: true });
  assert.ok(mentions.length > 4000, `${mentions.length} mentions`);
  assert.deepEqual(await underHighlights(page), mentions);
  for (const number of [0, mentions.length >> 1, mentions.length - 1]) {
    const { x, y } = await spot(page, number);
    await page.mouse.move(x, y);
    await page.waitForFunction((number) => window.entered.at(-1) === number, number);
  }
  // Followed: the page writes in the midst of it, and takes it back.
  const rewrite = (text) =>
    page.evaluate((text) => {
      const read = new Promise((resolve) => document.body.addEventListener("mingzhu-scan", () => resolve(undefined), { once: true }));
      document.querySelector(".item-2000 b").firstChild.data = text;
      return read;
    }, text);
  const name = await page.evaluate(() => document.querySelector(".item-2000 b").textContent);
  await rewrite("欧阳明华");
  assert.ok((await underHighlights(page)).some(({ text }) => text === "欧阳明华"));
  await rewrite(name);
  assert.deepEqual(await underHighlights(page), mentions);
  await page.evaluate(() => window.annotator.dispose());
  assert.deepEqual({ html: await serialised(page), ...(await traces(page)) }, before);
  const wrapped = await annotate(page, { card: false, render: "element" });
  assert.deepEqual(wrapped.mentions, mentions);
  await page.evaluate(() => window.annotator.dispose());
  assert.deepEqual({ html: await serialised(page), ...(await traces(page)) }, before);
  assert.deepEqual(tab.seen.problems, []);
});
