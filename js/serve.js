/**
 * The worker's part: holds the engine and answers messages.
 *
 * In: `{ id, do: "load" | "annotate" | "segment" | "townships" | "add" | "remove", … }`, then perhaps `{ id, do: "cancel" }`;
 * for a load with `shared`, `{ id, do: "code", module }` follows when the page has compiled it.
 * Out: `{ up: true }` once the script runs, `{ unreadable: true }` for a message that could
 * not be read, `{ id, progress }`, `{ id, value }`, `{ id, error: { code, message, hint, stack, index } }`.
 */

import { add, annotate, loadEngine } from "./engine.js";
import { asError } from "./error.js";
import { bytes } from "./files.js";

/** @type {Awaited<ReturnType<typeof loadEngine>> | undefined} */
let engine;

/**
 * Where the townships are, for when they are asked for.
 *
 * @type {import("./sources.js").File}
 */
let townships;

/** @type {Map<number, AbortController>} */
const running = new Map();

/**
 * What takes back what was added, by what the page calls it, which outlives a worker.
 *
 * @type {Map<number, () => void>}
 */
const added = new Map();

/** @type {Map<number, (module: WebAssembly.Module) => void>} */
const awaiting = new Map();

/** @type {Record<string, (message: any, signal: AbortSignal) => Promise<{ value?: any, transfer?: Transferable[] }>>} */
const jobs = {
  async load({ id, source, shared }, signal) {
    if (shared) source.module = new Promise((resolve) => awaiting.set(id, resolve));
    const onProgress = (/** @type {unknown} */ progress) => postMessage({ id, progress });
    engine = await loadEngine(source, { signal, onProgress });
    townships = source.townships;
    return {};
  },
  async annotate({ text, wanted }, signal) {
    const value = await annotate(loaded(), text, wanted, signal);
    return { value, transfer: [value.numbers.buffer, value.scores.buffer] };
  },
  async segment({ text }) {
    const [numbers, tags] = loaded().segment(text);
    return { value: { numbers, tags }, transfer: [numbers.buffer] };
  },
  async townships(_, signal) {
    loaded().addTownships(await bytes(townships, { signal }));
    return {};
  },
  async add({ key, known }) {
    added.set(key, add(loaded(), known));
    return {};
  },
  async remove({ key }) {
    added.get(key)?.();
    added.delete(key);
    return {};
  },
};

function loaded() {
  if (!engine) throw new Error("the engine is asked before it is loaded");
  return engine;
}

/** Answers from now on. */
export function serve() {
  addEventListener("message", async ({ data }) => {
    const { id } = data;
    if (data.do === "cancel") return running.get(id)?.abort();
    if (data.do === "code") return awaiting.get(id)?.(data.module);
    const control = new AbortController();
    running.set(id, control);
    try {
      const { value, transfer = [] } = await jobs[data.do](data, control.signal);
      postMessage({ id, value }, { transfer });
    } catch (thrown) {
      const { code, message, hint, stack, index } = asError(thrown);
      postMessage({ id, error: { code, message, hint, stack, index } });
    } finally {
      running.delete(id);
      awaiting.delete(id);
    }
  });

  // What it asked for is not known either: the page has to give up on all of it.
  addEventListener("messageerror", () => postMessage({ unreadable: true }));

  postMessage({ up: true });
}
