/**
 * What the desk does: stories come and go, keys and buttons become decisions, and decisions are kept.
 */

import { MingzhuError, asError } from "../error.js";
import { explain } from "../explain.js";
import { detail } from "./detail.js";
import { ask } from "./dialogs.js";
import { save } from "./files.js";
import { findingCard, findingsTab, keyOf, nextOpen, open, says, spots } from "./findings.js";
import { Frame } from "./frame.js";
import { commandOf } from "./keys.js";
import { entities, waiting } from "./lists.js";
import { filled, node } from "./nodes.js";
import { askNew, askSpan, askStory, showKeys, titleOf } from "./questions.js";
import { selectedIn } from "./selection.js";
import { Session, unique } from "./session.js";

/**
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {import("./records.js").Span} Span
 * @typedef {import("./records.js").Story} Story
 * @typedef {import("./records.js").Decision} Decision
 * @typedef {import("./keys.js").Command} Command
 * @typedef {import("./store.js").Store | import("./memory.js").MemoryStore} Store
 *
 * @typedef {object} Setting
 * @property {ShadowRoot} root where the desk stands
 * @property {import("./words.js").Words} words
 * @property {AbortSignal} signal aborted when the desk goes
 * @property {(name: string, detail: unknown) => void} tell
 * @property {string | undefined} locale
 */

/** After so many milliseconds without a decision the story is checked again. */
const REST = 150;

export class Desk {
  #root;
  #words;
  #signal;
  #tell;
  #locale;
  #frame;
  /** @type {import("./core.js").Core | undefined} */
  #core;
  /** @type {Store | undefined} */
  #store;
  /** @type {Session | undefined} */
  #session;
  /** @type {{ name: string, list: import("../wasm/mingzhu_desk.js").Roster } | undefined} */
  #roster;
  #author = "";
  #letters = true;
  /** @type {Mark | undefined} */
  #current;
  /** The finding at hand, by its index. @type {number | undefined} */
  #finding;
  /** Which of its places was gone to last. */
  #nth = 0;
  /** Where somebody went, and there was no name. @type {Span | undefined} */
  #place;
  /** @type {Span | undefined} */
  #selected;
  /** @type {Story[]} */
  #stories = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #checking;
  /** What is being written. @type {Promise<unknown>} */
  #writing = Promise.resolve();

