/**
 * Where the package's files are. The literal `new URL` forms are what bundlers look for.
 */

/**
 * @param {string | URL} [baseUrl] where `wasm/` and `assets/` are served, when not beside this file
 * @returns {import("./engine.js").Source}
 */
export function sources(baseUrl) {
  if (baseUrl !== undefined) {
    const base = new URL(baseUrl, globalThis.document?.baseURI ?? import.meta.url);
    const folder = base.href.endsWith("/") ? base : new URL(`${base.href}/`);
    const at = (/** @type {string} */ file) => new URL(file, folder).href;
    return {
      wasm: at("wasm/mingzhu_bg.wasm"),
      dictionary: at("assets/dictionary.mz"),
      gazetteer: at("assets/gazetteer.mz"),
      model: at("assets/model.mz"),
    };
  }
  return {
    wasm: new URL("./wasm/mingzhu_bg.wasm", import.meta.url).href,
    dictionary: new URL("./assets/dictionary.mz", import.meta.url).href,
    gazetteer: new URL("./assets/gazetteer.mz", import.meta.url).href,
    model: new URL("./assets/model.mz", import.meta.url).href,
  };
}
