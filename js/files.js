/**
 * Fetching wasm and assets, in the browser and in Node, with progress in bytes.
 */

import { MingzhuError, aborted, exhausted } from "./error.js";
import { keep, kept } from "./kept.js";

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
      file: name(url),
      loaded: all.reduce((sum, { loaded }) => sum + loaded, 0),
      total: all.every(({ total }) => total !== undefined)
        ? all.reduce((sum, { total }) => sum + (total ?? 0), 0)
        : undefined,
    });
  };
}

/**
 * @typedef {object} Wanted
 * @property {AbortSignal} [signal]
 * @property {(more: number, total?: number) => void} [count] hears of bytes as they come; of fewer than none where
 *   a file is fetched anew
 */

/**
 * Fetches a file and reads it. What does not hold what this build's file holds is refused: fetched
 * once more, past all that browsers and servers keep, since it may be of the build before.
 *
 * @template T
 * @param {import("./sources.js").File} file
 * @param {Wanted} wanted
 * @param {(response: Response) => Promise<T>} read
 * @param {(cause: unknown) => MingzhuError} refused what reading it has failed with
 * @returns {Promise<T>}
 */
export async function fetched(file, { signal, count }, read, refused) {
  let seen = 0;
  const counted = (/** @type {number} */ more, /** @type {number | undefined} */ total) => {
    seen += more;
    count?.(more, total);
  };
  const once = async (/** @type {boolean} */ afresh) => {
    const { response, failure } = await open(file, { signal, count: counted }, afresh);
    try {
      return await read(response);
    } catch (cause) {
      throw failure() ?? refused(cause);
    }
  };
  try {
    return await once(false);
  } catch (error) {
    const { code } = /** @type {MingzhuError} */ (error);
    if ((code !== "ASSET_TAMPERED" && code !== "VERSION_MISMATCH") || file.href.startsWith("file:")) throw error;
    count?.(-seen);
    seen = 0;
    return once(true);
  }
}

/**
 * A file as a response whose body counts its bytes, ends when none come, and fails at its end where
 * it is not the file of this build. A body's own error is lost on the way through the browser:
 * `failure` knows it.
 *
 * @param {import("./sources.js").File} file
 * @param {Wanted} wanted
 * @param {boolean} afresh
 * @returns {Promise<{ response: Response, failure: () => MingzhuError | undefined }>}
 */
async function open(file, { signal, count }, afresh) {
  const url = new URL(file.href);
  const cache = afresh ? "reload" : "default";
  const onNet = /^https?:$/.test(url.protocol);
  // What an extension brings along is at hand anyway, and what it kept would lie in the site that is read.
  const isKept = onNet && file.sha256 !== undefined && file.keep && !file.packed;
  const found = file.packed ? inflated(file.packed) : isKept && !afresh ? await kept(file) : undefined;
  const plain = attempt(url, signal);
  const response =
    found ?? (url.protocol === "file:" ? await readFile(url) : await plain.step(plain.ask(url.href, cache)));
  if (!response.ok) {
    const message = `${name(file.href)}: the server answered ${response.status} (${url.href})`;
    throw new MingzhuError("ASSET_MISSING", message);
  }
  const type = response.headers.get("content-type");
  let { body } = response;
  let from = plain;
  if (!found && onNet && !afresh && isPlain(response, file)) {
    // An attempt of its own: one that comes to a halt costs the file nothing.
    const sibling = attempt(url, signal);
    const packed = await sibling.step(sibling.ask(`${url.href}.gz`, cache)).catch(() => undefined);
    if (packed?.ok && packed.body) {
      await body?.cancel();
      body = packed.body.pipeThrough(new DecompressionStream("gzip"));
      from = sibling;
    }
  }
  // With a Content-Encoding the length is not that of the bytes we see.
  const encoded = response.headers.get("content-encoding");
  const length = encoded ? null : response.headers.get("content-length");
  const total = file.bytes ?? (length === null ? undefined : Number(length));
  count?.(0, total);
  const reader = body?.getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {MingzhuError | undefined} */
  let failed;
  const counting = reader && new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await from.step(reader.read());
        if (!done) {
          count?.(value.byteLength, total);
          if (file.sha256) parts.push(value.slice());
          return controller.enqueue(value);
        }
        if (file.sha256) {
          const content = joined(parts);
          await check(file, content);
          if (isKept && !found) keep(file, content, type);
        }
        from.end();
        controller.close();
      } catch (error) {
        failed = /** @type {MingzhuError} */ (error);
        // Or it is no gzip: the file itself will tell.
        if (from !== plain && failed.code === "ASSET_UNREACHABLE") failed = tampered(file);
        from.end();
        throw failed;
      }
    },
    cancel: (reason) => (from.end(), reader.cancel(reason)),
  });
  const headers = new Headers(type ? { "content-type": type } : {});
  return { response: new Response(counting, { headers }), failure: () => failed };
}

