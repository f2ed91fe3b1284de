// The fact-checker's desk, from a story that is opened to a file that is taken away, and back.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { ROSTER, STORY, answered, desk, dialog, focus, focused, marks, press, reloaded, select, told } from "./desk-page.js";
import { except, harness } from "./harness.js";

const it = harness();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { opened } = desk(it);

/** What is drawn: the same, by what stands in the text. */
const drawn = (page) =>
  page.evaluate(() =>
    [...document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(".story .mark")].map(
      (mark) => `${mark.textContent} ${mark.dataset.kind} ${mark.dataset.state}`,
    ),
  );

test("what is drawn is what is said, and nothing but the site is asked", async () => {
  const { page, context, seen } = await opened();
  const all = await marks(page);
  assert.ok(all.includes("陈立裙 official open") && all.includes("滨州市教育局 organization open"), String(all));
  assert.deepEqual(await drawn(page), all);
  const text = await page.evaluate(() =>
    [...document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(".story p")].map((p) => p.textContent).join("\n\n"));
  assert.equal(text, STORY.text);
  assert.equal(await told(page, ".count-text"), `0 / ${all.length} 已核对`);
  assert.deepEqual(seen.requests.filter((url) => new URL(url).origin !== new URL(it.url).origin && !url.startsWith("blob:")), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a story is checked by keyboard alone, and all of it is there after a reload", async () => {
  const { page, context } = await opened();
  await focus(page, "陈立裙");
  await press(page, "Enter");
  // A verdict goes on to what waits for one.
  assert.notEqual(await focused(page), "陈立裙");
  await focus(page, "周怀远");
  await press(page, "2", "j");
  await press(page, "k");
  assert.equal(await focused(page), "周怀远");
  await focus(page, "云泽日报");
  await press(page, "x");
  const all = await marks(page);
  assert.ok(all.includes("陈立裙 official confirmed"), String(all));
  assert.ok(all.includes("周怀远 person changed") && all.includes("云泽日报 organization rejected"), String(all));
  assert.deepEqual(await drawn(page), all);
  assert.match(await told(page, ".count-text"), /^3 \//);

  await reloaded(page);
  assert.deepEqual(await marks(page), all);
  await context.close();
});

test("of a long story the list has a part, which follows the name at hand and goes on by buttons", async () => {
  const text = Array.from({ length: 150 }, (_, i) => `${i + 1}日,滨州市副市长陈立群到济南市调研。`).join("\n\n");
  const { page, context, seen } = await opened({ story: { ...STORY, id: "long", text } });
  const list = () =>
    page.evaluate(() => {
      const root = document.querySelector("mingzhu-desk").shadowRoot;
      const rows = [...root.querySelectorAll("ol.rows > li")];
      const of = (row) => row?.getAttribute("aria-posinset") ?? null;
      const more = [...root.querySelectorAll(".more")].map((button) => (button.hidden ? "" : button.textContent));
      return { rows: rows.length, first: of(rows[0]), of: rows[0]?.getAttribute("aria-setsize"), at: of(root.querySelector("ol.rows [aria-current]")?.closest("li")), more };
    });
  const { length } = await marks(page);
  assert.ok(length >= 450, `${length} names`);
  assert.deepEqual(await list(), { rows: 200, first: "1", of: `${length}`, at: null, more: ["", `后面还有 ${length - 200} 处`] });
  await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(".story .mark[role]")[199].focus());
  await press(page, "j");
  // The tabs come a little behind.
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector("ol.rows [aria-current]"));
  const there = await list();
  assert.equal(there.at, "201");
  assert.deepEqual([there.rows, there.first], [200, "101"]);
  // What is decided is seen in the part that is there.
  await press(page, "x");
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector("ol.rows > li[data-state=rejected]"));
  assert.equal((await list()).first, "101");
  const states = await page.evaluate(() =>
    [...document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll("ol.rows > li")].filter(({ dataset }) => dataset.state === "rejected").map((row) => row.getAttribute("aria-posinset")));
  assert.deepEqual(states, ["201"]);
  await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector(".more").click());
  assert.equal((await list()).first, "1");
  // Only what was decided is asked for: one row, and nothing before or behind.
  await page.evaluate(() => {
    const which = document.querySelector("mingzhu-desk").shadowRoot.querySelector(".which select");
    which.value = "decided";
    which.dispatchEvent(new Event("change"));
  });
  const decided = await list();
  assert.deepEqual([decided.rows, decided.of, decided.more], [1, "1", ["", ""]]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("undo and redo walk through what was decided", async () => {
  const { page, context } = await opened();
  const before = await marks(page);
  await focus(page, "周怀远");
  await press(page, "2");
  const first = await marks(page);
  await press(page, "4");
  const second = await marks(page);
  await press(page, "z");
  assert.deepEqual(await marks(page), first);
  await press(page, "Control+z");
  assert.deepEqual(await marks(page), before);
  await press(page, "z");
  assert.match(await told(page, ".said"), /没有可撤销的/);
  await press(page, "y", "Control+Shift+z");
  assert.deepEqual(await marks(page), second);
  // Nothing was taken out of the log.
  assert.equal(await page.evaluate(() => document.querySelector("mingzhu-desk").decisions.length), 6);
  await context.close();
});

test("selected text becomes a name, and the extent of one", async () => {
  const { page, context } = await opened();
  await focus(page, "陈立裙");
  assert.match(await select(page, "与会人员"), /“与会人员”/);
  await press(page, "4");
  assert.ok((await marks(page)).includes("与会人员 organization added"));
  await focus(page, "周怀远");
  assert.match(await select(page, "主持会议"), /“主持会议”/);
  await press(page, "s");
  const all = await marks(page);
  assert.ok(all.some((mark) => mark.startsWith("主持会议 ") && mark.endsWith(" changed")), String(all));
  assert.deepEqual(await drawn(page), all);
  await context.close();
});

test("without a pointer a name is added by writing it, and changed by buttons", async () => {
  const { page, context } = await opened();
  await focus(page, "陈立裙");
  await press(page, "a");
  await dialog(page, "write", ["input[name=words]", "没有这些字"]);
  await dialog(page, "press", "好");
  assert.match(await dialog(page), /正文里没有这些字/);
  await dialog(page, "write", ["input[name=words]", "落实"]);
  await dialog(page, "choose", "input[value=place]");
  await dialog(page, "press", "好");
  await answered(page);
  assert.ok((await marks(page)).includes("落实 place added"), String(await marks(page)));

  await press(page, "s");
  await dialog(page, "press", "开头前移");
  await dialog(page, "press", "好");
  await answered(page);
  assert.ok((await marks(page)).includes("好落实 place added"), String(await marks(page)));

  await press(page, "e");
  await dialog(page, "write", ["input[name=name]", "落实村"]);
  await dialog(page, "press", "好");
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").marks.some(({ entity }) => entity?.name === "落实村"));
  await press(page, "m");
  await dialog(page, "write", ["textarea", "电话问过"]);
  await dialog(page, "press", "好");
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").marks.some(({ notes }) => notes?.[0].text === "电话问过"));
  await context.close();
});

test("letters can be switched off, and are never taken from who writes", async () => {
  const { page, context } = await opened();
  const before = await marks(page);
  await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector(".reason").focus());
  await press(page, "x", "2");
  assert.deepEqual(await marks(page), before);
  assert.equal(await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector(".reason").value), "x2");

  await focus(page, "陈立裙");
  await press(page, "?");
  await page.evaluate(() => {
    const dialog = document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog");
    dialog.querySelector("input[type=checkbox]").click();
    dialog.querySelector("button").click();
  });
  await answered(page);
  await focus(page, "陈立裙");
  await press(page, "x", "2");
  assert.deepEqual(await marks(page), before);
  // It is a mark that has the focus.
  await press(page, "Enter");
  assert.ok((await marks(page)).includes("陈立裙 official confirmed"));
  await context.close();
});

