/**
 * Where the package's files are, and what they hold. The literal `new URL` forms are what bundlers look for.
 */

import { BUILD } from "./build.js";
import { MODELS, modelOf } from "./options.js";

/**
 * @typedef {object} File
 * @property {string} href
 * @property {string} name in the package
 * @property {string} [sha256] of its content, in base64
 * @property {number} [bytes] how many it has
 * @property {boolean} [gzip] true where the same with `.gz` behind its name is served beside it
 * @property {boolean} keep true where it is kept for the next visit
 * @property {Uint8Array<ArrayBuffer>} [packed] what it holds, as gzip, where it came with the code
 */

/**
 * Makes files of addresses.
 *
 * @param {string | URL | undefined} baseUrl
 * @param {boolean} keep
 */
export function placed(baseUrl, keep) {
  /**
   * @param {string} name in the package
   * @param {string} href
   * @returns {File}
   */
  const file = (name, href) => {
    const { sha256, bytes, gzip } = BUILD[name] ?? {};
    // A bundler gives it another name, and leaves behind what stands beside it.
    return { href, name, sha256, bytes, gzip: gzip && href.endsWith(`/${name}`), keep };
  };
  const folder = () => {
    const base = new URL(String(baseUrl), globalThis.document?.baseURI ?? import.meta.url);
    return base.href.endsWith("/") ? base : new URL(`${base.href}/`);
  };
  return {
    /** One below `baseUrl`. */
    beside: (/** @type {string} */ name) => file(name, new URL(name, folder()).href),
    /** One beside the scripts. Some bundlers make paths of these, which are of the page's own site. */
    at: (/** @type {string} */ name, /** @type {URL} */ url) => file(name, new URL(url, globalThis.location?.href).href),
  };
}

/**
 * @param {string | URL} [baseUrl] where `wasm/` and `assets/` are served, when not beside this file
 * @param {import("./mingzhu.js").LoadOptions["model"]} [model]
 * @param {boolean} [keep] false where nothing is to be kept for the next visit
 * @returns {import("./engine.js").Source}
 */
export function sources(baseUrl, model, keep = true) {
  const { beside, at } = placed(baseUrl, keep);
  const large = modelOf(model) === "large";
  if (baseUrl !== undefined) {
    return {
      wasm: beside("wasm/mingzhu_bg.wasm"),
      dictionary: beside("assets/dictionary.mz"),
      gazetteer: beside("assets/gazetteer.mz"),
      townships: beside("assets/townships.mz"),
      model: beside(`assets/${MODELS[large ? "large" : "core"]}`),
    };
  }
  const core = at("assets/model.mz", new URL("./assets/model.mz", import.meta.url));
  return {
    wasm: at("wasm/mingzhu_bg.wasm", new URL("./wasm/mingzhu_bg.wasm", import.meta.url)),
    dictionary: at("assets/dictionary.mz", new URL("./assets/dictionary.mz", import.meta.url)),
    gazetteer: at("assets/gazetteer.mz", new URL("./assets/gazetteer.mz", import.meta.url)),
    townships: at("assets/townships.mz", new URL("./assets/townships.mz", import.meta.url)),
    // Not in that form: `mingzhu-desk` alone has it, and bundlers want every file that they are told of.
    model: large ? at("assets/model-large.mz", new URL(MODELS.large, core.href)) : core,
  };
}

