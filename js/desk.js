/**
 * The fact-checker's desk, as an element: `<mingzhu-desk></mingzhu-desk>`.
 *
 * @example
 * import "mingzhu-desk/desk";
 * const desk = document.querySelector("mingzhu-desk");
 * await desk.open({ title: "全市教育工作会议召开", text: "…", date: "2026-03-05" });
 */

export { MingzhuDeskElement } from "./desk/element.js";
