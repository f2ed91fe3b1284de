/** The desk's page: the desk itself is the library's. */

import "../pkg/desk.js";

const desk = document.querySelector("mingzhu-desk");

/** The newspaper's page, read as it stands there. */
document.querySelector("#sample").addEventListener("click", async () => {
  const page = await (await fetch("../index.html")).text();
  // A policy of trusted types lets nothing else make a document of text.
  const policy = globalThis.trustedTypes?.createPolicy?.("mingzhu-desk-sample", { createHTML: (text) => text });
  const parsed = new DOMParser().parseFromString(policy ? policy.createHTML(page) : page, "text/html");
  const blocks = parsed.querySelectorAll("#edition h2, #edition h3, #edition p, #edition li");
  const text = [...blocks].map((block) => block.textContent.trim()).join("\n\n");
  await desk.open({ id: "sample-binzhou-daily", title: "滨州日报 2024年3月", text, date: "2024-03-20", publisher: "滨州日报" });
  // Who has pressed the button goes on with the keys.
  desk.focus();
});

/** A roster with people of that page, of which one is listed with another title and one with another character. */
document.querySelector("#sample-roster").addEventListener("click", async () => {
  const rows = [
    "name,body,title,rank,from,to",
    "穆杰,滨州市人民政府,市委常委、常务副市长,2,2023-01,",
    "杜玉洁,滨州市人民政府,副市长,5,2022-02,",
    "李建磊,山东航空学院信息工程学院,院长,,2021,",
  ];
  await desk.useRoster(rows.join("\n"), "示例名册.csv");
  desk.focus();
});
