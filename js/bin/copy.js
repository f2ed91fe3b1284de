#!/usr/bin/env node
/**
 * Copies what a site serves of this package, with its packed siblings, into a folder that is named by
 * what it holds, and prints the tag for it:
 *
 *     npx mingzhu-copy public
 *     npx mingzhu-copy --as mingzhu public
 */

import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const USAGE = "usage: npx mingzhu-copy [--as NAME] FOLDER";

/** What a browser loads. Types, documents and this command stay behind. */
const SERVED = /^(?:(?:desk\/|desk\/words\/|locale\/|wasm\/)?[\w-]+\.(?:js|css|wasm)|assets\/[\w-]+\.mz)$/;

const home = fileURLToPath(new URL("../", import.meta.url));

/** @returns {{ into: string, as?: string }} */
function asked() {
  try {
    const { values, positionals } = parseArgs({ options: { as: { type: "string" } }, allowPositionals: true });
    if (positionals.length === 1 && (values.as === undefined || /^[\w.-]+$/.test(values.as))) return { into: positionals[0], as: values.as };
  } catch {
    // An option that there is not.
  }
  console.error(USAGE);
  process.exit(2);
}

const { into, as } = asked();
const names = readdirSync(home, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
const files = names.filter((name) => SERVED.test(name)).sort().map((name) => ({ name, content: readFileSync(join(home, name)) }));

const hash = createHash("sha256");
for (const { name, content } of files) hash.update(`${name} ${content.length}\n`).update(content);
const folder = as ?? `mingzhu-${hash.digest("hex").slice(0, 12)}`;

/**
 * @param {string} name
 * @param {Uint8Array} content
 */
function write(name, content) {
  const path = join(into, folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  // Not as the package's were, nor as a umask has it: a server has to read them.
  chmodSync(path, 0o644);
}

for (const { name, content } of files) {
  write(name, content);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  write(`${name}.gz`, gzipSync(content, { level: 9 }));
  write(`${name}.br`, brotliCompressSync(content, { params }));
}

const boot = files.find(({ name }) => name === "boot.js")?.content ?? "";
const integrity = `sha384-${createHash("sha384").update(boot).digest("base64")}`;
console.log(`${files.length} files, each with .gz and .br, are in ${join(into, folder)}. The tag, where ${into} is the site's root:

<script async src="/${folder}/boot.js" integrity="${integrity}" crossorigin="anonymous" data-root="article"></script>
`);
