/**
 * What the desk does: stories come and go, keys and buttons become decisions, and decisions are kept.
 */

import { MingzhuError, asError } from "../error.js";
import { explain } from "../explain.js";
import { act, settle } from "./commands.js";
import { ask } from "./dialogs.js";
import { Drafts } from "./drafts.js";
import { save, textOf } from "./files.js";
import { findingsTab, open, spots } from "./findings.js";
import { Frame } from "./frame.js";
import { Hand } from "./hand.js";
import { Keeper } from "./keeper.js";
import { commandOf } from "./keys.js";
import { entities } from "./lists.js";
import { filled } from "./nodes.js";
import { askStory, showKeys, titleOf } from "./questions.js";
import { Session, unique } from "./session.js";
import { draftOf } from "./store.js";
import { placeOf, storyOf } from "./story-file.js";
import { waiting } from "./waiting.js";

/**
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {import("./records.js").Span} Span
 * @typedef {import("./records.js").Story} Story
 * @typedef {import("./records.js").Decision} Decision
 * @typedef {import("./keys.js").Command} Command
 * @typedef {import("./store.js").Import} Import
 * @typedef {import("./keeper.js").Store} Store
 *
 * @typedef {object} Setting
 * @property {ShadowRoot} root where the desk stands
 * @property {import("./words.js").Words} words
 * @property {AbortSignal} signal aborted when the desk goes
 * @property {(name: string, detail: unknown) => void} tell
 * @property {string | undefined} locale
 */

/** What of a story another tab may change under it. */
const KNOWN = /** @type {const} */ (["title", "text", "date", "url", "publisher"]);

/** After so many milliseconds without a decision the story is checked again. */
const REST = 150;

