/**
 * Highlights, cards and an index on a page, without a change to its text.
 *
 * @example
 * import { createAnnotator } from "mingzhu/page";
 * const page = await createAnnotator(document.querySelector("article"));
 * // … and when it is to go:
 * page.dispose();
 */

import init, { Page, textOf as readText } from "./wasm/mingzhu.js";
import { BY, ORPHANS, anchorOf, selectorsOf } from "./anchor.js";
import { flatOf } from "./article.js";
import { breath } from "./breath.js";
import { compile, instantiate } from "./code.js";
import { MingzhuError, aborted, asError, disposed, throwIfAborted } from "./error.js";
import { Annotator } from "./mingzhu.js";
import { localeOf, minScoreOf, wantedOf } from "./options.js";
import { sources } from "./sources.js";
import { Changes, Watch, observe } from "./watch.js";

export { MingzhuError };

/** Milliseconds that one step on a page may take at a time: with what else there is to do, less than 50. */
const SLICE = 20;

/** The length of a text of which what the reader sees is read first, in UTF-16 units: some 100 ms of reading. */
const LONG = 20_000;

/** @type {Map<string, Promise<WebAssembly.Module>>} */
const modules = new Map();

/**
 * Reads the root's text, paints who is who, and answers to the reader.
 *
 * @param {Element} root
 * @param {import("./page.js").PageOptions} [options]
 * @returns {Promise<PageAnnotator>}
 */
export async function createAnnotator(root, options = {}) {
  const page = new PageAnnotator(root, options);
  try {
    await page.start();
    return page;
  } catch (thrown) {
    page.dispose();
    throw failed(root, thrown);
  }
}

/**
 * An annotator for several pages, or for one that comes and goes. It shares the compiled
 * code with this thread.
 *
 * @param {Omit<import("./mingzhu.js").LoadOptions, "module">} [options]
 */
export async function loadAnnotator(options = {}) {
  throwIfAborted(options.signal);
  return Annotator.load({ ...options, module: compiled(sources(options.baseUrl, undefined, options.keep).wasm) });
}

/**
 * The text of an element as an annotator reads it: blocks parted by empty lines, scripts,
 * forms and ruby readings left out.
 *
 * @param {Element} element
 * @param {import("./page.js").TextViewOptions & { baseUrl?: string | URL }} [options]
 * @returns {Promise<string>}
 */
export async function textOf(element, options = {}) {
  try {
    await instantiate(async () => init({ module_or_path: await compiled(sources(options.baseUrl).wasm) }));
    return readText(element, options);
  } catch (thrown) {
    throw asError(thrown);
  }
}

/** One annotated element; made by {@link createAnnotator}. */
export class PageAnnotator {
  #root;
  #options;
  /** @type {Page | undefined} */
  #page;
  /** @type {Annotator | undefined} */
  #annotator;
  /**
   * The annotator we loaded ourselves, and dispose of.
   *
   * @type {Annotator | undefined}
   */
  #own;
  /** @type {import("./article.js").Article | undefined} */
  #article;
  /**
   * The newest scan: what it comes to, and what ends it when a newer one begins.
   *
   * @type {Promise<import("./article.js").Article> | undefined}
   */
  #newest;
  /** @type {AbortController | undefined} */
  #scanning;
  /** @type {Watch | undefined} */
  #watch;
  /**
   * With elements: nobody is to see what is left of ours beside what the page has written anew.
   *
   * @type {MutationObserver | undefined}
   */
  #mender;
  #ended = new AbortController();

  /**
   * @param {Element} root
   * @param {import("./page.js").PageOptions} options
   */
  constructor(root, options) {
    this.#root = root;
    this.#options = options;
  }

  /** What was found last. */
  get article() {
    return this.#article;
  }

  /** The mentions found last. */
  get mentions() {
    return this.#article?.mentions ?? [];
  }

  /** The entities found last. */
  get entities() {
    return this.#article?.entities ?? [];
  }

