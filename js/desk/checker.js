/**
 * The check, in a worker: on a long story it takes longer than a key may wait.
 */

import { allowed } from "../allowed.js";
import { checkWorker } from "../desk-sources.js";

/** What is waited for. @typedef {(found: string | undefined) => void} Waiting */

export class Checker {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #last = 0;

  /**
   * @param {WebAssembly.Module} module the desk's
   * @param {Uint8Array} table `confusables.mz`
   */
  constructor(module, table) {
    try {
      this.#worker = allowed(checkWorker);
    } catch {
      // Forbidden here: stories are checked on the page's own thread.
      return;
    }
    this.#worker.onmessage = ({ data }) => this.#heard(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.dispose();
    };
    this.#tell("load", { module, table });
  }

  /**
   * @param {string} text
   * @param {string} article as JSON
   * @param {string} log
   */
  open(text, article, log) {
    this.#tell("open", { text, article, log });
  }

  /** @param {string} log decisions that have come */
  merge(log) {
    this.#tell("merge", { log });
  }

  /** @param {string | undefined} text */
  roster(text) {
    this.#tell("roster", { text });
  }

  /** What is doubtful, as JSON; undefined where there is no worker to say it. @returns {Promise<string | undefined>} */
  check() {
    return new Promise((resolve) => {
      const id = this.#tell("check", {});
      if (id === undefined) resolve(undefined);
      else this.#waiting.set(id, resolve);
    });
  }

  dispose() {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }

  /**
   * @param {string} job
   * @param {Record<string, unknown>} message
   */
  #tell(job, message) {
    if (!this.#worker) return undefined;
    const id = ++this.#last;
    this.#worker.postMessage({ id, do: job, ...message });
    return id;
  }

  /** @param {{ id: number, value?: string, error?: string }} message */
  #heard({ id, value, error }) {
    // A worker that has missed something knows another story than the page.
    if (error !== undefined) return this.dispose();
    this.#waiting.get(id)?.(value);
    this.#waiting.delete(id);
  }
}
