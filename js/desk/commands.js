/**
 * What each command does with what is at hand. Keys and buttons lead here.
 */

import { ask } from "./dialogs.js";
import { askNew, askSpan } from "./questions.js";

/**
 * @typedef {import("./hand.js").Hand} Hand
 * @typedef {import("./keys.js").Command} Command
 */

/** All but `help`, which is about the desk and no story. @type {Record<Exclude<Command, "help">, (hand: Hand) => unknown>} */
const COMMANDS = {
  next: (hand) => hand.go(hand.beside(1), true),
  previous: (hand) => hand.go(hand.beside(-1), true),
  "next-open": (hand) => hand.go(hand.beside(1, ({ state }) => state === "open"), true),
  confirm: (hand) => verdict(hand, "confirm"),
  reject: (hand) => verdict(hand, "reject"),
  official: (hand) => kind(hand, "official"),
  person: (hand) => kind(hand, "person"),
  place: (hand) => kind(hand, "place"),
  organization: (hand) => kind(hand, "organization"),
  undo: (hand) => walk(hand, "undo"),
  redo: (hand) => walk(hand, "redo"),
  add,
  span,
  "set-entity": entity,
  "set-office": office,
  note,
};

/**
 * @param {Exclude<Command, "help">} command
 * @param {Hand} hand
 */
export async function act(command, hand) {
  await COMMANDS[command](hand);
}

/**
 * @param {Hand} hand
 * @param {"confirm" | "reject"} type
 */
function verdict(hand, type) {
  if (!hand.current) return;
  hand.decide({ type }, hand.current);
  hand.onwards();
}

/**
 * The kind of the mark at hand, or of words that nobody has marked.
 *
 * @param {Hand} hand
 * @param {import("../mingzhu.js").Kind} kind
 */
function kind(hand, kind) {
  if (hand.selected) hand.add(hand.selected, kind);
  else if (hand.current) hand.decide({ type: "kind", kind }, hand.current);
}

/**
 * @param {Hand} hand
 * @param {"undo" | "redo"} way
 */
function walk(hand, way) {
  const { session, words } = hand;
  const done = session.walk(way, hand.author);
  if (done === undefined) return hand.say(words["said-nothing"]);
  const meant = session.touched(done);
  if (meant) hand.go(meant, true);
  hand.say(words[way === "undo" ? "said-undone" : "said-redone"]);
}

/** @param {Hand} hand */
async function add(hand) {
  const added = await askNew(hand.root, hand.words, hand.session);
  if (added) hand.add(added.span, added.kind);
}

/** @param {Hand} hand */
async function span(hand) {
  const { session, current, selected } = hand;
  if (!current) return;
  const span = selected ?? (await askSpan(hand.root, hand.words, session.story.text, current));
  if (!span || (span.start === current.start && span.end === current.end)) return;
  hand.deselect();
  hand.decide({ type: "span", to: session.selectors(span) }, current);
}

/** @param {Hand} hand */
async function entity(hand) {
  const { root, words, session, current } = hand;
  if (!current) return;
  const values = await ask(root, words, { title: words["set-entity"], fields: [
    { name: "name", label: words["entity-name"], value: session.named(current), required: true },
    { name: "id", label: words["entity-id"], value: current.entity?.id },
  ] });
  const [name, id] = [values?.name.trim(), values?.id.trim()];
  if (name) hand.decide({ type: "entity", name, ...(id && { id }) }, current);
}

/** @param {Hand} hand */
async function office(hand) {
  const { root, words, session, current } = hand;
  if (!current) return;
  const values = await ask(root, words, { title: words["set-office"], fields: [
    { name: "title", label: words["office-title"], value: current.office?.title ?? session.titles(current)[0], required: true },
    { name: "body", label: words["office-body"], value: current.office?.body },
  ] });
  const [title, body] = [values?.title.trim(), values?.body.trim()];
  if (title) hand.decide({ type: "office", title, ...(body && { body }) }, current);
}

/** @param {Hand} hand */
async function note(hand) {
  const { words, session, current } = hand;
  const values = await ask(hand.root, words, {
    title: current ? `${words.note}：${session.words(current)}` : words.notes,
    fields: [{ name: "text", label: words["note-text"], type: "area", required: true }],
  });
  const text = values?.text.trim();
  if (text) hand.decide({ type: "note", text }, current);
}
