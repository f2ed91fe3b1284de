/**
 * What an error means, and what can be done about it, in the reader's language.
 *
 * @example
 * import { explain } from "mingzhu/explain";
 * const { message, hint } = await explain(error, "zh-Hans");
 */

import { localeOf } from "./options.js";

/**
 * @param {{ code?: unknown, message?: unknown, hint?: unknown }} error
 * @param {import("./explain.js").ExplainLocale} [locale]
 * @returns {Promise<import("./explain.js").Explanation>}
 */
export async function explain(error, locale) {
  const known = await explanations(localeOf(locale));
  const { code, message, hint } = error ?? {};
  if (known && typeof code === "string" && Object.hasOwn(known, code)) return known[code];
  // In English, and better than nothing.
  return { message: String(message ?? error), hint: typeof hint === "string" ? hint : "" };
}

/** @param {ReturnType<typeof localeOf>} locale */
async function explanations(locale) {
  try {
    switch (locale) {
      case "zh-Hant":
        return (await import("./locale/errors-zh-Hant.js")).default;
      case "en":
        return (await import("./locale/errors-en.js")).default;
      default:
        return (await import("./locale/errors-zh-Hans.js")).default;
    }
  } catch {
    // Where the network is what failed, this may fail as well.
    return undefined;
  }
}
