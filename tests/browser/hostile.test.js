// Pages that mean harm, or seem to: nothing breaks, and what can be read is read.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NEWS, STRICT, harness, locate, painted } from "./harness.js";

const it = harness();

/** For pages with scripts of their own. */
const LAX = "";

async function tab(html, options) {
  const opened = await it.open({ html, ...options });
  await opened.go();
  return opened;
}

/** Annotates `#root`, or what else is named. */
function create(page, options = {}) {
  return page.evaluate(async ({ root = "#root", ...options }) => {
    const { createAnnotator } = await import("/pkg/page.js");
    const index = Document.prototype.querySelector.call(document, "#index") ?? undefined;
    const element = Document.prototype.querySelector.call(document, root);
    window.warned = [];
    element.addEventListener("mingzhu-warning", ({ detail }) => window.warned.push(detail.warning.code));
    window.failed = [];
    element.addEventListener("mingzhu-error", ({ detail }) => window.failed.push(String(detail.error)));
    window.texts = [];
    element.addEventListener("mingzhu-scan", ({ detail }) => window.texts.push(detail.text));
    window.annotator = await createAnnotator(element, { locale: "zh-Hans", index, ...options });
  }, options);
}

/** What is left of us when it is over. */
const left = (page) =>
  page.evaluate(() => [
    ...CSS.highlights.keys(),
    ...[...Document.prototype.querySelectorAll.call(document, "[data-mingzhu]")].map((element) => element.localName),
  ]);

/** Points at a name until its card is there. */
async function point(page, name) {
  const { x, y } = await locate(page, name, "#root");
  await page.mouse.move(x, y);
  await page.getByRole("dialog", { name }).waitFor();
}

const elsewhere = (tag, name) => `<${tag} id="${name}" name="${name}"></${tag}>`;

