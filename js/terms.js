/**
 * A user's terms on their way to the engine, and the handle to take them back.
 */

import { KINDS } from "./article.js";
import { MingzhuError, asError } from "./error.js";

/**
 * @typedef {object} Packed
 * @property {string} texts each with a line feed behind it
 * @property {Uint32Array} lengths of the texts, in UTF-16 units
 * @property {Uint8Array} kinds by their numbers
 */

/**
 * Terms as one string and two arrays: a hundred thousand objects would take the way to a
 * worker one by one.
 *
 * @param {Iterable<import("./mingzhu.js").Term>} terms
 * @returns {Packed}
 */
export function pack(terms) {
  /** @type {string[]} */
  const texts = [];
  const kinds = [];
  for (const term of terms) {
    const { text, kind } = term ?? {};
    const index = texts.length;
    if (typeof text !== "string") {
      throw new MingzhuError("TERM_INVALID", `terms[${index}]: text is a string, not ${typeof text}`, { index });
    }
    const number = KINDS.indexOf(kind);
    if (number < 0) {
      throw new MingzhuError("KIND_UNKNOWN", `terms[${index}]: ${JSON.stringify(kind)} is no kind`, { index });
    }
    texts.push(text);
    kinds.push(number);
  }
  return {
    texts: texts.map((text) => `${text}\n`).join(""),
    lengths: Uint32Array.from(texts, (text) => text.length),
    kinds: Uint8Array.from(kinds),
  };
}

/** Terms that were added together; made by `Annotator.addTerms`. */
export class AddedTerms {
  #remove;

  /**
   * @param {number} size
   * @param {() => Promise<void>} remove
   */
  constructor(size, remove) {
    this.size = size;
    this.#remove = remove;
  }

  /** Takes them back; nothing happens when they, or their annotator, are gone already. */
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

const symbol = /** @type {any} */ (Symbol).asyncDispose;
if (symbol) {
  Object.defineProperty(AddedTerms.prototype, symbol, { configurable: true, value: AddedTerms.prototype.remove });
}
