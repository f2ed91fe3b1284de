// What pieces of code in the documents may speak of without having made it: in Node and in a page.

/** Chinese, with somebody in office in it. */
export const NEWS = "云泽日报讯(记者苏文漪 报道)3月18日,绍兴市教育工作会议召开。副市长陈立群在会上发言。";

/** A list of divisions and bodies that a piece fetches. */
export const GAZETTEER = "name,forms,code\n滨州经济技术开发区,滨州经开区,371671\n";

/** Modules, run first, that fill the global scope: a piece's own names come before. */
export const IN_NODE = `
  import { Annotator } from "mingzhu";
  const annotator = await Annotator.load();
  Object.assign(globalThis, { Annotator, annotator, text: ${JSON.stringify(NEWS)} });
`;

/** With `page` where the piece has not made its own. */
export const inPage = (/** @type {string} */ code) => `
  import { Annotator } from "mingzhu";
  import { createAnnotator, loadAnnotator } from "mingzhu/page";
  const root = document.querySelector("article");
  const annotator = await loadAnnotator();
  const page = ${/\bpage\b/.test(code) && !/createAnnotator/.test(code)} ? await createAnnotator(root, { annotator }) : undefined;
  Object.assign(globalThis, { Annotator, createAnnotator, annotator, page, root, text: ${JSON.stringify(NEWS)} });
`;

/** The same for the type checker. */
export const TYPES = `
  import type { Annotator as A } from "mingzhu";
  import type { PageAnnotator, createAnnotator as create } from "mingzhu/page";
  declare global {
    const Annotator: typeof A;
    const annotator: A;
    const createAnnotator: typeof create;
    const page: PageAnnotator;
    const root: Element;
    const text: string;
    const process: { stdout: { write(text: string): void } };
    const chrome: { runtime: { getURL(path: string): string } };
  }
`;
