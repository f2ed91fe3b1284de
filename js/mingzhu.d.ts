/// <reference lib="esnext.disposable" />

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

/** An administrative division. */
export interface Division {
  /** Two digits for a province, four for a city, six for a county, nine for a township. */
  readonly code: number;
  /** From the province down: 山东省/滨州市/沾化区. */
  readonly path: string;
}

/** One post of a title: 市委常委、常务副市长 are two. */
export interface Post {
  readonly name: string;
  /** Whether it is held; absent for `current`, and when nothing says otherwise. */
  readonly status?: "acting" | "appointed" | "designate" | "former" | "removed";
  /** The full name of the body, named in the text or inferred: 滨州市人民政府. */
  readonly body?: string;
  /** The division that the body is of. */
  readonly division?: Division;
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
  /** Why it is one or is none: the rule, and the word it rests on. */
  readonly because: { readonly rule: "title" | "body" | "neighbours" | "assumed"; readonly word: string };
  /** The posts of the title. */
  readonly posts: readonly Post[];
  /** The spans that say all this. */
  readonly evidence: readonly { readonly start: number; readonly end: number }[];
}

/** Why it is not known what a place or a reference means. */
export type Open = "unknown" | "ambiguous" | "no-home" | "other-level";

/** What one or more mentions of an article refer to. */
export interface Entity {
  readonly kind: Kind;
  /** The fullest name the text gives it; of a body the full one, where that is known. */
  readonly name: string;
  /** What else the text calls it, each once, in the order of the text. */
  readonly aliases?: readonly string[];
  /** Indices into {@link Article.mentions}. */
  readonly mentions: readonly number[];
  /** Indices into {@link Article.offices}. */
  readonly offices?: readonly number[];
  /** The administrative division a place is. */
  readonly division?: Division;
  /** Why a place has none. */
  readonly open?: Open;
}

/** Words that point to a place or a body by where the article is: 我市, 全省, 市妇联. */
export interface Reference {
  readonly start: number;
  readonly end: number;
  readonly kind: "place" | "organization";
  /** The full name of what is meant: 滨州市, 滨州市妇女联合会. */
  readonly name?: string;
  /** The division that is meant, or whose body. */
  readonly division?: Division;
  /** Index into {@link Article.entities}, where the article names it as well. */
  readonly entity?: number;
  /** How sure the target is, 0 to 1. */
  readonly confidence: number;
  /** Why there is no target. */
  readonly open?: Open;
}

/** Where an article is: what 我市 means in it. */
export interface Home extends Division {
  readonly evidence: "context" | "publisher" | "masthead" | "dateline" | "places";
  readonly confidence: number;
}

