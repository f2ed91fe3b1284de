// The text view by the table that also holds natively, and the way between nodes and offsets.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { harness } from "./harness.js";

const it = harness();
const table = JSON.parse(readFileSync(new URL("../fixtures/text-view.json", import.meta.url), "utf8"));

/** The table's pages style and frame themselves. */
const RELAXED =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; " +
  "style-src 'self' 'unsafe-inline'; img-src 'self'; frame-src 'self'";

async function tab() {
  const opened = await it.open({ html: "<div id=root></div>", csp: RELAXED });
  await opened.go();
  await opened.page.evaluate(async () => {
    const { createAnnotator, loadAnnotator, textOf } = await import("/pkg/page.js");
    const annotator = await loadAnnotator();

    /** Puts HTML on the page, with its shadow roots and frames, and reads it. */
    window.read = async (html, options) => {
      window.annotated?.dispose();
      window.root = document.createElement("div");
      document.body.replaceChildren(window.root);
      window.root.innerHTML = html;
      for (const template of window.root.querySelectorAll("template[shadowrootmode=open]")) {
        const host = template.parentElement;
        template.remove();
        host.attachShadow({ mode: "open" }).append(template.content);
      }
      const loaded = (frame) => new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
      await Promise.all([...window.root.querySelectorAll("iframe")].map(loaded));
      window.annotated = await createAnnotator(window.root, { ...options, annotator, card: false });
      return textOf(window.root, options);
    };

    /** The texts of a tree, with those of its shadow roots and frames. */
    window.texts = function* texts(tree = window.root) {
      const walker = document.createTreeWalker(tree, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node instanceof HTMLTemplateElement) yield* texts(node.content);
        else if (node instanceof HTMLIFrameElement && node.contentDocument) yield* texts(node.contentDocument.body);
        else if (node.nodeType === Node.TEXT_NODE) yield node;
        if (node.shadowRoot instanceof ShadowRoot) yield* texts(node.shadowRoot);
      }
    };
  });
  return opened;
}

test("every rule of the table holds", async () => {
  const { page, context, seen } = await tab();
  for (const { rule, html, options = {}, text, at = [] } of table.cases) {
    const read = await page.evaluate(([html, options]) => window.read(html, options), [html, options]);
    assert.equal(read, text, `${rule}: ${html}`);
    for (const { node, offset, view } of at) {
      const found = await page.evaluate(
        ([data, offset, view]) => {
          const node = [...window.texts()].find((text) => text.data === data);
          const range = view === null ? null : window.annotated.rangeOf(view, view + 1);
          return {
            view: window.annotated.offsetOf(node, offset) ?? null,
            back: range ? range.startContainer === node && range.startOffset : null,
          };
        },
        [node, offset, view],
      );
      assert.deepEqual(found, { view, back: view === null ? null : offset }, `${rule}: ${JSON.stringify(node)}`);
    }
  }
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("the version is told with what was read", async () => {
  const { page, context } = await tab();
  const told = await page.evaluate(async () => {
    const versions = [];
    document.addEventListener("mingzhu-scan", ({ detail }) => versions.push(detail.textViewVersion));
    await window.read("<p>一</p>");
    return [...versions, window.annotated.textViewVersion];
  });
  assert.deepEqual(told, [table.version, table.version]);
  await context.close();
});

test("a selector that is none is refused by its option's name", async () => {
  const { page, context } = await tab();
  for (const name of ["exclude", "include"]) {
    const { code, message, hint } = await page.evaluate(async (name) => {
      const { textOf } = await import("/pkg/page.js");
      const { code, message, hint } = await textOf(document.body, { [name]: "p >" }).catch((error) => error);
      return { code, message, hint };
    }, name);
    assert.equal(code, "SELECTOR_INVALID");
    assert.ok(message.startsWith(name) && hint);
  }
  await context.close();
});

test("nodes that moved since are still known, and those cut since have no range", async () => {
  const { page, context } = await tab();
  const found = await page.evaluate(async () => {
    await window.read("<p id=one>陈立群</p><p id=two>绍兴市</p>");
    const [one, two] = ["one", "two"].map((id) => document.getElementById(id));
    const [text] = two.childNodes;
    one.before(two);
    const moved = window.annotated.offsetOf(text, 1);
    text.data = "绍";
    return { moved, cut: window.annotated.rangeOf(5, 8) === undefined };
  });
  assert.deepEqual(found, { moved: 6, cut: true });
  await context.close();
});

test("elements nested ten thousand deep are read", async () => {
  const { page, context } = await tab();
  const length = await page.evaluate(async () => {
    // Not on the page: no browser could lay it out.
    let inner = (window.root = document.createElement("div"));
    for (let depth = 0; depth < 10_000; depth++) {
      inner.append("名");
      inner = inner.appendChild(document.createElement(depth % 2 ? "i" : "div"));
    }
    const { textOf } = await import("/pkg/page.js");
    return (await textOf(window.root)).replaceAll("\n", "").length;
  });
  assert.equal(length, 10_000);
  await context.close();
});
