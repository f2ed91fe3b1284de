/** jieba-wasm on a page: from nothing to the first words, then at speed. */

import { median, time } from "./measure.js";

/** @param {string} text */
export async function start(text) {
  const begin = performance.now();
  const jieba = await import("/jieba-wasm/jieba_rs_wasm.js");
  const { memory } = await jieba.default();
  // It builds its dictionary when it is first asked for words.
  jieba.cut("", true);
  const ready = performance.now() - begin;
  const words = jieba.cut(text, true);
  const first = performance.now() - begin;
  return { jieba, memory, ready, first, ranges: 0, length: words.join("").length };
}

/**
 * @param {Awaited<ReturnType<typeof start>>} started
 * @param {string[]} texts one for each run, and one to warm up
 */
export async function speed({ jieba }, texts) {
  const runs = texts.length - 1;
  const cut = (/** @type {number} */ run) => jieba.cut(texts[run], true).length;
  const tag = (/** @type {number} */ run) => jieba.tag(texts[run], true).length;
  return { cut: median(await time(cut, runs)), find: median(await time(tag, runs)) };
}
