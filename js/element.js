/**
 * `<mingzhu-annotator>`: annotates what it holds.
 *
 * Attributes: `locale`, `kinds` (names with commas between), `exclude`, `include`, `base-url`, `worker-url`, `mode`,
 * `model`, `min-score`, `render`, `observe`, `shadow`, `frames`, `editable`, `foreign`, `spoken` (what is not
 * `aria-hidden`), `ground`, `resolve` and `keep` (`false` for not), what is known of the article (`place`, `publisher`, `url`, `date`), and `legend` and `index`
 * with the ids of elements to build them in. One that changes has it begin anew; of `kinds` others are shown. Its events are those of `createAnnotator`.
 */

import { KINDS } from "./article.js";
import { markupUrl } from "./options.js";
import { MingzhuError, createAnnotator } from "./page.js";

// A module that only defines an element may be imported where there are none.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class MingzhuAnnotatorElement extends Base {
  static observedAttributes = [
    "locale", "exclude", "include", "base-url", "worker-url", "mode", "model", "render", "observe", "shadow", "frames",
    "editable", "foreign", "spoken", "ground", "resolve", "keep", "kinds", "min-score", "place", "publisher", "url",
    "date", "legend", "index",
  ];
  /** @type {import("./page.js").PageAnnotator | undefined} */
  annotator;
  /** @type {AbortController | undefined} */
  #connected;

  connectedCallback() {
    const connected = (this.#connected = new AbortController());
    // The parser may not have come to the end of the text yet.
    const parsed = document.readyState === "loading"
      ? new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }))
      : Promise.resolve();
    parsed.then(() => this.#start(connected.signal));
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    const connected = this.#connected;
    if (!connected || connected.signal.aborted) return;
    if (name === "kinds" && this.annotator) {
      this.annotator.setFilter({ kinds: optionsOf(this).kinds ?? KINDS });
      return;
    }
    // Several may change in one turn.
    this.disconnectedCallback();
    queueMicrotask(() => {
      if (this.isConnected && this.#connected === connected) this.connectedCallback();
    });
  }

  disconnectedCallback() {
    this.#connected?.abort();
    this.annotator?.dispose();
    this.annotator = undefined;
  }

  /** @param {AbortSignal} signal */
  async #start(signal) {
    if (signal.aborted) return;
    try {
      const annotator = await createAnnotator(this, { ...optionsOf(this), signal });
      if (signal.aborted) annotator.dispose();
      else this.annotator = annotator;
    } catch (error) {
      if (!signal.aborted) report(/** @type {MingzhuError} */ (error));
    }
  }
}

/**
 * Options from attributes, which may be `data-` ones.
 *
 * @param {Element} element
 * @returns {import("./page.js").PageOptions}
 */
export function optionsOf(element) {
  const get = (/** @type {string} */ name) =>
    element.getAttribute(name) ?? element.getAttribute(`data-${name}`) ?? undefined;
  const has = (/** @type {string} */ name) => get(name) !== undefined;
  const part = (/** @type {string} */ name) => {
    const id = get(name);
    return id === undefined ? undefined : (document.getElementById(id) ?? undefined);
  };
  const minScore = get("min-score");
  const [place, publisher, url, date] = [get("place"), get("publisher"), get("url"), get("date")];
  return {
    // On the element itself `lang` is the language of its text.
    locale: /** @type {any} */ (get("locale") ?? element.getAttribute("data-lang") ?? undefined),
    exclude: get("exclude"),
    include: get("include"),
    baseUrl: get("base-url"),
    workerUrl: markupUrl(get("worker-url")),
    mode: /** @type {any} */ (get("mode")),
    model: /** @type {any} */ (get("model")),
    render: /** @type {any} */ (get("render")),
    observe: has("observe"),
    shadow: has("shadow"),
    frames: has("frames"),
    editable: has("editable"),
    foreign: has("foreign"),
    ariaHidden: !has("spoken"),
    ground: /** @type {any} */ (get("ground")),
    resolve: get("resolve") !== "false",
    keep: get("keep") !== "false",
    kinds: /** @type {any} */ (get("kinds")?.split(/[\s,]+/).filter(Boolean)),
    minScore: minScore === undefined ? undefined : Number(minScore),
    context: { place, publisher, url, date },
    legend: part("legend"),
    index: part("index"),
  };
}

/**
 * The page has its `mingzhu-error` event; here is nobody else to tell.
 *
 * @param {MingzhuError} error
 */
export function report(error) {
  console.error(`mingzhu: ${error.message} (${error.code}). ${error.hint}`);
}

if (globalThis.customElements && !customElements.get("mingzhu-annotator")) {
  customElements.define("mingzhu-annotator", MingzhuAnnotatorElement);
}
