/**
 * The annotator in what runs JavaScript besides browsers and Node.
 */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { installed, root } from "./packed.js";

/** @type {ReturnType<typeof installed>} */
let project;
before(() => {
  project = installed();
});
after(() => project?.remove());

const TEXT = "云川市副市长林青在北京出席会议。";

/** @type {Record<string, string[]>} */
const RUNTIMES = { bun: ["run"], deno: ["run", "--allow-read"] };

for (const [runtime, words] of Object.entries(RUNTIMES)) {
  test(`it annotates in ${runtime}`, (t) => {
    const program = join(root, "node_modules/.bin", runtime);
    // npm brings it for the systems that there is one for.
    if (spawnSync(program, ["--version"]).status !== 0) return t.skip(`there is no ${runtime} for this system`);
    const file = join(project.folder, `${runtime}.js`);
    writeFileSync(
      file,
      `import { Annotator } from "mingzhu";
      const text = ${JSON.stringify(TEXT)};
      const annotator = await Annotator.load();
      const { mentions } = await annotator.annotate(text);
      const words = [...(await annotator.segment(text))].map(({ start, end }) => text.slice(start, end));
      annotator.dispose();
      console.log(JSON.stringify({ names: mentions.map(({ start, end }) => text.slice(start, end)), words }));`,
    );
    const { stdout, stderr, status } = spawnSync(program, [...words, file], { cwd: project.folder, encoding: "utf8", timeout: 120_000 });
    assert.equal(status, 0, stderr);
    const { names, words: cut } = JSON.parse(stdout);
    assert.ok(names.includes("林青") && names.includes("北京"), names.join());
    assert.equal(cut.join(""), TEXT);
  });
}
