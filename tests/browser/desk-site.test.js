// The desk on a site: the story that the page holds, what it tells, several stories, others' files, and terms for the next.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { STORY, answered, asked, desk, dialog, download, focus, focused, hand, marks, press, push, reloaded, saved } from "./desk-page.js";
import { harness } from "./harness.js";

const it = harness();
const { opened } = desk(it);
const fixture = (name) => readFileSync(new URL(`../fixtures/exchange/${name}`, import.meta.url), "utf8");

/** The text that the fixtures are about. */
const FIXED = "云泽日报讯 副市长陈立群在会上发言。\n\n市教育局局长周怀远主持会议，<周怀远>\"到会\"。";

const html = (text) => `
  <article id="story">${text}</article>
  <script type="module" src="/pkg/desk.js"></script>
  <mingzhu-desk for="story" story="from-cms" date="2026-03-18" publisher="云泽日报" locale="zh-Hans"></mingzhu-desk>`;
const story = (page) =>
  page.evaluate(() => {
    const { opened, ...story } = document.querySelector("mingzhu-desk").story;
    return story;
  });

test("the story of a page is read there, and what a checker has said of it stays", async () => {
  const { page, context } = await opened({ story: null, html: html(STORY.text) });
  const { text, ...known } = await story(page);
  // What a line break in the source becomes is each engine's own.
  assert.equal(text.replace(/\s/g, ""), STORY.text.replace(/\s/g, ""));
  assert.deepEqual(known, { id: "from-cms", title: "test", date: "2026-03-18", publisher: "云泽日报", url: await page.url() });
  await focus(page, "陈立裙");
  await press(page, "Enter");
  await push(page, "稿件信息");
  await asked(page);
  await dialog(page, "write", ["input[name=title]", "教育会议"]);
  await dialog(page, "write", ["input[name=date]", "2026-03-19"]);
  await dialog(page, "press", "好");
  await answered(page);
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").story.title === "教育会议");
  await reloaded(page);
  const { title, date, publisher } = await story(page);
  assert.deepEqual({ title, date, publisher }, { title: "教育会议", date: "2026-03-19", publisher: "云泽日报" });
  assert.ok((await marks(page)).includes("陈立裙 official confirmed"));
  await context.close();
});

test("the page is told what happens", async () => {
  const { page, context } = await opened();
  await page.evaluate(() => {
    window.heard = [];
    for (const name of ["mingzhu-desk-ready", "mingzhu-decision", "mingzhu-error"]) {
      document.addEventListener(name, ({ type, detail }) => window.heard.push([type, detail?.story, detail?.decision?.action.type, detail?.error?.code]));
    }
  });
  await focus(page, "陈立裙");
  await press(page, "Enter", "z");
  await hand(page, "导入", "nothing.json", "{}");
  await page.waitForFunction(() => window.heard.length === 3);
  await page.evaluate(async () => {
    const desk = document.querySelector("mingzhu-desk");
    const { parentElement } = desk;
    desk.remove();
    parentElement.append(desk);
    await desk.ready;
  });
  assert.deepEqual(await page.evaluate(() => window.heard.map((each) => each.map((one) => one ?? null))), [
    ["mingzhu-decision", "story-1", "confirm", null],
    ["mingzhu-decision", "story-1", "undo", null],
    ["mingzhu-error", null, null, "FILE_UNKNOWN"],
    ["mingzhu-desk-ready", null, null, null],
  ]);
  await context.close();
});

test("stories are chosen, named and deleted", async () => {
  const { page, context } = await opened();
  await focus(page, "陈立裙");
  await press(page, "Enter");
  await push(page, "新稿件");
  await asked(page);
  await dialog(page, "write", ["textarea[name=text]", "会议由李明主持。\r\n王芳参加。"]);
  await dialog(page, "press", "好");
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").story?.text.startsWith("会议"));
  assert.deepEqual((await story(page)).title, "会议由李明主持。");
  const choose = (title) =>
    page.evaluate((title) => {
      const select = document.querySelector("mingzhu-desk").shadowRoot.querySelector("header select");
      select.value = [...select.options].find(({ text }) => text.startsWith(title)).value;
      select.dispatchEvent(new Event("change"));
    }, title);
  await choose(STORY.title);
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").story?.id === "story-1");
  assert.ok((await marks(page)).includes("陈立裙 official confirmed"));
  await choose("会议由李明主持。");
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").story?.id !== "story-1");
  await push(page, "删除稿件");
  await asked(page);
  await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog [type=submit]").click());
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").story?.id === "story-1");
  await saved(page);
  await reloaded(page);
  assert.deepEqual(await page.evaluate(() => document.querySelector("mingzhu-desk").stories.map(({ id }) => id)), ["story-1"]);
  await context.close();
});

