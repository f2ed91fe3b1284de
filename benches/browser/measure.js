/** Times and their middle. */

/**
 * Milliseconds of each run, after one that warms up.
 *
 * @param {() => unknown} work
 * @param {number} runs
 */
export async function time(work, runs) {
  await work();
  const times = [];
  for (let run = 0; run < runs; run += 1) {
    const begin = performance.now();
    await work();
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
