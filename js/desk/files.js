/**
 * Files that the fact-checker takes away and brings.
 */

import { MingzhuError } from "../error.js";

/** What a format's file is called after its story's title, and what it is. */
const KINDS = {
  story: ["mingzhu.json", "application/json"],
  annotations: ["jsonld", "application/ld+json"],
  claims: ["claims.json", "application/ld+json"],
  table: ["csv", "text/csv"],
  report: ["html", "text/html"],
  terms: ["terms.csv", "text/csv"],
};

/** No file is larger, in bytes: neither the core nor the roster reads one. */
const LARGEST = 32 * 2 ** 20;

/**
 * The text of a file. One that is too large is refused before it fills the memory.
 *
 * @param {File} file
 * @param {"FILE_TOO_LARGE" | "ROSTER_TOO_LARGE"} code what it is called then
 */
export async function textOf(file, code) {
  if (file.size <= LARGEST) return file.text();
  throw new MingzhuError(code, `${file.name} has ${file.size} bytes, ${LARGEST} at most`, { hint: "take a part of it" });
}

/**
 * Has the browser save a file; nothing is sent anywhere.
 *
 * @param {keyof typeof KINDS} format
 * @param {string} title
 * @param {string} content
 */
export function save(format, title, content) {
  const [ending, type] = KINDS[format];
  // Spreadsheets take a table without this mark for one of their country's encoding.
  const blob = new Blob(format === "table" ? ["\uFEFF", content] : [content], { type: `${type};charset=utf-8` });
  const href = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = href;
  link.download = `${title.replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60)}.${ending}`;
  link.click();
  // Not before the browser has read it.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
