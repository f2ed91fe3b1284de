/**
 * One tag annotates a page:
 *
 *     <script type="module" src="…/mingzhu/auto.js" data-mingzhu-auto data-root="article"></script>
 *
 * `data-root` is a selector, `article` when left out, else `main`, else the body; the other
 * attributes are those of `<mingzhu-annotator>` with `data-` before them. With `data-observe` roots that come
 * later are annotated as well, and those that leave are let go.
 */

import { optionsOf, report } from "./element.js";
import { follow } from "./follow.js";
import { createAnnotator, loadAnnotator } from "./page.js";

/** @type {Promise<import("./page.js").PageAnnotator[]>} */
export const annotators = typeof document === "undefined" ? Promise.resolve([]) : start();

async function start() {
  // Modules run after the parser is done; a module has no currentScript.
  const tag = document.querySelector("script[data-mingzhu-auto]") ?? document.documentElement;
  const selector = tag.getAttribute("data-root");
  const fallback = () => ["article", "main", "body"].find((name) => document.querySelector(name));
  const find = () => document.querySelectorAll(selector ?? fallback() ?? "body");
  /** @type {ReturnType<typeof loadAnnotator> | undefined} */
  let annotator;
  let using = 0;
  /** Nobody has it any more. */
  const release = () => {
    if (using > 0) return;
    annotator?.then((loaded) => loaded.dispose(), () => {});
    annotator = undefined;
  };
  /** @type {Promise<import("./page.js").PageAnnotator | undefined>[]} */
  const started = [];
  /**
   * @param {Element} root
   * @param {AbortSignal} [signal]
   */
  const annotate = (root, signal) => {
    const options = optionsOf(tag);
    using++;
    // A root that only moves is annotated again in the same turn.
    signal?.addEventListener("abort", () => (using--, setTimeout(release)), { once: true });
    // One for all the roots.
    annotator ??= loadAnnotator(options);
    const wanted = createAnnotator(root, { ...options, annotator, signal });
    started.push(wanted.catch((error) => void (signal?.aborted || report(error))));
  };
  if (optionsOf(tag).observe) follow(String(selector), find, annotate);
  else find().forEach((root) => annotate(root));
  const annotators = await Promise.all(started);
  return annotators.filter((annotator) => annotator !== undefined);
}
