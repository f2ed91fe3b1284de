// WebKit in the words of Playwright that the tests use: Playwright drives only a WebKit of
// its own making, and what readers have is the system's.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startFront } from "./front.js";
import { centre, fill, find, watch } from "./inside.js";
import { startDisplay, startSession } from "./session.js";

const PATIENCE = 60_000;
/** Clicks that follow each other faster are one. */
const DOUBLE = 600;
const SIZE = { width: 1280, height: 720 };
const KEYS = {
  Escape: "\uE00C", Enter: "\uE007", Tab: "\uE004", Backspace: "\uE003", Delete: "\uE017", Space: " ",
  Shift: "\uE008", Control: "\uE009", Alt: "\uE00A", PageUp: "\uE00E", PageDown: "\uE00F", End: "\uE010", Home: "\uE011",
  ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowRight: "\uE014", ArrowDown: "\uE015",
};

/** Starts what all sessions share. */
export async function launch(driver, url) {
  const display = await startDisplay();
  const front = await startFront(url);
  const contexts = new Set();
  return {
    /** Where the pages are for this browser. */
    url: front.url,
    async newContext(settings = {}) {
      const context = new Context(front, settings, await startSession(driver, display.environment));
      contexts.add(context);
      return context;
    },
    async close() {
      for (const context of contexts) await context.close();
      front.stop();
      display.stop();
    },
  };
}

class Context {
  scripts = [];
  seen = { requests: [], problems: [] };
  #front;
  #session;
  #page;
  #closed = false;

  constructor(front, settings, session) {
    this.#front = front;
    this.#session = session;
    this.scripts.push(`(${watch})(${JSON.stringify(settings.locale && [settings.locale])});`);
    front.enter(this, this);
    this.#page = new Page(this, session, settings.viewport ?? SIZE);
  }

  async newPage() {
    await this.#page.setViewportSize();
    return this.#page;
  }

  async addInitScript(script, argument) {
    this.scripts.push(call(script, argument));
  }

  route = async (pattern, handler) => this.#front.route(this, pattern, handler);
  unroute = async (pattern) => this.#front.unroute(this, pattern);

  async close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#front.leave(this);
    await this.#session.end();
  }
}

class Page {
  #context;
  #session;
  #size;
  mouse;
  keyboard;

  constructor(context, session, size) {
    this.#context = context;
    this.#session = session;
    this.#size = size;
    this.mouse = new Mouse(session);
    this.keyboard = new Keyboard(session);
  }

  context = () => this.#context;
  viewportSize = () => this.#size;
  addInitScript = (script, argument) => this.#context.addInitScript(script, argument);
  route = (pattern, handler) => this.#context.route(pattern, handler);
  unroute = (pattern) => this.#context.unroute(pattern);
  goto = (url) => this.#session.post("url", { url });
  reload = () => this.#session.post("refresh");
  url = () => this.#session.get("url");
  /** `seen` of the harness hears of requests and problems without it. */
  on() {}

  /** The page's inside, which is what is left of the window beside the browser's own parts. */
  async setViewportSize(size = this.#size) {
    this.#size = size;
    const inside = () => this.evaluate(() => ({ width: innerWidth, height: innerHeight }));
    let { width, height } = size;
    for (let tries = 0; tries < 20; tries++) {
      await this.#session.post("window/rect", { x: 0, y: 0, width, height });
      await pause(50);
      const now = await inside();
      if (now.width === size.width && now.height === size.height) return;
      width += size.width - now.width;
      height += size.height - now.height;
    }
    const { width: w, height: h } = await inside();
    throw new Error(`the page is ${w} × ${h}, not ${size.width} × ${size.height}`);
  }

  async evaluate(script, argument) {
    const text = await this.#session.post("execute/async", {
      script: `
        const done = arguments[arguments.length - 1];
        const tell = (value) => done(JSON.stringify({ ...value, problems: window.problemsOfTheTest?.splice(0) }));
        Promise.resolve().then(() => ${call(script, argument)}).then(
          (value) => tell({ value }),
          (error) => tell({ error: error?.stack ? error + "\\n" + error.stack : String(error) }),
        );`,
      args: [],
    });
    const { value, error, problems } = JSON.parse(text);
    this.#context.seen.problems.push(...(problems ?? []));
    if (error !== undefined) throw new Error(`page.evaluate: ${error}`);
    return value;
  }

  async waitForFunction(script, argument, { timeout = PATIENCE } = {}) {
    let value;
    await until(timeout, async () => (value = await this.evaluate(script, argument)), () => `page.waitForFunction: ${script}`);
    return { jsonValue: async () => value };
  }

  async waitForURL(pattern) {
    await until(PATIENCE, async () => pattern.test(await this.url()), () => `page.waitForURL: ${pattern}`);
  }

  /** Gives a file to the field that an expression finds. */
  async hand(expression, path) {
    const field = await this.#session.post("execute/sync", { script: `return ${expression}`, args: [] });
    await this.#session.post(`element/${Object.values(field)[0]}/value`, { text: path });
  }

  waitForTimeout = pause;
  locator = (css, options) => new Locator(this, []).locator(css, options);
  getByRole = (role, options) => new Locator(this, []).getByRole(role, options);
  getByText = (text, options) => new Locator(this, []).getByText(text, options);
  waitForSelector = (css, options) => this.locator(css).first().waitFor(options);
}

class Locator {
  #page;
  #steps;

  constructor(page, steps) {
    this.#page = page;
    this.#steps = steps;
  }

