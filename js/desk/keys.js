/**
 * What the keyboard does. Letters are only taken where nobody writes, and can be switched off.
 */

/**
 * @typedef {"next" | "previous" | "next-open" | "official" | "person" | "place" | "organization" | "confirm" | "reject"
 *   | "next-finding" | "accept" | "dismiss" | "undo" | "redo" | "add" | "span" | "set-entity" | "set-office" | "note"
 *   | "settle" | "help"} Command
 */

/** @type {readonly (readonly [key: string, command: Command])[]} as the list under ? shows them */
export const KEYS = [
  ["j", "next"],
  ["k", "previous"],
  ["n", "next-open"],
  ["1", "official"],
  ["2", "person"],
  ["3", "place"],
  ["4", "organization"],
  ["Enter", "confirm"],
  ["x", "reject"],
  ["f", "next-finding"],
  ["w", "accept"],
  ["r", "dismiss"],
  ["a", "add"],
  ["s", "span"],
  ["e", "set-entity"],
  ["o", "set-office"],
  ["m", "note"],
  ["p", "settle"],
  ["z", "undo"],
  ["y", "redo"],
  ["?", "help"],
];

const COMMANDS = new Map(KEYS);

/**
 * The command of a key, where it has one there.
 *
 * @param {KeyboardEvent} event
 * @param {boolean} letters false where letters are switched off
 * @returns {Command | undefined}
 */
export function commandOf(event, letters) {
  const { key, ctrlKey, metaKey, altKey, isComposing } = event;
  const [target] = event.composedPath();
  if (isComposing || altKey || !(target instanceof Element)) return undefined;
  if (target.closest("input:not([type=radio]), textarea, select, dialog, [contenteditable]")) return undefined;
  // What every editor does.
  if ((ctrlKey || metaKey) && key.toLowerCase() === "z") return event.shiftKey ? "redo" : "undo";
  if (ctrlKey || metaKey) return undefined;
  const command = COMMANDS.get(key);
  // A button that has the focus is pressed by Enter, but a mark is confirmed.
  if (command === "confirm") return target.closest(".mark") ? command : undefined;
  return letters ? command : undefined;
}
