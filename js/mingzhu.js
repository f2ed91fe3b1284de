/**
 * Who is who in a Chinese news article: the annotator without a page.
 *
 * @example
 * import { Annotator } from "mingzhu";
 * const annotator = await Annotator.load();
 * const article = await annotator.annotate("副市长陈立群在会上发言。");
 * console.log(article.entities);
 * annotator.dispose();
 */

import { AddedEntries, AddedTerms } from "./added.js";
import { Article, Tokens } from "./article.js";
import { MingzhuError, asError, disposed, throwIfAborted } from "./error.js";
import { wantedOf } from "./options.js";
import { forget } from "./kept.js";
import { sources } from "./sources.js";
import { pack } from "./terms.js";
import { WorkerEngine } from "./worker-engine.js";

export { AddedEntries, AddedTerms, Article, MingzhuError, Tokens, forget };

/** Failures of the worker itself, after which the main thread can still do the work. */
const WORKER_CODES = ["WORKER_BLOCKED", "WORKER_FAILED", "TIMEOUT"];

/** Reads Chinese news. Expensive to make: make one. */
export class Annotator {
  #engine;
  #mode;
  #disposed = false;

  /**
   * Use {@link Annotator.load}.
   *
   * @param {WorkerEngine | import("./main-engine.js").MainEngine} engine
   * @param {"worker" | "main"} mode
   */
  constructor(engine, mode) {
    this.#engine = engine;
    this.#mode = mode;
  }

  /**
   * Loads code and assets: in a worker, or on this thread where there is none.
   *
   * @param {import("./mingzhu.js").LoadOptions} [options]
   * @returns {Promise<Annotator>}
   */
  static async load({ signal, onProgress, onWarning, baseUrl, workerUrl, mode = "auto", module, model, keep } = {}) {
    throwIfAborted(signal);
    const source = { ...sources(baseUrl, model, keep), module };
    // The address that was given, then the package's own, then this thread.
    let inWorker = mode === "worker" || (mode === "auto" && typeof Worker === "function");
    for (let address = workerUrl; inWorker; address = undefined) {
      const engine = new WorkerEngine(source, address);
      try {
        await engine.load({ signal, onProgress });
        return new Annotator(engine, "worker");
      } catch (thrown) {
        engine.dispose();
        const error = asError(thrown);
        // Once the worker is up, it is a download that came to a halt, here as there.
        const halted = error.code === "TIMEOUT" && engine.up;
        inWorker = error.code === "WORKER_BLOCKED" && address !== undefined;
        const goesOn = inWorker || (mode === "auto" && !halted && WORKER_CODES.includes(error.code));
        if (!goesOn) throw error;
        warn(error, onWarning);
      }
    }
    // Loaded only here: with a worker, this thread never has the engine.
    const { MainEngine } = await import("./main-engine.js").catch(unreachable);
    const engine = new MainEngine(source);
    await engine.load({ signal, onProgress });
    return new Annotator(engine, "main");
  }

  /** Where the work is done. */
  get mode() {
    return this.#mode;
  }

  /**
   * Finds officials, people, places and organizations in a text.
   *
   * @param {string} text
   * @param {import("./mingzhu.js").AnnotateOptions} [options]
   * @returns {Promise<Article>}
   */
  async annotate(text, { signal, ...options } = {}) {
    const wanted = wantedOf(options);
    this.#check(text, signal);
    return new Article(await this.#engine.annotate(text, wanted, signal));
  }

  /**
   * Tells it names, which win over the model from the next `annotate` on.
   *
   * @param {Iterable<import("./mingzhu.js").Term>} terms
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<AddedTerms>}
   */
  async addTerms(terms, { signal } = {}) {
    this.#live(signal);
    const packed = pack(terms);
    return new AddedTerms(packed.kinds.length, await this.#engine.add(packed, signal));
  }

  /**
   * Tells it divisions and bodies, for the next `annotate` on.
   *
   * @param {string | Iterable<import("./mingzhu.js").Entry>} entries CSV or JSON text, or objects
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<AddedEntries>}
   */
  async addEntries(entries, { signal } = {}) {
    this.#live(signal);
    // What is handed in may change while the script that reads it comes; most never need that.
    const given = typeof entries === "string" ? entries : [...entries];
    const { packEntries } = await import("./gazetteer.js").catch(unreachable);
    this.#live(signal);
    const { packed, raise } = packEntries(given);
    try {
      return new AddedEntries(packed.codes.length, await this.#engine.add(packed, signal));
    } catch (error) {
      throw raise(asError(error));
    }
  }

  /**
   * Fetches the divisions below counties, for the next `annotate` on.
   *
   * @param {{ signal?: AbortSignal }} [options]
   */
  async loadTownships({ signal } = {}) {
    this.#live(signal);
    await this.#engine.loadTownships(signal);
  }

  /**
   * Cuts a text into words.
   *
   * @param {string} text
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {Promise<Tokens>}
   */
  async segment(text, { signal } = {}) {
    this.#check(text, signal);
    const { numbers, tags } = await this.#engine.segment(text, signal);
    return new Tokens(numbers, tags);
  }

  /** Ends the worker and frees the memory; what is under way is rejected with `DISPOSED`. */
  dispose() {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#engine.dispose();
  }

  /**
   * @param {unknown} text
   * @param {AbortSignal} [signal]
   */
  #check(text, signal) {
    if (typeof text !== "string") throw new TypeError(`a string is needed, not ${typeof text}`);
    this.#live(signal);
  }

  /** @param {AbortSignal} [signal] */
  #live(signal) {
    if (this.#disposed) throw disposed("annotator");
    throwIfAborted(signal);
  }
}

// Symbols of explicit resource management, where the runtime has them.
for (const name of /** @type {const} */ (["dispose", "asyncDispose"])) {
  const symbol = /** @type {any} */ (Symbol)[name];
  if (symbol) {
    Object.defineProperty(Annotator.prototype, symbol, {
      configurable: true,
      value:
        name === "dispose"
          ? Annotator.prototype.dispose
          : /** @this {Annotator} */ async function () {
              this.dispose();
            },
    });
  }
}

/**
 * A script that is loaded when it is needed did not come.
 *
 * @param {unknown} cause
 * @returns {never}
 */
function unreachable(cause) {
  throw new MingzhuError("ASSET_UNREACHABLE", "a script of the package could not be loaded", {
    hint: "check the network, and serve all scripts of the package beside each other",
    cause,
  });
}

/**
 * Never silent: to the caller who wants to know, else to the console.
 *
 * @param {MingzhuError} warning
 * @param {((warning: MingzhuError) => void)} [onWarning]
 */
function warn(warning, onWarning) {
  if (onWarning) onWarning(warning);
  else console.warn(`mingzhu: ${warning.message} (${warning.code}). ${warning.hint}`);
}
