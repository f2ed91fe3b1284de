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
  if (!hasVectors()) throw new MingzhuError("WASM_MISSING", "the WebAssembly here has no 128-bit vectors");
  const read = async (/** @type {Response} */ { body }) => {
    // Whatever type a server gives it, and with whatever behind: what it is its bytes say.
    const wasm = new Response(body, { headers: { "content-type": "application/wasm" } });
    if (WebAssembly.compileStreaming) return WebAssembly.compileStreaming(wasm);
    return WebAssembly.compile(await wasm.arrayBuffer());
  };
  return fetched(file, wanted, read, refused);
}

/** A module of one function that makes a vector: browsers before 2021 (Safari: 2023) refuse it. */
const VECTORS = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11];

function hasVectors() {
  try {
    return WebAssembly.validate(Uint8Array.from(VECTORS));
  } catch {
    // Where a policy forbids even that, compiling will say so.
    return true;
  }
}

/**
 * @template T
 * @param {() => Promise<T>} instantiate
 */
export async function instantiate(instantiate) {
  try {
    return await instantiate();
  } catch (cause) {
    // Firefox throws no error then, but these words.
    throw cause === "out of memory" ? exhausted(new RangeError(cause)) : refused(cause);
  }
}

/**
 * A policy refuses with the class of a broken file, or one of its own; only the words differ.
 *
 * @param {unknown} cause
 */
function refused(cause) {
  if (cause instanceof MingzhuError) return cause;
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
