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

/** Where the card begins, once it has moved in. */
const top = (page) =>
  page.evaluate(async () => {
    const { shadowRoot } = document.querySelector("[data-mingzhu=card]");
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.all(shadowRoot.getAnimations().map(({ finished }) => finished));
    return shadowRoot.firstElementChild.getBoundingClientRect().top;
  });

/** Waits until the card stands so much further down. */
async function moves(page, before, by) {
  for (let i = 0; i < 200 && Math.round((await top(page)) - before) !== by; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(Math.round((await top(page)) - before), by);
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
  /** Waits until it stands there: it follows with the next frames. */
  const stands = async (expected) => {
    for (let i = 0; i < 200 && JSON.stringify(await place()) !== JSON.stringify(expected); i++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(await place(), expected);
  };
  await page.evaluate(() => scrollTo(0, 0));
  await stands({ above: true, below: false, gap: 6 });
  await page.evaluate(() => scrollTo(0, 400));
  await stands({ above: false, below: true, gap: 6 });
  assert.ok(x > 0 && y > 0);
  await context.close();
});

test("the card follows its name when the window is another one, as after a zoom", async () => {
  const { page, context } = await tab(`<div id=root><p id=p>${"会议今天上午继续进行，".repeat(12)}副市长陈立群在会上发言。</p></div>`, {
    context: { viewport: { width: 900, height: 600 }, reducedMotion: "reduce" },
  });
  await create(page);
  await page.evaluate(() => window.annotator.focus(0));
  await card(page).waitFor();
  /** How far the card is from its name, up or down. */
  const gap = async () => {
    const box = await card(page).boundingBox();
    const name = await page.evaluate(() => [...CSS.highlights.get("mingzhu-official")][0].getBoundingClientRect().toJSON());
    return { gap: Math.round(Math.max(name.top - box.y - box.height, box.y - name.bottom)), at: Math.round(name.top) };
  };
  // Six pixels, to a part of one.
  const beside = ({ gap }) => gap >= 5 && gap <= 7;
  const before = await gap();
  assert.ok(beside(before), `${before.gap}`);
  // A zoom of the browser's leaves fewer pixels, and so does this.
  await page.setViewportSize({ width: 500, height: 600 });
  let now = before;
  for (let i = 0; i < 200 && (now.at === before.at || !beside(now)); i++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    now = await gap();
  }
  assert.notEqual(now.at, before.at, "the name has moved");
  assert.ok(beside(now), `${now.gap}`);
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

test("a site's own card is used: its link is followed, what scrolls in it is no page that moves, and Escape gives the focus back", async () => {
  const { page, context, seen } = await tab(`<button id=before>前</button><div id=root><p>${NEWS}</p></div>`);
  await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    const card = ({ name }) => {
      const own = document.createElement("div");
      const link = Object.assign(document.createElement("a"), { href: "#own", textContent: `${name}的更多` });
      const box = Object.assign(document.createElement("div"), { id: "box", textContent: "长文。".repeat(200) });
      Object.assign(box.style, { height: "40px", overflow: "auto" });
      own.append(link, box);
      return own;
    };
    window.annotator = await createAnnotator(document.getElementById("root"), { locale: "zh-Hans", card });
  });
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.move(x, y);
  await card(page).waitFor();
  // It stands only as long as the pointer is there, and goes when the page moves.
  await page.evaluate(() => (document.getElementById("box").scrollTop = 60));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
  assert.ok(await card(page).isVisible());
  await page.mouse.move(1, 1);
  await card(page).waitFor({ state: "hidden" });
  await page.locator("#before").focus();
  await page.evaluate(() => window.annotator.focus(window.annotator.mentions.findIndex(({ kind }) => kind === "official")));
  await page.locator("[data-mingzhu=card] a").click();
  await page.waitForURL(/#own$/);
  assert.ok(await card(page).isVisible());
  await page.locator("[data-mingzhu=card] a").focus();
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "before");
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a site's own card made in another document is shown", async () => {
  const { page, context, seen } = await tab(`<iframe id=frame></iframe><div id=root><p>${NEWS}</p></div>`);
  await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    const there = document.getElementById("frame").contentDocument;
    const card = ({ name }) => Object.assign(there.createElement("p"), { className: "own", textContent: `${name}!` });
    window.annotator = await createAnnotator(document.getElementById("root"), { locale: "zh-Hans", card });
    window.annotator.focus(0);
  });
  await page.locator(".own").waitFor();
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("entries of the index, buttons of the card and commands go to what is shown and still stands", async () => {
  const { page, context, seen } = await tab(
    `<div id=index></div><div id=root><p>陈立群说。</p><p>${NEWS}</p><p>副市长陈立群在绍兴市调研。</p><p>陈立群先生来了,陈立群走了。</p></div>`,
  );
  await create(page);
  const went = await page.evaluate(() => {
    const { annotator } = window;
    const entity = annotator.entities.findIndex(({ name }) => name === "陈立群");
    const own = annotator.entities[entity].mentions;
    const went = [];
    addEventListener("mingzhu-activate", ({ detail }) => went.push(detail.mention));
    const press = (action) => document.querySelector("[data-mingzhu=card]").shadowRoot.querySelector(`[data-action=${action}]`).click();
    const entry = [...document.querySelectorAll("#index button[data-entity]")].find((button) => Number(button.dataset.entity) === entity);
    // The page takes the first away, and nobody watches.
    document.querySelector("#root p").remove();
    const gone = annotator.focus(own[0]);
    entry.click();
    press("next");
    for (let i = 0; i < own.length; i++) annotator.next(entity);
    const stands = went.every((mention) => mention !== own[0]) && went.length === own.length + 2;
    // Least probable ones are hidden.
    const scores = own.slice(1).map((mention) => annotator.mentions[mention].score);
    annotator.setFilter({ minScore: Math.max(...scores) });
    const shown = own.slice(1).filter((_, at) => scores[at] === Math.max(...scores));
    went.length = 0;
    entry.click();
    press("next");
    press("previous");
    annotator.next(entity);
    return { gone, stands, hidden: shown.length < scores.length, shown: went.length === 4 && went.every((mention) => shown.includes(mention)) };
  });
  assert.deepEqual(went, { gone: false, stands: true, hidden: true, shown: true });
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("the card is usable in a modal dialog, and Escape closes it and not the dialog", async () => {
  const { page, context, seen } = await tab(`<dialog id=dialog><div id=root><p>${NEWS}</p><p>陈立群说。</p></div></dialog>`);
  await page.evaluate(() => document.getElementById("dialog").showModal());
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.click(x, y);
  await card(page).getByRole("button", { name: "下一处" }).click();
  await card(page).getByText("第 2 次").waitFor();
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.getElementById("dialog").open), true);
  // Out of it, the card stands in the page again.
  await page.evaluate(() => {
    const dialog = document.getElementById("dialog");
    dialog.close();
    document.body.append(document.getElementById("root"));
    dialog.remove();
    return window.annotator.scan().then(() => {});
  });
  const place = await locate(page, "陈立群");
  await page.mouse.click(place.x, place.y);
  await card(page).waitFor();
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("where the browser has no popover the card opens and closes all the same", async () => {
  const { page, context, go, seen } = await it.open({ html: `<div id=root><p>${NEWS}</p></div>` });
  await page.addInitScript(() => {
    delete HTMLElement.prototype.showPopover;
    delete HTMLElement.prototype.hidePopover;
    const { setAttribute } = Element.prototype;
    Element.prototype.setAttribute = function (name, value) {
      if (name !== "popover") setAttribute.call(this, name, value);
    };
    // Its parser drops the rules that it does not know.
    const { replaceSync } = CSSStyleSheet.prototype;
    CSSStyleSheet.prototype.replaceSync = function (rules) {
      replaceSync.call(this, rules.replace(/[^{}]*:popover-open[^{}]*\{[^{}]*\}/g, ""));
    };
  });
  await go();
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.click(x, y);
  await card(page).waitFor();
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "hidden" });
  await page.mouse.click(x, y);
  await card(page).waitFor();
  await page.mouse.click(x, y + 300);
  await card(page).waitFor({ state: "hidden" });
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("the card follows what scrolls in a shadow tree around the text", async () => {
  const { page, context, seen } = await tab(`<div id=shell><div id=root><p>${NEWS}</p></div></div>`);
  await page.evaluate(() => {
    const shadow = document.getElementById("shell").attachShadow({ mode: "open" });
    const box = document.createElement("div");
    Object.assign(box.style, { height: "300px", overflow: "auto" });
    const tall = Object.assign(document.createElement("div"), { textContent: "尾" });
    tall.style.height = "2000px";
    box.append(document.createElement("slot"), tall);
    shadow.append(box);
    window.box = box;
  });
  await create(page);
  await page.evaluate(() => window.annotator.focus(0));
  await page.locator("[data-mingzhu=card] .card").waitFor();
  const before = await top(page);
  await page.evaluate(() => (window.box.scrollTop = 12));
  await moves(page, before, -12);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a pointer that leaves the text while it scrolls does not leave the card behind", async () => {
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div><p id=tall>尾</p>`);
  await style(page, "#tall", { height: "3000px" });
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.move(x, y);
  await page.mouse.click(x, y);
  await card(page).waitFor();
  const before = await top(page);
  await page.evaluate(() => {
    const leave = () => document.getElementById("root").dispatchEvent(new PointerEvent("pointerleave"));
    document.addEventListener("scroll", leave, { capture: true, once: true });
    scrollTo(0, 10);
  });
  await moves(page, before, -10);
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
