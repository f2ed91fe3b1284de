/**
 * What is at hand in the open story: the mark that decisions are about, and the words that the reader has selected.
 */

import { MingzhuError } from "../error.js";
import { detail } from "./detail.js";
import { filled } from "./nodes.js";
import { selectedIn } from "./selection.js";

/**
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {import("./records.js").Span} Span
 * @typedef {import("./session.js").Session} Session
 *
 * @typedef {object} Holding
 * @property {ShadowRoot} root where the desk stands
 * @property {import("./words.js").Words} words
 * @property {import("./frame.js").Frame} frame
 * @property {(command: import("./keys.js").Command) => void} run
 */

export class Hand {
  #frame;
  #run;
  /** @type {Session | undefined} */
  #session;
  /** Who checks. */
  author = "";
  /** @type {Mark | undefined} */
  current;
  /** @type {Span | undefined} */
  selected;
  /** @type {import("./drafts.js").Drafts | undefined} */
  drafts;

  /** @param {Holding} holding */
  constructor({ root, words, frame, run }) {
    this.root = root;
    this.words = words;
    this.#frame = frame;
    this.#run = run;
  }

  /**
   * @param {Session | undefined} session the story that was opened, or none
   * @param {import("./drafts.js").Drafts} [drafts] what is half written there
   */
  take(session, drafts) {
    this.#session = session;
    this.drafts = drafts;
    this.current = this.selected = undefined;
    this.#frame.reason = drafts?.get("reason") ?? "";
  }

  get session() {
    if (!this.#session) throw new MingzhuError("STORY_MISSING", "no story is open");
    return this.#session;
  }

  draw() {
    const session = this.#session;
    if (!session) return;
    this.#frame.story.point(this.current);
    this.#frame.list.point(this.current);
    this.#frame.detail(detail(this.words, session, this.current, this.#run));
    this.#drawSelected();
  }

  #drawSelected() {
    const selected = this.selected && filled(this.words.selected, { words: this.session.words(this.selected) });
    this.#frame.selected(selected ?? "");
  }

  /** @param {string} words told to who does not see it */
  say(words) {
    this.#frame.say(words);
  }

  /**
   * Goes to a mark; the focus as well, where it is a key that was pressed.
   *
   * @param {Mark | undefined} mark
   * @param {boolean} focus
   */
  go(mark, focus) {
    if (!mark) return;
    // The focus that is put on a mark comes back as a wish to go there.
    if (mark !== this.current) {
      this.current = mark;
      this.draw();
    }
    const element = this.#frame.story.elementOf(mark);
    const held = element === this.root.activeElement;
    if (focus && !held) element?.focus({ preventScroll: true });
    // Last, and once: each asks for the page to be laid out.
    if (focus || !held) {
      this.#frame.list.reveal();
      element?.scrollIntoView({ block: "nearest" });
    }
  }

  /** @param {Span} span */
  goTo({ start, end }) {
    const touching = this.session.marks.filter((mark) => mark.start < end && start < mark.end);
    const mark = touching.find(({ state }) => state !== "rejected" && state !== "covered") ?? touching[0];
    if (mark) this.go(mark, true);
  }

  /**
   * The mark before or after the one at hand.
   *
   * @param {1 | -1} step
   * @param {(mark: Mark) => boolean} [wanted]
   */
  beside(step, wanted = () => true) {
    const { marks } = this.session;
    const drawn = (/** @type {Mark} */ mark) => this.#frame.story.elementOf(mark) !== undefined;
    let at = this.current ? marks.indexOf(this.current) : step > 0 ? -1 : marks.length;
    do at += step;
    while (marks[at] && !(wanted(marks[at]) && drawn(marks[at])));
    return marks[at];
  }

  /** After a verdict the next one that waits for it. */
  onwards() {
    const next = this.beside(1, ({ state }) => state === "open");
    if (next) this.go(next, true);
  }

  /**
   * @param {import("./records.js").Action} action
   * @param {Mark | undefined} mark the story where there is none
   */
  decide(action, mark) {
    this.session.decide(action, mark, this.author, this.#reason());
    if (this.current) this.#told(action.type, this.current);
  }

  /**
   * @param {Span} span
   * @param {import("../mingzhu.js").Kind} kind
   */
  add(span, kind) {
    this.deselect();
    this.session.decide({ type: "add", kind }, { subject: span, kind }, this.author, this.#reason());
    const mark = this.session.markAt(span);
    this.go(mark, true);
    if (mark) this.#told("add", mark);
  }

  /** What was written as the reason, once. */
  #reason() {
    const reason = this.#frame.reason.trim();
    this.#frame.reason = "";
    this.drafts?.set("reason", "");
    return reason;
  }

  /** @param {Mark} mark */
  label(mark) {
    const { words } = this;
    return filled(words["mark-label"], { words: this.session.words(mark), kind: words[mark.kind], state: words[`state-${mark.state}`] });
  }

  /**
   * @param {string} what
   * @param {Mark} mark
   */
  #told(what, mark) {
    this.say(filled(this.words["said-done"], { what: this.words[`did-${what}`], mark: this.label(mark) }));
  }

  deselect() {
    this.selected = undefined;
    document.getSelection()?.removeAllRanges();
  }

  /** The reader has selected something else. */
  select() {
    if (!this.#session) return;
    const range = selectedIn(this.root);
    const before = this.selected;
    this.selected = range && this.#frame.story.spanOf(range);
    const same = before?.start === this.selected?.start && before?.end === this.selected?.end;
    if (!same) this.#drawSelected();
  }
}
