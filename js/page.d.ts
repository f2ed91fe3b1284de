import type { Annotator, Article, Context, Kind, LoadOptions, MingzhuError } from "./mingzhu.js";
import type { Locale } from "./locale/locale.js";

export { MingzhuError } from "./mingzhu.js";

export interface PageOptions extends Omit<LoadOptions, "onWarning" | "module"> {
  /** An annotator to use; it is not disposed of with the page's. Else one is loaded. */
  annotator?: Annotator | Promise<Annotator>;
  /** Words of the interface; `auto` goes by the reader's languages. */
  locale?: "auto" | "zh-Hans" | "zh-Hant" | "en" | Locale;
  /** A selector of what not to read, besides scripts, forms, ruby readings and what is hidden. */
  exclude?: string;
  /** Where to build the legend, which also filters. */
  legend?: Element;
  /** Where to build the entity index. */
  index?: Element;
  /** False for no cards. */
  card?: boolean;
  /** Leaves out what is less probable, from 0 to 1; see `AnnotateOptions`. */
  minScore?: number;
  /** What is known of the article besides its text; see `AnnotateOptions`. */
  context?: Context;
  /** False leaves divisions of places and references out. */
  resolve?: boolean;
  /** What the text stands on; else it is seen from the background's colour. */
  ground?: "light" | "dark";
  /** The kinds shown at first; all of them when left out. */
  kinds?: readonly Kind[];
}

/** What the events of a mention tell. */
export interface MentionDetail {
  mention: number;
  entity: number;
  kind: Kind;
  name: string;
}

/** Events on the root; they bubble, and cross shadow borders. */
export interface MingzhuEvents {
  "mingzhu-ready": CustomEvent<{ annotator: PageAnnotator }>;
  /** A text was read and painted. */
  "mingzhu-scan": CustomEvent<{ article: Article; text: string }>;
  /** The pointer came to a mention. */
  "mingzhu-enter": CustomEvent<MentionDetail>;
  "mingzhu-leave": CustomEvent<MentionDetail>;
  /** A mention was clicked, tapped, or gone to. */
  "mingzhu-activate": CustomEvent<MentionDetail>;
  /** Other kinds are shown. */
  "mingzhu-change": CustomEvent<{ kinds: Kind[] }>;
  /** It goes on in a lesser way. Without preventDefault the console is told too. */
  "mingzhu-warning": CustomEvent<{ warning: MingzhuError }>;
  "mingzhu-error": CustomEvent<{ error: MingzhuError }>;
}

declare global {
  interface HTMLElementEventMap extends MingzhuEvents {}
}

/** One annotated element. */
export class PageAnnotator {
  private constructor();
  /** What was found last. */
  readonly article: Article | undefined;
  /**
   * Reads the text again, after the page has changed it. Calls may overlap: only the newest
   * text is painted, and all of them come to its article.
   */
  scan(): Promise<Article>;
  /** Shows these kinds and hides the others. */
  setFilter(kinds: readonly Kind[]): void;
  /** Takes the reader to a mention and opens its card; false when there is none of this number. */
  focus(mention: number): boolean;
  /** Takes the reader to the next mention of those shown. */
  next(): boolean;
  /** Takes the reader to the one before. */
  previous(): boolean;
  /** Leaves nothing behind. Also `Symbol.dispose`. */
  dispose(): void;
}

/** Reads the root's text, paints who is who, and answers to the reader. */
export function createAnnotator(root: Element, options?: PageOptions): Promise<PageAnnotator>;

/**
 * An annotator for several pages, or for one that comes and goes. It shares the compiled
 * code with this thread.
 */
export function loadAnnotator(options?: Omit<LoadOptions, "module">): Promise<Annotator>;

/**
 * The text of an element as an annotator reads it: blocks parted by empty lines, scripts,
 * forms and ruby readings left out.
 */
export function textOf(element: Element, options?: { baseUrl?: string | URL }): Promise<string>;
