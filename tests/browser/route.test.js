// Sites that show another page without loading one: what they put in the place of the text is annotated.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NEWS, harness, noWorkers, painted } from "./harness.js";

const it = harness();

/** As Turbo does: a body in the place of a body, the one before kept for the way back. */
const TURBO = () => {
  const bodies = { "#/": document.body.cloneNode(true) };
  const show = () => {
    document.documentElement.replaceChild(bodies[location.hash || "#/"].cloneNode(true), document.body);
  };
  addEventListener("popstate", show);
  window.visit = (hash, text) => {
    const body = (bodies[hash] = document.createElement("body"));
    const article = document.createElement("article");
    article.append(Object.assign(document.createElement("p"), { textContent: text }));
    body.append(article);
    history.pushState(null, "", hash);
    show();
  };
};

/** Waits until these are painted as officials, in a text that stands in the document. */
async function officials(page, names) {
  const found = async () => (await painted(page))["mingzhu-official"] ?? [];
  for (let i = 0; i < 200 && (await found()).join() !== names.join(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(await found(), names);
}

for (const [tag, attributes] of Object.entries({
  "boot.js": `async src="/pkg/boot.js" data-when=now`,
  "auto.js": `type=module src="/pkg/auto.js" data-mingzhu-auto`,
})) {
  test(`a body that is another one, there and back by the history, is annotated by ${tag}, and the one before let go`, async () => {
    const { page, context, seen, go } = await it.open({
      html: `<article><p>${NEWS}</p></article><script ${attributes} data-observe data-locale="zh-Hans"></script>`,
    });
    await go();
    await officials(page, ["陈立群"]);
    await page.evaluate(TURBO);
    await page.evaluate(() => window.visit("#/second", "市长周怀远在绍兴市调研。"));
    await officials(page, ["周怀远"]);
    // And what changes in there is read.
    await page.evaluate(() => (document.querySelector("article p").textContent = "副市长秦望舒在绍兴市调研。"));
    await officials(page, ["秦望舒"]);
    await page.evaluate(() => history.back());
    await officials(page, ["陈立群"]);
    await page.evaluate(() => history.forward());
    await officials(page, ["周怀远"]);
    // One annotator at a time: the others are gone with their sheets and workers.
    assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length), 1);
    assert.deepEqual(seen.problems, []);
    await context.close();
  });
}

test("a root that moves is annotated where it is then, and one that leaves for good leaves no worker", async () => {
  const { page, context, seen, go } = await it.open({
    html: `<div id=one><article><p>${NEWS}</p></article></div><div id=two></div><script async src="/pkg/boot.js" data-root=article data-when=now data-observe></script>`,
  });
  await page.addInitScript(() => {
    window.ready = 0;
    addEventListener("mingzhu-ready", () => window.ready++);
  });
  await go();
  await officials(page, ["陈立群"]);
  await page.evaluate(() => document.getElementById("two").append(document.querySelector("article")));
  await page.waitForFunction(() => window.ready === 2);
  await officials(page, ["陈立群"]);
  await page.evaluate(() => document.querySelector("article").remove());
  await officials(page, []);
  await noWorkers(page);
  assert.equal(await page.evaluate(() => document.querySelectorAll("[data-mingzhu]").length), 0);
  assert.deepEqual(seen.problems, []);
  await context.close();
});
