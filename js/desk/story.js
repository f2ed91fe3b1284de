/**
 * The story with its marks. They are elements here, which keyboards and screen readers come to: the text is the desk's own.
 */

import { node } from "./nodes.js";

/**
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {import("./records.js").Span} Span
 *
 * @typedef {object} Paragraph
 * @property {number} start
 * @property {number} end
 * @property {HTMLElement} element
 */

export class StoryView {
  /** @type {Paragraph[]} */
  #paragraphs = [];
  #text = "";
  /** @type {HTMLElement | undefined} */
  #current;
  /** @type {WeakMap<Element, Mark>} */
  #marks = new WeakMap();
  /** The first piece of each mark. @type {WeakMap<Mark, HTMLElement>} */
  #elements = new WeakMap();
  #label;

  /**
   * @param {(mark: Mark) => string} label what a mark is called to who does not see it
   */
  constructor(label) {
    this.#label = label;
    this.element = node("article", { class: "story", part: "story", lang: "zh" });
  }

  /**
   * @param {string} text
   * @param {readonly Mark[]} marks
   */
  open(text, marks) {
    this.#text = text;
    this.#paragraphs = [...text.matchAll(/[^\n\r]+/g)].map(({ 0: line, index }) => ({
      start: index, end: index + line.length, element: node("p"),
    }));
    for (const paragraph of this.#paragraphs) this.#fill(paragraph, marks);
    this.element.replaceChildren(...this.#paragraphs.map(({ element }) => element));
  }

  /**
   * Draws anew where marks have gone or come.
   *
   * @param {readonly Mark[]} marks all of them
   * @param {readonly Span[]} changed
   */
  redraw(marks, changed) {
    for (const paragraph of this.#paragraphs) {
      if (changed.some((span) => span.start < paragraph.end && paragraph.start < span.end)) this.#fill(paragraph, marks);
    }
  }

  /**
   * Where a mark begins; undefined for one that another one covers.
   *
   * @param {Mark} mark
   */
  elementOf(mark) {
    const element = this.#elements.get(mark);
    return element?.isConnected ? element : undefined;
  }

  /**
   * Which mark is at hand: the one that the Tab key comes to.
   *
   * @param {Mark | undefined} mark
   */
  point(mark) {
    const [before, now] = [this.#current, mark && this.elementOf(mark)];
    before?.removeAttribute("aria-current");
    if (before && before !== now) before.tabIndex = -1;
    now?.setAttribute("aria-current", "true");
    const first = now ?? /** @type {HTMLElement | null} */ (this.element.querySelector(".mark[role]"));
    if (first) first.tabIndex = 0;
    this.#current = first ?? undefined;
  }

  /**
   * Underlines what a check doubts.
   *
   * @param {readonly import("./records.js").Finding[]} findings
   */
  doubt(findings) {
    for (const element of this.element.querySelectorAll("[data-doubt]")) element.removeAttribute("data-doubt");
    const spans = findings.flatMap(({ spans, severity }) => spans.map((span) => ({ ...span, severity })));
    if (spans.length === 0) return;
    for (const element of this.element.querySelectorAll(".mark")) {
      const mark = this.#marks.get(element);
      const doubt = mark && spans.find(({ start, end }) => start < mark.end && mark.start < end);
      if (doubt) element.setAttribute("data-doubt", doubt.severity);
    }
  }

  /** @param {EventTarget | null} target */
  markOf(target) {
    const element = target instanceof Element ? target.closest(".mark") : null;
    return element ? this.#marks.get(element) : undefined;
  }

  /**
   * The part of the text between two places of the document.
   *
   * @param {StaticRange} range
   * @returns {Span | undefined} without white space at its ends
   */
  spanOf(range) {
    const start = this.#offset(range.startContainer, range.startOffset);
    const end = this.#offset(range.endContainer, range.endOffset);
    if (start === undefined || end === undefined) return undefined;
    const [first, last] = start < end ? [start, end] : [end, start];
    const words = this.#text.slice(first, last);
    const trimmed = words.trim();
    if (!trimmed) return undefined;
    const from = first + words.indexOf(trimmed);
    return { start: from, end: from + trimmed.length };
  }

  /**
   * @param {Node} container
   * @param {number} offset
   */
  #offset(container, offset) {
    const inside = container instanceof Element ? container : container.parentElement;
    const element = inside?.closest("p");
    const paragraph = this.#paragraphs.find((paragraph) => paragraph.element === element);
    if (!paragraph) {
      // Between two paragraphs, as when a whole one is chosen.
      if (container !== this.element) return undefined;
      return this.#paragraphs[offset]?.start ?? this.#text.length;
    }
    const before = document.createRange();
    before.setStart(paragraph.element, 0);
    before.setEnd(container, offset);
    return paragraph.start + before.toString().length;
  }

  /**
   * @param {Paragraph} paragraph
   * @param {readonly Mark[]} marks
   */
  #fill({ element, start, end }, marks) {
    const content = [];
    let at = start;
    for (const mark of drawn(within(marks, start, end))) {
      const [from, to] = [Math.max(mark.start, start), Math.min(mark.end, end)];
      content.push(this.#text.slice(at, from), this.#piece(mark, from, to));
      at = to;
    }
    content.push(this.#text.slice(at, end));
    element.replaceChildren(...content.filter((part) => part !== ""));
  }

  /**
   * @param {Mark} mark
   * @param {number} from
   * @param {number} to
   */
  #piece(mark, from, to) {
    const { kind, state, conflicts, start } = mark;
    // Of a name that a line break cuts, what comes to the keyboard is the first part.
    const first = from === start;
    const words = this.#text.slice(from, to);
    const states = { "data-kind": kind, "data-state": state, "data-conflict": Boolean(conflicts?.length) };
    const element = first
      ? node("span", { class: "mark", role: "button", tabindex: -1, "aria-label": this.#label(mark), ...states }, words)
      : node("span", { class: "mark", ...states }, words);
    this.#marks.set(element, mark);
    if (first) this.#elements.set(mark, element);
    return element;
  }
}

/**
 * The marks that touch a part; they are in the order of their starts, and none is longer than names are.
 *
 * @param {readonly Mark[]} marks
 * @param {number} start
 * @param {number} end
 */
function within(marks, start, end) {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].start < end) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let at = low - 1; at >= 0 && marks[at].start > start - LONGEST; at--) if (marks[at].end > start) found.push(marks[at]);
  return found.reverse();
}

/** Humans may mark more than a name, but hardly so much. */
const LONGEST = 1000;

/**
 * Where marks overlap, what was rejected or covered gives way.
 *
 * @param {Mark[]} marks
 */
function drawn(marks) {
  const gone = (/** @type {Mark} */ { state }) => state === "rejected" || state === "covered";
  const living = marks.filter((mark) => !gone(mark));
  const free = (/** @type {Mark} */ mark) => !living.some((other) => other.start < mark.end && mark.start < other.end);
  const shown = [...living, ...marks.filter((mark) => gone(mark) && free(mark))];
  shown.sort((a, b) => a.start - b.start);
  return shown.filter((mark, at) => at === 0 || shown[at - 1].end <= mark.start);
}
