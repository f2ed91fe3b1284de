// What bundlers make of the package. Each finds worker, wasm and assets in its own way.

import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, test } from "node:test";
import { STRICT } from "../browser/harness.js";
import { LIMIT, PAGE, browser, build, folder } from "./example.js";
import { folders } from "./web.js";

const read = browser();

/** Which folder of each is served. */
const EXAMPLES = { vite: "dist", react: "dist", webpack: ".", rollup: ".", esbuild: "." };

describe("built, and read under the strictest policy", () => {
  for (const [name, served] of Object.entries(EXAMPLES)) {
    test(name, LIMIT, async () => {
      build(name);
      const hosts = { [PAGE]: folders({ "/": join(folder(name), served) }, { "Content-Security-Policy": STRICT }) };
      const told = await read(hosts, "", async (page) => assert.equal(page.workers().length, 1));
      assert.deepEqual(told, { errors: [], warnings: [] });
    });
  }
});
