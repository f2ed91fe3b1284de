/** What mingzhu costs the page it is on: each step of its main thread by itself. */

import { longestTask, median, time } from "./measure.js";

/** Names to be painted; the design's budget is for so many. */
const MENTIONS = 2800;
/** How often a point is looked at: so often that one in twenty is not what the browser has yet to optimise. */
const LOOKS = 2000;
const KINDS = ["official", "person", "place", "organization"];

/**
 * Puts so many paragraphs of the text into the page's article, no two alike, each of four text nodes.
 *
 * @param {string} text
 * @param {number} count
 */
function fill(text, count) {
  const lines = text.split("\n").filter((line) => line.length > 40);
  const paragraph = (_, i) => {
    const line = lines[i % lines.length];
    const [a, b] = [line.length >> 2, line.length >> 1];
    const p = document.createElement("p");
    const [span, link] = ["span", "a"].map((name) => document.createElement(name));
    span.append(line.slice(a, b));
    link.append(`第${i}号`);
    p.append(`${i}. ${line.slice(0, a)}`, span, line.slice(b), link);
    return p;
  };
  const root = document.querySelector("article");
  root.replaceChildren(...Array.from({ length: count }, paragraph));
  return root;
}

/**
 * The main thread's own part, which the shell in page.js drives, so that each step can be timed: of the scripts
 * as they are written, as the package's own do not show it.
 */
async function parts() {
  const { loadAnnotator, textOf } = await import("/written/page.js");
  const annotator = await loadAnnotator();
  // Makes the code ready on this thread.
  await textOf(document.createElement("p"));
  const { Page } = await import("/written/wasm/mingzhu.js");
  const { flatOf } = await import("/written/article.js");
  const strings = (await import("/written/locale/zh-Hans.js")).default;
  const make = (root) => new Page(root, { strings });
  /** All at once. */
  const scan = (page) => {
    page.read(Infinity);
    return page.scan();
  };
  return { annotator, flatOf, make, scan };
}

const clock = (work) => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};
const painted = () => [...CSS.highlights.values()].reduce((sum, { size }) => sum + size, 0);

/**
 * @param {string} text
 * @param {number} runs
 */
export async function measure(text, runs) {
  const { annotator, flatOf, make, scan } = await parts();
  const read = async (page) => flatOf(await annotator.annotate(scan(page)));
  const show = (page, { numbers, scores, text: names }) => {
    page.offer(numbers, scores, names);
    page.measure(Infinity);
    page.show();
  };

  // As many paragraphs as hold so many names.
  const trial = make(fill(text, 100));
  show(trial, await read(trial));
  const root = fill(text, Math.ceil((100 * MENTIONS) / painted()));
  trial.dispose();

  const page = make(root);
  const nodes = () => document.querySelectorAll("*").length;
  const before = nodes();
  const found = await read(page);
  const reading = await time(() => scan(page), runs);
  const first = clock(() => show(page, found));
  const mentions = painted();
  const added = nodes() - before;
  const off = () => page.setFilter([], 0);
  const paint = [];
  for (let run = 0; run < runs; run += 1) {
    off();
    // As after a frame in which nothing was painted.
    await new Promise(requestAnimationFrame);
    paint.push(clock(() => page.setFilter(KINDS, 0)));
  }
  const hits = [];
  while (hits.length < LOOKS) {
    for (const highlight of CSS.highlights.values()) {
      for (const range of highlight) {
        const { left, top, width, height } = range.getBoundingClientRect();
        if (top < 0 || top + height > innerHeight) continue;
        // On the name, and beside it.
        for (const x of [left + width / 2, left - 40]) {
          hits.push(clock(() => page.mentionAt(x, top + height / 2)));
        }
      }
    }
  }
  const changes = [];
  for (let run = 0; run < runs; run += 1) {
    const node = root.children[7].firstChild;
    node.data = `${run}日,绍兴市副市长陈立群在会上发言。`;
    let text;
    const read = clock(() => {
      page.read(Infinity, [node], []);
      text = page.update();
    });
    const article = flatOf(await annotator.annotate(text));
    changes.push(read + clock(() => show(page, article)));
  }
  page.dispose();
  annotator.dispose();
  return { mentions, added, read: median(reading), first, paint: median(paint), hits, change: median(changes) };
}

/** A page of 2 MB, laid out before the clock starts. */
async function longPage(text) {
  const paragraphs = 7000;
  const root = fill(text, paragraphs);
  const styled = clock(() => void getComputedStyle(root.firstChild).display);
  await settled();
  return { root, styled, bytes: new TextEncoder().encode(root.textContent).length, nodes: 4 * paragraphs };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 2000));

/** @param {Element} root */
async function annotated(root) {
  const { createAnnotator } = await import("/pkg/page.js");
  const begin = performance.now();
  const { value: page, longest } = await longestTask(() => createAnnotator(root));
  const took = performance.now() - begin;
  const mentions = page.mentions.length;
  const rules = document.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules]).map(({ cssText }) => cssText);
  page.dispose();
  return { longest, took, mentions, rules };
}

/**
 * The longest task of a page of 2 MB that came with the rules for names, as one with the tag does, and how
 * long the browser took to style it first.
 *
 * @param {string} text
 */
export async function long(text) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/pkg/paint.css" });
  await new Promise((resolve) => {
    link.onload = resolve;
    document.head.append(link);
  });
  const { root, ...page } = await longPage(text);
  return { ...page, ...(await annotated(root)) };
}

/**
 * The same of one that came without them, and how long the browser takes to style that page for them when
 * nobody annotates it.
 *
 * @param {string} text
 */
export async function longUnprepared(text) {
  const { root, styled } = await longPage(text);
  const { rules, ...found } = await annotated(root);
  await settled();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules.join(""));
  const restyled = clock(() => {
    document.adoptedStyleSheets = [sheet];
    void getComputedStyle(root.firstChild).display;
  });
  return { ...found, styled, restyled };
}

/**
 * Makes and disposes of so many, one after the other, each with index, legend and worker.
 *
 * @param {string} text
 * @param {number} times
 */
export async function comeAndGo(text, times) {
  const { createAnnotator } = await import("/pkg/page.js");
  const root = fill(text, 20);
  for (let i = 0; i < times; i += 1) {
    const [index, legend] = ["div", "div"].map((name) => document.body.appendChild(document.createElement(name)));
    const page = await createAnnotator(root, { index, legend, observe: true });
    page.focus(0);
    await page.disposed();
    index.remove();
    legend.remove();
  }
  root.replaceChildren();
  return { highlights: CSS.highlights.size, sheets: document.adoptedStyleSheets.length, elements: document.querySelectorAll("*").length };
}
