// The same script in every runtime that is here.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, test } from "node:test";
import { LIMIT, folder } from "./example.js";

/** How each runs a script that reads a file. */
const RUNTIMES = {
  node: [],
  deno: ["run", "--allow-read"],
  bun: ["run"],
};

describe("annotates a file", () => {
  for (const [runtime, how] of Object.entries(RUNTIMES)) {
    const skip = runtime !== "node" && !isHere(runtime) && `there is no ${runtime} here`;
    test(runtime, { ...LIMIT, skip }, () => {
      const command = runtime === "node" ? process.execPath : runtime;
      const out = execFileSync(command, [...how, "annotate.js", "story.txt"], { cwd: folder("node"), encoding: "utf8" });
      const found = out.trim().split("\n");
      for (const line of ["official\t陈立群", "person\t苏文漪", "place\t绍兴市"]) {
        assert.ok(found.includes(line), `${line} is not in ${out}`);
      }
    });
  }
});

/** @param {string} command */
function isHere(command) {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
