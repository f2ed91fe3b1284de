// A page for a piece of the documents: the package under /mingzhu/, and no way to anything else.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { STRICT } from "../browser/harness.js";
import { root } from "./codes.js";
import { GAZETTEER, NEWS, inPage } from "./setting.js";

/** A server that a document speaks of and that is not the page's own. */
export const ELSEWHERE = "https://static.example";

/** The packages' names for a page without a bundler; one of them has all that the other has. */
const IMPORTS = Object.fromEntries(
  ["pkg", "pkg-desk"].flatMap((folder) => {
    const { name: own, exports } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    return Object.entries(exports).flatMap(([name, target]) => {
      const path = typeof target === "string" ? target : target.default;
      return path.includes("*") ? [] : [[name.replace(/^\./, own), path.replace(/^\./, "/mingzhu")]];
    });
  }),
);

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

/**
 * What a server has of the package.
 *
 * @param {import("playwright-core").Route} route
 */
function serve(route) {
  const { pathname } = new URL(route.request().url());
  const file = join(root, "pkg", pathname.replace(/^\/mingzhu\//, ""));
  const headers = { "Access-Control-Allow-Origin": "*" };
  if (!pathname.startsWith("/mingzhu/") || !existsSync(file)) return route.fulfill({ status: 404, headers });
  return route.fulfill({ body: readFileSync(file), headers, contentType: TYPES[extname(file)] ?? "application/octet-stream" });
}

/** @param {string} code */
const hash = (code) => `'sha256-${createHash("sha256").update(code).digest("base64")}'`;

/**
 * Opens a document under a policy that allows its inline scripts by their hashes.
 *
 * @param {ReturnType<typeof import("../browser/harness.js").harness>} it
 * @param {string} html
 * @param {{ csp?: string, files?: Record<string, string> }} [options] further files by their paths
 */
export async function open(it, html, { csp = STRICT, files = {} } = {}) {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, code]) => hash(code));
  const elsewhere = html.includes(ELSEWHERE) ? [ELSEWHERE] : [];
  const policy = csp
    .replace("script-src", ["script-src", ...inline, ...elsewhere].join(" "))
    .replace("connect-src", ["connect-src", ...elsewhere].join(" "))
    // A worker of another origin is one of ours that imports it.
    .replace("worker-src", ["worker-src", ...elsewhere.flatMap((origin) => ["blob:", origin])].join(" "));
  const { context, page, seen, go } = await it.open({ html: "" });
  /** @type {string[]} */
  const strange = [];
  // The last of those that fit counts.
  await context.route("**/*", (route) => {
    strange.push(route.request().url());
    return route.abort();
  });
  await context.route("**/made-for-a-test.html", (route) =>
    route.fulfill({ contentType: "text/html; charset=utf-8", headers: { "Content-Security-Policy": policy }, body: html }),
  );
  await context.route(/^[^?]*\/(mingzhu|nowhere)\//, serve);
  for (const [path, body] of Object.entries(files)) {
    const contentType = path.endsWith(".js") ? "text/javascript" : "text/plain";
    await context.route(`**/${path}`, (route) => route.fulfill({ contentType, body }));
  }
  await context.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await go();
  return { context, page, seen, strange };
}

/** A document around what belongs into one; an ellipsis stands for a story, or for where the package is. */
export function filled(/** @type {string} */ html) {
  const body = html.replaceAll(/(?:…|\.)\/mingzhu(?:-desk)?\//g, "/mingzhu/").replaceAll("…", NEWS);
  return /^<!doctype/i.test(body) ? body : `<!doctype html><html lang="zh"><meta charset="utf-8"><title>test</title><body>${body}</body></html>`;
}

/** A document that runs a piece of JavaScript: `done` is set at its end. */
export async function around(/** @type {string} */ code, /** @type {string} */ loader) {
  const { outputFiles } = await build({
    stdin: { contents: `import "/setting.js";\n${code}\nglobalThis.done = true;`, loader, resolveDir: root },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    external: ["/setting.js", "mingzhu", "mingzhu/*", "mingzhu-desk", "mingzhu-desk/*"],
    conditions: ["browser"],
    define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
  });
  const html = filled(`
    <script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>
    <article><p>…</p></article><div id="root"></div><div id="legend"></div><div id="who"></div>
    <script type="module" src="/piece.js"></script>`);
  return { html, files: { "setting.js": inPage(code), "piece.js": outputFiles[0].text, "gazetteer.csv": GAZETTEER } };
}

/** Waits until a name is painted. */
export const painted = (/** @type {import("playwright-core").Page} */ page) =>
  page.waitForFunction(() => CSS.highlights.get("mingzhu-official")?.size || document.querySelector(".mingzhu-mention"));
