// A page: each function, option, event and property once.

import { Annotator, type Article, type Entity, type Kind, type Mention } from "mingzhu";
import {
  type CardMaker,
  type Filter,
  type Match,
  type MentionDetail,
  MingzhuError,
  type MingzhuEvents,
  type PageAnnotator,
  type PageOptions,
  type Selector,
  type TextPositionSelector,
  type TextQuoteSelector,
  type TextViewOptions,
  type TextViewSelector,
  createAnnotator,
  loadAnnotator,
  textOf,
} from "mingzhu/page";
import type { Locale } from "mingzhu/locale/en";

declare const root: HTMLElement;
declare const words: Locale;
const { signal } = new AbortController();

const reading: TextViewOptions = {
  exclude: ".byline",
  include: "p",
  ariaHidden: false,
  editable: true,
  foreign: true,
  shadow: true,
  frames: true,
};
const text: string = await textOf(root, { ...reading, baseUrl: "/mingzhu/" });

const card: CardMaker = (entity: Entity, mention: Mention) => {
  if (mention.score < 0.5) return undefined;
  return entity.kind === "place" ? null : new Text(entity.name);
};

const shared: Annotator = await loadAnnotator({ signal, model: "large" });

const options: PageOptions = {
  ...reading,
  annotator: shared,
  locale: words,
  legend: document.createElement("div"),
  index: document.createElement("div"),
  card,
  render: "element",
  observe: true,
  minScore: 0.5,
  context: { place: "滨州市" },
  resolve: false,
  ground: "dark",
  kinds: ["official"],
  signal,
  onProgress: ({ loaded }) => console.log(loaded),
  baseUrl: new URL("https://example.org/"),
  workerUrl: "/worker.js",
  mode: "worker",
  model: "core",
};
await createAnnotator(root, { annotator: Annotator.load(), locale: "zh-Hant", card: false, render: "highlights" });
const page: PageAnnotator = await createAnnotator(root, options);

const article: Article | undefined = page.article;
const mention: Mention | undefined = page.mentions[0];
const entity: Entity | undefined = page.entities[0];
const rules: number = page.textViewVersion;
console.log(text.length, article?.length, mention?.start, entity?.name, rules);

const range: Range | undefined = page.rangeOf(0, 3);
const offset: number | undefined = page.offsetOf(root, 0);
const selectors: Selector[] = page.describe(0).concat(page.describe({ start: 0, end: 3 }), range ? page.describe(range) : []);
console.log(offset);

const quote: TextQuoteSelector = { type: "TextQuoteSelector", exact: "陈立群", prefix: "副市长", suffix: "出席" };
const position: TextPositionSelector = { type: "TextPositionSelector", start: 0, end: 3 };
const view: TextViewSelector = {
  type: "mingzhu:TextViewSelector",
  version: rules,
  start: 0,
  end: 3,
  text: "5d41402a",
  block: { hash: "7d793037", start: 0 },
  rival: 2,
};
const matches: Match[] = [page.match(quote), page.match([quote, position, view]), page.match(selectors)];
for (const match of matches) {
  if (match.orphan) {
    const why: "absent" | "changed" | "ambiguous" = match.orphan;
    console.log(why);
  } else {
    const by: "text" | "block" | "quote" = match.by;
    console.log(by, match.range.toString(), match.end - match.start);
  }
}

const scanned: Article = await page.scan({ signal });
page.observe({ signal });
const filter: Filter = { kinds: ["official", "person"], minScore: 0.8 };
page.setFilter(filter);
const moved: boolean = page.focus(0) || page.next() || page.next(0) || page.previous() || page.previous(0);
const under: number | undefined = page.mentionAt(10, 10);
console.log(scanned.unit, moved, under);

root.addEventListener("mingzhu-ready", ({ detail }) => detail.annotator.focus(0));
root.addEventListener("mingzhu-scan", ({ detail: { article, text, textViewVersion } }) =>
  console.log(article.mentions.map(({ start, end }) => text.slice(start, end)), textViewVersion.toFixed()),
);
const names = ({ detail }: CustomEvent<MentionDetail>) => {
  const kind: Kind = detail.kind;
  console.log(detail.mention + detail.entity, kind, detail.name.length);
};
root.addEventListener("mingzhu-enter", names);
root.addEventListener("mingzhu-leave", names);
root.addEventListener("mingzhu-activate", names);
root.addEventListener("mingzhu-change", ({ detail: { kinds, minScore } }) => console.log(kinds.includes("person"), minScore + 1));
root.addEventListener("mingzhu-warning", (event) => {
  event.preventDefault();
  const warning: MingzhuError = event.detail.warning;
  console.log(warning.code);
});
root.addEventListener("mingzhu-error", ({ detail: { error } }) => console.log(error instanceof MingzhuError && error.hint));
const failed = (event: MingzhuEvents["mingzhu-error"]) => event.detail.error.code;
console.log(failed);

page.dispose();
await page.disposed();

// What is disposed of at the end of its block.
{
  using now = await createAnnotator(root);
  await using later = await createAnnotator(root);
  console.log(now, later);
}
