/**
 * What waits for somebody.
 */

import { filled, node } from "./nodes.js";

/**
 * @typedef {import("./records.js").Span} Span
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./store.js").Import} Import
 * @typedef {import("./words.js").Words} Words
 *
 * @typedef {object} Answers what is done about what is pressed
 * @property {(span: Span) => void} go
 * @property {(lost: string) => void} settle puts a decision that has lost its place on the words that are selected
 * @property {(lost: string) => void} dismiss nobody needs it any more
 * @property {(taken: Import) => void} withdraw takes back what a file has brought
 */

/**
 * Conflicts, decisions that have lost their place, notes on the story, and files that were taken in.
 *
 * @param {Words} words
 * @param {Session} session
 * @param {readonly Import[]} imports
 * @param {Answers} answers
 */
export function waiting(words, session, imports, { go, settle, dismiss, withdraw }) {
  const { conflicts, orphans, notes } = session;
  const told = (/** @type {string} */ id) => {
    const decision = session.decision(id);
    return decision ? said(words, decision) : id;
  };
  const button = (/** @type {string} */ name, /** @type {() => void} */ click) => node("button", { type: "button", class: "small", click }, words[name]);
  const part = (/** @type {string} */ title, /** @type {HTMLElement[]} */ rows) =>
    rows.length > 0 && node("section", {}, node("h2", {}, title), node("ul", { class: "rows" }, ...rows));
  const content = [
    part(words.conflicts, conflicts.map((conflict) => node(
      "li", {},
      node(
        "button", { type: "button", click: () => go(conflict) },
        node("span", { class: "name" }, session.words(conflict), " · ", words[`aspect-${conflict.aspect}`]),
        ...conflict.decisions.map((id) => node("span", { class: "says" }, told(id))),
      ),
    ))),
    part(words.orphans, orphans.map(({ decision, why }) => node(
      "li", {},
      node(
        "div", { class: "row" },
        node("span", { class: "name" }, quoteOf(session.decision(decision))),
        node("span", { class: "says" }, told(decision)),
        node("span", { class: "says" }, words[`orphan-${why}`]),
        button("settle-here", () => settle(decision)),
        button("dismiss-orphan", () => dismiss(decision)),
      ),
    ))),
    part(words.notes, notes.map(({ author, text }) => node("li", {}, node(
      "div", { class: "row" }, node("span", { class: "says" }, text), node("span", { class: "state" }, author),
    )))),
    part(words.imports, imports.map((taken) => node("li", {}, node(
      "div", { class: "row" },
      node("span", { class: "name" }, taken.name || words.import),
      node("span", { class: "says" }, filled(words["import-of"], { count: taken.decisions.length, time: new Date(taken.time).toLocaleString(words.language) })),
      button("withdraw", () => withdraw(taken)),
    )))),
  ].filter((section) => section !== false);
  const still = conflicts.length + orphans.length + notes.length === 0;
  return node("div", {}, still && node("p", { class: "none" }, words["nothing-waits"]), ...content);
}

/**
 * The words that a decision is about.
 *
 * @param {import("./records.js").Decision} [decision]
 */
export function quoteOf(decision) {
  const quote = decision?.target?.find(({ type }) => type === "TextQuoteSelector");
  return quote && "exact" in quote ? quote.exact : "";
}

/**
 * A decision in words.
 *
 * @param {Words} words
 * @param {import("./records.js").Decision} decision
 */
function said(words, { action, author, reason }) {
  const value =
    action.type === "kind" || action.type === "add" ? words[action.kind]
    : action.type === "entity" ? action.name
    : action.type === "office" ? action.title
    : action.type === "note" ? action.text
    : action.type === "accept" || action.type === "dismiss" ? `${action.finding.found} → ${action.finding.expected}`
    : action.type === "span" ? quoteOf({ target: action.to, action, id: "", author: "", time: "" })
    : "";
  const what = [words[`did-${action.type}`], value].filter(Boolean).join("：");
  return [author, what, reason].filter(Boolean).join(" · ");
}
