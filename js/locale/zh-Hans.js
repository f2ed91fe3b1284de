/** @type {import("./locale.js").Locale} */
export default {
  language: "zh-Hans",
  official: "官员",
  person: "人物",
  place: "地点",
  organization: "机构",
  legend: "标注类别",
  found: "已标注：官员 {official}，人物 {person}，地点 {place}，机构 {organization}。",
  once: "文中出现一次",
  times: "文中出现 {count} 次，这是第 {at} 次",
  previous: "上一处",
  next: "下一处",
  close: "关闭",
  "previous-mention": "上一处标注",
  "next-mention": "下一处标注",
};
