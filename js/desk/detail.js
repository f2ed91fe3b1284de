/**
 * The mark at hand: what is said of it, and what may be decided.
 */

import { says } from "./findings.js";
import { filled, node, present } from "./nodes.js";

/** In the order of their keys. */
export const KINDS = /** @type {const} */ (["official", "person", "place", "organization"]);

/**
 * @typedef {import("./records.js").Mark} Mark
 *
 * @param {import("./words.js").Words} words
 * @param {import("./session.js").Session} session
 * @param {Mark | undefined} mark
 * @param {(command: import("./keys.js").Command) => void} run decides of this mark, whatever is selected
 */
export function detail(words, session, mark, run) {
  if (!mark) return node("p", { class: "none" }, words["no-mark"]);
  const { kind, state, score, notes = [], conflicts = [] } = mark;
  const button = (/** @type {import("./keys.js").Command} */ command, /** @type {string} */ className = "") =>
    node("button", { type: "button", class: className, click: () => run(command) }, words[command]);
  const kinds = node(
    "div", { class: "kinds", role: "group", "aria-label": words.kind },
    ...KINDS.map((name) => node(
      "button", { type: "button", "data-kind": name, "aria-pressed": String(name === kind), click: () => run(name) }, words[name],
    )),
  );
  const facts = present([
    fact(words.entity, session.named(mark)),
    ...session.titles(mark).map((title) => fact(words.office, title)),
    score !== undefined && fact(words.score, `${Math.round(100 * score)} %`),
    ...findingsOf(session, mark).map((finding) => fact(words.finding, says(words, finding))),
    ...conflicts.map((aspect) => fact(words.conflict, words[`aspect-${aspect}`])),
    ...notes.map(({ author, text }) => fact(author ? filled(words["note-by"], { author }) : words["note-of"], text)),
  ]);
  return node(
    "div", { class: "detail", "data-kind": kind, "data-state": state },
    node("h2", {}, session.words(mark), " ", node("span", { class: "state" }, words[`state-${state}`])),
    node("dl", {}, ...facts.flat()),
    kinds,
    node(
      "div", { class: "decide" },
      button("confirm", "first"), button("reject"), button("span"), button("set-entity"), button("set-office"), button("note"),
    ),
  );
}

/**
 * What the check has found there.
 *
 * @param {import("./session.js").Session} session
 * @param {Mark} mark
 */
function findingsOf(session, mark) {
  return session.findings.filter(({ spans }) => spans.some(({ start, end }) => start < mark.end && mark.start < end));
}

/**
 * @param {string} name
 * @param {string} value
 */
function fact(name, value) {
  return node("div", {}, node("dt", {}, name), node("dd", {}, value));
}
