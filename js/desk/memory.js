/**
 * The store of a desk that keeps nothing: for sites that keep decisions themselves.
 */

import { keyOf } from "./digest.js";
import { draftOf } from "./store.js";

/**
 * @typedef {import("./records.js").Decision} Decision
 * @typedef {import("./records.js").Story} Story
 * @typedef {import("./store.js").Import} Import
 */

/** @implements {Pick<import("./store.js").Store, keyof import("./store.js").Store>} */
export class MemoryStore {
  /** @type {Map<string, Story>} */
  #stories = new Map();
  /** @type {Map<string, Map<string, Decision>>} */
  #decisions = new Map();
  /** @type {Map<string, Import>} */
  #imports = new Map();
  /** @type {Map<string, unknown>} */
  #settings = new Map();

  onOther() {}

  persist() {}

  async stories() {
    return [...this.#stories.values()].sort((a, b) => b.opened - a.opened);
  }

  /**
   * @param {Partial<Story> & { id: string }} told
   * @param {Partial<Story>} [otherwise]
   */
  async keepStory(told, otherwise) {
    const story = { ...otherwise, ...this.#stories.get(told.id), ...told };
    if (story.text === undefined) return undefined;
    this.#stories.set(told.id, /** @type {Story} */ (story));
    return /** @type {Story} */ (story);
  }

  /** @param {string} id */
  async removeStory(id) {
    this.#stories.delete(id);
    this.#decisions.delete(id);
    this.#settings.delete(draftOf(id));
    for (const { id: taken, story } of this.#imports.values()) if (story === id) this.#imports.delete(taken);
  }

  /** @param {string} story */
  async decisions(story) {
    return [...(this.#decisions.get(story)?.values() ?? [])];
  }

  /**
   * @param {string} story
   * @param {Decision[]} decisions
   */
  async keep(story, decisions) {
    const kept = this.#decisions.get(story) ?? new Map();
    for (const decision of decisions) kept.set(keyOf(decision), decision);
    this.#decisions.set(story, kept);
  }

  /** @param {string} story */
  async imports(story) {
    return [...this.#imports.values()].filter((taken) => taken.story === story);
  }

  /** @param {Import} taken */
  async keepImport(taken) {
    this.#imports.set(taken.id, taken);
  }

  /** @param {Import} taken */
  async removeImport({ id }) {
    this.#imports.delete(id);
  }

  /** @param {string} name */
  async setting(name) {
    return /** @type {any} */ (this.#settings.get(name));
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  async set(name, value) {
    this.#settings.set(name, value);
  }

  close() {}
}
