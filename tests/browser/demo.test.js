// The demo, as a reader uses it: by mouse, by keyboard, by touch, by ear.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as each } from "node:test";
import { ENGINE, except, harness, locate, noWorkers, painted } from "./harness.js";

/** What WebKit must be able to do is tested on smaller pages; whole newspapers take it long. */
const test = ENGINE === "webkit" ? each.skip : each;

const it = harness();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The demo, annotated. */
async function demo(options) {
  const opened = await it.open(options);
  await opened.go();
  await opened.page.locator(".mingzhu-index").waitFor({ state: "attached" });
  return opened;
}

const card = (page, name) => page.getByRole("dialog", { name, exact: true });

test("a reader points at a name and learns who it is; Escape and leaving close the card", async () => {
  const { page, context, seen } = await demo();
  const { x, y } = await locate(page, "穆杰", "#edition");
  await page.mouse.move(x, y);
  await card(page, "穆杰").waitFor();
  await card(page, "穆杰").getByText("官员").waitFor();
  await card(page, "穆杰").getByText(/常务副市长/).waitFor();
  // Of which bodies the offices are, and where these lie; the text names neither.
  await card(page, "穆杰").getByText("中共滨州市委员会").waitFor();
  await card(page, "穆杰").getByText("滨州市人民政府").waitFor();
  await card(page, "穆杰").getByText("山东省 › 滨州市").waitFor();
  // Hoverable: the pointer may go into the card.
  const box = await card(page, "穆杰").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
  await page.mouse.move(box.x + box.width / 2 + 3, box.y + box.height / 2, { steps: 3 });
  assert.ok(await card(page, "穆杰").isVisible());
  // Dismissible without moving anything.
  await page.keyboard.press("Escape");
  await card(page, "穆杰").waitFor({ state: "hidden" });
  // And gone when the pointer goes.
  await page.mouse.move(x, y);
  await card(page, "穆杰").waitFor();
  await page.mouse.move(2, 2);
  await card(page, "穆杰").waitFor({ state: "hidden" });
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("who points at 我市 reads which city it is, and at a place where that lies", async () => {
  const { page, context, seen } = await demo();
  const { x, y } = await locate(page, "我市", "#edition");
  await page.mouse.move(x, y);
  await card(page, "滨州市").getByText("山东省 › 滨州市").waitFor();
  await card(page, "滨州市").getByText("文中写作“我市”").waitFor();
  await page.mouse.move(2, 2);
  await card(page, "滨州市").waitFor({ state: "hidden" });
  const county = await locate(page, "无棣县", "#edition");
  await page.mouse.click(county.x, county.y);
  await card(page, "无棣县").getByText("山东省 › 滨州市 › 无棣县").waitFor();
  await page.keyboard.press("Escape");
  // Hidden with the places.
  assert.ok((await painted(page))["mingzhu-reference-place"].includes("我市"));
  await page.locator("#legend").getByRole("button", { name: /地点/ }).click();
  assert.equal((await painted(page))["mingzhu-reference-place"], undefined);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a clicked card stays, shows how often, and steps through the mentions", async () => {
  const { page, context } = await demo();
  const { x, y } = await locate(page, "杜玉杰", "#edition");
  await page.mouse.click(x, y);
  await page.mouse.move(2, 2);
  const open = card(page, "杜玉杰");
  const [, count] = (await open.locator(".count").textContent()).match(/(\d+) 次/);
  assert.ok(Number(count) >= 2);
  assert.match(await open.locator(".count").textContent(), /第 1 次/);
  await open.getByRole("button", { name: "下一处" }).click();
  assert.match(await open.locator(".count").textContent(), /第 2 次/);
  for (let i = 1; i < Number(count); i++) await page.keyboard.press("Enter");
  assert.match(await open.locator(".count").textContent(), /第 1 次/);
  await open.getByRole("button", { name: "关闭" }).click();
  await open.waitFor({ state: "hidden" });
  await context.close();
});

test("the index says of each official the offices and their bodies", async () => {
  const { page, context } = await demo();
  const entry = page.locator(".mingzhu-index").getByRole("button", { name: /^穆杰/ });
  assert.deepEqual(await entry.locator(".mingzhu-title").allTextContents(), [
    " 市委常委 · 中共滨州市委员会",
    " 常务副市长 · 滨州市人民政府",
  ]);
  await context.close();
});

test("by keyboard alone: from the index to the mention and back", async () => {
  const { page, context } = await demo();
  const entry = page.locator(".mingzhu-index").getByRole("button", { name: /^宋永祥/ });
  await page.locator(".mingzhu-index button").first().focus();
  for (let i = 0; i < 200 && !(await entry.evaluate((e) => e === document.activeElement)); i++) {
    await page.keyboard.press("Tab");
  }
  // On focus the card stands beside the entry.
  await card(page, "宋永祥").waitFor();
  await page.keyboard.press("Enter");
  const inside = () => page.evaluate(() => document.activeElement.getAttribute("data-mingzhu"));
  assert.equal(await inside(), "card");
  const at = await page.evaluate(() => {
    const [range] = [...CSS.highlights.get("mingzhu-active-official")];
    const { top, bottom } = range.getBoundingClientRect();
    return { text: String(range), seen: top >= 0 && bottom <= innerHeight };
  });
  assert.deepEqual(at, { text: "宋永祥", seen: true });
  await page.keyboard.press("Escape");
  await card(page, "宋永祥").waitFor({ state: "hidden" });
  assert.ok(await entry.evaluate((e) => e === document.activeElement));
  // Its return opens nothing, and the next entry opens its own.
  assert.equal(await page.getByRole("dialog").count(), 0);
  await context.close();
});

test("next and previous go through the text", async () => {
  const { page, context } = await demo();
  const current = () => page.evaluate(() => document.querySelector("[data-mingzhu=card]").shadowRoot.querySelector("h2").textContent);
  await page.getByRole("button", { name: "下一处标注" }).click();
  const first = await current();
  await page.getByRole("button", { name: "下一处标注" }).click();
  assert.notEqual(await current(), first);
  await page.getByRole("button", { name: "上一处标注" }).click();
  assert.equal(await current(), first);
  await context.close();
});

test("on a phone a tap opens a sheet at the bottom; a tap beside closes it", except({ firefox: "it has no fingers here" }), async () => {
  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, reducedMotion: "reduce" };
  const { page, context } = await demo({ context: phone });
  const { x, y } = await locate(page, "穆杰", "#edition");
  await page.touchscreen.tap(x, y);
  await card(page, "穆杰").waitFor();
  const box = await card(page, "穆杰").boundingBox();
  assert.deepEqual([Math.round(box.x), Math.round(box.width), Math.round(box.y + box.height)], [0, 360, 740]);
  await page.touchscreen.tap(180, 90);
  await card(page, "穆杰").waitFor({ state: "hidden" });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(wide, 360, "nothing to scroll sideways");
  await context.close();
});

test("the legend counts and filters paint, index and cards", async () => {
  const { page, context } = await demo();
  const toggle = page.locator(".mingzhu-legend").getByRole("button", { name: /^官员/ });
  const listed = await page.locator(".mingzhu-group[data-kind=official] li").count();
  assert.equal(await toggle.textContent(), `官员 ${listed}`);
  await toggle.click();
  assert.equal(await toggle.getAttribute("aria-pressed"), "false");
  const names = await painted(page);
  assert.equal(names["mingzhu-official"], undefined);
  assert.ok(names["mingzhu-place"].length > 0);
  assert.ok(await page.locator(".mingzhu-group[data-kind=official]").isHidden());
  await page.evaluate(() => {
    window.entered = [];
    addEventListener("mingzhu-enter", ({ detail }) => window.entered.push(detail.name));
  });
  const hidden = await locate(page, "穆杰", "#edition");
  await page.mouse.move(hidden.x, hidden.y);
  const shown = await locate(page, "李洪强", "#edition");
  await page.mouse.move(shown.x, shown.y);
  await card(page, "李洪强").waitFor();
  assert.deepEqual(await page.evaluate(() => window.entered), ["李洪强"]);
  await toggle.click();
  assert.ok((await painted(page))["mingzhu-official"].includes("穆杰"));
  await context.close();
});

test("switched off, nothing is left; it stays off, and comes back", async () => {
  const { page, context } = await it.open();
  await page.addInitScript(() => {
    if (!localStorage.getItem("mingzhu-switch")) localStorage.setItem("mingzhu-switch", "off");
  });
  await page.goto(it.url);
  await page.getByRole("switch").waitFor();
  const dom = () => page.evaluate(() => document.documentElement.outerHTML);
  const untouched = await dom();
  assert.deepEqual(await painted(page), {});
  await page.getByRole("switch").click();
  await page.locator(".mingzhu-index").waitFor({ state: "attached" });
  assert.notEqual(await dom(), untouched);
  const { x, y } = await locate(page, "穆杰", "#edition");
  await page.mouse.click(x, y);
  await card(page, "穆杰").waitFor();
  await page.getByRole("switch").click();
  await page.evaluate(() => document.getElementById("progress").removeAttribute("max"));
  const normal = (html) => html.replace(/(<progress[^>]*?) (value|max)="\d+"/g, "$1").replace(/(<span id="progress-text">).*?</, "$1<");
  assert.equal(normal(await dom()), normal(untouched));
  assert.deepEqual(await painted(page), {});
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 0);
  await page.reload();
  assert.equal(await page.getByRole("switch").getAttribute("aria-checked"), "false");
  await context.close();
});

