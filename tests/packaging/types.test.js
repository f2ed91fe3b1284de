/**
 * The types as a project meets them that has the package installed: `tests/types` uses all of them.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import {
  isClassDeclaration,
  isComputedPropertyName,
  isFunctionDeclaration,
  isInterfaceDeclaration,
  isMethodDeclaration,
  isMethodSignatureDeclaration,
  isPropertyDeclaration,
  isPropertySignatureDeclaration,
  isStringLiteral,
  isTypeAliasDeclaration,
  isVariableDeclaration,
} from "typescript/unstable/ast/is";
import { desk, installed, pkg, root } from "./packed.js";
import { specifiers } from "./surface.js";
import { open } from "./typescript.js";

/** @typedef {import("typescript/unstable/sync").Project} Project */
/** @typedef {import("typescript/unstable/ast").Node} Node */

/**
 * A project for each package: who has the desk's needs no other, and both in one would give their events twice.
 *
 * @type {{ name: string, project: ReturnType<typeof installed>, folder: string }[]}
 */
const projects = [];

before(() => {
  const isDesk = (/** @type {string} */ file) => basename(file) === "desk.ts";
  for (const [name, from] of [["mingzhu", pkg], ["mingzhu-desk", desk]]) {
    const project = installed([from]);
    const folder = join(project.folder, "types");
    const filter = (/** @type {string} */ file) => !file.endsWith(".ts") || isDesk(file) === (from === desk);
    cpSync(join(root, "tests/types"), folder, { recursive: true, filter });
    projects.push({ name, project, folder });
  }
});

after(() => {
  for (const { project } of projects) project.remove();
});

for (const resolution of ["bundler", "nodenext"]) {
  test(`all of it compiles as strictly as can be, with moduleResolution ${resolution}`, () => {
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    assert.ok(existsSync(tsc), "run `npm ci` in the repository");
    for (const { folder } of projects) {
      const config = join(folder, `tsconfig.${resolution}.json`);
      try {
        execFileSync(process.execPath, [tsc, "--project", config], { encoding: "utf8" });
      } catch (error) {
        assert.fail(/** @type {any} */ (error).stdout);
      }
    }
  });
}

test("all that is public is used in tests/types", () => {
  for (const { name, folder } of projects) {
    assert.deepEqual(open(join(folder, "tsconfig.bundler.json"), (project) => unused(project, name, folder)), []);
  }
});

/**
 * The names that a package's types declare, each as often as it is declared.
 *
 * @param {Project} project
 * @param {string} own the package's name
 * @param {string} folder
 */
function declared({ program }, own, folder) {
  return [...specifiers(pkg)].flatMap(([name, { types: file }]) => {
    if (!file || name.split("/")[0] !== own) return [];
    const names = nodes(program, join(folder, "../node_modules", own, file)).filter(isDeclared);
    assert.ok(names.length || ["./worker.d.ts", "./boot.d.ts"].includes(file), `${file} declares nothing`);
    return names;
  });
}

/**
 * Those of them that nothing outside of the package names.
 *
 * @param {Project} project
 * @param {string} own the package's name
 * @param {string} folder
 */
function unused(project, own, folder) {
  const { checker, program } = project;
  const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));
  const strings = files.flatMap((file) => nodes(program, join(folder, file)).filter(isStringLiteral)).map(({ text }) => text);
  const left = declared(project, own, folder).filter((name) => {
    // A name in quotes is that of an event or of an element, which is asked for by a string.
    if (isStringLiteral(name) && strings.includes(name.text)) return false;
    const references = checker.getReferencedSymbolsForNode(name, name.end).flatMap(({ references }) => references);
    return references.every(({ path }) => path.includes("/node_modules/"));
  });
  return left.map((name) => {
    const { fileName, text } = name.getSourceFile();
    return `${basename(fileName)}:${text.slice(0, name.end).split("\n").length}: ${name.getText()}`;
  });
}

const DECLARATIONS = [
  isClassDeclaration,
  isFunctionDeclaration,
  isInterfaceDeclaration,
  isMethodDeclaration,
  isMethodSignatureDeclaration,
  isPropertyDeclaration,
  isPropertySignatureDeclaration,
  isTypeAliasDeclaration,
  isVariableDeclaration,
];

/**
 * True for the name of what is declared there: by a symbol's name nobody calls it.
 *
 * @param {Node} node
 */
function isDeclared(node) {
  const { parent } = node;
  return DECLARATIONS.some((is) => is(parent) && parent.name === node) && !isComputedPropertyName(node) && !isOurs(parent);
}

/**
 * True for what adds our names to those of the page: that they are known there is used, and it is not.
 *
 * @param {Node} node
 */
const isOurs = (node) => isInterfaceDeclaration(node) && /^HTML\w+Map$/.test(node.name.text);

/**
 * All that is in a file.
 *
 * @param {Project["program"]} program
 * @param {string} file
 * @returns {Node[]}
 */
function nodes(program, file) {
  const source = program.getSourceFile(file);
  assert.ok(source, `${file} is not in the project`);
  /** @type {Node[]} */
  const found = [];
  const visit = (/** @type {Node} */ node) => {
    found.push(node);
    node.forEachChild(visit);
  };
  source.forEachChild(visit);
  return found;
}
