// The same page for everyone: in every look and size a reader may have chosen, axe finds
// nothing, nothing is cut off, and everything can be come to by keyboard.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { NEWS, except, harness, locate } from "./harness.js";

const it = harness();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const MEDIA = "driven like this it cannot be told which colours or medium to prefer";
const NARROW = "its window does not become so narrow";

/** A page with an article, its index and legend. */
async function annotated({ dir = "ltr", css = "", options = {}, context } = {}) {
  const html = `<style>${css}</style><script src="/axe.js"></script>
    <main dir="${dir}"><h1>会议</h1><div id=legend></div><div id=root lang="zh"><p>${NEWS}</p><p>市长周怀远到<a href="#x">杭州市</a>。</p></div></main>
    <aside aria-label="索引"><h2>索引</h2><div id=index></div></aside>`;
  const opened = await it.open({ html, csp: "", context });
  await opened.context.route("**/axe.js", (route) => route.fulfill({ contentType: "text/javascript", body: axe }));
  await opened.go();
  await opened.page.evaluate(async (options) => {
    const { createAnnotator } = await import("/pkg/page.js");
    const get = (id) => document.getElementById(id);
    const all = { locale: "zh-Hans", legend: get("legend"), index: get("index"), ...options };
    window.annotator = await createAnnotator(get("root"), all);
  }, options);
  return opened;
}

const card = (page) => page.getByRole("dialog", { name: "陈立群" });

async function openCard(page) {
  const { x, y } = await locate(page, "陈立群", "#root");
  await page.mouse.click(x, y);
  await card(page).waitFor();
}

async function assertClean(page, when) {
  const found = await page.evaluate(async () => {
    // What moves in is looked at when it stands: it begins with the next frame, in a shadow tree.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const trees = [document, ...[...document.querySelectorAll("[data-mingzhu]")].map((host) => host.shadowRoot ?? document)];
    const moves = trees.flatMap((tree) => tree.getAnimations());
    await Promise.all(moves.map((move) => move.finished.catch(() => {})));
    const { violations } = await window.axe.run({ resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ").slice(0, 300)}`);
  });
  assert.deepEqual(found, [], when);
}

/** Nothing to scroll sideways, and the card inside of what is seen. */
async function assertFits(page) {
  const { scroll, width, box, height } = await page.evaluate(() => {
    const card = document.querySelector("[data-mingzhu=card]").shadowRoot.querySelector(".card");
    const { left, top, right, bottom } = card.getBoundingClientRect();
    return { scroll: document.documentElement.scrollWidth, width: innerWidth, height: innerHeight, box: { left, top, right, bottom } };
  });
  assert.ok(scroll <= width, `${scroll} > ${width}`);
  assert.ok(box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height, JSON.stringify({ box, width, height }));
}

const DARK = "html{background:#111;color:#eee}a{color:#9cf}";

/** What readers choose, and what of it not every engine can be told. */
const LOOKS = [
  ["as it comes", {}, {}],
  ["names as elements", { options: { render: "element" } }, {}],
  ["from right to left", { dir: "rtl" }, {}],
  ["on a dark page", { css: DARK }, {}],
  ["in a dark system", { css: `@media(prefers-color-scheme:dark){${DARK}}`, context: { colorScheme: "dark" } }, { firefox: MEDIA, webkit: MEDIA }],
  ["in forced colours", { context: { forcedColors: "active" } }, { firefox: MEDIA, webkit: MEDIA }],
  ["in forced colours, names as elements", { options: { render: "element" }, context: { forcedColors: "active" } }, { firefox: MEDIA, webkit: MEDIA }],
  ["without motion", { context: { reducedMotion: "reduce" } }, { firefox: MEDIA, webkit: MEDIA }],
  ["at a zoom of 200 %", { context: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 } }, {}],
  ["360 pixels wide", { context: { viewport: { width: 360, height: 640 } } }, { webkit: NARROW }],
  ["320 pixels wide, from right to left", { dir: "rtl", context: { viewport: { width: 320, height: 512 } } }, { webkit: NARROW }],
];

for (const [look, settings, reasons] of LOOKS) {
  test(`${look}: axe finds nothing, with and without a card, and nothing is cut off`, except(reasons), async () => {
    const { page, context, seen } = await annotated(settings);
    await assertClean(page, "without a card");
    await openCard(page);
    await assertClean(page, "with a card");
    await assertFits(page);
    await page.keyboard.press("Escape");
    await card(page).waitFor({ state: "hidden" });
    await page.mouse.move(1, 1);
    assert.deepEqual(seen.problems, []);
    await context.close();
  });
}

test("by keyboard: from the index to the card, through its buttons, and back", async () => {
  const { page, context } = await annotated();
  const entry = page.locator("#index").getByRole("button", { name: /^陈立群/ });
  await entry.focus();
  await card(page).waitFor();
  await page.keyboard.press("Enter");
  const inside = () => page.evaluate(() => document.activeElement.getAttribute("data-mingzhu"));
  await page.waitForFunction(() => document.activeElement.getAttribute("data-mingzhu") === "card");
  await page.keyboard.press("Tab");
  assert.equal(await inside(), "card");
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "hidden" });
  assert.ok(await entry.evaluate((entry) => entry === document.activeElement));
  await context.close();
});

const LINES = { webkit: "it does not compute styles of highlights" };

async function lines(page) {
  return page.evaluate(() =>
    ["official", "person", "place", "organization"].map((kind) => {
      const { textDecorationLine, textDecorationStyle, textDecorationThickness } = getComputedStyle(
        document.querySelector("#root p"), `::highlight(mingzhu-${kind})`,
      );
      return `${textDecorationLine} ${textDecorationStyle} ${textDecorationThickness}`;
    }),
  );
}

// Chromium fills every highlight as if it were selected; the lines are what is left to tell.
for (const [when, context, reasons] of [
  ["without colour", {}, LINES],
  ["in forced colours", { forcedColors: "active" }, { firefox: MEDIA, webkit: MEDIA }],
]) {
  test(`kinds are told apart ${when}: each has an underline of its own`, except(reasons), async () => {
    const opened = await annotated({ context });
    const seen = await lines(opened.page);
    assert.equal(new Set(seen).size, 4, seen.join("; "));
    assert.ok(seen.every((line) => line.startsWith("underline")), seen.join("; "));
    await opened.context.close();
  });
}

test("on paper there is no card", except({ firefox: MEDIA, webkit: MEDIA }), async () => {
  const { page, context } = await annotated();
  await openCard(page);
  await page.emulateMedia({ media: "print" });
  await card(page).waitFor({ state: "hidden" });
  await page.emulateMedia({ media: "screen" });
  await card(page).waitFor();
  await context.close();
});
