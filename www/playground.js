/** The playground: any text, read with any setting. */

import { MingzhuError, createAnnotator, loadAnnotator } from "./pkg/page.js";
import { explain } from "./pkg/explain.js";
import { paragraphsOf } from "./own-text.js";
import { checkSize, fetchPage } from "./same-origin.js";
import { STRINGS } from "./strings.js";
import { prepare, told } from "./told.js";

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));

/** Milliseconds without a key before what is being written is read. */
const PAUSE = 250;

const LOCALE = "zh-Hans";
const words = STRINGS[LOCALE];

const state = {
  on: true,
  /** @type {import("./pkg/page.js").PageAnnotator | undefined} */
  page: undefined,
  /** Ends what is being started when something else is. */
  starting: new AbortController(),
  /** @type {{ model: string, annotator: ReturnType<typeof loadAnnotator>, control: AbortController } | undefined} */
  engine: undefined,
  /** Ends the opening of a file or page when another is opened. */
  opening: new AbortController(),
  /** @type {import("./pkg/mingzhu.js").Kind[] | undefined} */
  kinds: undefined,
  milliseconds: 0,
  /** How many notices there were. */
  notices: 0,
};

// --- annotating ---

/** The engine with the model that is chosen; the other one goes. */
function engine() {
  const model = $("model").value;
  if (state.engine?.model !== model) forget();
  if (!state.engine) {
    const control = new AbortController();
    const annotator = loadAnnotator({
      model,
      signal: control.signal,
      onProgress: (progress) => control.signal.aborted || showProgress(progress),
      onWarning: (warning) => notify("degraded", warning),
    });
    // Told where it is awaited, which it may no longer be.
    annotator.catch(() => {});
    state.engine = { model, annotator, control };
  }
  return state.engine.annotator;
}

function forget() {
  state.engine?.control.abort();
  state.engine?.annotator.then((annotator) => annotator.dispose()).catch(() => {});
  state.engine = undefined;
}

/** Begins anew: the text, the model or where the article is are others. */
async function annotate() {
  stop();
  if (!state.on) return;
  const { signal } = (state.starting = new AbortController());
  showProgress({ loaded: 0 });
  try {
    const annotator = await engine();
    signal.throwIfAborted();
    const place = $("place").value.trim() || undefined;
    const begun = performance.now();
    const page = await createAnnotator($("article"), {
      annotator,
      signal,
      locale: "zh-Hans",
      legend: $("legend"),
      index: $("index"),
      kinds: state.kinds,
      context: { place },
    });
    // Something else was started meanwhile.
    if (signal.aborted) return page.dispose();
    state.page = page;
    page.setFilter({ minScore: $("score").valueAsNumber });
    tell(performance.now() - begun);
  } catch (error) {
    if (signal.aborted) return;
    forget();
    notify("failed", /** @type {MingzhuError} */ (error), annotate);
  } finally {
    if (!signal.aborted) showProgress(undefined);
  }
}

/** Nothing of it is left on the page. */
function stop() {
  state.starting.abort();
  state.page?.dispose();
  state.page = undefined;
  showProgress(undefined);
  state.notices++;
  $("notice").hidden = true;
  $("results").hidden = true;
}

/** Reads what stands in the field. */
async function read() {
  const paragraphs = await paragraphsOf($("source").value);
  $("article").replaceChildren(
    ...paragraphs.map((text) => Object.assign(document.createElement("p"), { textContent: text })),
  );
  const { page } = state;
  if (!page) return annotate();
  try {
    const begun = performance.now();
    await page.scan();
    if (page === state.page) tell(performance.now() - begun);
  } catch (error) {
    if (page === state.page) notify("failed", /** @type {MingzhuError} */ (error), annotate);
  }
}

// --- what came of it ---

/** @param {number} milliseconds */
function tell(milliseconds) {
  const article = state.page?.article;
  if (!article) return;
  const { home } = article;
  $("length").textContent = article.length.toLocaleString();
  $("entities").textContent = `${article.entities.length} 个`;
  $("time").textContent = `${Math.max(1, Math.round(milliseconds))} 毫秒`;
  const place = $("place").value.trim();
  const unknown = place && home?.evidence !== "context" ? `（不认得“${place}”）` : "";
  $("home").textContent = (home?.path.replaceAll("/", " › ") ?? "没有说") + unknown;
  $("results").hidden = article.length === 0;
  count();
  write();
}

