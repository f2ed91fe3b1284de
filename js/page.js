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
import { flatOf } from "./article.js";
import { compile, instantiate } from "./code.js";
import { MingzhuError, aborted, asError, disposed, throwIfAborted } from "./error.js";
import { Annotator } from "./mingzhu.js";
import { wantedOf } from "./options.js";
import { sources } from "./sources.js";

export { MingzhuError };

const LOCALES = /** @type {const} */ (["zh-Hans", "zh-Hant", "en"]);

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
  return Annotator.load({ ...options, module: compiled(sources(options.baseUrl).wasm) });
}

/**
 * The text of an element as an annotator reads it: blocks parted by empty lines, scripts,
 * forms and ruby readings left out.
 *
 * @param {Element} element
 * @param {{ baseUrl?: string | URL }} [options]
 * @returns {Promise<string>}
 */
export async function textOf(element, { baseUrl } = {}) {
  try {
    await instantiate(async () => init({ module_or_path: await compiled(sources(baseUrl).wasm) }));
    return readText(element);
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

  /** Loads what is needed and scans for the first time. */
  async start() {
    const { signal, locale = "auto", annotator, baseUrl, workerUrl, mode, model, onProgress } = this.#options;
    throwIfAborted(signal);
    // Before anything is fetched.
    wantedOf(this.#options);
    const end = () => this.#ended.abort(signal?.reason);
    signal?.addEventListener("abort", end, { signal: this.#ended.signal });
    // Compiled once for this thread and the worker.
    const module = compiled(sources(baseUrl).wasm);
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
        signal: this.#ended.signal, onProgress, onWarning, baseUrl, workerUrl, mode, model, module,
      });
      // Kept apart from a given one: only our own is disposed of with us.
      if (this.#ended.signal.aborted) own.dispose();
      else this.#own = own;
      return own;
    };
    const [words, ready] = await Promise.all([started(), loaded()]);
    this.#check();
    this.#annotator = ready;
    const { exclude, legend, index, card, ground, kinds } = this.#options;
    const emit = (/** @type {string} */ name, /** @type {object} */ detail) => this.#emit(name, detail);
    this.#page = new Page(this.#root, { exclude, legend, index, card, ground, kinds, strings: words, emit });
    if (!this.#page.paints) {
      this.#warn(new MingzhuError("HIGHLIGHTS_MISSING", "this browser has no CSS Custom Highlights"));
    }
    await this.#scan();
    this.#emit("ready", { annotator: this });
  }

  /**
   * Reads the text again, after the page has changed it. Calls may overlap: only the newest
   * text is painted, and all of them come to its article.
   */
  async scan() {
    try {
      return await this.#scan();
    } catch (thrown) {
      throw failed(this.#root, thrown);
    }
  }

  #scan() {
    // What is still being read is out of date.
    this.#scanning?.abort();
    this.#scanning = new AbortController();
    this.#newest = this.#read(this.#scanning.signal);
    return this.#newest;
  }

  /**
   * @param {AbortSignal} overtaken
   * @returns {Promise<import("./article.js").Article>}
   */
  async #read(overtaken) {
    this.#check();
    const page = /** @type {Page} */ (this.#page);
    const text = page.scan();
    const annotator = /** @type {Annotator} */ (this.#annotator);
    const { minScore, resolve, context } = this.#options;
    const article = await annotator.annotate(text, { signal: overtaken, minScore, resolve, context }).catch((thrown) => {
      // Disposed of meanwhile: that is what the caller should read, not that we aborted it.
      this.#check();
      if (!overtaken.aborted) throw thrown;
    });
    this.#check();
    if (!article || overtaken.aborted) return /** @type {Promise<any>} */ (this.#newest);
    const { numbers, scores, text: names } = flatOf(article);
    page.show(numbers, scores, names);
    this.#article = article;
    this.#emit("scan", { article, text });
    return article;
  }

  /**
   * Shows these kinds and hides the others.
   *
   * @param {import("./mingzhu.js").Kind[]} kinds
   */
  setFilter(kinds) {
    this.#check();
    this.#page?.setFilter(kinds);
  }

  /**
   * Takes the reader to a mention and opens its card.
   *
   * @param {number} mention index into `article.mentions`
   * @returns {boolean} false when there is none of this number
   */
  focus(mention) {
    this.#check();
    return this.#page?.focusMention(mention) ?? false;
  }

  /** Takes the reader to the next mention of those shown. */
  next() {
    this.#check();
    return this.#page?.next() ?? false;
  }

  /** Takes the reader to the one before. */
  previous() {
    this.#check();
    return this.#page?.previous() ?? false;
  }

  /** Leaves nothing behind: no range, sheet, element, listener or worker of ours. */
  dispose() {
    this.#ended.abort();
    this.#scanning?.abort();
    const page = this.#page;
    this.#page = undefined;
    page?.dispose();
    // It may be one of its own events that brought us here: freed when that is over.
    if (page) queueMicrotask(() => page.free());
    this.#own?.dispose();
    this.#own = undefined;
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

if (/** @type {any} */ (Symbol).dispose) {
  Object.defineProperty(PageAnnotator.prototype, /** @type {any} */ (Symbol).dispose, {
    configurable: true,
    value: PageAnnotator.prototype.dispose,
  });
}

/** @param {string} url */
function compiled(url) {
  let module = modules.get(url);
  if (!module) {
    module = compile(new URL(url));
    modules.set(url, module);
    // A failure is not kept: the next try may succeed.
    module.catch(() => modules.delete(url));
  }
  return module;
}

/** @param {import("./page.js").PageOptions["locale"]} locale */
async function strings(locale) {
  if (typeof locale === "object") return locale;
  switch (locale === "auto" || !locale ? preferred() : locale) {
    case "zh-Hant":
      return (await import("./locale/zh-Hant.js")).default;
    case "en":
      return (await import("./locale/en.js")).default;
    default:
      return (await import("./locale/zh-Hans.js")).default;
  }
}

/** The locale that the reader's languages ask for first. */
function preferred() {
  for (const language of navigator.languages ?? []) {
    try {
      const { language: base, script } = new Intl.Locale(language).maximize();
      const found = LOCALES.find((name) => name === base || name === `${base}-${script}`);
      if (found) return found;
    } catch {
      // Some systems hand on what is no language tag, such as en-US@posix.
    }
  }
  return "zh-Hans";
}
