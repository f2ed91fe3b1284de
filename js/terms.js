/**
 * A user's terms on their way to the engine.
 */

import { KINDS } from "./article.js";
import { MingzhuError } from "./error.js";

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
