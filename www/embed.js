/** The embedding page: the element, and a feed that grows, with cards of the page's own. */

import "./pkg/element.js";
import { createAnnotator, loadAnnotator } from "./pkg/page.js";

const FEED = [
  "副市长陈立群出席签约仪式,绍兴市商务局与青禾科技有限公司签订协议。",
  "日前,市教育局局长周怀远到诸暨市走访学校,听取教师沈知白的意见。",
  "绍兴市人民医院院长罗景行表示,新院区年内启用。",
];

const feed = /** @type {HTMLElement} */ (document.getElementById("feed"));
const more = /** @type {HTMLButtonElement} */ (document.getElementById("more"));

more.addEventListener("click", () => {
  const text = FEED.shift();
  if (text) feed.append(Object.assign(document.createElement("p"), { textContent: text }));
  more.disabled = FEED.length === 0;
});

createAnnotator(feed, {
  annotator: loadAnnotator(),
  observe: true,
  card(entity) {
    if (entity.kind !== "official") return undefined;
    const own = document.createElement("div");
    const name = Object.assign(document.createElement("strong"), { textContent: entity.name });
    const link = Object.assign(document.createElement("a"), { href: "#feed", textContent: `本站关于${entity.name}的报道` });
    own.className = "own-card";
    own.append(name, link);
    return own;
  },
}).catch((error) => console.error(error));