test("what was exported comes back elsewhere, and says the same", async () => {
  const { page, context } = await opened();
  await focus(page, "陈立裙");
  await page.evaluate(() => (document.querySelector("mingzhu-desk").shadowRoot.querySelector(".reason").value = "名单里是陈立群"));
  await press(page, "2");
  await focus(page, "周怀远");
  await press(page, "Enter");
  const all = await marks(page);
  const files = await page.evaluate(async () => {
    const desk = document.querySelector("mingzhu-desk");
    const formats = ["annotations", "claims", "table", "report"];
    return Object.fromEntries(await Promise.all(formats.map(async (format) => [format, await desk.exportAs(format)])));
  });
  assert.equal(JSON.parse(files.annotations).type, "AnnotationCollection");
  const [claim] = JSON.parse(files.claims);
  assert.match(claim.claimReviewed, /副市长陈立裙出席会议并讲话/);
  assert.equal(claim.reviewBody, "名单里是陈立群");
  assert.match(files.table, /"陈立裙","person","changed"/);
  assert.match(files.report, /名单里是陈立群/);
  assert.doesNotMatch(files.report, /<script/);

  const back = await page.evaluate(
    async ([story, file]) => {
      const desk = document.createElement("mingzhu-desk");
      desk.setAttribute("store", "none");
      document.body.append(desk);
      await desk.open(story);
      const imported = await desk.importFrom(file);
      const all = desk.marks.map(({ start, end, kind, state }) => `${story.text.slice(start, end)} ${kind} ${state}`);
      const refused = await desk.importFrom("{}").catch(({ code }) => code);
      const still = desk.marks.length;
      const other = { ...story, id: "other", text: "别的稿件，与此无关。" };
      await desk.open(other);
      const lost = await desk.importFrom(file);
      desk.remove();
      return { imported, all, refused, still, lost };
    },
    [STORY, files.annotations],
  );
  assert.deepEqual(back.all, all);
  assert.deepEqual(back.imported, { decisions: 2, orphans: 0 });
  assert.equal(back.refused, "FILE_UNKNOWN");
  assert.equal(back.still, all.length);
  // What has no place there is kept, and listed.
  assert.deepEqual(back.lost, { decisions: 2, orphans: 2 });
  await context.close();
});