/**
 * A download that ends when the caller aborts, or when no byte comes for too long.
 *
 * @param {URL} url
 * @param {AbortSignal} [signal]
 */
function attempt(url, signal) {
  const control = new AbortController();
  const follow = () => control.abort(aborted(/** @type {AbortSignal} */ (signal)));
  if (signal?.aborted) follow();
  signal?.addEventListener("abort", follow, { once: true });
  return {
    ask: (/** @type {string} */ href, /** @type {RequestCache} */ cache) => fetch(href, { signal: control.signal, cache }),
    /**
     * A step of it; the time for which nobody asks for bytes does not count.
     *
     * @template T
     * @param {Promise<T>} step
     */
    step: async (step) => {
      const timer = setTimeout(() => control.abort(stalled(url)), STALL_LIMIT);
      try {
        return await step;
      } catch (cause) {
        throw control.signal.aborted ? control.signal.reason : unreachable(url, cause);
      } finally {
        clearTimeout(timer);
      }
    },
    /** Signals may live longer. */
    end: () => signal?.removeEventListener("abort", follow),
  };
}

/** @param {Uint8Array<ArrayBuffer>} packed */
function inflated(packed) {
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")));
}

/**
 * Whether a server sends all bytes of a file that could be sent packed. Of another origin it does not
 * tell the encoding, but the length.
 *
 * @param {Response} response
 * @param {import("./sources.js").File} file
 */
function isPlain({ headers }, { bytes, gzip }) {
  const whole = !headers.get("content-encoding") && headers.get("content-length") === String(bytes);
  return gzip && whole && typeof DecompressionStream === "function";
}

/**
 * On pages without a secure connection browsers compute no hashes; nothing is secure there.
 *
 * @param {import("./sources.js").File} file
 * @param {Uint8Array<ArrayBuffer>} content
 */
async function check(file, content) {
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", content);
  if (!digest || btoa(String.fromCharCode(...new Uint8Array(digest))) === file.sha256) return;
  if (!isWhole(content)) throw tampered(file);
  throw new MingzhuError("VERSION_MISMATCH", `${name(file.href)} is of another build (${file.href})`);
}

/** What data files begin with (`src/asset.rs`): a name, kind and version, the sum of the rest and its length. */
const DATA = { name: "MINGZHU\0", sum: 16, header: 24 };
/** What our wasm ends with (`xtask`): a section of twelve bytes, the last four of which are the sum of all before it. */
const SECTION = { name: "\0\x0a\x05crc32", length: 12 };

/**
 * Whether a file is as some build of ours wrote it.
 *
 * @param {Uint8Array<ArrayBuffer>} content
 */
function isWhole(content) {
  const at = (/** @type {number} */ start, /** @type {string} */ text) =>
    String.fromCharCode(...content.subarray(start, start + text.length)) === text;
  const sum = (/** @type {number} */ start) => new DataView(content.buffer).getUint32(start, true);
  const end = content.length - SECTION.length;
  if (content.length >= DATA.header && at(0, DATA.name)) return sum(DATA.sum) === crc32(content.subarray(DATA.header));
  return end > 0 && at(end, SECTION.name) && sum(content.length - 4) === crc32(content.subarray(0, end));
}

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

/** @param {import("./sources.js").File} file */
function tampered({ href }) {
  return new MingzhuError("ASSET_TAMPERED", `${name(href)} does not hold what this build's file holds (${href})`);
}

/** @param {Uint8Array<ArrayBuffer>[]} parts */
function joined(parts) {
  const content = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    content.set(part, at);
    at += part.length;
  }
  return content;
}

/**
 * @param {import("./sources.js").File} file
 * @param {Wanted} [wanted]
 */
export async function bytes(file, wanted = {}) {
  const read = async (/** @type {Response} */ response) => new Uint8Array(await response.arrayBuffer());
  const refused = (/** @type {unknown} */ cause) =>
    cause instanceof RangeError ? exhausted(cause) : unreachable(new URL(file.href), cause);
  return fetched(file, wanted, read, refused);
}

/**
 * @param {URL} url
 * @param {unknown} cause
 */
function unreachable(url, cause) {
  return new MingzhuError("ASSET_UNREACHABLE", `${name(url.href)} could not be fetched (${url.href})`, { cause });
}

/** @param {URL} url */
function stalled(url) {
  const seconds = STALL_LIMIT / 1000;
  return new MingzhuError("TIMEOUT", `${name(url.href)}: no byte came for ${seconds} seconds (${url.href})`, {
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
    throw new MingzhuError("ASSET_MISSING", `${name(url.href)} could not be read (${url.pathname})`, { cause });
  }
}

/** @param {string} href */
export const name = (href) => String(new URL(href).pathname.split("/").at(-1));
