/**
 * The engine on this thread: in Node, and where a page may have no worker. Gives way
 * between steps, so that a page stays alive while it works.
 */

import { add, annotate, loadEngine } from "./engine.js";
import { MingzhuError, asError, disposed, throwIfAborted } from "./error.js";
import { bytes } from "./files.js";

/**
 * A panic leaves the wasm in no state to go on, and a thread has it once: all engines here
 * end with it.
 */
const panicked = new AbortController();

/** @param {unknown} thrown */
function raised(thrown) {
  const error = asError(thrown);
  if (error.code === "PANIC") panicked.abort(error);
  return error;
}

function throwIfPanicked() {
  const { aborted, reason } = panicked.signal;
  if (aborted) throw new MingzhuError("PANIC", "the engine panicked before", { cause: reason });
}

export class MainEngine {
  /** @type {Awaited<ReturnType<typeof loadEngine>> | undefined} */
  #engine;
  #source;
  #ended = new AbortController();

  /** @param {import("./engine.js").Source} source */
  constructor(source) {
    this.#source = source;
  }

  /** @param {{ signal?: AbortSignal, onProgress?: import("./files.js").OnProgress }} [options] */
  async load(options) {
    throwIfPanicked();
    try {
      this.#engine = await loadEngine(this.#source, options);
    } catch (error) {
      throw raised(error);
    }
  }

  /**
   * @param {string} text
   * @param {import("./options.js").Wanted} wanted
   * @param {AbortSignal} [signal]
   */
  async annotate(text, wanted, signal) {
    throwIfAborted(signal);
    const engine = this.#loaded();
    const control = new AbortController();
    const end = () => control.abort(signal?.reason);
    const { signal: ended } = this.#ended;
    const signals = [ended, panicked.signal, ...(signal ? [signal] : [])];
    for (const signal of signals) signal.addEventListener("abort", end);
    try {
      return await annotate(engine, text, wanted, control.signal);
    } catch (thrown) {
      const error = raised(thrown);
      if (ended.aborted) throw disposed("annotator");
      if (error.code === "ABORTED" && !signal?.aborted) throwIfPanicked();
      throw error;
    } finally {
      for (const signal of signals) signal.removeEventListener("abort", end);
    }
  }

  /**
   * @param {string} text
   * @param {AbortSignal} [signal]
   */
  async segment(text, signal) {
    throwIfAborted(signal);
    try {
      const [numbers, tags] = this.#loaded().segment(text);
      return { numbers, tags };
    } catch (error) {
      throw raised(error);
    }
  }

  /**
   * @param {import("./engine.js").Known} known
   * @param {AbortSignal} [signal]
   * @returns {Promise<() => Promise<void>>} what takes it back
   */
  async add(known, signal) {
    throwIfAborted(signal);
    try {
      const remove = add(this.#loaded(), known);
      return async () => {
        this.#loaded();
        remove();
      };
    } catch (error) {
      throw raised(error);
    }
  }

  /** @param {AbortSignal} [signal] */
  async loadTownships(signal) {
    throwIfAborted(signal);
    const townships = await bytes(this.#source.townships, { signal });
    try {
      this.#loaded().addTownships(townships);
    } catch (error) {
      throw raised(error);
    }
  }

  dispose() {
    this.#ended.abort();
    const engine = this.#engine;
    this.#engine = undefined;
    try {
      engine?.free();
    } catch {
      // After a panic it stays borrowed, and its memory with it.
    }
  }

  #loaded() {
    if (!this.#engine) throw disposed("annotator");
    throwIfPanicked();
    return this.#engine;
  }
}