/** How many are shown of how many there are. */
function count() {
  const least = $("score").valueAsNumber;
  const all = state.page?.mentions ?? [];
  const shown = all.filter(({ kind, score }) => score >= least && (state.kinds?.includes(kind) ?? true)).length;
  $("mentions").textContent = shown === all.length ? `${shown} 处` : `显示 ${shown} 处，共 ${all.length} 处`;
}

const record = () => JSON.stringify(state.page?.article, null, 2);

/** Only where it is looked at: it is longer than the text. */
function write() {
  $("json").textContent = $("record").open ? record() : "";
}

/** @param {{ loaded: number, total?: number } | undefined} progress */
function showProgress(progress) {
  $("loading").hidden = progress === undefined;
  if (!progress) return;
  const { loaded, total } = progress;
  if (total) [$("progress").max, $("progress").value] = [total, loaded];
  else $("progress").removeAttribute("value");
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
  const amount = loaded ? ` ${megabytes(loaded)}${total ? ` / ${megabytes(total)}` : ""} MB` : "";
  $("progress-text").textContent = loaded && loaded === total ? words.working : words.loading + amount;
}

/**
 * @param {"degraded" | "failed"} what
 * @param {MingzhuError} error
 * @param {() => void} [again] what the reader may try again
 */
async function notify(what, error, again) {
  const number = ++state.notices;
  const text = await told(words[what], error, LOCALE);
  // Another has come, or what it was about is over.
  if (number !== state.notices) return;
  $("notice").replaceChildren(text);
  if (again) {
    const retry = Object.assign(document.createElement("button"), { type: "button", textContent: words.retry });
    retry.addEventListener("click", again);
    $("notice").append(retry);
  }
  $("notice").hidden = false;
}

/** @param {MingzhuError} error */
function codeOf({ code }) {
  return Object.assign(document.createElement("code"), { textContent: code ?? "" });
}

// --- where a text comes from ---

/**
 * Puts a file or page into the field, and says how it went.
 *
 * @param {(signal: AbortSignal) => File | Promise<File>} source
 */
async function open(source) {
  state.opening.abort();
  const { signal } = (state.opening = new AbortController());
  say("正在读取……");
  try {
    const file = await source(signal);
    checkSize(file.size);
    const paragraphs = await paragraphsOf(file);
    if (signal.aborted) return;
    if (paragraphs.length === 0) return say("里面读不出文字。", true);
    say(`读到 ${paragraphs.length} 段。`);
    $("source").value = paragraphs.join("\n\n");
    await read();
  } catch (error) {
    if (signal.aborted) return;
    // What the browser says of a file it cannot read any more has no words for a reader.
    if (!(error instanceof MingzhuError)) return say(words.unreadable, true);
    const { message, hint } = await explain(error, LOCALE);
    if (!signal.aborted) say([`${message}${hint} `, codeOf(error)], true);
  }
}

/**
 * @param {string | (string | Node)[]} what
 * @param {boolean} [refused]
 */
function say(what, refused = false) {
  $("told").replaceChildren(...[what].flat());
  $("told").classList.toggle("refused", refused);
}

$("file").addEventListener("change", () => {
  const [file] = $("file").files;
  if (file) open(() => file);
});

$("fetch").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  open((signal) => fetchPage($("address").value, signal));
});

$("source").addEventListener("input", () => {
  // What was being opened would overwrite it.
  state.opening.abort();
  say("");
});

whenWritten($("source"), read);

/**
 * @param {HTMLElement} field
 * @param {() => void} act
 */
function whenWritten(field, act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(act, PAUSE);
  });
}

// --- how it is read ---

$("switch").addEventListener("click", () => {
  state.on = !state.on;
  $("switch").setAttribute("aria-checked", String(state.on));
  annotate();
});

$("score").addEventListener("input", () => {
  const minScore = $("score").valueAsNumber;
  $("score-text").textContent = minScore.toFixed(2);
  state.page?.setFilter({ minScore });
});

whenWritten($("place"), annotate);
$("model").addEventListener("change", annotate);

$("article").addEventListener("mingzhu-change", (/** @type {CustomEvent} */ { detail }) => {
  state.kinds = detail.kinds;
  count();
});

addEventListener("mingzhu-warning", (event) => {
  event.preventDefault();
  notify("degraded", /** @type {CustomEvent} */ (event).detail.warning);
});

$("record").addEventListener("toggle", write);

$("download").addEventListener("click", () => {
  const url = URL.createObjectURL(new Blob([record()], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href: url, download: "article.json" }).click();
  // The download has begun by then.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
});

prepare(LOCALE);
read();