  #and = (...steps) => new Locator(this.#page, [...this.#steps, ...steps]);
  locator = (css, { hasText } = {}) => this.#and(...parts(css), ...(hasText ? [{ hasText: plain(hasText) }] : []));
  filter = ({ hasText }) => this.#and({ hasText: plain(hasText) });
  getByRole = (role, { name, exact } = {}) => this.#and({ role, name: plain(name), exact });
  getByText = (text, { exact } = {}) => this.#and({ text: plain(text), exact });
  nth = (nth) => this.#and({ nth });
  first = () => this.nth(0);
  last = () => this.nth(-1);

  /** Runs with what is found, at once. */
  #now(job, argument) {
    const parts = `(${find})(${JSON.stringify(this.#steps)}), ${JSON.stringify(argument ?? null)}`;
    return this.#page.evaluate(`(${job})(${parts})`);
  }

  /** Runs with the one that is found, when it is there. */
  async #one(job, argument) {
    let count;
    await until(PATIENCE, async () => (count = await this.count()) > 0, () => `nothing is ${this}`);
    if (count > 1) throw new Error(`${count} are ${this}`);
    return this.#now(`([element], argument) => (${job})(element, argument)`, argument);
  }

  count = () => this.#now((found) => found.length);
  evaluate = (job, argument) => this.#one(job, argument);
  evaluateAll = (job, argument) => this.#now(job, argument);
  textContent = () => this.#one((element) => element.textContent);
  allTextContents = () => this.#now((found) => found.map((element) => element.textContent));
  innerText = () => this.#one((element) => element.innerText);
  inputValue = () => this.#one((element) => element.value);
  getAttribute = (name) => this.#one((element, name) => element.getAttribute(name), name);
  focus = () => this.#one((element) => element.focus());
  isVisible = () => this.#now((found) => !!found[0]?.checkVisibility({ visibilityProperty: true }));
  isHidden = async () => !(await this.isVisible());
  fill = (value) => this.#one(fill, value);
  selectOption = (value) => this.#one(fill, value);

  /** The driver hands over what lies on the disk. */
  async setInputFiles(file) {
    const path = typeof file === "string" ? file : join(mkdtempSync(join(tmpdir(), "mingzhu-")), file.name);
    if (typeof file !== "string") writeFileSync(path, file.buffer);
    await this.#page.hand(`(${find})(${JSON.stringify(this.#steps)})[0]`, path);
  }

  boundingBox() {
    return this.#one((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
  }

  async click() {
    await this.waitFor();
    const { x, y } = await this.#one(centre);
    await this.#page.mouse.click(x, y);
  }

  async check(wanted = true) {
    if ((await this.#one((element) => element.checked)) !== wanted) await this.click();
  }

  uncheck = () => this.check(false);

  async hover() {
    await this.waitFor();
    const { x, y } = await this.#one(centre);
    await this.#page.mouse.move(x, y);
  }

  async press(key) {
    await this.focus();
    await this.#page.keyboard.press(key);
  }

  async waitFor({ state = "visible", timeout = PATIENCE } = {}) {
    const seen = {
      attached: async () => (await this.count()) > 0,
      detached: async () => (await this.count()) === 0,
      visible: () => this.isVisible(),
      hidden: () => this.isHidden(),
    };
    await until(timeout, seen[state], () => `${this} is not ${state}`);
  }

  toString = () => JSON.stringify(this.#steps);
}

class Mouse {
  #session;
  #last = 0;
  #at = { x: 0, y: 0 };

  constructor(session) {
    this.#session = session;
  }

  #act(...actions) {
    const pointer = { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions };
    return this.#session.post("actions", { actions: [pointer] });
  }

  #to({ x, y }) {
    return { type: "pointerMove", duration: 0, origin: "viewport", x: Math.round(x), y: Math.round(y) };
  }

  async move(x, y, { steps = 1 } = {}) {
    const from = this.#at;
    const way = Array.from({ length: steps }, (_, i) => (i + 1) / steps);
    this.#at = { x, y };
    await this.#act(...way.map((part) => this.#to({ x: from.x + (x - from.x) * part, y: from.y + (y - from.y) * part })));
  }

  down = () => this.#act({ type: "pointerDown", button: 0 });
  up = () => this.#act({ type: "pointerUp", button: 0 });

  async click(x, y) {
    // Two clicks are two, and no double click.
    await pause(this.#last + DOUBLE - Date.now());
    this.#last = Date.now();
    this.#at = { x, y };
    await this.#act(this.#to({ x, y }), { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 });
  }
}

class Keyboard {
  #session;

  constructor(session) {
    this.#session = session;
  }

  /** Keys as Playwright names them, such as `Shift+Tab`. */
  async press(keys) {
    const values = keys.split("+").map((key) => KEYS[key] ?? key);
    const down = values.map((value) => ({ type: "keyDown", value }));
    const up = values.toReversed().map((value) => ({ type: "keyUp", value }));
    await this.#session.post("actions", { actions: [{ type: "key", id: "keyboard", actions: [...down, ...up] }] });
  }

  async type(text) {
    for (const key of text) await this.press(key);
  }
}

/** A call of a function with its argument written out; or the script as it is, an expression or a whole file. */
function call(script, argument) {
  if (typeof script === "function") return `(${script})(${JSON.stringify(argument) ?? "undefined"})`;
  return /;\s*$/.test(script) ? `(() => {${script}})()` : `(${script})`;
}

/** Descendants one by one, where that is all a selector says: matched as a whole it would not see into shadow roots. */
function parts(css) {
  return (/[>~+,("']/.test(css) ? [css] : css.split(/\s+/)).map((css) => ({ css }));
}

function plain(text) {
  return text instanceof RegExp ? { source: text.source, flags: text.flags } : text;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function until(patience, holds, what) {
  const end = Date.now() + patience;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what()}`);
    await pause(50);
  }
}
