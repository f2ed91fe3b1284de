import type { PageAnnotator } from "./page.js";

/** What the tag has annotated. */
export const annotators: Promise<PageAnnotator[]>;
