// The pages beside the newspaper: how to embed it, and what it does for everybody.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { except, harness, locate } from "./harness.js";

const it = harness();
const NARROW = "its driver makes no window as narrow as a phone";
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
  const officials = () => page.evaluate(() => [...(CSS.highlights.get("mingzhu-official") ?? [])].map(String));
  await page.waitForFunction(() => CSS.highlights.get("mingzhu-official")?.size === 3);
  await page.getByRole("button", { name: "再来一段" }).click();
  await page.waitForFunction(() => CSS.highlights.get("mingzhu-official")?.size === 4);
  assert.deepEqual((await officials()).toSorted(), ["周怀远", "周怀远", "陈立群", "陈立群"]);
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

for (const path of ["embed.html", "accessibility.html"]) {
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
