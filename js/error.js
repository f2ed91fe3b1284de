/**
 * What can go wrong, each with a stable code and a hint that says what to do.
 */

/** What to do about a panic, wherever it was. */
export const REPORT = "a bug in mingzhu: please report it with the console's output";

/**
 * Codes of the JS shell, with their hints; the engine adds its own (`ASSET_CHECKSUM`, …).
 *
 * @type {Record<string, string>}
 */
const HINTS = {
  ABORTED: "the signal that was passed in was aborted",
  DISPOSED: "it was disposed of; load another one",
  ASSET_MISSING:
    "check baseUrl: the package's folders wasm/ and assets/ must be served beside each other, with the model asked for",
  ASSET_UNREACHABLE: "check the network, and allow the address in the CSP directive connect-src",
  ASSET_TAMPERED:
    "the file was changed on its way, or is none of the package's: serve those as they are",
  VERSION_MISMATCH: "serve the package's files together, all of one version",
  WASM_BLOCKED: "allow WebAssembly: add 'wasm-unsafe-eval' to the CSP directive script-src",
  WASM_MISSING: "this browser has no WebAssembly, or one without vectors (before 2021, Safari 16.4): a newer one is needed",
  WASM_INVALID: "the file is not the wasm of this version: serve the package's files together",
  OUT_OF_MEMORY: "close what else needs memory, and load again",
  WORKER_BLOCKED:
    "add worker-src 'self' to the CSP, or pass workerUrl; scripts of another origin need worker-src blob: and that origin",
  WORKER_FAILED: "see the cause; with mode \"main\" no worker is used",
  HIGHLIGHTS_MISSING: "this browser cannot paint ranges (CSS Custom Highlights); names are wrapped in elements instead",
  PAGE_RESTLESS: "something on the page goes on changing its text; exclude it, or it is read less and less often",
  CARD_FAILED: "see the cause; the reader was given the card of the library",
  TIMEOUT: "the worker's script did not come up in time; check workerUrl and the CSP directive worker-src",
  PANIC: `${REPORT}; to go on, reload the page, or start a new process`,
  NO_DOCUMENT: "createAnnotator is for a page; Annotator works without one",
  OPTION_INVALID: "see the types of the package for what it takes",
  TERM_INVALID: "a term is an object with text and kind",
  ENTRY_INVALID:
    "write name,forms,code lines with forms parted by |, or a JSON array of { name, forms, code }; divisions have a code of 2, 4, 6 or 9 digits, bodies have none",
  KIND_UNKNOWN: "a kind is official, person, place or organization",
  SELECTOR_INVALID: "exclude and include take a CSS selector, such as \".byline, figure\"",
  ANCHOR_EMPTY: "give a mention of the last scan, or a range that holds text which is read",
  ANCHOR_INVALID: "give the selectors of a W3C Web Annotation, a TextQuoteSelector among them",
  STORE_FAILED: "the browser refuses to keep data for this site, or its disk is full; export before you leave",
  STORY_MISSING: "open a story first",
  RECORD_INVALID: "scan again: the page has changed, or files of two versions were mixed",
};

/** An error with a stable `code`, a `hint` that says what to do, and a `cause` where there is one. */
export class MingzhuError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{ hint?: string, cause?: unknown, index?: number, line?: number, column?: number }} [more]
   */
  constructor(code, message, { hint, cause, index, line, column } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    // What handlers of aborted fetches look for.
    this.name = code === "ABORTED" ? "AbortError" : "MingzhuError";
    this.code = code;
    this.hint = hint ?? HINTS[code] ?? "";
    /** Which of a list it is that is wrong. */
    this.index = index;
    /** Where in a text that was handed in, from 1. */
    this.line = line;
    this.column = column;
  }
}

/**
 * Whatever was thrown as one of ours. Errors of the engine carry code and hint; a trap
 * means that it panicked.
 *
 * @param {unknown} thrown
 * @param {string} [code] what it is called when nothing else says so
 */
export function asError(thrown, code = "UNEXPECTED") {
  if (thrown instanceof MingzhuError) return thrown;
  const { code: own, message, hint, index, line, column } = /** @type {any} */ (thrown) ?? {};
  if (typeof WebAssembly === "object" && thrown instanceof WebAssembly.RuntimeError) {
    return new MingzhuError("PANIC", `the engine panicked: ${message}`, { cause: thrown });
  }
  // Those of the engine have a hint; another code alone is somebody else's, as Node's are.
  const ours = typeof own === "string" && (typeof hint === "string" || Object.hasOwn(HINTS, own));
  return new MingzhuError(ours ? own : code, message ?? String(thrown), { hint, index, line, column, cause: thrown });
}

/** @param {RangeError} cause what an allocation that fails throws */
export function exhausted(cause) {
  return new MingzhuError("OUT_OF_MEMORY", `there is not enough memory: ${cause.message}`, { cause });
}

/** @param {AbortSignal} [signal] */
export function throwIfAborted(signal) {
  if (signal?.aborted) throw aborted(signal);
}

/** @param {AbortSignal} signal */
export function aborted(signal) {
  return new MingzhuError("ABORTED", "aborted", { cause: signal.reason });
}

/** @param {string} what */
export function disposed(what) {
  return new MingzhuError("DISPOSED", `this ${what} was disposed of`);
}
