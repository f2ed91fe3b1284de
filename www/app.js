/** The demo page: the newspaper, one's own article, and one annotator for both. */

import { MingzhuError, createAnnotator, loadAnnotator } from "./pkg/page.js";
import { paragraphsOf } from "./own-text.js";
import { STRINGS } from "./strings.js";
import { prepare, told } from "./told.js";

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));

/** What the reader chose last time; nothing where storage is closed. */
const remembered = {
  get(/** @type {string} */ name) {
    try {
      return localStorage.getItem(`mingzhu-${name}`);
    } catch {
      return null;
    }
  },
  set(/** @type {string} */ name, /** @type {string} */ value) {
    try {
      localStorage.setItem(`mingzhu-${name}`, value);
    } catch {
      // Then the choice holds for this visit.
    }
  },
};

const state = {
  locale: chosen(),
  on: remembered.get("switch") !== "off",
  root: $("edition"),
  /** @type {ReturnType<typeof loadAnnotator> | undefined} */
  engine: undefined,
  /** @type {import("./pkg/page.js").PageAnnotator | undefined} */
  page: undefined,
  /** Ends what is being started when something else is. */
  starting: new AbortController(),
  /** How many notices there were. */
  notices: 0,
};

/** @returns {keyof typeof STRINGS} */
function preferred() {
  for (const language of navigator.languages) {
    try {
      const { language: base, script } = new Intl.Locale(language).maximize();
      return base !== "zh" ? "en" : script === "Hant" ? "zh-Hant" : "zh-Hans";
    } catch {
      // Some systems hand on what is no language tag, such as en-US@posix.
    }
  }
  return "zh-Hans";
}

/** What was remembered, where it is a language we have. */
function chosen() {
  const language = remembered.get("language");
  return language !== null && Object.hasOwn(STRINGS, language)
    ? /** @type {keyof typeof STRINGS} */ (language)
    : preferred();
}

/** @param {string} name */
const words = (name) => /** @type {any} */ (STRINGS[state.locale])[name];

function translate() {
  document.documentElement.lang = state.locale;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = words(/** @type {HTMLElement} */ (element).dataset.text ?? "");
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", words(/** @type {HTMLElement} */ (element).dataset.label ?? ""));
  }
  $("language").value = state.locale;
  prepare(state.locale);
}

/** @param {{ loaded: number, total?: number } | undefined} progress */
function showProgress(progress) {
  $("loading").hidden = progress === undefined;
  if (!progress) return;
  const { loaded, total } = progress;
  if (total) [$("progress").max, $("progress").value] = [total, loaded];
  else $("progress").removeAttribute("value");
  const megabytes = (/** @type {number} */ bytes) => (bytes / 1e6).toFixed(1);
  const amount = total ? `${megabytes(loaded)} / ${megabytes(total)} MB` : `${megabytes(loaded)} MB`;
  $("progress-text").textContent = loaded === total ? words("working") : `${words("loading")} ${amount}`;
}

/**
 * @param {"degraded" | "failed"} what
 * @param {Pick<import("./pkg/mingzhu.js").MingzhuError, "code" | "message" | "hint">} error
 * @param {() => void} [again] what the reader may try again
 */
async function notify(what, error, again) {
  const number = ++state.notices;
  const text = await told(words(what), error, state.locale);
  // Another has come, or what it was about is over.
  if (number !== state.notices) return;
  $("notice").replaceChildren(text);
  if (again) {
    const retry = document.createElement("button");
    retry.type = "button";
    retry.textContent = words("retry");
    retry.addEventListener("click", again);
    $("notice").append(retry);
  }
  $("notice").dataset.what = what;
  $("notice").hidden = false;
}

function hideNotice() {
  state.notices++;
  $("notice").hidden = true;
}

/** Loads once; a failure is forgotten, so that it can be tried again. */
function engine() {
  if (!state.engine) {
    state.engine = loadAnnotator({
      onProgress: showProgress,
      onWarning: (warning) => notify("degraded", warning),
    });
    // Told where it is awaited, which it may no longer be.
    state.engine.catch(() => {});
  }
  return state.engine;
}

/** Lets the engine go, with its worker if it came up. */
function forget() {
  state.engine?.then((engine) => engine.dispose()).catch(() => {});
  state.engine = undefined;
}

async function annotate() {
  stop();
  hideNotice();
  if (!state.on) return;
  const starting = (state.starting = new AbortController());
  showProgress({ loaded: 0 });
  try {
    const page = await createAnnotator(state.root, {
      annotator: engine(),
      signal: starting.signal,
      locale: state.locale,
      exclude: ".folio, .own-head",
      legend: $("legend"),
      index: $("index"),
    });
    // Something else was started meanwhile.
    if (starting.signal.aborted) page.dispose();
    else state.page = page;
  } catch (error) {
    if (starting.signal.aborted) return;
    forget();
    notify("failed", /** @type {import("./pkg/mingzhu.js").MingzhuError} */ (error), annotate);
  } finally {
    if (state.starting === starting) showProgress(undefined);
  }
}

function stop() {
  state.starting.abort();
  state.page?.dispose();
  state.page = undefined;
  showProgress(undefined);
}

/** @param {HTMLElement} root */
function read(root) {
  state.root = root;
  $("edition").hidden = root !== $("edition");
  $("own").hidden = root === $("edition");
  scrollTo(0, 0);
  annotate();
}

// --- the bar ---

$("switch").addEventListener("click", () => {
  state.on = !state.on;
  $("switch").setAttribute("aria-checked", String(state.on));
  remembered.set("switch", state.on ? "on" : "off");
  annotate();
});

$("language").addEventListener("change", () => {
  state.locale = $("language").value;
  remembered.set("language", state.locale);
  translate();
  annotate();
});

addEventListener("mingzhu-warning", (event) => {
  event.preventDefault();
  notify("degraded", /** @type {CustomEvent} */ (event).detail.warning);
});

// --- one's own article ---

$("own-open").addEventListener("click", () => $("own-dialog").showModal());
$("own-cancel").addEventListener("click", () => $("own-dialog").close());
$("own-close").addEventListener("click", () => {
  read($("edition"));
  $("own-open").focus();
});

$("own-form").addEventListener("submit", async () => {
  const [file] = $("own-file").files;
  const paragraphs = await paragraphsOf(file ?? $("own-input").value).catch((error) => {
    // What the browser says of a file it cannot read any more has no words for a reader.
    if (error instanceof MingzhuError) notify("failed", error);
    return error instanceof MingzhuError ? undefined : [];
  });
  $("own-file").value = "";
  if (!paragraphs) return;
  if (paragraphs.length === 0) {
    if (file) notify("failed", { code: "", message: words("unreadable"), hint: "" });
    return;
  }
  $("own-text").replaceChildren(
    ...paragraphs.map((text) => {
      const paragraph = document.createElement("p");
      paragraph.textContent = text;
      return paragraph;
    }),
  );
  read($("own"));
});

translate();
$("switch").setAttribute("aria-checked", String(state.on));
// Beside the text where there is room for it.
$("names").open = matchMedia("(min-width: 62rem)").matches;
annotate();
