// The package's files: checked, kept for the next visit, packed where a server packs nothing, and
// served from another origin.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import { after, before, test } from "node:test";
import { NEWS, STRICT, except, harness, run } from "./harness.js";

const it = harness();
const ours = except({ webkit: "its scripts come by way of our server only" });

/** Seen with WebKitGTK 2.50 when a page is gone to a second time; not of what the library does. */
const forgetful = except({ webkit: "its session forgets what a page has kept" });

const TYPES = { js: "text/javascript", wasm: "application/wasm", mz: "application/octet-stream", gz: "application/gzip" };

/** A server of another origin than the page's, which packs nothing: a CDN as it should not be. */
const cdn = { url: "", requests: [], siblings: true, add: (/** @type {string} */ path) => "" };

const servers = [];

/** @param {(path: string, response: import("node:http").ServerResponse) => void} answer */
async function listen(answer) {
  const server = createServer(({ url }, response) => answer(decodeURIComponent(url), response));
  servers.push(server);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}`;
}

/** An empty page under the policy that its address names; not by our routes, which have no address of their own. */
let site = "";

before(async () => {
  site = await listen((path, response) => {
    const csp = path.slice(path.indexOf("?") + 1);
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": csp }).end("<!doctype html><title>test</title>");
  });
  cdn.url = await listen((path, response) => {
    const file = new URL(`../..${path}`, import.meta.url);
    const there = /^\/pkg(-inline)?\//.test(path) && existsSync(file) && (cdn.siblings || !path.endsWith(".gz"));
    const more = cdn.add(path);
    cdn.requests.push(path);
    const headers = { "access-control-allow-origin": "*" };
    if (!there) return response.writeHead(404, headers).end();
    const body = Buffer.concat([readFileSync(file), Buffer.from(more)]);
    response.writeHead(200, { ...headers, "content-type": TYPES[path.split(".").at(-1)], "content-length": body.length }).end(body);
  });
});
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

const FOREIGN = () =>
  STRICT.replace("script-src 'self'", `script-src 'self' ${cdn.url}`)
    .replace("connect-src 'self'", `connect-src 'self' ${cdn.url}`)
    .replace("worker-src 'self'", `worker-src 'self' blob: ${cdn.url}`)
    .replace("; require-trusted-types-for 'script'", "");

/** Loads the package of the other origin in a page of ours and reads. */
async function fromCdn(csp, options = {}) {
  cdn.requests.length = 0;
  const { page, context, seen } = await it.open();
  await page.goto(`${site}/?${encodeURIComponent(csp)}`);
  const found = await page.evaluate(
    async ([base, text, options]) => {
      const { Annotator } = await import(`${base}/pkg/mingzhu.js`);
      const warnings = [];
      const onWarning = ({ code, hint }) => warnings.push([code, hint]);
      const annotator = await Annotator.load({ ...options, onWarning });
      const { mentions } = await annotator.annotate(text);
      return { mode: annotator.mode, warnings, names: mentions.map(({ start, end }) => text.slice(start, end)) };
    },
    [cdn.url, NEWS, options],
  );
  await context.close();
  return { ...found, seen };
}

test("from another origin it works in a worker by way of a blob, and says what to allow where that is blocked", ours, async () => {
  const allowed = await fromCdn(FOREIGN());
  assert.deepEqual([allowed.mode, allowed.warnings], ["worker", []]);
  assert.ok(allowed.names.includes("陈立群"));
  assert.deepEqual(allowed.seen.problems, []);
  const blocked = await fromCdn(FOREIGN().replace(" blob:", ""));
  assert.equal(blocked.mode, "main");
  const [[code, hint]] = blocked.warnings;
  assert.equal(code, "WORKER_BLOCKED");
  assert.match(hint, /worker-src.*blob:/);
  assert.deepEqual(blocked.names, allowed.names);
});

test("the one tag of another origin paints the page, its worker made of what was checked", ours, async () => {
  cdn.requests.length = 0;
  // A worker may import nothing from there, and a second answer for what the tag loads would tell on itself.
  const csp = FOREIGN().replace(`worker-src 'self' blob: ${cdn.url}`, "worker-src blob:");
  cdn.add = (path) => (/\/tag-/.test(path) && cdn.requests.includes(path) ? `;fetch("${cdn.url}/harmed");` : "");
  const { page, context, seen } = await it.open();
  await page.goto(`${site}/?${encodeURIComponent(csp)}`);
  const { names, warnings } = await page.evaluate(
    ([base, text]) =>
      new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error("not ready")), 20_000);
        const root = document.createElement("article");
        root.textContent = text;
        const warnings = [];
        root.addEventListener("mingzhu-warning", ({ detail }) => warnings.push(detail.warning.code));
        root.addEventListener("mingzhu-ready", ({ detail }) => {
          const names = detail.annotator.mentions.map(({ start, end }) => text.slice(start, end));
          resolve({ names, warnings });
        });
        document.body.append(root, Object.assign(document.createElement("script"), { src: `${base}/pkg/boot.js` }));
      }),
    [cdn.url, NEWS],
  );
  cdn.add = () => "";
  assert.ok(names.includes("陈立群"));
  assert.deepEqual([warnings, seen.problems], [[], []]);
  assert.ok(!cdn.requests.includes("/harmed"));
  await context.close();
});

test("a server that packs nothing is asked for the packed siblings, and for the files themselves where there are none", ours, async () => {
  const needed = ["assets/dictionary.mz", "assets/gazetteer.mz", "assets/model.mz"];
  const asked = () => cdn.requests.filter((path) => !path.endsWith(".js")).toSorted();
  await fromCdn(FOREIGN(), { mode: "main" });
  assert.deepEqual(asked(), [...needed.flatMap((name) => [`/pkg/${name}`, `/pkg/${name}.gz`]), "/pkg/wasm/mingzhu_bg.wasm"].toSorted());
  cdn.siblings = false;
  try {
    const { names } = await fromCdn(FOREIGN(), { mode: "main" });
    assert.ok(names.includes("陈立群"));
  } finally {
    cdn.siblings = true;
  }
});

test("the package of one file asks for nothing else, in a worker or without", ours, async () => {
  const policy = (/** @type {string} */ worker) => `default-src 'none'; script-src ${cdn.url} 'wasm-unsafe-eval'; worker-src ${worker}; require-trusted-types-for 'script'`;
  for (const [allowed, mode] of [["blob:", "worker"], ["'none'", "main"]]) {
    cdn.requests.length = 0;
    const { page, context, seen } = await it.open();
    await page.goto(`${site}/?${encodeURIComponent(policy(allowed))}`);
    const found = await page.evaluate(
      async ([base, text]) => {
        const { createAnnotator, Annotator, MingzhuError } = await import(`${base}/pkg-inline/index.js`);
        const root = document.createElement("p");
        root.textContent = text;
        document.body.append(root);
        const warnings = [];
        const annotator = await Annotator.load({ onWarning: (warning) => warnings.push(warning instanceof MingzhuError && warning.code) });
        await annotator.loadTownships();
        const page = await createAnnotator(root, { annotator });
        const names = page.mentions.map(({ start, end }) => text.slice(start, end));
        const painted = CSS.highlights?.get("mingzhu-official")?.size;
        page.dispose();
        annotator.dispose();
        return { mode: annotator.mode, warnings, names, painted };
      },
      [cdn.url, NEWS],
    );
    assert.deepEqual([found.mode, found.warnings], [mode, mode === "main" ? ["WORKER_BLOCKED"] : []]);
    assert.ok(found.names.includes("陈立群") && found.painted > 0);
    assert.deepEqual(cdn.requests, ["/pkg-inline/index.js"]);
    assert.deepEqual(seen.requests.filter((url) => !url.startsWith(site) && !url.startsWith(cdn.url) && !url.startsWith("blob:")), []);
    await context.close();
  }
});

/** Replaces what a file holds, as often as `times` says. */
async function tamper(context, file, times) {
  const asked = [];
  await context.route(`**/${file}.gz`, (route) => route.fulfill({ status: 404, body: "none" }));
  await context.route(`**/${file}`, async (route) => {
    asked.push(route.request().url());
    if (asked.length > times) return route.continue();
    const response = await route.fetch();
    const body = Buffer.from(await response.body());
    body[body.length >> 1] ^= 1;
    const { "content-encoding": _, ...headers } = response.headers();
    return route.fulfill({ response, headers: { ...headers, "content-length": String(body.length + 1) }, body });
  });
  return asked;
}

test("a tampered file is refused and the page unharmed; one that was only stale is fetched anew", async () => {
  for (const file of ["model.mz", "mingzhu_bg.wasm"]) {
    for (const [times, expected] of [[Infinity, "ASSET_TAMPERED"], [1, "fine"]]) {
      const { page, context, go } = await it.open({ html: `<div id=root><p>${NEWS}</p></div>` });
      const asked = await tamper(context, file, times);
      await go();
      const { outcome, html, before, painted } = await page.evaluate(async () => {
        const { createAnnotator } = await import("/pkg/page.js");
        const before = document.body.innerHTML;
        const outcome = await createAnnotator(document.getElementById("root"), { card: false }).then(
          () => "fine",
          ({ code }) => code,
        );
        return { outcome, before, html: document.body.innerHTML, painted: CSS.highlights?.size };
      });
      assert.equal(outcome, expected, file);
      assert.equal(asked.length, 2, `${file}: once more, not more often`);
      if (expected !== "fine") {
        assert.equal(html, before);
        assert.equal(painted, 0);
      }
      await context.close();
    }
  }
});

test("files are kept for a visit without a network, unless that is not wanted, and forgotten when told so", forgetful, async () => {
  const { page, context, go } = await it.open({ html: "" });
  await go();
  const load = (options) => run(page, async (Annotator, options) => void (await Annotator.load({ mode: "main", ...options })), options);
  const inCache = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return keys.flat().map(({ url }) => new URL(url).pathname.split("/").at(-1)).toSorted();
    });
  assert.equal(await load({ keep: false }), undefined);
  assert.deepEqual(await inCache(), []);
  assert.equal(await load({}), undefined);
  const files = ["dictionary.mz", "gazetteer.mz", "mingzhu_bg.wasm", "model.mz"];
  for (let i = 0; i < 200 && (await inCache()).length < files.length; i++) await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(await inCache(), files);

  // The network is gone, for all but the scripts.
  let asked = 0;
  await context.route(/\.(mz|wasm)(\.gz)?$/, (route) => (asked++, route.abort()));
  await go();
  assert.equal(await load({}), undefined);
  assert.equal(asked, 0);
  await go();
  assert.equal((await load({ keep: false })).code, "ASSET_UNREACHABLE");

  await page.evaluate(async () => {
    const { forget } = await import("/pkg/mingzhu.js");
    await forget();
  });
  assert.deepEqual(await inCache(), []);
  await context.close();
});

test("what older builds have kept makes room, and what was kept is checked as well", forgetful, async () => {
  const { page, context, go, target } = await it.open({ html: "" });
  await go();
  const load = () => run(page, async (Annotator) => void (await Annotator.load({ mode: "main" })));
  const keys = (file) =>
    page.evaluate(async (file) => (await (await caches.open("mingzhu")).keys()).map(({ url }) => url).filter((url) => url.includes(file)), file);
  await page.evaluate(async (target) => {
    const cache = await caches.open("mingzhu");
    for (const build of ["one", "two", "three"]) await cache.put(new URL(`/pkg/assets/mingzhu/assets/model.mz?${build}`, target), new Response(build));
  }, target);
  assert.equal(await load(), undefined);
  const settled = async () => (await keys("model.mz")).length === 2 && (await keys("mingzhu_bg")).length === 1;
  for (let i = 0; i < 200 && !(await settled()); i++) await new Promise((resolve) => setTimeout(resolve, 50));
  const [older, own] = await keys("model.mz");
  assert.match(older, /three$/);
  await page.evaluate(async (own) => (await caches.open("mingzhu")).put(own, new Response("something else")), own);
  await go();
  assert.equal(await load(), undefined);
  await context.close();
});

/** The sum that data files and wasm hold of what else they hold: gzip ends with the same. */
const sum = (bytes) => gzipSync(bytes).subarray(-8, -4);

test("a whole file of another build is told from a damaged one, and fetched once more", async () => {
  const others = {
    "model.mz": (bytes) => (bytes[bytes.length >> 1] ^= 1, sum(bytes.subarray(24)).copy(bytes, 16)),
    "mingzhu_bg.wasm": (bytes) => (bytes[bytes.length >> 1] ^= 1, sum(bytes.subarray(0, -12)).copy(bytes, bytes.length - 4)),
  };
  for (const [file, rewrite] of Object.entries(others)) {
    const { page, context, go } = await it.open({ html: "" });
    let asked = 0;
    await context.route(`**/${file}.gz`, (route) => route.fulfill({ status: 404, body: "none" }));
    await context.route(`**/${file}`, async (route) => {
      asked++;
      const response = await route.fetch();
      const body = Buffer.from(await response.body());
      rewrite(body);
      const { "content-encoding": _, ...headers } = response.headers();
      return route.fulfill({ response, headers: { ...headers, "content-length": String(body.length) }, body });
    });
    await go();
    const error = await run(page, async (Annotator) => void (await Annotator.load()));
    assert.equal(error.code, "VERSION_MISMATCH", error.message);
    assert.match(error.message, new RegExp(file.replace(".", "\\.")));
    assert.equal(asked, 2, file);
    await context.close();
  }
});

test("scripts and wasm of two builds are told apart", async () => {
  const { page, context, go } = await it.open({ html: "" });
  await go();
  const error = await run(page, async (Annotator) => {
    const bytes = new Uint8Array(await (await fetch("/pkg/wasm/mingzhu_bg.wasm")).arrayBuffer());
    // The name of something it imports, which the scripts of another build do not have.
    const start = new TextEncoder().encode("__wbg_");
    const at = bytes.findIndex((_, i) => start.every((byte, j) => bytes[i + j] === byte));
    bytes[at + start.length] ^= 1;
    await Annotator.load({ mode: "main", module: WebAssembly.compile(bytes) });
  });
  assert.equal(error.code, "VERSION_MISMATCH", error.message);
  assert.match(error.hint, /one version/);
  await context.close();
});
