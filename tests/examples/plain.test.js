// Pages that nobody builds.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LIMIT, PACKAGE, PAGE, browser, folder } from "./example.js";
import { folders } from "./web.js";

const read = browser();

/** The package on a server of its own, which lets every page have it. */
const ELSEWHERE = { "localhost:8081": folders({ "/": PACKAGE }, { "Access-Control-Allow-Origin": "*" }) };

test("a page with the package beside it", LIMIT, async () => {
  const hosts = { [PAGE]: folders({ "/mingzhu/": PACKAGE, "/": folder("plain") }) };
  const told = await read(hosts, "", async (page) => assert.equal(page.workers().length, 1));
  assert.deepEqual(told, { errors: [], warnings: [] });
});

describe("the package from another origin", () => {
  for (const [name, path] of [["import-map", ""], ["one-tag", ""], ["one-tag", "strict.html"]]) {
    test(`${name}/${path}`, LIMIT, async () => {
      const hosts = { [PAGE]: folders({ "/": folder(name) }), ...ELSEWHERE };
      // By way of a blob, since a page may start no worker of another origin.
      const told = await read(hosts, path, async (page) => assert.equal(page.workers().length, 1));
      assert.deepEqual(told, { errors: [], warnings: [] });
    });
  }
});
