/**
 * What publint and Are The Types Wrong find in the package as it is published: nothing.
 */

import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { filterProblems, problemKindInfo } from "@arethetypeswrong/core/problems";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { after, before, describe, test } from "node:test";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { desk, entries, inline, manifest, pack, pkg, temporary } from "./packed.js";

/** @type {ReturnType<typeof temporary>} */
let temp;
before(() => {
  temp = temporary();
});
after(() => temp?.remove());

for (const folder of [pkg, desk, inline]) {
  describe(basename(folder), () => {
    /** @type {ReturnType<typeof pack>} */
    let packed;
    before(() => {
      packed = pack(temp.folder, folder);
    });

    test("publint has nothing to say, not even to suggest", async () => {
      const { buffer } = new Uint8Array(readFileSync(packed.tarball));
      const { messages } = await publint({ pack: { tarball: buffer }, strict: true });
      assert.deepEqual(messages.map((message) => formatMessage(message, manifest, { color: false })), []);
    });

    test("every script finds its types, however it is imported", async () => {
      // An asset and the wasm are files to fetch, which no resolution of types knows.
      const scripts = entries(packed.files, folder).filter(({ path }) => path.endsWith(".js"));
      const names = scripts.map(({ name }) => name.replace(/^mingzhu(-desk|-inline)?/, "."));
      const expected = folder === inline ? ["."] : [".", "./worker", "./locale/en"];
      assert.deepEqual(expected.filter((name) => !names.includes(name)), []);
      const tarball = new Uint8Array(readFileSync(packed.tarball));
      const checked = await checkPackage(createPackageFromTarballData(tarball), { entrypoints: names });
      assert.ok(checked.types, "there are none");
      // It is made of modules alone, and TypeScript that knows no `exports` knows no modules of Node either.
      const modules = /** @type {const} */ (["node16-esm", "bundler"]).flatMap((resolutionKind) =>
        filterProblems(checked, { resolutionKind }),
      );
      const told = modules.map((problem) => ({ what: problemKindInfo[problem.kind].title, ...problem }));
      assert.deepEqual(told, []);
    });
  });
}
