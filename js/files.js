/**
 * Fetching wasm and assets, in the browser and in Node, with progress in bytes.
 */

import { MingzhuError, aborted, exhausted } from "./error.js";

/** Without a byte for so long, a download is given up. */
const STALL_LIMIT = 30_000;

/**
 * @typedef {object} Progress
 * @property {number} loaded bytes so far, after decompression
 * @property {number} [total] bytes in all, where every server has said so
 * @property {string} file the file that the last bytes are of
 *
 * @typedef {(progress: Progress) => void} OnProgress
 */

/**
 * Adds up the progress of several files.
 *
 * @param {string[]} urls
 * @param {OnProgress} [report]
 */
export function tally(urls, report) {
  const files = new Map(urls.map((url) => [url, { loaded: 0, total: /** @type {number | undefined} */ (undefined) }]));
  return (/** @type {string} */ url, /** @type {number} */ more, /** @type {number | undefined} */ total) => {
    const file = files.get(url);
    if (!file || !report) return;
    file.loaded += more;
    file.total = total;
    const all = [...files.values()];
    report({
      file: name(new URL(url)),
      loaded: all.reduce((sum, { loaded }) => sum + loaded, 0),
      total: all.every(({ total }) => total !== undefined)
        ? all.reduce((sum, { total }) => sum + (total ?? 0), 0)
        : undefined,
    });
  };
}

/**
 * A file as a response whose body counts its bytes and ends when none come. A body's own
 * error is lost on the way through the browser: `failure` knows it.
 *
 * @param {URL} url
 * @param {{ signal?: AbortSignal, count?: (more: number, total?: number) => void }} [options]
 * @returns {Promise<{ response: Response, failure: () => MingzhuError | undefined }>}
 */
export async function open(url, { signal, count } = {}) {
  const control = new AbortController();
  const follow = () => control.abort(aborted(/** @type {AbortSignal} */ (signal)));
  if (signal?.aborted) follow();
  signal?.addEventListener("abort", follow, { once: true });

  /** @type {MingzhuError | undefined} */
  let failed;
  /**
   * A step of the download; the time for which nobody asks for bytes does not count.
   *
   * @template T
   * @param {Promise<T>} step
   */
  const step = async (step) => {
    const timer = setTimeout(() => control.abort(stalled(url)), STALL_LIMIT);
    try {
      return await step;
    } catch (cause) {
      failed = control.signal.aborted ? control.signal.reason : unreachable(url, cause);
      throw failed;
    } finally {
      clearTimeout(timer);
    }
  };

  const file = url.protocol === "file:";
  const response = file ? await readFile(url) : await step(fetch(url, { signal: control.signal }));
  if (!response.ok) {
    const message = `${name(url)}: the server answered ${response.status} (${url.href})`;
    throw new MingzhuError("ASSET_MISSING", message);
  }
  // With a Content-Encoding the length is not that of the bytes we see.
  const encoded = response.headers.get("content-encoding");
  const length = encoded ? null : response.headers.get("content-length");
  const total = length === null ? undefined : Number(length);
  count?.(0, total);
  const reader = response.body?.getReader();
  const body = reader && new ReadableStream({
    async pull(controller) {
      const { done, value } = await step(reader.read());
      if (done) return controller.close();
      count?.(value.byteLength, total);
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { response: new Response(body, { headers: response.headers }), failure: () => failed };
}

/**
 * @param {URL} url
 * @param {Parameters<typeof open>[1]} [options]
 */
export async function bytes(url, options) {
  const { response, failure } = await open(url, options);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw failure() ?? (cause instanceof RangeError ? exhausted(cause) : unreachable(url, cause));
  }
}

/**
 * @param {URL} url
 * @param {unknown} cause
 */
function unreachable(url, cause) {
  return new MingzhuError("ASSET_UNREACHABLE", `${name(url)} could not be fetched (${url.href})`, { cause });
}

/** @param {URL} url */
function stalled(url) {
  const seconds = STALL_LIMIT / 1000;
  return new MingzhuError("TIMEOUT", `${name(url)}: no byte came for ${seconds} seconds (${url.href})`, {
    hint: "check the network and the server, and load again",
  });
}

/**
 * Node's fetch knows no files.
 *
 * @param {URL} url
 */
async function readFile(url) {
  // Kept from bundlers, which would look for it in the browser.
  const fs = "node:fs/promises";
  try {
    const { readFile } = await import(/* @vite-ignore */ /* webpackIgnore: true */ fs);
    const content = await readFile(url);
    const type = url.pathname.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(content, { headers: { "content-type": type, "content-length": String(content.length) } });
  } catch (cause) {
    throw new MingzhuError("ASSET_MISSING", `${name(url)} could not be read (${url.pathname})`, { cause });
  }
}

/** @param {URL} url */
export const name = (url) => url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
