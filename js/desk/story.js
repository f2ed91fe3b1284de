/**
 * The story with its marks. They are elements here, which keyboards and screen readers come to: the text is the desk's own.
 */

import { node } from "./nodes.js";

/**
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {import("./records.js").Span} Span
 *
 * @typedef {import("./findings.js").Spot} Spot
 *
 * @typedef {object} Paragraph
 * @property {number} start
 * @property {number} end
 * @property {HTMLElement} element
 * @property {Piece[]} pieces
 * @property {Spot[]} spots
 *
 * @typedef {Span & { element: HTMLElement, mark?: Mark, finding?: number }} Piece what stands in a paragraph as an element
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
  /** @type {readonly Mark[]} */
  #all = [];
  /** The length of the longest of them: so far back one can begin that reaches here. */
  #longest = 0;
  /** What is underlined, by its paragraphs' order. @type {Spot[]} */
  #spots = [];
  /** @type {Span | undefined} */
  #shown;
  #label;

  /**
   * @param {(mark: Mark) => string} label what a mark is called to who does not see it
   */
  constructor(label) {
    this.#label = label;
    this.element = node("article", { class: "story", part: "story", lang: "zh", tabindex: -1 });
  }

  /**
   * @param {string} text
   * @param {readonly Mark[]} marks
   */
  open(text, marks) {
    this.#text = text;
    this.#paragraphs = [...text.matchAll(/[^\n\r]+/g)].map(({ 0: line, index }) => ({
      start: index, end: index + line.length, element: node("p"), pieces: [], spots: [],
    }));
    [this.#spots, this.#shown] = [[], undefined];
    this.#take(marks);
    for (const paragraph of this.#paragraphs) this.#fill(paragraph);
    this.element.replaceChildren(...this.#paragraphs.map(({ element }) => element));
  }

  /**
   * Draws anew where marks have gone or come.
   *
   * @param {readonly Mark[]} marks all of them
   * @param {readonly Span[]} changed
   */
  redraw(marks, changed) {
    this.#take(marks);
    for (const paragraph of this.#paragraphs) {
      if (changed.some((span) => span.start < paragraph.end && paragraph.start < span.end)) this.#fill(paragraph);
    }
  }

  /** @param {readonly Mark[]} marks */
  #take(marks) {
    this.#all = marks;
    this.#longest = marks.reduce((longest, { start, end }) => Math.max(longest, end - start), 0);
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
   * Underlines what a check doubts, names and all else.
   *
   * @param {Spot[]} spots
   */
  doubt(spots) {
    this.#spots = spots;
    this.#underline();
  }

  /**
   * Makes a place an element that can be gone to, also where there is no name; gives it.
   *
   * @param {Span} span
   * @returns {HTMLElement | undefined}
   */
  show(span) {
    const there = () => this.#pieces(span).find((piece) => piece.start < span.end && span.start < piece.end)?.element;
    const found = there();
    if (found) return found;
    this.#shown = span;
    this.#underline();
    return there();
  }

  /** @param {Span} span */
  #pieces(span) {
    return this.#paragraphs.filter(({ start, end }) => start < span.end && span.start < end).flatMap(({ pieces }) => pieces);
  }

  #underline() {
    const shown = this.#shown && { ...this.#shown, severity: /** @type {const} */ ("shown"), says: "", finding: undefined, hand: false };
    /** @type {Map<Paragraph, Spot[]>} */
    const by = new Map();
    for (const spot of shown ? [...this.#spots, shown] : this.#spots) {
      for (let at = this.#paragraphAt(spot.start); this.#paragraphs[at]?.start < spot.end; at++) {
        const paragraph = this.#paragraphs[at];
        const spots = by.get(paragraph) ?? [];
        spots.push(spot);
        by.set(paragraph, spots);
      }
    }
    for (const paragraph of this.#paragraphs) {
      const before = paragraph.spots;
      paragraph.spots = by.get(paragraph) ?? [];
      if (JSON.stringify(before) === JSON.stringify(paragraph.spots)) continue;
      // Names keep their elements, and with them the focus; only what stands between them is cut anew.
      if (cuts(before) === cuts(paragraph.spots)) this.#tint(paragraph);
      else this.#refill(paragraph);
    }
  }

  /** The index of the paragraph that a place is in, or of the next one. @param {number} place */
  #paragraphAt(place) {
    let [low, high] = [0, this.#paragraphs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#paragraphs[middle].end <= place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Fills a paragraph anew; what was at hand in it, or had the focus, is and has it again. @param {Paragraph} paragraph */
  #refill(paragraph) {
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    const held = paragraph.pieces.find(({ element }) => element === root.activeElement);
    const current = this.#current && this.#marks.get(this.#current);
    const inside = paragraph.pieces.some(({ element }) => element === this.#current);
    const pointed = this.#current?.hasAttribute("aria-current");
    this.#fill(paragraph);
    if (inside) this.point(pointed ? current : undefined);
    if (held) (paragraph.pieces.find(({ start, end }) => start < held.end && held.start < end)?.element)?.focus({ preventScroll: true });
  }

  /** @param {Paragraph} paragraph */
  #tint({ pieces, spots }) {
    for (const { element, start, end } of pieces) {
      const there = spots.filter((spot) => spot.start < end && start < spot.end);
      const worst = there.find(({ hand }) => hand) ?? there[0];
      const set = (/** @type {string} */ name, /** @type {string | undefined} */ value) => value ? element.setAttribute(name, value) : element.removeAttribute(name);
      set("data-doubt", worst?.severity);
      set("data-hand", worst?.hand ? "true" : undefined);
      set("aria-description", worst?.says);
    }
  }

  /** @param {EventTarget | null} target */
  markOf(target) {
    const element = target instanceof Element ? target.closest(".mark") : null;
    return element ? this.#marks.get(element) : undefined;
  }

  /**
   * The finding that a place outside of names is underlined for.
   *
   * @param {EventTarget | null} target
   */
  findingOf(target) {
    const element = target instanceof Element ? target.closest(".spot") : null;
    return this.#paragraphs.flatMap(({ pieces }) => pieces).find((piece) => piece.element === element)?.finding;
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

  /** @param {Paragraph} paragraph */
  #fill(paragraph) {
    const { element, start, end } = paragraph;
    paragraph.pieces = [];
    const content = [];
    let at = start;
    for (const mark of drawn(within(this.#all, start, end, this.#longest))) {
      const [from, to] = [Math.max(mark.start, start), Math.min(mark.end, end)];
      const piece = this.#piece(mark, from, to);
      content.push(...this.#between(paragraph, at, from), piece);
      paragraph.pieces.push({ start: from, end: to, element: piece, mark });
      at = to;
    }
    content.push(...this.#between(paragraph, at, end));
    element.replaceChildren(...content.filter((part) => part !== ""));
    this.#tint(paragraph);
  }

  /**
   * What stands between names, with an element for each stretch that is underlined.
   *
   * @param {Paragraph} paragraph
   * @param {number} from
   * @param {number} to
   */
  #between({ spots, pieces }, from, to) {
    const inside = spots.filter(({ start, end }) => start < to && from < end);
    const ends = [from, to, ...inside.flatMap(({ start, end }) => [Math.max(start, from), Math.min(end, to)])];
    const cut = [...new Set(ends)].sort((a, b) => a - b);
    return cut.slice(1).map((end, at) => {
      const words = this.#text.slice(cut[at], end);
      const spot = inside.find((spot) => spot.start < end && cut[at] < spot.end);
      if (!spot) return words;
      const { finding } = spot;
      const element = finding === undefined
        ? node("span", { class: "spot", tabindex: -1 }, words)
        : node("span", { class: "spot", role: "button", tabindex: -1 }, words);
      pieces.push({ start: cut[at], end, element, finding });
      return element;
    });
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
 * The marks that touch a part; they are in the order of their starts.
 *
 * @param {readonly Mark[]} marks
 * @param {number} start
 * @param {number} end
 * @param {number} longest
 */
function within(marks, start, end, longest) {
  let [low, high] = [0, marks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].start < end) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let at = low - 1; at >= 0 && marks[at].start > start - longest; at--) if (marks[at].end > start) found.push(marks[at]);
  return found.reverse();
}

/** Where spots cut the text. @param {Spot[]} spots */
function cuts(spots) {
  return spots.map(({ start, end, finding }) => `${start} ${end} ${finding}`).join();
}

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
