/**
 * Questions to the fact-checker.
 */

import { node } from "./nodes.js";

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} label
 * @property {string} [value]
 * @property {"text" | "date" | "url" | "area"} [type]
 * @property {boolean} [required]
 * @property {string} [placeholder]
 * @property {(value: string) => void} [written] hears of it while it is written
 */

/**
 * Asks for values; undefined when the question is dismissed.
 *
 * @param {ParentNode & Node} root
 * @param {import("./words.js").Words} words
 * @param {{ title: string, fields?: Field[], body?: Node, ok?: string, check?: (values: Record<string, string>) => string | undefined }} question
 * @returns {Promise<Record<string, string> | undefined>}
 */
export function ask(root, words, { title, fields = [], body, ok = words.ok, check }) {
  const inputs = fields.map(({ name, label, value = "", type = "text", required = false, placeholder, written }) => {
    const input = type === "area"
      ? node("textarea", { name, required, placeholder, rows: 8, spellcheck: "false" })
      : node("input", { name, type, required, placeholder, autocomplete: "off", spellcheck: "false" });
    input.value = value;
    if (written) input.addEventListener("input", () => written(input.value));
    return { input, row: node("label", {}, node("span", {}, label), input) };
  });
  const wrong = node("p", { role: "alert", class: "wrong" });
  const dialog = node(
    "dialog", { "aria-label": title },
    node(
      "form", { method: "dialog" },
      node("h2", {}, title),
      ...inputs.map(({ row }) => row),
      body,
      wrong,
      node(
        "div", { class: "answers" },
        node("button", { type: "button", click: () => dialog.close("") }, words.cancel),
        node("button", { type: "submit", value: "ok", class: "first" }, ok),
      ),
    ),
  );
  const form = /** @type {HTMLFormElement} */ (dialog.firstElementChild);
  const values = () => Object.fromEntries(new FormData(form).entries());
  form.addEventListener("submit", (event) => {
    const fault = check?.(/** @type {Record<string, string>} */ (values()));
    if (!fault) return;
    event.preventDefault();
    wrong.textContent = fault;
  });
  return shown(root, dialog).then((answer) => (answer === "ok" ? /** @type {Record<string, string>} */ (values()) : undefined));
}

/**
 * Shows a dialog until it is closed; gives what it was closed with, and the focus back.
 *
 * @param {ParentNode & Node} root
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>}
 */
export function shown(root, dialog) {
  root.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue);
      dialog.remove();
    });
  });
}
