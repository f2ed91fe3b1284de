/** The accessibility page: the same text with highlights, or with names one can come to. */

import { createAnnotator, loadAnnotator } from "./pkg/page.js";

const $ = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
const annotator = loadAnnotator();

/** @type {import("./pkg/page.js").PageAnnotator | undefined} */
let page;

async function annotate() {
  await page?.disposed();
  page = await createAnnotator($("text"), {
    annotator,
    index: $("index"),
    render: $("reach").checked ? "element" : "highlights",
  });
}

$("reach").addEventListener("change", annotate);
annotate().catch((error) => console.error(error));