test("a roster tells what is doubtful, and a damaged one where", async () => {
  const { page, context } = await opened();
  const findings = () => page.evaluate(() => document.querySelector("mingzhu-desk").findings.map(({ rule, found, expected }) => [rule, found, expected]));
  assert.deepEqual(await findings(), []);
  await page.evaluate((list) => document.querySelector("mingzhu-desk").useRoster(list, "list.csv"), ROSTER);
  assert.deepEqual(await findings(), [["name-near", "陈立裙", "陈立群"]]);
  const doubted = await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector("[data-doubt]").textContent);
  assert.equal(doubted, "陈立裙");
  await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector("[data-tab=findings]").click());
  assert.match(await told(page, "[role=tabpanel]"), /list\.csv.*陈立裙.*“陈立群”只差一个字.*名册第 2 行/s);

  const refused = await page.evaluate(() =>
    document.querySelector("mingzhu-desk").useRoster("name,rank\n陈立群,第一\n").catch(({ code, line, column }) => [code, line, column]));
  assert.deepEqual(refused, ["ROSTER_RANK", 2, 5]);
  // The one before is still there, after a reload as well.
  await reloaded(page);
  assert.equal((await findings()).length, 1);
  await context.close();
});

test("two tabs lose nothing, and people who disagree are told", except({ webkit: "its driver has one tab" }), async () => {
  const first = await opened();
  const page = await first.context.newPage();
  const second = await opened({ page: { page, context: first.context, go: () => page.goto(new URL("desk/", it.url).href) } });
  const sign = (page, author) =>
    page.evaluate(async (author) => {
      const desk = document.querySelector("mingzhu-desk");
      const { story } = desk;
      desk.setAttribute("author", author);
      const parent = desk.parentElement;
      desk.remove();
      parent.append(desk);
      await desk.ready;
      await desk.open(story);
    }, author);
  await sign(first.page, "张三");
  await sign(second.page, "李四");
  // At the same time, neither having seen the other.
  // (A tab behind another one gets no keys from a driver.)
  const pressed = (page, words, key) =>
    page.evaluate(([words, key]) => {
      const all = document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(".story .mark");
      const mark = [...all].find((mark) => mark.textContent === words);
      mark.click();
      mark.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }));
    }, [words, key]);
  await Promise.all([pressed(first.page, "周怀远", "2"), pressed(second.page, "陈立裙", "Enter")]);
  for (const { page } of [first, second]) {
    await page.waitForFunction(() => document.querySelector("mingzhu-desk").decisions.length === 2);
    const all = await marks(page);
    assert.ok(all.includes("周怀远 person changed") && all.includes("陈立裙 official confirmed"), String(all));
  }
  const conflicting = await first.page.evaluate(async () => {
    const desk = document.querySelector("mingzhu-desk");
    const [mine] = desk.decisions.filter(({ action }) => action.type === "kind");
    const theirs = { ...mine, id: "theirs", author: "王五", action: { type: "kind", kind: "place" } };
    await desk.importFrom(JSON.stringify({ version: 1, decisions: [theirs] }));
    return desk.marks.find(({ conflicts }) => conflicts?.length)?.conflicts;
  });
  assert.deepEqual(conflicting, ["kind"]);
  await second.page.waitForFunction(() => document.querySelector("mingzhu-desk").marks.some(({ conflicts }) => conflicts?.length));
  await first.context.close();
});

