/**
 * `<mingzhu-desk>`: a story on the left, what is said of it on the right, and a human's word above the machine's.
 *
 * Attributes: `locale`, `author`, `store` (the name of the database it keeps stories in, or `none`), `story` (the id of the
 * story to open), `for` (the id of an element whose text is the story), with `date` and `publisher` of that, and those of
 * `<mingzhu-annotator>` that say where files are (`base-url`, `worker-url`, `mode`, `model`).
 */

import { MingzhuError, asError } from "../error.js";
import { markupUrl } from "../options.js";
import { loadCore } from "./core.js";
import { Desk } from "./desk.js";
import { MemoryStore } from "./memory.js";
import { Store } from "./store.js";
import { sheet } from "./style.js";
import { wordsOf } from "./words.js";

// A module that only defines an element may be imported where there are none.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** Where stories are kept, unless the site says otherwise. */
const DATABASE = "mingzhu-desk";

export class MingzhuDeskElement extends Base {
  /** @type {AbortController | undefined} */
  #connected;
  /** @type {Desk | undefined} */
  #desk;
  #leaving = Promise.resolve();
  /** @type {Promise<void>} */
  #ready = Promise.reject(new MingzhuError("DISPOSED", "this desk stands in no page"));

  constructor() {
    super();
    this.#ready.catch(() => {});
  }

  connectedCallback() {
    const connected = (this.#connected = new AbortController());
    this.#ready = this.#start(connected.signal);
    // It was said on the desk.
    this.#ready.catch(() => {});
  }

  disconnectedCallback() {
    this.#connected?.abort();
    // What is on its way is still kept, and can be waited for.
    this.#leaving = this.#desk?.saved() ?? Promise.resolve();
    this.#leaving.catch(() => {});
    this.#desk?.end();
    this.#desk = undefined;
  }

  /** Resolved when the desk can be used; rejected with what keeps it from that. */
  get ready() {
    return this.#ready;
  }

  /** The story that is open. */
  get story() {
    return this.#desk?.session?.story;
  }

  /** Those that are kept, the newest first. */
  get stories() {
    return this.#desk?.stories ?? [];
  }

  /** What is said of the open story, in the order of its text. */
  get marks() {
    return this.#desk?.session?.marks ?? [];
  }

  /** What the last check has found. */
  get findings() {
    return this.#desk?.session?.findings ?? [];
  }

  /** What was said to findings, also to those that are found no more. */
  get answers() {
    return this.#desk?.session?.answers ?? [];
  }

  /** All decisions on the open story. */
  get decisions() {
    return this.#desk?.session?.decisions() ?? [];
  }

  /**
   * Opens a story, which is kept from now on; one of an id that is kept already with what was decided there.
   *
   * @param {import("../desk.js").StoryInput} story
   */
  async open(story) {
    // What is left out stays as it is kept.
    const told = Object.fromEntries(Object.entries(story).filter(([, value]) => value !== undefined));
    await (await this.#begun()).open(told);
  }

  /** Gives the keys to the open story. */
  focus() {
    this.#desk?.focus();
  }

  /**
   * The open story and what was decided, as the text of a file.
   *
   * @param {import("../desk.js").ExportFormat} format
   */
  async exportAs(format) {
    return (await this.#begun()).exportAs(format);
  }

  /**
   * Takes in a story of this desk, or annotations of this desk, of Hypothesis or of Recogito. Nothing is applied when they
   * cannot be read.
   *
   * @param {string} text
   * @param {string} [name] of the file, by which it can be withdrawn
   */
  async importFrom(text, name) {
    return (await this.#begun()).importFrom(text, name);
  }

  /**
   * Checks stories against a roster from now on.
   *
   * @param {string | undefined} text CSV or JSON; none for no roster
   * @param {string} [name] what it is called
   */
  async useRoster(text, name) {
    await (await this.#begun()).useRoster(text, name);
  }

  /** What was decided as terms: `annotator.addTerms(desk.terms())`. */
  terms() {
    return this.#desk?.session?.terms() ?? [];
  }

  /** Resolved when all that was decided is kept; rejected with what keeps it from that. */
  async saved() {
    await (this.#desk?.saved() ?? this.#leaving);
  }

  async #begun() {
    await this.#ready;
    if (!this.#desk) throw new MingzhuError("DISPOSED", "this desk was disposed of");
    return this.#desk;
  }

  /** @param {AbortSignal} signal */
  async #start(signal) {
    const get = (/** @type {string} */ name) => this.getAttribute(name) ?? undefined;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet()];
    const locale = get("locale");
    const words = await wordsOf(locale);
    if (signal.aborted) return;
    this.lang ||= words.language;
    const tell = (/** @type {string} */ name, /** @type {unknown} */ detail) =>
      this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
    const desk = (this.#desk = new Desk({ root, words, signal, tell, locale }));
    try {
      const [core, store] = await Promise.all([
        loadCore({
          signal,
          baseUrl: get("base-url"),
          workerUrl: markupUrl(get("worker-url")),
          mode: /** @type {any} */ (get("mode")),
          model: /** @type {any} */ (get("model")),
          onProgress: ({ loaded, total }) => desk.progress(loaded, total),
          onWarning: (warning) => void desk.warn(warning),
        }),
        opened(get("store") ?? DATABASE, desk),
      ]);
      if (signal.aborted) return void (core.annotator.dispose(), store.close());
      await desk.begin(core, store, get("author"));
      const written = this.#written();
      const story = desk.stories.find(({ id }) => id === get("story")) ?? desk.stories[0];
      // What the page says of its story besides the text gives way to what a checker has said.
      if (written) await desk.open({ id: written.id, text: written.text }, written.known);
      else if (story) await desk.open({ id: story.id });
    } catch (thrown) {
      const error = asError(thrown);
      if (!signal.aborted) await desk.warn(error);
      throw error;
    }
    tell("mingzhu-desk-ready", undefined);
  }

  /** A story that the page holds. */
  #written() {
    const id = this.getAttribute("for");
    const text = id === null ? "" : (document.getElementById(id)?.innerText ?? "");
    if (!text.trim()) return undefined;
    const [story, date, publisher] = ["story", "date", "publisher"].map((name) => this.getAttribute(name) ?? undefined);
    const known = { url: location.href, ...(document.title && { title: document.title }), ...(date && { date }), ...(publisher && { publisher }) };
    return { id: story ?? `${location.pathname}#${id}`, text, known };
  }
}

/**
 * @param {string} name
 * @param {Desk} desk
 */
async function opened(name, desk) {
  if (name === "none") return new MemoryStore();
  try {
    return await Store.open(name);
  } catch (error) {
    // Work goes on, and it is said that nothing is kept.
    void desk.warn(asError(error));
    return new MemoryStore();
  }
}

if (globalThis.customElements && !customElements.get("mingzhu-desk")) {
  customElements.define("mingzhu-desk", MingzhuDeskElement);
}
