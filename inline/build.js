// All of a package that a page needs, in one module: `node inline/build.js PKG TARGET`.

import { build } from "esbuild";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const [pkg, target] = process.argv.slice(2).map((path) => resolve(path));
const here = dirname(fileURLToPath(import.meta.url));

/** All that is loaded, or asked for, without the large model and the desk. */
const FILES = ["wasm/mingzhu_bg.wasm", "assets/dictionary.mz", "assets/gazetteer.mz", "assets/model.mz", "assets/townships.mz"];

/** @type {import("esbuild").BuildOptions} */
const options = {
  bundle: true,
  write: false,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
  // A module may be made of a blob, below which there is no address.
  banner: { js: "const HERE = /^(https?|file):/.test(import.meta.url) ? import.meta.url : globalThis.location.href;" },
  define: { "import.meta.url": "HERE" },
};

/** @param {import("esbuild").BuildOptions} entry */
async function bundled(entry) {
  const { outputFiles } = await build({ ...options, ...entry });
  return outputFiles?.[0].text ?? "";
}

const packed = FILES.map((name) => [name, gzipSync(readFileSync(join(pkg, name)), { level: 9 }).toString("base64")]);

/** The files' addresses, with what they hold. */
const SOURCES = `
import { sources as addresses } from ${JSON.stringify(join(pkg, "sources.js"))};
const packed = ${JSON.stringify(Object.fromEntries(packed))};
export function sources(...told) {
  const source = addresses(...told);
  for (const file of Object.values(source)) {
    if (packed[file.name]) file.packed = Uint8Array.from(atob(packed[file.name]), (byte) => byte.charCodeAt(0));
  }
  return source;
}`;

const code = await bundled({ entryPoints: [join(pkg, "worker.js")] });

/** The worker's address, which holds its code. */
const WORKER = `
const code = ${JSON.stringify(code)};
let address;
export const worker = () => (address ??= URL.createObjectURL(new Blob([code], { type: "text/javascript" })));`;

/** Puts both in the place of what finds them beside the scripts. */
const inlined = {
  name: "inlined",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    const module = (/** @type {string} */ contents) => () => ({ contents, resolveDir: pkg });
    build.onResolve({ filter: /[\\/]sources\.js$/ }, ({ namespace }) =>
      namespace === "inlined" ? undefined : { path: "sources", namespace: "inlined" },
    );
    build.onLoad({ filter: /^sources$/, namespace: "inlined" }, module(SOURCES));
    build.onResolve({ filter: /^inlined:worker$/ }, () => ({ path: "worker", namespace: "inlined" }));
    build.onLoad({ filter: /^worker$/, namespace: "inlined" }, module(WORKER));
    build.onLoad({ filter: /[\\/]worker-engine\.js$/ }, ({ path }) => {
      const written = readFileSync(path, "utf8");
      const contents = written.replace(/new URL\("\.\/worker\.js",\s*import\.meta\.url\)/, "worker()");
      if (contents === written) throw new Error(`${path} starts no worker by its address any more`);
      return { contents: `import { worker } from "inlined:worker";\n${contents}` };
    });
  },
};

const ENTRIES = ["mingzhu", "page", "element"];
const contents = ENTRIES.map((name) => `export * from "./${name}.js";\n`).join("");
const index = await bundled({ stdin: { contents, resolveDir: pkg }, plugins: [inlined] });

const { version, keywords, license, type, engines } = JSON.parse(readFileSync(join(pkg, "package.json"), "utf8"));
const { name, description, ...rest } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const manifest = { name, version, description, keywords, license, type, engines, ...rest };

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, "locale"), { recursive: true });
const write = (/** @type {string} */ file, /** @type {string} */ content) => writeFileSync(join(target, file), content);
write("index.js", index);
write("index.d.ts", contents);
write("package.json", `${JSON.stringify(manifest, null, 2)}\n`);
copyFileSync(join(here, "README.md"), join(target, "README.md"));
for (const file of ["LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.md", "CHANGELOG.md", "locale/locale.d.ts", ...ENTRIES.map((name) => `${name}.d.ts`)]) {
  copyFileSync(join(pkg, file), join(target, file));
}
// Not what a umask leaves: packages are to be the same everywhere.
for (const file of readdirSync(target, { recursive: true, encoding: "utf8" })) {
  if (file !== "locale") chmodSync(join(target, file), 0o644);
}
