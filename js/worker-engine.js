/**
 * The engine in a worker, seen from outside: every call settles, whatever happens in there.
 */

import { allowed } from "./allowed.js";
import { MingzhuError, REPORT, aborted, asError, disposed } from "./error.js";

/** Until the script runs; downloads have their own time. */
const START_LIMIT = 10_000;

/**
 * @typedef {object} Call
 * @property {Record<string, unknown>} message
 * @property {(value: any) => void} resolve
 * @property {(error: MingzhuError) => void} reject
 * @property {AbortSignal} [signal]
 * @property {import("./files.js").OnProgress} [onProgress]
 */

export class WorkerEngine {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<number, Call>} */
  #calls = new Map();
  #lastId = 0;
  /**
   * What every new worker is told again.
   *
   * @type {Map<number, import("./engine.js").Known>}
   */
  #known = new Map();
  #lastKnown = 0;
  /** Whether every new worker is told the townships. */
  #townships = false;
  #source;
  #module;
  #workerUrl;
  /** @type {Promise<void> | undefined} */
  #ready;
  /** @type {((error?: MingzhuError) => void) | undefined} */
  #starting;
  #up = false;
  #disposed = false;

  /**
   * @param {import("./engine.js").Source} source
   * @param {string | URL} [workerUrl]
   */
  constructor(source, workerUrl) {
    const { module, ...addresses } = source;
    this.#source = addresses;
    this.#module = module;
    this.#workerUrl = workerUrl;
  }

  /** Whether the worker's script has run. */
  get up() {
    return this.#up;
  }

  /** @param {{ signal?: AbortSignal, onProgress?: import("./files.js").OnProgress }} [options] */
  async load({ signal, onProgress } = {}) {
    const abort = () => this.#stop(aborted(/** @type {AbortSignal} */ (signal)));
    signal?.addEventListener("abort", abort);
    const up = this.#start();
    const worker = this.#worker;
    this.#ready = up.then(() => this.#load(onProgress));
    try {
      await this.#ready;
    } catch (error) {
      // A worker without an engine is of no use: the next call starts another.
      if (this.#worker === worker) this.#stop(asError(error));
      throw error;
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  }

  /**
   * @param {string} text
   * @param {import("./options.js").Wanted} wanted
   * @param {AbortSignal} [signal]
   * @returns {Promise<import("./article.js").Flat>}
   */
  async annotate(text, wanted, signal) {
    await unlessAborted(this.#again(), signal);
    return this.#call({ do: "annotate", text, wanted }, { signal });
  }

  /**
   * @param {string} text
   * @param {AbortSignal} [signal]
   * @returns {Promise<{ numbers: Uint32Array, tags: string }>}
   */
  async segment(text, signal) {
    await unlessAborted(this.#again(), signal);
    return this.#call({ do: "segment", text }, { signal });
  }

  /**
   * @param {import("./engine.js").Known} known
   * @param {AbortSignal} [signal]
   * @returns {Promise<() => Promise<void>>} what takes it back
   */
  async add(known, signal) {
    const key = ++this.#lastKnown;
    await unlessAborted(this.#again(), signal);
    try {
      await this.#call({ do: "add", key, known }, { signal });
    } catch (error) {
      // Whoever aborts has no handle to remove it by.
      if (signal?.aborted) this.#worker?.postMessage({ id: ++this.#lastId, do: "remove", key });
      throw error;
    }
    this.#known.set(key, known);
    return () => this.#remove(key);
  }

  /** @param {number} key */
  async #remove(key) {
    // Before anything else: a worker that starts meanwhile does not hear of it.
    this.#known.delete(key);
    if (!this.#worker) return;
    await this.#again();
    await this.#call({ do: "remove", key }, {});
  }

  /** @param {AbortSignal} [signal] */
  async loadTownships(signal) {
    await unlessAborted(this.#again(), signal);
    await this.#call({ do: "townships" }, { signal });
    this.#townships = true;
  }

  dispose() {
    this.#disposed = true;
    this.#stop(disposed("annotator"));
  }

  /**
   * The assets are on their way while the page still compiles the code it shares.
   *
   * @param {import("./files.js").OnProgress} [onProgress]
   */
  async #load(onProgress) {
    const loading = this.#call({ do: "load", source: this.#source, shared: !!this.#module }, { onProgress });
    if (this.#module) this.#share(this.#lastId, this.#module);
    await loading;
    if (this.#townships) await this.#call({ do: "townships" }, {});
    await Promise.all([...this.#known].map(([key, known]) => this.#call({ do: "add", key, known }, {})));
  }

  /**
   * @param {number} id
   * @param {NonNullable<import("./engine.js").Source["module"]>} compiling
   */
  async #share(id, compiling) {
    const worker = this.#worker;
    const stop = (/** @type {MingzhuError} */ error) => {
      if (this.#worker === worker) this.#stop(error);
    };
    let module;
    try {
      module = await compiling;
    } catch (error) {
      return stop(asError(error));
    }
    try {
      worker?.postMessage({ id, do: "code", module });
    } catch (cause) {
      stop(new MingzhuError("WORKER_FAILED", "the code could not be handed to the worker", { cause }));
    }
  }

  /** Starts the worker again if it has gone down. */
  async #again() {
    if (!this.#worker && !this.#disposed) await this.load();
    else await this.#ready;
  }

  /**
   * Resolves when the worker's script runs.
   *
   * @returns {Promise<void>}
   */
  #start() {
    return new Promise((resolve, reject) => {
      if (this.#disposed) return reject(disposed("annotator"));
      const timer = setTimeout(() => {
        this.#stop(new MingzhuError("TIMEOUT", "the worker did not come up in time"));
      }, START_LIMIT);
      this.#starting = (error) => {
        this.#starting = undefined;
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      };
      const blocked = (/** @type {unknown} */ cause) => {
        this.#stop(new MingzhuError("WORKER_BLOCKED", "the worker could not be started", { cause }));
      };
      let worker;
      try {
        worker = create(this.#workerUrl);
      } catch (cause) {
        return blocked(cause);
      }
      this.#worker = worker;
      this.#up = false;
      const unreadable = (/** @type {string} */ what) => {
        this.#stop(new MingzhuError("WORKER_FAILED", `a message ${what} the worker could not be read`));
      };
      worker.addEventListener("message", ({ data }) => {
        if (this.#worker !== worker) return;
        if (data.up) {
          this.#up = true;
          this.#starting?.();
        } else if (data.unreadable) {
          unreadable("to");
        } else {
          this.#hear(data);
        }
      });
      worker.addEventListener("error", (event) => {
        if (this.#worker !== worker) return;
        const cause = event.error ?? event.message;
        if (!this.#up) blocked(cause);
        else this.#stop(new MingzhuError("WORKER_FAILED", "the worker failed", { cause }));
      });
      worker.addEventListener("messageerror", () => {
        if (this.#worker === worker) unreadable("of");
      });
    });
  }

  /**
   * @param {Record<string, unknown>} message
   * @param {{ signal?: AbortSignal, onProgress?: import("./files.js").OnProgress }} options
   * @returns {Promise<any>}
   */
  #call(message, { signal, onProgress }) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(aborted(signal));
      if (this.#disposed) return reject(disposed("annotator"));
      if (!this.#worker) return reject(new MingzhuError("WORKER_FAILED", "the worker is down"));
      const id = ++this.#lastId;
      const abort = () => {
        this.#worker?.postMessage({ id, do: "cancel" });
        this.#calls.delete(id);
        reject(aborted(/** @type {AbortSignal} */ (signal)));
      };
      signal?.addEventListener("abort", abort, { once: true });
      const done = () => signal?.removeEventListener("abort", abort);
      const call = {
        message: { ...message, id },
        resolve: (/** @type {any} */ value) => (done(), resolve(value)),
        reject: (/** @type {MingzhuError} */ error) => (done(), reject(error)),
        signal,
        onProgress,
      };
      this.#calls.set(id, call);
      this.#worker.postMessage(call.message);
    });
  }

  /** @param {any} reply */
  #hear({ id, value, error, progress }) {
    const call = this.#calls.get(id);
    if (!call) return;
    if (progress) {
      call.onProgress?.(progress);
      return;
    }
    this.#calls.delete(id);
    if (!error) {
      call.resolve(value);
      return;
    }
    const panicked = error.code === "PANIC";
    const hint = panicked ? `${REPORT}; the next call starts afresh` : error.hint;
    const raised = new MingzhuError(error.code, error.message, { hint, cause: error, index: error.index });
    call.reject(raised);
    // What panics while it loads would panic again.
    if (panicked && call.message.do !== "load") this.#recover(raised);
  }

  /**
   * A panic leaves the wasm in no state to go on: the worker is started afresh, and what
   * waited for it is asked again.
   *
   * @param {MingzhuError} panic
   */
  #recover(panic) {
    const waiting = [...this.#calls];
    this.#calls.clear();
    this.#stop(panic);
    const again = async () => {
      await this.load();
      if (this.#disposed) throw disposed("annotator");
      for (const [id, call] of waiting) {
        if (call.signal?.aborted) continue;
        this.#calls.set(id, call);
        this.#worker?.postMessage(call.message);
      }
    };
    again().catch((error) => {
      for (const [, call] of waiting) call.reject(asError(error));
    });
  }

  /**
   * Ends the worker and rejects all that waits for it.
   *
   * @param {MingzhuError} error
   */
  #stop(error) {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#starting?.(error);
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) call.reject(error);
  }
}

/**
 * What others wait for as well goes on; who aborts has had enough of waiting.
 *
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
function unlessAborted(promise, signal) {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(aborted(signal));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/**
 * @param {string | URL} [url]
 * @returns {Worker}
 */
function create(url) {
  return allowed(() => (url === undefined ? new Worker(new URL("./worker.js", import.meta.url), { type: "module" }) : new Worker(url, { type: "module" })));
}
