/**
 * Selectors of W3C Web Annotations: written from what the engine says of a place, and read
 * from whoever made them.
 */

import { MingzhuError } from "./error.js";

/** What told where something is, and why it is nowhere, by the engine's numbers. */
export const BY = /** @type {const} */ (["text", "block", "quote"]);
export const ORPHANS = /** @type {const} */ (["absent", "changed", "ambiguous"]);

const OWN = "mingzhu:TextViewSelector";

/** No list of selectors is longer; what is would only be to keep us busy. */
const MOST = 100;
/** So much of a prefix or suffix is looked at, and more. */
const LONGEST = 512;

/**
 * @param {[exact: string, prefix: string, suffix: string, first: number, last: number, start: number, end: number,
 *   text: string, block?: string, blockStart?: number, rival?: number]} parts
 * @param {number} version
 * @returns {import("./page.js").Selector[]}
 */
export function selectorsOf([exact, prefix, suffix, first, last, start, end, text, hash, blockStart, rival], version) {
  return [
    { type: "TextQuoteSelector", exact, prefix, suffix },
    { type: "TextPositionSelector", start: first, end: last },
    {
      type: OWN, version, start, end, text,
      ...(hash !== undefined && blockStart !== undefined && { block: { hash, start: blockStart } }),
      ...(rival !== undefined && { rival }),
    },
  ];
}

/**
 * What the engine looks for; refuses what no selectors can be.
 *
 * @param {unknown} selectors
 */
export function anchorOf(selectors) {
  const list = /** @type {any[]} */ (Array.isArray(selectors) ? selectors.slice(0, MOST) : [selectors]);
  for (const selector of list) {
    if (typeof selector !== "object" || selector === null) throw invalid("a selector is an object");
  }
  const quote = list.find(({ type }) => type === "TextQuoteSelector");
  if (!quote) throw invalid("there is no TextQuoteSelector");
  const { exact, prefix = "", suffix = "" } = quote;
  for (const [name, value] of Object.entries({ exact, prefix, suffix })) {
    if (typeof value !== "string") throw invalid(`${name} of a TextQuoteSelector is a string`);
  }
  const own = list.find(({ type }) => type === OWN);
  return { exact, prefix: prefix.slice(-LONGEST), suffix: suffix.slice(0, LONGEST), place: own && placeOf(own) };
}

/** @param {Record<string, any>} own */
function placeOf({ start, text, block, rival }) {
  const count = (/** @type {unknown} */ value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32;
  const hash = (/** @type {unknown} */ value) => typeof value === "string" && /^[0-9a-f]{16}$/.test(value);
  const fine =
    count(start) && hash(text) &&
    (block === undefined || (hash(block?.hash) && count(block.start))) &&
    (rival === undefined || count(rival));
  if (!fine) throw invalid(`the ${OWN} is damaged`);
  return { start, text, block, rival };
}

/** @param {string} message */
const invalid = (message) => new MingzhuError("ANCHOR_INVALID", message);
