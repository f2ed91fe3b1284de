// The annotator without a page: what a developer relies on.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { ENGINE, NEWS, STRICT, except, harness, noWorkers, run } from "./harness.js";

const it = harness();

async function tab(options) {
  const opened = await it.open({ html: "<p>一页</p>", ...options });
  await opened.go();
  return opened;
}

test("annotates and segments in a worker, under a strict policy, with offsets that slice", async () => {
  const { page, context, seen } = await tab();
  const found = await run(
    page,
    async (Annotator, text) => {
      const progress = [];
      const annotator = await Annotator.load({ onProgress: (p) => progress.push(p) });
      const article = await annotator.annotate(text);
      const tokens = await annotator.segment(text);
      const { mode } = annotator;
      annotator.dispose();
      return { mode, progress, article: article.toJSON(), tokens: [...tokens], last: tokens.at(-1) };
    },
    NEWS,
  );
  assert.equal(found.mode, "worker");
  const { article } = found;
  assert.equal(article.unit, "utf16");
  assert.equal(article.length, NEWS.length);
  const names = article.mentions.map((m) => [NEWS.slice(m.start, m.end), m.kind]);
  assert.ok(names.some(([name, kind]) => name === "绍兴市" && kind === "place"), JSON.stringify(names));
  assert.ok(names.some(([name, kind]) => name === "陈立群" && kind === "official"), JSON.stringify(names));
  for (const mention of article.mentions) {
    assert.ok(article.entities[mention.entity].mentions.includes(article.mentions.indexOf(mention)));
  }
  const words = found.tokens.map((t) => NEWS.slice(t.start, t.end));
  assert.equal(words.join(""), NEWS.replace(/\s/g, ""));
  assert.deepEqual(found.last, found.tokens.at(-1));
  const bytes = found.progress.map((p) => p.loaded);
  assert.deepEqual(bytes, bytes.toSorted((a, b) => a - b));
  assert.equal(found.progress.at(-1).total, bytes.at(-1));
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("asks for nothing but the package's own files", async () => {
  const { page, context, seen } = await tab();
  await run(page, async (Annotator) => void (await Annotator.load()));
  const files = seen.requests.map((url) => new URL(url));
  assert.ok(files.every((url) => url.origin === new URL(it.url).origin), seen.requests.join("\n"));
  const data = files.filter((url) => !url.pathname.endsWith(".js") && !url.pathname.endsWith(".html"));
  assert.deepEqual(data.map((url) => url.pathname).toSorted(), [
    "/pkg/assets/dictionary.mz",
    "/pkg/assets/gazetteer.mz",
    "/pkg/assets/model.mz",
    "/pkg/wasm/mingzhu_bg.wasm",
  ]);
  await context.close();
});

test("lone surrogates and astral characters count as JavaScript counts them", async () => {
  const { page, context } = await tab();
  const noise = ["\ud800", "\udc00", "😀", "𠮷", "\udfff\ud800", "\u0000", "\ufeff", "\r\n"];
  const found = await run(
    page,
    async (Annotator, [noise, news]) => {
      const annotator = await Annotator.load();
      return Promise.all(
        noise.map(async (piece) => {
          const text = `${piece}${news}${piece}`;
          const { length, mentions } = await annotator.annotate(text);
          const names = mentions.map((m) => text.slice(m.start, m.end));
          const words = [...(await annotator.segment(text))].map((t) => text.slice(t.start, t.end));
          return { length, expected: text.length, names, words };
        }),
      );
    },
    [noise, NEWS],
  );
  for (const { length, expected, names, words } of found) {
    assert.equal(length, expected);
    assert.ok(names.includes("陈立群"), JSON.stringify(names));
    assert.ok(words.some((word) => word.startsWith("绍兴")), JSON.stringify(words));
  }
  await context.close();
});

test("empty text and text without Chinese give an empty article, what is no text a TypeError", async () => {
  const { page, context } = await tab();
  const found = await run(page, async (Annotator) => {
    const annotator = await Annotator.load();
    const lengths = [];
    for (const text of ["", " \n ", "\u0000\u0001"]) lengths.push((await annotator.annotate(text)).mentions.length);
    const wrong = await annotator.annotate(/** @type {any} */ (undefined)).catch((error) => error.name);
    return { lengths, wrong };
  });
  assert.deepEqual(found, { lengths: [0, 0, 0], wrong: "TypeError" });
  await context.close();
});

test("an abort settles at once: before, while loading, while annotating; the annotator goes on", async () => {
  const { page, context } = await tab();
  const found = await run(
    page,
    async (Annotator, text) => {
      const codeOf = (promise) => promise.then(() => "done", (error) => `${error.code} ${error.name} ${error.cause}`);
      const before = await codeOf(Annotator.load({ signal: AbortSignal.abort("why") }));
      const loading = new AbortController();
      const load = codeOf(Annotator.load({ signal: loading.signal, onProgress: () => loading.abort("why") }));
      const whileLoading = await load;
      const annotator = await Annotator.load();
      const working = new AbortController();
      const work = codeOf(annotator.annotate(text.repeat(3000), { signal: working.signal }));
      setTimeout(() => working.abort("why"), 20);
      const whileWorking = await work;
      const { length } = await annotator.annotate(text);
      return { before, whileLoading, whileWorking, length };
    },
    NEWS,
  );
  const aborted = "ABORTED AbortError why";
  assert.deepEqual(found, { before: aborted, whileLoading: aborted, whileWorking: aborted, length: NEWS.length });
  await context.close();
});

test("disposing rejects what is under way, and all that comes after", async () => {
  const { page, context } = await tab();
  for (const mode of ["worker", "main"]) {
    const found = await run(
      page,
      async (Annotator, [mode, text]) => {
        const annotator = await Annotator.load({ mode });
        // No sentence twice: what was tagged once is remembered.
        const long = Array.from({ length: 3000 }, (_, i) => `${i}日，${text}`).join("\n");
        const under = annotator.annotate(long).catch((error) => error.code);
        setTimeout(() => annotator.dispose(), 20);
        const codes = [await under];
        codes.push(await annotator.annotate(text).catch((error) => error.code));
        codes.push(await annotator.segment(text).catch((error) => error.code));
        annotator.dispose();
        return codes;
      },
      [mode, NEWS],
    );
    assert.deepEqual(found, ["DISPOSED", "DISPOSED", "DISPOSED"], mode);
  }
  await noWorkers(page);
  await context.close();
});

test("a damaged, cut, foreign or missing file is named", async () => {
  const cases = [
    ["model.mz", "ASSET_TAMPERED", (bytes) => bytes.with(bytes.length >> 1, bytes[bytes.length >> 1] ^ 1)],
    ["dictionary.mz", "ASSET_TAMPERED", (bytes) => bytes.slice(0, -100)],
    ["gazetteer.mz", "ASSET_TAMPERED", () => new TextEncoder().encode("<!doctype html><title>not found</title>")],
    ["model.mz", "ASSET_MISSING", undefined],
    ["mingzhu_bg.wasm", "ASSET_MISSING", undefined],
    ["mingzhu_bg.wasm", "ASSET_TAMPERED", (bytes) => bytes.slice(0, bytes.length >> 1)],
  ];
  for (const [file, code, damage] of cases) {
    const { page, context, go } = await it.open({ html: "" });
    await context.route(`**/${file}.gz`, (route) => route.fulfill({ status: 404, body: "none" }));
    await context.route(`**/${file}`, async (route) => {
      if (!damage) return route.fulfill({ status: 404, body: "nothing here" });
      const response = await route.fetch();
      const body = damage(new Uint8Array(await response.body()));
      const { "content-encoding": _, ...headers } = response.headers();
      return route.fulfill({ response, headers: { ...headers, "content-length": String(body.length) }, body: Buffer.from(body) });
    });
    await go();
    const error = await run(page, async (Annotator) => void (await Annotator.load()));
    assert.equal(error.code, code, error.message);
    assert.match(error.message, new RegExp(file.replace(".", "\\.")));
    assert.ok(error.hint.length > 10, "a hint says what to do");
    await context.close();
  }
});

test("without a worker it goes on here, and says which directive to add", async () => {
  const { page, context } = await tab({ csp: STRICT.replace("worker-src 'self'", "worker-src 'none'") });
  const found = await run(
    page,
    async (Annotator, text) => {
      const warnings = [];
      const annotator = await Annotator.load({ onWarning: ({ code, hint }) => warnings.push({ code, hint }) });
      // The page stays alive meanwhile: timers have their turn.
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      // No sentence twice: what was tagged once is remembered.
      const { mentions } = await annotator.annotate(Array.from({ length: 500 }, (_, i) => `${i}日，${text}`).join("\n"));
      clearInterval(timer);
      return { warnings, mode: annotator.mode, turns, found: mentions.length };
    },
    NEWS,
  );
  assert.equal(found.mode, "main");
  assert.equal(found.warnings.length, 1);
  assert.equal(found.warnings[0].code, "WORKER_BLOCKED");
  assert.match(found.warnings[0].hint, /worker-src/);
  assert.ok(found.turns > 3, `${found.turns} turns`);
  assert.ok(found.found >= 500);
  await context.close();
});

test("who asks for a worker gets the error, not the fallback", async () => {
  const { page, context } = await tab({ csp: STRICT.replace("worker-src 'self'", "worker-src 'none'") });
  const error = await run(page, async (Annotator) => void (await Annotator.load({ mode: "worker" })));
  assert.equal(error.code, "WORKER_BLOCKED");
  await context.close();
});

test("the worker and the main thread find the same", async () => {
  const { page, context } = await tab();
  const [worker, main] = await run(
    page,
    async (Annotator, text) => {
      const articles = [];
      for (const mode of ["worker", "main"]) {
        const annotator = await Annotator.load({ mode });
        articles.push((await annotator.annotate(`${text}\n\n市教育局局长王　刚说，全市学校都要学。`.repeat(40))).toJSON());
        annotator.dispose();
      }
      return articles;
    },
    NEWS,
  );
  assert.deepEqual(worker, main);
  await context.close();
});

test("where WebAssembly is blocked, the error names the directive", async () => {
  const { page, context } = await tab({ csp: STRICT.replace(" 'wasm-unsafe-eval'", "") });
  const error = await run(page, async (Annotator) => void (await Annotator.load({ mode: "main" })));
  assert.equal(error.code, "WASM_BLOCKED");
  assert.match(error.hint, /'wasm-unsafe-eval'/);
  await context.close();
});

test("a browser without WebAssembly, or with one too old for it, is told what it lacks", async () => {
  for (const lack of ["all of it", "vectors"]) {
    const { page, context } = await tab();
    const error = await run(
      page,
      async (Annotator, lack) => {
        if (lack === "vectors") WebAssembly.validate = () => false;
        else delete globalThis.WebAssembly;
        await Annotator.load({ mode: "main" });
      },
      lack,
    );
    assert.equal(error.code, "WASM_MISSING", `without ${lack}: ${error.message}`);
    const onPage = await page.evaluate(async () => {
      const { createAnnotator } = await import("/pkg/page.js");
      return createAnnotator(document.body).then(() => "fine", ({ code }) => code);
    });
    assert.equal(onPage, "WASM_MISSING", `createAnnotator without ${lack}`);
    await context.close();
  }
});

test("a wasm that a server gives a wrong type, or more than a type, is read all the same", async () => {
  for (const type of ["text/plain", "application/octet-stream", "application/wasm; charset=utf-8"]) {
    const { page, context, go } = await it.open({ html: "" });
    await context.route("**/mingzhu_bg.wasm", async (route) => {
      const response = await route.fetch();
      const { "content-encoding": _, "content-length": __, ...headers } = response.headers();
      return route.fulfill({ headers: { ...headers, "content-type": type }, body: await response.body() });
    });
    await go();
    const found = await run(page, async (Annotator, text) => {
      const annotator = await Annotator.load({ mode: "main" });
      return (await annotator.annotate(text)).mentions.length;
    }, NEWS);
    assert.ok(found > 0, `${type}: ${JSON.stringify(found)}`);
    await context.close();
  }
});

test("where the worker's given address is refused, the package's own worker does the work, and the site is told", async () => {
  const { page, context } = await tab();
  const found = await run(page, async (Annotator) => {
    const warnings = [];
    const annotator = await Annotator.load({ workerUrl: "/nowhere/worker.js", onWarning: ({ code }) => warnings.push(code) });
    return { mode: annotator.mode, warnings };
  });
  assert.deepEqual(found, { mode: "worker", warnings: ["WORKER_BLOCKED"] });
  await context.close();
});

test("a download that halts or breaks off is given up on, and its file is named", except({ webkit: "its scripts come by way of our server only" }), async () => {
  const types = { js: "text/javascript", wasm: "application/wasm", mz: "application/octet-stream" };
  /** What becomes of which file. */
  let fate = { file: "", how: "" };
  // A server of its own, since no other can be told to stop in the middle of a file.
  const server = createServer(({ url }, response) => {
    if (!url.startsWith("/pkg/")) return response.setHeader("content-type", "text/html").end("<!doctype html>");
    if (url.endsWith(".gz")) return response.writeHead(404).end();
    const body = readFileSync(new URL(`../..${url}`, import.meta.url));
    const concerned = url.endsWith(fate.file);
    if (concerned && fate.how === "silent") return;
    response.writeHead(200, { "content-type": types[url.split(".").pop()], "content-length": body.length });
    if (!concerned) return response.end(body);
    response.write(body.subarray(0, body.length >> 1), () => fate.how === "broken" && response.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cases = [
    ["model.mz", "silent", "TIMEOUT"],
    ["model.mz", "halting", "TIMEOUT"],
    ["mingzhu_bg.wasm", "halting", "TIMEOUT"],
    ["model.mz", "broken", "ASSET_UNREACHABLE"],
    ["mingzhu_bg.wasm", "broken", "ASSET_UNREACHABLE"],
  ];
  try {
    for (const [file, how, code] of cases) {
      fate = { file, how };
      const { page, context } = await it.open();
      // The other files are here before the clock is put forward: they come in time.
      let here = 0;
      page.on("requestfinished", (request) => (here += /\.(mz|wasm)$/.test(request.url()) ? 1 : 0));
      await page.clock.install();
      await page.goto(`http://127.0.0.1:${server.address().port}/`);
      const loading = run(page, async (Annotator) => void (await Annotator.load({ mode: "main" })));
      // Nothing is measured: the clock is ours.
      const advance = setInterval(() => here === 3 && page.clock.fastForward(31_000).catch(() => {}), 200);
      const error = await loading;
      clearInterval(advance);
      assert.equal(error.code, code, `${file} ${how}: ${error.message}`);
      assert.ok(error.message.includes(file), error.message);
      await context.close();
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("a download that halts in the worker is not begun anew on the page's thread", async () => {
  const { page, context, go, seen } = await it.open({ html: "" });
  await context.route("**/pkg/halting-worker.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `
        addEventListener("message", ({ data: { id } }) => {
          postMessage({ id, error: { code: "TIMEOUT", message: "model.mz: no byte came", hint: "try again" } });
        });
        postMessage({ up: true });`,
    }),
  );
  await go();
  const error = await run(page, async (Annotator) => void (await Annotator.load({ workerUrl: "/pkg/halting-worker.js" })));
  assert.deepEqual([error.code, error.hint], ["TIMEOUT", "try again"]);
  assert.ok(!seen.requests.some((url) => url.endsWith("model.mz")));
  await context.close();
});

test("a script that is loaded only when it is needed, and does not come, is named an error", except({ webkit: "its scripts come by way of our server only" }), async () => {
  const { page, context, go } = await it.open({ html: "" });
  await go();
  let blocked = false;
  await context.route("**/pkg/**", (route) => (blocked ? route.abort() : route.continue()));
  await page.exposeFunction("block", () => void (blocked = true));
  const error = await run(page, async (Annotator) => {
    const annotator = await Annotator.load();
    await globalThis.block();
    await annotator.addEntries("青禾全国计划,青禾计划,");
  });
  assert.equal(error.code, "ASSET_UNREACHABLE");
  assert.match(error.hint, /beside each other/);
  await context.close();
});

test("a tab that has no memory left for the engine says so, and the page is unharmed", except({ webkit: "it gives out addresses without end" }), async () => {
  const { page, context } = await tab();
  const error = await run(page, async (Annotator) => {
    // Each takes the addresses of 4 GiB, of which a tab has only so many; none of it is ever used.
    globalThis.held = [];
    try {
      for (;;) globalThis.held.push(new WebAssembly.Memory({ initial: 1, maximum: 65_536 }));
    } catch {
      await Annotator.load();
    }
  });
  assert.equal(error.code, "OUT_OF_MEMORY");
  assert.match(error.hint, /memory/);
  assert.equal(await page.evaluate(() => document.body.textContent?.trim()), "一页");
  await context.close();
});

test("want of memory is told from a wasm that is blocked", async () => {
  const { page, context } = await tab();
  const error = await run(page, async (Annotator) => {
    WebAssembly.instantiate = () => Promise.reject(new RangeError("could not allocate memory"));
    await Annotator.load({ mode: "main" });
  });
  assert.equal(error.code, "OUT_OF_MEMORY");
  assert.match(error.hint, /memory/);
  await context.close();
});

test("a worker that never comes up is given up on", except({ webkit: "WebDriver turns no clocks" }), async () => {
  const { page, context, go } = await it.open({ html: "" });
  await context.route("**/silent.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: "while (true);" }),
  );
  await page.clock.install();
  await go();
  const loading = run(page, async (Annotator) => void (await Annotator.load({ mode: "worker", workerUrl: "/silent.js" })));
  await page.waitForEvent("worker");
  // Nothing is measured: the clock is ours.
  const advance = setInterval(() => page.clock.fastForward(11_000).catch(() => {}), 200);
  const error = await loading;
  clearInterval(advance);
  assert.equal(error.code, "TIMEOUT");
  await context.close();
});

/** Makes `trap()`, which panics as far as anybody can see: (module (func (export "trap") unreachable)). */
const TRAP = `
  const code = [0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,8,1,4,116,114,97,112,0,0,10,5,1,3,0,0,11];
  const { trap } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(code))).exports;`;

test("after a panic the caller gets a code, the rest its answers, and the worker is a new one", async () => {
  const { page, context, go } = await it.open({ html: "" });
  // The real worker, with a trap for one text.
  await context.route("**/pkg/trapping-worker.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `
        import { Engine } from "./wasm/mingzhu.js";
        import "./worker.js";
        const begin = Engine.prototype.begin;
        ${TRAP}
        Engine.prototype.begin = function (text, ...rest) {
          if (text.includes("惊")) trap();
          return begin.call(this, text, ...rest);
        };`,
    }),
  );
  await go();
  const found = await run(
    page,
    async (Annotator, text) => {
      const annotator = await Annotator.load({ workerUrl: "/pkg/trapping-worker.js" });
      const [long, panic, waiting] = await Promise.allSettled([
        annotator.annotate(text.repeat(2000)),
        annotator.annotate("惊"),
        annotator.annotate(text),
      ]);
      const afterwards = await annotator.annotate(text);
      return {
        long: long.value?.mentions.length > 0,
        panic: [panic.reason?.code, panic.reason?.hint],
        waiting: waiting.value?.length,
        afterwards: afterwards.length,
      };
    },
    NEWS,
  );
  assert.equal(found.panic[0], "PANIC");
  assert.match(found.panic[1], /report/);
  assert.deepEqual([found.long, found.waiting, found.afterwards], [true, NEWS.length, NEWS.length]);
  await context.close();
});

test("who aborts while the worker starts again is heard at once, and not asked for again", async () => {
  const { page, context, go } = await it.open({ html: "" });
  // The first worker panics; the one after it never gets its model.
  await context.route("**/pkg/trapping-worker.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `
        import { Engine } from "./wasm/mingzhu.js";
        import "./worker.js";
        ${TRAP}
        const begin = Engine.prototype.begin;
        Engine.prototype.begin = function (text, ...rest) {
          if (text.includes("惊")) trap();
          return begin.call(this, text, ...rest);
        };`,
    }),
  );
  await go();
  let models = 0;
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await context.route("**/model.mz", async (route) => {
    if (++models > 1) await held;
    await route.continue();
  });
  const codes = await run(
    page,
    async (Annotator, text) => {
      const annotator = await Annotator.load({ workerUrl: "/pkg/trapping-worker.js" });
      const codeOf = (promise) => promise.then(() => "done", (error) => error.code);
      const control = new AbortController();
      const { signal } = control;
      const under = codeOf(annotator.annotate(text.repeat(5000), { signal }));
      const panic = await codeOf(annotator.annotate("惊"));
      const after = codeOf(annotator.annotate(text, { signal }));
      control.abort();
      return [panic, await under, await after];
    },
    NEWS,
  );
  release();
  assert.deepEqual(codes, ["PANIC", "ABORTED", "ABORTED"]);
  await context.close();
});

test("a panic while it loads is told once and not tried again", async () => {
  const { page, context, go } = await it.open({ html: "" });
  let workers = 0;
  await context.route("**/pkg/trapping-worker.js", (route) => {
    workers++;
    return route.fulfill({
      contentType: "text/javascript",
      body: `
        ${TRAP}
        addEventListener("message", ({ data: { id } }) => {
          try {
            trap();
          } catch ({ message }) {
            postMessage({ id, error: { code: "PANIC", message, hint: "" } });
          }
        });
        postMessage({ up: true });`,
    });
  });
  await go();
  const error = await run(page, async (Annotator) => {
    const workerUrl = "/pkg/trapping-worker.js";
    const error = await Annotator.load({ mode: "worker", workerUrl }).catch((error) => error);
    // Time for what should not come.
    await new Promise((resolve) => setTimeout(resolve, 300));
    throw error;
  });
  assert.equal(error.code, "PANIC");
  assert.equal(workers, 1);
  await noWorkers(page);
  await context.close();
});

test("after a panic on the main thread nothing goes on with what is left, and the hint says what does", async () => {
  const { page, context, go } = await it.open({ html: "" });
  await context.route("**/pkg/trap.js", (route) =>
    route.fulfill({ contentType: "text/javascript", body: `${TRAP} export { trap };` }),
  );
  await go();
  const errors = await run(
    page,
    async (Annotator, text) => {
      const { Engine } = await import("/pkg/wasm/mingzhu.js");
      const { trap } = await import("/pkg/trap.js");
      const annotator = await Annotator.load({ mode: "main" });
      const of = (promise) => promise.then(() => "done", ({ code, hint }) => `${code} ${hint}`);
      const under = of(annotator.annotate(text.repeat(3000)));
      const { begin } = Engine.prototype;
      Engine.prototype.begin = trap;
      const errors = [await of(annotator.annotate(text))];
      Engine.prototype.begin = begin;
      errors.push(await under, await of(annotator.annotate(text)), await of(annotator.segment(text)));
      annotator.dispose();
      errors.push(await of(Annotator.load({ mode: "main" })));
      return errors;
    },
    NEWS,
  );
  for (const error of errors) assert.match(error, /^PANIC .*reload the page/);
  assert.equal(errors.length, 5);
  await context.close();
});

test("a worker that dies rejects what waits for it; the next call starts another", async () => {
  const { page, context, go } = await it.open({ html: "" });
  await context.route("**/pkg/dying-worker.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `
        import "./worker.js";
        addEventListener("message", ({ data }) => {
          if (data.text === "死") setTimeout(() => { throw new Error("gone"); });
        });`,
    }),
  );
  await go();
  const found = await run(
    page,
    async (Annotator, text) => {
      const annotator = await Annotator.load({ workerUrl: "/pkg/dying-worker.js" });
      const [long] = await Promise.allSettled([annotator.annotate(text.repeat(5000)), annotator.annotate("死")]);
      return { code: long.reason?.code, again: (await annotator.annotate(text)).length };
    },
    NEWS,
  );
  assert.deepEqual(found, { code: "WORKER_FAILED", again: NEWS.length });
  await context.close();
});

test("what cannot be handed to the worker, or read there, ends the loading", async () => {
  const { page, context, go } = await it.open({ html: "" });
  await context.route("**/pkg/reading-worker.js", (route) =>
    route.fulfill({
      contentType: "text/javascript",
      body: `
        import "./worker.js";
        addEventListener("message", ({ data }) => {
          if (data.text === "乱") dispatchEvent(new MessageEvent("messageerror"));
        });`,
    }),
  );
  await go();
  const found = await run(
    page,
    async (Annotator, text) => {
      const codeOf = (promise) => promise.then(() => "done", (error) => error.code);
      const unclonable = Promise.resolve(() => {});
      const uncloned = await codeOf(Annotator.load({ mode: "worker", module: unclonable }));
      const annotator = await Annotator.load({ mode: "worker", workerUrl: "/pkg/reading-worker.js" });
      const codes = await Promise.all([text.repeat(5000), "乱"].map((text) => codeOf(annotator.annotate(text))));
      return { uncloned, codes, again: (await annotator.annotate(text)).length };
    },
    NEWS,
  );
  // What it was is answered as well, if the answer is there first.
  assert.equal(found.codes[0], "WORKER_FAILED");
  assert.deepEqual([found.uncloned, found.again], ["WORKER_FAILED", NEWS.length]);
  await context.close();
});

test("created and disposed of again and again, no worker is left", async () => {
  const { page, context } = await tab();
  await run(
    page,
    async (Annotator, text) => {
      for (let i = 0; i < 10; i++) {
        const annotator = await Annotator.load();
        await annotator.annotate(text);
        annotator[Symbol.dispose ? Symbol.dispose : "dispose"]();
      }
    },
    NEWS,
  );
  await noWorkers(page);
  await context.close();
});
