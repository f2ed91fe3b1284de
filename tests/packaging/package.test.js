/**
 * The package as others get it: packed, installed in a project of its own, imported there.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { entries, installed, manifest, pkg, root } from "./packed.js";
import { large, measure, sizes, sum, table } from "./sizes.js";

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
    const expected = /^(package\.json|(README|CHANGELOG|SECURITY|THIRD-PARTY)\.md|LICENSE-\w+|docs\/[\w.-]+\.(md|json|png)|[\w./-]+\.(js|d\.ts|wasm)|assets\/[\w.-]+\.mz|[\w/.-]+\.(mz|wasm)\.gz)$/;
    assert.deepEqual(files.filter((file) => !expected.test(file)), []);
    assert.deepEqual(files.filter((file) => /test|node_modules|tsconfig|\.map$/.test(file)), []);
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

  before(() => console.log(`${"file".padEnd(24)}${["raw", "gzip -9", "brotli 11"].map((form) => form.padStart(11)).join("")}\n${table(firstUse)}`));

  // Of the code 250 kB were planned; who is who and its tables cost more, and the whole stays below what was planned.
  for (const [part, limit] of /** @type {const} */ ([["code", 320], ["script", 30]])) {
    test(`${part} is at most ${limit} kB under brotli`, () => {
      const bytes = sum(firstUse.filter((file) => file.part === part), "brotli");
      assert.ok(bytes <= limit * kB, `${bytes} bytes`);
    });
  }

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

  test("it annotates with the large model, where there is one", (t) => {
    if (!files.includes("assets/model-large.mz")) return t.skip("there is none yet");
    const code = `import { Annotator } from "mingzhu";
      const annotator = await Annotator.load({ model: "large" });
      console.log((await annotator.annotate("云川市副市长林青在北京出席会议。")).mentions.length);`;
    assert.ok(Number(run(code)) > 0);
  });
});
