// Hit-test and card: what a reader points at, and the card that says who it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ENGINE, NEWS, harness, locate } from "./harness.js";

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

const card = (page, name = "陈立群") => page.getByRole("dialog", { name, exact: true });

/** Pins a paragraph, by styles that the policy lets through. */
function style(page, selector, styles) {
  return page.evaluate(([selector, styles]) => Object.assign(document.querySelector(selector).style, styles), [selector, styles]);
}

test("a point beside the text or on its blank end is no name", async () => {
  const { page, context } = await tab(`<div id=root><p id=p>副市长陈立群</p></div>`);
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.evaluate(() => {
    window.entered = 0;
    addEventListener("mingzhu-enter", () => window.entered++);
  });
  // The nearest caret is the name's end, however far it is.
  for (const [dx, dy] of [[200, 0], [400, 0], [0, 60]]) await page.mouse.move(x + dx, y + dy, { steps: 3 });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  assert.equal(await page.evaluate(() => window.entered), 0);
  await page.mouse.move(x, y);
  await card(page).waitFor();
  await context.close();
});

test("the card stands in the top layer, flips where the bottom is near, and follows scrolling", async () => {
  const { page, context } = await tab(`<div id=root><p id=p>副市长陈立群在会上发言。</p></div>`, {
    context: { viewport: { width: 800, height: 600 }, reducedMotion: "reduce" },
  });
  await create(page);
  await style(page, "body", { height: "3000px" });
  await style(page, "#p", { position: "absolute", top: "560px", left: "40px", margin: "0" });
  const { x, y } = await locate(page, "陈立群");
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(() => window.annotator.focus(0));
  await card(page).waitFor();
  assert.ok(await page.evaluate(() => document.querySelector("[data-mingzhu=card]").matches(":popover-open")));
  const place = async () => {
    const box = await card(page).boundingBox();
    const name = await page.evaluate(() => [...CSS.highlights.get("mingzhu-official")][0].getBoundingClientRect().toJSON());
    return { above: box.y + box.height <= name.top, below: box.y >= name.bottom, gap: Math.round(Math.max(name.top - box.y - box.height, box.y - name.bottom)) };
  };
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForFunction(() => scrollY === 0);
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  assert.deepEqual(await place(), { above: true, below: false, gap: 6 });
  await page.evaluate(() => scrollTo(0, 400));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
  assert.deepEqual(await place(), { above: false, below: true, gap: 6 });
  assert.ok(x > 0 && y > 0);
  await context.close();
});

test("a site's own card is shown, in the site's own styles, with our buttons under it", async () => {
  const { page, context, seen } = await tab(`<div id=root><p>${NEWS}</p><p>陈立群说。</p></div>`);
  await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".own { color: rgb(1, 2, 3) }");
    document.adoptedStyleSheets.push(sheet);
    window.annotator = await createAnnotator(document.getElementById("root"), {
      locale: "zh-Hans",
      card(entity, mention) {
        if (entity.kind === "place") return undefined;
        const own = Object.assign(document.createElement("div"), { className: "own" });
        own.append(`${entity.name}|${mention.kind}|<b>`);
        return own;
      },
    });
  });
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.click(x, y);
  await card(page).waitFor();
  assert.equal(await page.locator(".own").textContent(), "陈立群|official|<b>");
  assert.ok(await page.locator(".own").isVisible());
  assert.equal(await page.locator(".own").evaluate((own) => getComputedStyle(own).color), "rgb(1, 2, 3)");
  await card(page).getByRole("button", { name: "下一处" }).click();
  await card(page).getByText("第 2 次").waitFor();
  assert.equal(await page.locator(".own").count(), 1);
  await page.keyboard.press("Escape");
  // Where the site has none it is ours.
  const place = await locate(page, "绍兴市");
  await page.mouse.click(place.x, place.y);
  await card(page, "绍兴市").getByRole("heading", { name: "绍兴市" }).waitFor();
  assert.equal(await page.locator(".own").count(), 0);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a site's own card that fails is told to the site, and the reader gets ours", async () => {
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    window.warned = [];
    addEventListener("mingzhu-warning", (event) => {
      event.preventDefault();
      window.warned.push([event.detail.warning.code, String(event.detail.warning.cause)]);
    });
    let times = 0;
    const card = () => {
      if (times++) return "a string";
      throw new Error("broken");
    };
    window.annotator = await createAnnotator(document.getElementById("root"), { locale: "zh-Hans", card });
  });
  const { x, y } = await locate(page, "陈立群");
  for (let i = 0; i < 2; i++) {
    await page.mouse.click(x, y);
    await card(page).getByRole("heading", { name: "陈立群" }).waitFor();
    await page.keyboard.press("Escape");
  }
  assert.deepEqual(await page.evaluate(() => window.warned), [
    ["CARD_FAILED", "Error: broken"],
    ["CARD_FAILED", "TypeError: card gives a node, or nothing"],
  ]);
  await context.close();
});

test("names are found under a zoom of the page, in a scrolled box and in a page from right to left", async () => {
  const filler = "<p>今天晴。</p>".repeat(30);
  const { page, context } = await tab(
    `<div id=root dir=rtl><div id=box>${filler}<p dir=ltr>副市长陈立群在会上发言。</p>${filler}</div></div>`,
    { context: { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 } },
  );
  await style(page, "#box", { height: "120px", overflow: "auto" });
  // WebKit's rectangles of ranges do not know of the property.
  if (ENGINE !== "webkit") await style(page, "#root", { zoom: "1.5" });
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.click(x, y);
  await card(page).waitFor();
  const box = await card(page).boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 640 && box.y >= 0 && box.y + box.height <= 450);
  await context.close();
});

test("who points at 我市 reads which city it is and where that lies", async () => {
  const { page, context, seen } = await tab(`<div id=root><p>${NEWS}</p><p>今年我市新建学校三所。</p></div>`);
  await create(page);
  const { x, y } = await locate(page, "我市");
  await page.mouse.move(x, y);
  await card(page, "绍兴市").getByText("浙江省 › 绍兴市").waitFor();
  await card(page, "绍兴市").getByText("文中写作“我市”").waitFor();
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("an official's card says of which body the office is, and where that lies", async () => {
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.click(x, y);
  await card(page).getByText("绍兴市人民政府").waitFor();
  await card(page).getByText("浙江省 › 绍兴市").waitFor();
  await context.close();
});

test("a card that passes closes when its name is elsewhere, and not when scrolling is only told of", async () => {
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p><p id=below></p></div>`);
  await style(page, "#below", { height: "3000px" });
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.move(x, y);
  await card(page).waitFor();
  // Firefox tells of a sixtieth of a pixel when a card opens.
  await page.evaluate(async () => {
    document.dispatchEvent(new Event("scroll"));
    await new Promise((resolve) => setTimeout(resolve, 200));
  });
  assert.ok(await card(page).isVisible());
  await page.evaluate(() => scrollBy(0, 40));
  await card(page).waitFor({ state: "hidden" });
  await context.close();
});