/** From so many names on, lists of all of them take long to make. */
const MANY = 500;

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
  /** @type {Keeper | undefined} */
  #keeper;
  /** @type {Session | undefined} */
  #session;
  /** @type {{ name: string, list: import("../wasm/mingzhu_desk.js").Roster } | undefined} */
  #roster;
  #letters = true;
  /** @type {Story[]} */
  #stories = [];
  /**
   * Stories on their way.
   *
   * @type {Set<Promise<void>>}
   */
  #coming = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #checking;
  /** Files that were taken in on the open story. @type {Import[]} */
  #imports = [];
  /** The story that is being read. @type {AbortController | undefined} */
  #opening;

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
      visit: (mark) => this.#hand.visit(mark),
      finding: (index) => this.#hand.visitFinding(index),
      label: (mark) => this.#hand.label(mark),
      choose: (id) => this.#try(() => this.#choose(id)),
      create: () => this.#try(() => this.#create()),
      edit: () => this.#try(() => this.#edit()),
      remove: () => this.#try(() => this.#remove()),
      sign: () => this.#try(() => this.#sign()),
      save: (format) => this.#try(async () => save(format, this.#opened().story.title, await this.exportAs(format))),
      load: (file) => this.#try(async () => this.#imported(await this.importFrom(await textOf(file, "FILE_TOO_LARGE"), file.name))),
      roster: (file) => this.#try(async () => this.useRoster(file && (await textOf(file, "ROSTER_TOO_LARGE")), file?.name)),
      draft: (reason) => this.#hand.drafts?.set("reason", reason),
    });
    this.#hand = new Hand({ root, words, frame: this.#frame, run: (command) => this.#run(command), drawFindings: () => this.#drawFindings() });
    root.replaceChildren(this.#frame.element);
    this.#frame.busy(words.loading);
    root.addEventListener("keydown", (event) => this.#pressed(/** @type {KeyboardEvent} */ (event)), { signal });
    document.addEventListener("keydown", (event) => this.#unheld(event), { signal });
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
    this.#core = core;
    this.#keeper = new Keeper(store, (error) => this.warn(error, this.#words["not-kept"]));
    this.#hand.author = author || (await store.setting("author")) || (await this.#keeper.unsigned(this.#words));
    this.#letters = (await store.setting("letters")) ?? true;
    const roster = await store.setting("roster");
    if (roster) await this.#try(() => this.#take(roster));
    this.#stories = await store.stories();
    store.onOther((heard) => this.#try(() => this.#heard(heard)));
    this.#frame.ready();
    this.#drawAll();
  }

  end() {
    clearTimeout(this.#checking);
    this.#opening?.abort();
    this.#session?.dispose();
    this.#roster?.list.free();
    this.#core?.annotator.dispose();
    this.#core?.checker?.dispose();
    this.#keeper?.close();
    this.#session = this.#roster = this.#core = undefined;
    this.#root.replaceChildren();
  }

  get session() {
    return this.#session;
  }

  /** Gives the keys to the mark at hand, or to the story: then the first key goes to the first mark. */
  focus() {
    const { current } = this.#hand;
    const { story } = this.#frame;
    (current && story.elementOf(current) ? story.elementOf(current) : story.element)?.focus({ preventScroll: true });
  }

  /** Those that are kept, the newest first. */
  get stories() {
    return this.#stories;
  }

  /**
   * Opens a story, which is kept from now on; one of an id that is kept already with what was decided there, and with
   * what is known of it.
   *
   * @param {Partial<Story>} told what holds from now on
   * @param {Partial<Story>} [otherwise] what holds where nothing else is kept
   */
  open(told, otherwise = {}) {
    const opening = this.#read(told, otherwise);
    const ended = () => this.#coming.delete(opening);
    this.#coming.add(opening);
    opening.then(ended, ended);
    return opening;
  }

  /**
   * @param {Partial<Story>} told
   * @param {Partial<Story>} otherwise
   */
  async #read(told, otherwise) {
    const id = told.id ?? unique();
    const kept = this.#stories.find((story) => story.id === id);
    const text = told.text ?? kept?.text;
    if (text === undefined) throw new MingzhuError("STORY_MISSING", `no story ${id} is kept, and no text was given`);
    const fresh = { title: titleOf(text) || this.#words.untitled, opened: Date.now(), ...otherwise };
    const known = { ...fresh, ...kept, ...told, id, text };
    const same = kept !== undefined && Object.entries(told).every(([key, value]) => value === kept[/** @type {keyof Story} */ (key)]);
    // What cannot be read is not kept either.
    await this.#show(same ? kept : known);
    if (!same) await this.#keepStory({ ...told, id }, fresh, known);
  }

  /** @param {import("../desk.js").ExportFormat} format */
  async exportAs(format) {
    // What was just decided may have been checked not yet.
    if (this.#checking !== undefined) await this.#recheck();
    return this.#opened().file(format, this.#words);
  }

  /**
   * Takes in annotations, or a story with its decisions. Nothing is applied when they cannot be read.
   *
   * @param {string} text
   * @param {string} [name] of the file
   */
  async importFrom(text, name = "") {
    const story = storyOf(text);
    if (story) {
      // What cannot be read opens nothing.
      this.#loaded().read(text);
      const { id: _, text: words, ...known } = story;
      await this.open({ id: placeOf(story, this.#stories), text: words }, known);
    }
    const session = this.#opened();
    const { log } = session.read(text);
    const fresh = session.merge(log.decisions);
    const ids = new Set(log.decisions.map(({ id }) => id));
    await this.#keepImport(session, name, fresh);
    return { decisions: log.decisions.length, orphans: session.orphans.filter(({ decision }) => ids.has(decision)).length };
  }

  /**
   * @param {Session} session
   * @param {string} name
   * @param {Decision[]} decisions
   */
  async #keepImport(session, name, decisions) {
    if (decisions.length === 0) return;
    const story = session.story.id;
    const taken = { id: unique(), story, name, time: Date.now(), decisions: decisions.map(({ id }) => id) };
    this.#imports = [...this.#imports, taken];
    this.#drawRest();
    const keeper = this.#kept();
    await Promise.all([keeper.keep((store) => store.keep(story, decisions)), keeper.keep((store) => store.keepImport(taken))]);
    // A list that was read meanwhile may have come last.
    await this.#catchUp(session);
  }

  /**
   * Takes back what a file has brought. It stays in the log, as everything does.
   *
   * @param {Import} taken
   */
  async #withdraw(taken) {
    this.#imports = this.#imports.filter(({ id }) => id !== taken.id);
    const session = this.#opened();
    session.withdraw(taken.decisions, this.#hand.author);
    this.#frame.say(filled(this.#words.withdrawn, { count: taken.decisions.length }));
    await this.#kept().keep((store) => store.removeImport(taken));
    await this.#catchUp(session);
  }

  /**
   * @param {string | undefined} text CSV or JSON; none to check stories for nothing but what they say themselves
   * @param {string} [name] what it is called
   */
  async useRoster(text, name = "") {
    this.#take(text === undefined ? undefined : { name, text });
    this.#drawAll();
    await this.#recheck();
    await this.#kept().keep((store) => store.set("roster", text === undefined ? undefined : { name, text }));
  }

  /** @param {{ name: string, text: string } | undefined} roster */
  #take(roster) {
    const list = roster && this.#loaded().roster(roster.text);
    this.#loaded().checker?.roster(roster?.text);
    this.#roster?.list.free();
    this.#roster = roster && list && { name: roster.name, list };
  }

  /** Resolved when all that was decided is kept; rejected with what keeps it from that. */
  async saved() {
    // A story is kept once it has been read.
    await Promise.allSettled(this.#coming);
    await this.#keeper?.saved();
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
      // Aborted is what nobody waits for any more: the desk has gone, or another story was chosen.
      if (error.code !== "ABORTED") await this.warn(error);
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
    if (!values) return;
    // The text is left to whoever has it: another tab may know a newer one. The day and the address change what is read.
    const { text: _, ...told } = values;
    await this.open({ ...told, id: story.id });
  }

  async #remove() {
    const { story } = this.#opened();
    const sure = await ask(this.#root, this.#words, { title: filled(this.#words["remove-sure"], { title: story.title }), ok: this.#words["remove-story"] });
    if (!sure) return;
    await this.#kept().keep((store) => store.removeStory(story.id));
    await this.#gone(story.id);
  }

  /**
   * A story is no longer there; the newest of the others takes its place.
   *
   * @param {string} id
   */
  async #gone(id) {
    this.#stories = this.#stories.filter((story) => story.id !== id);
    this.#close();
    if (this.#stories[0]) await this.#show(this.#stories[0]);
    else this.#drawAll();
  }

  async #sign() {
    const words = this.#words;
    const keeper = this.#kept();
    const own = await keeper.unsigned(words);
    const value = this.#hand.author === own ? "" : this.#hand.author;
    const values = await ask(this.#root, words, { title: words["author-what"], fields: [{ name: "author", label: words.author, value }] });
    if (!values) return;
    const author = values.author.trim();
    this.#hand.author = author || own;
    this.#drawAll();
    await keeper.keep((store) => store.set("author", author));
  }

  /** @param {{ decisions: number, orphans: number }} imported */
  #imported({ decisions, orphans }) {
    this.#frame.say(filled(this.#words.imported, { count: decisions, orphans }));
    if (orphans > 0) this.#frame.tabs.show("waiting");
  }

  /**
   * @param {Partial<Story> & { id: string }} told
   * @param {Partial<Story>} otherwise
   * @param {Story} known what holds where nothing can be kept
   */
  async #keepStory(told, otherwise, known) {
    const story = (await this.#kept().keep((store) => store.keepStory(told, otherwise))) ?? known;
    const others = this.#stories.filter(({ id }) => id !== story.id);
    this.#stories = [story, ...others].sort((a, b) => b.opened - a.opened);
    this.#frame.stories(this.#stories, this.#session?.story.id);
  }

  /** @param {Story} story */
  async #show(story) {
    // Of two that were chosen the later one is meant, also where it is read sooner.
    this.#opening?.abort();
    const opening = (this.#opening = new AbortController());
    this.#frame.busy(this.#words.reading);
    try {
      const keeper = this.#kept();
      const keep = (/** @type {Decision} */ decision) => this.#keepDecision(story.id, decision);
      const texts = await keeper.store.setting(draftOf(story.id));
      const session = await Session.open(this.#loaded(), story, () => keeper.store.decisions(story.id), keep, opening.signal);
      const again = this.#session?.story.id === story.id ? this.#hand.current : undefined;
      this.#close();
      this.#session = session;
      this.#hand.take(session, new Drafts(keeper, story.id, texts));
      session.drawnBy((shown) => this.#drawn(shown));
      this.#frame.story.open(story.text, session.marks);
      this.#frame.list.open(session);
      this.#hand.current = again && session.marks.find((mark) => mark.subject.start === again.subject.start);
      this.#drawAll();
      // What another tab has kept since the decisions were read was told to nobody.
      await this.#catchUp(session);
      await this.#recheck();
    } finally {
      if (this.#opening === opening) this.#frame.busy("");
    }
  }

  #close() {
    this.#session?.dispose();
    this.#session = undefined;
    this.#imports = [];
    this.#hand.take(undefined);
  }

  /**
   * @param {string} story
   * @param {Decision} decision
   */
  #keepDecision(story, decision) {
    void this.#kept().keep((store) => store.keep(story, [decision]));
    this.#tell("mingzhu-decision", { story, decision });
    this.#kept().persist();
  }

  /**
   * Another tab has kept something.
   *
   * @param {import("./store.js").Heard} heard
   */
  async #heard({ story, what }) {
    const session = this.#session;
    if (what === "decisions") {
      if (session?.story.id === story && (await this.#catchUp(session))) this.#frame.say(this.#words.other);
      return;
    }
    this.#stories = await this.#kept().store.stories();
    const open = this.#session?.story;
    this.#frame.stories(this.#stories, open?.id);
    if (open?.id !== story) return;
    const now = this.#stories.find(({ id }) => id === story);
    if (now && KNOWN.some((key) => now[key] !== open[key])) await this.#show(now);
    if (now) return;
    this.#frame.say(filled(this.#words.gone, { title: open.title }));
    await this.#gone(story);
  }

  /**
   * Takes in what is kept of a story and not known here; whether there was anything.
   *
   * @param {Session} session
   */
  async #catchUp(session) {
    const { store } = this.#kept();
    const [decisions, imports] = await Promise.all([store.decisions(session.story.id), store.imports(session.story.id)]);
    if (session !== this.#session) return false;
    this.#imports = imports;
    const fresh = session.merge(decisions);
    if (fresh.length === 0) this.#drawRest();
    return fresh.length > 0;
  }

  /** What one decision has changed. @param {import("./session.js").Shown} shown */
  #drawn(shown) {
    const session = this.#opened();
    const views = this.#frame;
    const held = this.#root.activeElement?.closest(".mark");
    views.story.redraw(session.marks, [...shown.gone, ...shown.come]);
    views.list.redraw();
    const before = this.#hand.current;
    // The same place, or what stands there now.
    const same = (/** @type {Mark} */ mark) => before !== undefined && mark.subject.start === before.subject.start && mark.subject.end === before.subject.end;
    this.#hand.current = before && (session.marks.includes(before) ? before : shown.come.find(same));
    this.#drawRest();
    // The element that had the focus is another one now; where its mark is gone, the next one has it.
    const next = this.#hand.current ?? session.marks[Math.min(shown.from, session.marks.length - 1)];
    if (held && next) views.story.elementOf(next)?.focus({ preventScroll: true });
    // What is said of findings changes nothing that is checked.
    if (shown.gone.length > 0 || shown.come.length > 0) this.#check();
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
    const go = (/** @type {Span} */ span) => this.#hand.goTo(span);
    views.tabs.behind = session.total > MANY;
    views.tabs.update("waiting", session.conflicts.length + session.orphans.length + session.notes.length, () =>
      waiting(this.#words, session, this.#imports, {
        go,
        settle: (lost) => this.#try(() => settle(this.#hand, lost)),
        dismiss: (lost) => this.#try(() => session.withdraw([lost], this.#hand.author)),
        withdraw: (taken) => this.#try(() => this.#withdraw(taken)),
      }));
    views.tabs.update("entities", undefined, () => entities(this.#words, session, go));
    this.#drawFindings();
  }

  #drawFindings() {
    const [session, views, words] = [this.#session, this.#frame, this.#words];
    if (!session) return;
    const roster = this.#roster ? filled(words["has-roster"], { name: this.#roster.name, size: this.#roster.list.size }) : words["no-roster"];
    const hand = this.#hand.finding;
    views.tabs.update("findings", open(session).length, () => findingsTab(words, session, hand, roster, {
      visit: (index) => this.#hand.visitFinding(index, true),
      answer: (index, said) => this.#hand.answer(index, said, true),
      go: (span) => this.#hand.goTo(span),
    }));
    views.story.doubt(spots(words, session, hand));
  }

  #check() {
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => this.#try(() => this.#recheck()), REST);
  }

  async #recheck() {
    clearTimeout(this.#checking);
    this.#checking = undefined;
    const session = this.#session;
    if (!session) return;
    const before = this.#hand.finding === undefined ? undefined : session.findings[this.#hand.finding];
    if (!(await session.check(this.#roster?.list))) return;
    this.#hand.recall(before);
    this.#hand.draw();
    this.#drawFindings();
  }

  /** @param {Command} command */
  async #run(command) {
    if (this.#session) await this.#try(() => (command === "help" ? this.#help() : act(command, this.#hand)));
  }

  async #help() {
    this.#letters = await showKeys(this.#root, this.#words, this.#letters);
    await this.#kept().keep((store) => store.set("letters", this.#letters));
  }

  /** @param {KeyboardEvent} event */
  #pressed(event) {
    const command = commandOf(event, this.#letters);
    if (!command) return;
    event.preventDefault();
    this.#run(command);
  }

  /**
   * Where nothing has the focus, as after the page was loaded, the keys are the desk's.
   *
   * @param {KeyboardEvent} event
   */
  #unheld(event) {
    if (event.target === document.body && !event.defaultPrevented) this.#pressed(event);
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
    if (!this.#keeper) throw new MingzhuError("DISPOSED", "this desk was disposed of");
    return this.#keeper;
  }
}
