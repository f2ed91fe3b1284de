/** mingzhu on a page: from nothing to the first highlight, then at speed. */

import { median, time } from "./measure.js";

/** With the text that stands in the page's article. */
export async function start() {
  const begin = performance.now();
  const { createAnnotator, loadAnnotator } = await import("/pkg/page.js");
  // As with the tag, the page is read while the annotator is on its way.
  let [begun, ready] = [0, 0];
  const onProgress = () => (begun ||= performance.now() - begin);
  const loading = loadAnnotator({ mode: "worker", onProgress });
  loading.then(() => (ready = performance.now() - begin));
  const root = document.querySelector("article");
  const painting = createAnnotator(root, { annotator: loading });
  // What the reader sees is painted before the rest.
  await Promise.race([highlighted(), painting]);
  const first = performance.now() - begin;
  const annotator = await loading;
  const painted = await painting;
  const all = performance.now() - begin;
  const ranges = count();
  if (ranges === 0) throw new Error("nothing is highlighted");
  painted.dispose();
  // In the worker, from the first answer on: the files of this machine, compiled, checked and unpacked.
  return { annotator, load: ready - begun, ready, first, all, ranges };
}

const count = () => [...CSS.highlights.values()].reduce((sum, highlight) => sum + highlight.size, 0);

/** Resolved in the frame that shows the first highlight. */
async function highlighted() {
  while (count() === 0) await new Promise(requestAnimationFrame);
}

/**
 * @param {Awaited<ReturnType<typeof start>>} started
 * @param {string[]} texts one for each run, and one to warm up
 */
export async function speed({ annotator }, texts) {
  const runs = texts.length - 1;
  const cut = async (/** @type {number} */ run) => {
    const tokens = await annotator.segment(texts[run]);
    // As strings in an array, which is what the other gives.
    return [...tokens].map(({ start, end }) => texts[run].slice(start, end)).length;
  };
  const annotate = async (/** @type {number} */ run) => {
    const { mentions, offices, entities } = await annotator.annotate(texts[run]);
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
 * The same of the large model, without words.
 *
 * @param {string[]} texts
 */
export async function large(texts) {
  const { loadAnnotator } = await import("/pkg/page.js");
  const annotator = await loadAnnotator({ mode: "worker", model: "large" });
  const find = median(await time((run) => annotator.annotate(texts[run]), texts.length - 1));
  annotator.dispose();
  return find;
}

/**
 * @param {Awaited<ReturnType<typeof start>>} started
 * @param {number} count
 * @param {string[]} texts
 */
export async function terms({ annotator }, count, texts) {
  const runs = texts.length - 1;
  const list = names(count);
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const begin = performance.now();
    const added = await annotator.addTerms(list);
    times.push(performance.now() - begin);
    await added.remove();
  }
  const added = await annotator.addTerms(list);
  const find = median(await time((run) => annotator.annotate(texts[run]), runs));
  await added.remove();
  return { add: median(times), find };
}
