/**
 * Fetching wasm and assets, in the browser and in Node, with progress in bytes.
 */

import { MingzhuError, aborted } from "./error.js";

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
 * A file as a response whose body counts its bytes.
 *
 * @param {URL} url
 * @param {{ signal?: AbortSignal, count?: (more: number, total?: number) => void }} [options]
 * @returns {Promise<Response>}
 */
export async function open(url, { signal, count } = {}) {
  const response = url.protocol === "file:" ? await readFile(url) : await request(url, signal);
  // With a Content-Encoding the length is not that of the bytes we see.
  const encoded = response.headers.get("content-encoding");
  const length = encoded ? null : response.headers.get("content-length");
  const total = length === null ? undefined : Number(length);
  if (!count || !response.body) return response;
  count(0, total);
  const counting = new TransformStream({
    transform(chunk, controller) {
      count(chunk.byteLength, total);
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counting), { headers: response.headers });
}

/**
 * @param {URL} url
 * @param {Parameters<typeof open>[1]} [options]
 */
export async function bytes(url, options) {
  const response = await open(url, options);
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw broken(url, cause, options?.signal);
  }
}

/**
 * @param {URL} url
 * @param {AbortSignal} [signal]
 */
async function request(url, signal) {
  let response;
  try {
    response = await fetch(url, { signal });
  } catch (cause) {
    throw broken(url, cause, signal);
  }
  if (!response.ok) {
    const message = `${name(url)}: the server answered ${response.status} (${url.href})`;
    throw new MingzhuError("ASSET_MISSING", message);
  }
  return response;
}

/**
 * @param {URL} url
 * @param {unknown} cause
 * @param {AbortSignal} [signal]
 */
function broken(url, cause, signal) {
  if (signal?.aborted) return aborted(signal);
  return new MingzhuError("ASSET_UNREACHABLE", `${name(url)} could not be fetched (${url.href})`, { cause });
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
