/**
 * One story on the desk: what the machine and humans say of it, and what is decided next.
 */

import { MingzhuError, aborted } from "../error.js";
import { typed } from "./core.js";
import { keyOf } from "./digest.js";
import { storyFile } from "./story-file.js";

/**
 * @typedef {import("./records.js").Action} Action
 * @typedef {import("./records.js").Decision} Decision
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {import("./records.js").Finding} Finding
 * @typedef {import("./records.js").Answer} Answer
 *
 * @typedef {object} Shown what the views draw
 * @property {number} from the first mark that is another one now
 * @property {readonly Mark[]} gone what stood there
 * @property {readonly Mark[]} come what stands there
 */

/** No decision takes back more. */
const AT_ONCE = 10_000;

/** Of a finding in many places so many are named besides the first. */
const ALSO = 20;

export class Session {
  #core;
  #review;
  /** @type {(shown: Shown) => void} */
  #draw = () => {};
  /** @type {(decision: Decision) => void} */
  #keep;

  /** @type {Map<string, Decision>} */
  #byId = new Map();
  /** What is called what, as long as nothing is decided there. @type {WeakMap<Mark, string[]>} */
  #titles = new WeakMap();
  /** What is in the log, with what it says: two decisions may bear one id. @type {Set<string>} */
  #known;
  /** Where what was decided here is. @type {Map<string, import("./records.js").Span>} */
  #places = new Map();
  /** Answers by the indexes of their findings. @type {Map<number, Answer>} */
  #answered = new Map();

  /** @type {Mark[]} */
  marks = [];
  /** @type {import("./records.js").Conflict[]} */
  conflicts = [];
  /** @type {import("./records.js").Orphan[]} */
  orphans = [];
  /** @type {import("./records.js").Note[]} */
  notes = [];
  /** @type {Finding[]} */
  findings = [];
  /** What was said to findings, also to those that are found no more. @type {Answer[]} */
  answers = [];
  checked = 0;
  #checks = 0;

  /**
   * @param {import("./core.js").Core} core
   * @param {import("./records.js").Story} story
   * @param {import("../article.js").Article} article
   * @param {Decision[]} decisions
   * @param {(decision: Decision) => void} keep hears of each decision that is made here
   */
  constructor(core, story, article, decisions, keep) {
    this.#core = core;
    this.#keep = keep;
    this.story = story;
    this.article = article;
    const [written, log] = [JSON.stringify(article), logOf(decisions)];
    this.#review = core.review(story.text, written, log);
    core.checker?.open(story.text, written, log);
    this.#known = new Set();
    for (const decision of decisions) this.#know(decision);
    this.#read();
  }

  /**
   * Reads a story with the annotator, and lays the decisions over it.
   *
   * @param {import("./core.js").Core} core
   * @param {import("./records.js").Story} story
   * @param {() => Promise<Decision[]>} kept asked when it has been read: meanwhile another tab may keep more
   * @param {(decision: Decision) => void} keep
   * @param {AbortSignal} signal
   */
  static async open(core, story, kept, keep, signal) {
    const { text, url, date, publisher } = story;
    const article = await core.annotator.annotate(text, { signal, context: { url: url || undefined, date: date || undefined, publisher: publisher || undefined } });
    const decisions = await kept();
    if (signal.aborted) throw aborted(signal);
    return new Session(core, story, article, decisions, keep);
  }

  /** @param {(shown: Shown) => void} draw */
  drawnBy(draw) {
    this.#draw = draw;
  }

  get total() {
    return this.marks.length;
  }

  /** @param {import("./records.js").Span} span */
  words({ start, end }) {
    return this.story.text.slice(start, end);
  }

  /**
   * What an entity of the machine's, or one that a human has named, is called.
   *
   * @param {Mark} mark
   */
  named(mark) {
    return mark.entity?.name ?? this.#entity(mark)?.name ?? this.words(mark);
  }

