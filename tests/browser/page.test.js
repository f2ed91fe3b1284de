// Annotating an element: what is read, what is painted, and that nothing is left behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NEWS, STRICT, harness, locate, noWorkers, painted } from "./harness.js";

const it = harness();

async function tab(html, options) {
  const opened = await it.open({ html, ...options });
  await opened.go();
  return opened;
}

/** Creates an annotator on `#root`, with `#legend` and `#index` where they are there. */
function create(page, options = {}) {
  return page.evaluate(async (options) => {
    const { createAnnotator } = await import("/pkg/page.js");
    const get = (id) => document.getElementById(id) ?? undefined;
    const all = { locale: "zh-Hans", legend: get("legend"), index: get("index"), ...options };
    window.annotator = await createAnnotator(get("root"), all);
  }, options);
}

test("names are painted where they stand, across inline elements, and by kind", async () => {
  const { page, context, seen } = await tab(
    `<div id=root><p>3月18日,绍<b>兴</b>市教育工作会议召开。副市长<a href="#x">陈立</a>群在会上发言。</p></div>`,
  );
  const before = await page.evaluate(() => document.getElementById("root").outerHTML);
  await create(page);
  const names = await painted(page);
  assert.deepEqual(names["mingzhu-official"], ["陈立群"]);
  assert.deepEqual(names["mingzhu-place"], ["绍兴市"]);
  assert.equal(await page.evaluate(() => document.getElementById("root").outerHTML), before);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("disposed of, the page is as it was: nodes, ranges, sheets, listeners, workers", async () => {
  const { page, context, go } = await it.open({
    html: `<div id=legend></div><div id=index></div><div id=root><p>${NEWS}</p></div>`,
  });
  await page.addInitScript(() => {
    // Listeners that are added and not removed again, of whatever sort.
    window.listening = new Map();
    const key = (event, handler, options) => [event, typeof options === "object" ? !!options?.capture : !!options];
    const of = (target) => window.listening.get(target) ?? window.listening.set(target, []).get(target);
    const { addEventListener, removeEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (event, handler, options) {
      if (this instanceof Node || this === window || this instanceof MediaQueryList) {
        of(this ?? window).push([...key(event, handler, options), handler]);
      }
      return addEventListener.call(this ?? window, event, handler, options);
    };
    EventTarget.prototype.removeEventListener = function (event, handler, options) {
      const [name, capture] = key(event, handler, options);
      const list = of(this ?? window);
      const at = list.findIndex(([n, c, h]) => n === name && c === capture && h === handler);
      if (at >= 0) list.splice(at, 1);
      return removeEventListener.call(this ?? window, event, handler, options);
    };
  });
  await go();
  const state = () =>
    page.evaluate(() => ({
      html: document.documentElement.outerHTML,
      highlights: [...CSS.highlights.keys()],
      sheets: document.adoptedStyleSheets.length,
      listeners: [...window.listening].flatMap(([target, list]) =>
        list.filter(() => !(target instanceof Node) || target.isConnected || target === document).map(([name]) => name),
      ),
    }));
  // What the site itself has painted and adopted stays.
  await page.evaluate(() => {
    CSS.highlights.set("site", new Highlight(document.createRange()));
    document.adoptedStyleSheets = [new CSSStyleSheet()];
  });
  const before = await state();
  for (let round = 0; round < 5; round++) {
    await create(page);
    const during = await state();
    assert.ok(during.listeners.length > before.listeners.length);
    assert.ok(during.highlights.length > before.highlights.length);
    const { x, y } = await locate(page, "陈立群", "#root");
    await page.mouse.click(x, y);
    await page.locator("[data-mingzhu=card] .card").waitFor();
    await page.evaluate(() => window.annotator.dispose());
    assert.deepEqual(await state(), before);
  }
  await noWorkers(page);
  await context.close();
});

test("two annotators on a page do not take each other's paint away", async () => {
  const { page, context } = await tab(`<div id=one><p>${NEWS}</p></div><div id=two><p>${NEWS}</p></div>`);
  await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    const { Annotator } = await import("/pkg/mingzhu.js");
    const annotator = await Annotator.load();
    window.pages = [];
    for (const id of ["one", "two"]) {
      window.pages.push(await createAnnotator(document.getElementById(id), { annotator }));
    }
  });
  const both = (await painted(page))["mingzhu-official"].length;
  await page.evaluate(() => window.pages[0].dispose());
  assert.equal((await painted(page))["mingzhu-official"].length, both / 2);
  await context.close();
});

test("events tell the site what happens", async () => {
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  await page.evaluate(() => {
    window.heard = [];
    for (const name of ["ready", "scan", "enter", "leave", "activate", "change", "warning", "error"]) {
      document.addEventListener(`mingzhu-${name}`, ({ detail }) => {
        const { name: who, kind, kinds } = detail;
        window.heard.push([name, ...[who, kind, kinds].filter(Boolean)]);
      });
    }
  });
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.move(x, y);
  await page.waitForFunction(() => window.heard.some(([name]) => name === "enter"));
  await page.mouse.click(x, y);
  await page.mouse.move(1, 1);
  await page.waitForFunction(() => window.heard.some(([name]) => name === "leave"));
  await page.evaluate(() => window.annotator.setFilter({ kinds: ["place"] }));
  const who = ["陈立群", "official"];
  assert.deepEqual(await page.evaluate(() => window.heard), [
    ["scan"], ["ready"], ["enter", ...who], ["activate", ...who], ["leave", ...who], ["change", ["place"]],
  ]);
  await context.close();
});

test("the site may dispose of it in any of its events", async () => {
  const { page, context, seen } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  for (const event of ["scan", "ready", "enter", "activate", "change"]) {
    await page.evaluate(async (event) => {
      const { createAnnotator } = await import("/pkg/page.js");
      const root = document.getElementById("root");
      window.done = new Promise((resolve) => {
        root.addEventListener(`mingzhu-${event}`, () => {
          setTimeout(resolve);
          window.annotator?.dispose();
        }, { once: true });
      });
      window.annotator = undefined;
      window.annotator = await createAnnotator(root);
    }, event);
    const { x, y } = await locate(page, "陈立群");
    if (event === "enter") await page.mouse.move(x, y);
    if (event === "activate") await page.mouse.click(x, y);
    if (event === "change") await page.evaluate(() => window.annotator.setFilter({ kinds: [] }));
    await page.evaluate(() => window.done);
    await page.evaluate(() => window.annotator.dispose());
    await page.mouse.move(1, 1);
    assert.deepEqual(await painted(page), {}, event);
  }
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("what the page has changed is read again, and what it has taken away is not missed", async () => {
  const { page, context, seen } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  await create(page);
  await page.evaluate(() => document.querySelector("#root p").firstChild.remove());
  await page.mouse.move(100, 20);
  await page.evaluate(() => window.annotator.focus(0));
  await page.evaluate(async () => {
    document.querySelector("#root p").textContent = "市长周怀远在绍兴市调研。";
    await window.annotator.scan();
  });
  assert.deepEqual((await painted(page))["mingzhu-official"], ["周怀远"]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("of scans that overlap the newest is painted, and answers them all", async () => {
  const { page, context, seen } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  await create(page);
  const found = await page.evaluate(async () => {
    const paragraph = document.querySelector("#root p");
    const scans = [];
    for (const text of ["市长周怀远在绍兴市调研。".repeat(200), "", "副市长秦望舒在绍兴市调研。"]) {
      paragraph.textContent = text;
      scans.push(window.annotator.scan());
    }
    const articles = await Promise.all(scans);
    return { same: articles.every((article) => article === window.annotator.article), length: articles[0].length };
  });
  assert.deepEqual(found, { same: true, length: "副市长秦望舒在绍兴市调研。".length });
  assert.deepEqual((await painted(page))["mingzhu-official"], ["秦望舒"]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a scan while the focus is in the index or in the card, with a site that listens to it, is no error", async () => {
  const { page, context, seen } = await tab(`<div id=index></div><div id=root><p>${NEWS.repeat(2)}</p></div>`);
  await create(page);
  const left = await page.evaluate(async () => {
    let left = 0;
    // Browsers differ in whether what is taken away loses the focus with an event: here it does.
    const { remove } = Element.prototype;
    Element.prototype.remove = function () {
      if (this.contains(document.activeElement)) document.activeElement.blur();
      remove.call(this);
    };
    addEventListener("focusout", () => {
      left++;
      window.annotator.setFilter({ kinds: ["official"] });
    });
    document.querySelector("#index [data-entity]").focus();
    await window.annotator.scan();
    return left;
  });
  assert.equal(left, 1);
  await page.getByRole("button", { name: /陈立群/ }).click();
  const card = page.getByRole("dialog", { name: "陈立群" });
  await card.getByRole("button", { name: "下一处" }).press("Enter");
  await card.getByRole("button", { name: "下一处" }).press("Enter");
  await page.evaluate(() => window.annotator.scan());
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("an abort or a disposal while it starts leaves nothing", async () => {
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  const codes = await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    const root = document.getElementById("root");
    const code = (signal) => createAnnotator(root, { signal }).then(() => "done", (error) => error.code);
    const soon = new AbortController();
    const later = code(soon.signal);
    setTimeout(() => soon.abort(), 30);
    return [await code(AbortSignal.abort()), await later];
  });
  assert.deepEqual(codes, ["ABORTED", "ABORTED"]);
  assert.deepEqual(await painted(page), {});
  assert.equal(await page.locator("[data-mingzhu]").count(), 0);
  await noWorkers(page);
  await context.close();
});

test("a bad selector, a blocked wasm: the promise is rejected and the page hears of it", async () => {
  const cases = [
    [{ exclude: "][" }, STRICT, /SELECTOR_INVALID/],
    [{}, STRICT.replace(" 'wasm-unsafe-eval'", ""), /WASM_BLOCKED/],
  ];
  for (const [options, csp, expected] of cases) {
    const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div>`, { csp });
    const heard = await page.evaluate(async (options) => {
      const { createAnnotator } = await import("/pkg/page.js");
      const root = document.getElementById("root");
      let event;
      root.addEventListener("mingzhu-error", ({ detail }) => (event = detail.error));
      const error = await createAnnotator(root, options).catch((error) => error);
      return { same: error === event, text: `${error.code} ${error.message}` };
    }, options);
    assert.ok(heard.same);
    assert.match(heard.text, expected);
    assert.equal(await page.locator("[data-mingzhu]").count(), 0);
    await context.close();
  }
});

test("without CSS highlights names are wrapped in elements, and the site is told", async () => {
  const { page, context, go } = await it.open({ html: `<div id=index></div><div id=root><p>${NEWS}</p></div>` });
  await page.addInitScript(() => Object.defineProperty(CSS, "highlights", { value: undefined }));
  await go();
  const html = () => page.evaluate(() => document.getElementById("root").outerHTML);
  const before = await html();
  const warned = page.evaluate(
    () => new Promise((resolve) => document.addEventListener("mingzhu-warning", (e) => resolve(e.detail.warning.code))),
  );
  await create(page);
  assert.equal(await warned, "HIGHLIGHTS_MISSING");
  assert.deepEqual(await page.locator("#root [data-kind=official]").allTextContents(), ["陈立群"]);
  await page.locator("#index").getByRole("button", { name: /陈立群/ }).click();
  await page.getByRole("dialog", { name: "陈立群" }).waitFor();
  await page.evaluate(() => window.annotator.dispose());
  assert.equal(await html(), before);
  await context.close();
});

test("an older browser's way from a point to the text works as well", async () => {
  const { page, context, go } = await it.open({ html: `<div id=root><p>${NEWS}</p></div>` });
  await page.addInitScript(() => delete Document.prototype.caretPositionFromPoint);
  await go();
  await create(page);
  const { x, y } = await locate(page, "陈立群");
  await page.mouse.move(x, y);
  await page.getByRole("dialog", { name: "陈立群" }).waitFor();
  await context.close();
});

test("a link inside a name is followed, a selection is left alone", async () => {
  const { page, context } = await tab(
    `<div id=root><p>副市长<a id=link href="#there">陈立群</a>在会上发言。市长周怀远在绍兴市调研。</p></div>`,
  );
  await create(page);
  await page.evaluate(() => {
    window.activated = [];
    addEventListener("mingzhu-activate", ({ detail }) => window.activated.push(detail.name));
  });
  const link = await locate(page, "陈立群");
  await page.mouse.click(link.x, link.y);
  await page.waitForURL(/#there$/);
  const { x, y } = await locate(page, "周怀远");
  await page.mouse.move(x - 20, y);
  await page.mouse.down();
  await page.mouse.move(x + 20, y, { steps: 4 });
  await page.mouse.up();
  assert.ok((await page.evaluate(() => String(getSelection()))).length > 0);
  assert.deepEqual(await page.evaluate(() => window.activated), []);
  // When a click takes a selection away differs between browsers.
  await page.evaluate(() => getSelection().removeAllRanges());
  await page.mouse.click(x, y);
  assert.deepEqual(await page.evaluate(() => window.activated), ["周怀远"]);
  await context.close();
});

test("the element and the one tag annotate what they are told to", async () => {
  const tags = [
    [`<mingzhu-annotator locale="en" index="index"><p>${NEWS}</p></mingzhu-annotator><div id=index></div>
      <script type="module" src="/pkg/element.js"></script>`, "Officials"],
    [`<main id=root><p>${NEWS}</p></main><div id=index></div>
      <script type="module" src="/pkg/auto.js" data-mingzhu-auto data-locale="zh-Hant" data-index="index"></script>`, "官員"],
  ];
  for (const [html, heading] of tags) {
    const { page, context, seen } = await tab(html);
    await page.getByRole("heading", { name: heading }).waitFor();
    assert.deepEqual((await painted(page))["mingzhu-official"], ["陈立群"]);
    const element = page.locator("mingzhu-annotator");
    if (await element.count()) {
      await element.evaluate((element) => element.remove());
      assert.deepEqual(await painted(page), {});
      assert.equal(await page.locator("[data-mingzhu]").count(), 0);
    }
    assert.deepEqual(seen.problems, []);
    await context.close();
  }
});

test("attributes of the element say where the article is, which kinds are shown and what else is read", async () => {
  const { page, context, seen } = await tab(`
    <mingzhu-annotator place="福州" publisher="福州晚报" url="https://news.example.cn/a.html" date="2026-03-05" kinds="person, place" shadow>
      <p>我市召开会议，鼓楼区、陈立群参加。</p><div><template shadowrootmode=open><p>秦望舒主持。</p></template></div>
    </mingzhu-annotator><script type=module src="/pkg/element.js"></script>`);
  await page.waitForFunction(() => document.querySelector("mingzhu-annotator").annotator);
  const { home, date, names } = await page.evaluate(() => {
    const { article } = document.querySelector("mingzhu-annotator").annotator;
    const { home, date, entities } = article.toJSON();
    return { home, date, names: entities.map(({ name, division }) => [name, division?.path ?? null]) };
  });
  assert.deepEqual([home, date], [{ code: 3501, path: "福建省/福州市", evidence: "context", confidence: 1 }, "2026-03-05"]);
  assert.deepEqual(names, [["鼓楼区", "福建省/福州市/鼓楼区"], ["陈立群", null], ["秦望舒", null]]);
  const kinds = Object.keys(await painted(page));
  assert.deepEqual(kinds.sort(), ["mingzhu-person", "mingzhu-place", "mingzhu-reference-place"]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("an element hears of its attributes when they change: other kinds are shown, and all else begins anew", async () => {
  const { page, context, seen } = await tab(`
    <mingzhu-annotator kinds="official" keep="false" ground="dark"><p>${NEWS}</p><p contenteditable>副市长秦望舒发言。</p></mingzhu-annotator>
    <script type=module src="/pkg/element.js"></script>`);
  const shows = async (wanted) => {
    const found = async () => Object.entries(await painted(page)).flatMap(([name, texts]) => (name.startsWith("mingzhu-off") || name === "mingzhu-place" ? texts : []));
    for (let i = 0; i < 200 && (await found()).join() !== wanted.join(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(await found(), wanted);
  };
  const set = (name, value) =>
    page.evaluate(([name, value]) => {
      const element = document.querySelector("mingzhu-annotator");
      if (value === null) element.removeAttribute(name);
      else element.setAttribute(name, value);
    }, [name, value]);
  await shows(["陈立群"]);
  await set("kinds", "place");
  await shows(["绍兴市"]);
  await set("kinds", null);
  await shows(["陈立群", "绍兴市"]);
  await page.evaluate(() => {
    const element = document.querySelector("mingzhu-annotator");
    element.setAttribute("kinds", "official");
    element.setAttribute("editable", "");
    element.setAttribute("exclude", "nothing");
  });
  await shows(["陈立群", "秦望舒"]);
  await set("exclude", "p");
  await shows([]);
  await page.evaluate(() => document.querySelector("mingzhu-annotator").remove());
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length + document.querySelectorAll("[data-mingzhu]").length), 0);
  assert.deepEqual(seen.problems, []);
  await context.close();
});