test("n goes to what waits, o says which office", async () => {
  const { page, context } = await opened();
  await focus(page, "云泽日报");
  await press(page, "j", "2", "k", "n");
  assert.notEqual(await focused(page), "苏文漪");
  await focus(page, "周怀远");
  await press(page, "o");
  await asked(page);
  await dialog(page, "write", ["input[name=title]", "局长"]);
  await dialog(page, "write", ["input[name=body]", "滨州市教育局"]);
  await dialog(page, "press", "好");
  await answered(page);
  const office = await page.evaluate(() => document.querySelector("mingzhu-desk").marks.find(({ office }) => office)?.office);
  assert.deepEqual(office, { title: "局长", body: "滨州市教育局" });
  await context.close();
});

test("files of Hypothesis and Recogito come in by the door that readers use", async () => {
  for (const name of ["hypothesis.json", "recogito.json"]) {
    const { page, context } = await opened({ story: { id: name, title: "核对", text: FIXED } });
    await hand(page, "导入", name, fixture(name));
    await page.waitForFunction(() => document.querySelector("mingzhu-desk").decisions.length > 0);
    const authors = await page.evaluate(() => document.querySelector("mingzhu-desk").decisions.map(({ author }) => author));
    assert.ok(authors.some(Boolean) && !authors.some((author) => author?.startsWith("未署名")), String(authors));
    assert.ok((await marks(page)).some((mark) => !mark.endsWith(" open")), `${name}: ${await marks(page)}`);
    await context.close();
  }
});

test("what was decided teaches the next story: by program, and by a file", async () => {
  const { page, context } = await opened();
  await focus(page, "陈立裙");
  await press(page, "2");
  await press(page, "a");
  await asked(page);
  await dialog(page, "write", ["input[name=words]", "抓好落实"]);
  await dialog(page, "choose", "input[value=organization]");
  await dialog(page, "press", "好");
  await answered(page);
  const file = await download(page, "术语（CSV，供下一篇使用）");
  assert.equal(file.name, "全市教育工作会议召开.terms.csv");
  assert.deepEqual(file.text.trim().split("\n"), ['"text","kind"', '"抓好落实","organization"', '"陈立裙","person"']);
  const found = await page.evaluate(async () => {
    const { Annotator } = await import("/pkg/mingzhu.js");
    const annotator = await Annotator.load();
    const text = "抓好落实昨天成立。";
    const before = (await annotator.annotate(text)).mentions.map(({ kind }) => kind);
    await annotator.addTerms(document.querySelector("mingzhu-desk").terms());
    const after = (await annotator.annotate(text)).mentions.map(({ start, end, kind }) => `${text.slice(start, end)} ${kind}`);
    annotator.dispose();
    return { before, after };
  });
  assert.deepEqual(found, { before: [], after: ["抓好落实 organization"] });
  await context.close();
});

test("the report is a page to print, without a script", async () => {
  const { page, context } = await opened();
  await focus(page, "陈立裙");
  await page.evaluate(() => (document.querySelector("mingzhu-desk").shadowRoot.querySelector(".reason").value = "<img src=x onerror=alert(1)>"));
  await press(page, "2");
  const { name, text } = await download(page, "可打印的报告（HTML）");
  assert.equal(name, "全市教育工作会议召开.html");
  const seen = await page.evaluate((text) => {
    const policy = globalThis.trustedTypes?.createPolicy("report-of-a-test", { createHTML: (text) => text });
    const report = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
    return { title: report.title, images: report.images.length, scripts: report.scripts.length, print: /@media print/.test(report.querySelector("style").textContent), words: report.body.textContent };
  }, text);
  assert.deepEqual([seen.images, seen.scripts, seen.print], [0, 0, true]);
  assert.match(seen.title, /全市教育工作会议召开/);
  assert.match(seen.words, /陈立裙.*<img src=x/s);
  await context.close();
});
