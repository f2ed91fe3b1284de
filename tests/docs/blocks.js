// What stands between fences in the documents.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./codes.js";

/** The documents, by their paths in the repository. */
export function documents() {
  const inside = (/** @type {string} */ folder) => readdirSync(join(root, folder)).filter((file) => file.endsWith(".md"));
  return [...inside("."), ...inside("docs").map((file) => `docs/${file}`)].toSorted();
}

/** @param {string} document */
export const text = (document) => readFileSync(join(root, document), "utf8");

/**
 * @typedef {object} Block
 * @property {string} name document and line
 * @property {string} language
 * @property {string[]} marks behind the language, with commas
 * @property {string} rest of the fence: a file's path, or with the mark `no-run` the reason
 * @property {string} code
 */

/** @returns {Block[]} */
export function blocks() {
  return documents().flatMap((document) => {
    /** @type {Block[]} */
    const found = [];
    /** @type {Block | undefined} */
    let open;
    for (const [index, line] of text(document).split("\n").entries()) {
      const [, info] = line.match(/^ *```(.*)$/) ?? [];
      if (info === undefined) {
        if (open) open.code += `${line}\n`;
      } else if (open) {
        open = undefined;
      } else {
        const [, words, rest] = info.match(/^(\S*) *(.*)$/) ?? [];
        const [language, ...marks] = words.split(",");
        open = { name: `${document}:${index + 1}`, language, marks, rest, code: "" };
        found.push(open);
      }
    }
    return found;
  });
}

/** Those of a language that are to be run. */
export const running = (/** @type {string[]} */ ...languages) =>
  blocks().filter(({ language, marks }) => languages.includes(language) && !marks.includes("no-run"));

/** What only a page can run. */
const PAGE = /\b(document|window|page|createAnnotator|loadAnnotator|textOf)\b|\bfetch\(/;

/** @param {Block} block */
export const needsPage = ({ code, language }) => language === "jsx" || PAGE.test(code);
