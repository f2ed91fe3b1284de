/**
/**
 * What else the side tells: entities.
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
    if (mark.state === "rejected" || mark.state === "covered") continue;
    const key = `${session.named(mark)}\n${mark.kind}`;
    const group = groups.get(key);
    if (group) group.push(mark);
    else groups.set(key, [mark]);
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
