/**
 * The compiler's own view of a project. Its interface for programs is called unstable; the version is pinned.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { API } from "typescript/unstable/sync";
import { temporary } from "./packed.js";

/** What a reader of the types needs: a page, and what disposes of things. */
const OPTIONS = {
  strict: true,
  noEmit: true,
  target: "es2022",
  module: "esnext",
  moduleResolution: "bundler",
  lib: ["es2022", "dom", "dom.iterable", "esnext.disposable"],
  types: [],
};

/**
 * Opens a project by its configuration.
 *
 * @template T
 * @param {string} config
 * @param {(project: import("typescript/unstable/sync").Project) => T} look
 * @returns {T} what is seen there
 */
export function open(config, look) {
  const api = new API();
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error(`${config} is no project`);
    return look(project);
  } finally {
    api.close();
  }
}

/**
 * Opens files that no project is made of yet.
 *
 * @template T
 * @param {string[]} files
 * @param {(project: import("typescript/unstable/sync").Project) => T} look
 * @returns {T}
 */
export function openFiles(files, look) {
  const { folder, remove } = temporary();
  try {
    const config = join(folder, "tsconfig.json");
    writeFileSync(config, JSON.stringify({ compilerOptions: OPTIONS, files }));
    return open(config, look);
  } finally {
    remove();
  }
}
