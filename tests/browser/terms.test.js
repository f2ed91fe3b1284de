// What a user tells the annotator: terms, the least score, the size of the model.

import assert from "node:assert/strict";
import { test } from "node:test";
import { NEWS, except, harness, painted, run } from "./harness.js";

const it = harness();

const PLAN = `${NEWS}青禾计划走进校园。`;

async function tab(options) {
  const opened = await it.open({ html: "<p>一页</p>", ...options });
  await opened.go();
  return opened;
}

test("terms act from the next text on, until they are removed, here as in the worker", async () => {
  const { page, context, seen } = await tab();
  for (const mode of ["worker", "main"]) {
    const found = await run(
      page,
      async (Annotator, [mode, text]) => {
        const annotator = await Annotator.load({ mode });
        const read = async () => {
          const { mentions } = await annotator.annotate(text);
          return mentions.map(({ start, end, kind, score }) => [text.slice(start, end), kind, score]);
        };
        const before = await read();
        const added = await annotator.addTerms([
          { text: "青禾計劃", kind: "organization" },
          { text: "苏文漪", kind: "official" },
        ]);
        const between = await read();
        const other = await annotator.addTerms(new Set([{ text: "青禾计划", kind: "place" }]));
        const newest = await read();
        await other.remove();
        const older = await read();
        await added.remove();
        await added.remove();
        const after = await read();
        annotator.dispose();
        await other.remove();
        return { size: added.size, before, between, newest, older, after };
      },
      [mode, PLAN],
    );
    const plan = (list) => list.filter(([name]) => name === "青禾计划");
    assert.equal(found.size, 2);
    assert.deepEqual(plan(found.before), [], "else this test needs another name");
    assert.deepEqual(plan(found.between), [["青禾计划", "organization", 1]], mode);
    assert.ok(found.between.some(([name, kind]) => name === "苏文漪" && kind === "official"));
    assert.deepEqual(plan(found.newest), [["青禾计划", "place", 1]]);
    assert.deepEqual(found.older, found.between);
    assert.deepEqual(found.after, found.before);
  }
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("terms belong to one annotator, and offsets hold behind them", async () => {
  const { page, context } = await tab();
  const [own, other] = await run(
    page,
    async (Annotator, text) => {
      const annotators = await Promise.all([Annotator.load(), Annotator.load()]);
      await annotators[0].addTerms([{ text: "𠮷云泽", kind: "place" }]);
      return Promise.all(
        annotators.map(async (annotator) => {
          const { mentions } = await annotator.annotate(text);
          return mentions.map(({ start, end }) => text.slice(start, end));
        }),
      );
    },
    `😀𠮷云\n泽，${NEWS}`,
  );
  assert.ok(own.includes("𠮷云\n泽") && own.includes("陈立群"), JSON.stringify(own));
  assert.ok(!other.includes("𠮷云\n泽"), JSON.stringify(other));
  await context.close();
});

test("what is no term is named by its place, and nothing of its list is added", async () => {
  const { page, context } = await tab();
  const cases = [
    [{ text: "", kind: "place" }, "TERM_EMPTY"],
    [{ text: "——", kind: "place" }, "TERM_EMPTY"],
    [{ text: "青\n禾", kind: "place" }, "TERM_CONTROL"],
    [{ text: "青".repeat(65), kind: "place" }, "TERM_TOO_LONG"],
    [{ text: "青禾", kind: "boss" }, "KIND_UNKNOWN"],
    [{ text: 7, kind: "place" }, "TERM_INVALID"],
    [undefined, "TERM_INVALID"],
  ];
  for (const mode of ["worker", "main"]) {
    for (const [term, code] of cases) {
      const { error, mentions } = await run(
        page,
        async (Annotator, [mode, term, text]) => {
          const annotator = await Annotator.load({ mode });
          const list = [{ text: "青禾计划", kind: "organization" }, { text: "𠮷", kind: "place" }, term];
          const error = await annotator.addTerms(list).catch(({ code, hint, index, message }) => ({ code, hint, index, message }));
          const { mentions } = await annotator.annotate(text);
          annotator.dispose();
          return { error, mentions: mentions.map(({ start, end }) => text.slice(start, end)) };
        },
        [mode, term, PLAN],
      );
      assert.deepEqual([error.code, error.index], [code, 2], `${mode}: ${error.message}`);
      assert.match(error.message, /^terms\[2\]: /);
      assert.ok(error.hint.length > 10);
      assert.ok(!mentions.includes("青禾计划"));
    }
  }
  await context.close();
});

test("a worker that starts again still knows the terms, but for those removed", except({ firefox: "its worker answers before it fails" }), async () => {
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
      await annotator.addTerms([{ text: "青禾计划", kind: "organization" }]);
      const removed = await annotator.addTerms([{ text: "教育工作", kind: "organization" }]);
      await removed.remove();
      await annotator.addEntries("青禾全国计划,青禾计划,");
      const gone = await annotator.addEntries([{ name: "青禾计划总部", forms: ["青禾计划"] }]);
      await gone.remove();
      const names = async () => {
        const { entities, mentions } = await annotator.annotate(text);
        return [...mentions.map(({ start, end }) => text.slice(start, end)), ...entities.map(({ name }) => name)];
      };
      const before = await names();
      const [long] = await Promise.allSettled([annotator.annotate(text.repeat(5000)), annotator.annotate("死")]);
      return { code: long.reason?.code, before, after: await names() };
    },
    PLAN,
  );
  assert.equal(found.code, "WORKER_FAILED");
  assert.ok(found.before.includes("青禾计划") && found.before.includes("青禾全国计划"), `${found.before}`);
  assert.deepEqual(found.after, found.before);
  await context.close();
});

