/**
 * Where the package's files are. The literal `new URL` forms are what bundlers look for.
 */

import { MODELS, modelOf } from "./options.js";

/**
 * @param {string | URL} [baseUrl] where `wasm/` and `assets/` are served, when not beside this file
 * @param {import("./mingzhu.js").LoadOptions["model"]} [model]
 * @returns {import("./engine.js").Source}
 */
export function sources(baseUrl, model) {
  const size = modelOf(model);
  if (baseUrl !== undefined) {
    const base = new URL(baseUrl, globalThis.document?.baseURI ?? import.meta.url);
    const folder = base.href.endsWith("/") ? base : new URL(`${base.href}/`);
    const at = (/** @type {string} */ file) => new URL(file, folder).href;
    return {
      wasm: at("wasm/mingzhu_bg.wasm"),
      dictionary: at("assets/dictionary.mz"),
      gazetteer: at("assets/gazetteer.mz"),
      townships: at("assets/townships.mz"),
      model: at(`assets/${MODELS[size]}`),
    };
  }
  // Some bundlers make paths of these, which are of the page's own site.
  const at = (/** @type {URL} */ url) => new URL(url, globalThis.location?.href).href;
  return {
    wasm: at(new URL("./wasm/mingzhu_bg.wasm", import.meta.url)),
    dictionary: at(new URL("./assets/dictionary.mz", import.meta.url)),
    gazetteer: at(new URL("./assets/gazetteer.mz", import.meta.url)),
    townships: at(new URL("./assets/townships.mz", import.meta.url)),
    model:
      size === "large"
        ? at(new URL("./assets/model-large.mz", import.meta.url))
        : at(new URL("./assets/model.mz", import.meta.url)),
  };
}
