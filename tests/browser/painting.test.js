// Painting: highlights that add nothing to the page, and elements that are undone exactly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ENGINE, NEWS, harness, locate, painted } from "./harness.js";

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

test("with elements a name is opened by whatever clicks it without a pointer, as a screen reader does", async () => {
  const { page, context } = await tab(`<button id=before>x</button><div id=root>${NESTED}</div>`);
  await create(page, { render: "element" });
  await page.locator("#before").focus();
  await page.locator("#root [role=button]", { hasText: "陈立群" }).first().evaluate((name) => name.click());
  await page.getByRole("dialog", { name: "陈立群" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("data-mingzhu")), "card");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "before");
  // What is not shown is no button.
  await page.evaluate(() => window.annotator.setFilter({ kinds: ["place"] }));
  await page.locator("#root .mingzhu-mention", { hasText: "陈立群" }).first().evaluate((name) => name.click());
  assert.equal(await page.getByRole("dialog").count(), 0);
  await context.close();
});

for (const [where, html] of Object.entries({
  "at the start of its text": "<p id=p>陈立群在绍兴市调研,秦望舒陪同。</p>",
  "behind another text": "<p id=p>今天,</p>",
})) {
  test(`with elements a page that joins its texts (normalize) loses none: a name ${where}`, async () => {
    for (const observe of [false, true]) {
      const { page, context, seen } = await tab(`<div id=root>${html}</div>`);
      const text = await page.evaluate(() => {
        const paragraph = document.getElementById("p");
        if (paragraph.textContent === "今天,") paragraph.append("陈立群在绍兴市调研。", "副市长秦望舒陪同。");
        return paragraph.textContent;
      });
      await create(page, { render: "element", observe });
      assert.ok((await wrapped(page)).includes("陈立群"));
      for (let i = 0; i < 2; i++) {
        await page.evaluate(async () => {
          document.getElementById("p").normalize();
          await new Promise((resolve) => setTimeout(resolve, 400));
          await window.annotator.scan();
        });
        assert.equal(await page.locator("#p").textContent(), text);
        assert.ok((await wrapped(page)).includes("陈立群"));
      }
      await page.evaluate(() => window.annotator.dispose());
      assert.equal(await page.evaluate(() => document.getElementById("p").innerHTML), text);
      assert.deepEqual(seen.problems, []);
      await context.close();
    }
  });
}

/** The ground that the painted lines are drawn for. */
const ground = (page) =>
  page.evaluate(() => {
    const rules = document.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText)).join("");
    return rules.includes("#ff8a7a") ? "dark" : "light";
  });

test("lines are drawn for the ground that is seen, however its colour is written", async () => {
  const grounds = [
    ["", {}, "light"],
    ["oklch", { background: "oklch(0.2 0.02 250)", color: "#eee" }, "dark"],
    ["color", { background: "color(srgb 0.1 0.1 0.1)", color: "#eee" }, "dark"],
    ["lab", { background: "lab(95 0 0)" }, "light"],
    ["see-through", { background: "rgb(0 0 0 / .1)" }, "light"],
    ["a picture", { background: "linear-gradient(black, black)", color: "white" }, "dark"],
    ["scheme", { colorScheme: "dark" }, "dark"],
  ];
  for (const [name, styles, wanted] of grounds) {
    // On a plain page in a dark system the canvas is white.
    const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div>`, ENGINE === "chromium" ? { context: { colorScheme: "dark" } } : {});
    await page.evaluate((styles) => {
      Object.assign(document.documentElement.style, { colorScheme: styles.colorScheme ?? "" });
      Object.assign(document.body.style, styles);
    }, styles);
    await create(page);
    assert.equal(await ground(page), wanted, name);
    await context.close();
  }
});

test("a site's own switch to dark draws the lines anew", async () => {
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".dark body { background: #111; color: #eee; transition: background-color .2s }");
    document.adoptedStyleSheets.push(sheet);
  });
  await create(page);
  for (const wanted of ["dark", "light"]) {
    await page.evaluate(() => document.documentElement.classList.toggle("dark"));
    for (let i = 0; i < 200 && (await ground(page)) !== wanted; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await ground(page), wanted);
  }
  await context.close();
});

test("of two annotators one that goes takes nothing of the other's, even where the site has cleared all highlights", async () => {
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div><div id=other><p>副市长秦望舒在绍兴市调研。</p></div>`);
  await create(page);
  await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    window.other = await createAnnotator(document.getElementById("other"));
    CSS.highlights.clear();
    await window.other.scan();
    window.annotator.dispose();
  });
  assert.deepEqual((await painted(page))["mingzhu-official"], ["秦望舒"]);
  await page.evaluate(() => window.other.dispose());
  assert.deepEqual(await painted(page), {});
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

test("the style sheet for names that a server has marked paints as the library does, on light and on dark", async () => {
  const marks = ["official", "person", "place", "organization"].map((kind) => `<span class="mingzhu-mention" data-kind="${kind}">某某</span>`);
  // WebDriver, with or without BiDi, has no word for what the reader prefers.
  for (const ground of ENGINE === "chromium" ? ["light", "dark"] : ["light"]) {
    const html = `<link rel="stylesheet" href="/pkg/style.css"><div id="root"><p>${NEWS}</p></div><p id="marked">${marks.join("")}</p>`;
    const { page, context, seen } = await tab(html, { context: { colorScheme: ground } });
    const painted = (selector) =>
      page.evaluate((selector) => {
        const all = [...document.querySelectorAll(`${selector} .mingzhu-mention[data-kind]:not([data-reference])`)].map((element) => {
          const { textDecoration, textUnderlineOffset, backgroundColor } = getComputedStyle(element);
          return [element.dataset.kind, `${textDecoration} ${textUnderlineOffset} ${backgroundColor}`];
        });
        return Object.fromEntries(all.sort());
      }, selector);
    const before = await painted("#marked");
    await create(page, { render: "element", ground });
    const now = await painted("#root");
    assert.equal(Object.keys(now).length, 4);
    assert.equal(new Set(Object.values(now)).size, 4);
    assert.deepEqual(before, now, ground);
    assert.deepEqual(seen.problems, []);
    await context.close();
  }
});

test("a page that brings the rules for names gets no others, and the same colours", async () => {
  const line = () => {
    const { textDecorationLine, textDecorationColor, backgroundColor } = getComputedStyle(document.querySelector("#root p"), "::highlight(mingzhu-place)");
    return `${textDecorationLine} ${textDecorationColor} ${backgroundColor}`;
  };
  const html = `<div id="root"><p>${NEWS}</p></div>`;
  const lines = [];
  for (const link of ["", '<link rel="stylesheet" href="/pkg/paint.css">']) {
    const { page, context, seen } = await tab(link + html);
    await create(page);
    const adopted = await page.evaluate(() => document.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map(({ selectorText }) => selectorText)));
    assert.equal(adopted.some((selector) => selector.startsWith("::highlight")), link === "");
    lines.push(await page.evaluate(line));
    await page.evaluate(() => window.annotator.dispose());
    assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
    assert.deepEqual(seen.problems, []);
    await context.close();
  }
  assert.equal(lines[0], lines[1]);
});
