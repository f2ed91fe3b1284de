/**
 * What the desk asks before it decides: which words, from where to where, who, which office.
 */

import { ask, shown } from "./dialogs.js";
import { KEYS } from "./keys.js";
import { node } from "./nodes.js";
import { KINDS } from "./detail.js";

/**
 * @typedef {import("./words.js").Words} Words
 * @typedef {import("./records.js").Span} Span
 * @typedef {import("./records.js").Story} Story
 * @typedef {import("./session.js").Session} Session
 */

/** More than these nobody reads through. */
const PLACES = 50;

/**
 * Words that nobody has marked, by writing them: without a pointer as well.
 *
 * @param {ShadowRoot} root
 * @param {Words} words
 * @param {Session} session
 * @returns {Promise<{ span: Span, kind: import("../mingzhu.js").Kind } | undefined>}
 */
export async function askNew(root, words, session) {
  const { text } = session.story;
  const kinds = node("fieldset", { class: "kinds" }, node("legend", {}, words.kind), ...KINDS.map((kind, at) =>
    node("label", { "data-kind": kind }, node("input", { type: "radio", name: "kind", value: kind, checked: at === 0 }), words[kind])));
  const values = await ask(root, words, {
    title: words.add,
    fields: [{ name: "words", label: words["which-words"], required: true }],
    body: kinds,
    // White space alone is in every text, and no name.
    check: ({ words: given }) => (given.trim() && text.includes(given.trim()) ? undefined : words["not-there"]),
  });
  if (!values) return undefined;
  const kind = /** @type {import("../mingzhu.js").Kind} */ (values.kind);
  const span = await placed(root, words, session, values.words.trim());
  return span && { span, kind };
}

/**
 * Words of the story, by writing them.
 *
 * @param {ShadowRoot} root
 * @param {Words} words
 * @param {Session} session
 * @param {{ title: string, value?: string }} question
 * @returns {Promise<Span | undefined>}
 */
export async function askWords(root, words, session, { title, value }) {
  const { text } = session.story;
  const values = await ask(root, words, {
    title,
    fields: [{ name: "words", label: words["where-words"], value, required: true }],
    check: (values) => (values.words.trim() && text.includes(values.words.trim()) ? undefined : words["not-there"]),
  });
  return values && placed(root, words, session, values.words.trim());
}

/**
 * Which of the places where words stand is meant.
 *
 * @param {ShadowRoot} root
 * @param {Words} words
 * @param {Session} session
 * @param {string} quote
 * @returns {Promise<Span | undefined>}
 */
async function placed(root, words, session, quote) {
  const { text } = session.story;
  const places = [];
  for (let at = text.indexOf(quote); at >= 0 && places.length < PLACES; at = text.indexOf(quote, at + 1)) {
    const taken = session.marks.some(({ start, end, state }) => state !== "rejected" && state !== "covered" && start < at + quote.length && at < end);
    if (!taken) places.push(at);
  }
  // All are marked already: the first one is made another one.
  if (places.length === 0) places.push(text.indexOf(quote));
  const chosen = places.length === 1 ? 0 : await askPlace(root, words, text, quote, places);
  if (chosen === undefined) return undefined;
  return { start: places[chosen], end: places[chosen] + quote.length };
}

/**
 * @param {ShadowRoot} root
 * @param {Words} words
 * @param {string} text
 * @param {string} quote
 * @param {number[]} places
 */
async function askPlace(root, words, text, quote, places) {
  const line = (/** @type {number} */ from, /** @type {number} */ to) => text.slice(Math.max(0, from), to).replace(/\s+/g, " ");
  const choices = places.map((at, index) => node(
    "label", { class: "choice" },
    node("input", { type: "radio", name: "place", value: index, checked: index === 0 }),
    node("span", {}, line(at - 12, at), node("strong", {}, quote), line(at + quote.length, at + quote.length + 12)),
  ));
  const body = node("fieldset", {}, node("legend", {}, words["which-place"]), ...choices);
  const values = await ask(root, words, { title: words.add, body });
  return values && Number(values.place);
}

