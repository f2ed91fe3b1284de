/**
 * From what a page says to what is shown of it: read in slices, annotated, painted; again when it
 * changes, and never an older text over a newer one.
 */

import { flatOf } from "./article.js";
import { breath } from "./breath.js";
import { MingzhuError, throwIfAborted } from "./error.js";
import { Notes, Watch, attributesOf } from "./watch.js";

/** Milliseconds that one step on a page may take at a time: with what else there is to do, less than 50. */
const SLICE = 20;

/**
 * The length of a text of which what the reader sees is read first, in UTF-16 units: a second screen of it. Code that
 * has just been fetched is not optimised yet, and the first article is read with that.
 */
const LONG = 2000;

/** All that is read of one page. */
export class Scans {
  #root;
  #page;
  #annotator;
  /** Whether the annotator has come. */
  #ready = false;
  #options;
  #host;
  #attributes;
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
  #over = new AbortController();
  /**
   * What is under way.
   *
   * @type {Set<Promise<unknown>>}
   */
  #running = new Set();

  /**
   * @param {Element} root
   * @param {import("./wasm/mingzhu.js").Page} page
   * @param {Promise<import("./mingzhu.js").Annotator>} annotator
   * @param {import("./page.js").PageOptions} options
   * @param {{ check(): void, emit(name: string, detail: object): void, warn(warning: MingzhuError): void, failed(thrown: unknown): void }} host
   *   `check` throws when all of it is over
   */
  constructor(root, page, annotator, options, host) {
    this.#root = root;
    this.#page = page;
    this.#annotator = annotator;
    annotator.then(() => (this.#ready = true), () => {});
    this.#options = options;
    this.#host = host;
    this.#attributes = attributesOf([options.exclude, options.include]);
    if (page.elements) {
      this.#mender = new MutationObserver((records) => this.#mend(touchedBy(records)));
      this.#mender.observe(root, { subtree: true, childList: true, characterData: true });
    }
  }

  /** What was found last. */
  get article() {
    return this.#article;
  }

  /**
   * Reads all of it afresh.
   *
   * @param {AbortSignal} [signal]
   */
  scan(signal) {
    return this.#run(async () => {
      await this.#text([], signal);
      await this.#loaded(signal);
      this.#host.check();
      return this.#begin(this.#page.scan(), signal);
    });
  }

