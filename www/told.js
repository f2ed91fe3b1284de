/** What went wrong, as a reader is told it. */

import { explain } from "./pkg/explain.js";

/**
 * The error's words are files of the package. They are on their way while nothing is wrong: when the
 * network fails, they could not be had any more.
 *
 * @param {string} locale
 */
export function prepare(locale) {
  import(`./pkg/locale/errors-${locale}.js`).catch(() => {});
}

/**
 * @param {string} lead
 * @param {Pick<import("./pkg/mingzhu.js").MingzhuError, "code" | "message" | "hint">} error
 * @param {"zh-Hans" | "zh-Hant" | "en"} locale
 */
export async function told(lead, error, locale) {
  const { message, hint } = await explain(error, locale);
  const paragraph = document.createElement("p");
  const strong = Object.assign(document.createElement("strong"), { textContent: lead });
  const code = Object.assign(document.createElement("code"), { textContent: error.code ?? "" });
  // Chinese has no space behind a full stop.
  const words = [message, hint].filter(Boolean).join(locale === "en" ? " " : "");
  paragraph.append(strong, `${words} `, code);
  // Which file it is about is said by the error's own message only.
  if (/^(ASSET|TIMEOUT)/.test(error.code ?? "")) paragraph.append(` ${error.message}`);
  return paragraph;
}
