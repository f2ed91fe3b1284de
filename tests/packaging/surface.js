/**
 * All that is public: what each entry exports, as `docs/api.md` has it.
 *
 * Run by itself it prints the document of a package's folder.
 */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import {
  isClassDeclaration,
  isInterfaceDeclaration,
  isModuleDeclaration,
  isVariableDeclaration,
} from "typescript/unstable/ast/is";
import { updateClassDeclaration, updateInterfaceDeclaration } from "typescript/unstable/ast/factory";
import { SymbolFlags } from "typescript/unstable/sync";
import { openFiles } from "./typescript.js";

/** @typedef {Map<string, Map<string, string>>} Surface the exports of each entry, each with its signature */
/** @typedef {import("typescript/unstable/sync").Project} Project */
/** @typedef {import("typescript/unstable/sync").Symbol} Symbol */

const HEAD = `# The API

All that the package exports, without comments; those are in the types. Made by \`cargo xtask api --write\`;
\`cargo xtask test\` fails when the package has something else.
`;

/** What `declare global` adds, which has no name of its own. */
const GLOBAL = "global";

const read = (/** @type {string} */ file) => JSON.parse(readFileSync(file, "utf8"));

/**
 * Every entry as it is imported, with where it leads.
 *
 * @param {string} folder the package, or what it is made from
 * @returns {Map<string, { types?: string, default?: string }>}
 */
export function specifiers(folder) {
  // What `mingzhu-desk` has of its own; the rest of it is all that is in `mingzhu`.
  const manifests = [read(join(folder, "package.json")), read(fileURLToPath(new URL("../../desk/package.json", import.meta.url)))];
  return new Map(
    manifests.flatMap(({ name, exports }) =>
      Object.keys(exports).sort().map((entry) => [entry.replace(/^\./, name), exports[entry]]),
    ),
  );
}

/**
 * @param {string} folder a package with all that there is, or what it is made from
 * @returns {Surface}
 */
export function surface(folder) {
  const all = [...specifiers(folder)];
  const fileOf = (/** @type {{ types?: string }} */ { types }) => types && join(folder, types);
  const typed = all.flatMap(([name, target]) => (target.types ? [[join(folder, target.types), name]] : []));
  return openFiles(typed.map(([file]) => file), (project) => {
    const modules = new Map(/** @type {[string, string][]} */ (typed));
    return new Map(
      all.map(([name, target]) => {
        const file = fileOf(target);
        return [name, file ? exported(project, file, modules) : new Map()];
      }),
    );
  });
}

/**
 * The exports of a module, each with its signature.
 *
 * @param {Project} project
 * @param {string} file
 * @param {Map<string, string>} modules the entries by their files
 */
function exported(project, file, modules) {
  const { checker, program } = project;
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} is no module`);
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const symbol of checker.getExportsOfModule(module)) {
    const alias = (symbol.flags & SymbolFlags.Alias) !== 0;
    const target = alias ? checker.getAliasedSymbol(symbol) : symbol;
    const [home] = target.declarations.map((declaration) => declaration.resolve(project)?.getSourceFile().fileName);
    const elsewhere = home !== source.fileName && modules.get(home ?? "");
    found.set(
      symbol.name,
      elsewhere
        ? `export { ${symbol.name} } from "${elsewhere}";`
        : [...new Set([...printed(project, target), ...(alias ? printed(project, symbol) : [])])].join("\n"),
    );
  }
  const globals = source.statements.filter((statement) => isModuleDeclaration(statement) && statement.name.text === GLOBAL);
  // As the printer has it, which takes `global` for the name of a module.
  const written = globals.map((node) => project.emitter.printNode(node).replace("declare module global", "declare global"));
  if (written.length) found.set(GLOBAL, written.join("\n"));
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The declarations of a symbol as the compiler writes them.
 *
 * @param {Project} project
 * @param {Symbol} symbol
 */
function printed({ emitter, ...project }, symbol) {
  return symbol.declarations.map((declaration) => {
    let node = declaration.resolve(/** @type {Project} */ (project));
    if (!node) throw new Error(`${symbol.name} is declared nowhere`);
    // The statement is what says `export const`.
    if (isVariableDeclaration(node)) node = node.parent.parent;
    return emitter.printNode(inOrder(node));
  });
}

/**
 * Members by name: where one stands is nothing that a user could tell. Overloads keep theirs.
 *
 * @param {import("typescript/unstable/ast").Node} node
 */
function inOrder(node) {
  if (isInterfaceDeclaration(node)) {
    const { modifiers, name, typeParameters, heritageClauses } = node;
    return updateInterfaceDeclaration(node, modifiers, name, typeParameters, heritageClauses, sorted(node.members));
  }
  if (isClassDeclaration(node)) {
    const { modifiers, name, typeParameters, heritageClauses } = node;
    return updateClassDeclaration(node, modifiers, name, typeParameters, heritageClauses, sorted(node.members));
  }
  return node;
}

/**
 * @template {import("typescript/unstable/ast").Node} T
 * @param {readonly T[]} members
 */
function sorted(members) {
  const name = (/** @type {any} */ member) => member.name?.getText() ?? "";
  return [...members].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0));
}

/**
 * @param {Surface} surface
 * @returns {string}
 */
export function render(surface) {
  const sections = [...surface].map(([entry, names]) => {
    const blocks = [...names].map(([name, text]) => `### \`${name}\`\n\n\`\`\`ts\n${text}\n\`\`\`\n`);
    return [`## \`${entry}\`\n`, ...(blocks.length ? blocks : ["A file to fetch; there is nothing to import from it.\n"])].join("\n");
  });
  return [HEAD, ...sections].join("\n");
}

/**
 * What a document says that {@link render} has written.
 *
 * @param {string} document
 * @returns {Surface}
 */
export function parse(document) {
  const sections = document.split(/^## `(.+)`$/m).slice(1);
  const signature = (/** @type {string} */ block) => block.replace(/^\s*```ts\n|\n```\s*$/g, "");
  const names = (/** @type {string} */ section) => pairs(section.split(/^### `(.+)`$/m).slice(1));
  return new Map(
    pairs(sections).map(([entry, section]) => [
      entry,
      new Map(names(section).map(([name, block]) => [name, signature(block)])),
    ]),
  );
}

/**
 * @param {string[]} list
 * @returns {[string, string][]}
 */
const pairs = (list) => list.flatMap((item, i) => (i % 2 ? [] : [[item, list[i + 1]]]));

/**
 * What is in one and not in the other, name by name and line by line.
 *
 * @param {Surface} documented
 * @param {Surface} found
 * @returns {string[]}
 */
export function differences(documented, found) {
  const named = (/** @type {Surface} */ surface) => {
    /** @type {Map<string, string>} */
    const all = new Map();
    for (const [entry, names] of surface) {
      all.set(entry, "");
      for (const [name, text] of names) all.set(`${entry} ${name}`, text);
    }
    return all;
  };
  const [before, after] = [named(documented), named(found)];
  const all = [...new Set([...before.keys(), ...after.keys()])].sort();
  return all.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    if (old === now) return [];
    if (old === undefined) return [`${name} is new`];
    if (now === undefined) return [`${name} is gone`];
    const [gone, come] = [old.split("\n"), now.split("\n")];
    const lines = [
      ...gone.filter((line) => !come.includes(line)).map((line) => `  - ${line.trim()}`),
      ...come.filter((line) => !gone.includes(line)).map((line) => `  + ${line.trim()}`),
    ];
    return [[`${name} has changed`, ...lines].join("\n")];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(render(surface(resolve(process.argv[2]))));
}