  /**
   * Waits for the annotator, if it is still on its way, and reads what has changed meanwhile.
   *
   * @param {AbortSignal} [signal]
   */
  async #loaded(signal) {
    if (this.#ready) return;
    const notes = new Notes(this.#root, this.#attributes);
    try {
      await this.#annotator;
      const changes = notes.take();
      if (!this.#isTold()) await this.#text([], signal);
      else if (changes[0]?.length) await this.#text(changes, signal);
    } finally {
      notes.end();
    }
  }

  /**
   * Reads what changes from now on, until the signal is aborted.
   *
   * @param {AbortSignal} [signal]
   */
  observe(signal) {
    this.#watch?.stop();
    const restless = (/** @type {number} */ pause) =>
      this.#host.warn(new MingzhuError("PAGE_RESTLESS", `the page goes on changing: not read for ${pause / 1000} s`));
    const watch = new Watch(this.#root, this.#attributes, () => this.#run(() => this.#update(watch)), restless);
    this.#watch = watch;
    this.#reach();
    const stop = () => {
      watch.stop();
      if (this.#watch === watch) this.#watch = undefined;
    };
    signal?.addEventListener("abort", stop, { once: true, signal: this.#over.signal });
    // What has changed since it was read last.
    watch.now();
  }

  /** Reads no more. */
  end() {
    this.#over.abort();
    this.#scanning?.abort();
    this.#watch?.stop();
    this.#mender?.disconnect();
  }

  /** Resolved when nothing of it runs any more. */
  async ended() {
    await Promise.allSettled(this.#running);
  }

  /**
   * @template T
   * @param {() => Promise<T>} job
   */
  async #run(job) {
    const running = job();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** What is watched besides the root goes with what was read. */
  #reach() {
    this.#watch?.reach(this.#page.trees());
  }

  /**
   * Reads what has changed; what fails is told by event.
   *
   * @param {Watch} watch
   */
  async #update(watch) {
    try {
      const changes = watch.changes();
      await this.#text(this.#isTold() ? changes : []);
      this.#host.check();
      const text = this.#page.update();
      if (text === undefined) this.#show();
      else await this.#begin(text);
    } catch (thrown) {
      this.#host.failed(thrown);
    }
  }

  /**
   * True when nothing that was read changes without our hearing of it. Nobody tells of a shadow root
   * that is new or a frame that goes elsewhere, and what we cut ourselves we do not hear.
   */
  #isTold() {
    return !this.#options.shadow && !this.#options.frames && !this.#page.elements;
  }

  /**
   * Reads the page's text, which lets the page have its turns when that takes long.
   *
   * @param {import("./watch.js").Change} since what has changed since the last reading; nothing to read all of it afresh
   * @param {AbortSignal} [signal]
   */
  async #text(since, signal) {
    const check = () => (this.#host.check(), throwIfAborted(signal));
    check();
    this.#mend();
    let met = this.#page.read(SLICE, ...since);
    if (!met) return;
    const notes = new Notes(this.#root, this.#attributes);
    try {
      while (met) {
        notes.follow(met);
        await breath();
        check();
        this.#mend();
        met = this.#page.read(SLICE, ...notes.take());
      }
    } finally {
      notes.end();
    }
  }

  /**
   * Takes away what is left of ours where the page has written its text anew.
   *
   * @param {Node[]} [touched] where that may be
   */
  #mend(touched) {
    if (this.#mender) this.#aside(() => this.#page.mend(touched));
  }

  #show() {
    this.#aside(() => this.#page.settle());
    this.#page.show();
    this.#reach();
  }

  /**
   * Cuts the page's nodes, which we do not take for the site's doing. It must not tell anybody of
   * anything: what a listener writes is the site's.
   *
   * @param {() => void} job
   */
  #aside(job) {
    if (this.#watch && this.#mender) this.#watch.aside(job);
    else job();
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
   * @param {string} text
   * @param {AbortSignal} overtaken
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./article.js").Article>}
   */
  async #read(text, overtaken, signal) {
    const seen = !this.#article && text.length > LONG ? this.#page.seen() : undefined;
    if (seen && (await this.#found(text, overtaken, signal, { start: seen[0], end: seen[1] }))) this.#page.preview();
    const article = await this.#found(text, overtaken, signal);
    if (!article) return /** @type {Promise<any>} */ (this.#newest);
    this.#show();
    this.#host.emit("scan", { article, text, textViewVersion: this.#page.textViewVersion });
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
    const { minScore, resolve, context } = this.#options;
    const check = () => (this.#host.check(), throwIfAborted(signal));
    const options = { signal: overtaken, minScore, resolve, context, part };
    const article = await (await this.#annotator).annotate(text, options).catch((thrown) => {
      // Disposed of meanwhile: that is what the caller should read, not that we aborted it.
      check();
      if (!overtaken.aborted) throw thrown;
    });
    check();
    if (!article || overtaken.aborted) return undefined;
    const { numbers, scores, text: names } = flatOf(article);
    this.#page.offer(numbers, scores, names);
    while (!this.#page.measure(SLICE)) {
      await breath();
      check();
      if (overtaken.aborted) return undefined;
    }
    this.#article = article;
    return article;
  }
}

/**
 * The nodes that were changed, or stand beside a change.
 *
 * @param {MutationRecord[]} records
 */
function touchedBy(records) {
  const beside = records.flatMap(({ target, removedNodes, previousSibling, nextSibling }) => [
    target, ...removedNodes, previousSibling, nextSibling,
  ]);
  return /** @type {Node[]} */ ([...new Set(beside)].filter(Boolean));
}