  /**
   * The titles of a mark as they stand in the text, or as a human has set them.
   *
   * @param {Mark} mark
   */
  titles(mark) {
    let titles = this.#titles.get(mark);
    if (!titles) this.#titles.set(mark, (titles = this.#titlesOf(mark)));
    return titles;
  }

  /** @param {Mark} mark */
  #titlesOf(mark) {
    if (mark.office) return [[mark.office.body, mark.office.title].filter(Boolean).join(" ")];
    const offices = (this.#entity(mark)?.offices ?? []).map((index) => this.article.offices[index]);
    const said = offices.map(({ title, posts, body }) => {
      const of = posts[0]?.body ?? (body === undefined ? "" : this.words(this.article.mentions[body]));
      return [of, this.words(this.article.titles[title])].filter(Boolean).join(" ");
    });
    return [...new Set(said)];
  }

  /** @param {Mark} mark */
  #entity({ mention }) {
    return mention === undefined ? undefined : this.article.entities[this.article.mentions[mention].entity];
  }

  /**
   * Decides something of a place.
   *
   * @param {Action} action
   * @param {{ subject: import("./records.js").Span, kind?: import("../mingzhu.js").Kind } | undefined} place what it is
   *   of, and what it is shown as; the story when left out
   * @param {string} author
   * @param {string} [reason]
   */
  decide(action, place, author, reason) {
    const decision = this.#made(action, place, author, reason);
    if (place) {
      const { start, end } = place.subject;
      const replaces = JSON.parse(typed(() => this.#review.seen(start, end)));
      if (replaces.length) decision.replaces = replaces;
      this.#places.set(decision.id, place.subject);
    }
    return this.#take(decision);
  }

  /**
   * Says of a finding whether it is an error.
   *
   * @param {number} index
   * @param {import("./findings.js").Said} said
   * @param {string} author
   * @param {string} [reason]
   */
  answer(index, said, author, reason) {
    const { rule, found, expected, spans: [first, ...others] } = this.findings[index];
    const also = others.slice(0, ALSO).map((span) => this.selectors(span)).filter(({ length }) => length > 0);
    const seen = this.#answered.get(index)?.holding;
    const finding = { rule, found, expected, ...(also.length > 0 && { also }) };
    const decision = this.#made({ type: said, finding }, { subject: first }, author, reason);
    return this.#take({ ...decision, ...(seen && { replaces: seen }) });
  }

  /**
   * Takes back what this author has said to a finding.
   *
   * @param {number} index
   * @param {string} author
   * @returns {boolean} whether there was anything to take back
   */
  unanswer(index, author) {
    const holding = (this.#answered.get(index)?.holding ?? []).flatMap((id) => this.decision(id) ?? []);
    // Who has no name is not written.
    const own = holding.filter((decision) => (decision.author ?? "") === author);
    for (const { id } of own) this.decide({ type: "undo", decision: id }, undefined, author);
    return own.length > 0;
  }

  /** @param {number} index of a finding */
  answerOf(index) {
    return this.#answered.get(index);
  }

  /** @param {Decision} decision */
  #take(decision) {
    typed(() => this.#review.decide(JSON.stringify(decision)));
    this.#core.checker?.merge(logOf([decision]));
    this.#taken(decision);
    this.#show();
    return decision;
  }

  /**
   * @param {Action} action
   * @param {{ subject: import("./records.js").Span, kind?: import("../mingzhu.js").Kind } | undefined} place
   * @param {string} author
   * @param {string} [reason]
   */
  #made(action, place, author, reason) {
    return /** @type {Decision} */ ({
      id: unique(),
      author,
      // Clocks go back, and others' run ahead.
      time: typed(() => this.#review.moment(new Date().toISOString())),
      ...(place && { target: this.selectors(place.subject) }),
      ...(place?.kind && { kind: place.kind }),
      action,
      ...(reason && { reason }),
    });
  }

  /** @param {Decision} decision */
  #taken(decision) {
    this.#know(decision);
    this.#keep(decision);
  }

  /** @param {Decision} decision */
  #know(decision) {
    this.#known.add(keyOf(decision));
    this.#byId.set(decision.id, decision);
  }

  /**
   * A decision by its id.
   *
   * @param {string} id
   */
  decision(id) {
    return this.#byId.get(id);
  }

  /**
   * Takes back decisions of whoever made them.
   *
   * @param {string[]} ids
   * @param {string} author
   */
  withdraw(ids, author) {
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      this.#take(this.#made({ type: "withdraw", decisions: ids.slice(at, at + AT_ONCE) }, undefined, author));
    }
  }

  /**
   * Decides anew, where it belongs now, what has lost its place.
   *
   * @param {Decision} lost
   * @param {import("./records.js").Span} span
   * @param {string} author
   */
  settle({ id, action, kind, reason }, span, author) {
    // Of an extent the name may still be there, and only where it was to reach is lost.
    const at = this.marks.find(({ decisions }) => decisions?.includes(id)) ?? this.markAt(span);
    const moved = action.type === "span" && at ? { ...action, to: this.selectors(span) } : action;
    const settled = action.type === "span" && !at ? { type: /** @type {const} */ ("add"), kind: kind ?? "person" } : moved;
    const subject = at?.subject ?? span;
    this.decide(settled, { subject, kind: at?.kind ?? kind }, author, reason);
    this.withdraw([id], author);
    return this.marks.find((mark) => mark.subject.start === subject.start && mark.subject.end === subject.end);
  }

  /**
   * A decision that has lost its place; the first of them when none is named.
   *
   * @param {string} [id]
   */
  lost(id = this.orphans[0]?.decision) {
    return id === undefined ? undefined : this.decision(id);
  }

  /** @param {import("./records.js").Span} span */
  markAt({ start, end }) {
    return this.marks.find((mark) => mark.start === start && mark.end === end);
  }

  /**
   * The selectors of a place.
   *
   * @param {import("./records.js").Span} span
   * @returns {import("../page.js").Selector[]}
   */
  selectors({ start, end }) {
    return JSON.parse(typed(() => this.#review.targetOf(start, end)));
  }

  /**
   * Takes back what this author decided last, or takes that back; the decision that was meant.
   *
   * @param {"undo" | "redo"} way
   * @param {string} author
   */
  walk(way, author) {
    const id = way === "undo" ? this.#review.undoOf(author) : this.#review.redoOf(author);
    if (id === undefined) return undefined;
    this.decide({ type: "undo", decision: id }, undefined, author);
    return id;
  }

  /**
   * The mark that a decision is about, as far as it shows there.
   *
   * @param {string} id
   */
  touched(id) {
    const place = this.#places.get(this.#meant(id)?.id ?? "");
    return place && this.marks.find(({ subject }) => subject.start === place.start && subject.end === place.end);
  }

  /**
   * The index of the finding that a decision answers, where it is still found.
   *
   * @param {string} id
   */
  answeredBy(id) {
    const action = this.#meant(id)?.action;
    if (action?.type !== "accept" && action?.type !== "dismiss") return undefined;
    const { rule, found, expected } = action.finding;
    const at = this.findings.findIndex((finding) => finding.rule === rule && finding.found === found && finding.expected === expected);
    return at < 0 ? undefined : at;
  }

  /** What is taken back, or brought again. @param {string} id */
  #meant(id) {
    let decision = this.decision(id);
    while (decision?.action.type === "undo") decision = this.decision(decision.action.decision);
    return decision;
  }

  /** @param {string} author */
  walks(author) {
    return { undo: this.#review.undoOf(author) !== undefined, redo: this.#review.redoOf(author) !== undefined };
  }

  /**
   * Takes in decisions that were made elsewhere.
   *
   * @param {Decision[]} decisions
   * @returns {Decision[]} those that were not there
   */
  merge(decisions) {
    const fresh = decisions.filter((decision) => !this.#known.has(keyOf(decision)));
    if (fresh.length === 0) return fresh;
    this.#merge(fresh);
    for (const decision of fresh) this.#know(decision);
    this.#show();
    return fresh;
  }

  /** @param {Decision[]} decisions */
  #merge(decisions) {
    const log = logOf(decisions);
    typed(() => this.#review.merge(log));
    this.#core.checker?.merge(log);
  }

  /**
   * What a file holds for this story; nothing of it is taken in.
   *
   * @param {string} text
   * @returns {import("./records.js").Imported}
   */
  read(text) {
    return JSON.parse(typed(() => this.#review.read(text)));
  }

  /** @returns {Decision[]} */
  decisions() {
    return JSON.parse(typed(() => this.#review.log())).decisions;
  }

  /**
   * What human decisions teach the annotator.
   *
   * @returns {{ text: string, kind: import("../mingzhu.js").Kind }[]}
   */
  terms() {
    return JSON.parse(typed(() => this.#review.terms()));
  }

  /**
   * Checks the story, against a roster where there is one.
   *
   * @param {import("../wasm/mingzhu_desk.js").Roster} [roster]
   * @returns {Promise<boolean>} false where another check has begun meanwhile, or the story was closed
   */
  async check(roster) {
    const { checker, confusables } = this.#core;
    const check = (this.#checks += 1);
    const beside = await checker?.check();
    if (check !== this.#checks) return false;
    const found = beside ?? typed(() => (roster ? this.#review.checkAgainst(confusables, roster) : this.#review.check(confusables)));
    this.findings = JSON.parse(found);
    this.#answers(JSON.parse(typed(() => this.#review.setFindings(found))));
    return true;
  }

  /**
   * The story and its decisions as a file.
   *
   * @param {import("../desk.js").ExportFormat} format
   * @param {import("./words.js").Words} words
   * @returns {string}
   */
  file(format, words) {
    const { id, title, url, date } = this.story;
    // What has no address is still itself, and nothing else.
    const source = url || (/^[0-9a-f-]{36}$/.test(id) ? `urn:uuid:${id}` : "");
    const about = JSON.stringify({ title, source, date: date ?? null });
    const review = this.#review;
    return typed(() => {
      switch (format) {
        case "claims":
          return review.claims(about, words["verdict-right"], words["verdict-corrected"], words["verdict-wrong"]);
        case "table":
          return review.table();
        case "report":
          return review.report(about, JSON.stringify(words));
        case "annotations":
          return review.annotations(about);
        case "story":
          return storyFile(this.story, this.decisions());
        case "terms":
          return csv([["text", "kind"], ...this.terms().map(({ text, kind }) => [text, kind])]);
        default:
          throw new MingzhuError("OPTION_INVALID", `there is no format ${JSON.stringify(format)}`, { hint: "story, annotations, claims, table, report or terms" });
      }
    });
  }

  dispose() {
    this.#draw = () => {};
    this.#checks += 1;
    this.#review.free();
  }

  /** @returns {Shown} */
  #read() {
    const changes = /** @type {import("./records.js").Changes} */ (JSON.parse(typed(() => this.#review.changes())));
    const { from, removed, marks, conflicts, orphans, notes, answers, checked } = changes;
    // Not by splice: a story has more marks than a call may have arguments.
    const gone = this.marks.slice(from, from + removed);
    this.marks = [...this.marks.slice(0, from), ...marks, ...this.marks.slice(from + removed)];
    Object.assign(this, { conflicts, orphans, notes, checked });
    this.#answers(answers);
    return { from, gone, come: marks };
  }

  /** @param {Answer[]} answers */
  #answers(answers) {
    this.answers = answers;
    this.#answered = new Map();
    for (const answer of answers) if (answer.finding !== undefined) this.#answered.set(answer.finding, answer);
  }

  #show() {
    this.#draw(this.#read());
  }
}

/** @param {Decision[]} decisions */
function logOf(decisions) {
  return JSON.stringify({ version: 1, decisions });
}

/** @param {string[][]} rows */
function csv(rows) {
  const cell = (/** @type {string} */ value) => `"${value.replaceAll('"', '""')}"`;
  return rows.map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** A UUID; on pages without a secure connection browsers make none themselves. */
export function unique() {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
