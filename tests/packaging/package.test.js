/**
 * The package as others get it: packed, installed in a project of its own, imported there.
 */

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { after, before, describe, test } from "node:test";
import { desk, entries, inline, installed, manifest, pkg, root } from "./packed.js";
import { large, measure, modules, sizes, sum, table } from "./sizes.js";

const read = (/** @type {string} */ file) => readFileSync(join(root, file), "utf8");

/** @type {ReturnType<typeof installed>} */
let project;
/** @type {string[]} */
let files;

before(() => {
  project = installed();
  files = project.files;
});

after(() => project?.remove());

/** Runs a module in the project that has the package installed. */
function run(/** @type {string} */ code) {
  const file = join(project.folder, "main.js");
  writeFileSync(file, code);
  return execFileSync(process.execPath, [file], { cwd: project.folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

describe("what is in it", () => {
  test("every entry leads to a file", () => {
    const missing = entries(files).filter(({ path }) => !files.includes(path.replace(/^\.\//, "")));
    assert.deepEqual(missing, []);
  });

  test("types stand beside what is imported", () => {
    for (const target of Object.values(manifest.exports)) {
      if (typeof target === "object" && "types" in target) {
        assert.ok(files.includes(target.types.replace(/^\.\//, "")), `${target.types} is missing`);
      }
    }
  });

  test("code, assets and licences are there, and nothing that only we need", () => {
    for (const file of [
      "wasm/mingzhu_bg.wasm",
      "assets/dictionary.mz",
      "assets/gazetteer.mz",
      "assets/townships.mz",
      "assets/model.mz",
      "LICENSE-MIT",
      "LICENSE-APACHE",
      "README.md",
      "THIRD-PARTY.md",
      "docs/article.schema.json",
      "docs/model.md",
    ]) {
      assert.ok(files.includes(file), `${file} is missing`);
    }
    const expected = /^(package\.json|(README|CHANGELOG|SECURITY|THIRD-PARTY)\.md|LICENSE-\w+|docs\/[\w.-]+\.(md|json)|[\w./-]+\.(js|css|d\.ts|wasm)|assets\/[\w.-]+\.mz(\.gz)?)$/;
    assert.deepEqual(files.filter((file) => !expected.test(file)), []);
    assert.deepEqual(files.filter((file) => /test|node_modules|tsconfig|\.map$/.test(file)), []);
    assert.deepEqual(files.filter((file) => /^desk|_desk|assets\/(confusables|model-large)/.test(file)), [], "that is for mingzhu-desk");
  });

  test("the tag's script names those that it loads, with their hashes, and has the rules that pages may link", () => {
    const boot = readFileSync(join(pkg, "boot.js"), "utf8");
    const loaded = [...boot.matchAll(/name:"((?:tag|follow)-\w+\.js)",integrity:"(sha256-[^"]+)"/g)];
    assert.equal(loaded.length, 2);
    for (const [, script, integrity] of loaded) {
      assert.equal(integrity, `sha256-${createHash("sha256").update(readFileSync(join(pkg, script))).digest("base64")}`);
    }
    const bare = (/** @type {string} */ css) => css.replace(/\/\*.*?\*\//s, "").replace(/[\s;"']|(?<![\d])0(?=\.)/g, "");
    assert.ok(bare(boot).includes(bare(readFileSync(join(pkg, "paint.css"), "utf8"))));
  });

  test("its version is the library's", () => {
    const version = /^version = "(.+)"$/m.exec(read("Cargo.toml"))?.[1];
    assert.equal(manifest.version, version);
  });

  test("it needs no other package", () => {
    assert.equal(manifest.dependencies, undefined);
    assert.equal(manifest.scripts, undefined);
  });
});

describe("how large it is", () => {
  const kB = 1000;
  const firstUse = sizes(pkg);

  test("unpacked it is below 6 MB", () => {
    assert.ok(project.unpacked < 6000 * kB, `${project.unpacked} bytes`);
  });

  before(() => console.log(`${"file".padEnd(24)}${["raw", "gzip -9", "brotli 11"].map((form) => form.padStart(11)).join("")}\n${table(firstUse)}`));

  // Of the code 250 kB were planned; who is who and its tables cost more, and the whole stays below what was planned.
  for (const [part, limit] of /** @type {const} */ ([["code", 300], ["script", 25]])) {
    test(`${part} is at most ${limit} kB under brotli`, () => {
      const bytes = sum(firstUse.filter((file) => file.part === part), "brotli");
      assert.ok(bytes <= limit * kB, `${bytes} bytes`);
    });
  }

  test("imported as modules the scripts are no larger", () => {
    const bytes = sum(modules(pkg), "brotli");
    assert.ok(bytes <= 25 * kB, `${bytes} bytes`);
  });

  test("the figures in both READMEs are those of the table", () => {
    const bytes = (/** @type {string} */ part) => sum(firstUse.filter((file) => file.part === part), "brotli");
    const now = { all: sum(firstUse, "brotli") / 1e6, code: bytes("code") / kB, script: bytes("script") / kB, asset: bytes("asset") / kB };
    for (const file of ["README.md", "js/README.md"]) {
      const told = /First use: ([\d.]+) MB under brotli \(code ([\d,]+) kB,\s+scripts ([\d,]+) kB, data ([\d,]+) kB\)/.exec(read(file));
      assert.ok(told, `${file} tells no sizes`);
      const [all, code, script, asset] = told.slice(1).map((figure) => Number(figure.replace(",", "")));
      for (const [name, figure] of Object.entries({ all, code, script, asset })) {
        // Another compiler makes it a little larger or smaller.
        const is = now[/** @type {keyof typeof now} */ (name)];
        assert.ok(Math.abs(figure / is - 1) < 0.03, `${file}: ${name} is ${is.toFixed(2)} by now`);
      }
    }
  });

  test("the one tag is at most 5 kB under brotli", () => {
    const { brotli } = measure(pkg, "boot.js", "script");
    assert.ok(brotli <= 5 * kB, `${brotli} bytes`);
  });

  test("everything for the first use is at most 1.5 MB under brotli", () => {
    const all = sum(firstUse, "brotli");
    assert.ok(all <= 1500 * kB, `${all} bytes`);
  });

  test("the gazetteer that every page loads is at most 150 kB under brotli", () => {
    const gazetteer = firstUse.find(({ file }) => file === "assets/gazetteer.mz");
    assert.ok(gazetteer && gazetteer.brotli <= 150 * kB, `${gazetteer?.brotli} bytes`);
  });

  test("the large model, where there is one, is at most 6 MB under brotli and no part of the first use", (t) => {
    assert.ok(firstUse.every(({ file }) => file !== "assets/model-large.mz"));
    const files = large(pkg);
    if (files.length === 0) return t.skip("there is none yet");
    assert.ok(sum(files, "brotli") <= 6000 * kB, `${sum(files, "brotli")} bytes`);
  });

  test("the assets in the repository are below 8 MB", () => {
    const folder = join(root, "assets");
    const bytes = readdirSync(folder).map((file) => statSync(join(folder, file)).size);
    assert.ok(bytes.reduce((a, b) => a + b, 0) < 8000 * kB);
  });
});

describe("installed elsewhere", () => {
  test("every module can be imported where there is no page", () => {
    // The worker's script speaks to its parent as it starts; it is no module to import.
    const modules = entries(files).filter(({ name, path }) => path.endsWith(".js") && name !== "mingzhu/worker");
    assert.ok(modules.length >= 4);
    for (const { name } of modules) {
      const code = `const before = Object.keys(globalThis);
        await import(${JSON.stringify(name)});
        console.log(JSON.stringify(Object.keys(globalThis).filter((key) => !before.includes(key))));`;
      assert.equal(run(code).trim(), "[]", `${name} leaves something in the global scope`);
    }
  });

  test("it annotates in Node", () => {
    const text = "2024年，𠮷云川市副市长林青在北京出席会议。";
    const code = `import { Annotator } from "mingzhu";
      const text = ${JSON.stringify(text)};
      const annotator = await Annotator.load();
      const article = await annotator.annotate(text);
      const words = [...(await annotator.segment(text))].map(({ start, end }) => text.slice(start, end));
      const terms = await annotator.addTerms([{ text: "会议", kind: "organization" }]);
      const told = (await annotator.annotate(text, { minScore: 1 })).mentions;
      await terms.remove();
      const left = (await annotator.annotate(text, { minScore: 1 })).mentions;
      annotator.dispose();
      const missing = await Annotator.load({ model: "large", baseUrl: new URL("./nowhere/", import.meta.url) }).catch((error) => error);
      console.log(JSON.stringify({ told, left, missing: missing.code, unit: article.unit, length: article.length, mentions: [...article.mentions], words }));`;
    const found = JSON.parse(run(code));
    assert.equal(found.unit, "utf16");
    assert.equal(found.length, text.length);
    assert.equal(found.words.join(""), text);
    for (const { start, end, kind } of found.mentions) {
      assert.ok(0 <= start && start < end && end <= text.length);
      assert.ok(["official", "person", "place", "organization"].includes(kind));
    }
    const names = (/** @type {any[]} */ list) => list.map((m) => text.slice(m.start, m.end));
    assert.ok(names(found.mentions).includes("北京"));
    assert.ok(names(found.told).includes("会议") && !names(found.left).includes("会议"));
    assert.equal(found.missing, "ASSET_MISSING");
  });
});

describe("copied into a site", () => {
  const copy = (/** @type {string[]} */ ...args) =>
    spawnSync(process.execPath, [join(project.folder, "node_modules/mingzhu/bin/copy.js"), ...args], { cwd: project.folder, encoding: "utf8" });
  const under = (/** @type {string} */ folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));

  test("a folder named by its content has what is served, packed twice, and the tag is told", () => {
    const { stdout, status } = copy("public");
    assert.equal(status, 0);
    const [, name, integrity] = /src="\/(mingzhu-[0-9a-f]{12})\/boot\.js" integrity="([^"]+)"/.exec(stdout) ?? [];
    assert.ok(name, stdout);
    const folder = join(project.folder, "public", name);
    const sha384 = createHash("sha384").update(readFileSync(join(folder, "boot.js"))).digest("base64");
    assert.equal(integrity, `sha384-${sha384}`);
    const copied = under(folder).filter((file) => statSync(join(folder, file)).isFile());
    const plain = copied.filter((file) => !/\.(gz|br)$/.test(file));
    // All but what only those who develop with it need.
    const left = files.filter((file) => !plain.includes(file) && !/\.d\.ts$|^docs\/|\.md$|^LICENSE|^package\.json$|^bin\/|\.gz$/.test(file));
    assert.deepEqual(left, []);
    for (const file of plain) {
      const content = readFileSync(join(folder, file));
      assert.ok(content.equals(readFileSync(join(pkg, file))), file);
      assert.ok(gunzipSync(readFileSync(join(folder, `${file}.gz`))).equals(content), `${file}.gz`);
      assert.ok(brotliDecompressSync(readFileSync(join(folder, `${file}.br`))).equals(content), `${file}.br`);
    }
    assert.equal(copied.length, 3 * plain.length);
    // It works where it lies.
    const code = `const { Annotator } = await import(${JSON.stringify(pathToFileURL(join(folder, "mingzhu.js")).href)});
      const annotator = await Annotator.load();
      console.log((await annotator.annotate("云川市副市长林青在北京出席会议。")).mentions.length);`;
    assert.ok(Number(run(code)) > 0);
    // What has changed has another name, so that it may be kept for ever.
    assert.match(copy("again").stdout, new RegExp(name));
    writeFileSync(join(project.folder, "node_modules/mingzhu/boot.js"), "// another build");
    assert.doesNotMatch(copy("later").stdout, new RegExp(name));
  });

  test("with a name of its own it is that folder, and what is no name is refused", () => {
    assert.equal(copy("--as", "mingzhu", "own").status, 0);
    assert.ok(under(join(project.folder, "own")).includes("mingzhu/mingzhu.js"));
    for (const wrong of [[], ["a", "b"], ["--as", "../up", "a"], ["--other", "a"]]) {
      const { status, stderr } = copy(...wrong);
      assert.equal(status, 2, wrong.join(" "));
      assert.match(stderr, /^usage:/);
    }
  });
});

describe("the desk's package", () => {
  /** @type {ReturnType<typeof installed>} */
  let newsroom;
  before(() => {
    newsroom = installed([desk]);
  });
  after(() => newsroom?.remove());

  test("it has every file of the other one as it is, but for the manifest", () => {
    const own = new Set(newsroom.files);
    assert.deepEqual(files.filter((file) => !own.has(file)), []);
    const at = (/** @type {string} */ name, /** @type {string} */ file) => readFileSync(join(name, file));
    const different = files.filter((file) => !at(pkg, file).equals(at(desk, file)));
    assert.deepEqual(different, ["package.json"]);
  });

  test("every entry leads to a file", () => {
    const all = entries(newsroom.files, desk);
    assert.ok(all.some(({ name }) => name === "mingzhu-desk/desk"));
    assert.deepEqual(all.filter(({ path }) => !newsroom.files.includes(path.replace(/^\.\//, ""))), []);
  });

  test("it annotates in Node with the large model, where there is one", (t) => {
    if (!newsroom.files.includes("assets/model-large.mz")) return t.skip("there is none yet");
    const file = join(newsroom.folder, "main.js");
    writeFileSync(
      file,
      `import { Annotator } from "mingzhu-desk";
      const annotator = await Annotator.load({ model: "large" });
      console.log((await annotator.annotate("云川市副市长林青在北京出席会议。")).mentions.length);`,
    );
    assert.ok(Number(execFileSync(process.execPath, [file], { cwd: newsroom.folder, encoding: "utf8" })) > 0);
  });
});

describe("the package of one file", () => {
  /** @type {ReturnType<typeof installed>} */
  let single;
  before(() => {
    single = installed([inline]);
  });
  after(() => single?.remove());

  test("it is one script, and its types", () => {
    assert.deepEqual(single.files.filter((file) => !/\.d\.ts$|\.md$|^LICENSE/.test(file)), ["index.js", "package.json"]);
  });

  test("it exports what annotator, page and element export, and works in Node without another file", () => {
    const file = join(single.folder, "main.js");
    writeFileSync(
      file,
      `import * as all from "mingzhu-inline";
      const annotator = await all.Annotator.load();
      await annotator.loadTownships();
      const { mentions } = await annotator.annotate("云川市副市长林青在北京出席会议。");
      console.log(JSON.stringify({ names: Object.keys(all), mentions: mentions.length }));`,
    );
    const found = JSON.parse(execFileSync(process.execPath, [file], { cwd: single.folder, encoding: "utf8" }));
    const code = `const all = await Promise.all(["mingzhu", "mingzhu/page", "mingzhu/element"].map((name) => import(name)));
      console.log(JSON.stringify(all.flatMap(Object.keys)));`;
    assert.deepEqual(found.names.toSorted(), [...new Set(JSON.parse(run(code)))].toSorted());
    assert.ok(found.mentions > 0);
  });
});
