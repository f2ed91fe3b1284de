/**
 * Measures mingzhu beside jieba-wasm in a headless Chromium and prints a table. Run by
 * `cargo xtask bench`, which serves the pages: run.js ADDRESS BROWSER RUNS [TEXT]
 */

import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { large, measure, sizes, sum } from "../../tests/packaging/sizes.js";
import { median } from "./measure.js";

const [address, executablePath, runs, file] = process.argv.slice(2);
const root = fileURLToPath(new URL("../../", import.meta.url));
const SAMPLE = 10_000;
const LONG = 70_000;

const args = ["--disable-quic", "--no-first-run", "--disable-background-networking"];
args.push("--disable-component-update", "--disable-sync");
// Chromium's own sandbox refuses to run as root.
if (process.getuid?.() === 0) args.push("--no-sandbox");

/**
 * One fresh browser, one page, one contender.
 *
 * @param {"mingzhu" | "jieba-wasm"} name
 * @param {string} text
 */
async function sample(name, text) {
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    await page.goto(`${address}bench/page.html`);
    const result = await page.evaluate(
      async ({ name, text, sample, long }) => {
        const article = document.querySelector("article");
        for (const line of text.split("\n")) article.append(Object.assign(document.createElement("p"), { textContent: line }));
        // The page itself is laid out before the clock starts.
        await new Promise((resolve) => setTimeout(resolve, 300));
        const { fresh, longestTask } = await import("/bench/measure.js");
        const contender = await import(`/bench/${name}.js`);
        const { value: started, longest } = await longestTask(() => contender.start(text));
        const texts = (length, runs) => Array.from({ length: runs + 1 }, () => fresh(text, length));
        const speed = {
          short: await contender.speed(started, texts(sample, 5)),
          long: await contender.speed(started, texts(long, 1)),
        };
        // For what comes after the memory is read.
        globalThis.terms = () => contender.terms?.(started, 100_000, texts(sample, 5));
        globalThis.large = () => contender.large?.(texts(sample, 1));
        const { load, ready, first, all, ranges, memory } = started;
        return { load, ready, first, all, ranges, longest, speed, memory: memory?.buffer.byteLength };
      },
      { name, text, sample: SAMPLE, long: LONG },
    );
    // The worker's own instance of the code; importing it again gives the same one.
    const [worker] = page.workers();
    const inWorker = async () => (await (await import("/pkg/wasm/mingzhu.js")).default()).memory.buffer.byteLength;
    const memory = worker ? await worker.evaluate(inWorker) : result.memory;
    const terms = await page.evaluate(() => globalThis.terms());
    const large = await page.evaluate(() => globalThis.large());
    return { ...result, memory, terms, large, version: browser.version() };
  } finally {
    await browser.close();
  }
}

/**
 * What it costs the page it is on, in one fresh browser.
 *
 * @param {string} text
 */
async function onPage(text) {
  const browser = await chromium.launch({ executablePath, args });
  try {
    const open = async () => {
      const page = await browser.newPage();
      await page.goto(`${address}bench/page.html`);
      return page;
    };
    const run = async (what, value) => {
      const page = await open();
      const result = await page.evaluate(
        async ({ what, text, value }) => (await import("/bench/page.js"))[what](text, value),
        { what, text, value },
      );
      await page.close();
      return result;
    };
    const steps = await run("measure", 9);
    const long = await run("long");
    const unprepared = await run("longUnprepared");

    // What stays behind: the first ones may warm something up.
    const page = await open();
    const client = await page.context().newCDPSession(page);
    await client.send("Performance.enable");
    const left = async (times) => {
      const seen = await page.evaluate(
        async ({ text, times }) => (await import("/bench/page.js")).comeAndGo(text, times),
        { text, times },
      );
      await client.send("HeapProfiler.collectGarbage");
      const { metrics } = await client.send("Performance.getMetrics");
      const metric = (name) => metrics.find((metric) => metric.name === name).value;
      return {
        ...seen, workers: page.workers().length, listeners: metric("JSEventListeners"), nodes: metric("Nodes"),
        heap: metric("JSHeapUsedSize"),
      };
    };
    const before = await left(10);
    const after = await left(100);
    return { steps, long, unprepared, before, after };
  } finally {
    await browser.close();
  }
}

/**
 * What a fact-checker waits for, in one fresh browser.
 *
 * @param {{ prose?: number }} [options]
 */
async function onDesk(options) {
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    await page.goto(`${address}bench/page.html`);
    return await page.evaluate(async (options) => (await import("/bench/desk.js")).measureDesk(options), options);
  } finally {
    await browser.close();
  }
}

/** The text of the demo page. */
async function demoText() {
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(address);
    return await page.locator("main").innerText();
  } finally {
    await browser.close();
  }
}

