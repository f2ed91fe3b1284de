/// <reference lib="esnext.disposable" />

import type { Annotator, Article, Context, Entity, Kind, LoadOptions, Mention, MingzhuError } from "./mingzhu.js";
import type { Locale } from "./locale/locale.js";

export { MingzhuError } from "./mingzhu.js";

/** What is shown; what is left out stays as it is. */
export interface Filter {
  kinds?: readonly Kind[];
  /** The least score of what is shown, from 0 to 1. */
  minScore?: number;
}

/** A site's own card: a node, or nothing for the library's. Buttons to step and close stand under it. */
export type CardMaker = (entity: Entity, mention: Mention) => Node | null | undefined;

/** What is read of a page, besides what the rules say (docs/text-view.md). */
export interface TextViewOptions {
  /** A selector of what not to read, besides scripts, forms, ruby readings and what is hidden. */
  exclude?: string;
  /** A selector: only what stands in such elements is read. */
  include?: string;
  /** False skips what is `aria-hidden`. */
  ariaHidden?: boolean;
  /** True reads what the reader can edit (`contenteditable`). */
  editable?: boolean;
  /** True reads what `lang` marks as another language than Chinese. */
  foreign?: boolean;
  /** True reads open shadow roots, with what is slotted in its place. */
  shadow?: boolean;
  /** True reads frames of the same origin. */
  frames?: boolean;
}

export interface PageOptions extends TextViewOptions, Omit<LoadOptions, "onWarning" | "module"> {
  /** An annotator to use; it is not disposed of with the page's. Else one is loaded. */
  annotator?: Annotator | Promise<Annotator>;
  /** Words of the interface; `auto` goes by the reader's languages. */
  locale?: "auto" | "zh-Hans" | "zh-Hant" | "en" | Locale;
  /** Where to build the legend, which also filters. */
  legend?: Element;
  /** Where to build the entity index. */
  index?: Element;
  /** False for no cards, or what makes the site's own. */
  card?: boolean | CardMaker;
  /**
   * `highlights` adds nothing to the text; `element` wraps names in elements that can be come to
   * by keyboard, which are undone exactly. Highlights when left out; elements where the browser
   * has none, with a warning of code `HIGHLIGHTS_MISSING`.
   */
  render?: "highlights" | "element";
  /** True to read again whatever the page changes; see `PageAnnotator.observe`. */
  observe?: boolean;
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

/** The words, and what stands around them. */
export interface TextQuoteSelector {
  type: "TextQuoteSelector";
  exact: string;
  prefix?: string;
  suffix?: string;
}

/** Where it is, in code points of the text view. */
export interface TextPositionSelector {
  type: "TextPositionSelector";
  start: number;
  end: number;
}

/** What only we say; see docs/anchoring.md. */
export interface TextViewSelector {
  type: "mingzhu:TextViewSelector";
  /** Which rules the text was read by. */
  version: number;
  /** UTF-16 units, as `String.slice` counts. */
  start: number;
  end: number;
  /** Hash of the text. */
  text: string;
  /** Hash of the block it stands in, where no other is the same, and where in it it begins. */
  block?: { hash: string; start: number };
  /** In how many characters of its surroundings the most similar other place differs. */
  rival?: number;
}

/** Types we do not know are left alone. */
export type Selector = TextQuoteSelector | TextPositionSelector | TextViewSelector | { type: string };

/** Where it is and what told it, or why it is nowhere. */
export type Match =
  | { readonly range: Range; readonly start: number; readonly end: number; readonly by: "text" | "block" | "quote"; readonly orphan?: undefined }
  | {
      readonly orphan: "absent" | "changed" | "ambiguous";
      readonly range?: undefined;
      readonly start?: undefined;
      readonly end?: undefined;
      readonly by?: undefined;
    };

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
  "mingzhu-scan": CustomEvent<{ article: Article; text: string; textViewVersion: number }>;
  /** The pointer came to a mention. */
  "mingzhu-enter": CustomEvent<MentionDetail>;
  "mingzhu-leave": CustomEvent<MentionDetail>;
  /** A mention was clicked, tapped, or gone to. */
  "mingzhu-activate": CustomEvent<MentionDetail>;
  /** Other kinds are shown. */
  "mingzhu-change": CustomEvent<{ kinds: Kind[]; minScore: number }>;
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
  readonly mentions: readonly Mention[];
  readonly entities: readonly Entity[];
  /** Which rules its text follows: raised when the same page would give another text. */
  readonly textViewVersion: number;
  /**
   * The range that shows a part of the text that was read last; undefined when the page has
   * changed there meanwhile.
   */
  rangeOf(start: number, end: number): Range | undefined;
  /**
   * The offset, in the text that was read last, of a place in a text node; undefined when the
   * node was not read.
   */
  offsetOf(node: Node, offset: number): number | undefined;
  /**
   * Says where a range, a mention (or its number) of the text that was read last is, so that it
   * can be found again on another day: the selectors of a W3C Web Annotation.
   */
  describe(what: Range | Pick<Mention, "start" | "end"> | number): Selector[];
  /**
   * Looks for what selectors describe in the text that was read last: ours, or those of any W3C
   * Web Annotation that has a quote. Nothing is guessed: what could be in two places is an orphan.
   */
  match(selectors: readonly Selector[] | Selector): Match;
  /**
   * Reads all of the text again, after the page has changed it. Calls may overlap: only the newest
   * text is painted, and all of them come to its article.
   */
  scan(options?: { signal?: AbortSignal }): Promise<Article>;
  /**
   * Reads again whatever the page changes, from now on and until the signal is aborted: when
   * the browser is idle, and with pauses where the page never rests, of which a warning of code
   * `PAGE_RESTLESS` tells. What fails is told by `mingzhu-error`.
   */
  observe(options?: { signal?: AbortSignal }): void;
  /** Shows these kinds and what is at least so probable. */
  setFilter(filter: Filter): void;
  /**
   * Takes the reader to a mention and opens its card; false when there is none of this number, or
   * the page has it no longer.
   */
  focus(mention: number): boolean;
  /**
   * The number of the mention that is drawn under a point of the window (`clientX` and `clientY`
   * of an event), for sites that answer to the pointer themselves.
   */
  mentionAt(x: number, y: number): number | undefined;
  /** Takes the reader to the next mention of those shown; of one entity, where its number is given. */
  next(entity?: number): boolean;
  /** Takes the reader to the one before. */
  previous(entity?: number): boolean;
  /** Leaves nothing behind. */
  dispose(): void;
  /** Disposes of it; resolved when nothing of it runs any more. */
  disposed(): Promise<void>;
  /** The same, for `using` and `await using`, where the runtime has them. */
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
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
export function textOf(element: Element, options?: TextViewOptions & { baseUrl?: string | URL }): Promise<string>;
