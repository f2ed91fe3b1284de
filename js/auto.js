/**
 * One tag annotates a page:
 *
 *     <script type="module" src="…/mingzhu/auto.js" data-mingzhu-auto data-root="article"></script>
 *
 * `data-root` is a selector, `article` when left out, else `main`, else the body; the other
 * attributes are those of `<mingzhu-annotator>` with `data-` before them.
 */

import { optionsOf, report } from "./element.js";
import { createAnnotator } from "./page.js";

/** @type {Promise<import("./page.js").PageAnnotator[]>} */
export const annotators = typeof document === "undefined" ? Promise.resolve([]) : start();

async function start() {
  // Modules run after the parser is done; a module has no currentScript.
  const tag = document.querySelector("script[data-mingzhu-auto]") ?? document.documentElement;
  const selector = tag.getAttribute("data-root");
  const fallback = document.querySelector("article") ? "article" : document.querySelector("main") ? "main" : "body";
  const roots = [...document.querySelectorAll(selector ?? fallback)];
  const started = roots.map((root) =>
    createAnnotator(root, optionsOf(tag)).catch((error) => {
      report(error);
      return undefined;
    }),
  );
  const annotators = await Promise.all(started);
  return annotators.filter((annotator) => annotator !== undefined);
}
