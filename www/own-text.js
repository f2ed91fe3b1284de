/** A reader's own text, as paragraphs. HTML is read for its text and never shown as HTML. */

import { textOf } from "./pkg/page.js";

/**
 * @param {string | File} source
 * @returns {Promise<string[]>}
 */
export async function paragraphsOf(source) {
  if (typeof source === "string") return split(source);
  const text = decode(await source.arrayBuffer());
  if (!/html/i.test(source.type) && !/\.html?$/i.test(source.name)) return split(text);
  const parsed = new DOMParser().parseFromString(inert(text), "text/html");
  return split(await textOf(parsed.querySelector("article") ?? parsed.body));
}

/** @param {string} text */
function split(text) {
  const blocks = /\n\s*\n/.test(text.trim()) ? text.split(/\n\s*\n/) : text.split("\n");
  return blocks.map((block) => block.trim()).filter(Boolean);
}

/**
 * UTF-8, or what Chinese files are in else.
 *
 * @param {ArrayBuffer} bytes
 */
function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** @type {{ createHTML(html: string): string } | undefined} */
let policy;

/**
 * A parser's document runs no script and loads nothing; a page under Trusted Types wants to
 * be told so.
 *
 * @param {string} html
 * @returns {string}
 */
function inert(html) {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  if (!trustedTypes) return html;
  policy ??= trustedTypes.createPolicy("mingzhu-demo", { createHTML: (/** @type {string} */ html) => html });
  return /** @type {any} */ (policy).createHTML(html);
}
