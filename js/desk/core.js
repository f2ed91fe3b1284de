/**
 * The desk's wasm, with the annotator that reads stories for it.
 */

import init, { Confusables, Review, Roster, readFile } from "../wasm/mingzhu_desk.js";
import { compile, instantiate } from "../code.js";
import { deskSources } from "../desk-sources.js";
import { asError } from "../error.js";
import { bytes } from "../files.js";
import { Annotator } from "../mingzhu.js";
import { Checker } from "./checker.js";

/**
 * @typedef {object} Core
 * @property {Annotator} annotator
 * @property {(text: string, article: string, log: string) => Review} review
 * @property {(text: string) => Roster} roster
 * @property {(text: string) => import("./records.js").Imported} read of no story in particular
 * @property {Confusables} confusables
 * @property {Checker | undefined} checker none where everything is to be done on the page's own thread
 */

/**
 * Loads both at once. The annotator is in its worker; the desk's module is small and stays on this thread.
 *
 * @param {import("../mingzhu.js").LoadOptions} options
 * @returns {Promise<Core>}
 */
export async function loadCore(options) {
  const { signal, baseUrl, keep } = options;
  const files = deskSources(baseUrl, keep);
  const control = new AbortController();
  const follow = () => control.abort(signal?.reason);
  signal?.addEventListener("abort", follow);
  const loading = Annotator.load({ ...options, signal: control.signal });
  try {
    const [module, table] = await Promise.all([
      compile(files.wasm, { signal: control.signal }),
      bytes(files.confusables, { signal: control.signal }),
    ]);
    await instantiate(() => init({ module_or_path: module }));
    const confusables = typed(() => new Confusables(table));
    const annotator = await loading;
    return {
      annotator,
      confusables,
      checker: options.mode === "main" ? undefined : new Checker(module, table),
      review: (text, article, log) => typed(() => new Review(text, article, log)),
      roster: (text) => typed(() => new Roster(text)),
      read: (text) => typed(() => JSON.parse(readFile(text))),
    };
  } catch (error) {
    control.abort();
    // Whichever came first is told; the annotator's own end is no news.
    loading.then((annotator) => annotator.dispose(), () => {});
    throw asError(error);
  } finally {
    signal?.removeEventListener("abort", follow);
  }
}

/**
 * Errors of the module, and traps, as ours.
 *
 * @template T
 * @param {() => T} call
 */
export function typed(call) {
  try {
    return call();
  } catch (error) {
    throw asError(error);
  }
}