test("adding terms can be aborted, and ends with the annotator", async () => {
  const { page, context } = await tab();
  for (const mode of ["worker", "main"]) {
    const codes = await run(
      page,
      async (Annotator, [mode, text]) => {
        const annotator = await Annotator.load({ mode });
        const terms = [{ text: "青禾计划", kind: "organization" }];
        const codeOf = (promise) => promise.then(() => "done", (error) => error.code);
        const codes = [await codeOf(annotator.addTerms(terms, { signal: AbortSignal.abort() }))];
        const { mentions } = await annotator.annotate(text);
        codes.push(mentions.some(({ start, end }) => text.slice(start, end) === "青禾计划"));
        // While a text is being read, which goes on as it began.
        const under = annotator.annotate(text.repeat(300));
        codes.push(await codeOf(annotator.addTerms(terms)), (await under).length === 300 * text.length);
        annotator.dispose();
        codes.push(await codeOf(annotator.addTerms(terms)));
        return codes;
      },
      [mode, PLAN],
    );
    assert.deepEqual(codes, ["ABORTED", false, "done", true, "DISPOSED"], mode);
  }
  await context.close();
});

test("the least score leaves out what is less sure, with its titles and offices", async () => {
  const { page, context } = await tab();
  const found = await run(
    page,
    async (Annotator, text) => {
      const annotator = await Annotator.load();
      const read = async (options) => (await annotator.annotate(text, options)).toJSON();
      const codeOf = (minScore) => read({ minScore }).then(() => "done", ({ code, hint }) => `${code} ${hint}`);
      await annotator.addTerms([{ text: "云泽日报", kind: "organization" }]);
      const [all, most, sure] = [await read(), await read({ minScore: 0 }), await read({ minScore: 1 })];
      return { all, most, sure, bad: await Promise.all([-0.1, 1.1, NaN, "0.5"].map(codeOf)) };
    },
    NEWS,
  );
  assert.deepEqual(found.all, found.most);
  const { mentions, titles, offices, entities } = found.sure;
  assert.deepEqual(mentions.map(({ start, end }) => NEWS.slice(start, end)).includes("云泽日报"), true);
  for (const { score } of [...mentions, ...titles]) assert.equal(score, 1);
  assert.ok(mentions.length < found.all.mentions.length);
  for (const { person, title } of offices) assert.ok(mentions[person] && titles[title]);
  for (const entity of entities) {
    assert.ok(entity.mentions.length > 0);
    const holds = (entity.offices ?? []).some((office) => offices[office].public);
    assert.equal(entity.kind === "official", holds);
  }
  for (const error of found.bad) assert.match(error, /^OPTION_INVALID .*0 to 1/);
  await context.close();
});

test("of a part only its sentences are read, and offsets count in the whole text", async () => {
  const { page, context } = await tab();
  const text = `${NEWS}\n\n市长周怀远在绍兴市调研。\n\n${NEWS}`;
  const start = text.indexOf("周怀远");
  const found = await run(
    page,
    async (Annotator, [text, start]) => {
      const codes = {};
      for (const mode of ["worker", "main"]) {
        const annotator = await Annotator.load({ mode });
        const names = async (part) =>
          (await annotator.annotate(text, { part })).mentions.map(({ start, end }) => [start, text.slice(start, end)]);
        const codeOf = (part) => names(part).then(() => "done", ({ code, hint }) => `${code} ${hint}`);
        codes[mode] = {
          part: await names({ start: start + 1, end: start + 2 }),
          // Past the end counts as the end.
          whole: await names({ start: 0, end: 1e6 }), all: await names(),
          bad: await Promise.all([null, 7, {}, { start: 2, end: 1 }, { start: -1, end: 1 }, { start: 0, end: 0.5 }].map(codeOf)),
        };
        annotator.dispose();
      }
      return codes;
    },
    [text, start],
  );
  for (const { part, whole, all, bad } of Object.values(found)) {
    assert.deepEqual(part, [[start, "周怀远"], [text.indexOf("绍兴市调研"), "绍兴市"]]);
    assert.deepEqual(whole, all);
    for (const error of bad) assert.match(error, /^OPTION_INVALID .*part/);
  }
  await context.close();
});

