// Next.js: the page is rendered where there is no document, then read in the browser.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { LIMIT, PAGE, browser, build, folder } from "./example.js";
import { server } from "./web.js";

const read = browser();

test("next", LIMIT, async () => {
  build("next");
  const { port, stop } = await start();
  try {
    const html = await (await fetch(`http://localhost:${port}/`)).text();
    assert.match(html, /<h1>绍兴市教育工作会议召开<\/h1>/, "it is in what the server renders");
    const told = await read({ [PAGE]: server(port) }, "", async (page) => assert.equal(page.workers().length, 1));
    assert.deepEqual(told, { errors: [], warnings: [] });
  } finally {
    stop();
  }
});

/** `next start`, on a port that is free. */
async function start() {
  const next = createRequire(join(folder("next"), "package.json")).resolve("next/dist/bin/next");
  const child = spawn(process.execPath, [next, "start", "--port", "0"], {
    cwd: folder("next"),
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const [, port] = line.match(/http:\/\/localhost:(\d+)/) ?? [];
    if (port) return { port: Number(port), stop: () => child.kill() };
  }
  throw new Error("next start ended without an address");
}
