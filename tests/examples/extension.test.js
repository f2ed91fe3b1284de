// The extension in a browser of its own: a page is read when the reader presses the button, and not before.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { chromiumOptions } from "../browser/engines.js";
import { painted } from "../browser/harness.js";
import { LIMIT, assertNames, build, folder, listen } from "./example.js";
import { web } from "./web.js";

const STORY =
  "<h1>绍兴市教育工作会议召开</h1>" +
  "<p>云泽日报讯（记者苏文漪 报道）3月18日，绍兴市教育工作会议召开。副市长陈立群在会上发言。</p>";

/** Pages that know nothing of us, by their policies. */
const PAGES = {
  "none.example": "",
  "strict.example": "default-src 'none'; script-src 'wasm-unsafe-eval'; require-trusted-types-for 'script'",
  "refusing.example": "default-src 'none'",
};

/** @type {import("playwright-core").BrowserContext} */
let context;
/** @type {Awaited<ReturnType<typeof web>>} */
let net;

before(async () => {
  build("extension");
  const hosts = Object.entries(PAGES).map(([host, policy]) => [host, page(policy)]);
  net = await web(Object.fromEntries(hosts));
  const extension = folder("extension/dist");
  const { executablePath, args } = chromiumOptions();
  context = await chromium.launchPersistentContext("", {
    executablePath,
    args: [
      ...args,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      // To press its button.
      "--enable-unsafe-extension-debugging",
    ],
    proxy: net.proxy,
  });
}, LIMIT);

after(async () => {
  await context?.close();
  net?.close();
});

for (const host of ["none.example", "strict.example"]) {
  test(`${host} is read when the button is pressed, and left when it is pressed again`, LIMIT, async () => {
    const { page, told, asked, press } = await open(host);
    const html = await page.content();
    assert.deepEqual(await painted(page), {});
    assert.deepEqual(await press(), { badge: "注", title: "名注" });
    await assertNames(page);
    assert.ok((await page.content()).includes(STORY));
    assert.equal((await press()).badge, "");
    assert.deepEqual(await painted(page), {});
    assert.equal(await page.content(), html);
    assert.deepEqual(told, { errors: [], warnings: [] });
    const own = asked.filter((url) => url.startsWith("chrome-extension:"));
    assert.ok(own.length >= 4, "code, words, places and model are the extension's");
    assert.deepEqual(asked.filter((url) => !own.includes(url)), [`http://${host}/`]);
    await page.close();
  });
}

test("a page that forbids wasm stays as it is, and the button says so", LIMIT, async () => {
  const { page, press } = await open("refusing.example");
  const html = await page.content();
  const { badge, title } = await press();
  assert.equal(badge, "!");
  assert.match(title, /\(WASM_\w+\)/);
  assert.deepEqual(await painted(page), {});
  assert.equal(await page.content(), html);
  await page.close();
});

test("no page can tell that it is there", LIMIT, async () => {
  const { page } = await open("none.example");
  const [worker] = context.serviceWorkers();
  const files = ["wasm/mingzhu_bg.wasm", "manifest.json"].map((file) => new URL(file, worker.url()).href);
  for (const url of files) {
    assert.equal(await page.evaluate((url) => fetch(url).then(() => "there", () => "denied"), url), "denied");
  }
  await page.close();
});

/** @param {string} host */
async function open(host) {
  const page = await context.newPage();
  const told = listen(page);
  /** @type {string[]} */
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`http://${host}/`);

  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  const browser = /** @type {import("playwright-core").Browser} */ (context.browser());
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send("Target.getTargets", { filter: [{ type: "tab" }] });
  const { targetId } = /** @type {any} */ (targetInfos.find(({ url }) => url.includes(host)));
  const id = new URL(worker.url()).host;

  /**
   * Presses the button, and waits until it says something of the page.
   *
   * @returns {Promise<{ badge: string, title: string }>}
   */
  const press = async () => {
    await session.send(/** @type {any} */ ("Extensions.triggerAction"), { id, targetId });
    for (;;) {
      const said = await worker.evaluate(button);
      // Now and then a tab that has only just been opened is not granted; a reader presses again.
      if (said.title.startsWith("Cannot access contents")) {
        await worker.evaluate(forget);
        return press();
      }
      if (said.badge !== "…" && said.badge !== before) return ((before = said.badge), said);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  let before = "";
  return { page, told, asked, press };
}

/** In the extension: what its button says in the tab that is seen. */
async function button() {
  const [{ id: tabId }] = await chrome.tabs.query({ active: true });
  const [badge, title] = [await chrome.action.getBadgeText({ tabId }), await chrome.action.getTitle({ tabId })];
  return { badge, title };
}

/** In the extension: takes back what the button says. */
async function forget() {
  const [{ id: tabId }] = await chrome.tabs.query({ active: true });
  await chrome.action.setTitle({ tabId, title: "" });
  await chrome.action.setBadgeText({ tabId, text: "" });
}

/** @param {string} policy */
function page(policy) {
  return (/** @type {any} */ _, /** @type {import("node:http").ServerResponse} */ response) => {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    if (policy) response.setHeader("Content-Security-Policy", policy);
    response.end(`<!doctype html><html lang="zh"><title>新闻</title><body>${STORY}</body></html>`);
  };
}
