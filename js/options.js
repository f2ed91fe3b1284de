/**
 * What is asked for, refused where it makes no sense.
 */

import { MingzhuError } from "./error.js";

/** The models' files by what they are called. */
export const MODELS = { core: "model.mz", large: "model-large.mz" };

/**
 * @param {unknown} model
 * @returns {keyof typeof MODELS}
 */
export function modelOf(model = "core") {
  if (typeof model === "string" && Object.hasOwn(MODELS, model)) return /** @type {keyof typeof MODELS} */ (model);
  throw new MingzhuError("OPTION_INVALID", `there is no model ${JSON.stringify(model)}`, {
    hint: `ask for model ${Object.keys(MODELS).map((name) => `"${name}"`).join(" or ")}`,
  });
}

/** An address that stands in markup, which whoever wrote the page's code may never have seen. */
export class MarkupUrl extends URL {}

/** @param {string | undefined | null} address */
export const markupUrl = (address) => (address ? new MarkupUrl(address, document.baseURI) : undefined);

/** The languages there are words in. */
const LOCALES = /** @type {const} */ (["zh-Hans", "zh-Hant", "en"]);

/**
 * A language that there are words in: the one asked for, else the first that the reader asks for.
 *
 * @param {string} [locale]
 */
export function localeOf(locale) {
  const asked = locale && locale !== "auto" ? [locale] : (globalThis.navigator?.languages ?? []);
  for (const language of asked) {
    try {
      const { language: base, script } = new Intl.Locale(language).maximize();
      const found = LOCALES.find((name) => name === base || name === `${base}-${script}`);
      if (found) return found;
    } catch {
      // Some systems hand on what is no language tag, such as en-US@posix.
    }
  }
  return "zh-Hans";
}

/**
 * @typedef {object} Wanted what the engine is told of one text
 * @property {number} minScore
 * @property {boolean} resolve
 * @property {string} [place]
 * @property {string} [publisher]
 * @property {string} [host]
 * @property {number} date such as 20260305, or 0
 * @property {Uint32Array} [part] where the part starts and ends that is read
 */

/**
 * @param {Omit<import("./mingzhu.js").AnnotateOptions, "signal">} options
 * @returns {Wanted}
 */
export function wantedOf({ minScore, resolve = true, context, part } = {}) {
  if (typeof resolve !== "boolean") throw refused("resolve is true or false", resolve, "give resolve: false, or leave it out");
  return { minScore: minScoreOf(minScore), resolve, ...contextOf(context), part: partOf(part) };
}

/** @param {unknown} part */
function partOf(part) {
  if (part === undefined) return undefined;
  const { start, end } = /** @type {Record<string, unknown>} */ (part ?? {});
  if (isOffset(start) && isOffset(end) && start <= end) return Uint32Array.of(start, end);
  throw refused("part is a part of the text", part, "write part: { start, end }, in UTF-16 units");
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
function isOffset(value) {
  return Number.isInteger(value) && /** @type {number} */ (value) >= 0 && /** @type {number} */ (value) < 2 ** 32;
}

/** @param {unknown} context */
function contextOf(context = {}) {
  if (typeof context !== "object" || context === null) {
    throw refused("context is an object", context, "write context: { place, publisher, url, date }");
  }
  const { place, publisher, url, date } = /** @type {Record<string, unknown>} */ (context);
  if (place !== undefined && typeof place !== "string" && !Number.isInteger(place)) {
    throw refused("context.place is a name or a code", place, 'write the division as "滨州市" or 3716');
  }
  if (publisher !== undefined && typeof publisher !== "string") {
    throw refused("context.publisher is a string", publisher, "write who publishes it, such as 滨州日报");
  }
  let host;
  try {
    host = url === undefined ? undefined : new URL(String(url)).hostname;
  } catch {
    throw refused("context.url is an address", url, "write it whole, with https://");
  }
  return { place: place === undefined ? undefined : String(place), publisher, host, date: dateOf(date) };
}

/**
 * A day as a number; a time behind it does not move it.
 *
 * @param {unknown} date
 */
function dateOf(date) {
  if (date === undefined) return 0;
  const day = /^(\d{4}-\d\d-\d\d)(?:T.*)?$/.exec(String(date))?.[1] ?? "";
  const time = Date.parse(`${day}T00:00Z`);
  // The 30th of February is the 2nd of March to some engines.
  const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  if (real && day > "0001") return Number(day.replaceAll("-", ""));
  throw refused("context.date is a day", date, "write it as 2026-03-05");
}

/**
 * @param {string} what
 * @param {unknown} found
 * @param {string} hint
 */
function refused(what, found, hint) {
  return new MingzhuError("OPTION_INVALID", `${what}, not ${String(found)}`, { hint });
}

/**
 * @param {unknown} minScore
 * @returns {number}
 */
export function minScoreOf(minScore = 0) {
  if (typeof minScore === "number" && minScore >= 0 && minScore <= 1) return minScore;
  throw refused("minScore is a number", minScore, "a score is a probability: give minScore as a number from 0 to 1");
}
