/**
 * The wasm: fetched, compiled, and told apart when it is blocked, missing or not ours.
 */

import { MingzhuError, asError, exhausted } from "./error.js";
import { fetched } from "./files.js";

/**
 * @param {import("./sources.js").File} file
 * @param {Parameters<typeof fetched>[1]} [wanted]
 * @returns {Promise<WebAssembly.Module>}
 */
export async function compile(file, wanted = {}) {
  if (typeof WebAssembly !== "object") {
    throw new MingzhuError("WASM_MISSING", "there is no WebAssembly here");
  }
  const read = async (/** @type {Response} */ response) => {
    const streamed = response.headers.get("content-type")?.startsWith("application/wasm");
    // A server with the wrong type for .wasm costs the streaming, not the page.
    if (streamed && WebAssembly.compileStreaming) return WebAssembly.compileStreaming(response);
    return WebAssembly.compile(await response.arrayBuffer());
  };
  return fetched(file, wanted, read, refused);
}

/**
 * @template T
 * @param {() => Promise<T>} instantiate
 */
export async function instantiate(instantiate) {
  try {
    return await instantiate();
  } catch (cause) {
    throw refused(cause);
  }
}

/**
 * A policy refuses with the class of a broken file, or one of its own; only the words differ.
 *
 * @param {unknown} cause
 */
function refused(cause) {
  const message = cause instanceof Error ? cause.message : String(cause);
  const broken = cause instanceof WebAssembly.CompileError || cause instanceof WebAssembly.LinkError;
  // To a content script Chromium says nothing at all of the page's policy.
  const silent = /^WebAssembly\.\w+\(\): $/.test(message);
  const blocked = silent || /content security policy|unsafe-eval|disallowed by embedder|blocked by CSP/i.test(message);
  if (blocked && (broken || cause instanceof EvalError)) {
    return new MingzhuError("WASM_BLOCKED", `WebAssembly is blocked here: ${message}`, { cause });
  }
  if (cause instanceof RangeError) return exhausted(cause);
  if (cause instanceof WebAssembly.LinkError) {
    return new MingzhuError("VERSION_MISMATCH", `scripts and wasm are of two builds: ${message}`, { cause });
  }
  return asError(cause, broken ? "WASM_INVALID" : undefined);
}
