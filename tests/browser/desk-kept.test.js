// What the desk keeps, for whom, and what it does with what others bring.

import assert from "node:assert/strict";
import { test } from "node:test";
import { STORY, answered, asked, desk, dialog, focus, focused, marks, press, pressAnd, push, reloaded, saved, select, tab, told } from "./desk-page.js";
import { ENGINE, except, harness } from "./harness.js";

const it = harness();
const { opened, another } = desk(it);
const ONE_TAB = { webkit: "its driver has one tab" };

const decisions = (page) => page.evaluate(() => document.querySelector("mingzhu-desk").decisions);
const bring = (page, decisions, name = "from-elsewhere.json") =>
  page.evaluate(
    ([decisions, name]) => document.querySelector("mingzhu-desk").importFrom(JSON.stringify({ version: 1, decisions }), name),
    [decisions, name],
  );

/** Somebody else's decision on some words. */
const theirs = (words, action, more = {}) => ({
  id: `theirs-${words}`,
  author: "王五",
  time: "2026-03-18T08:00:00Z",
  target: [{ type: "TextQuoteSelector", exact: words, prefix: "", suffix: "" }],
  kind: "person",
  action,
  ...more,
});

test("after a load the keys work at once", async () => {
  const { page, context } = await opened();
  await reloaded(page);
  await press(page, "j");
  assert.equal(await focused(page), "云泽日报");
  await context.close();
});

test("a desk that is taken away at once has kept what was decided", async () => {
  const { page, context } = await opened();
  await pressAnd(page, "陈立裙", "Enter", "remove");
  const kept = await page.evaluate(async () => {
    const desk = document.createElement("mingzhu-desk");
    document.querySelector("main").append(desk);
    await desk.ready;
    return desk.decisions.map(({ action }) => action.type);
  });
  assert.deepEqual(kept, ["confirm"]);
  await context.close();
});

test("what is said of a story is kept once `saved` is through, though the story was still being read", async () => {
  const { page, context } = await opened();
  await page.evaluate(async () => {
    const desk = document.querySelector("mingzhu-desk");
    void desk.open({ id: desk.story.id, title: "教育会议", date: "2026-03-19" });
    await new Promise((resolve) => setTimeout(resolve));
    await desk.saved();
  });
  await page.reload();
  await page.waitForFunction(() => document.querySelector("mingzhu-desk")?.story);
  const { title, date } = await page.evaluate(() => document.querySelector("mingzhu-desk").story);
  assert.deepEqual([title, date], ["教育会议", "2026-03-19"]);
  await context.close();
});

test("a tab that goes down at once loses nothing", async () => {
  const { page, context } = await opened();
  if (ENGINE === "chromium") {
    await pressAnd(page, "陈立裙", "Enter");
    await page.goto("chrome://crash").catch(() => {});
    assert.equal((await decisions(await another(context))).length, 1);
  } else {
    // The others have no address that kills a tab: it is left in the same breath.
    await pressAnd(page, "陈立裙", "Enter", "leave");
    await page.waitForFunction(() => location.pathname === "/icon.svg");
    await opened({ page: { page, context, go: () => page.goto(new URL("desk/", it.url).href) }, story: null });
    assert.equal((await decisions(page)).length, 1);
  }
  await context.close();
});

test("what the disk refuses is said, and kept when it has room again", async () => {
  const { page, context } = await opened();
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("the disk is full", "QuotaExceededError");
    };
    window.makeRoom = () => (IDBObjectStore.prototype.put = put);
  });
  await focus(page, "陈立裙");
  await press(page, "Enter");
  assert.equal(await page.evaluate(() => document.querySelector("mingzhu-desk").saved().catch(({ code }) => code)), "STORE_FAILED");
  assert.match(await told(page, "[role=alert]"), /STORE_FAILED/);
  await page.evaluate(() => window.makeRoom());
  await reloaded(page);
  assert.equal((await decisions(page)).length, 1);
  await context.close();
});

