// The engine of this run, and what the tests must know of it.

import { existsSync } from "node:fs";
import { chromium, firefox } from "playwright-core";
import { launch as launchWebKit } from "./webkit/browser.js";

/** `chromium`, `firefox` or `webkit`. */
export const ENGINE = process.env.ENGINE ?? "chromium";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How Chromium is started here, by Playwright's words. */
export function chromiumOptions() {
  return { executablePath: process.env.CHROMIUM ?? CHROMIUM.find(existsSync), args: ARGUMENTS };
}

/** Starts Chromium with an extension in it, by its folder. */
export function launchWith(extension) {
  const { executablePath, args } = chromiumOptions();
  return chromium.launchPersistentContext("", {
    executablePath,
    args: [...args, `--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
    ignoreDefaultArgs: ["--disable-extensions"],
  });
}

/** Starts a browser. `url` is where the pages are, for the engine whose requests pass through us. */
export function launch(url) {
  switch (ENGINE) {
    case "chromium":
      return chromium.launch(chromiumOptions());
    case "firefox":
      // A channel of this name is Firefox as released, over WebDriver BiDi.
      return firefox.launch({ executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr", channel: "moz-firefox" });
    case "webkit":
      return launchWebKit(process.env.WEBKIT_DRIVER ?? "/usr/bin/WebKitWebDriver", url);
    default:
      throw new Error(`ENGINE=${ENGINE} is none of chromium, firefox, webkit`);
  }
}

/**
 * Options of a test that not every engine can run. The reasons are listed in docs/browsers.md.
 *
 * @param {Partial<Record<"chromium" | "firefox" | "webkit", string>>} reasons why not, by engine
 */
export function except(reasons) {
  return { skip: reasons[ENGINE] ?? false };
}