/**
 * Where a name begins and ends, by buttons.
 *
 * @param {ShadowRoot} root
 * @param {Words} words
 * @param {string} text
 * @param {Span} span
 * @returns {Promise<Span | undefined>}
 */
export async function askSpan(root, words, text, span) {
  let { start, end } = span;
  const shownWords = node("p", { class: "extent", "aria-live": "polite" });
  const draw = () => shownWords.replaceChildren(
    text.slice(Math.max(0, start - 12), start), node("strong", {}, text.slice(start, end)), text.slice(end, end + 12),
  );
  const step = (/** @type {string} */ label, /** @type {() => void} */ move) =>
    node("button", { type: "button", click: () => (move(), draw()) }, words[label]);
  // A character of two units is gone over whole.
  const back = (/** @type {number} */ at) => at - ([...text.slice(Math.max(0, at - 2), at)].at(-1)?.length ?? 0);
  const on = (/** @type {number} */ at) => at + ([...text.slice(at, at + 2)].at(0)?.length ?? 0);
  draw();
  const body = node("div", {}, shownWords, node(
    "div", { class: "steps" },
    step("start-earlier", () => (start = back(start))),
    step("start-later", () => (start = on(start) < end ? on(start) : start)),
    step("end-earlier", () => (end = back(end) > start ? back(end) : end)),
    step("end-later", () => (end = on(end))),
  ));
  const values = await ask(root, words, { title: words["span-how"], body });
  return values && { start, end };
}

/**
 * @param {ShadowRoot} root
 * @param {Words} words
 * @param {Partial<Story>} story
 * @returns {Promise<{ title: string, text: string, date?: string, url?: string, publisher?: string } | undefined>}
 */
export async function askStory(root, words, story) {
  const fixed = story.text !== undefined;
  const values = await ask(root, words, {
    title: fixed ? words["edit-story"] : words["new-story"],
    fields: [
      { name: "title", label: words.title, value: story.title },
      ...(fixed ? [] : [{ name: "text", label: words.text, type: /** @type {const} */ ("area"), required: true, placeholder: words.paste }]),
      { name: "date", label: words.date, value: story.date, type: "date" },
      { name: "publisher", label: words.publisher, value: story.publisher },
      { name: "url", label: words.url, value: story.url, type: "url" },
    ],
  });
  if (!values) return undefined;
  // A form writes line ends as the mail does.
  const text = story.text ?? values.text.replace(/\r\n?/g, "\n");
  const title = values.title.trim() || titleOf(text) || words.untitled;
  const { date, url, publisher } = values;
  return { title, text, date: date || undefined, url: url || undefined, publisher: publisher || undefined };
}

/**
 * The first line, where it is as short as titles are.
 *
 * @param {string} text
 */
export function titleOf(text) {
  const [line] = text.trim().split("\n");
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

/**
 * The keys, and whether letters are among them.
 *
 * @param {ShadowRoot} root
 * @param {Words} words
 * @param {boolean} letters
 * @returns {Promise<boolean>}
 */
export async function showKeys(root, words, letters) {
  const box = node("input", { type: "checkbox", checked: letters });
  const dialog = node(
    "dialog", { "aria-label": words.help },
    node(
      "form", { method: "dialog" },
      node("h2", {}, words.help),
      node("dl", { class: "keys" }, ...KEYS.map(([key, command]) => node("div", {}, node("dt", {}, node("kbd", {}, key)), node("dd", {}, words[command])))),
      node("label", { class: "choice" }, box, node("span", {}, words.letters)),
      node("div", { class: "answers" }, node("button", { type: "submit", class: "first" }, words.close)),
    ),
  );
  await shown(root, dialog);
  return box.checked;
}
