/**
 * What a check has found, and what humans say to it: the list, and what the story underlines.
 */

import { filled, node, present } from "./nodes.js";

/**
 * @typedef {import("./records.js").Answer} Answer
 * @typedef {import("./records.js").Finding} Finding
 * @typedef {import("./records.js").Span} Span
 * @typedef {import("./session.js").Session} Session
 * @typedef {import("./words.js").Words} Words
 *
 * @typedef {"accept" | "dismiss"} Said
 *
 * @typedef {object} Spot a stretch of the story that is underlined
 * @property {number} start
 * @property {number} end
 * @property {"error" | "warning" | "notice" | "shown"} severity
 * @property {string} says why
 * @property {number | undefined} finding its index
 * @property {boolean} hand whether it is at hand
 *
 * @typedef {object} Acts what is done about what is pressed
 * @property {(index: number) => void} visit goes to a finding
 * @property {(index: number, said: Said) => void} answer says something, or takes it back where it is said already
 * @property {(span: Span) => void} go
 */

/** What each button says, and what a finding is then. */
const VERDICTS = /** @type {const} */ ([["accept", "accepted"], ["dismiss", "dismissed"]]);

/**
 * What a finding says, in words.
 *
 * @param {Words} words
 * @param {{ rule: string, expected: string, found: string }} finding
 */
export function says(words, { rule, found, expected }) {
  return filled(words[`rule-${rule}`] ?? words["rule-other"], { found, expected });
}

/**
 * What tells a finding from the others of a check.
 *
 * @param {Finding} finding
 */
export function keyOf({ rule, found, expected, spans: [first] }) {
  return JSON.stringify([rule, found, expected, first.start]);
}

/**
 * Those that nobody has answered yet, by their indexes.
 *
 * @param {Session} session
 */
export function open(session) {
  return [...session.findings.keys()].filter((index) => session.answerOf(index) === undefined);
}

/**
 * The next one that waits for an answer, from the top again after the last.
 *
 * @param {Session} session
 * @param {number} from an index, -1 for none
 */
export function nextOpen(session, from) {
  const waiting = open(session);
  return waiting.find((index) => index > from) ?? waiting[0];
}

/**
 * What the story underlines. What somebody has found right is no doubt any more.
 *
 * @param {Words} words
 * @param {Session} session
 * @param {number | undefined} hand the finding at hand
 * @returns {Spot[]}
 */
export function spots(words, session, hand) {
  return session.findings.flatMap((finding, index) => {
    const dismissed = session.answerOf(index)?.verdict === "dismissed";
    if (dismissed && index !== hand) return [];
    const reason = `${words[`severity-${finding.severity}`]}：${says(words, finding)}`;
    return finding.spans.map(({ start, end }) => ({
      start, end, severity: dismissed ? /** @type {const} */ ("shown") : finding.severity, says: reason, finding: index, hand: index === hand,
    }));
  });
}

/**
 * The finding at hand, with what its keys do as buttons.
 *
 * @param {Words} words
 * @param {Session} session
 * @param {number} index
 * @param {(said: Said) => void} run
 */
export function findingCard(words, session, index, run) {
  const finding = session.findings[index];
  const answer = session.answerOf(index);
  return node(
    "div", { class: "detail finding", "data-severity": finding.severity },
    node("h2", {}, `${words.finding}：${finding.found} `, node("span", { class: "state" }, words[`finding-${answer?.verdict ?? "open"}`])),
    node("p", { class: "says" }, says(words, finding)),
    finding.row && node("p", { class: "title" }, listed(words, finding.row)),
    node("div", { class: "decide" }, ...VERDICTS.map(([what]) => node("button", { type: "button", click: () => run(what) }, words[what]))),
  );
}

/**
 * The roster's row that a finding rests on.
 *
 * @param {Words} words
 * @param {NonNullable<Finding["row"]>} row
 */
function listed(words, { line, name, body, title, from, to }) {
  const days = from || to ? `${from ?? ""}–${to ?? ""}` : "";
  return filled(words["roster-row"], { line }) + present([name, body, title, days]).join("，");
}

/**
 * The tab: each finding with its buttons, and under them what was said of things that are found no more.
 *
 * @param {Words} words
 * @param {Session} session
 * @param {number | undefined} hand the finding at hand
 * @param {string} roster what is said of the roster
 * @param {Acts} acts
 */
export function findingsTab(words, session, hand, roster, acts) {
  const rows = session.findings.map((finding, index) => row(words, finding, index, session.answerOf(index), index === hand, acts));
  const past = session.answers.filter(({ finding }) => finding === undefined);
  const waiting = open(session).length;
  return node(
    "div", {},
    node("p", { class: "told" }, roster),
    rows.length > 0 && node("p", { class: "told" }, filled(words["findings-open"], { open: waiting, count: rows.length })),
    rows.length > 0 ? node("ul", { class: "rows findings" }, ...rows) : node("p", { class: "none" }, words["no-findings"]),
    past.length > 0 && node(
      "section", { class: "past" },
      node("h2", {}, words["findings-past"]),
      node("ul", { class: "rows" }, ...past.map((answer) => pastRow(words, answer, acts))),
    ),
  );
}

/**
 * @param {Words} words
 * @param {Finding} finding
 * @param {number} index
 * @param {Answer | undefined} answer
 * @param {boolean} hand
 * @param {Acts} acts
 */
function row(words, finding, index, answer, hand, { visit, answer: said }) {
  const { severity, found, spans, confidence } = finding;
  const key = keyOf(finding);
  return node(
    "li", { "data-severity": severity, "data-verdict": answer?.verdict, "data-conflict": answer?.conflict, "data-hand": hand },
    node(
      "button", { type: "button", class: "go", "data-key": key, "aria-current": hand && "true", click: () => visit(index) },
      node("span", { class: "name" }, words[`severity-${severity}`], " · ", found),
      node("span", { class: "state" }, spans.length > 1 && `${filled(words.places, { count: spans.length })} · `, `${Math.round(100 * confidence)} %`),
      node("span", { class: "says" }, says(words, finding)),
      finding.row && node("span", { class: "title" }, listed(words, finding.row)),
    ),
    node(
      "div", { class: "verdict", role: "group", "aria-label": filled(words["finding-label"], { found }) },
      ...VERDICTS.map(([what, verdict]) => node(
        "button", { type: "button", "data-say": what, "data-key": `${key} ${what}`, "aria-pressed": String(answer?.verdict === verdict), click: () => said(index, what) },
        words[what],
      )),
      answer && node("span", { class: "state" }, present([
        answer.conflict && words.conflict, answer.author, answer.reason,
      ]).join(" · ")),
    ),
  );
}

/**
 * @param {Words} words
 * @param {Answer} answer
 * @param {Acts} acts
 */
function pastRow(words, answer, { go }) {
  const { found, verdict, span, author, reason } = answer;
  const content = [
    node("span", { class: "name" }, found),
    node("span", { class: "state" }, words[`finding-${verdict}`]),
    node("span", { class: "says" }, says(words, answer)),
    node("span", { class: "title" }, present([author, reason, !span && words["finding-gone"]]).join(" · ")),
  ];
  return node("li", { "data-verdict": verdict }, span
    ? node("button", { type: "button", click: () => go(span) }, ...content)
    : node("div", { class: "row" }, ...content));
}
