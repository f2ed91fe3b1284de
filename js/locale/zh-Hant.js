/** @type {import("./locale.js").Locale} */
export default {
  language: "zh-Hant",
  official: "官員",
  person: "人物",
  place: "地點",
  organization: "機構",
  legend: "標註類別",
  found: "已標註：官員 {official}，人物 {person}，地點 {place}，機構 {organization}。",
  once: "文中出現一次",
  times: "文中出現 {count} 次，這是第 {at} 次",
  previous: "上一處",
  next: "下一處",
  close: "關閉",
  "previous-mention": "上一處標註",
  "next-mention": "下一處標註",
};
