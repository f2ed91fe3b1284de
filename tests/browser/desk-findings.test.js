// What the check has found is answered: by keys and by buttons, kept, taken away as files, and told to who does not see it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { all, answer, click, focus, focused, marks, press, reloaded, rested, select, told } from "./desk-page.js";
import { except, harness } from "./harness.js";

const it = harness();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const STORY = {
  id: "story-of-findings",
  title: "全市教育工作会议召开",
  date: "2026-03-18",
  text:
    "云泽日报讯(记者苏文漪 报道)3月18日,滨州市教育工作会议召开。滨州市副市长陈立裙出席会议并讲话。\n\n" +
    "滨州市教育局局长周怀远主持会议。周怀远要求抓好落实。\n\n会后,与会人员到海陵村走访。",
};
/** One character of a name is another one, and so is a title: of the two only the name is a mark. */
const ROSTER = "name,body,title\n陈立群,滨州市人民政府,副市长\n周怀远,滨州市教育局,副局长\n";

/** The desk with the story and the roster. */
async function opened({ roster = ROSTER, context } = {}) {
  const { page, context: made, seen, go } = await it.open({ path: "desk/", context });
  await go();
  await page.evaluate(
    async ([story, roster]) => {
      await customElements.whenDefined("mingzhu-desk");
      const desk = document.querySelector("mingzhu-desk");
      await desk.ready;
      await desk.open(story);
      if (roster) await desk.useRoster(roster, "list.csv");
    },
    [STORY, roster],
  );
  return { page, context: made, seen };
}

const count = (page) => told(page, "[data-tab=findings] .count");

const verdicts = (page) =>
  page.evaluate(() => document.querySelector("mingzhu-desk").answers.map(({ found, verdict, reason = "" }) => `${found} ${verdict} ${reason}`.trim()));

const pressed = (page) =>
  page.evaluate(() => [...document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(".verdict [aria-pressed=true]")].map(({ dataset }) => dataset.say));

