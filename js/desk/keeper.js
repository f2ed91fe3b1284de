/**
 * What is on its way to the store. A write begins at once: a queue would be lost with the tab. What fails
 * is said, and tried again with the next write and by `saved`.
 */

import { asError } from "../error.js";
import { filled } from "./nodes.js";
import { unique } from "./session.js";

/** @typedef {import("./store.js").Store | import("./memory.js").MemoryStore} Store */

export class Keeper {
  #failed;
  /** @type {Set<Promise<unknown>>} */
  #pending = new Set();
  /** @type {((store: Store) => Promise<unknown>)[]} */
  #unkept = [];
  /** @type {unknown} */
  #error;
  #asked = false;

  /**
   * @param {Store} store
   * @param {(error: import("../error.js").MingzhuError) => void} failed
   */
  constructor(store, failed) {
    this.store = store;
    this.#failed = failed;
  }

  /**
   * Resolved when it is kept or has failed; with what the store answers, or undefined.
   *
   * @template T
   * @param {(store: Store) => Promise<T>} write
   * @returns {Promise<T | undefined>}
   */
  keep(write) {
    this.#again();
    return this.#begin(write);
  }

  #again() {
    for (const write of this.#unkept.splice(0)) void this.#begin(write);
  }

  /**
   * @template T
   * @param {(store: Store) => Promise<T>} write
   * @returns {Promise<T | undefined>}
   */
  #begin(write) {
    const writing = write(this.store).catch((error) => {
      this.#unkept.push(write);
      this.#error = error;
      this.#failed(asError(error));
      return undefined;
    });
    this.#pending.add(writing);
    void writing.then(() => this.#pending.delete(writing));
    return writing;
  }

  /**
   * What who has given no name is called. Nobody else is called so, or one's decisions would be another one's.
   *
   * @param {import("./words.js").Words} words
   * @returns {Promise<string>}
   */
  async unsigned(words) {
    const kept = await this.store.setting("unsigned");
    if (kept) return kept;
    const name = filled(words.unsigned, { id: unique().slice(0, 4) });
    await this.keep((store) => store.set("unsigned", name));
    return name;
  }

  /** Asks the browser, once, to throw nothing away when it runs out of space. Some ask their reader, who takes their time. */
  persist() {
    if (this.#asked) return;
    this.#asked = true;
    this.store.persist();
  }

  async #settled() {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** Resolved when all of it is kept; rejected with what keeps it from that. */
  async saved() {
    await this.#settled();
    this.#again();
    await this.#settled();
    if (this.#unkept.length > 0) throw asError(this.#error);
  }

  /** What has begun is still kept. */
  close() {
    void this.#settled().then(() => this.store.close());
  }
}
