/**
 * Everything that is seen of the desk, and nothing of what it does.
 */

import { Tabs } from "./tabs.js";
import { ListView } from "./list.js";
import { filled, node } from "./nodes.js";
import { StoryView } from "./story.js";

/**
 * @typedef {import("./records.js").Mark} Mark
 * @typedef {import("./records.js").Story} Story
 * @typedef {import("./keys.js").Command} Command
 *
 * @typedef {object} Answers what is done about what is pressed
 * @property {(command: Command) => void} run
 * @property {(mark: Mark, focus: boolean) => void} go to a mark that was pointed at
 * @property {(mark: Mark) => void} visit a mark from elsewhere
 * @property {(index: number) => void} finding goes to a finding
 * @property {(mark: Mark) => string} label
 * @property {(id: string) => void} choose another story
 * @property {() => void} create
 * @property {() => void} edit
 * @property {() => void} remove
 * @property {() => void} sign who checks
 * @property {(format: import("../desk.js").ExportFormat) => void} save
 * @property {(file: File) => void} load
 * @property {(file: File | undefined) => void} roster
 * @property {(reason: string) => void} draft what is being written as the reason
 */

/** @type {readonly import("../desk.js").ExportFormat[]} */
const FORMATS = ["story", "annotations", "claims", "table", "report", "terms"];

export class Frame {
  #words;
  #parts;

