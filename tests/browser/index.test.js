// The entity index, and the commands that go with it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { NEWS, harness, painted } from "./harness.js";

const it = harness();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const TEXT = `<p>${NEWS}</p><p>陈立群说,教育要公平。市长周怀远在绍兴市调研,秦望舒先生陪同。</p><p>陈立群最后发言。</p>`;

async function annotated(options = {}, settings = {}) {
  const opened = await it.open({ html: `<main><div id=legend></div><div id=index></div><div id=root>${TEXT}</div></main>`, ...settings });
  await opened.go();
  await opened.page.evaluate(async (options) => {
    const { createAnnotator } = await import("/pkg/page.js");
    const get = (id) => document.getElementById(id);
    const all = { locale: "zh-Hans", legend: get("legend"), index: get("index"), ...options };
    window.annotator = await createAnnotator(get("root"), all);
  }, options);
  return opened;
}

const listed = (page) =>
  page.evaluate(() => {
    const entries = [...document.querySelectorAll("#index li")].filter((entry) => entry.checkVisibility());
    return entries.map((entry) => entry.querySelector(".mingzhu-name").textContent);
  });

test("the index is a list in the order of the text, and a search in it finds names and posts and says how many", async () => {
  const { page, context, seen } = await annotated();
  const all = await listed(page);
  assert.ok(all.includes("陈立群") && all.includes("周怀远") && all.includes("绍兴市"));
  const search = page.getByRole("searchbox", { name: "搜索名字、职务、机构" });
  await search.fill("怀远");
  assert.deepEqual(await listed(page), ["周怀远"]);
  assert.equal(await page.locator("#index").getByRole("status").textContent(), "找到 1 个");
  // By the post, which is not the name.
  await search.fill("副市长");
  assert.deepEqual(await listed(page), ["陈立群"]);
  await search.fill("没有这个人");
  assert.deepEqual(await listed(page), []);
  assert.equal(await page.locator("#index").getByRole("status").textContent(), "没有找到");
  await search.fill("");
  assert.deepEqual(await listed(page), all);
  assert.equal(await page.locator("#index").getByRole("status").textContent(), "");
  // A filter and a search hold together, and a new reading does not forget either.
  await page.evaluate(() => window.annotator.setFilter({ kinds: ["place"] }));
  await search.fill("绍兴");
  await page.evaluate(() => window.annotator.scan());
  assert.deepEqual(await listed(page), ["绍兴市"]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("what is less probable than wanted is hidden everywhere, and comes back", async () => {
  const { page, context } = await annotated();
  const before = await painted(page);
  const scores = await page.evaluate(() => window.annotator.mentions.map(({ score }) => score));
  const least = Math.max(...scores);
  await page.evaluate(() => {
    window.changes = [];
    addEventListener("mingzhu-change", ({ detail }) => window.changes.push(detail));
  });
  await page.evaluate((minScore) => window.annotator.setFilter({ minScore }), least);
  const left = Object.values(await painted(page)).flat().length;
  assert.ok(left < scores.length, `${left} of ${scores.length}`);
  const counts = (await page.locator("#legend .mingzhu-count").allTextContents()).map(Number);
  assert.equal(counts.reduce((a, b) => a + b), (await listed(page)).length);
  await page.evaluate(() => window.annotator.setFilter({ minScore: 0 }));
  assert.deepEqual(await painted(page), before);
  const changes = await page.evaluate(() => window.changes);
  assert.ok(Math.abs(changes[0].minScore - least) < 1e-6 && changes[1].minScore === 0);
  const code = await page.evaluate(() => {
    try {
      return window.annotator.setFilter({ minScore: 2 });
    } catch (error) {
      return error.code;
    }
  });
  assert.equal(code, "OPTION_INVALID");
  await context.close();
});

test("next and previous go through all mentions, or through those of one entity", async () => {
  const { page, context } = await annotated();
  const places = await page.evaluate(() => {
    const { annotator } = window;
    const entity = annotator.entities.findIndex(({ name }) => name === "陈立群");
    const went = [];
    addEventListener("mingzhu-activate", ({ detail }) => went.push(detail.mention));
    for (let i = 0; i < 4; i++) annotator.next(entity);
    annotator.previous(entity);
    annotator.next();
    return { went, own: annotator.entities[entity].mentions, none: annotator.next(9999) };
  });
  const [first, second, third] = places.own;
  assert.deepEqual(places.went, [first, second, third, first, third, places.went[5]]);
  assert.equal(places.none, false);
  // After the last one of all comes the first.
  assert.equal(places.went[5], third === (await page.evaluate(() => window.annotator.mentions.length - 1)) ? 0 : third + 1);
  await context.close();
});

test("the counts are announced once", async () => {
  const { page, context } = await annotated({ observe: true });
  const region = page.locator("[data-mingzhu=announcer]");
  await page.waitForFunction(() => document.querySelector("[data-mingzhu=announcer]").textContent);
  const said = await region.textContent();
  assert.match(said, /官员 2/);
  await page.evaluate(() => {
    window.changes = 0;
    new MutationObserver(() => window.changes++).observe(document.querySelector("[data-mingzhu=announcer]"), { childList: true, subtree: true, characterData: true });
    document.querySelector("#root p").append("副市长罗景行参加。");
  });
  await page.locator("#index").getByRole("button", { name: /罗景行/ }).waitFor();
  await page.evaluate(() => window.annotator.setFilter({ kinds: ["official"] }));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  assert.equal(await page.evaluate(() => window.changes), 0);
  await context.close();
});

test("axe finds nothing: index and legend with a search, names as elements, a card, light and dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const render of ["highlights", "element"]) {
      const { page, context } = await annotated({ render }, { context: { colorScheme, bypassCSP: true, reducedMotion: "reduce" } });
      await page.evaluate(axe);
      const violations = async () => {
        const found = await page.evaluate(() => axe.run({ resultTypes: ["violations"], rules: { "page-has-heading-one": { enabled: false } } }));
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ").slice(0, 300)}`);
      };
      assert.deepEqual(await violations(), [], `${colorScheme} ${render}`);
      await page.getByRole("searchbox").fill("陈");
      await page.evaluate(() => window.annotator.next());
      // Not every driver can ask for reduced motion.
      await page.evaluate(() => {
        const { shadowRoot } = document.querySelector("[data-mingzhu=card]");
        return Promise.all(shadowRoot.getAnimations().map(({ finished }) => finished)).then(() => undefined);
      });
      assert.deepEqual(await violations(), [], `${colorScheme} ${render} with a card`);
      await context.close();
    }
  }
});
