/**
 * Starts workers where a page's policy, or its origin, asks for more than an address.
 */

import { MarkupUrl } from "./options.js";

/** Until a worker has read what starts it, in milliseconds, or will never. */
const PATIENCE = 10_000;

/** A page may have a policy once, though the library may be there twice, and a tag besides (`boot.js`). */
const POLICY = Symbol.for("mingzhu.policy");

/**
 * Starts a worker. Bundlers know one only by the very words `new Worker(new URL(…, import.meta.url), …)`, and by the name
 * of the global: so these stand where it is started, and the global is another one meanwhile.
 *
 * @param {() => Worker} start
 * @returns {Worker}
 */
export function allowed(start) {
  const { trustedTypes } = /** @type {any} */ (globalThis);
  const Native = Worker;
  class Allowed extends Native {
    /**
     * @param {string | URL} url
     * @param {WorkerOptions} [options]
     */
    constructor(url, options) {
      // What the site trusts itself needs no policy, and goes on untouched.
      if (trustedTypes?.isScriptURL(url)) {
        super(url, options);
        return;
      }
      const here = globalThis.document?.baseURI ?? globalThis.location?.href;
      const address = new URL(String(url), here);
      // A page may start no worker of another origin, but one of its own that imports it.
      const href = here && address.origin !== new URL(here).origin ? shim(address) : address.href;
      // Under require-trusted-types-for 'script' a worker's address needs a policy; what stands in markup gets none.
      super(url instanceof MarkupUrl ? href : blessed(href), options);
    }
  }
  globalThis.Worker = Allowed;
  try {
    return start();
  } finally {
    globalThis.Worker = Native;
  }
}

/** @param {string} href */
function blessed(href) {
  const { document, trustedTypes } = /** @type {any} */ (globalThis);
  const holder = document ?? globalThis;
  holder[POLICY] ??= trustedTypes?.createPolicy("mingzhu", { createScriptURL: String });
  return holder[POLICY]?.createScriptURL(href) ?? href;
}

/** @param {URL} address */
function shim(address) {
  const script = `import ${JSON.stringify(address.href)};`;
  const href = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  setTimeout(() => URL.revokeObjectURL(href), PATIENCE);
  return href;
}
