/**
 * The engine on this thread: in Node, and where a page may have no worker. Gives way
 * between steps, so that a page stays alive while it works.
 */

import { annotate, loadEngine } from "./engine.js";
import { asError, disposed, throwIfAborted } from "./error.js";

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
    try {
      this.#engine = await loadEngine(this.#source, options);
    } catch (error) {
      throw asError(error);
    }
  }

  /**
   * @param {string} text
   * @param {AbortSignal} [signal]
   */
  async annotate(text, signal) {
    throwIfAborted(signal);
    const engine = this.#loaded();
    const control = new AbortController();
    const end = () => control.abort(signal?.reason);
    const { signal: ended } = this.#ended;
    signal?.addEventListener("abort", end);
    ended.addEventListener("abort", end);
    try {
      return await annotate(engine, text, control.signal);
    } catch (error) {
      if (ended.aborted) throw disposed("annotator");
      throw asError(error);
    } finally {
      signal?.removeEventListener("abort", end);
      ended.removeEventListener("abort", end);
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
      throw asError(error);
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
    return this.#engine;
  }
}
