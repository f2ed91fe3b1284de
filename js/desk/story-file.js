/**
 * A story as a file: its text, what is known of it, and all that was decided. It is a log of decisions that has the
 * story beside it, so that whatever reads logs reads it too.
 */

import { digest } from "./digest.js";

/**
 * @typedef {import("./records.js").Decision} Decision
 * @typedef {import("./records.js").Story} Story
 */

/** What of a story goes with it, when it was taken up here is nobody else's business. */
const TOLD = /** @type {const} */ (["id", "title", "text", "date", "url", "publisher"]);

/**
 * @param {Story} story
 * @param {Decision[]} decisions
 */
export function storyFile(story, decisions) {
  const told = Object.fromEntries(TOLD.flatMap((key) => (story[key] === undefined ? [] : [[key, story[key]]])));
  return JSON.stringify({ version: 1, story: told, decisions }, undefined, 1);
}

/**
 * The story of a file that holds one; whether its decisions are any is for the core to say.
 *
 * @param {string} text
 * @returns {{ id: string, text: string, title?: string, date?: string, url?: string, publisher?: string } | undefined}
 */
export function storyOf(text) {
  if (!/^\uFEFF?\s*\{/.test(text) || !text.includes('"story"')) return undefined;
  const { story, decisions } = parsed(text.replace(/^\uFEFF/, "")) ?? {};
  if (typeof story !== "object" || story === null || !Array.isArray(decisions)) return undefined;
  const told = Object.fromEntries(TOLD.flatMap((key) => (typeof story[key] === "string" ? [[key, story[key]]] : [])));
  if (!told.id || !told.text?.trim()) return undefined;
  // A day that is none would keep the story from being read.
  if (!/^\d{4}-\d{2}-\d{2}$/.test(told.date ?? "")) delete told.date;
  return /** @type {any} */ (told);
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    // The core says where it is damaged.
    return undefined;
  }
}

/**
 * The id under which a story that came in stands here: its own, unless that one's text is another one by now.
 *
 * @param {{ id: string, text: string }} story
 * @param {readonly Story[]} kept
 */
export function placeOf({ id, text }, kept) {
  const own = kept.find((story) => story.id === id);
  return own === undefined || own.text === text ? id : `${id} ${digest(text)}`;
}