test("who has given no name is somebody all the same, and z takes back nobody else's work", async () => {
  const checked = async () => {
    const one = await opened();
    await focus(one.page, "陈立裙");
    await press(one.page, "Enter");
    return { ...one, decisions: await decisions(one.page) };
  };
  const other = await checked();
  await other.context.close();
  const one = await checked();
  const [[mine], [hers]] = [one.decisions, other.decisions];
  assert.match(mine.author, /^未署名 [0-9a-f]{4}$/);
  assert.notEqual(mine.author, hers.author);
  await bring(one.page, [hers]);
  await press(one.page, "z");
  const undone = (await decisions(one.page)).filter(({ action }) => action.type === "undo").map(({ action }) => action.decision);
  assert.deepEqual(undone, [mine.id]);
  await press(one.page, "z");
  assert.match(await told(one.page, ".said"), /没有可撤销的/);
  // It is the same somebody after a reload.
  await reloaded(one.page);
  await focus(one.page, "周怀远");
  await press(one.page, "2");
  assert.equal((await decisions(one.page)).at(-1).author, mine.author);
  await one.context.close();
});

test("two decisions of one id are both kept", async () => {
  const { page, context } = await opened();
  await bring(page, [theirs("周怀远", { type: "kind", kind: "official" })]);
  await bring(page, [theirs("周怀远", { type: "kind", kind: "person" })]);
  const both = (all) => all.map(({ action }) => action.kind).sort();
  assert.deepEqual(both(await decisions(page)), ["official", "person"]);
  await reloaded(page);
  assert.deepEqual(both(await decisions(page)), ["official", "person"]);
  await context.close();
});

test("what is half written is there again", async () => {
  const { page, context } = await opened();
  await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector(".reason").focus());
  await press(page, ..."abc");
  await focus(page, "周怀远");
  await press(page, "m");
  await asked(page);
  await dialog(page, "write", ["textarea", "还要问"]);
  await reloaded(page);
  const reason = () => page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector(".reason").value);
  assert.equal(await reason(), "abc");
  await focus(page, "周怀远");
  await press(page, "m");
  await asked(page);
  assert.equal(await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector("textarea").value), "还要问");
  await dialog(page, "press", "好");
  await answered(page);
  // What has become part of a decision is written out.
  assert.equal(await reason(), "");
  await reloaded(page);
  assert.equal(await reason(), "");
  const [note] = await decisions(page);
  assert.deepEqual([note.action.text, note.reason], ["还要问", "abc"]);
  await context.close();
});

test("the browser is asked once to throw nothing away", except({ webkit: "WebKitGTK has no navigator.storage" }), async () => {
  const { page, context } = await opened();
  await page.evaluate(() => {
    window.asked = 0;
    navigator.storage.persist = async () => (window.asked += 1) > 0;
  });
  await focus(page, "陈立裙");
  await press(page, "Enter", "x");
  await saved(page);
  assert.equal(await page.evaluate(() => window.asked), 1);
  await context.close();
});

test("an import is withdrawn, and stays so", async () => {
  const { page, context } = await opened();
  const before = await marks(page);
  assert.deepEqual(await bring(page, [theirs("周怀远", { type: "reject" }), theirs("陈立裙", { type: "kind", kind: "place" })]), { decisions: 2, orphans: 1 });
  assert.notDeepEqual(await marks(page), before);
  await tab(page, "waiting");
  assert.match(await told(page, "[role=tabpanel]"), /from-elsewhere\.json.*2 条/s);
  await reloaded(page);
  await tab(page, "waiting");
  await push(page, "撤回这次导入");
  assert.deepEqual(await marks(page), before);
  await reloaded(page);
  assert.deepEqual(await marks(page), before);
  // It is in the log, as everything is.
  assert.equal((await decisions(page)).length, 3);
  await tab(page, "waiting");
  assert.doesNotMatch(await told(page, "[role=tabpanel]"), /from-elsewhere/);
  await context.close();
});

test("what has lost its place is put where it belongs, or dismissed", async () => {
  const { page, context } = await opened();
  await bring(page, [
    theirs("与会代表", { type: "add", kind: "organization" }, { id: "1", reason: "旧稿" }),
    theirs("副县长", { type: "add", kind: "person" }, { id: "2" }),
    theirs("不再有的字", { type: "reject" }, { id: "3" }),
  ]);
  const lost = () => page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll("[role=tabpanel] .row").length);
  await tab(page, "waiting");
  assert.equal(await lost(), 4);
  await select(page, "与会人员");
  await press(page, "p");
  assert.ok((await marks(page)).includes("与会人员 organization added"), String(await marks(page)));
  assert.equal(await lost(), 3);
  // By writing the words, without a pointer.
  await press(page, "p");
  await asked(page);
  await dialog(page, "write", ["input[name=words]", "走访"]);
  await dialog(page, "press", "好");
  await answered(page);
  assert.equal(await lost(), 2);
  await push(page, "不再需要");
  assert.equal(await lost(), 1);
  await reloaded(page);
  await tab(page, "waiting");
  assert.equal(await lost(), 1);
  await context.close();
});

