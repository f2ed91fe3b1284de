/** What a mention names. */
export type Kind = "official" | "person" | "place" | "organization";

/** A span of the text that names something. Offsets count UTF-16 units, as `String.slice` does. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  readonly kind: Kind;
  /** Probability, 0 to 1, that exactly this span is a name of this sort; 1 for a {@link Term}. */
  readonly score: number;
  /** Index into {@link Article.entities}. */
  readonly entity: number;
}

/** A span of office words: 市委常委、常务副市长. */
export interface Title {
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/** The tie between a person's mention and a title, with the body or place it is held at. */
export interface Office {
  /** Index of the person in {@link Article.mentions}. */
  readonly person: number;
  /** Index into {@link Article.titles}. */
  readonly title: number;
  /** Index of the body in {@link Article.mentions}. */
  readonly body?: number;
  /** Index of the place in {@link Article.mentions}. */
  readonly place?: number;
  /** True when it is a public office, which makes its holder an official. */
  readonly public: boolean;
}

/** What one or more mentions of an article refer to. */
export interface Entity {
  readonly kind: Kind;
  /** The fullest name the text gives it. */
  readonly name: string;
  /** Indices into {@link Article.mentions}. */
  readonly mentions: readonly number[];
  /** Indices into {@link Article.offices}. */
  readonly offices?: readonly number[];
  /** The administrative division a place is: 山东省/滨州市/沾化区. */
  readonly division?: { readonly code: number; readonly path: string };
}

/** Everything found in one text; its lists are made when they are first asked for. */
export class Article {
  private constructor();
  readonly version: number;
  readonly unit: "utf16";
  /** Length of the text. */
  readonly length: number;
  readonly mentions: readonly Mention[];
  readonly titles: readonly Title[];
  readonly offices: readonly Office[];
  readonly entities: readonly Entity[];
  /** The plain record. */
  toJSON(): {
    version: number;
    unit: "utf16";
    length: number;
    mentions: readonly Mention[];
    titles: readonly Title[];
    offices: readonly Office[];
    entities: readonly Entity[];
  };
}

/** A word. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** Part of speech in jieba's tag set. */
  readonly tag: string;
}

/** The words of a text, white space left out. */
export class Tokens implements Iterable<Token> {
  private constructor();
  readonly length: number;
  /** A word; negative numbers count from the end. */
  at(index: number): Token | undefined;
  [Symbol.iterator](): IterableIterator<Token>;
}

/** A name that is known beforehand. */
export interface Term {
  /** As an article writes it, in either script; at most 64 characters. */
  readonly text: string;
  /** `official` makes the person one whatever the text says; with `person` the text decides. */
  readonly kind: Kind;
}

/** Terms that were added together. */
export class AddedTerms {
  private constructor();
  /** How many. */
  readonly size: number;
  /**
   * Takes them back; nothing happens when they, or their annotator, are gone already. Also
   * `Symbol.asyncDispose`.
   */
  remove(): Promise<void>;
}

/** Bytes on their way. */
export interface Progress {
  /** Bytes so far, after decompression. */
  readonly loaded: number;
  /** Bytes in all, where every server has said so. */
  readonly total?: number;
  /** The file that the last bytes are of. */
  readonly file: string;
}

/** Codes of {@link MingzhuError}. */
export type ErrorCode =
  | "ABORTED"
  | "DISPOSED"
  | "TIMEOUT"
  | "PANIC"
  | "WORKER_BLOCKED"
  | "WORKER_FAILED"
  | "WASM_BLOCKED"
  | "WASM_MISSING"
  | "WASM_INVALID"
  | "OUT_OF_MEMORY"
  | "HIGHLIGHTS_MISSING"
  | "RECORD_INVALID"
  | "OPTION_INVALID"
  | "TERM_INVALID"
  | "TERM_EMPTY"
  | "TERM_TOO_LONG"
  | "TERM_CONTROL"
  | "KIND_UNKNOWN"
  | "NO_DOCUMENT"
  | "SELECTOR_INVALID"
  | "ASSET_MISSING"
  | "ASSET_UNREACHABLE"
  | "ASSET_MAGIC"
  | "ASSET_KIND"
  | "ASSET_VERSION"
  | "ASSET_LENGTH"
  | "ASSET_CHECKSUM"
  | "ASSET_INVALID"
  | "TEXT_TOO_LONG"
  | "UNEXPECTED";

/** An error with a stable code and a hint that says what to do. */
export class MingzhuError extends Error {
  constructor(code: string, message: string, more?: { hint?: string; cause?: unknown; index?: number });
  readonly code: ErrorCode | (string & {});
  readonly hint: string;
  /** Which of a list it is that is wrong, such as of the terms. */
  readonly index: number | undefined;
}

export interface LoadOptions {
  /** Ends the loading; the promise is rejected with code `ABORTED`. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Told when it goes on in a lesser way, such as without a worker; else the console is. */
  onWarning?: (warning: MingzhuError) => void;
  /** Where the package's `wasm/` and `assets/` are served, when not beside its modules. */
  baseUrl?: string | URL;
  /** Address of `worker.js`, when it must be another: workers have to be of the page's own origin. */
  workerUrl?: string | URL;
  /** `auto`: a worker, else this thread with a warning. */
  mode?: "auto" | "worker" | "main";
  /**
   * `core` for readers, when left out; `large` finds more, and is a download several times as
   * large and slower: for the desk, not for a page.
   */
  model?: "core" | "large";
  /** The wasm, where it is compiled elsewhere. */
  module?: WebAssembly.Module | Promise<WebAssembly.Module>;
}

export interface AnnotateOptions {
  signal?: AbortSignal;
  /**
   * From 0 to 1: mentions and titles of a lower score are left out, and with them the offices
   * they are part of. Who has no public office left is a person, but for an official by a term.
   */
  minScore?: number;
}

/** Reads Chinese news. Expensive to make: make one. */
export class Annotator {
  private constructor();
  /** Loads code and assets. */
  static load(options?: LoadOptions): Promise<Annotator>;
  /** Where the work is done. */
  readonly mode: "worker" | "main";
  /** Finds officials, people, places and organizations. */
  annotate(text: string, options?: AnnotateOptions): Promise<Article>;
  /**
   * Tells this annotator names, from the next `annotate` on. They win over what the model would
   * mark wherever they stand as whole names, of several the longest, and of the same name the
   * one added last. All of them are added or, when one is no term, none: the error says which
   * in its `index`.
   */
  addTerms(terms: Iterable<Term>, options?: { signal?: AbortSignal }): Promise<AddedTerms>;
  /**
   * Cuts into words, in one go: with mode `main` a long text keeps the thread busy until it is
   * done, and the signal is heard only before it begins. In a worker it is heard at any time.
   */
  segment(text: string, options?: { signal?: AbortSignal }): Promise<Tokens>;
  /** Ends the worker; what is under way is rejected with code `DISPOSED`. Also `Symbol.dispose` and `Symbol.asyncDispose`. */
  dispose(): void;
}
