// What tests of the desk do again and again.

/** Puts the focus on the mark of some words. */
export const focus = (page, words) =>
  page.evaluate((words) => {
    const all = document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(".story .mark");
    [...all].find((mark) => mark.textContent === words).focus();
  }, words);

/** The words that have the focus. */
export const focused = (page) => page.evaluate(() => document.querySelector("mingzhu-desk").shadowRoot.activeElement?.textContent);

export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** The text of the first element of a selector. */
export const told = (page, selector) =>
  page.evaluate((selector) => document.querySelector("mingzhu-desk").shadowRoot.querySelector(selector)?.textContent ?? "", selector);

/** The texts of all elements of a selector. */
export const all = (page, selector) =>
  page.evaluate((selector) => [...document.querySelector("mingzhu-desk").shadowRoot.querySelectorAll(selector)].map((element) => element.textContent), selector);

/** Clicks the first element of a selector. */
export const click = (page, selector) =>
  page.evaluate((selector) => document.querySelector("mingzhu-desk").shadowRoot.querySelector(selector).click(), selector);

/** What is said of the story: words, kind and state of each mark. */
export const marks = (page) =>
  page.evaluate(() => {
    const desk = document.querySelector("mingzhu-desk");
    return desk.marks.map(({ start, end, kind, state }) => `${desk.story.text.slice(start, end)} ${kind} ${state}`);
  });

/** Selects words of the story; gives what is said of them. */
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

export async function reloaded(page) {
  await page.evaluate(() => document.querySelector("mingzhu-desk").saved());
  await page.reload();
  await page.evaluate(() => customElements.whenDefined("mingzhu-desk").then(() => document.querySelector("mingzhu-desk").ready));
}
