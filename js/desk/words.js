/**
 * The desk's words, in the reader's language.
 *
 * @typedef {Record<string, string>} Words
 */

import { localeOf } from "../options.js";

/**
 * @param {string} [locale]
 * @returns {Promise<Words>}
 */
export async function wordsOf(locale) {
  switch (localeOf(locale)) {
    case "zh-Hant":
      return (await import("./words/zh-Hant.js")).default;
    case "en":
      return (await import("./words/en.js")).default;
    default:
      return (await import("./words/zh-Hans.js")).default;
  }
}
