/**
 * Checks stories beside the page. It holds what the page holds of the open story: its text, the machine's article, all
 * decisions, and the roster.
 *
 * In: `{ id, do: "load" | "open" | "merge" | "roster" | "check", … }`, done in that order. Out: `{ id, value }`, or `{ id, error }`,
 * after which the page checks by itself.
 */

import init, { Confusables, Review, Roster } from "./wasm/mingzhu_desk.js";

/** @type {Confusables} */
let confusables;
/** @type {Review | undefined} */
let review;
/** @type {Roster | undefined} */
let roster;

/** @type {Record<string, (message: any) => unknown>} */
const jobs = {
  async load({ module, table }) {
    await init({ module_or_path: module });
    confusables = new Confusables(table);
  },
  open({ text, article, log }) {
    review?.free();
    review = new Review(text, article, log);
  },
  merge({ log }) {
    review?.merge(log);
  },
  roster({ text }) {
    roster?.free();
    roster = text === undefined ? undefined : new Roster(text);
  },
  check() {
    return roster ? review?.checkAgainst(confusables, roster) : review?.check(confusables);
  },
};

let before = Promise.resolve();

addEventListener("message", ({ data }) => {
  before = before.then(async () => {
    try {
      postMessage({ id: data.id, value: await jobs[data.do](data) });
    } catch (error) {
      postMessage({ id: data.id, error: String(error) });
    }
  });
});
