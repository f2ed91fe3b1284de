// What the tests of the desk share: a story, a roster, and what is seen and done on its page.

import { readFileSync } from "node:fs";
import { ENGINE } from "./harness.js";

export const STORY = {
  id: "story-1",
  title: "全市教育工作会议召开",
  date: "2026-03-18",
  text:
    "云泽日报讯(记者苏文漪 报道)3月18日,滨州市教育工作会议召开。滨州市副市长陈立裙出席会议并讲话。\n\n" +
    "滨州市教育局局长周怀远主持会议。周怀远要求抓好落实。\n\n会后,与会人员到海陵村走访。",
};
export const ROSTER = "name,body,title\n陈立群,滨州市人民政府,副市长\n周怀远,滨州市教育局,局长\n";

/** What is said of the story: words, kind and state of each mark. */
export const marks = (page) =>
  page.evaluate(() => {
    const desk = document.querySelector("mingzhu-desk");
    return desk.marks.map(({ start, end, kind, state }) => `${desk.story.text.slice(start, end)} ${kind} ${state}`);
  });

/** What is drawn with the next frame is there; none comes to a page in the background. */
export const drawn = (page) =>
  page.evaluate(() =>
    Promise.race([
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => setTimeout(resolve)))),
      new Promise((resolve) => setTimeout(resolve, 500)),
    ]));

export async function told(page, selector) {
  await drawn(page);
  return page.evaluate((selector) => document.querySelector("mingzhu-desk").shadowRoot.querySelector(selector)?.textContent ?? "", selector);
}

/** The texts of all elements of a selector. */
export async function all(page, selector) {
  await drawn(page);
  return page.evaluate((selector) => [...document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(selector)].map((element) => element.textContent), selector);
}

/** Clicks the first element of a selector. */
export async function click(page, selector) {
  await drawn(page);
  return page.evaluate((selector) => document.querySelector("mingzhu-desk").shadowRoot.querySelector(selector).click(), selector);
}

/** Puts the focus on the mark of some words. */
export const focus = (page, words) =>
  page.evaluate((words) => {
    const all = document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(".story .mark");
    [...all].find((mark) => mark.textContent === words).focus();
  }, words);

export const focused = (page) => page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.activeElement?.textContent);

export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

export const saved = (page) => page.evaluate(() => document.querySelector("mingzhu-desk").saved());

export async function reloaded(page) {
  await saved(page);
  await page.reload();
  await ready(page);
}

/** Selects words of the story; what the desk says of them. */
export const select = (page, words) =>
  page.evaluate(async (words) => {
    const root = document.querySelector("mingzhu-desk").shadowRoot;
    const walker = document.createTreeWalker(root.querySelector(".story"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(words);
      if (at < 0) continue;
      const selection = root.getSelection?.() ?? getSelection();
      selection.setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return root.querySelector(".selected").textContent;
    }
    throw new Error(`${words} is not there`);
  }, words);

/** Does something with the question that is asked: `write` a field, `choose` a box, `press` a button; all that it says. */
export const dialog = (page, job, argument) =>
  page.evaluate(
    ([job, argument]) => {
      const dialog = document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog");
      const button = (words) => [...dialog.querySelectorAll("button")].find((button) => button.textContent === words);
      if (job === "write") {
        const field = dialog.querySelector(argument[0]);
        field.value = argument[1];
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }
      if (job === "choose") dialog.querySelector(argument).click();
      if (job === "press") button(argument).click();
      return dialog?.textContent;
    },
    [job, argument],
  );

/** Fills the dialog that is open, presses OK, and waits until it is gone; gives what it said, where it stays. */
export async function answer(page, values = {}) {
  await page.waitForFunction(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog[open]"));
  const wrong = await page.evaluate((values) => {
    const dialog = document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog");
    for (const [name, value] of Object.entries(values)) dialog.querySelector(`[name=${name}]`).value = value;
    dialog.querySelector("button[type=submit]").click();
    return dialog.querySelector(".wrong")?.textContent ?? "";
  }, values);
  if (wrong) return wrong;
  await page.waitForFunction(() => !document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog"));
  return "";
}

/** Until what was decided has been checked again. */
export const rested = (page) => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));

export const asked = (page) => page.waitForFunction(() => document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog"));
export const answered = (page) => page.waitForFunction(() => !document.querySelector("mingzhu-desk").shadowRoot.querySelector("dialog"));

export const tab = (page, name) =>
  page.evaluate((name) => document.querySelector("mingzhu-desk").shadowRoot.querySelector(`[data-tab=${name}]`).click(), name);

/** Presses the button of these words, on the desk's frame or beside a row. */
export async function push(page, words) {
  await drawn(page);
  return page.evaluate((words) => {
    const all = [...document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll("button")];
    all.find((button) => button.textContent === words).click();
  }, words);
}

/** Chooses a file where the desk takes one in, as from the reader's disk. */
export async function hand(page, label, name, text) {
  const buffer = Buffer.from(text);
  await page.locator(`mingzhu-desk input[type=file][aria-label^=${label}]`).setInputFiles({ name, mimeType: "", buffer });
}

/** The name and the text of the file that a button has the browser save. */
export async function download(page, words) {
  if (ENGINE === "chromium") {
    const [download] = await Promise.all([page.waitForEvent("download"), push(page, words)]);
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), "utf8") };
  }
  // The other drivers tell of no download that comes from the page itself: it is caught on its way.
  return page.evaluate(async (words) => {
    const { createObjectURL } = URL;
    const { click } = HTMLAnchorElement.prototype;
    const saved = new Promise((resolve) => {
      let blob;
      URL.createObjectURL = (given) => createObjectURL.call(URL, (blob = given));
      HTMLAnchorElement.prototype.click = function () {
        resolve({ name: this.download, blob });
      };
    });
    const all = [...document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll("button")];
    all.find((button) => button.textContent === words).click();
    const { name, blob } = await saved;
    Object.assign(URL, { createObjectURL });
    Object.assign(HTMLAnchorElement.prototype, { click });
    return { name, text: await blob.text() };
  }, words);
}

/** Presses a key on the mark of some words, and does something in the same breath: nothing can be kept in between. */
export const pressAnd = (page, words, key, then) =>
  page.evaluate(
    ([words, key, then]) => {
      const desk = document.querySelector("mingzhu-desk");
      const mark = [...desk.shadowRoot.querySelectorAll(".story .mark")].find((mark) => mark.textContent === words);
      mark.click();
      mark.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }));
      if (then === "remove") desk.remove();
      if (then === "leave") location.href = "/icon.svg";
    },
    [words, key, then],
  );

/** What a test file of the desk opens. */
export function desk(it) {
  /** The desk's page with a story. */
  async function opened({ story = STORY, page: given, context, path = "desk/", html } = {}) {
    const { page, context: made, seen, go } = given ?? (await it.open({ path, context, html }));
    await go();
    await ready(page);
    if (story) await page.evaluate((story) => document.querySelector("mingzhu-desk").open(story), story);
    return { page, context: made, seen };
  }
  /** Another tab of the same browser, as it comes up by itself. */
  async function another(context, path = "desk/") {
    const page = await context.newPage();
    await page.goto(new URL(path, it.url).href);
    await ready(page);
    return page;
  }
  return { opened, another };
}

const ready = (page) => page.evaluate(() => customElements.whenDefined("mingzhu-desk").then(() => document.querySelector("mingzhu-desk").ready));
