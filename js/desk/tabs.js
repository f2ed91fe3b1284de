/**
 * Tabs by the pattern of the ARIA practices: arrows go from one to the next. What a tab holds is made
 * when it is looked at.
 */

import { node } from "./nodes.js";
import { unique } from "./session.js";

/** So many milliseconds behind, which is a frame or two of those that decisions take. */
const BEHIND = 50;

export class Tabs {
  #tabs;
  #panel;
  #chosen;
  /** Whether a tab's content comes a little behind what is at hand: where it takes long to make, nobody is to wait for it. */
  behind = false;
  /** Whether some is to come, and is to be scrolled then. */
  #waiting = false;
  #revealing = false;

  /**
   * @param {string} label of all of them
   * @param {[name: string, label: string][]} names
   */
  constructor(label, names) {
    const id = unique();
    this.#tabs = names.map(([name, label], at) => {
      const count = node("span", { class: "count" });
      const button = node(
        "button", { type: "button", role: "tab", id: `${id}-${name}`, "aria-controls": id, "data-tab": name, click: () => this.show(name), keydown: (/** @type {KeyboardEvent} */ event) => this.#step(event, at) },
        label, " ", count,
      );
      return { name, button, count, make: /** @type {() => Node} */ (() => document.createTextNode("")), stale: true };
    });
    this.#panel = node("div", { role: "tabpanel", id, tabindex: 0 });
    this.#chosen = this.#tabs[0];
    this.element = node("div", { class: "tabs" }, node("div", { role: "tablist", "aria-label": label }, ...this.#tabs.map(({ button }) => button)), this.#panel);
    this.#draw();
  }

  /** @param {string} name */
  show(name) {
    this.#chosen = this.#tabs.find((tab) => tab.name === name) ?? this.#chosen;
    this.#draw();
  }

  /**
   * What a tab holds has changed.
   *
   * @param {string} name
   * @param {number | undefined} count shown beside its name, where there is any
   * @param {() => Node} make
   */
  update(name, count, make) {
    const tab = this.#tabs.find((tab) => tab.name === name);
    if (!tab) return;
    tab.make = make;
    tab.stale = true;
    tab.count.textContent = count ? String(count) : "";
    if (tab !== this.#chosen) return;
    if (this.behind) this.#later();
    else this.#fill();
  }

  #later() {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.#fill();
      if (this.#revealing) this.reveal();
    }, BEHIND);
  }

  /** Scrolls to what is at hand on the tab that shows. */
  reveal() {
    this.#revealing = this.#waiting;
    if (this.#waiting) return;
    this.#panel.querySelector("[aria-current]")?.closest("li")?.scrollIntoView({ block: "nearest" });
  }

  #draw() {
    for (const tab of this.#tabs) {
      const chosen = tab === this.#chosen;
      tab.button.setAttribute("aria-selected", String(chosen));
      tab.button.tabIndex = chosen ? 0 : -1;
    }
    this.#panel.setAttribute("aria-labelledby", this.#chosen.button.id);
    this.#chosen.stale = true;
    this.#fill();
  }

  #fill() {
    if (!this.#chosen.stale) return;
    this.#chosen.stale = false;
    const content = this.#chosen.make();
    if (this.#panel.firstChild === content && this.#panel.childNodes.length === 1) return;
    // Who was on a row is on that row again: by its name where it has one, for rows come and go.
    const buttons = () => [...this.#panel.querySelectorAll("button")];
    const held = buttons().findIndex((button) => button === /** @type {ShadowRoot} */ (this.#panel.getRootNode()).activeElement);
    const key = buttons()[held]?.dataset.key;
    this.#panel.replaceChildren(content);
    if (held < 0) return;
    const again = key === undefined ? buttons()[held] : buttons().find((button) => button.dataset.key === key);
    (again ?? this.#panel).focus({ preventScroll: true });
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} at
   */
  #step(event, at) {
    const last = this.#tabs.length - 1;
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.show(this.#tabs[to].name);
    this.#tabs[to].button.focus();
  }
}
