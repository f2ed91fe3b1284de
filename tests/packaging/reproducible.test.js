/**
 * Whoever packs what was built gets the same bytes, wherever and whenever it was built.
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, readFileSync, statSync, utimesSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pack, pkg, root, temporary } from "./packed.js";

/** @type {ReturnType<typeof temporary>} */
let temp;
/** @type {ReturnType<typeof pack>} */
let packed;

before(() => {
  temp = temporary();
  packed = pack(temp.folder);
});

after(() => temp?.remove());

test("packed again, from another folder and with other times, it is the same to the byte", (t) => {
  const other = temporary();
  try {
    const copy = join(other.folder, "elsewhere");
    cpSync(pkg, copy, { recursive: true });
    for (const [i, file] of packed.files.entries()) {
      utimesSync(join(copy, file), 1_000_000_000 + i, 1_000_000_000 + i);
    }
    const again = pack(other.folder, copy);
    assert.deepEqual(again.files, packed.files);
    // For whoever has built it elsewhere.
    t.diagnostic(`sha512-${createHash("sha512").update(readFileSync(packed.tarball)).digest("base64")}`);
    assert.ok(readFileSync(again.tarball).equals(readFileSync(packed.tarball)), "the tarballs differ");
  } finally {
    other.remove();
  }
});

test("its files have the same permissions on every machine", (t) => {
  if (process.platform === "win32") return t.skip("Windows has none of these");
  // npm packs what others may read as it finds it, which git leaves to the umask.
  const modes = packed.files.map((file) => ({ file, mode: statSync(join(pkg, file)).mode & 0o777 }));
  assert.deepEqual(modes.filter(({ mode }) => mode !== 0o644), []);
});

test("nothing in it says where it was built", () => {
  const places = [root, join(homedir(), "/"), process.env.CARGO_HOME, process.env.CARGO_TARGET_DIR];
  const named = places.filter((place) => place !== undefined && place.length > 1);
  for (const file of packed.files) {
    const content = readFileSync(join(pkg, file));
    assert.deepEqual(named.filter((place) => content.includes(place)), [], file);
  }
});
