/**
 * What each command does with what is at hand. Keys and buttons lead here.
 */

import { ask } from "./dialogs.js";
import { noteOf } from "./drafts.js";
import { nextOpen } from "./findings.js";
import { askNew, askSpan, askWords } from "./questions.js";
import { quoteOf } from "./waiting.js";

/**
 * @typedef {import("./hand.js").Hand} Hand
 * @typedef {import("./keys.js").Command} Command
 */

/** All but `help`, which is about the desk and no story. @type {Record<Exclude<Command, "help">, (hand: Hand) => unknown>} */
const COMMANDS = {
  next: (hand) => step(hand, hand.beside(1), "said-end"),
  previous: (hand) => step(hand, hand.beside(-1), "said-start"),
  "next-open": (hand) => step(hand, hand.beside(1, ({ state }) => state === "open"), "said-end"),
  "next-finding": (hand) => hand.visitFinding(nextOpen(hand.session, hand.finding ?? -1), true),
  accept: (hand) => hand.answer(hand.finding, "accept"),
  dismiss: (hand) => hand.answer(hand.finding, "dismiss"),
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
  settle: (hand) => settle(hand),
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
 * @param {import("./records.js").Mark | undefined} mark
 * @param {string} none said where there is none
 */
function step(hand, mark, none) {
  if (mark) hand.visit(mark);
  else hand.say(hand.words[none]);
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
  if (done === undefined) return hand.say(words[way === "undo" ? "said-nothing" : "said-nothing-redo"]);
  const finding = session.answeredBy(done);
  if (finding === undefined) hand.go(session.touched(done), true);
  else hand.visitFinding(finding);
  hand.say(words[way === "undo" ? "said-undone" : "said-redone"]);
}

/**
 * What a question is answered with; nothing when another story is open by then.
 *
 * @template T
 * @param {Hand} hand
 * @param {Promise<T | undefined>} question
 */
async function answered(hand, question) {
  const { story } = hand.session;
  const answer = await question;
  return hand.session.story.id === story.id ? answer : undefined;
}

/** @param {Hand} hand */
async function add(hand) {
  const added = await answered(hand, askNew(hand.root, hand.words, hand.session));
  if (added) hand.add(added.span, added.kind);
}

/** @param {Hand} hand */
async function span(hand) {
  const { session, current, selected } = hand;
  if (!current) return;
  const span = selected ?? (await answered(hand, askSpan(hand.root, hand.words, session.story.text, current)));
  if (!span || (span.start === current.start && span.end === current.end)) return;
  hand.deselect();
  hand.decide({ type: "span", to: session.selectors(span) }, current);
}

/** @param {Hand} hand */
async function entity(hand) {
  const { root, words, session, current } = hand;
  if (!current) return;
  const values = await answered(hand, ask(root, words, { title: words["set-entity"], fields: [
    { name: "name", label: words["entity-name"], value: session.named(current), required: true },
    { name: "id", label: words["entity-id"], value: current.entity?.id },
  ] }));
  const [name, id] = [values?.name.trim(), values?.id.trim()];
  if (name) hand.decide({ type: "entity", name, ...(id && { id }) }, current);
}

/** @param {Hand} hand */
async function office(hand) {
  const { root, words, session, current } = hand;
  if (!current) return;
  const values = await answered(hand, ask(root, words, { title: words["set-office"], fields: [
    { name: "title", label: words["office-title"], value: current.office?.title ?? session.titles(current)[0], required: true },
    { name: "body", label: words["office-body"], value: current.office?.body },
  ] }));
  const [title, body] = [values?.title.trim(), values?.body.trim()];
  if (title) hand.decide({ type: "office", title, ...(body && { body }) }, current);
}

/**
 * What is half written is there again when the question is asked again, also after a crash.
 *
 * @param {Hand} hand
 */
async function note(hand) {
  const { words, session, current, drafts } = hand;
  const draft = noteOf(current?.subject);
  const values = await answered(hand, ask(hand.root, words, {
    title: current ? `${words.note}：${session.words(current)}` : words.notes,
    fields: [{
      name: "text", label: words["note-text"], type: "area", required: true, value: drafts?.get(draft), written: (text) => drafts?.set(draft, text),
    }],
  }));
  const text = values?.text.trim();
  if (!text) return;
  drafts?.set(draft, "");
  hand.decide({ type: "note", text }, current);
}

/**
 * Puts a decision that has lost its place where the reader has selected words, or writes some.
 *
 * @param {Hand} hand
 * @param {string} [id] of the decision; the first that is lost when left out
 */
export async function settle(hand, id) {
  const { session, words, selected } = hand;
  const lost = session.lost(id);
  if (!lost) return hand.say(words["said-settled"]);
  const quote = quoteOf(lost);
  const span = selected ?? (await answered(hand, askWords(hand.root, words, session, { title: words.settle, value: quote })));
  if (!span) return;
  hand.deselect();
  hand.go(session.settle(lost, span, hand.author), true);
}
