/**
 * The marks as a list, in the order of the story.
 */

import { node } from "./nodes.js";

/**
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {"all" | "open" | "decided" | "conflicts"} Which
 */

export class ListView {
  #words;
  #session = /** @type {import("./session.js").Session | undefined} */ (undefined);
  /** @type {WeakMap<Mark, HTMLElement>} */
  #rows = new WeakMap();
  /** @type {Mark | undefined} */
  #current;
  #which;
  #list;

  /**
   * @param {import("./words.js").Words} words
   * @param {(mark: Mark) => void} go
   */
  constructor(words, go) {
    this.#words = words;
    const option = (/** @type {Which} */ value) => node("option", { value }, words[`show-${value}`]);
    this.#which = node(
      "select", { change: () => this.#list.setAttribute("data-which", this.#which.value) },
      option("all"), option("open"), option("decided"), option("conflicts"),
    );
    this.#list = node("ol", { class: "rows", "data-which": "all", click: (/** @type {Event} */ event) => {
      const row = event.target instanceof Element ? event.target.closest("li") : null;
      const at = row ? [...this.#list.children].indexOf(row) : -1;
      const mark = this.#session?.marks[at];
      if (mark) go(mark);
    } });
    this.element = node("div", {}, node("label", { class: "which" }, words.show, " ", this.#which), this.#list);
  }

  /** @param {import("./session.js").Session} session */
  open(session) {
    this.#session = session;
    this.#list.replaceChildren(...session.marks.map((mark) => this.#row(mark)));
  }

  /** @param {import("./session.js").Shown} shown */
  redraw({ from, gone, come }) {
    for (const _ of gone) this.#list.children[from]?.remove();
    const rows = come.map((mark) => this.#row(mark));
    const next = this.#list.children[from];
    if (next) next.before(...rows);
    else this.#list.append(...rows);
  }

  /**
   * Which one is at hand.
   *
   * @param {Mark | undefined} mark
   */
  point(mark) {
    if (this.#current) this.#rows.get(this.#current)?.firstElementChild?.removeAttribute("aria-current");
    this.#current = mark;
    const row = mark && this.#rows.get(mark);
    row?.firstElementChild?.setAttribute("aria-current", "true");
  }

  /** Brings the one at hand into view, where the list is seen. */
  reveal() {
    const row = this.#current && this.#rows.get(this.#current);
    if (row?.isConnected) row.scrollIntoView({ block: "nearest" });
  }

  /** @param {Mark} mark */
  #row(mark) {
    const session = /** @type {import("./session.js").Session} */ (this.#session);
    const { kind, state, conflicts } = mark;
    const [title] = session.titles(mark);
    const row = node(
      "li", { "data-kind": kind, "data-state": state, "data-conflict": Boolean(conflicts?.length) },
      node(
        "button", { type: "button" },
        node("span", { class: "name" }, session.words(mark)),
        title !== undefined && node("span", { class: "title" }, title),
        node("span", { class: "state" }, this.#words[`state-${state}`], conflicts?.length ? ` · ${this.#words.conflict}` : ""),
      ),
    );
    this.#rows.set(mark, row);
    return row;
  }
}
