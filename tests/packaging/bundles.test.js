/**
 * What bundlers take along of an import: what is asked for, and nothing of the page for who has none.
 */

import assert from "node:assert/strict";
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { entries, installed } from "./packed.js";
import { reached } from "./sizes.js";

/** @type {ReturnType<typeof installed>} */
let project;
/** @type {string} the package where it is installed */
let home;

before(() => {
  project = installed();
  home = join(project.folder, "node_modules/mingzhu");
});

after(() => project?.remove());

/**
 * @typedef {object} Bundle
 * @property {string} code all of it
 * @property {string} start what is loaded at first
 * @property {string[]} used the files that it has something of, each as often as it has
 */

/**
 * Rollup's own example is built in tests/examples.
 *
 * @type {Record<string, (input: string) => Promise<Bundle>>}
 */
const bundlers = {
  async esbuild(input) {
    const { outputFiles, metafile } = await build({
      entryPoints: [input],
      absWorkingDir: project.folder,
      bundle: true,
      splitting: true,
      format: "esm",
      outdir: "out",
      write: false,
      metafile: true,
      logLevel: "silent",
    });
    const parts = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
    const used = parts.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => join(project.folder, file));
    const start = outputFiles.find(({ path }) => basename(path) === basename(input));
    return { code: outputFiles.map(({ text }) => text).join("\n"), start: start?.text ?? "", used };
  },
};

/**
 * A module of a site that imports from the package.
 *
 * @param {string} code
 */
function site(code) {
  const file = join(project.folder, "main.js");
  writeFileSync(file, code);
  return file;
}

/** The scripts of the package that a bundle has something of, each as often as it has. */
const ours = (/** @type {string[]} */ used) => used.filter((file) => file.startsWith(home)).map((file) => relative(home, file));

/** Where the code of some scripts says that a wasm is. */
function wasms(/** @type {string[]} */ scripts) {
  const named = scripts.flatMap((script) => {
    const code = readFileSync(join(home, script), "utf8");
    const addresses = [...code.matchAll(/new URL\(\s*["'`]([^"'`]+\.wasm)["'`],\s*import\.meta\.url/g)];
    return addresses.map(([, address]) => relative(home, resolve(home, dirname(script), address)));
  });
  return [...new Set(named)];
}

const WASM = "wasm/mingzhu_bg.wasm";

/** What is imported of each entry that does nothing by itself. */
const UNUSED = {
  mingzhu: "{ Annotator, MingzhuError }",
  "mingzhu/page": "{ createAnnotator, loadAnnotator, textOf }",
  "mingzhu/locale/en": "en",
};

for (const [name, bundle] of Object.entries(bundlers)) {
  describe(`bundled by ${name}`, () => {
    test("the annotator comes without the page", async () => {
      const { code, used } = await bundle(site(`import { Annotator } from "mingzhu"; await Annotator.load();`));
      const annotator = reached(home, ["mingzhu.js", "worker.js"]);
      const page = [...reached(home, ["page.js", "element.js", "auto.js"])].filter((script) => !annotator.has(script));
      assert.ok(page.length > 3 && annotator.size > 3);
      const scripts = ours(used);
      assert.ok(scripts.includes("wasm/mingzhu.js"), scripts.join());
      assert.deepEqual(scripts.filter((script) => page.includes(script) || script.startsWith("locale/")), []);
      assert.doesNotMatch(code, /mingzhu-(ready|scan|annotator)/);
    });

    test("there is one wasm, beside the code, and no script is in it twice", async () => {
      const { code, used } = await bundle(
        site(`export { Annotator } from "mingzhu"; export { createAnnotator } from "mingzhu/page"; import "mingzhu/element";`),
      );
      const scripts = ours(used);
      assert.deepEqual(scripts.filter((script, i) => scripts.indexOf(script) !== i), []);
      assert.deepEqual(wasms(scripts), [WASM]);
      // The first bytes of any wasm, as they would stand in a script.
      assert.doesNotMatch(code, /AGFzbQ|application\/wasm;base64|\\0asm/);
    });

    test("of a name that is not used nothing is left", async () => {
      for (const [entry, names] of Object.entries(UNUSED)) {
        // esbuild keeps a part that would be loaded later, though nothing is left that loads it.
        const { start } = await bundle(site(`import ${names} from "${entry}";`));
        assert.equal(start.trim(), "", entry);
      }
    });

    test("nothing but the tag itself reaches the tag", async () => {
      const scripts = entries(project.files).filter(({ path }) => path.endsWith(".js"));
      const reached = await Promise.all(
        scripts.map(async ({ path }) => ({ path, used: ours((await bundle(join(home, path))).used) })),
      );
      const starts = reached.filter(({ used }) => used.includes("auto.js")).map(({ path }) => path);
      assert.deepEqual(starts, ["./auto.js"]);
    });

    test("no script is there that nothing reaches", async () => {
      const scripts = entries(project.files).filter(({ path }) => path.endsWith(".js"));
      const used = await Promise.all(scripts.map(async ({ path }) => ours((await bundle(join(home, path))).used)));
      // The tag imports two by their addresses, and a command is for no page.
      const addressed = readFileSync(join(home, "boot.js"), "utf8").match(/\b(tag|follow)-\w+\.js/g) ?? [];
      const known = new Set([...scripts.map(({ path }) => path.slice(2)), ...used.flat(), ...addressed, "bin/copy.js"]);
      const there = readdirSync(home, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
      assert.deepEqual(there.filter((file) => !known.has(file)), []);
    });
  });
}