test("axe finds nothing, in light and dark, wide and narrow", except({ webkit: "driven like this it cannot be told which colours to prefer, nor how narrow to be" }), async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const viewport of [{ width: 1280, height: 900 }, { width: 360, height: 740 }]) {
      const context = { colorScheme, viewport, bypassCSP: true, reducedMotion: "reduce" };
      const { page, context: made } = await opened({ context });
      await page.evaluate((list) => document.querySelector("mingzhu-desk").useRoster(list, "list.csv"), ROSTER);
      await page.evaluate(axe);
      const violations = () =>
        page.evaluate(async () => {
          const { violations } = await axe.run({ resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ").slice(0, 300)}`);
        });
      const at = `${colorScheme} ${viewport.width}`;
      await focus(page, "周怀远");
      await press(page, "2");
      for (const tab of ["marks", "entities", "findings", "waiting"]) {
        await page.evaluate((tab) => document.querySelector("mingzhu-desk").shadowRoot.querySelector(`[data-tab=${tab}]`).click(), tab);
        assert.deepEqual(await violations(), [], `${at} ${tab}`);
      }
      await focus(page, "周怀远");
      await press(page, "?");
      assert.deepEqual(await violations(), [], `${at} with the keys`);
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, `${at}: ${sideways} px to be scrolled sideways`);
      await made.close();
    }
  }
});

test("where the browser keeps nothing, it says so and goes on", async () => {
  const { page, context } = await it.open({
    html: `<script type="module">
      Object.defineProperty(window, "indexedDB", { value: { open() { throw new DOMException("no leave", "SecurityError"); } } });
      await import("/pkg/desk.js");
      document.body.append(document.createElement("mingzhu-desk"));
    </script>`,
    csp: "",
  }).then(async (opened) => (await opened.go(), opened));
  await page.waitForFunction(() => document.querySelector("mingzhu-desk"));
  await page.evaluate(async (story) => document.querySelector("mingzhu-desk").open(story), STORY);
  assert.match(await told(page, "[role=alert]"), /STORE_FAILED/);
  await focus(page, "陈立裙");
  await press(page, "Enter");
  assert.ok((await marks(page)).includes("陈立裙 official confirmed"));
  await context.close();
});
