// Anchors on a page: described, and found again after the page was written anew.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { NEWS, harness } from "./harness.js";

const it = harness();
const table = JSON.parse(readFileSync(new URL("../fixtures/anchoring.json", import.meta.url), "utf8"));

async function tab() {
  const opened = await it.open({ html: `<div id=root><p>${NEWS}</p></div>` });
  await opened.go();
  await opened.page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    window.root = document.getElementById("root");
    window.annotated = await createAnnotator(window.root, { card: false });
    window.write = async (paragraphs) => {
      window.root.replaceChildren(
        ...paragraphs.map((text) => {
          const paragraph = document.createElement("p");
          // A name runs across elements, as on any page.
          for (const part of text.split(/(?<=陈)/)) {
            const element = document.createElement("b");
            element.textContent = part;
            paragraph.append(element);
          }
          return paragraph;
        }),
      );
      await window.annotated.scan();
    };
    /** The nth place of a text in what was read. */
    window.nth = (paragraphs, exact, nth) => {
      let at = -1;
      for (let i = 0; i <= nth; i++) at = paragraphs.join("\n\n").indexOf(exact, at + 1);
      return at;
    };
    window.outcome = (job) => {
      try {
        return job();
      } catch ({ name, code, hint }) {
        return { name, code, hint };
      }
    };
  });
  return opened;
}

test("every case of the table holds", async () => {
  const { page, context, seen } = await tab();
  for (const { rule, before, exact, nth, after, found, by, orphan } of table) {
    const match = await page.evaluate(
      async ([before, exact, nth, after]) => {
        await window.write(before);
        const start = window.nth(before, exact, nth);
        const range = window.annotated.rangeOf(start, start + exact.length);
        // As it comes back from a store.
        const selectors = JSON.parse(JSON.stringify(window.annotated.describe(range)));
        await window.write(after);
        const match = window.annotated.match(selectors);
        return { ...match, range: match.range?.toString() ?? null };
      },
      [before, exact, nth, after],
    );
    if (orphan) assert.deepEqual(match, { orphan, range: null }, rule);
    else {
      const start = await page.evaluate(([after, exact, found]) => window.nth(after, exact, found), [after, exact, found]);
      assert.deepEqual(match, { start, end: start + exact.length, by, range: exact }, rule);
    }
  }
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a mention, its number and its range are described alike", async () => {
  const { page, context } = await tab();
  const [number, mention, range, name] = await page.evaluate(() => {
    const { annotated } = window;
    const at = annotated.mentions.findIndex(({ kind }) => kind === "official");
    const { start, end } = annotated.mentions[at];
    const all = [at, annotated.mentions[at], annotated.rangeOf(start, end)].map((what) => annotated.describe(what));
    return [...all, annotated.match(all[0]).range.toString()];
  });
  assert.deepEqual(mention, number);
  assert.deepEqual(range, number);
  assert.equal(name, "陈立群");
  const [quote, position, own] = number;
  assert.deepEqual([quote.type, quote.exact], ["TextQuoteSelector", "陈立群"]);
  assert.equal(NEWS.slice(position.start, position.end), "陈立群");
  assert.ok(quote.prefix.endsWith("副市长") && quote.suffix.startsWith("在会上"));
  assert.equal(own.version, await page.evaluate(() => window.annotated.textViewVersion));
  await context.close();
});

test("whatever a reader selects is described: whole paragraphs, across blocks, beyond the text", async () => {
  const { page, context } = await tab();
  const quotes = await page.evaluate(async () => {
    await window.write(["陈立群说。", "林青说。"]);
    const [first, second] = window.root.children;
    const of = (start, from, end, to) => {
      const range = document.createRange();
      range.setStart(start, from);
      range.setEnd(end, to);
      return window.annotated.describe(range)[0].exact;
    };
    return [
      of(first, 0, second, 0),
      of(window.root, 1, window.root, 2),
      of(first, 0, second, 1),
      of(document.body, 0, document.body, document.body.childNodes.length),
    ];
  });
  assert.deepEqual(quotes, ["陈立群说。", "林青说。", "陈立群说。\n\n林青说。", "陈立群说。\n\n林青说。"]);
  await context.close();
});

test("nothing is described where there is nothing", async () => {
  const { page, context } = await tab();
  const codes = await page.evaluate(() => {
    const nowhere = document.createElement("p");
    const empty = document.createRange();
    empty.selectNode(nowhere.appendChild(new Text("坏")));
    const all = [99, { start: 5, end: 5 }, { start: 7, end: 2 }, empty];
    return all.map((what) => window.outcome(() => window.annotated.describe(what)).code);
  });
  assert.deepEqual(codes, Array(4).fill("ANCHOR_EMPTY"));
  await context.close();
});

test("selectors of others are matched by their quote, and what is none is refused", async () => {
  const { page, context } = await tab();
  const quote = { type: "TextQuoteSelector", exact: "陈立群" };
  const own = { type: "mingzhu:TextViewSelector", version: 2, start: 0, end: 2, text: "0".repeat(16) };
  const match = (selectors) =>
    page.evaluate((selectors) => {
      const { range, code, hint, orphan } = window.outcome(() => window.annotated.match(selectors));
      return { found: range?.toString(), code, hint: Boolean(hint), orphan };
    }, selectors);
  const fine = [quote, [quote], [{ type: "XPathSelector", value: "/p" }, quote], { ...quote, prefix: "长", suffix: "在" }];
  for (const selectors of fine) assert.equal((await match(selectors)).found, "陈立群", JSON.stringify(selectors));
  for (const selectors of [
    null, 7, "陈立群", {}, [], [null], [own], [{ type: "TextPositionSelector", start: 0, end: 3 }],
    { type: "TextQuoteSelector" }, { ...quote, exact: 7 }, { ...quote, prefix: {} },
    [quote, { ...own, text: "x" }], [quote, { ...own, start: -1 }], [quote, { ...own, start: 2 ** 32 }],
    [quote, { ...own, block: {} }], [quote, { ...own, block: null }], [quote, { ...own, rival: 0.5 }],
  ]) {
    const { code, hint } = await match(selectors);
    assert.deepEqual([code, hint], ["ANCHOR_INVALID", true], JSON.stringify(selectors));
  }
  for (const exact of ["", "陈力群", "坏".repeat(100_000), "\ud83d"]) {
    assert.equal((await match({ ...quote, exact })).orphan, "absent");
  }
  assert.equal((await match({ ...quote, prefix: "坏".repeat(1_000_000) })).orphan, "changed");
  await context.close();
});
