// A fact-check of the demo's newspaper page, from open to export and back in: keys, real files, a browser that has
// forgotten everything, and the same again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, asked, desk, dialog, download, focus, hand, marks, press, push, saved, tab, told } from "./desk-page.js";
import { harness } from "./harness.js";

const it = harness();
const { opened } = desk(it);

const state = (page) =>
  page.evaluate(() => {
    const { story, decisions } = document.querySelector("mingzhu-desk");
    return { story: story ? { title: story.title, date: story.date, publisher: story.publisher, text: story.text } : null, decisions: decisions.length };
  });
const until = (page, job, argument) => page.waitForFunction(job, argument);
const answer = async (page, ...steps) => {
  await asked(page);
  for (const step of steps) await dialog(page, "write", step);
  await dialog(page, "press", "好");
  await answered(page);
};

test("the demo's page is checked by keys, taken away, and comes back to a browser that knows nothing", async () => {
  const { page, context, seen } = await opened({ story: null });
  const chooses = (id) => page.evaluate((id) => document.querySelector(id).click(), id);
  await chooses("#sample");
  await until(page, () => document.querySelector("mingzhu-desk").story?.id === "sample-binzhou-daily");
  // The keys are the desk's, although it was a button of the page that was pressed.
  await until(page, () => document.activeElement?.localName === "mingzhu-desk");
  await chooses("#sample-roster");
  await until(page, () => document.querySelector("mingzhu-desk").findings.some(({ expected }) => expected === "杜玉洁"));
  const before = await marks(page);
  assert.ok(before.length > 50 && before.every((mark) => mark.endsWith(" open")), `${before.length}`);

  await push(page, await told(page, "header .group:nth-child(2) > button:last-child"));
  await answer(page, ["input[name=author]", "张三"]);

  // The first name is at hand by the first key.
  await press(page, "j", "Enter", "Enter", "x", "k", "j", "n", "z", "y");
  await focus(page, "杜玉杰");
  await press(page, "2", "m");
  await answer(page, ["textarea", "名册作杜玉洁，已电话核实"]);
  await press(page, "o");
  await answer(page, ["input[name=title]", "副市长"], ["input[name=body]", "滨州市人民政府"]);
  await press(page, "e");
  await answer(page, ["input[name=name]", "杜玉杰"]);
  await press(page, "a");
  await asked(page);
  await dialog(page, "write", ["input[name=words]", "记者"]);
  await dialog(page, "press", "好");
  // It stands in several places: the first one is offered.
  await until(page, () => document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog input[name=place]"));
  await answer(page);
  const checked = await marks(page);
  for (const wanted of ["confirmed", "rejected", "changed", "added"]) {
    assert.ok(checked.some((mark) => mark.endsWith(` ${wanted}`)), `none is ${wanted}`);
  }
  const decided = await state(page);

  // Another roster, from a file.
  await hand(page, "载入名册", "名册.csv", "\uFEFFname,body,title\n穆杰,滨州市人民政府,市长\n");
  await tab(page, "findings");
  await until(page, () => document.querySelector("mingzhu-desk").shadowRoot.querySelector("[role=tabpanel]").textContent.includes("名册.csv"));

  const story = await download(page, "整篇稿件与核对（可带走，可再导入）");
  const annotations = await download(page, "注释（W3C 网络注释，JSON-LD）");
  const table = await download(page, "表格（CSV）");
  assert.deepEqual([story, annotations, table].map(({ name }) => name), ["mingzhu.json", "jsonld", "csv"].map((ending) => `滨州日报-2024年3月.${ending}`));
  assert.match(table.text, /"杜玉杰","person","changed"/);

  // Everything is forgotten, and nothing is left.
  const forget = async () => {
    await saved(page);
    await page.evaluate(async () => {
      document.querySelector("mingzhu-desk").remove();
      await new Promise((resolve, reject) => Object.assign(indexedDB.deleteDatabase("mingzhu-desk"), { onsuccess: resolve, onerror: reject }));
    });
    await opened({ page: { page, context, seen, go: () => page.reload() }, story: null });
    assert.deepEqual(await state(page), { story: null, decisions: 0 });
  };
  await forget();
  await hand(page, "导入", "滨州日报.mingzhu.json", story.text);
  await until(page, () => document.querySelector("mingzhu-desk").decisions.length > 0);
  assert.deepEqual(await marks(page), checked);
  assert.deepEqual(await state(page), decided);
  await saved(page);
  await page.reload();
  await until(page, () => document.querySelector("mingzhu-desk")?.marks?.length > 0);
  assert.deepEqual(await marks(page), checked);

  // As annotations, on the story as it is opened anew.
  await forget();
  await chooses("#sample");
  await until(page, () => document.querySelector("mingzhu-desk").story);
  assert.deepEqual(await marks(page), before);
  await hand(page, "导入", "滨州日报.jsonld", annotations.text);
  await until(page, () => document.querySelector("mingzhu-desk").decisions.length > 0);
  assert.deepEqual(await marks(page), checked);
  assert.deepEqual((await state(page)).decisions, decided.decisions);

  assert.deepEqual(seen.requests.filter((url) => !/^(blob|data):/.test(url) && new URL(url).origin !== new URL(it.url).origin), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a file that is too large is refused before it is read, and what holds nothing is not taken for a story", async () => {
  const { page, context } = await opened();
  const refused = (label, size) =>
    page.evaluate(
      async ([label, size]) => {
        const { shadowRoot } = document.querySelector("mingzhu-desk");
        const input = shadowRoot.querySelector(`input[aria-label^=${label}]`);
        const file = new File(["{}"], "large.json");
        Object.defineProperties(file, { size: { value: size }, text: { value: () => Promise.reject(new Error("it was read")) } });
        Object.defineProperty(input, "files", { configurable: true, value: [file] });
        input.dispatchEvent(new Event("change"));
        await new Promise((resolve) => setTimeout(resolve, 200));
        delete input.files;
        return shadowRoot.querySelector("[role=alert]").textContent;
      },
      [label, size],
    );
  assert.match(await refused("导入", 33 * 2 ** 20), /FILE_TOO_LARGE/);
  assert.match(await refused("载入名册", 33 * 2 ** 20), /ROSTER_TOO_LARGE/);
  const code = (text) => page.evaluate((text) => document.querySelector("mingzhu-desk").importFrom(text).catch(({ code }) => code), text);
  assert.equal(await code('{"version":1,"story":{"id":"x","text":"一篇"},"decisions":[{"id":1}]}'), "LOG_INVALID");
  assert.equal(await code('{"story":{"id":"x","text":"一篇"}}'), "FILE_UNKNOWN");
  assert.equal(await page.evaluate(() => document.querySelector("mingzhu-desk").story.id), "story-1");
  assert.equal(await page.evaluate(() => document.querySelector("mingzhu-desk").stories.length), 1);
  await context.close();
});
