import type { PageAnnotator, PageOptions } from "./page.js";
import type { MingzhuError } from "./mingzhu.js";

/** `<mingzhu-annotator>`: annotates what it holds. Defined on import. */
export class MingzhuAnnotatorElement extends HTMLElement {
  /** Set once it has scanned. */
  annotator: PageAnnotator | undefined;
}

/** Options from an element's attributes. */
export function optionsOf(element: Element): PageOptions;

/** Writes an error to the console. */
export function report(error: MingzhuError): void;

declare global {
  interface HTMLElementTagNameMap {
    "mingzhu-annotator": MingzhuAnnotatorElement;
  }
}
