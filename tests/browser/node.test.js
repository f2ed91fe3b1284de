// The same package without a browser: on a server, in a script, and while a site is rendered.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as each } from "node:test";
import { pathToFileURL } from "node:url";
import { ENGINE, NEWS } from "./harness.js";

/** Node is there once, whatever browser is tested. */
const test = ENGINE === "chromium" ? each : each.skip;

const PACKAGE = new URL("../../pkg/", import.meta.url);
const { Annotator, Article, MingzhuError, Tokens } = await import(new URL("mingzhu.js", PACKAGE).href);

test("annotates from files, on this thread", async () => {
  const seen = [];
  const annotator = await Annotator.load({ onProgress: (progress) => seen.push(progress) });
  assert.equal(annotator.mode, "main");
  assert.equal(seen.at(-1).loaded, seen.at(-1).total);
  const article = await annotator.annotate(NEWS);
  assert.ok(article instanceof Article);
  const official = article.entities.find(({ kind }) => kind === "official");
  assert.equal(official.name, "陈立群");
  const [office] = official.offices.map((index) => article.offices[index]);
  const title = article.titles[office.title];
  assert.equal(NEWS.slice(title.start, title.end), "副市长");
  assert.equal(office.public, true);
  assert.equal(article.mentions, article.mentions, "made once");
  const tokens = await annotator.segment(NEWS);
  assert.ok(tokens instanceof Tokens);
  assert.equal([...tokens].length, tokens.length);
  assert.equal(tokens.at(tokens.length), undefined);
  annotator.dispose();
  await assert.rejects(annotator.annotate(NEWS), { code: "DISPOSED" });
});

test("an article is plain data, and the same again from its JSON", async () => {
  const annotator = await Annotator.load();
  const article = await annotator.annotate(NEWS.repeat(3));
  const json = JSON.parse(JSON.stringify(article));
  assert.deepEqual(json, article.toJSON());
  assert.equal(json.unit, "utf16");
  for (const entity of json.entities) {
    assert.ok(entity.mentions.length > 0);
    for (const mention of entity.mentions) assert.equal(json.entities[json.mentions[mention].entity].name, entity.name);
  }
  const { entities } = await annotator.annotate("滨州召开会议，滨州市各部门参加。");
  assert.deepEqual(entities.map(({ name, aliases }) => [name, aliases]), [["滨州市", ["滨州"]]]);
  annotator.dispose();
});

test("places and references mean what the context makes them", async () => {
  const annotator = await Annotator.load();
  const text = "我市召开会议，鼓楼区、江阴市长泾镇参加。";
  const told = async (options) => (await annotator.annotate(text, options)).toJSON();
  const plain = await told();
  assert.deepEqual(plain.references, [{ start: 0, end: 2, kind: "place", confidence: 0, open: "ambiguous" }]);
  const { home, references } = await told({ context: { place: "福州" } });
  assert.deepEqual(home, { code: 3501, path: "福建省/福州市", evidence: "context", confidence: 1 });
  assert.deepEqual(references[0].division, { code: 3501, path: "福建省/福州市" });
  assert.equal(references[0].name, "福州市");
  const byUrl = await told({ context: { url: "https://news.fuzhounews.cn/a.html" } });
  assert.equal(byUrl.home.evidence, "places", "fuzhou is two cities");
  assert.equal((await told({ context: { url: new URL("https://www.binzhou.gov.cn/") } })).home.code, 3716);
  const dated = async (date) => (await told({ context: { date } })).date;
  assert.deepEqual([await dated(), await dated("2026-03-05"), await dated("0987-02-28T08:00"), await dated("1970-01-01")],
    [undefined, "2026-03-05", "0987-02-28", "1970-01-01"]);
  for (const date of ["5 March 2026", "2026-02-30", "", 20260305, new Date()]) {
    await assert.rejects(dated(date), { code: "OPTION_INVALID", message: /context\.date/ });
  }
  const off = await told({ resolve: false, context: { place: 3501 } });
  assert.deepEqual([off.references, off.home], [[], undefined]);
  assert.deepEqual(off.mentions.map(({ start }) => start), plain.mentions.map(({ start }) => start));
  for (const wrong of [{ context: "福州" }, { context: { place: {} } }, { context: { url: "福州" } }, { resolve: 1 }]) {
    await assert.rejects(annotator.annotate(text, wrong), { code: "OPTION_INVALID" });
  }
  await annotator.loadTownships();
  const places = (await told()).entities.filter(({ division }) => division?.code > 999_999);
  assert.deepEqual(places.map(({ division }) => division.path), ["江苏省/无锡市/江阴市/长泾镇"]);
  annotator.dispose();
  await assert.rejects(annotator.loadTownships(), { code: "DISPOSED" });
});

test("divisions and bodies of one's own, from CSV, JSON or objects, until they are removed", async () => {
  const annotator = await Annotator.load();
  const text = "滨州市召开会议，滨州经开区参加。";
  const told = async () => (await annotator.annotate(text)).entities.map(({ division }) => division?.path);
  const plain = await told();
  assert.deepEqual(plain, ["山东省/滨州市", undefined]);
  const entry = { name: "滨州经济技术开发区", forms: ["滨州经开区"], code: 371671 };
  for (const entries of [[entry], JSON.stringify([entry]), "name,forms,code\n滨州经济技术开发区,开发区|滨州经开区,371671\n"]) {
    const added = await annotator.addEntries(entries);
    assert.equal(added.size, 1);
    assert.deepEqual(await told(), ["山东省/滨州市", "山东省/滨州市/滨州经济技术开发区"]);
    await added.remove();
    await added.remove();
    assert.deepEqual(await told(), plain);
  }
  annotator.dispose();
  await assert.rejects(annotator.addEntries([entry]), { code: "DISPOSED" });
});

