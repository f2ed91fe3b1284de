// The annotator without a page: each function, option and property once, with the type it has.

import {
  type AddedEntries,
  type AddedTerms,
  type AnnotateOptions,
  Annotator,
  type Context,
  type Entry,
  type ErrorCode,
  type LoadOptions,
  MingzhuError,
  type Progress,
  type Term,
  type Token,
  type Tokens,
  forget,
} from "mingzhu";

const { signal } = new AbortController();

const loading: LoadOptions = {
  signal,
  onProgress({ loaded, total, file }: Progress) {
    const share: number = loaded / (total ?? Infinity);
    console.log(`${file.toUpperCase()} ${share.toFixed(2)}`);
  },
  onWarning: (warning: MingzhuError) => console.log(warning.message),
  baseUrl: "/mingzhu/",
  workerUrl: new URL("https://example.org/worker.js"),
  mode: "auto",
  model: "large",
  keep: false,
  module: WebAssembly.compile(new Uint8Array()),
};

const annotator: Annotator = await Annotator.load(loading);
const where: "worker" | "main" = annotator.mode;
console.log(where, await Annotator.load());

const context: Context = { place: 3716, publisher: "滨州日报", url: new URL("https://example.org/"), date: "2026-03-05" };
const options: AnnotateOptions = { signal, context, resolve: false, minScore: 0.5, part: { start: 0, end: 100 } };
await annotator.annotate("滨州市副市长陈立群出席会议。", options);

const person: Term = { text: "林青", kind: "official" };
const terms: AddedTerms = await annotator.addTerms(new Set([person]), { signal });
const count: number = terms.size;
await terms.remove();

const body: Entry = { name: "滨州经济技术开发区", forms: ["滨州经开区"], code: null };
const entries: AddedEntries = await annotator.addEntries([body], { signal });
console.log(count + entries.size);
await entries.remove();
await annotator.addEntries("name,forms,code\n滨州经济技术开发区,滨州经开区,\n");

await annotator.loadTownships({ signal });

const words: Tokens = await annotator.segment("陈立群出席会议。", { signal });
const last: Token | undefined = words.at(words.length - 1);
for (const { start, end, tag } of words) console.log(start + end, tag.length);
console.log(last?.tag);

try {
  await annotator.annotate("");
} catch (error) {
  if (!(error instanceof MingzhuError)) throw error;
  const code: ErrorCode | (string & {}) = error.code;
  const [index, line, column]: (number | undefined)[] = [error.index, error.line, error.column];
  const again = new MingzhuError(code, error.message, { hint: error.hint, cause: error.cause, index: 0, line: 1, column: 2 });
  console.log(index, line, column, again.stack);
}

annotator.dispose();
const forgotten: void = await forget();
console.log(forgotten);

// What is disposed of at the end of its block.
{
  using here = await Annotator.load();
  await using there = await Annotator.load();
  await using added = await there.addTerms([]);
  await using known = await there.addEntries([]);
  console.log(here, added, known);
}