test("what is not said of a story stays as it was said", async () => {
  const { page, context } = await opened({ story: { ...STORY, publisher: "云泽日报", url: "https://news.example/1" } });
  await reloaded(page);
  const { id, text } = STORY;
  const known = await page.evaluate(
    async ([id, text]) => {
      const desk = document.querySelector("mingzhu-desk");
      await desk.open({ id, text: `${text}\n\n补一段。`, date: undefined });
      const { opened, ...known } = desk.story;
      return known;
    },
    [id, text],
  );
  assert.deepEqual(known, { ...STORY, text: `${text}\n\n补一段。`, publisher: "云泽日报", url: "https://news.example/1" });
  const missing = await page.evaluate(() => document.querySelector("mingzhu-desk").open({ id: "nowhere" }).catch(({ code }) => code));
  assert.equal(missing, "STORY_MISSING");
  await context.close();
});

test("of two stories that are chosen the later one is shown", async () => {
  const { page, context } = await opened();
  const seen = await page.evaluate(async (story) => {
    const desk = document.querySelector("mingzhu-desk");
    const slow = desk.open({ id: "slow", text: Array.from({ length: 200 }, (_, i) => `${i}. ${story.text}`).join("\n") }).catch(({ code }) => code);
    const quick = desk.open({ id: "quick", text: "会议由李明主持。" });
    await quick;
    return [await slow, desk.story.id, desk.shadowRoot.querySelector(".story").textContent];
  }, STORY);
  assert.deepEqual(seen.slice(1), ["quick", "会议由李明主持。"]);
  assert.equal(seen[0], "ABORTED");
  await context.close();
});

test("a story that another tab deletes is closed, one that it names anew is called so", except(ONE_TAB), async () => {
  const { page, context } = await opened({ story: { id: "other", title: "另一篇", text: "会议由李明主持。" } });
  await page.evaluate((story) => document.querySelector("mingzhu-desk").open(story), STORY);
  await saved(page);
  const second = await another(context);
  await second.evaluate(() => document.querySelector("mingzhu-desk").open({ id: "story-1", title: "改过的标题" }));
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").story.title === "改过的标题");
  await push(second, "删除稿件");
  await asked(second);
  await second.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog [type=submit]").click());
  for (const tab of [page, second]) await tab.waitForFunction(() => document.querySelector("mingzhu-desk").story?.id === "other");
  assert.match(await told(page, ".said"), /“改过的标题”在另一个标签页里被删除了/);
  await context.close();
});

test("a roster that can no longer be read keeps nobody from working", async () => {
  const { page, context } = await opened();
  await saved(page);
  await page.evaluate(async () => {
    const answer = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    const database = await answer(indexedDB.open("mingzhu-desk"));
    await answer(database.transaction("settings", "readwrite").objectStore("settings").put({ name: "old.csv", text: "name,rank\n陈立群,第一\n" }, "roster"));
    database.close();
  });
  await reloaded(page);
  assert.match(await told(page, "[role=alert]"), /ROSTER_RANK/);
  assert.equal(await page.evaluate(() => document.querySelector("mingzhu-desk").story.id), "story-1");
  await context.close();
});

test("stories that an earlier desk has kept are there, with what was decided", async () => {
  const { page, context, go } = await it.open({ path: "icon.svg" });
  await go();
  await page.evaluate(async ([story, decision]) => {
    const request = indexedDB.open("mingzhu-desk", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("stories", { keyPath: "id" });
      request.result.createObjectStore("decisions", { keyPath: ["story", "decision.id"] }).createIndex("story", "story");
      request.result.createObjectStore("settings");
    };
    const database = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const transaction = database.transaction(["stories", "decisions"], "readwrite");
    transaction.objectStore("stories").put({ ...story, opened: 1 });
    transaction.objectStore("decisions").put({ story: story.id, decision });
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, [STORY, theirs("陈立裙", { type: "kind", kind: "person" })]);
  await opened({ page: { page, context, go: () => page.goto(new URL("desk/", it.url).href) }, story: null });
  assert.ok((await marks(page)).includes("陈立裙 person changed"), String(await marks(page)));
  await context.close();
});
