// An example as its README says it is run, and what must be seen of it in a browser.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../browser/engines.js";
import { painted } from "../browser/harness.js";
import { web } from "./web.js";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));

/** Where the page of an example is. */
export const PAGE = "localhost:8080";

/** The longest that anything may take. */
export const LIMIT = { timeout: 240_000 };

/** @param {string} name */
export const folder = (name) => join(EXAMPLES, name);

/** The package as it is installed for all of them. */
export const PACKAGE = folder("node_modules/mingzhu");

/** @param {string} name */
export function build(name) {
  // As in a fresh copy: what an earlier package had is not to stand beside what this one has.
  for (const output of ["dist", ".next"]) rmSync(join(folder(name), output), { recursive: true, force: true });
  try {
    return execFileSync("npm", ["run", "build"], {
      cwd: folder(name),
      encoding: "utf8",
      // Its output is to be the same wherever it is built, and nobody is to be told.
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
  } catch (error) {
    const { stdout, stderr } = /** @type {any} */ (error);
    throw new Error(`${name} could not be built:\n${stdout}${stderr}`);
  }
}

/** Chromium for a test file; what it may ask for is said for each page. */
export function browser() {
  assert.ok(existsSync(PACKAGE), "run `node tests/examples/install.js`");
  /** @type {import("playwright-core").Browser} */
  let browser;
  before(async () => {
    browser = await chromium.launch(chromiumOptions());
  });
  after(() => browser?.close());

  /**
   * Opens a page, lets it be read, and looks at what came of it.
   *
   * @param {Record<string, import("./web.js").Answer>} hosts
   * @param {(page: import("playwright-core").Page) => Promise<void>} [look]
   */
  return async (hosts, path = "", look = async () => {}) => {
    const net = await web(hosts);
    const context = await browser.newContext({ locale: "zh-CN", proxy: net.proxy });
    try {
      const page = await context.newPage();
      const told = listen(page);
      await page.addInitScript(expectReading);
      await page.goto(`http://${PAGE}/${path}`);
      await page.evaluate(() => window.reading);
      await assertNames(page);
      await look(page);
      assertOnlyOwn(net.requests);
      return told;
    } finally {
      await context.close();
      net.close();
    }
  };
}

/**
 * What a page writes to its console, and what it throws.
 *
 * @param {import("playwright-core").Page} page
 */
export function listen(page) {
  const told = { errors: /** @type {string[]} */ ([]), warnings: /** @type {string[]} */ ([]) };
  page.on("pageerror", (error) => told.errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") told.errors.push(message.text());
    if (message.type() === "warning") told.warnings.push(message.text());
  });
  return told;
}

/** In the page, before anything of its own: `window.reading` is settled when names are painted, or why not. */
export function expectReading() {
  window.reading = new Promise((resolve, reject) => {
    addEventListener("mingzhu-ready", () => resolve(undefined), { once: true });
    addEventListener("mingzhu-error", ({ detail }) => reject(detail.error), { once: true });
  });
}

/**
 * Every example has the same two sentences.
 *
 * @param {import("playwright-core").Page} page
 */
export async function assertNames(page) {
  const names = await painted(page);
  const expected = { official: "陈立群", person: "苏文漪", place: "绍兴市" };
  for (const [kind, name] of Object.entries(expected)) {
    assert.ok(names[`mingzhu-${kind}`]?.includes(name), `${name} is not in ${JSON.stringify(names)}`);
  }
}

/**
 * Nothing is asked for that is not the page's own, nothing that is not there, and nothing large twice.
 *
 * @param {{ url: string, status: number }[]} requests
 */
export function assertOnlyOwn(requests) {
  assert.deepEqual(requests.filter(({ status }) => status !== 200), []);
  const large = requests.map(({ url }) => url).filter((url) => /\.(wasm|mz)$/.test(url));
  assert.deepEqual(large.toSorted(), [...new Set(large)].toSorted());
  assert.ok(large.length >= 4, "code, words, places and model are fetched");
}