  /**
   * @param {import("./words.js").Words} words
   * @param {Answers} answers
   */
  constructor(words, answers) {
    this.#words = words;
    this.story = new StoryView(answers.label);
    this.list = new ListView(words, (mark) => answers.visit(mark));
    this.tabs = new Tabs(words.side, [["marks", words.marks], ["entities", words.entities], ["findings", words.findings], ["waiting", words.waiting]]);
    this.tabs.update("marks", undefined, () => this.list.element);

    const button = (/** @type {string} */ name, /** @type {() => void} */ click, disabled = false) =>
      node("button", { type: "button", disabled, click }, words[name]);
    const file = (/** @type {string} */ name, /** @type {string} */ accept, /** @type {(file: File) => void} */ take) => {
      const input = node("input", { type: "file", accept, class: "file", "aria-label": words[name], change: () => {
        if (input.files?.[0]) take(input.files[0]);
        input.value = "";
      } });
      return node("label", { class: "button" }, words[name], input);
    };
    const closing = (/** @type {() => void} */ act) => () => {
      parts.files.open = false;
      act();
    };
    const parts = (this.#parts = {
      stories: node("select", { "aria-label": words.stories, change: () => answers.choose(parts.stories.value) }),
      edit: button("edit-story", answers.edit),
      remove: button("remove-story", answers.remove),
      undo: button("undo", () => answers.run("undo"), true),
      redo: button("redo", () => answers.run("redo"), true),
      author: node("button", { type: "button", click: answers.sign }),
      unload: button("remove-roster", () => answers.roster(undefined)),
      files: node(
        "details", { class: "files" },
        node("summary", {}, words.files),
        node(
          "div", { class: "menu" },
          ...FORMATS.map((format) => button(`export-${format}`, closing(() => answers.save(format)))),
          file("import-what", ".json,.jsonld,application/json,application/ld+json", (chosen) => closing(() => answers.load(chosen))()),
        ),
      ),
      count: node("span", { class: "count-text" }),
      progress: node("progress", { max: 1, value: 0, "aria-label": words["progress-label"] }),
      busy: node("p", { class: "busy", role: "status", hidden: true }),
      warnings: node("div", { role: "alert" }),
      said: node("p", { class: "said", role: "status" }),
      selected: node("div", { class: "selected", hidden: true }),
      detail: node("div", { class: "hand" }),
      reason: node("input", { class: "reason", "aria-label": words.reason, placeholder: words.reason, autocomplete: "off", input: () => answers.draft(parts.reason.value) }),
      empty: node("div", { class: "empty", hidden: true }, node("p", {}, words["first-story"]), button("new-story", answers.create)),
      body: node("div", { class: "body", hidden: true }),
    });
    this.story.element.addEventListener("click", (event) => {
      const mark = this.story.markOf(event.target);
      const finding = this.story.findingOf(event.target);
      if (mark) answers.go(mark, true);
      else if (finding !== undefined) answers.finding(finding);
    });
    this.story.element.addEventListener("focusin", (event) => {
      const mark = this.story.markOf(event.target);
      if (mark) answers.go(mark, false);
    });
    parts.body.append(
      node("section", { class: "left", "aria-label": words.story }, this.story.element),
      node(
        "section", { class: "right", "aria-label": words.side },
        parts.selected,
        parts.detail,
        parts.reason,
        node("div", { class: "roster" }, file("load-roster", ".csv,.json,text/csv,application/json", answers.roster), parts.unload),
        this.tabs.element,
      ),
    );
    this.element = node(
      "div", { class: "desk", part: "desk" },
      node(
        "header", {},
        node("div", { class: "group" }, parts.stories, button("new-story", answers.create), parts.edit, parts.remove),
        node("div", { class: "group" }, parts.undo, parts.redo, button("add", () => answers.run("add")), button("help", () => answers.run("help")), parts.files, parts.author),
        node("div", { class: "group progress" }, parts.progress, parts.count),
      ),
      parts.warnings, parts.busy, parts.empty, parts.body, parts.said,
    );
    this.element.toggleAttribute("data-loading", true);
  }

  ready() {
    this.element.removeAttribute("data-loading");
    this.busy("");
  }

  /**
   * @param {number} loaded bytes
   * @param {number} [total]
   */
  progress(loaded, total) {
    const share = total ? ` ${Math.floor((100 * loaded) / total)} %` : "";
    this.busy(`${this.#words.loading}${share}`);
  }

  /** @param {string} words */
  busy(words) {
    this.#parts.busy.textContent = words;
    this.#parts.busy.hidden = words === "";
  }

  /**
   * @param {Story[]} stories
   * @param {string | undefined} open
   */
  stories(stories, open) {
    const options = stories.map(({ id, title, date }) => node("option", { value: id, selected: id === open }, [title, date].filter(Boolean).join(" · ")));
    this.#parts.stories.replaceChildren(...options);
    this.#parts.stories.value = open ?? "";
    for (const part of [this.#parts.edit, this.#parts.remove]) part.disabled = open === undefined;
  }

  /** @param {boolean} empty */
  empty(empty) {
    this.#parts.empty.hidden = !empty;
    this.#parts.body.hidden = empty;
  }

  /**
   * @param {number} checked
   * @param {number} total
   */
  count(checked, total) {
    const said = filled(this.#words.progress, { checked, total });
    this.#parts.count.textContent = said;
    this.#parts.progress.value = total ? checked / total : 0;
    // Numbers, and not the percentage that a share is read as.
    this.#parts.progress.setAttribute("aria-valuetext", said);
  }

  /** @param {{ undo: boolean, redo: boolean }} walks */
  walks({ undo, redo }) {
    this.#parts.undo.disabled = !undo;
    this.#parts.redo.disabled = !redo;
  }

  /** @param {string} author */
  author(author) {
    this.#parts.author.textContent = author ? `${this.#words.author}：${author}` : this.#words.author;
  }

  /** @param {boolean} there */
  roster(there) {
    this.#parts.unload.hidden = !there;
  }

  /** @param {Node} detail */
  detail(detail) {
    const root = /** @type {ShadowRoot} */ (this.element.getRootNode());
    const held = [...this.#parts.detail.querySelectorAll("button, input")].indexOf(/** @type {Element} */ (root.activeElement));
    this.#parts.detail.replaceChildren(detail);
    const controls = this.#parts.detail.querySelectorAll("button, input");
    if (held >= 0) /** @type {HTMLElement | undefined} */ (controls[held])?.focus({ preventScroll: true });
  }

  /** @param {string} words */
  selected(words) {
    this.#parts.selected.textContent = words;
    this.#parts.selected.hidden = words === "";
  }

  /** What is written as the reason. */
  get reason() {
    return this.#parts.reason.value;
  }

  set reason(words) {
    this.#parts.reason.value = words;
  }

  /** @param {string} words */
  say(words) {
    this.#parts.said.textContent = words;
  }

  /** @param {...import("./nodes.js").Child} content */
  warn(...content) {
    const warning = node("div", { class: "warning" }, ...content, " ", node("button", { type: "button", click: () => warning.remove() }, this.#words.close));
    this.#parts.warnings.replaceChildren(warning);
  }
}
