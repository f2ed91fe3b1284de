/**
 * The store of a desk that keeps nothing: for sites that keep decisions themselves.
 */

/** @implements {Pick<import("./store.js").Store, keyof import("./store.js").Store>} */
export class MemoryStore {
  /** @type {Map<string, import("./records.js").Story>} */
  #stories = new Map();
  /** @type {Map<string, Map<string, import("./records.js").Decision>>} */
  #decisions = new Map();
  /** @type {Map<string, unknown>} */
  #settings = new Map();

  onOther() {}

  async stories() {
    return [...this.#stories.values()].sort((a, b) => b.opened - a.opened);
  }

  /** @param {import("./records.js").Story} story */
  async keepStory(story) {
    this.#stories.set(story.id, story);
  }

  /** @param {string} id */
  async removeStory(id) {
    this.#stories.delete(id);
    this.#decisions.delete(id);
  }

  /** @param {string} story */
  async decisions(story) {
    return [...(this.#decisions.get(story)?.values() ?? [])];
  }

  /**
   * @param {string} story
   * @param {import("./records.js").Decision[]} decisions
   */
  async keep(story, decisions) {
    const kept = this.#decisions.get(story) ?? new Map();
    for (const decision of decisions) if (!kept.has(decision.id)) kept.set(decision.id, decision);
    this.#decisions.set(story, kept);
  }

  /** @param {string} name */
  async setting(name) {
    return this.#settings.get(name);
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
