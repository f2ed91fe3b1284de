/** Times and their middle. */

/**
 * Milliseconds of each run, after one that warms up.
 *
 * @param {(run: number) => unknown} work
 * @param {number} runs
 */
export async function time(work, runs) {
  await work(0);
  const times = [];
  for (let run = 1; run <= runs; run += 1) {
    const begin = performance.now();
    await work(run);
    times.push(performance.now() - begin);
  }
  return times;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The longest task of this thread while `work` runs, in milliseconds; 0 when none was above 50. */
export async function longestTask(work) {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: "longtask" });
  const value = await work();
  // Entries arrive after their task has ended.
  await new Promise((resolve) => setTimeout(resolve, 100));
  tasks.push(...observer.takeRecords());
  observer.disconnect();
  return { value, longest: Math.max(0, ...tasks.map(({ duration }) => duration)) };
}

/**
 * A text of that length made of a sample, with no sentence twice, nor in any other of these texts:
 * what an annotator has read it remembers.
 *
 * @param {string} sample
 * @param {number} length
 */
export function fresh(sample, length) {
  const sentences = sample.match(/[^。\n]+[。\n]*/g) ?? [];
  let text = "";
  for (let i = 0; text.length < length; i += 1) text += `${(count += 1)}日,${sentences[i % sentences.length]}`;
  return text.slice(0, length);
}

let count = 0;