test("names that were confirmed answer no finding, whenever the roster came", async () => {
  const { page, context, seen } = await opened({ roster: "" });
  for (const name of ["陈立裙", "周怀远"]) {
    await focus(page, name);
    await press(page, "Enter");
  }
  await page.evaluate((roster) => document.querySelector("mingzhu-desk").useRoster(roster, "list.csv"), ROSTER);
  assert.equal(await count(page), "2");
  await click(page, "[data-tab=findings]");
  assert.match(await told(page, "[role=tabpanel]"), /2 个疑点，2 个未处理/);
  assert.deepEqual(await verdicts(page), []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("by keys: go to a finding, say whether it is an error, take it back", async () => {
  const { page, context } = await opened();
  const before = await marks(page);
  await press(page, "Tab");
  await focus(page, "周怀远");
  await press(page, "w");
  assert.match(await told(page, ".said"), /先按 f/);
  await press(page, "f");
  assert.equal(await focused(page), "陈立裙");
  assert.match(await told(page, ".said"), /疑点：陈立裙。.*“陈立群”/);
  assert.match(await told(page, ".detail.finding"), /疑点：陈立裙 未处理.*“陈立群”.*名册第 2 行/);
  await press(page, "w");
  // The next one is of a title, which is no name, and is gone to all the same.
  assert.equal(await focused(page), "局长");
  assert.equal(await count(page), "1");
  await page.evaluate(() => (document.querySelector("mingzhu-desk").shadowRoot.querySelector(".reason").value = "新任，名册未更新"));
  await press(page, "r");
  assert.equal(await count(page), "");
  assert.deepEqual(await verdicts(page), ["陈立裙 accepted", "滨州市教育局局长 dismissed 新任，名册未更新"]);
  // Nothing was said of names.
  assert.deepEqual(await marks(page), before);
  await press(page, "f");
  assert.match(await told(page, ".said"), /没有未处理的疑点/);

  await press(page, "z");
  assert.equal(await count(page), "1");
  assert.equal(await focused(page), "局长");
  await press(page, "y");
  assert.equal(await count(page), "");
  // From a place without a name the next name is the one that follows it.
  await press(page, "j");
  assert.equal(await focused(page), "周怀远");
  await press(page, "w");
  assert.match(await told(page, ".said"), /先按 f/);
  assert.deepEqual(await pressed(page), ["accept", "dismiss"]);
  await context.close();
});

test("any place of a finding is underlined, shown and led back from; what is right is underlined no more", async () => {
  const { page, context } = await opened();
  assert.deepEqual(await all(page, ".story [data-doubt]"), ["陈立裙", "局长", "周怀远"]);
  assert.deepEqual(await page.evaluate(() => [...document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(".story p")].map((p) => p.textContent).join("\n\n")), STORY.text);
  await click(page, "[data-tab=findings]");
  await click(page, ".findings li:nth-child(2) .go");
  assert.equal(await focused(page), "局长");
  assert.equal(await told(page, ".story [data-hand]"), "局长");
  assert.match(await told(page, ".findings .go[aria-current]"), /局长/);
  await click(page, ".story .mark[data-doubt]");
  assert.equal(await told(page, ".findings .go[aria-current]"), "");
  assert.match(await told(page, ".detail"), /疑点.*“陈立群”只差一个字/);
  await click(page, ".story .spot");
  assert.match(await told(page, ".findings .go[aria-current]"), /局长/);
  await press(page, "r");
  assert.deepEqual(await all(page, ".story [data-doubt]"), ["陈立裙"]);
  await context.close();
});

test("two offices that exclude each other are underlined, and each of them is gone to", async () => {
  const { page, context } = await opened({ roster: "" });
  await page.evaluate(() =>
    document.querySelector("mingzhu-desk").open({ id: "two", text: "滨州市教育局局长周怀远主持会议。\n\n会后,滨州市教育局副局长周怀远到海陵村走访。" }));
  assert.deepEqual(await all(page, ".story .spot[data-doubt]"), ["局长", "副局长"]);
  await click(page, "[data-tab=findings]");
  for (const title of ["副局长", "局长", "副局长"]) {
    await click(page, ".findings .go");
    assert.equal(await focused(page), title);
  }
  // With another list other things are found; what is at hand is still the same, or nothing.
  await page.evaluate((roster) => document.querySelector("mingzhu-desk").useRoster(roster), "name,body,title\n甲乙丙,滨州市教育局,局长\n");
  assert.match(await told(page, ".findings .go[aria-current]"), /副局长/);
  await press(page, "w");
  assert.deepEqual(await verdicts(page), ["副局长 accepted"]);
  assert.deepEqual(await all(page, ".story .spot[data-doubt]"), ["局长", "副局长"]);
  await context.close();
});

test("by buttons: the focus stays, and what is pressed again is taken back", async () => {
  const { page, context } = await opened();
  await click(page, "[data-tab=findings]");
  const put = (selector) => page.evaluate((selector) => document.querySelector("mingzhu-desk").shadowRoot.querySelector(selector).focus(), selector);
  await put(".findings [data-say=dismiss]");
  await press(page, "Enter");
  assert.deepEqual(await verdicts(page), ["陈立裙 dismissed"]);
  assert.equal(await focused(page), "没有错");
  await rested(page);
  assert.equal(await focused(page), "没有错");
  await press(page, "Enter");
  assert.deepEqual(await verdicts(page), []);
  await put(".findings [data-say=accept]");
  await press(page, "Space");
  assert.deepEqual(await pressed(page), ["accept"]);
  await press(page, "z", "z", "y", "y");
  assert.deepEqual(await pressed(page), ["accept"]);
  assert.equal(await page.evaluate(() => document.querySelector("mingzhu-desk").decisions.filter(({ action }) => action.type === "accept").length), 1);
  await context.close();
});

test("answers are kept, stand in every file, and come back elsewhere", async () => {
  const { page, context } = await opened();
  await press(page, "Tab");
  await focus(page, "周怀远");
  await press(page, "f");
  await page.evaluate(() => (document.querySelector("mingzhu-desk").shadowRoot.querySelector(".reason").value = "电话核实"));
  await press(page, "w", "r");
  const said = ["陈立裙 accepted 电话核实", "滨州市教育局局长 dismissed"];
  assert.deepEqual(await verdicts(page), said);
  await reloaded(page);
  assert.deepEqual(await verdicts(page), said);
  assert.equal(await count(page), "");

  const files = await page.evaluate(async () => {
    const desk = document.querySelector("mingzhu-desk");
    const formats = ["annotations", "claims", "table", "report"];
    return Object.fromEntries(await Promise.all(formats.map(async (format) => [format, await desk.exportAs(format)])));
  });
  const { items } = JSON.parse(files.annotations).first;
  assert.deepEqual(items.filter(({ finding }) => finding).map(({ motivation, generator }) => [motivation, generator.name]), [["assessing", "mingzhu"], ["assessing", "mingzhu"]]);
  assert.deepEqual(items.filter(({ decision }) => decision?.action.finding).map(({ motivation, body }) => [motivation, body[0].value]), [["assessing", "error"], ["assessing", "right"]]);
  const claims = JSON.parse(files.claims).map(({ itemReviewed, reviewRating }) => [itemReviewed.name, reviewRating.ratingValue]);
  assert.deepEqual(claims, [["陈立裙", 1], ["滨州市教育局局长", 5]]);
  assert.match(files.table, /"陈立裙","finding","accepted",.*"name-near","陈立群","error"/);
  assert.match(files.report, /<h2>疑点<\/h2>.*陈立裙.*只差一个字.*是错误.*电话核实.*局长.*没有错/s);

  const back = await page.evaluate(
    async ([story, roster, file]) => {
      const desk = document.createElement("mingzhu-desk");
      desk.setAttribute("store", "none");
      document.body.append(desk);
      await desk.open(story);
      const told = () => desk.answers.map(({ found, verdict, finding = -1 }) => [found, verdict, finding]);
      await desk.importFrom(file);
      const without = told();
      await desk.useRoster(roster);
      const all = told();
      // The errors were mended.
      const text = story.text.replace("陈立裙", "陈立群").replace("局长", "副局长");
      await desk.open({ ...story, id: "mended", text });
      const lost = await desk.importFrom(file);
      const mended = [told(), lost.orphans];
      const again = (await desk.importFrom(await desk.exportAs("annotations"))).decisions;
      desk.remove();
      return { without, all, mended, again };
    },
    [STORY, ROSTER, files.annotations],
  );
  assert.deepEqual(back.without, [["陈立裙", "accepted", -1], ["滨州市教育局局长", "dismissed", -1]]);
  assert.deepEqual(back.all, [["陈立裙", "accepted", 0], ["滨州市教育局局长", "dismissed", 1]]);
  // What was accepted is corrected and no orphan.
  assert.equal(back.mended[0].some(([found]) => found === "陈立裙"), true);
  assert.equal(back.again, 2);
  await context.close();
});

test("two who answer differently are told", async () => {
  const { page, context } = await opened();
  await focus(page, "周怀远");
  await press(page, "f", "w");
  await page.evaluate(async () => {
    const desk = document.querySelector("mingzhu-desk");
    const [mine] = desk.decisions;
    const theirs = { ...mine, id: "theirs", author: "王五", action: { ...mine.action, type: "dismiss" } };
    await desk.importFrom(JSON.stringify({ version: 1, decisions: [theirs] }));
  });
  await click(page, "[data-tab=waiting]");
  assert.match(await told(page, "[role=tabpanel]"), /陈立裙 · 疑点是不是错误.*疑点属实：陈立裙 → 陈立群.*王五 · 疑点不成立/s);
  await click(page, "[role=tabpanel] .rows button");
  assert.equal(await focused(page), "陈立裙");
  // Who has seen both settles it, also by saying what is shown already.
  await click(page, "[data-tab=findings]");
  assert.deepEqual(await pressed(page), ["dismiss"]);
  await click(page, ".findings [data-say=dismiss]");
  assert.deepEqual(await page.evaluate(() => document.querySelector("mingzhu-desk").answers.map(({ verdict, conflict }) => [verdict, conflict])), [["dismissed", false]]);
  assert.equal(await told(page, "[data-tab=waiting] .count"), "");
  await context.close();
});

test("who does not see the page is told everything", except({ firefox: "its tree is asked of Chromium", webkit: "its tree is asked of Chromium" }), async () => {
  const { page, context } = await opened();
  await focus(page, "周怀远");
  await press(page, "f", "w");
  const session = await context.newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const read = nodes.filter(({ ignored }) => !ignored).map(({ role, name, description, properties = [] }) => {
    const state = Object.fromEntries(properties.map(({ name, value }) => [name, value.value]));
    return { role: role?.value, name: name?.value ?? "", description: description?.value ?? "", ...state };
  });
  const one = (role, name) => {
    const found = read.filter((node) => node.role === role && (name instanceof RegExp ? name.test(node.name) : node.name === name));
    assert.equal(found.length, 1, `${role} ${name}: ${JSON.stringify(read.filter((node) => node.role === role))}`);
    return found[0];
  };
  one("progressbar", "核对进度");
  one("tab", /^疑点 1$/);
  // Names are buttons that say what they are; what is doubted says why.
  assert.match(one("button", /^陈立裙，官员，/).description, /错误：.*“陈立群”/);
  const title = one("button", "局长");
  assert.match(title.description, /“副局长”/);
  assert.equal(title.focused, true);
  one("group", "怎样看“陈立裙”");
  one("group", "怎样看“滨州市教育局局长”");
  const buttons = read.filter(({ role, name }) => ["button", "ToggleButton"].includes(role) && /^(✓ )?(是错误|没有错)$/.test(name)).filter(({ pressed }) => pressed !== undefined);
  assert.deepEqual(buttons.map(({ pressed }) => String(pressed)), ["true", "false", "false", "false"]);
  assert.ok(read.some(({ name }) => name.startsWith("疑点：滨州市教育局局长")));
  // Nothing that can be pressed is without a name.
  assert.deepEqual(read.filter(({ role, name }) => ["button", "ToggleButton", "tab", "link", "textbox", "combobox"].includes(role) && !name), []);
  await context.close();
});

test("axe finds nothing with a finding at hand, answered and not", except({ webkit: "driven like this it cannot be told which colours to prefer" }), async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, context } = await opened({ context: { colorScheme, bypassCSP: true, reducedMotion: "reduce" } });
    await page.evaluate(axe);
    await focus(page, "周怀远");
    await press(page, "f", "r");
    assert.equal(await told(page, ".spot[data-hand]"), "局长");
    const violations = await page.evaluate(async () => {
      const { violations } = await axe.run({ resultTypes: ["violations"] });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ").slice(0, 300)}`);
    });
    assert.deepEqual(violations, [], colorScheme);
    await context.close();
  }
});

