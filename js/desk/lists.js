/**
 * What else the side tells: entities, and what waits for somebody.
 */

import { filled, node } from "./nodes.js";

/**
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {import("./records.js").Span} Span
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./words.js").Words} Words
 */

/**
 * Marks by what they name.
 *
 * @param {Words} words
 * @param {Session} session
 * @param {(span: Span) => void} go
 */
export function entities(words, session, go) {
  /** @type {Map<string, Mark[]>} */
  const groups = new Map();
  for (const mark of session.marks) {
    if (mark.state === "rejected") continue;
    const key = `${session.named(mark)}\n${mark.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), mark]);
  }
  const rows = [...groups.values()].map((marks) => {
    const [first] = marks;
    const names = [...new Set(marks.map((mark) => session.words(mark)))].filter((name) => name !== session.named(first));
    const titles = [...new Set(marks.flatMap((mark) => session.titles(mark)))];
    const open = marks.filter(({ state }) => state === "open").length;
    let next = 0;
    return node(
      "li", { "data-kind": first.kind },
      node(
        "button", { type: "button", click: () => go(marks[next++ % marks.length]) },
        node("span", { class: "name" }, session.named(first)),
        titles.length > 0 && node("span", { class: "title" }, titles.join("；")),
        names.length > 0 && node("span", { class: "title" }, filled(words.also, { names: names.join("、") })),
        node("span", { class: "state" }, filled(words["entity-open"], { open, count: marks.length })),
      ),
    );
  });
  return node("ul", { class: "rows" }, ...rows);
}

/**
 * Conflicts, decisions that have lost their place, and notes on the story.
 *
 * @param {Words} words
 * @param {Session} session
 * @param {(span: Span) => void} go
 */
export function waiting(words, session, go) {
  const { conflicts, orphans, notes } = session;
  const decided = new Map((conflicts.length || orphans.length ? session.decisions() : []).map((decision) => [decision.id, decision]));
  const told = (/** @type {string} */ id) => {
    const decision = decided.get(id);
    return decision ? said(words, decision) : id;
  };
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
        node("span", { class: "name" }, quoted(decided.get(decision))),
        node("span", { class: "says" }, told(decision)),
        node("span", { class: "state" }, words[`orphan-${why}`]),
      ),
    ))),
    part(words.notes, notes.map(({ author, text }) => node("li", {}, node(
      "div", { class: "row" }, node("span", { class: "says" }, text), node("span", { class: "state" }, author),
    )))),
  ].filter((section) => section !== false);
  return node("div", {}, ...(content.length > 0 ? content : [node("p", { class: "none" }, words["nothing-waits"])]));
}

/** @param {import("./records.js").Decision} [decision] */
function quoted(decision) {
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
    : action.type === "span" ? quoted({ target: action.to, action, id: "", author: "", time: "" })
    : "";
  const what = [words[`did-${action.type}`], value].filter(Boolean).join("：");
  return [author, what, reason].filter(Boolean).join(" · ");
}
