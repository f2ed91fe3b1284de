/** mingzhu on a page: from nothing to the first highlight, then at speed. */

import { median, time } from "./measure.js";

/** @param {string} text what stands in the page's article */
export async function start(text) {
  const begin = performance.now();
  const { Annotator } = await import("/pkg/mingzhu.js");
  const annotator = await Annotator.load({ mode: "worker" });
  const ready = performance.now() - begin;
  const { createAnnotator } = await import("/pkg/page.js");
  const root = document.querySelector("article");
  const painted = await createAnnotator(root, { annotator });
  const first = performance.now() - begin;
  const ranges = [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0);
  if (ranges === 0) throw new Error("nothing is highlighted");
  painted.dispose();
  return { annotator, ready, first, ranges, length: text.length };
}

/**
 * @param {Awaited<ReturnType<typeof start>>} started
 * @param {string} text
 * @param {number} runs
 */
export async function speed({ annotator }, text, runs) {
  const cut = async () => {
    const tokens = await annotator.segment(text);
    // As strings in an array, which is what the other gives.
    return [...tokens].map(({ start, end }) => text.slice(start, end)).length;
  };
  const annotate = async () => {
    const { mentions, offices, entities } = await annotator.annotate(text);
    return mentions.length + offices.length + entities.length;
  };
  return { cut: median(await time(cut, runs)), find: median(await time(annotate, runs)) };
}

/**
 * Names nobody has, of two to seven characters as a roster's are.
 *
 * @param {number} count
 */
function names(count) {
  const character = (/** @type {number} */ n) => String.fromCharCode(0x4e00 + (Math.imul(n, 0x9e3779b1) >>> 19) % 5000);
  const name = (/** @type {number} */ i) =>
    Array.from({ length: 2 + (i % 6) }, (_, at) => character(at === 0 ? i % 400 : i * 7 + at)).join("");
  return Array.from({ length: count }, (_, i) => ({ text: name(i), kind: /** @type {const} */ ("person") }));
}

/**
 * @param {Awaited<ReturnType<typeof start>>} started
 * @param {number} count
 * @param {number} runs
 */
export async function terms({ annotator }, count, runs) {
  const list = names(count);
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const begin = performance.now();
    const added = await annotator.addTerms(list);
    times.push(performance.now() - begin);
    await added.remove();
  }
  const added = await annotator.addTerms(list);
  const text = document.querySelector("article").textContent.repeat(5).slice(0, 10_000);
  const find = median(await time(() => annotator.annotate(text), runs));
  await added.remove();
  return { add: median(times), find };
}
