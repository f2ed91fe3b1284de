/**
 * The marks as a list, in the order of the story: a part of it, around the one at hand. A long story has thousands, and
 * a list of so many elements makes every key wait.
 */

import { filled, node } from "./nodes.js";

/**
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {"all" | "open" | "decided" | "conflicts"} Which
 */

/** So many are there at once. */
const PART = 200;

/** @type {Record<Which, (mark: Mark) => boolean>} */
const SHOWN = {
  all: () => true,
  open: ({ state }) => state === "open",
  decided: ({ state }) => state !== "open",
  conflicts: ({ conflicts }) => Boolean(conflicts?.length),
};

export class ListView {
  #words;
  #session = /** @type {import("./session.js").Session | undefined} */ (undefined);
  /** @type {WeakMap<Mark, HTMLElement>} */
  #rows = new WeakMap();
  /** @type {WeakMap<Element, Mark>} */
  #marks = new WeakMap();
  /** @type {Mark | undefined} */
  #current;
  /** The marks that are asked for, and which of them is the first that is there. @type {Mark[]} */
  #asked = [];
  #from = 0;
  #which;
  #list;
  /** @type {HTMLButtonElement} */
  #before;
  /** @type {HTMLButtonElement} */
  #behind;

  /**
   * @param {import("./words.js").Words} words
   * @param {(mark: Mark) => void} go
   */
  constructor(words, go) {
    this.#words = words;
    const option = (/** @type {Which} */ value) => node("option", { value }, words[`show-${value}`]);
    this.#which = node(
      "select", { change: () => this.#ask() },
      option("all"), option("open"), option("decided"), option("conflicts"),
    );
    this.#list = node("ol", { class: "rows", click: (/** @type {Event} */ event) => {
      const row = event.target instanceof Element ? event.target.closest("li") : null;
      const mark = row && this.#marks.get(row);
      if (mark) go(mark);
    } });
    const more = (/** @type {number} */ by) => node("button", { type: "button", class: "more", hidden: true, click: () => this.#move(by) });
    [this.#before, this.#behind] = [more(-PART / 2), more(PART / 2)];
    this.element = node("div", {}, node("label", { class: "which" }, words.show, " ", this.#which), this.#before, this.#list, this.#behind);
  }

  /** @param {import("./session.js").Session} session */
  open(session) {
    this.#session = session;
    this.#current = undefined;
    this.#from = 0;
    this.#ask();
  }

  /** Other marks are there now. */
  redraw() {
    this.#ask();
  }

  /**
   * Which one is at hand.
   *
   * @param {Mark | undefined} mark
   */
  point(mark) {
    if (this.#current) this.#rows.get(this.#current)?.firstElementChild?.removeAttribute("aria-current");
    this.#current = mark;
    const at = mark ? this.#asked.indexOf(mark) : -1;
    // Half a part away from its ends, so that the next keys find it there.
    if (at >= 0 && !(this.#from <= at && at < this.#from + PART)) this.#draw(at - PART / 2);
    const row = mark && this.#rows.get(mark);
    row?.firstElementChild?.setAttribute("aria-current", "true");
  }

  /** Brings the one at hand into view, where the list is seen. */
  reveal() {
    const row = this.#current && this.#rows.get(this.#current);
    if (row?.isConnected) row.scrollIntoView({ block: "nearest" });
  }

  #ask() {
    const wanted = SHOWN[/** @type {Which} */ (this.#which.value)];
    this.#asked = this.#session?.marks.filter(wanted) ?? [];
    this.#draw(this.#from);
  }

  /** The part before or behind; who went there by keyboard goes on from there. @param {number} by */
  #move(by) {
    const button = by < 0 ? this.#before : this.#behind;
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    const had = root.activeElement === button;
    this.#draw(this.#from + by);
    const row = by < 0 ? this.#list.firstElementChild : this.#list.lastElementChild;
    if (had && button.hidden) /** @type {HTMLElement | null | undefined} */ (row?.firstElementChild)?.focus();
  }

  /** @param {number} from */
  #draw(from) {
    const { length } = this.#asked;
    this.#from = Math.max(0, Math.min(from, length - PART));
    const part = this.#asked.slice(this.#from, this.#from + PART);
    const rows = part.map((mark) => this.#rows.get(mark) ?? this.#row(mark));
    const kept = new Set(rows);
    for (const row of [...this.#list.children]) if (!kept.has(/** @type {HTMLElement} */ (row))) row.remove();
    // What stays is not moved: it may have the focus.
    let next = this.#list.firstElementChild;
    rows.forEach((row, at) => {
      row.setAttribute("aria-posinset", String(this.#from + at + 1));
      row.setAttribute("aria-setsize", String(length));
      if (row === next) next = row.nextElementSibling;
      else this.#list.insertBefore(row, next);
    });
    const behind = length - this.#from - part.length;
    this.#before.textContent = filled(this.#words["more-before"], { count: this.#from });
    this.#behind.textContent = filled(this.#words["more-behind"], { count: behind });
    [this.#before.hidden, this.#behind.hidden] = [this.#from === 0, behind === 0];
  }

  /** @param {Mark} mark */
  #row(mark) {
    const session = /** @type {import("./session.js").Session} */ (this.#session);
    const { kind, state, conflicts } = mark;
    const [title] = session.titles(mark);
    const row = node(
      "li", { "data-kind": kind, "data-state": state, "data-conflict": Boolean(conflicts?.length) },
      node(
        "button", { type: "button", "aria-current": mark === this.#current && "true" },
        node("span", { class: "name" }, session.words(mark)),
        title !== undefined && node("span", { class: "title" }, title),
        node("span", { class: "state" }, this.#words[`state-${state}`], conflicts?.length ? ` · ${this.#words.conflict}` : ""),
      ),
    );
    this.#rows.set(mark, row);
    this.#marks.set(row, mark);
    return row;
  }
}