/** Everything found in one text; its lists are made when they are first asked for. */
export class Article {
  private constructor();
  readonly version: number;
  readonly unit: "utf16";
  /** Length of the text. */
  readonly length: number;
  /** The day of the article, where the context has told it: 2026-03-05. */
  readonly date: string | undefined;
  readonly mentions: readonly Mention[];
  readonly titles: readonly Title[];
  readonly offices: readonly Office[];
  readonly entities: readonly Entity[];
  /** What points to a place or a body without naming it whole; may cover mentions. */
  readonly references: readonly Reference[];
  /** Where the article is, where something says so. */
  readonly home: Home | undefined;
  /** The plain record. */
  toJSON(): {
    version: number;
    unit: "utf16";
    length: number;
    date?: string;
    mentions: readonly Mention[];
    titles: readonly Title[];
    offices: readonly Office[];
    entities: readonly Entity[];
    references: readonly Reference[];
    home?: Home;
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
  /** Takes them back; nothing happens when they, or their annotator, are gone already. */
  remove(): Promise<void>;
  /** The same, for `await using`, where the runtime has it. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A division, when it has a code, or a body, with the other names it goes by. */
export interface Entry {
  /** In full: 滨州经济技术开发区. */
  readonly name: string;
  /** What it is called besides: 滨州经开区. */
  readonly forms?: Iterable<string>;
  /**
   * Two digits for a province, four for a city, six for a county, nine for a township; it lies in those
   * whose codes its own begins with.
   */
  readonly code?: number | null;
}

/** Divisions and bodies that were added together. */
export class AddedEntries {
  private constructor();
  /** How many. */
  readonly size: number;
  /** Takes them back; nothing happens when they, or their annotator, are gone already. */
  remove(): Promise<void>;
  /** The same, for `await using`, where the runtime has it. */
  [Symbol.asyncDispose](): Promise<void>;
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
  | "PAGE_RESTLESS"
  | "CARD_FAILED"
  | "RECORD_INVALID"
  | "ANCHOR_EMPTY"
  | "ANCHOR_INVALID"
  | "OPTION_INVALID"
  | "TERM_INVALID"
  | "TERM_EMPTY"
  | "TERM_TOO_LONG"
  | "TERM_CONTROL"
  | "ENTRY_INVALID"
  | "ENTRY_NAME"
  | "ENTRY_CODE"
  | "KIND_UNKNOWN"
  | "NO_DOCUMENT"
  | "SELECTOR_INVALID"
  | "ASSET_MISSING"
  | "ASSET_UNREACHABLE"
  | "ASSET_TAMPERED"
  | "VERSION_MISMATCH"
  | "ASSET_MAGIC"
  | "ASSET_KIND"
  | "ASSET_VERSION"
  | "ASSET_LENGTH"
  | "ASSET_CHECKSUM"
  | "ASSET_INVALID"
  | "TEXT_TOO_LONG"
  | "ARTICLE_LENGTH"
  | "LOG_INVALID"
  | "LOG_VERSION"
  | "LOG_FULL"
  | "DECISION_INVALID"
  | "TIME_INVALID"
  | "FILE_TOO_LARGE"
  | "FILE_NOT_JSON"
  | "FILE_UNKNOWN"
  | "FILE_TOO_MANY"
  | "ROSTER_TOO_LARGE"
  | "ROSTER_TOO_MANY"
  | "ROSTER_FORM"
  | "ROSTER_NAME"
  | "ROSTER_DATE"
  | "ROSTER_RANK"
  | "ROSTER_PERIOD"
  | "ROSTER_ENCODING"
  | "STORE_FAILED"
  | "STORY_MISSING"
  | "UNEXPECTED";

/** An error with a stable code and a hint that says what to do. */
export class MingzhuError extends Error {
  constructor(code: string, message: string, more?: { hint?: string; cause?: unknown; index?: number; line?: number; column?: number });
  readonly code: ErrorCode | (string & {});
  readonly hint: string;
  /** Which of a list it is that is wrong, such as of the terms. */
  readonly index: number | undefined;
  /** Where in a text that was handed in it is wrong, from 1. */
  readonly line: number | undefined;
  readonly column: number | undefined;
}

/** Deletes what is kept of the package's files, so that a page works without a network. */
export function forget(): Promise<void>;

export interface LoadOptions {
  /** Ends the loading; the promise is rejected with code `ABORTED`. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Told when it goes on in a lesser way, such as without a worker; else the console is. */
  onWarning?: (warning: MingzhuError) => void;
  /** Where the package's `wasm/` and `assets/` are served, when not beside its modules. */
  baseUrl?: string | URL;
  /**
   * Address of `worker.js`, when it must be another. Workers have to be of the page's own origin: one of another is
   * started by way of a `blob:` address, which the CSP directive `worker-src` has to allow.
   */
  workerUrl?: string | URL;
  /** `auto`: a worker, else this thread with a warning. */
  mode?: "auto" | "worker" | "main";
  /**
   * `core` for readers, when left out; `large` finds more, and is a download several times as
   * large and slower: for the desk, not for a page. The package `mingzhu-desk` has it.
   */
  model?: "core" | "large";
  /** False keeps nothing for the next visit but what the browser does by itself. See {@link forget}. */
  keep?: boolean;
  /** The wasm, where it is compiled elsewhere. */
  module?: WebAssembly.Module | Promise<WebAssembly.Module>;
}

/** What is known of an article besides its text. */
export interface Context {
  /** Where it is: a name (滨州, 山东省滨州市沾化区) or a code (3716). */
  place?: string | number;
  /** Who publishes it: 滨州日报. */
  publisher?: string;
  /** Where it was read: `https://www.binzhou.gov.cn/…`; used where the host names a division in pinyin. */
  url?: string | URL;
  /** Its day as ISO 8601 has it: 2026-03-05, with or without a time. It goes with the article as it is. */
  date?: string;
}

export interface AnnotateOptions {
  signal?: AbortSignal;
  /** What is known of the article besides its text. */
  context?: Context;
  /** False leaves divisions, references and where the article is out. */
  resolve?: boolean;
  /**
   * From 0 to 1: mentions and titles of a lower score are left out, and with them the offices
   * they are part of. Who has no public office left is a person, but for an official by a term.
   */
  minScore?: number;
  /**
   * Reads only the sentences that have something of this part: what a reader sees first of a long
   * text. Offsets count in the whole one.
   */
  part?: { start: number; end: number };
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
   * Tells this annotator divisions and bodies, from the next `annotate` on: places get their code and
   * path by them, bodies their full names. They win over what is known under the same code or
   * name, the newest first. From objects, or from a text: `name,forms,code` lines with or without
   * that heading and with forms parted by `|`, or a JSON array. All are added or, when one is wrong,
   * none: the error says where, of a text by its `line` and `column`.
   */
  addEntries(entries: string | Iterable<Entry>, options?: { signal?: AbortSignal }): Promise<AddedEntries>;
  /**
   * Fetches the divisions below counties (a fifth of a megabyte), for the next `annotate` on: 长泾镇
   * then has a code as well.
   */
  loadTownships(options?: { signal?: AbortSignal }): Promise<void>;
  /**
   * Cuts into words, in one go: with mode `main` a long text keeps the thread busy until it is
   * done, and the signal is heard only before it begins. In a worker it is heard at any time.
   */
  segment(text: string, options?: { signal?: AbortSignal }): Promise<Tokens>;
  /** Ends the worker; what is under way is rejected with code `DISPOSED`. */
  dispose(): void;
  /** The same, for `using` and `await using`, where the runtime has them. */
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
}
