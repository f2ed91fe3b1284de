// The documents by themselves: languages of blocks, links, the book, and what they have to name.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { before, describe, test } from "node:test";
import { blocks, documents, text } from "./blocks.js";
import { root } from "./codes.js";

/** What there is a test for: those here, and Rust in tests/documents/. */
const LANGUAGES = ["css", "csp", "html", "js", "json", "jsx", "rust", "sh"];

test("each block is of a language that is run, plain text, or not to be run for a reason", () => {
  // What is exported is held to the package by tests/packaging/api.test.js.
  const all = blocks().filter(({ name }) => !name.startsWith("docs/api.md"));
  const wrong = all.filter(
    ({ language, marks, rest }) =>
      !(marks.length === 0 ? LANGUAGES.includes(language) || language === "text" : marks.join() === "no-run" && rest),
  );
  assert.deepEqual(wrong.map(({ name, language }) => `${name} ${language}`), []);
});

test("JSON is JSON", () => {
  for (const { name, language, code } of blocks()) {
    if (language === "json") assert.doesNotThrow(() => JSON.parse(code), name);
  }
});

/** Text without what is code. */
const prose = (/** @type {string} */ markdown) => markdown.replace(/^ *```[\s\S]*?^ *```/gm, "").replace(/`[^`\n]*`/g, "`");

/** Names that headings are linked to by. */
function anchors(/** @type {string} */ markdown) {
  const headings = markdown.replace(/^ *```[\s\S]*?^ *```/gm, "").matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, words]) =>
    words.replace(/\[(.*?)\]\(.*?\)/g, "$1").toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-"),
  );
}

test("links lead somewhere", () => {
  const broken = [];
  for (const document of documents()) {
    for (const [, target] of prose(text(document)).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [path, anchor] = target.split("#");
      const file = path ? normalize(join(dirname(document), path)) : document;
      const there = existsSync(join(root, file)) && (!anchor || anchors(text(file)).includes(anchor));
      if (!there) broken.push(`${document}: ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

test("every document is a chapter", () => {
  const chapters = [...text("docs/SUMMARY.md").matchAll(/\]\((.*?)\)/g)].map(([, file]) => file);
  const there = readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md") && file !== "SUMMARY.md");
  assert.deepEqual(chapters.toSorted(), there.toSorted());
});

describe("the book", () => {
  const book = join(root, "target/docs");
  /** @type {string[]} */
  let pages;
  before(() => {
    execFileSync("cargo", ["run", "--quiet", "--package", "mingzhu-book"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
    pages = readdirSync(book).filter((file) => file.endsWith(".html") && file !== "404.html");
  });
  const tags = (/** @type {string} */ page) => {
    const html = readFileSync(join(book, page), "utf8").replaceAll(/<pre>[\s\S]*?<\/pre>/g, "");
    return [...html.matchAll(/<(\w+)[^>]*?\s(href|src)="([^"]*)"/g)].map(([, tag, , target]) => ({ tag, target }));
  };

  test("has a page for each chapter", () => {
    for (const [, file] of text("docs/SUMMARY.md").matchAll(/\]\((.*?)\.md\)/g)) assert.ok(pages.includes(`${file}.html`), file);
  });

  test("links lead somewhere", () => {
    const broken = [];
    for (const page of pages) {
      for (const { target } of tags(page)) {
        if (/^[a-z]+:/.test(target)) continue;
        const [path, anchor] = target.split("#");
        const file = join(book, decodeURI(path || page));
        const there = existsSync(file) && (!anchor || readFileSync(file, "utf8").includes(`id="${decodeURI(anchor)}"`));
        if (!there) broken.push(`${page}: ${target}`);
      }
    }
    assert.deepEqual(broken, []);
  });

  test("fetches nothing from elsewhere", () => {
    const fetched = pages.flatMap((page) => tags(page).filter(({ tag }) => tag !== "a").map(({ target }) => target));
    const sheets = readdirSync(book, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"));
    assert.ok(fetched.length > 0 && sheets.length > 0);
    for (const sheet of sheets) {
      const css = readFileSync(join(book, sheet), "utf8");
      fetched.push(...[...css.matchAll(/(?:url\(|@import )\s*["']?([^"')]+)/g)].map(([, target]) => target));
    }
    assert.deepEqual(fetched.filter((target) => /^([a-z]+:)?\/\//.test(target)), []);
  });
});

/** What stands in the first column of a document's tables, between backticks. */
const rows = (/** @type {string} */ document) =>
  [...text(document).matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name));

test("docs/options.md has every option of the types, and every attribute of the element", () => {
  const types = text("js/mingzhu.d.ts") + text("js/page.d.ts");
  const options = (/** @type {string} */ name) => {
    const [, body] = types.match(new RegExp(`interface ${name}\\b.*?\\{\\n([\\s\\S]*?)\\n\\}`)) ?? [];
    return [...body.matchAll(/^  (\w+)\?:/gm)].map(([, option]) => option);
  };
  const interfaces = ["LoadOptions", "AnnotateOptions", "Context", "PageOptions", "TextViewOptions", "Filter"];
  const all = new Set(interfaces.flatMap(options));
  const described = new Set(rows("docs/options.md"));
  assert.ok(all.size > 25);
  assert.deepEqual([...described].toSorted(), [...all].toSorted());
  const attributes = [...text("js/element.js").matchAll(/(?<!\.)\b(?:get|has|part)\("([a-z-]+)"\)/g)].map(([, name]) => name);
  const second = [...text("docs/options.md").matchAll(/^\| `\w+` \| `([a-z-]+)`(?: \(an id\))? \|/gm)].map(([, name]) => name);
  assert.deepEqual([...new Set(second)].toSorted(), [...new Set(attributes)].toSorted());
});

test("docs/theming.md has every property and class of the styles", () => {
  const web = readdirSync(join(root, "src/web"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".rs"));
  const source = web.map((file) => text(`src/web/${file}`)).join("\n");
  const kinds = ["official", "person", "place", "organization"];
  const filled = (/** @type {string} */ name) => (name.includes("{name}") ? kinds.map((kind) => name.replace("{name}", kind)) : [name]);
  const properties = [...source.matchAll(/var\((--mingzhu-[a-z{}-]+)/g)].flatMap(([, name]) => filled(name));
  const classes = [...source.matchAll(/"(mingzhu-[a-z]+)"/g)].map(([, name]) => name);
  // Where the card stands is no matter of a site's.
  const own = ["--mingzhu-card-left", "--mingzhu-card-top"];
  // Priorities of highlights, which are no classes.
  const rest = ["mingzhu-active", "mingzhu-reference", "mingzhu-card"];
  const expected = new Set([...properties, ...classes].filter((name) => ![...own, ...rest].includes(name)));
  assert.deepEqual(rows("docs/theming.md").toSorted(), [...expected].toSorted());
});

test("the privacy chapter and SECURITY.md name tests that there are", () => {
  for (const document of ["docs/privacy.md", "SECURITY.md"]) {
    for (const [, file] of text(document).matchAll(/`(tests\/[\w./-]+)`/g)) assert.ok(existsSync(join(root, file)), file);
  }
  for (const [, name, file] of text("docs/privacy.md").matchAll(/\| \*([^*]+)\*, `(.*?)` \|/g)) {
    assert.ok(text(file).includes(`test("${name}"`), name);
  }
});