  /** @param {Setting} setting */
  constructor({ root, words, signal, tell, locale }) {
    this.#root = root;
    this.#words = words;
    this.#signal = signal;
    this.#tell = tell;
    this.#locale = locale;
    this.#frame = new Frame(words, {
      run: (command) => this.#run(command),
      go: (mark, focus) => this.#go(mark, focus),
      visit: (mark) => this.#visit(mark),
      finding: (index) => this.#visitFinding(index),
      label: (mark) => this.#label(mark),
      choose: (id) => this.#try(() => this.#choose(id)),
      create: () => this.#try(() => this.#create()),
      edit: () => this.#try(() => this.#edit()),
      remove: () => this.#try(() => this.#remove()),
      sign: () => this.#try(() => this.#sign()),
      save: (format) => this.#try(async () => save(format, this.#opened().story.title, this.exportAs(format))),
      load: (file) => this.#try(async () => this.#imported(await this.importFrom(await file.text()))),
      roster: (file) => this.#try(async () => this.useRoster(await file?.text(), file?.name)),
    });
    root.replaceChildren(this.#frame.element);
    this.#frame.busy(words.loading);
    root.addEventListener("keydown", (event) => this.#pressed(/** @type {KeyboardEvent} */ (event)), { signal });
    document.addEventListener("selectionchange", () => this.#select(), { signal });
  }

  /**
   * @param {number} loaded bytes
   * @param {number} [total]
   */
  progress(loaded, total) {
    this.#frame.progress(loaded, total);
  }

  /**
   * Begins with what is kept.
   *
   * @param {import("./core.js").Core} core
   * @param {Store} store
   * @param {string | undefined} author
   */
  async begin(core, store, author) {
    [this.#core, this.#store] = [core, store];
    this.#author = author ?? (await store.setting("author")) ?? "";
    this.#letters = (await store.setting("letters")) ?? true;
    const roster = await store.setting("roster");
    if (roster) this.#roster = { name: roster.name, list: core.roster(roster.text) };
    this.#stories = await store.stories();
    store.onOther((story) => this.#try(() => this.#heard(story)));
    this.#frame.ready();
    this.#drawAll();
  }

  end() {
    clearTimeout(this.#checking);
    this.#session?.dispose();
    this.#roster?.list.free();
    this.#core?.annotator.dispose();
    this.#store?.close();
    this.#session = this.#roster = this.#core = this.#store = undefined;
    this.#root.replaceChildren();
  }

  get session() {
    return this.#session;
  }

  /** Those that are kept, the newest first. */
  get stories() {
    return this.#stories;
  }

  /**
   * Opens a story, which is kept from now on; one of an id that is kept already with what was decided there.
   *
   * @param {import("../desk.js").StoryInput} story
   */
  async open({ id = unique(), title, text, date, url, publisher }) {
    const kept = this.#stories.find((story) => story.id === id);
    const opened = kept?.opened ?? Date.now();
    const story = { id, title: title || kept?.title || titleOf(text) || this.#words.untitled, text, date, url, publisher, opened };
    await this.#keepStory(story);
    await this.#show(story);
  }

  /** @param {import("../desk.js").ExportFormat} format */
  exportAs(format) {
    // What was just decided may have been checked not yet.
    if (this.#checking !== undefined) this.#recheck();
    return this.#opened().file(format, this.#words);
  }

  /**
   * Takes in annotations. Nothing is applied when they cannot be read.
   *
   * @param {string} text
   */
  async importFrom(text) {
    const session = this.#opened();
    const { log } = this.#loaded().read(text);
    session.merge(log.decisions);
    await this.#write(() => this.#kept().keep(session.story.id, log.decisions));
    const read = new Set(log.decisions.map(({ id }) => id));
    const lost = session.orphans.filter(({ decision }) => read.has(decision));
    return { decisions: log.decisions.length, orphans: lost.length };
  }

  /**
   * @param {string | undefined} text CSV or JSON; none to check stories for nothing but what they say themselves
   * @param {string} [name] what it is called
   */
  async useRoster(text, name = "") {
    const list = text === undefined ? undefined : this.#loaded().roster(text);
    this.#roster?.list.free();
    this.#roster = list && { name, list };
    this.#checkNow();
    this.#drawAll();
    await this.#write(() => this.#kept().set("roster", text === undefined ? undefined : { name, text }));
  }

  /** Resolved when all that was decided is kept. */
  async saved() {
    await this.#writing;
  }

  /**
   * Says what went wrong, in the reader's language.
   *
   * @param {MingzhuError} error
   * @param {string} [before]
   */
  async warn(error, before = "") {
    this.#tell("mingzhu-error", { error });
    const { message, hint } = await explain(error, /** @type {any} */ (this.#locale));
    const where = error.line === undefined ? "" : ` (${error.line}:${error.column ?? 1})`;
    this.#frame.busy("");
    this.#frame.warn(`${before}${message}${where} ${hint} `, error.code, ` ${error.message}`);
  }

  /** @param {() => unknown} act */
  async #try(act) {
    try {
      await act();
    } catch (thrown) {
      const error = asError(thrown);
      if (error.code !== "ABORTED" || !this.#signal.aborted) await this.warn(error);
    }
  }

  /** @param {string} id */
  async #choose(id) {
    const story = this.#stories.find((story) => story.id === id);
    if (story) await this.#show(story);
  }

  async #create() {
    const story = await askStory(this.#root, this.#words, {});
    if (story) await this.open(story);
  }

  async #edit() {
    const { story } = this.#opened();
    const values = await askStory(this.#root, this.#words, story);
    // The day and the address change what is read.
    if (values) await this.open({ ...values, id: story.id });
  }

  async #remove() {
    const { story } = this.#opened();
    const sure = await ask(this.#root, this.#words, { title: filled(this.#words["remove-sure"], { title: story.title }), ok: this.#words["remove-story"] });
    if (!sure) return;
    await this.#write(() => this.#kept().removeStory(story.id));
    this.#close();
    this.#stories = await this.#kept().stories();
    if (this.#stories[0]) await this.#show(this.#stories[0]);
    else this.#drawAll();
  }

  async #sign() {
    const words = this.#words;
    const values = await ask(this.#root, words, { title: words["author-what"], fields: [{ name: "author", label: words.author, value: this.#author }] });
    if (!values) return;
    this.#author = values.author.trim();
    await this.#write(() => this.#kept().set("author", this.#author));
    this.#drawAll();
  }

  /** @param {{ decisions: number, orphans: number }} imported */
  #imported({ decisions, orphans }) {
    this.#frame.say(filled(this.#words.imported, { count: decisions, orphans }));
    if (orphans > 0) this.#frame.tabs.show("waiting");
  }

  /** @param {Story} story */
  async #keepStory(story) {
    const others = this.#stories.filter(({ id }) => id !== story.id);
    this.#stories = [story, ...others].sort((a, b) => b.opened - a.opened);
    await this.#write(() => this.#kept().keepStory(story));
  }

  /** @param {Story} story */
  async #show(story) {
    this.#frame.busy(this.#words.reading);
    try {
      const decisions = await this.#kept().decisions(story.id);
      const session = await Session.open(this.#loaded(), story, decisions, (decision) => this.#keepDecision(story.id, decision), this.#signal);
      this.#close();
      this.#session = session;
      session.drawnBy((shown) => this.#drawn(shown));
      this.#checkNow();
      this.#frame.story.open(story.text, session.marks);
      this.#frame.list.open(session);
      this.#drawAll();
    } finally {
      this.#frame.busy("");
    }
  }

  #close() {
    this.#session?.dispose();
    this.#session = this.#current = this.#selected = this.#finding = this.#place = undefined;
  }

  /**
   * @param {string} story
   * @param {Decision} decision
   */
  #keepDecision(story, decision) {
    this.#write(() => this.#kept().keep(story, [decision]));
    this.#tell("mingzhu-decision", { story, decision });
  }

  /**
   * One after the other; what fails is said.
   *
   * @param {() => Promise<unknown>} write
   */
  #write(write) {
    const written = this.#writing.then(write).catch((error) => this.warn(asError(error), this.#words["not-kept"]));
    this.#writing = written;
    return written;
  }

  /**
   * Another tab has kept something.
   *
   * @param {string} story
   */
  async #heard(story) {
    this.#stories = await this.#kept().stories();
    const session = this.#session;
    this.#frame.stories(this.#stories, session?.story.id);
    if (session?.story.id !== story) return;
    const decisions = await this.#kept().decisions(story);
    const known = new Set(session.decisions().map(({ id }) => id));
    const other = decisions.filter(({ id }) => !known.has(id));
    if (other.length === 0 || session !== this.#session) return;
    session.merge(other);
    this.#frame.say(this.#words.other);
  }

  /** What one decision has changed. @param {import("./session.js").Shown} shown */
  #drawn(shown) {
    const session = this.#opened();
    const views = this.#frame;
    const held = this.#root.activeElement?.closest(".mark");
    views.story.redraw(session.marks, [...shown.gone, ...shown.come]);
    views.list.redraw(shown);
    const before = this.#current;
    // The same place, or what stands there now.
    const same = (/** @type {Mark} */ mark) => before !== undefined && mark.subject.start === before.subject.start && mark.subject.end === before.subject.end;
    this.#current = before && (session.marks.includes(before) ? before : shown.come.find(same));
    this.#drawRest();
    // The element that had the focus is another one now; where its mark is gone, the next one has it.
    const next = this.#current ?? session.marks[Math.min(shown.from, session.marks.length - 1)];
    if (held && next) views.story.elementOf(next)?.focus({ preventScroll: true });
    // What is said of findings changes nothing that is checked.
    if (shown.gone.length > 0 || shown.come.length > 0) this.#check();
  }

  #drawAll() {
    this.#frame.stories(this.#stories, this.#session?.story.id);
    this.#frame.empty(this.#session === undefined);
    this.#frame.author(this.#author);
    this.#frame.roster(this.#roster !== undefined);
    this.#drawRest();
  }

  #drawRest() {
    const [session, views] = [this.#session, this.#frame];
    if (!session) return;
    views.count(session.checked, session.total);
    views.walks(session.walks(this.#author));
    this.#drawCurrent();
    const go = (/** @type {Span} */ span) => this.#goTo(span);
    views.tabs.update("waiting", session.conflicts.length + session.orphans.length + session.notes.length, () => waiting(this.#words, session, go));
    views.tabs.update("entities", undefined, () => entities(this.#words, session, go));
    this.#drawFindings();
  }

  #drawFindings() {
    const [session, views, words] = [this.#session, this.#frame, this.#words];
    if (!session) return;
    const roster = this.#roster ? filled(words["has-roster"], { name: this.#roster.name, size: this.#roster.list.size }) : words["no-roster"];
    const hand = this.#finding;
    views.tabs.update("findings", open(session).length, () => findingsTab(words, session, hand, roster, {
      visit: (index) => this.#visitFinding(index, true),
      answer: (index, said) => this.#answer(index, said, true),
      go: (span) => this.#goTo(span),
    }));
    views.story.doubt(spots(words, session, hand));
  }

  #drawCurrent() {
    const [session, views] = [this.#session, this.#frame];
    if (!session) return;
    views.story.point(this.#current);
    views.list.point(this.#current);
    const hand = this.#finding;
    const card = hand !== undefined && findingCard(this.#words, session, hand, (said) => this.#answer(hand, said));
    // Of a place without a name the finding says all there is.
    const of = (!card || this.#current) && detail(this.#words, session, this.#current, (command) => this.#runOfMark(command));
    views.detail(node("div", { class: "cards" }, card, of));
    views.selected(this.#selected ? filled(this.#words.selected, { words: session.words(this.#selected) }) : "");
  }

  #check() {
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => this.#recheck(), REST);
  }

  #recheck() {
    this.#checkNow();
    this.#drawCurrent();
    this.#drawFindings();
  }

  #checkNow() {
    clearTimeout(this.#checking);
    this.#checking = undefined;
    const session = this.#session;
    if (!session) return;
    const hand = this.#finding === undefined ? undefined : keyOf(session.findings[this.#finding]);
    session.check(this.#roster?.list);
    // The one at hand may stand elsewhere in the list now, or be found no more.
    const now = hand === undefined ? -1 : session.findings.findIndex((finding) => keyOf(finding) === hand);
    this.#finding = now < 0 ? undefined : now;
  }

  /**
   * Goes to a mark; the focus as well, where it is a key that was pressed.
   *
   * @param {Mark | undefined} mark
   * @param {boolean} focus
   * @param {boolean} keep whether the finding at hand stays there
   */
  #go(mark, focus, keep = false) {
    if (!mark) return;
    const left = !keep && mark !== this.#current && this.#finding !== undefined;
    this.#current = mark;
    this.#place = undefined;
    // Who goes to another name has left the finding: no key shall answer it unseen.
    if (left) this.#finding = undefined;
    this.#drawCurrent();
    if (left) this.#drawFindings();
    const element = this.#frame.story.elementOf(mark);
    element?.scrollIntoView({ block: "nearest" });
    if (focus) element?.focus({ preventScroll: true });
  }

  /**
   * Goes to a mark by key or list; what was selected elsewhere is left with the place.
   *
   * @param {Mark | undefined} mark
   * @param {boolean} [keep]
   */
  #visit(mark, keep) {
    this.#deselect();
    this.#go(mark, true, keep);
  }

  /**
   * Goes to any place; where it is in a name, to the name.
   *
   * @param {Span} span
   * @param {boolean} keep whether the finding at hand stays there
   */
  #goTo(span, keep = false) {
    const { start, end } = span;
    const touching = this.#opened().marks.filter((mark) => mark.start < end && start < mark.end);
    const mark = touching.find(({ state }) => state !== "rejected") ?? touching[0];
    if (mark && this.#frame.story.elementOf(mark)) return this.#visit(mark, keep);
    this.#deselect();
    const left = !keep && this.#finding !== undefined;
    if (left) this.#finding = undefined;
    this.#current = undefined;
    this.#place = span;
    this.#drawCurrent();
    if (left) this.#drawFindings();
    const element = this.#frame.story.show(span);
    element?.scrollIntoView({ block: "nearest" });
    element?.focus({ preventScroll: true });
  }

  /**
   * @param {number | undefined} index
   * @param {boolean} on of the one that is at hand already, to the next of its places
   */
  #visitFinding(index, on = false) {
    const finding = index === undefined ? undefined : this.#opened().findings[index];
    if (!finding) return this.#frame.say(this.#words["said-no-finding"]);
    this.#nth = on && index === this.#finding ? (this.#nth + 1) % finding.spans.length : 0;
    this.#finding = index;
    this.#frame.tabs.show("findings");
    this.#drawFindings();
    this.#frame.tabs.reveal();
    // Last, so that on a narrow page it is the story that is seen.
    this.#goTo(finding.spans[this.#nth], true);
    this.#frame.say(filled(this.#words["said-finding"], { found: finding.found, says: says(this.#words, finding) }));
  }

  /**
   * @param {number | undefined} index
   * @param {import("./findings.js").Said} said
   * @param {boolean} inList pressed there: said again it is taken back, and the focus stays
   */
  #answer(index, said, inList = false) {
    const session = this.#opened();
    const finding = index === undefined ? undefined : session.findings[index];
    if (index === undefined || !finding) return this.#frame.say(this.#words["no-finding"]);
    const reason = this.#reason();
    const verdict = said === "accept" ? "accepted" : "dismissed";
    const before = session.answerOf(index);
    // What others dispute is not said by being shown: who says it again has seen both, and settles it.
    const already = before?.verdict === verdict && !before.conflict && !reason;
    if (inList && already && session.unanswer(index, this.#author)) return this.#frame.say(this.#words["said-undone"]);
    if (!already || inList) session.answer(index, said, this.#author, reason);
    this.#frame.say(filled(this.#words["said-done"], { what: this.#words[`did-${said}`], mark: finding.found }));
    if (inList) return undefined;
    const next = nextOpen(session, index);
    return next === undefined ? undefined : this.#visitFinding(next);
  }

  /**
   * The mark before or after the one at hand.
   *
   * @param {1 | -1} step
   * @param {(mark: Mark) => boolean} [wanted]
   */
  #beside(step, wanted = () => true) {
    const marks = this.#opened().marks;
    const drawn = (/** @type {Mark} */ mark) => this.#frame.story.elementOf(mark) !== undefined;
    let at = this.#current ? marks.indexOf(this.#current) : this.#outside(step);
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
    const marks = this.#opened().marks;
    const place = this.#place;
    if (!place) return step > 0 ? -1 : marks.length;
    const after = marks.findIndex(({ start }) => start >= place.start);
    const next = after < 0 ? marks.length : after;
    return step > 0 ? next - 1 : next;
  }

  /** What the buttons of the mark at hand do; they mean it, whatever is selected. @param {Command} command */
  #runOfMark(command) {
    if (command !== "span") this.#deselect();
    return this.#run(command);
  }

  /** @param {Command} command */
  async #run(command) {
    const session = this.#session;
    if (!session) return;
    await this.#try(() => this.#act(command, session));
  }

  /**
   * @param {Command} command
   * @param {Session} session
   */
  async #act(command, session) {
    const [root, words, current] = [this.#root, this.#words, this.#current];
    switch (command) {
      case "next":
        return this.#step(this.#beside(1), "said-end");
      case "previous":
        return this.#step(this.#beside(-1), "said-begin");
      case "next-open":
        return this.#step(this.#beside(1, ({ state }) => state === "open"), "said-end");
      case "next-finding":
        return this.#visitFinding(nextOpen(session, this.#finding ?? -1), true);
      case "accept":
      case "dismiss":
        return this.#answer(this.#finding, command);
      case "undo":
      case "redo": {
        const done = session.walk(command, this.#author);
        if (done === undefined) return this.#frame.say(words[`said-no-${command}`]);
        const finding = session.answeredBy(done);
        if (finding !== undefined) this.#visitFinding(finding);
        else this.#go(session.touched(done), true);
        return this.#frame.say(words[command === "undo" ? "said-undone" : "said-redone"]);
      }
      case "help":
        this.#letters = await showKeys(root, words, this.#letters);
        return this.#write(() => this.#kept().set("letters", this.#letters));
      case "add": {
        const added = await askNew(root, words, session);
        return added && this.#add(added.span, added.kind);
      }
      case "note":
        return this.#note(session, current);
      case "confirm":
      case "reject":
        if (!current) return undefined;
        this.#decide({ type: command }, current);
        return this.#onwards();
      case "official":
      case "person":
      case "place":
      case "organization":
        if (this.#selected) return this.#add(this.#selected, command);
        return current && this.#decide({ type: "kind", kind: command }, current);
      case "span": {
        if (!current) return undefined;
        const span = this.#selected ?? (await askSpan(root, words, session.story.text, current));
        if (!span || (span.start === current.start && span.end === current.end)) return undefined;
        this.#deselect();
        return this.#decide({ type: "span", to: session.selectors(span) }, current);
      }
      case "set-entity": {
        if (!current) return undefined;
        const values = await ask(root, words, { title: words["set-entity"], fields: [
          { name: "name", label: words["entity-name"], value: session.named(current), required: true },
          { name: "id", label: words["entity-id"], value: current.entity?.id },
        ] });
        const [name, id] = [values?.name.trim(), values?.id.trim()];
        return name && this.#decide({ type: "entity", name, ...(id && { id }) }, current);
      }
      case "set-office": {
        if (!current) return undefined;
        const values = await ask(root, words, { title: words["set-office"], fields: [
          { name: "title", label: words["office-title"], value: current.office?.title ?? session.titles(current)[0], required: true },
          { name: "body", label: words["office-body"], value: current.office?.body },
        ] });
        const [title, body] = [values?.title.trim(), values?.body.trim()];
        return title && this.#decide({ type: "office", title, ...(body && { body }) }, current);
      }
    }
  }

  /**
   * @param {Mark | undefined} mark
   * @param {string} end what is said where there is none
   */
  #step(mark, end) {
    if (!mark) return this.#frame.say(this.#words[end]);
    return this.#visit(mark);
  }

  /**
   * @param {Session} session
   * @param {Mark | undefined} mark
   */
  async #note(session, mark) {
    const values = await ask(this.#root, this.#words, {
      title: mark ? `${this.#words.note}：${session.words(mark)}` : this.#words.notes,
      fields: [{ name: "text", label: this.#words["note-text"], type: "area", required: true }],
    });
    const text = values?.text.trim();
    if (text) this.#decide({ type: "note", text }, mark);
  }

  /**
   * @param {Span} span
   * @param {import("../mingzhu.js").Kind} kind
   */
  #add(span, kind) {
    const session = this.#opened();
    this.#deselect();
    session.decide({ type: "add", kind }, { subject: span, kind }, this.#author, this.#reason());
    const mark = session.marks.find(({ start, end }) => start === span.start && end === span.end);
    this.#go(mark, true);
    if (mark) this.#told("add", mark);
  }

  /**
   * @param {import("./records.js").Action} action
   * @param {Mark | undefined} mark
   */
  #decide(action, mark) {
    this.#opened().decide(action, mark, this.#author, this.#reason());
    if (this.#current) this.#told(action.type, this.#current);
  }

  /** After a verdict the next one that waits for it. */
  #onwards() {
    const next = this.#beside(1, ({ state }) => state === "open");
    if (next) this.#go(next, true);
  }

  /**
   * @param {string} what
   * @param {Mark} mark
   */
  #told(what, mark) {
    this.#frame.say(filled(this.#words["said-done"], { what: this.#words[`did-${what}`], mark: this.#label(mark) }));
  }

  #reason() {
    return this.#frame.reason();
  }

  #deselect() {
    if (!this.#selected) return;
    this.#selected = undefined;
    document.getSelection()?.removeAllRanges();
    this.#frame.selected("");
  }

  /** The reader has selected something else. */
  #select() {
    const session = this.#session;
    if (!session) return;
    const range = selectedIn(this.#root);
    const before = this.#selected;
    this.#selected = range && this.#frame.story.spanOf(range);
    const same = before?.start === this.#selected?.start && before?.end === this.#selected?.end;
    if (!same) this.#frame.selected(this.#selected ? filled(this.#words.selected, { words: session.words(this.#selected) }) : "");
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const command = commandOf(event, this.#letters);
    if (!command) return;
    event.preventDefault();
    this.#run(command);
  }

  /** @param {Mark} mark */
  #label(mark) {
    const words = this.#words;
    return filled(words["mark-label"], { words: this.#opened().words(mark), kind: words[mark.kind], state: words[`state-${mark.state}`] });
  }

  #opened() {
    if (!this.#session) throw new MingzhuError("STORY_MISSING", "no story is open");
    return this.#session;
  }

  #loaded() {
    if (!this.#core) throw new MingzhuError("DISPOSED", "this desk was disposed of");
    return this.#core;
  }

  #kept() {
    if (!this.#store) throw new MingzhuError("DISPOSED", "this desk was disposed of");
    return this.#store;
  }
}
