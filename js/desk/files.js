/**
 * Files that the fact-checker takes away.
 */

/** What a format's file is called after its story's title, and what it is. */
const KINDS = {
  annotations: ["jsonld", "application/ld+json"],
  claims: ["claims.json", "application/ld+json"],
  table: ["csv", "text/csv"],
  report: ["html", "text/html"],
};

/**
 * Has the browser save a file; nothing is sent anywhere.
 *
 * @param {keyof typeof KINDS} format
 * @param {string} title
 * @param {string} content
 */
export function save(format, title, content) {
  const [ending, type] = KINDS[format];
  // Spreadsheets take a table without this mark for one of their country's encoding.
  const blob = new Blob(format === "table" ? ["\uFEFF", content] : [content], { type: `${type};charset=utf-8` });
  const href = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = href;
  link.download = `${title.replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 60)}.${ending}`;
  link.click();
  // Not before the browser has read it.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
