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
