/**
 * What a user has added, and the handle to take it back.
 */

import { asError } from "./error.js";

/** What was added together. */
class Added {
  #remove;

  /**
   * @param {number} size
   * @param {() => Promise<void>} remove
   */
  constructor(size, remove) {
    this.size = size;
    this.#remove = remove;
  }

  /** Takes it back; nothing happens when it, or its annotator, is gone already. */
  async remove() {
    const remove = this.#remove;
    this.#remove = async () => {};
    try {
      await remove();
    } catch (thrown) {
      const error = asError(thrown);
      if (error.code !== "DISPOSED") throw error;
    }
  }
}

/** Terms that were added together; made by `Annotator.addTerms`. */
export class AddedTerms extends Added {}

/** Divisions and bodies that were added together; made by `Annotator.addEntries`. */
export class AddedEntries extends Added {}

const symbol = /** @type {any} */ (Symbol).asyncDispose;
if (symbol) {
  Object.defineProperty(Added.prototype, symbol, { configurable: true, value: Added.prototype.remove });
}