test("the mark at hand is meant by its buttons, and by keys once another place was left", async () => {
  const { page, context } = await opened();
  await focus(page, "周怀远");
  assert.match(await select(page, "与会人员"), /“与会人员”/);
  await press(page, "j", "k");
  assert.equal(await told(page, ".selected"), "");
  await press(page, "2");
  assert.deepEqual((await marks(page)).filter((mark) => /与会人员|周怀远 person/.test(mark)), ["周怀远 person changed"]);
  await select(page, "与会人员");
  await click(page, ".kinds [data-kind=place]");
  assert.deepEqual((await marks(page)).filter((mark) => /与会人员|周怀远 p/.test(mark)), ["周怀远 place changed"]);
  // Arrows go over the buttons without deciding anything.
  const decided = () => page.evaluate(() => document.querySelector("mingzhu-desk").decisions.length);
  const before = await decided();
  await page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector(".kinds [data-kind=official]").focus());
  await press(page, "ArrowRight", "ArrowDown");
  assert.equal(await decided(), before);
  await context.close();
});

test("n goes to what waits, o sets an office, and at the ends it is said where", async () => {
  const { page, context } = await opened();
  const first = (await marks(page))[0].split(" ")[0];
  await focus(page, first);
  await press(page, "k");
  assert.match(await told(page, ".said"), /前面没有了/);
  await press(page, "Enter");
  const second = await focused(page);
  await focus(page, first);
  await press(page, "n");
  assert.equal(await focused(page), second);
  await press(page, "y");
  assert.match(await told(page, ".said"), /没有可重做的/);

  await focus(page, "周怀远");
  await press(page, "o");
  await answer(page, { title: "党组书记", body: "滨州市教育局" });
  const office = await page.evaluate(() => document.querySelector("mingzhu-desk").marks.find(({ office }) => office)?.office);
  assert.deepEqual(office, { title: "党组书记", body: "滨州市教育局" });
  assert.match(await told(page, ".detail"), /滨州市教育局 党组书记/);
  await context.close();
});

test("white space is no name, and a very long one is drawn to its end", async () => {
  const { page, context } = await opened();
  await focus(page, "周怀远");
  await press(page, "a");
  assert.match(await answer(page, { words: "　 " }), /正文里没有这些字/);
  await page.keyboard.press("Escape");
  const length = await page.evaluate(async () => {
    const desk = document.querySelector("mingzhu-desk");
    const text = `会议纪要\n\n${"甲".repeat(900)}\n${"乙".repeat(900)}\n${"丙".repeat(900)}`;
    await desk.open({ id: "long", title: "长", text });
    const target = [{ type: "TextPositionSelector", start: 6, end: text.length }, { type: "TextQuoteSelector", exact: text.slice(6) }];
    const decision = { id: "1", author: "", time: "2026-03-18T00:00:00Z", target, action: { type: "add", kind: "organization" } };
    await desk.importFrom(JSON.stringify({ version: 1, decisions: [decision] }));
    const pieces = [...desk.shadowRoot.querySelectorAll(".story .mark")];
    return [desk.marks.length, pieces.map(({ textContent }) => textContent.length)];
  });
  assert.deepEqual(length, [1, [900, 900, 900]]);
  await context.close();
});
