/**
 * What the desk does: stories come and go, keys and buttons become decisions, and decisions are kept.
 */

import { MingzhuError, asError } from "../error.js";
import { explain } from "../explain.js";
import { act } from "./commands.js";
import { ask } from "./dialogs.js";
import { save } from "./files.js";
import { Frame } from "./frame.js";
import { Hand } from "./hand.js";
import { commandOf } from "./keys.js";
import { entities, findings, waiting } from "./lists.js";
import { filled } from "./nodes.js";
import { askStory, showKeys, titleOf } from "./questions.js";
import { Session, unique } from "./session.js";

/**
 * @typedef {import("./records.js").Mark} Mark
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
  #hand;
  /** @type {import("./core.js").Core | undefined} */
  #core;
  /** @type {Store | undefined} */
  #store;
  /** @type {Session | undefined} */
  #session;
  /** @type {{ name: string, list: import("../wasm/mingzhu_desk.js").Roster } | undefined} */
  #roster;
  #letters = true;
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
      go: (mark, focus) => this.#hand.go(mark, focus),
      label: (mark) => this.#hand.label(mark),
      choose: (id) => this.#try(() => this.#choose(id)),
      create: () => this.#try(() => this.#create()),
      edit: () => this.#try(() => this.#edit()),
      remove: () => this.#try(() => this.#remove()),
      sign: () => this.#try(() => this.#sign()),
      save: (format) => this.#try(async () => save(format, this.#opened().story.title, this.exportAs(format))),
      load: (file) => this.#try(async () => this.#imported(await this.importFrom(await file.text()))),
      roster: (file) => this.#try(async () => this.useRoster(await file?.text(), file?.name)),
    });
    this.#hand = new Hand({ root, words, frame: this.#frame, run: (command) => this.#run(command) });
    root.replaceChildren(this.#frame.element);
    this.#frame.busy(words.loading);
    root.addEventListener("keydown", (event) => this.#pressed(/** @type {KeyboardEvent} */ (event)), { signal });
    document.addEventListener("selectionchange", () => this.#hand.select(), { signal });
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
    this.#hand.author = author ?? (await store.setting("author")) ?? "";
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
    return { decisions: log.decisions.length, orphans: session.orphans.length };
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
    const values = await ask(this.#root, words, { title: words["author-what"], fields: [{ name: "author", label: words.author, value: this.#hand.author }] });
    if (!values) return;
    this.#hand.author = values.author.trim();
    await this.#write(() => this.#kept().set("author", this.#hand.author));
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
      this.#hand.take(session);
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
    this.#session = undefined;
    this.#hand.take(undefined);
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
    const before = this.#hand.current;
    // The same place, or what stands there now.
    const same = (/** @type {Mark} */ mark) => before !== undefined && mark.subject.start === before.subject.start && mark.subject.end === before.subject.end;
    this.#hand.current = before && (session.marks.includes(before) ? before : shown.come.find(same));
    this.#drawRest();
    // The element that had the focus is another one now; where its mark is gone, the next one has it.
    const next = this.#hand.current ?? session.marks[Math.min(shown.from, session.marks.length - 1)];
    if (held && next) views.story.elementOf(next)?.focus({ preventScroll: true });
    this.#check();
  }

  #drawAll() {
    this.#frame.stories(this.#stories, this.#session?.story.id);
    this.#frame.empty(this.#session === undefined);
    this.#frame.author(this.#hand.author);
    this.#frame.roster(this.#roster !== undefined);
    this.#drawRest();
  }

  #drawRest() {
    const [session, views] = [this.#session, this.#frame];
    if (!session) return;
    views.count(session.checked, session.total);
    views.walks(session.walks(this.#hand.author));
    this.#hand.draw();
    views.tabs.update("waiting", session.conflicts.length + session.orphans.length + session.notes.length, () => waiting(this.#words, session, (span) => this.#hand.goTo(span)));
    views.tabs.update("entities", undefined, () => entities(this.#words, session, (span) => this.#hand.goTo(span)));
    this.#drawFindings();
  }

  #drawFindings() {
    const [session, views, words] = [this.#session, this.#frame, this.#words];
    if (!session) return;
    const roster = this.#roster ? filled(words["has-roster"], { name: this.#roster.name, size: this.#roster.list.size }) : words["no-roster"];
    const open = session.findings.filter((finding) => !session.answered(finding)).length;
    views.tabs.update("findings", open, () => findings(words, session, (span) => this.#hand.goTo(span), roster));
    views.story.doubt(session.findings);
  }

  #check() {
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => {
      this.#checkNow();
      this.#drawFindings();
    }, REST);
  }

  #checkNow() {
    this.#session?.check(this.#roster?.list);
  }

  /** @param {Command} command */
  async #run(command) {
    if (this.#session) await this.#try(() => (command === "help" ? this.#help() : act(command, this.#hand)));
  }

  async #help() {
    this.#letters = await showKeys(this.#root, this.#words, this.#letters);
    await this.#write(() => this.#kept().set("letters", this.#letters));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const command = commandOf(event, this.#letters);
    if (!command) return;
    event.preventDefault();
    this.#run(command);
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