test("one's own text: pasted, from a text file, from a page that means harm", async () => {
  const { page, context, seen } = await demo();
  await page.getByRole("button", { name: "读我自己的文章" }).click();
  await page.locator("#own-input").fill("市长宋永祥在邹平市调研。\n\n副市长杜玉杰参加。");
  await page.getByRole("button", { name: "开始阅读" }).click();
  await page.locator("#own-text p").nth(1).waitFor();
  await page.waitForFunction(() => CSS.highlights.get("mingzhu-official")?.size === 2);
  assert.deepEqual((await painted(page))["mingzhu-official"], ["宋永祥", "杜玉杰"]);

  const html = `<html><head><title>坏</title><script>window.harmed = 1</script></head><body>
    <nav>坏</nav><article><h1>标题</h1><p>市长宋永祥<img src=x onerror="window.harmed = 2">讲话。</p>
    <iframe srcdoc="<script>parent.harmed = 3</script>"></iframe></article></body></html>`;
  await page.getByRole("button", { name: "读我自己的文章" }).click();
  await page.locator("#own-file").setInputFiles({ name: "page.html", mimeType: "text/html", buffer: Buffer.from(html) });
  await page.getByRole("button", { name: "开始阅读" }).click();
  await page.waitForFunction(() => document.getElementById("own-text").textContent.startsWith("标题"));
  assert.deepEqual(await page.locator("#own-text p").allTextContents(), ["标题", "市长宋永祥讲话。"]);
  assert.equal(await page.evaluate(() => window.harmed), undefined);

  // GB18030, as Chinese text files often are: 市长
  const gb = Buffer.from([0xca, 0xd0, 0xb3, 0xa4, 0xcb, 0xce, 0xd3, 0xc0, 0xcf, 0xe9]);
  await page.getByRole("button", { name: "读我自己的文章" }).click();
  await page.locator("#own-file").setInputFiles({ name: "text.txt", mimeType: "text/plain", buffer: gb });
  await page.getByRole("button", { name: "开始阅读" }).click();
  await page.getByText("市长宋永祥", { exact: true }).waitFor();

  await page.getByRole("button", { name: "回到报纸" }).click();
  await page.waitForFunction(() => (CSS.highlights.get("mingzhu-person")?.size ?? 0) > 5);
  // The policy sees the handler that the other page's author wrote, though it could never run.
  assert.deepEqual(seen.problems.filter((problem) => !/inline event handler/.test(problem)), []);
  await context.close();
});