test("the large model is fetched in place of the core one, with progress", async () => {
  const { page, context, seen } = await tab();
  for (const mode of ["worker", "main"]) {
    seen.requests.length = 0;
    const found = await run(
      page,
      async (Annotator, [mode, text]) => {
        let last;
        const annotator = await Annotator.load({ mode, model: "large", keep: false, onProgress: (progress) => (last = progress) });
        const { mentions } = await annotator.annotate(text);
        annotator.dispose();
        return { last, names: mentions.map(({ start, end }) => text.slice(start, end)) };
      },
      [mode, NEWS],
    );
    const { last, names } = found;
    assert.ok(names?.includes("陈立群"), JSON.stringify(found));
    assert.equal(last.loaded, last.total);
    const models = seen.requests.filter((url) => /model/.test(url)).map((url) => new URL(url).pathname);
    assert.deepEqual(models, ["/pkg/assets/model-large.mz"], mode);
  }
  await context.close();
});

test("a large model that is missing or damaged is named, and one that there is not is refused", async () => {
  const { page, context, seen } = await tab();
  const load = (options) => run(page, async (Annotator, options) => void (await Annotator.load(options)), options);
  await context.route("**/assets/model-large.mz", (route) => route.fulfill({ status: 404, body: "nothing here" }));
  const missing = await load({ model: "large" });
  assert.equal(missing.code, "ASSET_MISSING");
  assert.match(missing.message, /model-large\.mz/);
  assert.match(missing.hint, /model/);
  await context.unroute("**/assets/model-large.mz");
  await context.route("**/assets/model-large.mz", (route) => route.fulfill({ body: "<!doctype html><title>not found" }));
  const damaged = await load({ model: "large" });
  assert.equal(damaged.code, "ASSET_TAMPERED");
  assert.match(damaged.message, /model-large\.mz/);
  seen.requests.length = 0;
  for (const model of ["huge", "toString", ""]) {
    const unknown = await load({ model });
    assert.equal(unknown.code, "OPTION_INVALID");
    assert.match(unknown.hint, /"core" or "large"/);
  }
  assert.deepEqual(seen.requests.filter((url) => url.endsWith(".mz")), []);
  await context.close();
});

test("an element's attributes choose the model and the least score", async () => {
  const { page, context, seen, go } = await it.open({
    html: `<mingzhu-annotator model="large" min-score="1"><p>${NEWS}</p></mingzhu-annotator>
      <mingzhu-annotator min-score="sure"><p>${NEWS}</p></mingzhu-annotator>
      <script type="module" src="/pkg/element.js"></script>`,
  });
  await go();
  const scores = await page.waitForFunction(
    () => document.querySelector("mingzhu-annotator").annotator?.article?.mentions.map(({ score }) => score),
  );
  for (const score of await scores.jsonValue()) assert.equal(score, 1);
  assert.ok(seen.requests.some((url) => url.endsWith("/model-large.mz")));
  assert.ok(!seen.requests.some((url) => url.endsWith("/model.mz")));
  assert.ok(seen.problems.some((text) => text.includes("OPTION_INVALID")), seen.problems.join("\n"));
  await context.close();
});

test("one tag with data- attributes and a page with terms paint what they are told", async () => {
  const { page, context, go } = await it.open({
    html: `<article><p>${PLAN}</p></article><div><p>${PLAN}</p></div>
      <script type="module" src="/pkg/auto.js" data-mingzhu-auto data-root="article" data-min-score="1" data-model="core"></script>`,
  });
  await go();
  const { sure } = await page.evaluate(async () => {
    const { annotators } = await import("/pkg/auto.js");
    const [auto] = await annotators;
    const { createAnnotator, loadAnnotator } = await import("/pkg/page.js");
    const annotator = await loadAnnotator();
    await annotator.addTerms([{ text: "青禾计划", kind: "organization" }]);
    const root = document.querySelector("div");
    auto.dispose();
    await createAnnotator(root, { annotator, minScore: 0.9 });
    return { sure: auto.article.mentions.map(({ score }) => score) };
  });
  for (const score of sure) assert.equal(score, 1);
  assert.ok(Object.values(await painted(page)).flat().includes("青禾计划"));
  await context.close();
});