const text = file ? readFileSync(file, "utf8") : await demoText();
/** @type {Record<string, Awaited<ReturnType<typeof sample>>[]>} */
const samples = { mingzhu: [], "jieba-wasm": [] };
for (let run = 0; run < Number(runs); run += 1) {
  // In turns, so that a busy minute of the machine falls on both.
  for (const name of /** @type {const} */ (["mingzhu", "jieba-wasm"])) {
    samples[name].push(await sample(name, text));
  }
}

const { steps, long, unprepared, before, after } = await onPage(text);
const desk = await onDesk();
// Five times the names of a newspaper.
const dense = await onDesk({ prose: 1 });

const ours = sizes(join(root, "pkg"));
const web = join(root, "node_modules/jieba-wasm/pkg/web");
const theirs = ["jieba_rs_wasm.js", "jieba_rs_wasm_bg.wasm"].map((name) => measure(web, name, "code"));
const version = JSON.parse(readFileSync(join(root, "node_modules/jieba-wasm/package.json"), "utf8")).version;

const number = (/** @type {number} */ value) => value.toLocaleString("en", { maximumFractionDigits: 0 });
const ms = (/** @type {number} */ value) => (value < 10 ? value.toFixed(1) : number(value));
const quantile = (/** @type {number[]} */ values, /** @type {number} */ part) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * part)].toFixed(2);
/** Median, 95th of a hundred and worst of one key, or of all. */
const spread = (/** @type {number[]} */ values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return `${ms(median(sorted))} / ${ms(sorted[Math.ceil(sorted.length * 0.95) - 1])} / ${ms(sorted[sorted.length - 1])}`;
};
const tabs = Object.keys(desk.times);
const keys = Object.keys(desk.times[tabs[0]]);
const mib = (/** @type {number} */ value) => `${(value / 2 ** 20).toFixed(1)} MiB`;
const row = (/** @type {(string | number)[]} */ ...cells) => `| ${cells.join(" | ")} |`;
const bytes = (/** @type {string} */ name, /** @type {import("../../tests/packaging/sizes.js").Size[]} */ files) =>
  row(name, ...(/** @type {const} */ (["raw", "gzip", "brotli"])).map((form) => number(sum(files, form))));
const of = (/** @type {string} */ name, /** @type {"load" | "ready" | "first" | "all" | "longest" | "memory"} */ key) =>
  samples[name].map((sample) => sample[key]);
const times = (/** @type {string} */ name, /** @type {"load" | "ready" | "first" | "all"} */ key) =>
  `${ms(median(of(name, key)))} [${ms(Math.min(...of(name, key)))}]`;
/** Browsers tell of tasks above 50 ms alone. */
const task = (/** @type {number} */ value) => (value === 0 ? "≤ 50" : ms(value));
const longest = (/** @type {string} */ name) => task(median(of(name, "longest")));
const speed = (/** @type {string} */ name, /** @type {"short" | "long"} */ length, /** @type {"cut" | "find"} */ what) =>
  median(samples[name].map((sample) => sample.speed[length][what]));
const per10k = (/** @type {string} */ name, /** @type {"cut" | "find"} */ what) =>
  ms((speed(name, "short", what) / SAMPLE) * 1e4);
const perSecond = (/** @type {string} */ name, /** @type {"cut" | "find"} */ what) =>
  number(Math.round(LONG / speed(name, "long", what)) * 1000);