test("the interface speaks three languages, chosen by the browser or by hand", async () => {
  const { page, context } = await demo({ context: { locale: "en-GB" } });
  await page.getByRole("button", { name: /^Officials/ }).waitFor();
  for (const [value, heading] of [["zh-Hant", "官員"], ["zh-Hans", "官员"]]) {
    await page.locator("#language").selectOption(value);
    await page.locator(".mingzhu-index h3", { hasText: heading }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), value);
  }
  const tables = await page.evaluate(async () => {
    const locales = ["zh-Hans", "zh-Hant", "en"];
    const modules = await Promise.all(locales.map((name) => import(`/pkg/locale/${name}.js`)));
    return modules.map((module) => Object.keys(module.default).toSorted());
  });
  assert.deepEqual(tables[1], tables[0]);
  assert.deepEqual(tables[2], tables[0]);
  await context.close();
});

test("a language that is none, of the system or remembered, is passed over", async () => {
  const { page, context, go, seen } = await it.open();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "languages", { value: ["en-US@posix", "zh-TW"] });
    try {
      localStorage.setItem("mingzhu-language", "toString");
    } catch {
      // Firefox's empty page, which comes first, has no storage.
    }
  });
  await go();
  await page.locator(".mingzhu-index h3", { hasText: "官員" }).waitFor();
  // And where the library itself is asked to choose.
  await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    const root = document.createElement("p");
    const index = document.createElement("div");
    index.id = "other-index";
    document.body.append(root, index);
    await createAnnotator(root, { index });
  });
  await page.locator("#other-index h3", { hasText: "官員" }).waitFor({ state: "attached" });
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("one's own file that cannot be read, or not without WebAssembly, is not met with silence", async () => {
  const html = { name: "page.html", mimeType: "text/html", buffer: Buffer.from("<p>市长讲话。</p>") };
  const read = async (page) => {
    await page.getByRole("button", { name: "读我自己的文章" }).click();
    await page.locator("#own-file").setInputFiles(html);
    await page.getByRole("button", { name: "开始阅读" }).click();
  };
  const { page, context, seen } = await demo();
  await page.evaluate(() => {
    File.prototype.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotReadableError"));
  });
  await read(page);
  await page.getByRole("alert").getByText("这个文件读不出文字。").waitFor();
  assert.equal(await page.getByRole("button", { name: "再试一次" }).count(), 0);
  assert.deepEqual(seen.problems, []);
  await context.close();

  const blocked = await it.open();
  await blocked.context.route(it.url, async (route) => {
    const response = await route.fetch();
    return route.fulfill({ response, body: (await response.text()).replace(" 'wasm-unsafe-eval'", "") });
  });
  await blocked.go();
  const retry = blocked.page.getByRole("button", { name: "再试一次" });
  await retry.waitFor();
  await read(blocked.page);
  // The notice is now about the file, which is to be chosen again.
  await retry.waitFor({ state: "detached" });
  await blocked.page.getByRole("alert").getByText("WASM_BLOCKED").waitFor();
  await blocked.context.close();
});

