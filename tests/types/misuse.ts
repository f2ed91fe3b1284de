// What must not compile.

import { Annotator, Article, type Entry, type Term } from "mingzhu";
import { type PageOptions, PageAnnotator, createAnnotator, loadAnnotator } from "mingzhu/page";

declare const annotator: Annotator;
declare const article: Article;
declare const page: PageAnnotator;
declare const root: HTMLElement;

// @ts-expect-error one is loaded
new Annotator();
// @ts-expect-error one comes out of annotate
new Article();
// @ts-expect-error one is made by createAnnotator
new PageAnnotator();

// @ts-expect-error there are two models
await Annotator.load({ model: "huge" });
// @ts-expect-error a misspelt option
await Annotator.load({ onprogress() {} });
// @ts-expect-error it compiles the wasm itself
await loadAnnotator({ module: new WebAssembly.Module(new Uint8Array()) });

// @ts-expect-error a text is a string
await annotator.annotate([1, 2]);
// @ts-expect-error a part has two ends
await annotator.annotate("", { part: { start: 0 } });
// @ts-expect-error a score is a number
await annotator.annotate("", { minScore: "0.5" });
// @ts-expect-error a day is written as one
await annotator.annotate("", { context: { date: new Date() } });

// @ts-expect-error there is no such kind
const boss: Term = { text: "林青", kind: "boss" };
// @ts-expect-error a code is a number
const division: Entry = { name: "滨州市", code: "3716" };
// @ts-expect-error several are added
await annotator.addTerms(boss);
console.log(division);

// @ts-expect-error an article is read, not written
article.date = "2026-03-05";
// @ts-expect-error and so are its lists
article.mentions.push();
// @ts-expect-error there may be no such mention
console.log(article.mentions[0].start);
// @ts-expect-error a place may have no division
console.log(article.entities[0]?.division.code);

// @ts-expect-error an element is annotated, not what finds one
await createAnnotator("article");
// @ts-expect-error it is the page that is warned
const options: PageOptions = { onWarning() {} };
// @ts-expect-error there is no such way to paint
await createAnnotator(root, { ...options, render: "canvas" });
// @ts-expect-error words of one's own are all of them
await createAnnotator(root, { locale: { language: "yue" } });
// @ts-expect-error a card is a node
await createAnnotator(root, { card: () => "<b>林青</b>" });
// @ts-expect-error nothing else is shown or hidden
page.setFilter({ names: ["林青"] });
// @ts-expect-error a quote has words
page.match({ type: "TextQuoteSelector", prefix: "副市长" } satisfies import("mingzhu/page").TextQuoteSelector);
// @ts-expect-error it may be nowhere
console.log(page.match([]).range.toString());
// @ts-expect-error an error has no article
root.addEventListener("mingzhu-error", ({ detail }) => detail.article);