console.log(`Chromium ${samples.mingzhu[0].version} (headless), ${cpus().length} × ${cpus()[0]?.model.trim()}; the text has ${number(text.length)}
characters (UTF-16); ${runs} fresh browsers each, in turns, from localhost without compression or network time.

### Bytes to download

| | raw | gzip -9 | brotli 11 |
| --- | ---: | ---: | ---: |
${bytes("mingzhu: code (wasm)", ours.filter(({ part }) => part === "code"))}
${bytes("mingzhu: scripts", ours.filter(({ part }) => part === "script"))}
${ours.filter(({ part }) => part === "asset").map((asset) => bytes(`mingzhu: ${asset.file.replace("assets/", "")}`, [asset])).join("\n")}
${bytes("**mingzhu, everything for the first use**", ours)}
${large(join(root, "pkg")).map((asset) => bytes("mingzhu: model-large.mz in place of model.mz, where it is asked for", [asset]) + "\n").join("")}${bytes(`**jieba-wasm ${version}** (web: script and wasm with its dictionary)`, theirs)}

### Start-up, speed, memory

| | mingzhu | jieba-wasm |
| --- | ---: | ---: |
${row("finds", "names, offices, words", "words, tags")}
${row("cold start → ready, ms, median [least]", times("mingzhu", "ready"), times("jieba-wasm", "ready"))}
${row("of that in the worker: code and data fetched, checked and unpacked", times("mingzhu", "load"), "–")}
${row("cold start → first result, ms, median [least]", `${times("mingzhu", "first")} (highlights on the page)`, `${times("jieba-wasm", "first")} (words)`)}
${row("cold start → all results, ms, median [least]", times("mingzhu", "all"), "–")}
${row("highlighted ranges", number(samples.mingzhu[0].ranges), "–")}
${row("longest main-thread task until then, ms, median", longest("mingzhu"), longest("jieba-wasm"))}
${row("10,000 characters into words, warm, ms", per10k("mingzhu", "cut"), per10k("jieba-wasm", "cut"))}
${row("10,000 characters annotated (tagged), warm, ms", per10k("mingzhu", "find"), per10k("jieba-wasm", "find"))}
${row("words, characters per second", perSecond("mingzhu", "cut"), perSecond("jieba-wasm", "cut"))}
${row("annotated (tagged), characters per second", perSecond("mingzhu", "find"), perSecond("jieba-wasm", "find"))}
${row("100,000 terms of a user added, ms", ms(median(samples.mingzhu.map(({ terms }) => terms.add))), "–")}
${row("annotated with them, characters per second", number(Math.round(SAMPLE / median(samples.mingzhu.map(({ terms }) => terms.find))) * 1000), "–")}
${row("annotated by the large model, characters per second", number(Math.round(SAMPLE / median(samples.mingzhu.map(({ large }) => large))) * 1000), "–")}
${row("memory of the wasm", `${mib(median(of("mingzhu", "memory")))} (worker)`, `${mib(median(of("jieba-wasm", "memory")))} (main thread)`)}

### On the page

| | | budget |
| --- | ---: | ---: |
${row(`painting ${number(steps.mentions)} names, ms, median`, ms(steps.paint), "≤ 25")}
${row("elements that this adds to the page", steps.added, "0")}
${row("their first showing, with all ranges made, ms", ms(steps.first), "–")}
${row(`which name is under a point, ms, median [95th of 100], of ${steps.hits.length}`, `${quantile(steps.hits, 0.5)} [${quantile(steps.hits, 0.95)}]`, "≤ 0.3")}
${row("reading all of this page's text, ms, median", ms(steps.read), "–")}
${row("reading and showing it after one paragraph has changed, main thread, ms, median", ms(steps.change), "≤ 10")}
${row(`longest main-thread task on a page of ${(long.bytes / 1e6).toFixed(1)} MB with ${number(long.nodes)} text nodes and ${number(long.mentions)} names, which came with the rules for names (the tag, \`paint.css\`), ms`, task(long.longest), "≤ 50")}
${row("the same of a page that came without them, ms", task(unprepared.longest), "–")}
${row("of that the browser styling the page anew for these rules, measured when nobody annotates it, ms", ms(unprepared.restyled), "–")}
${row("the browser styling that page first, with the rules [without], ms", `${ms(long.styled)} [${ms(unprepared.styled)}]`, "–")}
${row("until all its names are painted, ms", ms(long.took), "–")}

| after annotators came and went | 10 | 110 |
| --- | ---: | ---: |
${["workers", "highlights", "sheets", "elements", "listeners"].map((what) => row(what, number(before[what]), number(after[what]))).join("\n")}
${row("heap of the main thread, MiB", mib(before.heap), mib(after.heap))}

### The desk

From a key to the next frame, ms, median / 95th of 100 / worst, with each tab of the side open. The story has ${number(desk.length)}
characters with ${number(desk.marks)} names, as many as a newspaper has, which occur ${number(desk.often[0])} to ${number(desk.often[1])} times each; 1,000 decisions of two people were
laid over it and ${number(desk.decisions - 1000)} were made meanwhile; the roster has ${number(desk.rows)} rows and finds ${number(desk.findings)} doubts. Budget: 50 ms.

| key | ${tabs.join(" | ")} |
| --- | ${tabs.map(() => "---:").join(" | ")} |
${keys.map((key) => row(`\`${key}\``, ...tabs.map((tab) => spread(desk.times[tab][key])))).join("\n")}
${row("**all**", ...tabs.map((tab) => spread(keys.flatMap((key) => desk.times[tab][key]))))}
${row(`all, with ${number(dense.marks)} names in as much text`, ...tabs.map((tab) => spread(keys.flatMap((key) => dense.times[tab][key]))))}

| | |
| --- | ---: |
${row("opening the story, ms", ms(desk.opened))}
${row("opening it again, with what was decided, ms", ms(desk.again))}
${row("longest task meanwhile, such as the check that runs when nobody has decided anything for a moment, ms", ms(desk.longest))}`);
