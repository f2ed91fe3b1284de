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
import { compile, instantiate } from "./code.js";
import { dispatch, documentOf, isNode, listen, partOf } from "./dom.js";
import { MingzhuError, aborted, asError, disposed, throwIfAborted } from "./error.js";
import { Annotator } from "./mingzhu.js";
import { localeOf, minScoreOf, wantedOf } from "./options.js";
import { Scans } from "./scans.js";
import { sources } from "./sources.js";

export { MingzhuError };

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
  /**
   * The annotator we loaded ourselves, and dispose of.
   *
   * @type {Annotator | undefined}
   */
  #own;
  /** @type {Scans | undefined} */
  #scans;
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
    return this.#scans?.article;
  }

  /** The mentions found last. */
  get mentions() {
    return this.article?.mentions ?? [];
  }

  /** The entities found last. */
  get entities() {
    return this.article?.entities ?? [];
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
    // A range of a frame's is an instance of nothing here.
    const span = typeof what === "number" ? this.mentions[what] : "startContainer" in what ? spanOf(page, what) : what;
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
    if (exact.length > (this.article?.length ?? 0)) return { orphan: "absent" };
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
    const end = () => {
      this.#ended.abort(signal?.reason);
      this.dispose();
    };
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
    const loading = loaded();
    // Whoever waits for it hears of its failure.
    loading.catch(() => {});
    const words = await started();
    this.#check();
    this.#page = this.#made(words);
    // Who hears its warning may have ended it.
    this.#check();
    this.#scans = new Scans(this.#root, this.#page, loading, this.#options, {
      check: () => this.#check(),
      emit: (name, detail) => this.#emit(name, detail),
      warn: (warning) => this.#warn(warning),
      failed: (thrown) => void (this.#ended.signal.aborted || failed(this.#root, thrown)),
    });
    await this.#scans.scan();
    this.#emit("ready", { annotator: this });
    if (this.#options.observe && !this.#ended.signal.aborted) this.observe();
  }

  /** @param {object} words */
  #made(words) {
    const { card = true, render, ground } = this.#options;
    const elements = elementsOf(render);
    const emit = (/** @type {string} */ name, /** @type {object} */ detail) => this.#emit(name, detail);
    const own = typeof card === "function" ? this.#card.bind(this, card) : undefined;
    const told = { card: card !== false, own, elements, strings: words, emit };
    const page = new Page(this.#root, { ...this.#options, ...told });
    if (page.elements && !elements) {
      this.#warn(new MingzhuError("HIGHLIGHTS_MISSING", "this browser has no CSS Custom Highlights"));
    }
    if (ground === undefined) this.#dress(page);
    return page;
  }

  /**
   * Has the lines drawn for the ground that a site's own switch to dark has made.
   *
   * @param {Page} page
   */
  #dress(page) {
    const { signal } = this.#ended;
    const document = documentOf(this.#root);
    let waits = false;
    const soon = () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(() => {
        waits = false;
        if (!signal.aborted) page.dress();
      });
    };
    const observer = new MutationObserver(soon);
    for (const part of [partOf(document, "documentElement"), partOf(document, "body")]) {
      if (part) observer.observe(part, { attributes: true });
    }
    // The colour may come by degrees.
    const forget = listen(document, "transitionend", ({ propertyName }) => propertyName.endsWith("color") && soon());
    signal.addEventListener("abort", () => (observer.disconnect(), forget()));
  }

  /**
   * Reads the text again, after the page has changed it. Calls may overlap: only the newest
   * text is painted, and all of them come to its article.
   *
   * @param {{ signal?: AbortSignal }} [options]
   */
  async scan({ signal } = {}) {
    try {
      this.#check();
      throwIfAborted(signal);
      return await /** @type {Scans} */ (this.#scans).scan(signal);
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
    this.#scans?.observe(signal);
  }

  /**
   * Shows these kinds and what is at least so probable; what is left out stays as it is.
   *
   * @param {import("./page.js").Filter} filter
   */
  setFilter({ kinds, minScore }) {
    this.#check();
    const least = minScore === undefined ? undefined : minScoreOf(minScore);
    this.#page?.setFilter(kinds && [...kinds], least);
  }

  /**
   * Takes the reader to a mention and opens its card.
   *
   * @param {number} mention index into `mentions`
   * @returns {boolean} false when there is none of this number, or the page has it no longer
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
    this.#scans?.end();
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
    await this.#scans?.ended();
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
      if (node === null || node === undefined || isNode(node)) return node;
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
    return tell(this.#root, name, detail);
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
function tell(root, name, detail) {
  return dispatch(root, new CustomEvent(`mingzhu-${name}`, { detail, bubbles: true, composed: true, cancelable: true }));
}

/**
 * Tells the page of an error, unless it is what the page wanted.
 *
 * @param {Element} root
 * @param {unknown} thrown
 */
function failed(root, thrown) {
  const error = asError(thrown);
  if (error.code !== "ABORTED" && error.code !== "DISPOSED") tell(root, "error", { error });
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