  /** Which rules its text follows: raised when the same page would give another text. */
  get textViewVersion() {
    this.#check();
    return this.#page?.textViewVersion ?? 0;
  }

  /**
   * The range that shows a part of the text that was read last.
   *
   * @param {number} start
   * @param {number} end
   */
  rangeOf(start, end) {
    this.#check();
    return this.#page?.rangeOf(start, end);
  }

  /**
   * The offset, in the text that was read last, of a place in a text node.
   *
   * @param {Node} node
   * @param {number} offset
   */
  offsetOf(node, offset) {
    this.#check();
    return this.#page?.offsetOf(node, offset);
  }

  /**
   * Says where something of the text that was read last is, so that it can be found again on
   * another day.
   *
   * @param {Range | Pick<import("./mingzhu.js").Mention, "start" | "end"> | number} what
   * @returns {import("./page.js").Selector[]}
   */
  describe(what) {
    this.#check();
    const page = /** @type {Page} */ (this.#page);
    const span = typeof what === "number" ? this.mentions[what] : what instanceof Range ? spanOf(page, what) : what;
    const parts = span && page.describe(span.start, span.end);
    if (!parts) throw new MingzhuError("ANCHOR_EMPTY", "nothing of the text that was read is there");
    return selectorsOf(/** @type {any} */ (parts), page.textViewVersion);
  }

  /**
   * Looks for what selectors describe in the text that was read last: ours, or those of any W3C
   * Web Annotation that has a quote.
   *
   * @param {readonly import("./page.js").Selector[] | import("./page.js").Selector} selectors
   * @returns {import("./page.js").Match}
   */
  match(selectors) {
    this.#check();
    const page = /** @type {Page} */ (this.#page);
    const { exact, prefix, suffix, place } = anchorOf(selectors);
    // Nothing that long need cross to the engine.
    if (exact.length > (this.#article?.length ?? 0)) return { orphan: "absent" };
    const { start, text, block, rival } = place ?? {};
    const [first, end, by] = page.match(exact, prefix, suffix, start, text, block?.hash, block?.start, rival) ?? [0];
    if (end === undefined) return { orphan: ORPHANS[first] };
    const range = page.rangeOf(first, end);
    // The page has changed since it was read.
    if (!range) return { orphan: "changed" };
    return { range, start: first, end, by: BY[/** @type {number} */ (by)] };
  }

  /** Loads what is needed and scans for the first time. */
  async start() {
    const { signal, locale = "auto", annotator, baseUrl, workerUrl, mode, model, keep, onProgress } = this.#options;
    throwIfAborted(signal);
    // Before anything is fetched.
    wantedOf(this.#options);
    elementsOf(this.#options.render);
    const end = () => this.#ended.abort(signal?.reason);
    signal?.addEventListener("abort", end, { signal: this.#ended.signal });
    // Compiled once for this thread and the worker.
    const module = compiled(sources(baseUrl, undefined, keep).wasm);
    // If it fails, the wait for the annotator below need not.
    module.catch(() => {});
    const started = async () => {
      await instantiate(async () => init({ module_or_path: await module }));
      return strings(locale);
    };
    const loaded = async () => {
      if (annotator) return annotator;
      const onWarning = (/** @type {MingzhuError} */ warning) => this.#warn(warning);
      const own = await Annotator.load({
        signal: this.#ended.signal, onProgress, onWarning, baseUrl, workerUrl, mode, model, keep, module,
      });
      // Kept apart from a given one: only our own is disposed of with us.
      if (this.#ended.signal.aborted) own.dispose();
      else this.#own = own;
      return own;
    };
    const [words, ready] = await Promise.all([started(), loaded()]);
    this.#check();
    this.#annotator = ready;
    const { card = true, render, observe } = this.#options;
    const elements = elementsOf(render);
    const emit = (/** @type {string} */ name, /** @type {object} */ detail) => this.#emit(name, detail);
    const own = typeof card === "function" ? this.#card.bind(this, card) : undefined;
    const told = { card: card !== false, own, elements, strings: words, emit };
    this.#page = new Page(this.#root, { ...this.#options, ...told });
    if (this.#page.elements && !elements) {
      this.#warn(new MingzhuError("HIGHLIGHTS_MISSING", "this browser has no CSS Custom Highlights"));
    }
    if (this.#page.elements) {
      this.#mender = new MutationObserver(() => this.#aside((page) => page.mend()));
      this.#mender.observe(this.#root, { subtree: true, childList: true, characterData: true });
    }
    await this.#scan();
    this.#emit("ready", { annotator: this });
    if (observe && !this.#ended.signal.aborted) this.observe();
  }

  /**
   * Reads the text again, after the page has changed it. Calls may overlap: only the newest
   * text is painted, and all of them come to its article.
   *
   * @param {{ signal?: AbortSignal }} [options]
   */
  async scan({ signal } = {}) {
    try {
      return await this.#scan(signal);
    } catch (thrown) {
      throw failed(this.#root, thrown);
    }
  }

  /**
   * Reads again whatever the page changes, from now on and until the signal is aborted.
   *
   * @param {{ signal?: AbortSignal }} [options]
   */
  observe({ signal } = {}) {
    this.#check();
    throwIfAborted(signal);
    this.#watch?.stop();
    const restless = (/** @type {number} */ pause) =>
      this.#warn(new MingzhuError("PAGE_RESTLESS", `the page goes on changing: not read for ${pause / 1000} s`));
    const watch = new Watch(this.#root, () => this.#update(), restless);
    this.#watch = watch;
    this.#reach();
    signal?.addEventListener("abort", () => watch.stop(), { once: true, signal: this.#ended.signal });
    // What has changed since it was read last.
    watch.now();
  }

  /** What is watched besides the root goes with what was read. */
  #reach() {
    if (this.#page) this.#watch?.reach(this.#page.trees());
  }

  /** Reads what has changed; what fails is told by event. */
  async #update() {
    const { signal } = this.#ended;
    try {
      if (!this.#take()) await this.#slices();
      const text = this.#aside((page) => page.update());
      if (text === undefined) this.#reach();
      else await this.#begin(text);
    } catch (thrown) {
      if (!signal.aborted) failed(this.#root, thrown);
    }
  }

  /** @param {AbortSignal} [signal] */
  async #scan(signal) {
    this.#check();
    throwIfAborted(signal);
    if (!this.#take()) await this.#slices(signal);
    return this.#begin(this.#aside((page) => page.scan()), signal);
  }

  /**
   * Reads the page's text for a while.
   *
   * @param {Changes} [changes] what has changed since the last time; without, the watch is asked
   * @returns {boolean} true when it is at its end
   */
  #take(changes) {
    return this.#aside((page) => page.read(SLICE, ...(changes?.take() ?? this.#watch?.changes() ?? [])));
  }

  /**
   * Reads on a page that is too long to be read at once, and lets the page have its turns.
   *
   * @param {AbortSignal} [signal]
   */
  async #slices(signal) {
    const changes = this.#watch ? undefined : new Changes();
    const observer = changes && observe([this.#root], (records) => changes.note(records));
    try {
      let done = false;
      while (!done) {
        await breath();
        this.#check();
        throwIfAborted(signal);
        changes?.note(observer?.takeRecords() ?? []);
        done = this.#take(changes);
      }
    } finally {
      observer?.disconnect();
    }
  }

  /**
   * @param {string} text
   * @param {AbortSignal} [signal]
   */
  #begin(text, signal) {
    // What is still being read is out of date.
    this.#scanning?.abort();
    const scanning = (this.#scanning = new AbortController());
    signal?.addEventListener("abort", () => scanning.abort(), { once: true, signal: scanning.signal });
    this.#newest = this.#read(text, scanning.signal, signal);
    return this.#newest;
  }

  /**
   * Has the page do something that we do not take for the site's doing.
   *
   * @template T
   * @param {(page: Page) => T} job
   * @returns {T}
   */
  #aside(job) {
    const page = /** @type {Page} */ (this.#page);
    return this.#watch ? this.#watch.aside(() => job(page)) : job(page);
  }

  /**
   * @param {string} text
   * @param {AbortSignal} overtaken
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./article.js").Article>}
   */
  async #read(text, overtaken, signal) {
    const seen = !this.#article && text.length > LONG ? this.#page?.seen() : undefined;
    if (seen && (await this.#found(text, overtaken, signal, { start: seen[0], end: seen[1] }))) {
      this.#aside((page) => page.preview());
    }
    const article = await this.#found(text, overtaken, signal);
    if (!article) return /** @type {Promise<any>} */ (this.#newest);
    this.#aside((page) => page.show());
    this.#reach();
    this.#emit("scan", { article, text, textViewVersion: this.textViewVersion });
    return article;
  }

  /**
   * Has the page ready to paint what is in the text, or in a part of it.
   *
   * @param {string} text
   * @param {AbortSignal} overtaken
   * @param {AbortSignal} [signal]
   * @param {{ start: number, end: number }} [part]
   * @returns {Promise<import("./article.js").Article | undefined>} nothing when a newer scan has begun
   */
  async #found(text, overtaken, signal, part) {
    const annotator = /** @type {Annotator} */ (this.#annotator);
    const { minScore, resolve, context } = this.#options;
    const options = { signal: overtaken, minScore, resolve, context, part };
    const article = await annotator.annotate(text, options).catch((thrown) => {
      // Disposed of meanwhile: that is what the caller should read, not that we aborted it.
      this.#check();
      throwIfAborted(signal);
      if (!overtaken.aborted) throw thrown;
    });
    this.#check();
    throwIfAborted(signal);
    if (!article || overtaken.aborted) return undefined;
    const { numbers, scores, text: names } = flatOf(article);
    const page = /** @type {Page} */ (this.#page);
    page.offer(numbers, scores, names);
    while (!page.measure(SLICE)) {
      await breath();
      this.#check();
      throwIfAborted(signal);
      if (overtaken.aborted) return undefined;
    }
    this.#article = article;
    return article;
  }

  /**
   * Shows these kinds and what is at least so probable; what is left out stays as it is.
   *
   * @param {import("./page.js").Filter} filter
   */
  setFilter({ kinds, minScore }) {
    this.#check();
    const least = minScore === undefined ? undefined : minScoreOf(minScore);
    this.#aside((page) => page.setFilter(kinds && [...kinds], least));
  }

  /**
   * Takes the reader to a mention and opens its card.
   *
   * @param {number} mention index into `mentions`
   * @returns {boolean} false when there is none of this number
   */
  focus(mention) {
    this.#check();
    return this.#page?.focusMention(mention) ?? false;
  }

  /**
   * The mention that is drawn under a point of the window, for sites that answer to the pointer
   * themselves.
   *
   * @param {number} x as `clientX` of an event
   * @param {number} y
   * @returns {number | undefined} index into `mentions`
   */
  mentionAt(x, y) {
    this.#check();
    return this.#page?.mentionAt(x, y);
  }

  /**
   * Takes the reader to the next mention of those shown.
   *
   * @param {number} [entity] index into `entities`: to the next mention of this one
   */
  next(entity) {
    this.#check();
    return this.#page?.next(entity) ?? false;
  }

  /**
   * Takes the reader to the one before.
   *
   * @param {number} [entity]
   */
  previous(entity) {
    this.#check();
    return this.#page?.previous(entity) ?? false;
  }

  /** Leaves nothing behind: no range, sheet, element, listener or worker of ours. */
  dispose() {
    this.#ended.abort();
    this.#scanning?.abort();
    this.#watch?.stop();
    this.#mender?.disconnect();
    const page = this.#page;
    this.#page = undefined;
    page?.dispose();
    // It may be one of its own events that brought us here: freed when that is over.
    if (page) queueMicrotask(() => page.free());
    this.#own?.dispose();
    this.#own = undefined;
  }

  /** Resolved when nothing of ours runs any more. */
  async disposed() {
    this.dispose();
    await this.#newest?.catch(() => {});
  }

  /**
   * The site's own card; ours where it has none, or fails.
   *
   * @param {import("./page.js").CardMaker} make
   * @param {number} entity
   * @param {number} mention
   */
  #card(make, entity, mention) {
    try {
      const node = make(this.entities[entity], this.mentions[mention]);
      if (node === null || node === undefined || node instanceof Node) return node;
      throw new TypeError("card gives a node, or nothing");
    } catch (cause) {
      this.#warn(new MingzhuError("CARD_FAILED", "the site's card could not be made", { cause }));
      return undefined;
    }
  }

  #check() {
    const { signal } = this.#options;
    if (signal?.aborted) throw aborted(signal);
    if (this.#ended.signal.aborted) throw disposed("page annotator");
  }

  /** @param {MingzhuError} warning */
  #warn(warning) {
    const unheard = this.#emit("warning", { warning });
    if (unheard) console.warn(`mingzhu: ${warning.message} (${warning.code}). ${warning.hint}`);
  }

  /**
   * @param {string} name
   * @param {object} detail
   * @returns {boolean} false when a listener has taken it on (preventDefault)
   */
  #emit(name, detail) {
    return dispatch(this.#root, name, detail);
  }
}

/**
 * The part of the text that a range shows.
 *
 * @param {Page} page
 * @param {Range} range
 */
function spanOf(page, { startContainer, startOffset, endContainer, endOffset }) {
  const start = page.placeOf(startContainer, startOffset);
  const end = page.placeOf(endContainer, endOffset);
  return start === undefined || end === undefined ? undefined : { start, end };
}

/**
 * @param {Element} root
 * @param {string} name
 * @param {object} detail
 */
function dispatch(root, name, detail) {
  const event = new CustomEvent(`mingzhu-${name}`, { detail, bubbles: true, composed: true, cancelable: true });
  return root.dispatchEvent(event);
}

/**
 * Tells the page of an error, unless it is what the page wanted.
 *
 * @param {Element} root
 * @param {unknown} thrown
 */
function failed(root, thrown) {
  const error = asError(thrown);
  if (error.code !== "ABORTED" && error.code !== "DISPOSED") dispatch(root, "error", { error });
  return error;
}

// Symbols of explicit resource management, where the runtime has them.
for (const [name, value] of /** @type {const} */ ([
  ["dispose", PageAnnotator.prototype.dispose],
  ["asyncDispose", PageAnnotator.prototype.disposed],
])) {
  const symbol = /** @type {any} */ (Symbol)[name];
  if (symbol) Object.defineProperty(PageAnnotator.prototype, symbol, { configurable: true, value });
}

/** @param {unknown} render */
function elementsOf(render = "highlights") {
  if (render === "highlights" || render === "element") return render === "element";
  throw new MingzhuError("OPTION_INVALID", `there is no way to render ${JSON.stringify(render)}`, {
    hint: 'give render: "highlights" or "element"',
  });
}

/** @param {import("./sources.js").File} file */
function compiled(file) {
  let module = modules.get(file.href);
  if (!module) {
    module = compile(file);
    modules.set(file.href, module);
    // A failure is not kept: the next try may succeed.
    module.catch(() => modules.delete(file.href));
  }
  return module;
}

/** @param {import("./page.js").PageOptions["locale"]} locale */
async function strings(locale) {
  if (typeof locale === "object") return locale;
  switch (localeOf(locale)) {
    case "zh-Hant":
      return (await import("./locale/zh-Hant.js")).default;
    case "en":
      return (await import("./locale/en.js")).default;
    default:
      return (await import("./locale/zh-Hans.js")).default;
  }
}