test("what is no entry is named by line and column, or by its place in the list", async () => {
  const annotator = await Annotator.load();
  const cases = [
    ["甲区,,371671\n𠮷区,𠮷,371", "ENTRY_CODE", 2, 6],
    ["甲区,,371671\n乙区,乙,abc", "ENTRY_INVALID", 2, 6],
    ["甲区,——|乙,", "ENTRY_NAME", 1, 4],
    [",甲,", "ENTRY_NAME", 1, 1],
    ['甲,"乙,\n丙,,', "ENTRY_INVALID", 1, 3],
    ['[{ "name": "甲区" },\n { "name": "乙区", "code": 371 }]', "ENTRY_CODE", 2, 26],
    ['[{ "name": "甲区", "forms": ["甲", "\\n"] }]', "ENTRY_NAME", 1, 33],
    ['[{ "name": "甲区", "colour": "red" }]', "ENTRY_INVALID", 1, 18],
    ['[{ "name": "甲区" }', "ENTRY_INVALID", 1, 18],
    ['[{ "name": 7 }]', "ENTRY_INVALID", 1, 12],
    [[{ name: "甲区" }, { name: "乙区", code: 371 }], "ENTRY_CODE", undefined, undefined, /^entries\[1\]\.code: /],
    [[{ name: "甲区", forms: ["甲", "——"] }], "ENTRY_NAME", undefined, undefined, /^entries\[0\]\.forms\[1\]: /],
    [[{ name: "甲区", forms: "甲乙" }], "ENTRY_INVALID", undefined, undefined, /^entries\[0\]\.forms/],
    [[undefined], "ENTRY_INVALID", undefined, undefined, /^entries\[0\]\.name: /],
  ];
  for (const [entries, code, line, column, message = new RegExp(`^line ${line}, column ${column}: `)] of cases) {
    const error = await annotator.addEntries(entries).catch((error) => error);
    assert.ok(error instanceof MingzhuError, JSON.stringify(entries));
    assert.deepEqual([error.code, error.line, error.column], [code, line, column], error.message);
    assert.match(error.message, message);
    assert.ok(error.hint.length > 10);
  }
  const { entities } = await annotator.annotate("滨州市甲区举行会议。");
  assert.ok(entities.every(({ division }) => division?.code !== 371671), "of a list with a mistake nothing is added");
  annotator.dispose();
});

test("lone surrogates are one unit each, as JavaScript counts", async () => {
  const annotator = await Annotator.load();
  const text = `\ud83d${NEWS}\ude00😀${NEWS}`;
  const { length, mentions } = await annotator.annotate(text);
  assert.equal(length, text.length);
  const names = mentions.map(({ start, end }) => text.slice(start, end));
  assert.equal(names.filter((name) => name === "陈立群").length, 2);
  annotator.dispose();
});

test("an abort is heard between steps", async () => {
  const annotator = await Annotator.load();
  const control = new AbortController();
  const work = annotator.annotate(NEWS.repeat(5000), { signal: control.signal });
  setTimeout(() => control.abort());
  await assert.rejects(work, { code: "ABORTED", name: "AbortError" });
  assert.equal((await annotator.annotate(NEWS)).length, NEWS.length);
  annotator.dispose();
});

test("a damaged or missing file is named, with a hint", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mingzhu-"));
  try {
    for (const part of ["wasm", "assets"]) cpSync(new URL(part, PACKAGE), join(folder, part), { recursive: true });
    const baseUrl = pathToFileURL(folder);
    const model = join(folder, "assets", "model.mz");
    const bytes = readFileSync(model);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(model, bytes);
    const error = await Annotator.load({ baseUrl }).catch((error) => error);
    assert.ok(error instanceof MingzhuError);
    assert.equal(error.code, "ASSET_TAMPERED");
    assert.match(error.message, /model\.mz/);
    assert.match(error.hint, /as they are/);
    rmSync(model);
    await assert.rejects(Annotator.load({ baseUrl }), { code: "ASSET_MISSING", message: /model\.mz/ });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("every module can be imported where there is no document", async () => {
  for (const name of ["page.js", "element.js", "auto.js", "explain.js", "locale/en.js"]) {
    await import(new URL(name, PACKAGE).href);
  }
});

test("the types name exactly what the modules export", async () => {
  for (const name of ["mingzhu", "page", "element", "auto", "explain"]) {
    const types = readFileSync(new URL(`${name}.d.ts`, PACKAGE), "utf8");
    const declared = [...types.matchAll(/^export (?:class|function|const) (\w+)/gm)].map(([, name]) => name);
    const passedOn = [...types.matchAll(/^export \{ ([^}]+) \} from/gm)].flatMap(([, names]) => names.split(/, ?/));
    const module = await import(new URL(`${name}.js`, PACKAGE).href);
    assert.deepEqual([...declared, ...passedOn].toSorted(), Object.keys(module).toSorted(), name);
  }
});