test("whoever hears the page is told once what was found", async () => {
  const { page, context } = await demo();
  const region = page.locator("[data-mingzhu=announcer]");
  assert.equal(await region.getAttribute("role"), "status");
  await page.waitForFunction(() => document.querySelector("[data-mingzhu=announcer]").textContent);
  assert.match(await region.textContent(), /官员 \d+.*人物 \d+.*地点 \d+.*机构 \d+/);
  await context.close();
});

test("when something is blocked, the page says what to do, and the text can still be read", async () => {
  const policy = (change) => async (route) => {
    const response = await route.fetch();
    return route.fulfill({ response, body: change(await response.text()) });
  };
  const cases = [
    [(html) => html.replace(" 'wasm-unsafe-eval'", ""), "WASM_BLOCKED", /'wasm-unsafe-eval'/],
    [(html) => html.replace("worker-src 'self'", "worker-src 'none'"), "WORKER_BLOCKED", /worker-src 'self'/],
  ];
  for (const [change, code, advice] of cases) {
    const { page, context, go } = await it.open();
    await context.route(it.url, policy(change));
    await go();
    await page.getByRole("alert").getByText(code).waitFor();
    assert.match(await page.getByRole("alert").textContent(), advice);
    assert.ok(await page.getByRole("heading", { name: /全市工业经济指挥部/ }).isVisible());
    if (code === "WORKER_BLOCKED") await page.locator(".mingzhu-index").waitFor({ state: "attached" });
    await context.close();
  }
  const { page, context, go } = await it.open();
  await context.route("**/model.mz", (route) => route.fulfill({ status: 404, body: "" }));
  await go();
  await page.getByRole("alert").getByText("ASSET_MISSING").waitFor();
  assert.match(await page.getByRole("alert").textContent(), /model\.mz/);
  await context.unroute("**/model.mz");
  await page.getByRole("button", { name: "再试一次" }).click();
  await page.locator(".mingzhu-index").waitFor({ state: "attached" });
  assert.ok(await page.getByRole("alert").isHidden());
  await context.close();
});

