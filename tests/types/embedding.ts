// The element, the tag, the words of the interface, and what is there for bundlers to find.

import type { MingzhuError } from "mingzhu";
import { annotators } from "mingzhu/auto";
import { MingzhuAnnotatorElement, optionsOf, report } from "mingzhu/element";
import en, { type Locale } from "mingzhu/locale/en";
import errors from "mingzhu/locale/errors-en";
import zhHant from "mingzhu/locale/zh-Hant";
import type { PageAnnotator, PageOptions } from "mingzhu/page";
import type {} from "mingzhu/boot";
import { type ExplainLocale, type Explanation, explain } from "mingzhu/explain";
import type {} from "mingzhu/worker";

const pages: PageAnnotator[] = await annotators;
console.log(pages.length);

const element: MingzhuAnnotatorElement = document.createElement("mingzhu-annotator");
const page: PageAnnotator | undefined = element.annotator;
const options: PageOptions = optionsOf(element);
declare const error: MingzhuError;
report(error);
const locale: ExplainLocale = "zh-Hant";
const told: Explanation = await explain(error, locale);
console.log(told.message, told.hint, errors["ABORTED"]);
console.log(page, options, element.isConnected);

const own: Locale = {
  ...zhHant,
  language: "yue",
  official: "官員",
  person: "人物",
  place: "地方",
  organization: "機構",
  "one-official": "官員",
  "one-person": "人物",
  "one-place": "地方",
  "one-organization": "機構",
  legend: "邊個係邊個",
  found: "{official} {person} {place} {organization}",
  once: "一次",
  times: "{at}/{count}",
  refers: "{words}",
  "refers-open": "{words}",
  "status-acting": "署理",
  "status-appointed": "獲任命",
  "status-designate": "候任",
  "status-former": "前任",
  "status-removed": "已免職",
  previous: "上一個",
  next: "下一個",
  close: "閂",
  "previous-mention": "上一處",
  "next-mention": "下一處",
  search: "搵",
  "search-none": "搵唔到",
  "search-found": "{count}",
};
console.log(en.language, own);
