/**
 * What `boot.js` loads, for its page and for the page's worker: one file when it is built, so that one hash
 * speaks for all of it. It is no way in for others.
 */

import { serve } from "./serve.js";

export { optionsOf } from "./element.js";
export { createAnnotator, loadAnnotator } from "./page.js";

const { WorkerGlobalScope } = /** @type {any} */ (globalThis);
if (typeof WorkerGlobalScope === "function" && globalThis instanceof WorkerGlobalScope) serve();
