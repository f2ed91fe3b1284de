/**
 * Where the desk's own files are. The literal `new URL` forms are what bundlers look for.
 */

import { placed } from "./sources.js";

/**
 * @param {string | URL} [baseUrl] where `wasm/` and `assets/` are served, when not beside this file
 * @param {boolean} [keep] false where nothing is to be kept for the next visit
 */
export function deskSources(baseUrl, keep = true) {
  const { beside, at } = placed(baseUrl, keep);
  if (baseUrl !== undefined) return { wasm: beside("wasm/mingzhu_desk_bg.wasm"), confusables: beside("assets/confusables.mz") };
  return {
    wasm: at("wasm/mingzhu_desk_bg.wasm", new URL("./wasm/mingzhu_desk_bg.wasm", import.meta.url)),
    confusables: at("assets/confusables.mz", new URL("./assets/confusables.mz", import.meta.url)),
  };
}

/** The worker that checks stories. */
export const checkWorker = () => new Worker(new URL("./desk-worker.js", import.meta.url), { type: "module" });
