/**
 * What is at hand in the open story: the mark that decisions are about, the finding that answers are, and the words that the
 * reader has selected.
 */

import { MingzhuError } from "../error.js";
import { detail } from "./detail.js";
import { findingCard, keyOf, nextOpen, says } from "./findings.js";
import { filled, node } from "./nodes.js";
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
 * @property {() => void} drawFindings
 */

export class Hand {
  #frame;
  #run;
  #drawFindings;
  /** @type {Session | undefined} */
  #session;
  /** Who checks. */
  author = "";
  /** @type {Mark | undefined} */
  current;
  /** The finding, by its index. @type {number | undefined} */
  finding;
  /** Which of its places was gone to last. */
  #nth = 0;
  /** Where somebody went, and there was no name. @type {Span | undefined} */
  #place;
  /** @type {Span | undefined} */
  selected;
  /** @type {import("./drafts.js").Drafts | undefined} */
  drafts;

  /** @param {Holding} holding */
  constructor({ root, words, frame, run, drawFindings }) {
    this.root = root;
    this.words = words;
    this.#frame = frame;
    this.#run = run;
    this.#drawFindings = drawFindings;
  }

  /**
   * @param {Session | undefined} session the story that was opened, or none
   * @param {import("./drafts.js").Drafts} [drafts] what is half written there
   */
  take(session, drafts) {
    this.#session = session;
    this.drafts = drafts;
    this.current = this.selected = this.finding = this.#place = undefined;
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
    const hand = this.finding;
    const card = hand !== undefined && findingCard(this.words, session, hand, (said) => this.answer(hand, said));
    // Of a place without a name the finding says all there is.
    const of = (!card || this.current) && detail(this.words, session, this.current, (command) => this.#runOfMark(command));
    this.#frame.detail(node("div", { class: "cards" }, card, of));
    this.#drawSelected();
  }

  /** What the buttons of the mark at hand do; they mean it, whatever is selected. @param {import("./keys.js").Command} command */
  #runOfMark(command) {
    if (command !== "span") this.deselect();
    this.#run(command);
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
   * @param {boolean} [keep] whether the finding at hand stays there
   */
  go(mark, focus, keep = false) {
    if (!mark) return;
    // The focus that is put on a mark comes back as a wish to go there.
    if (mark !== this.current) {
      this.current = mark;
      this.#place = undefined;
      // Who goes to another name has left the finding: no key shall answer it unseen.
      this.#leave(keep);
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

  /** @param {boolean} keep */
  #leave(keep) {
    const left = !keep && this.finding !== undefined;
    if (left) this.finding = undefined;
    this.draw();
    if (left) this.#drawFindings();
  }

  /**
   * Goes to a mark by key or list; what was selected elsewhere is left with the place.
   *
   * @param {Mark | undefined} mark
   * @param {boolean} [keep]
   */
  visit(mark, keep) {
    this.deselect();
    this.go(mark, true, keep);
  }

  /**
   * Goes to any place; where it is in a name, to the name.
   *
   * @param {Span} span
   * @param {boolean} keep whether the finding at hand stays there
   */
  goTo(span, keep = false) {
    const { start, end } = span;
    const touching = this.session.marks.filter((mark) => mark.start < end && start < mark.end);
    const mark = touching.find(({ state }) => state !== "rejected" && state !== "covered") ?? touching[0];
    if (mark && this.#frame.story.elementOf(mark)) return this.visit(mark, keep);
    this.deselect();
    this.current = undefined;
    this.#place = span;
    this.#leave(keep);
    const element = this.#frame.story.show(span);
    element?.scrollIntoView({ block: "nearest" });
    element?.focus({ preventScroll: true });
  }

  /**
   * Goes to a finding.
   *
   * @param {number | undefined} index
   * @param {boolean} [on] of the one that is at hand already, to the next of its places
   */
  visitFinding(index, on = false) {
    const finding = index === undefined ? undefined : this.session.findings[index];
    if (!finding) return this.say(this.words["said-no-finding"]);
    this.#nth = on && index === this.finding ? (this.#nth + 1) % finding.spans.length : 0;
    this.finding = index;
    this.#frame.tabs.show("findings");
    this.#drawFindings();
    this.#frame.tabs.reveal();
    // Last, so that on a narrow page it is the story that is seen.
    this.goTo(finding.spans[this.#nth], true);
    // The mark may have been at hand before: its card is another one now.
    this.draw();
    this.say(filled(this.words["said-finding"], { found: finding.found, says: says(this.words, finding) }));
  }

  /**
   * Answers a finding.
   *
   * @param {number | undefined} index
   * @param {import("./findings.js").Said} said
   * @param {boolean} [inList] pressed there: said again it is taken back, and the focus stays
   */
  answer(index, said, inList = false) {
    const { session, words } = this;
    const finding = index === undefined ? undefined : session.findings[index];
    if (index === undefined || !finding) return this.say(words["no-finding"]);
    const reason = this.#reason();
    const verdict = said === "accept" ? "accepted" : "dismissed";
    const before = session.answerOf(index);
    // What others dispute is not said by being shown: who says it again has seen both, and settles it.
    const already = before?.verdict === verdict && !before.conflict && !reason;
    if (inList && already && session.unanswer(index, this.author)) return this.say(words["said-undone"]);
    if (!already || inList) session.answer(index, said, this.author, reason);
    this.say(filled(words["said-done"], { what: words[`did-${said}`], mark: finding.found }));
    if (inList) return;
    const next = nextOpen(session, index);
    if (next !== undefined) this.visitFinding(next);
  }

  /**
   * After another check: the finding at hand may stand elsewhere in the list now, or be found no more.
   *
   * @param {import("./records.js").Finding | undefined} before
   */
  recall(before) {
    const at = before === undefined ? -1 : this.session.findings.findIndex((finding) => keyOf(finding) === keyOf(before));
    this.finding = at < 0 ? undefined : at;
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
    let at = this.current ? marks.indexOf(this.current) : this.#outside(step);
    do at += step;
    while (marks[at] && !(wanted(marks[at]) && drawn(marks[at])));
    return marks[at];
  }

  /**
   * Between which marks a step begins where none is at hand.
   *
   * @param {1 | -1} step
   */
  #outside(step) {
    const { marks } = this.session;
    const place = this.#place;
    if (!place) return step > 0 ? -1 : marks.length;
    const after = marks.findIndex(({ start }) => start >= place.start);
    const next = after < 0 ? marks.length : after;
    return step > 0 ? next - 1 : next;
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
    if (!this.selected) return;
    this.selected = undefined;
    document.getSelection()?.removeAllRanges();
    this.#frame.selected("");
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
