// One browser and one server for a test file, and small pages made for one test.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { ENGINE, launch } from "./engines.js";

export { ENGINE, except } from "./engines.js";

/** The policy under which everything has to work. */
export const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; " +
  "style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";

/** Text that holds an official, a place and more, made for the tests. */
export const NEWS =
  "云泽日报讯(记者苏文漪 报道)3月18日,绍兴市教育工作会议召开。副市长陈立群在会上发言。";

/** `cargo xtask serve`, unless the address of a running one is given. */
async function serve() {
  if (process.env.MINGZHU_URL) return { url: process.env.MINGZHU_URL, stop() {} };
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const child = spawn("cargo", ["xtask", "serve", "--port", "0"], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = line.match(/http:\/\/\S+/) ?? [];
    if (url) return { url, stop: () => child.kill() };
  }
  throw new Error("cargo xtask serve ended without an address");
}

/** Starts browser and server before the file's tests, and ends them after. */
export function harness() {
  const it = {
    /** @type {import("playwright-core").Browser & { url?: string }} */
    browser: undefined,
    url: "",

    /**
     * A tab with a page of its own.
     *
     * @param {{ html?: string, csp?: string, path?: string, context?: object }} [options]
     */
    async open({ html, csp = STRICT, path = "", context: settings = {} } = {}) {
      const context = await this.browser.newContext({ locale: "zh-CN", ...settings });
      const page = await context.newPage();
      const seen = context.seen ?? { requests: [], problems: [] };
      page.on("request", (request) => seen.requests.push(request.url()));
      page.on("pageerror", (error) => seen.problems.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") seen.problems.push(message.text());
      });
      if (html !== undefined) {
        await context.route("**/made-for-a-test.html", (route) =>
          route.fulfill({
            contentType: "text/html; charset=utf-8",
            headers: { "Content-Security-Policy": csp },
            body: `<!doctype html><html lang="zh"><head><title>test</title></head><body>${html}</body></html>`,
          }),
        );
      }
      const target = new URL(html === undefined ? path : "made-for-a-test.html", this.url).href;
      return { context, page, seen, target, go: () => page.goto(target) };
    },
  };
  let server;
  before(async () => {
    server = await serve();
    it.browser = await launch(server.url);
    it.url = it.browser.url ?? server.url;
  });
  after(async () => {
    await it.browser?.close();
    server?.stop();
  });
  return it;
}

/**
 * Runs in the tab, with the package's `Annotator`; errors come back as
 * `{ code, hint, message, name, index }`.
 */
export async function run(page, job, argument) {
  return page.evaluate(
    async ([source, argument]) => {
      const { Annotator } = await import("/pkg/mingzhu.js");
      const job = (0, window.jobs[source]);
      try {
        return await job(Annotator, argument);
      } catch (error) {
        const { code, hint, message, name, index } = error;
        return { code, hint, message, name, index };
      }
    },
    [await register(page, job), argument],
  );
}

/** A function crosses as a script of its own: the policy forbids `eval`, as it should. */
let jobs = 0;
async function register(page, job) {
  const name = `job${++jobs}`;
  await page.context().route(`**/${name}.js`, (route) =>
    route.fulfill({ contentType: "text/javascript", body: `(window.jobs ??= {}).${name} = ${job};` }),
  );
  await page.evaluate(
    (name) =>
      new Promise((resolve, reject) => {
        const policy = (window.testPolicy ??= trustedTypes.createPolicy("test", { createScriptURL: (url) => url }));
        const script = document.createElement("script");
        script.src = policy.createScriptURL(`/${name}.js`);
        script.onload = resolve;
        script.onerror = reject;
        document.head.append(script);
      }),
    name,
  );
  return name;
}

/**
 * Where a text stands on the screen: the middle of its first line.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} text
 * @param {string} [root]
 */
export function locate(page, text, root = "body") {
  return page.evaluate(
    async ([text, root]) => {
      const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(text);
        if (at < 0 || !walker.currentNode.parentElement.checkVisibility()) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + text.length);
        walker.currentNode.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
        // The scrolling is told of with the next frame, and closes cards that only pass.
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const { x, y, width, height } = range.getClientRects()[0];
        return { x: x + width / 2, y: y + height / 2 };
      }
      throw new Error(`${text} is not on the page`);
    },
    [text, root],
  );
}

/** What is painted: texts by registry name. */
export function painted(page) {
  return page.evaluate(() =>
    Object.fromEntries([...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map(String)])),
  );
}

/** Waits until the tab has no worker left; the browser tells of an end a moment later. */
export async function noWorkers(page) {
  // WebDriver knows nothing of workers; the other two are asked.
  if (ENGINE === "webkit") return;
  for (let i = 0; page.workers().length > 0; i++) {
    if (i === 100) throw new Error(`${page.workers().length} workers are left`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