test("forms, images and frames that are called like what the document can do", async () => {
  const names = [
    "createElement", "createRange", "createTreeWalker", "createTextNode", "adoptedStyleSheets", "body", "head",
    "documentElement", "defaultView", "caretPositionFromPoint", "caretRangeFromPoint", "querySelector", "activeElement",
    "addEventListener", "getElementById", "nodeType", "baseURI", "currentScript", "readyState", "getSelection", "contains",
  ];
  const clobber = names.map((name, at) => elsewhere(["img", "form", "embed"][at % 3], name)).join("");
  const { page, context, seen } = await tab(`<div id=index></div><div id=root><p>${NEWS}</p></div>${clobber}`);
  await create(page);
  assert.deepEqual((await painted(page))["mingzhu-official"], ["陈立群"]);
  await page.evaluate(() => window.annotator.focus(0));
  await page.evaluate(() => window.annotator.dispose());
  assert.deepEqual(await left(page), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("windows that are called like what the window can do", async () => {
  const names = ["CSS", "Highlight", "Range", "MutationObserver", "Worker", "mingzhu", "page", "wasm", "root", "annotator"];
  const clobber = names.map((name) => `<a id="${name}" href="#"></a><form name="${name}"></form>`).join("");
  const { page, context, seen } = await tab(`${clobber}<main id=root><p>${NEWS}</p></main>`);
  await create(page, { root: "main" });
  assert.deepEqual((await painted(page))["mingzhu-official"], ["陈立群"]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a form around the article whose fields are called like what a node can do", async () => {
  const names = [
    "firstChild", "nextSibling", "parentNode", "parentElement", "nodeType", "localName", "matches", "ownerDocument",
    "childNodes", "textContent", "closest", "isConnected", "getRootNode", "compareDocumentPosition", "contains", "dispatchEvent",
    "addEventListener", "hasAttribute", "getAttribute", "remove", "append", "tagName", "id", "children", "attributes", "shadowRoot",
    "assignedNodes", "contentDocument",
  ];
  const fields = names.map((name) => `<input type="hidden" name="${name}">`).join("");
  const { page, context, seen } = await tab(
    `<div id=root><form><p>市长周怀远在绍兴市调研。</p>${fields}<p>${NEWS}</p></form><p>尾</p></div>`,
  );
  await create(page);
  assert.deepEqual((await painted(page))["mingzhu-official"], ["周怀远", "陈立群"]);
  const { x, y } = await locate(page, "陈立群", "#root");
  await page.mouse.move(x, y);
  // The tool's own queries stumble over such a form.
  await page.waitForFunction(() => document.querySelector("[data-mingzhu=card]:popover-open"));
  await page.evaluate(() => {
    window.activated = [];
    addEventListener("mingzhu-activate", ({ detail }) => window.activated.push(detail.name));
  });
  await page.mouse.click(x, y);
  await page.waitForFunction(() => window.activated.join() === "陈立群");
  // Between the fields, the form itself is under the pointer.
  await page.mouse.move(1, y + 12);
  await page.evaluate(() => window.annotator.dispose());
  assert.deepEqual(await left(page), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

for (const render of ["highlights", "element"]) {
  test(`a form around the root and forms in it whose fields hide what a node is, observed and painted as ${render}`, async () => {
    const names = [
      "parentNode", "parentElement", "nodeType", "closest", "hasAttribute", "insertBefore", "removeChild", "appendChild", "className",
      "contains", "getRootNode", "scrollIntoView", "addedNodes", "isConnected", "dispatchEvent", "addEventListener", "matches", "firstChild",
      "nextSibling", "getBoundingClientRect",
    ];
    const fields = names.map((name) => `<input type="hidden" name="${name}">`).join("");
    const { page, context, seen } = await tab(
      `<form>${fields}<div id=index></div><div id=root><form id=inner></form><p id=p>${NEWS}</p></div></form>`,
    );
    // The parser puts no form into another.
    const before = await page.evaluate((fields) => {
      const inner = document.createElement("form");
      for (const name of fields) Element.prototype.append.call(inner, Object.assign(document.createElement("input"), { type: "hidden", name }));
      Element.prototype.append.call(inner, "副市长秦望舒参加会议。");
      const root = document.querySelector("#root");
      root.prepend(inner);
      return root.innerHTML;
    }, names);
    await create(page, { observe: true, render, locale: "zh-Hans" });
    const text = (part) => page.waitForFunction((part) => window.texts.at(-1).includes(part), part, { timeout: 10_000 });
    // Every change goes up through the forms.
    await page.evaluate(() => Element.prototype.append.call(document.querySelector("#root form"), "市长周怀远发言。"));
    await text("周怀远");
    await page.evaluate((text) => (document.getElementById("p").firstChild.data = text), `${NEWS}局长罗景行说。`);
    await text("罗景行");
    await page.evaluate(() => {
      window.annotator.setFilter({ kinds: ["official"] });
      window.annotator.next();
      window.annotator.next();
    });
    await page.evaluate(async () => (await window.annotator.scan(), window.annotator.dispose()));
    const after = await page.evaluate(() => document.querySelector("#root").innerHTML);
    assert.equal(after, before.replace("参加会议。", "参加会议。市长周怀远发言。").replace(NEWS, `${NEWS}局长罗景行说。`));
    assert.deepEqual(await page.evaluate(() => window.failed), []);
    assert.deepEqual(await left(page), []);
    assert.deepEqual(seen.problems, []);
    await context.close();
  });

  test(`a root that is such a form itself, painted as ${render}`, async () => {
    const names = ["matches", "dispatchEvent", "parentNode", "closest", "getBoundingClientRect", "addEventListener", "contains", "className", "insertBefore"];
    const fields = names.map((name) => `<input type="hidden" name="${name}">`).join("");
    const { page, context, seen } = await tab(`<form id=root>${fields}副市长陈立群发言。</form>`);
    const found = await page.evaluate(async (render) => {
      const { createAnnotator } = await import("/pkg/page.js");
      const root = document.querySelector("#root");
      const annotator = await createAnnotator(root, { observe: true, render, exclude: ".no" });
      annotator.next();
      const found = annotator.entities.map(({ name }) => name);
      annotator.dispose();
      return [...found, root.textContent];
    }, render);
    assert.deepEqual(found, ["陈立群", "副市长陈立群发言。"]);
    assert.deepEqual(await left(page), []);
    assert.deepEqual(seen.problems, []);
    await context.close();
  });
}

test("markup in the text stays text: in card, index and announcement", async () => {
  const markup = `&lt;img src=x onerror="window.harmed=1"&gt;&lt;script&gt;window.harmed=2&lt;/script&gt;`;
  const { page, context, seen } = await tab(
    `<div id=index></div><div id=root><p>副${markup}市长陈立群${markup}在${markup}绍兴市${markup}发言。副市长陈立群${markup}说。</p></div>`,
    { csp: LAX },
  );
  await create(page);
  const { x, y } = await locate(page, "陈立群", "#root");
  await page.mouse.click(x, y);
  await page.locator("[data-mingzhu=card] .card").waitFor();
  const found = await page.evaluate(() => {
    const shadow = document.querySelector("[data-mingzhu=card]").shadowRoot;
    return [shadow, document.getElementById("index")].map((part) => part.querySelectorAll("img,script").length);
  });
  assert.deepEqual(found, [0, 0]);
  assert.equal(await page.evaluate(() => window.harmed), undefined);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

for (const render of ["highlights", "element"]) {
  test(`a thousand changes a second, painted as ${render}: the page goes on, and its last text is read`, async () => {
    const { page, context, seen } = await tab(
      `<div id=root><p id=text>${NEWS}</p><p id=still>区委书记秦望舒在绍兴市调研。</p></div>`,
    );
    await create(page, { observe: true, render });
    const written = await page.evaluate(async () => {
      // As a framework does: it holds on to its text node and writes whole texts into it.
      const paragraph = document.getElementById("text");
      paragraph.textContent = "开始";
      const node = paragraph.firstChild;
      let count = 0;
      const end = performance.now() + 3000;
      while (performance.now() < end) {
        for (let i = 0; i < 20; i++) node.data = `市长周怀远第${++count}次在绍兴市调研。`;
        await new Promise((resolve) => setTimeout(resolve, 16));
      }
      node.data = "副市长陈立群最后发言。";
      return { count, kept: node.isConnected && paragraph.textContent === node.data };
    });
    assert.ok(written.count > 100);
    if (render === "highlights") assert.ok(written.kept);
    // It may have been left alone for a while just now.
    const read = () => window.texts.at(-1)?.startsWith("副市长陈立群最后发言。");
    await page.waitForFunction(read, undefined, { timeout: 90_000 });
    assert.deepEqual(await page.evaluate(() => window.failed), []);
    await page.evaluate(() => window.annotator.dispose());
    assert.deepEqual(await left(page), []);
    assert.deepEqual(
      await page.evaluate(() => [...document.querySelectorAll("#root p")].map((p) => p.innerHTML)),
      ["副市长陈立群最后发言。", "区委书记秦望舒在绍兴市调研。"],
    );
    assert.deepEqual(seen.problems, []);
    await context.close();
  });
}

test("a root that has left the document, before and after", async () => {
  const { page, context, seen } = await tab(`<div id=root><p>${NEWS}</p></div>`);
  const before = await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    const root = document.getElementById("root");
    root.remove();
    const annotator = await createAnnotator(root, { locale: "zh-Hans" });
    const found = annotator.mentions.length;
    annotator.focus(0);
    annotator.next();
    document.body.append(root);
    await annotator.scan();
    const again = annotator.mentions.length;
    root.remove();
    await annotator.scan();
    annotator.focus(0);
    annotator.setFilter({ kinds: ["place"] });
    annotator.dispose();
    document.body.append(root);
    return { found, again };
  });
  assert.ok(before.found > 0);
  assert.equal(before.again, before.found);
  assert.deepEqual(await left(page), []);
  // And with its card open.
  await create(page);
  await point(page, "陈立群");
  await page.evaluate(() => document.getElementById("root").remove());
  await page.mouse.move(5, 5);
  await page.mouse.click(5, 5);
  await page.evaluate(async () => {
    await window.annotator.scan();
    window.annotator.next();
    window.annotator.dispose();
  });
  assert.deepEqual(await left(page), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("what is hidden and shown again is pointed at where it is shown", async () => {
  const { page, context, seen } = await tab(`<div id=root style="display:none"><p>${NEWS}</p></div>`, { csp: LAX });
  await create(page);
  await page.evaluate(() => window.annotator.focus(0));
  await page.evaluate(() => (document.getElementById("root").style.display = ""));
  await point(page, "陈立群");
  await page.evaluate(() => (document.getElementById("root").style.display = "none"));
  await page.evaluate(() => dispatchEvent(new Event("resize")));
  await page.getByRole("dialog", { name: "陈立群" }).waitFor({ state: "hidden" });
  await page.evaluate(async () => {
    const { style } = document.getElementById("root");
    for (let i = 0; i < 50; i++) {
      style.display = i % 2 ? "" : "none";
      if (i % 10 === 0) await window.annotator.scan();
    }
  });
  await page.mouse.move(1, 1);
  await point(page, "绍兴市");
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a page that takes away what is ours, sheets and highlights and elements, harms only itself", async () => {
  const { page, context, seen } = await tab(`<div id=index></div><div id=root><p>${NEWS}</p></div>`);
  await create(page);
  await point(page, "陈立群");
  await page.evaluate(() => {
    CSS.highlights.clear();
    document.adoptedStyleSheets = [];
    document.querySelectorAll("[data-mingzhu]").forEach((element) => element.remove());
    document.getElementById("index").replaceChildren();
  });
  await page.mouse.move(1, 1);
  const { x, y } = await locate(page, "绍兴市", "#root");
  await page.mouse.click(x, y);
  await page.evaluate(async () => {
    window.annotator.setFilter({ kinds: ["place", "official"] });
    window.annotator.next();
    await window.annotator.scan();
  });
  await page.evaluate(() => window.annotator.dispose());
  assert.deepEqual(await left(page), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a page whose styles lay hands on everything does not reach the card", async () => {
  const { page, context } = await tab(
    `<style>* { font-size: 40px !important; color: red !important; position: static !important }
      div { display: block !important; width: 2000px !important; opacity: .1 !important; visibility: hidden !important;
      float: right !important; transform: rotate(3deg) !important }</style><main id=root><p>${NEWS}</p></main>`,
    { csp: LAX },
  );
  await create(page);
  const { x, y } = await locate(page, "陈立群", "#root");
  await page.mouse.click(x, y);
  const card = page.locator("[data-mingzhu=card] .card");
  await card.waitFor();
  const seen = await page.evaluate(async () => {
    const host = document.querySelector("[data-mingzhu=card]");
    const card = host.shadowRoot.querySelector(".card");
    // It begins to move in with the next frame.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.all(card.getAnimations().map((animation) => animation.finished));
    const { left, top, right, bottom } = card.getBoundingClientRect();
    const { fontSize, opacity, visibility } = getComputedStyle(card);
    return { inside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight, fontSize, visibility, opacity, host: getComputedStyle(host).opacity, open: host.matches(":popover-open") };
  });
  assert.deepEqual(seen, { inside: true, fontSize: "15px", visibility: "visible", opacity: "1", host: "1", open: true });
  await context.close();
});

test("built-ins that a page has changed or added to", async () => {
  const { page, context, go, seen } = await it.open({ html: `<div id=index></div><div id=root><p>${NEWS}</p></div>` });
  await page.addInitScript(() => {
    // As old libraries did, and worse.
    Object.prototype.extend = function () {};
    Array.prototype.each = function () {};
    Array.prototype.toJSON = undefined;
    String.prototype.strip = String.prototype.trim;
    Element.prototype.show = function () {};
    const { remove } = Element.prototype;
    Element.prototype.remove = function () {
      remove.call(this);
      return this;
    };
    window.$ = (id) => document.getElementById(id);
  });
  await go();
  await create(page);
  assert.deepEqual((await painted(page))["mingzhu-official"], ["陈立群"]);
  await point(page, "陈立群");
  await page.evaluate(() => window.annotator.dispose());
  assert.deepEqual(await left(page), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("the strictest policy: trusted types, and no policy but ours", async () => {
  const csp = `${STRICT}; trusted-types mingzhu test; frame-ancestors 'none'; object-src 'none'`;
  const { page, context, seen } = await tab(`<div id=index></div><div id=root><p>${NEWS}</p></div>`, { csp });
  await create(page);
  await point(page, "陈立群");
  assert.deepEqual(await page.evaluate(() => window.warned), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("trusted types with no policy at all: on this page's own thread", async () => {
  const csp = `${STRICT}; trusted-types 'none'`;
  const { page, context } = await tab(`<div id=root><p>${NEWS}</p></div>`, { csp });
  await create(page);
  assert.deepEqual((await painted(page))["mingzhu-official"], ["陈立群"]);
  await context.close();
});

/** Loads an annotator under trusted types, with a policy of the site's and none of ours. */
async function loaded(page, trusted) {
  return page.evaluate(async (trusted) => {
    const { Annotator } = await import("/pkg/mingzhu.js");
    const policy = globalThis.trustedTypes?.createPolicy("site", { createScriptURL: (url) => url });
    const warnings = [];
    const workerUrl = trusted ? (policy?.createScriptURL("/pkg/worker.js") ?? "/pkg/worker.js") : "/pkg/worker.js";
    const annotator = await Annotator.load({ workerUrl, onWarning: ({ code }) => warnings.push(code) });
    annotator.dispose();
    return { mode: annotator.mode, warnings: [...new Set(warnings)] };
  }, trusted);
}

test("trusted types with the site's own policy alone: a worker from an address that the site trusts, and from no other", async () => {
  const csp = `${STRICT}; trusted-types site`;
  const { page, context } = await tab("", { csp });
  assert.deepEqual(await loaded(page, true), { mode: "worker", warnings: [] });
  await context.close();
  const other = await tab("", { csp });
  const enforced = await other.page.evaluate(() => typeof globalThis.trustedTypes === "object");
  if (enforced) assert.deepEqual(await loaded(other.page, false), { mode: "main", warnings: ["WORKER_BLOCKED"] });
  await other.context.close();
});
