/**
 * What is half written on a story: kept while it is written, gone when it has become part of a decision.
 */

import { draftOf } from "./store.js";

/** @typedef {import("./records.js").Span} Span */

export class Drafts {
  #keeper;
  #story;
  #texts;

  /**
   * @param {import("./keeper.js").Keeper} keeper
   * @param {string} story
   * @param {Record<string, string>} [texts] those that are kept
   */
  constructor(keeper, story, texts = {}) {
    this.#keeper = keeper;
    this.#story = story;
    this.#texts = texts;
  }

  /** @param {string} name */
  get(name) {
    return this.#texts[name] ?? "";
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  set(name, text) {
    if (this.get(name) === text) return;
    const { [name]: _, ...others } = this.#texts;
    this.#texts = text ? { ...others, [name]: text } : others;
    void this.#keeper.keep((store) => store.set(draftOf(this.#story), this.#texts));
  }
}

/**
 * A note on a place, or on the story.
 *
 * @param {Span} [subject]
 */
export function noteOf(subject) {
  return subject ? `note ${subject.start}-${subject.end}` : "note";
}
