/**
 * The engine with its assets, and jobs on it that give way: used by the worker, in Node,
 * and on a main thread that has no worker.
 */

import init, { Engine } from "./wasm/mingzhu.js";
import { breath } from "./breath.js";
import { compile, instantiate } from "./code.js";
import { aborted, throwIfAborted } from "./error.js";
import { bytes, name, tally } from "./files.js";

/** Characters between two breaths: a few milliseconds. */
const STEP = 1500;

/**
 * @typedef {import("./sources.js").File} File
 *
 * @typedef {object} Source
 * @property {File} wasm
 * @property {File} dictionary
 * @property {File} gazetteer
 * @property {File} townships fetched only when they are asked for
 * @property {File} model
 * @property {WebAssembly.Module | Promise<WebAssembly.Module>} [module] the wasm, where it is compiled elsewhere
 */

/**
 * @param {Source} source
 * @param {{ signal?: AbortSignal, onProgress?: import("./files.js").OnProgress }} [options]
 */
export async function loadEngine(source, { signal, onProgress } = {}) {
  throwIfAborted(signal);
  const assets = [source.dictionary, source.gazetteer, source.model];
  const files = source.module ? assets : [source.wasm, ...assets];
  const count = tally(files.map(({ href }) => href), onProgress);
  // One failure ends the other downloads.
  const control = new AbortController();
  const follow = () => control.abort(signal?.reason);
  signal?.addEventListener("abort", follow);
  const wanted = (/** @type {File} */ { href }) => ({
    signal: control.signal,
    count: (/** @type {number} */ more, /** @type {number | undefined} */ total) => count(href, more, total),
  });
  try {
    const [module, ...contents] = await Promise.all([
      source.module ?? compile(source.wasm, wanted(source.wasm)),
      ...assets.map((file) => bytes(file, wanted(file))),
    ]);
    throwIfAborted(signal);
    await instantiate(() => init({ module_or_path: /** @type {WebAssembly.Module} */ (module) }));
    const [dictionary, gazetteer, model] = /** @type {Uint8Array[]} */ (contents);
    return new Engine(dictionary, gazetteer, model, name(source.model.href));
  } catch (error) {
    control.abort();
    throwIfAborted(signal);
    throw error;
  } finally {
    signal?.removeEventListener("abort", follow);
  }
}

/**
 * @typedef {import("./terms.js").Packed | import("./gazetteer.js").Packed} Known what a user knows
 */

/**
 * Tells an engine what a user knows, and gives what takes it back.
 *
 * @param {Engine} engine
 * @param {Known} known
 * @returns {() => void}
 */
export function add(engine, known) {
  const { texts, lengths } = known;
  if ("kinds" in known) {
    const added = engine.addTerms(texts, lengths, known.kinds);
    return () => engine.removeTerms(added);
  }
  const added = engine.addEntries(texts, lengths, known.counts, known.codes);
  return () => engine.removeEntries(added);
}

/**
 * Annotates a text, giving way between steps.
 *
 * @param {Engine} engine
 * @param {string} text
 * @param {import("./options.js").Wanted} wanted
 * @param {AbortSignal} [signal]
 * @returns {Promise<import("./article.js").Flat>}
 */
export async function annotate(engine, text, wanted, signal) {
  const { minScore, resolve, place, publisher, host, date, part } = wanted;
  const progress = engine.begin(text, minScore, resolve, place, publisher, host, date, part);
  while (!progress.advance(STEP)) {
    await breath();
    if (signal?.aborted) {
      progress.free();
      throw aborted(signal);
    }
  }
  const [numbers, scores, names] = progress.finish();
  // Not after a trap: what panicked is still borrowed, and freeing it would throw anew.
  progress.free();
  return { numbers, scores, text: names };
}