test("what went wrong is said in the reader's language, even when it is the network that fails", async () => {
  for (const [locale, words] of [
    ["zh-CN", /取不到文件。请检查网络/],
    ["zh-TW", /取不到檔案。請檢查網路/],
    ["en-GB", /A file could not be fetched\. Check the network/],
  ]) {
    const { page, context, go } = await it.open({ context: { locale } });
    const prepared = page.waitForEvent("requestfinished", (request) => request.url().includes("/locale/errors-"));
    // The model never comes, and from then on neither do words that were not there before. (Other files still may: which
    // of them is under way at that moment is chance, and the one that fails first is the one named.)
    await context.route("**/model.mz", async (route) => {
      await prepared;
      await context.route("**/locale/errors-*", (any) => any.abort());
      await route.abort();
    });
    await go();
    await page.getByRole("alert").getByText("ASSET_UNREACHABLE").waitFor();
    assert.match(await page.getByRole("alert").textContent(), words);
    assert.match(await page.getByRole("alert").textContent(), /model\.mz/);
    await context.close();
  }
});

test("nothing is asked for outside this site, and the policy is never broken", async () => {
  const { page, context, seen } = await demo();
  const outside = seen.requests.filter((url) => new URL(url).origin !== new URL(it.url).origin);
  assert.deepEqual(outside, []);
  assert.deepEqual(seen.problems, []);
  await page.evaluate(() => document.title);
  await context.close();
});

test("axe finds nothing, in light and dark, wide and narrow, with and without a card", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
      // axe is a script of the test's own, which the page's policy rightly refuses.
      const { page, context } = await demo({ context: { colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" } });
      await page.evaluate(axe);
      const violations = async () => {
        const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ").slice(0, 300)}`);
      };
      assert.deepEqual(await violations(), [], `${colorScheme} ${viewport.width}`);
      const { x, y } = await locate(page, "穆杰", "#edition");
      await page.mouse.click(x, y);
      await card(page, "穆杰").waitFor();
      await page.locator("#names").evaluate((details) => (details.open = true));
      assert.deepEqual(await violations(), [], `${colorScheme} ${viewport.width} with a card`);
      await page.keyboard.press("Escape");
      await page.locator("#own-open").click();
      assert.deepEqual(await violations(), [], `${colorScheme} ${viewport.width} with the dialog`);
      await context.close();
    }
  }
});

test("left and entered again, it keeps one worker", except({ firefox: "it tells of the end of a worker late" }), async () => {
  const { page, context } = await demo();
  for (let i = 0; i < 3; i++) {
    await page.getByRole("switch").click();
    await page.getByRole("switch").click();
    await page.locator(".mingzhu-index").waitFor({ state: "attached" });
  }
  assert.equal(page.workers().length, 1);
  await page.goto("about:blank");
  await noWorkers(page);
  await context.close();
});
