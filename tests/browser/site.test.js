// The pages beside the newspaper: how to embed it, and what it does for everybody.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { except, harness, locate } from "./harness.js";

const it = harness();
const NARROW = "its driver makes no window as narrow as a phone";
const NO_DOWNLOADS = {
  firefox: "its driver tells of downloads from a server only",
  webkit: "its driver knows no downloads",
};
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function visit(path, context) {
  const opened = await it.open({ path, context });
  await opened.go();
  await opened.page.locator(".mingzhu-index li").first().waitFor();
  return opened;
}

test("the embedding page: an element, a feed that grows, and cards of the page's own", async () => {
  const { page, context, seen } = await visit("embed.html");
  await page.locator("#who").getByRole("button", { name: /陈立群/ }).waitFor();
  await page.waitForFunction(() => CSS.highlights.get("mingzhu-official")?.size === 3);
  await page.getByRole("button", { name: "再来一段" }).click();
  await page.waitForFunction(() => CSS.highlights.get("mingzhu-official")?.size === 4);
  assert.deepEqual((await officials(page)).toSorted(), ["周怀远", "周怀远", "陈立群", "陈立群"]);
  const { x, y } = await locate(page, "周怀远", "#feed");
  await page.mouse.click(x, y);
  await page.getByRole("dialog", { name: "周怀远" }).waitFor();
  assert.equal(await page.locator(".own-card a").textContent(), "本站关于周怀远的报道");
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("the accessibility page: the index says it all, and names can be come to when wanted", async () => {
  const { page, context, seen } = await visit("accessibility.html");
  const html = () => page.evaluate(() => document.getElementById("text").outerHTML);
  const before = await html();
  assert.equal(await page.locator("#text [role=button]").count(), 0);
  await page.locator("#reach").check();
  await page.locator("#text [role=button]").first().waitFor();
  await page.locator("#reach").uncheck();
  await page.locator("#text [role=button]").first().waitFor({ state: "detached" });
  await page.waitForFunction(() => CSS.highlights.has("mingzhu-official"));
  assert.equal(await html(), before);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

/** The playground, with what its status says. */
async function playground(context) {
  const opened = await visit("playground.html", context);
  const { page } = opened;
  const told = async (what) => {
    await page.locator("#told").filter({ hasText: what }).waitFor();
    return page.locator("#told").textContent();
  };
  const get = async (address) => {
    await page.locator("#address").fill(address);
    await page.getByRole("button", { name: "读取" }).click();
  };
  return { ...opened, told, get };
}

const officials = (page) => page.evaluate(() => [...(CSS.highlights.get("mingzhu-official") ?? [])].map(String));

test("the playground reads what is pasted, and switched off leaves nothing", async () => {
  const { page, context, seen } = await playground();
  await page.locator("#source").fill("市长林栖梧在绍兴市调研。\n\n副市长陈立群陪同。\n\n<i>完</i>");
  await page.waitForFunction(() => [...CSS.highlights.get("mingzhu-official") ?? []].map(String).join() === "林栖梧,陈立群");
  assert.deepEqual(await page.locator("#article p").allTextContents(), ["市长林栖梧在绍兴市调研。", "副市长陈立群陪同。", "<i>完</i>"]);
  assert.equal(await page.locator("#home").textContent(), "浙江省 › 绍兴市");
  await page.locator("#place").fill("杭州");
  await page.locator("#home").filter({ hasText: "浙江省 › 杭州市" }).waitFor();
  await page.getByRole("switch", { name: "标注" }).click();
  await page.waitForFunction(() => CSS.highlights.size === 0);
  assert.equal(await page.locator(".mingzhu-legend, .mingzhu-index, mingzhu-card").count(), 0);
  assert.equal(
    await page.evaluate(() => document.getElementById("article").innerHTML),
    "<p>市长林栖梧在绍兴市调研。</p><p>副市长陈立群陪同。</p><p>&lt;i&gt;完&lt;/i&gt;</p>",
  );
  assert.ok(await page.locator("#results").isHidden());
  await page.getByRole("switch", { name: "标注" }).click();
  await page.waitForFunction(() => CSS.highlights.get("mingzhu-official")?.size === 2);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("the playground reads a page of its own site", async () => {
  const { page, context, seen, told, get } = await playground();
  await get("./index.html");
  assert.match(await told("读到"), /读到 \d+ 段/);
  assert.match(await page.locator("#source").inputValue(), /^全市工业经济指挥部第二次调度会议召开/);
  await page.waitForFunction(() => [...CSS.highlights.get("mingzhu-official") ?? []].map(String).includes("穆杰"));
  // In the encoding that Chinese files are in else.
  const gb = Buffer.from("d4c6d4f3cad0b8b1cad0b3a4b3c2c1a2c8bad4dab1b1bea9b3f6cfafbbe1d2e9a1a3", "hex");
  await context.route("**/gb.txt", (route) => route.fulfill({ contentType: "text/plain", body: gb }));
  await get("gb.txt");
  await page.locator("#article").filter({ hasText: "云泽市副市长陈立群在北京出席会议。" }).waitFor();
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("the playground opens a file, and shows HTML as text only", except({ webkit: "its driver hands no file to a page" }), async () => {
  const { page, context, seen, told } = await playground();
  const before = seen.requests.length;
  const html = "<nav>云泽</nav><article><h1>会议</h1><p>副市长陈立群<img src=/x.png onerror=harm=1>出席。</p></article><script>harm=1</script>";
  await page.locator("#file").setInputFiles({ name: "page.html", mimeType: "text/html", buffer: Buffer.from(html) });
  await told("读到 2 段");
  assert.equal(await page.locator("#article").evaluate((article) => article.innerHTML), "<p>会议</p><p>副市长陈立群出席。</p>");
  await page.waitForFunction(() => [...CSS.highlights.get("mingzhu-official") ?? []].map(String).join() === "陈立群");
  assert.deepEqual(seen.requests.slice(before), []);
  // Chromium's console tells of the handler that the policy keeps from running.
  assert.equal(await page.evaluate(() => window.harm), undefined);
  await context.close();
});

test("of another site the playground asks nothing", async () => {
  const { page, context, seen, told, get } = await playground();
  const text = await page.locator("#article").textContent();
  const before = seen.requests.length;
  for (const address of [
    "https://example.com/news.html",
    "//example.com/news.html",
    "http://127.0.0.1:1/",
    "data:text/plain,林青",
    `blob:${new URL(it.url).origin}/1b4e28ba-2fa1-11d2-883f-0016d3cca427`,
    "javascript:alert(1)",
  ]) {
    await get(address);
    assert.match(await told("ADDRESS_ELSEWHERE"), /别的网站/);
    await page.locator("#address").fill("");
    await get("");
    await told("ADDRESS_INVALID");
  }
  assert.deepEqual(seen.requests.slice(before), []);
  assert.equal(await page.locator("#article").textContent(), text);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("the playground says why a page cannot be read", async () => {
  const { page, context, told, get } = await playground();
  const text = await page.locator("#article").textContent();
  await context.route("**/long.txt", (route) => route.fulfill({ contentType: "text/plain", body: "字".repeat(1_700_000) }));
  await context.route("**/broken.txt", (route) => route.abort());
  await context.route("**/empty.html", (route) => route.fulfill({ contentType: "text/html", body: "<script>1</script>" }));
  for (const [address, code] of [
    ["missing.html", /404.*PAGE_MISSING/],
    ["icon.svg", /image\/svg.*PAGE_NOT_TEXT/],
    ["long.txt", /5 MB.*TEXT_TOO_LARGE/],
    ["broken.txt", /PAGE_UNREACHABLE/],
    ["empty.html", /读不出文字/],
  ]) {
    await get(address);
    await told(code);
  }
  assert.equal(await page.locator("#article").textContent(), text);
  assert.ok((await officials(page)).includes("陈立群"));
  await context.close();
});

test("the playground shows what is probable enough, and its record holds what is painted", async () => {
  const { page, context, seen } = await playground();
  const painted = () =>
    page.evaluate(() =>
      ["official", "person", "place", "organization"].flatMap((kind) =>
        [...(CSS.highlights.get(`mingzhu-${kind}`) ?? [])].map((range) => `${kind} ${range}`),
      ),
    );
  const all = (await painted()).toSorted();
  assert.ok(all.includes("official 陈立群"));
  await page.locator("#record summary").click();
  await page.locator("#json").filter({ hasText: "mentions" }).waitFor();
  const record = JSON.parse(await page.locator("#json").textContent());
  const text = (await page.locator("#article p").allTextContents()).join("\n\n");
  assert.equal(record.length, text.length);
  assert.deepEqual(record.mentions.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`).toSorted(), all);
  await page.locator("#score").fill("1");
  await page.waitForFunction(() => !CSS.highlights.get("mingzhu-official")?.size);
  assert.deepEqual(await painted(), []);
  assert.equal(await page.locator("#mentions").textContent(), `显示 0 处，共 ${all.length} 处`);
  await page.locator("#score").fill("0");
  await page.waitForFunction(() => CSS.highlights.get("mingzhu-official")?.size);
  assert.deepEqual((await painted()).toSorted(), all);
  // What is hidden stays so when all of it is made anew.
  await page.locator("#legend").getByRole("button", { name: /官员/ }).click();
  await page.locator("#model").selectOption("large");
  await page.waitForFunction(() => CSS.highlights.get("mingzhu-person")?.size);
  assert.ok(seen.requests.some((url) => url.endsWith("/model-large.mz")));
  assert.deepEqual(await officials(page), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("the playground hands out its record", except(NO_DOWNLOADS), async () => {
  const { page, context, seen } = await playground();
  await page.locator("#record summary").click();
  await page.locator("#json").filter({ hasText: "mentions" }).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: /下载/ }).click()]);
  assert.equal(download.suggestedFilename(), "article.json");
  assert.equal(readFileSync(await download.path(), "utf8"), await page.locator("#json").textContent());
  assert.deepEqual(seen.problems, []);
  await context.close();
});

for (const path of ["playground.html", "embed.html", "accessibility.html"]) {
  test(`axe finds nothing on ${path}, in light and dark`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      const { page, context } = await visit(path, { colorScheme, bypassCSP: true });
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
      assert.deepEqual(found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ").slice(0, 300)}`), []);
      await context.close();
    }
  });

  test(`at 360 px nothing is to be scrolled sideways on ${path}`, except({ webkit: NARROW }), async () => {
    const { page, context } = await visit(path, { viewport: { width: 360, height: 740 } });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360);
    await context.close();
  });
}
