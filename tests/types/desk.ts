// The desk: each property, method and event once.

import {
  type Action,
  type Answer,
  type Conflict,
  type Decision,
  type DeskEvents,
  type ExportFormat,
  type Finding,
  type FindingKey,
  type Log,
  type Mark,
  MingzhuDeskElement,
  type Note,
  type Orphan,
  type Span,
  type Story,
  type StoryInput,
} from "mingzhu-desk/desk";
import type { Kind, Term } from "mingzhu-desk";
import type { Selector } from "mingzhu-desk/page";

const desk: MingzhuDeskElement = document.createElement("mingzhu-desk");
const input: StoryInput = { id: "1", title: "会议", text: "…", date: "2026-03-05", url: "https://news.example/1", publisher: "云泽日报" };
await desk.ready;
await desk.open(input);
const story: Story | undefined = desk.story;
const stories: readonly Story[] = desk.stories;
const about: (string | number | undefined)[] = stories.flatMap(({ id, title, text, date, url, publisher, opened }) => [
  id, title, text, date, url, publisher, opened,
]);

for (const mark of desk.marks) {
  const { start, end, kind, state, score, mention, subject, entity, office, notes, decisions, holding, conflicts }: Mark = mark;
  const numbers: (number | undefined)[] = [start, end, score, mention, subject.start, subject.end];
  const words: (string | undefined)[] = [entity?.name, entity?.id, office?.title, office?.body, ...(decisions ?? []), ...(holding ?? []), ...(conflicts ?? [])];
  const open: boolean = state === "open" || state === "confirmed" || state === "rejected" || state === "changed" || state === "added";
  const named: Kind = kind;
  const isPublic: boolean | undefined = office?.public;
  for (const { decision, author, time, text, span } of (notes ?? []) satisfies Note[]) console.log(decision, author, time, text, span);
  console.log(numbers, words, open, named, isPublic);
}
for (const { rule, spans, found, expected, row, severity, confidence, evidence } of desk.findings satisfies readonly Finding[]) {
  const places: Span[] = [...spans, ...evidence];
  console.log(rule, places, found, expected, severity, confidence, row?.line, row?.name, row?.body, row?.title, row?.from, row?.to);
}

for (const answer of desk.answers satisfies readonly Answer[]) {
  const { finding, rule, found, expected, span, verdict, author, time, reason, decisions, holding, conflict } = answer;
  const wrong: boolean = verdict === "accepted" || verdict !== "dismissed";
  console.log(finding, rule, found, expected, span?.start, wrong, author, time, reason, decisions, holding, conflict);
}

const target: Selector[] = [{ type: "TextQuoteSelector", exact: "陈立群" } as Selector];
const finding: FindingKey = { rule: "name-near", found: "陈立裙", expected: "陈立群", also: [target] };
const actions: Action[] = [
  { type: "accept", finding },
  { type: "dismiss", finding },
  { type: "confirm" },
  { type: "reject" },
  { type: "kind", kind: "official" },
  { type: "add", kind: "place" },
  { type: "span", to: target },
  { type: "entity", name: "陈立群", id: "https://id.example/1" },
  { type: "office", title: "副市长", body: "云泽市人民政府", public: true },
  { type: "note", text: "问过" },
  { type: "undo", decision: "1" },
];
const decisions: Decision[] = actions.map((action, index) => ({
  id: String(index), author: "张三", time: new Date().toISOString(), target, kind: "person", action, reason: "名册", replaces: [],
}));
const log: Log = { version: 1, decisions: [...desk.decisions, ...decisions] };
const { decisions: taken, orphans } = await desk.importFrom(JSON.stringify(log), "list.json");
const lost: Orphan = { decision: "1", why: "absent" };
const conflict: Conflict = { start: 0, end: 1, aspect: "kind", decisions: ["1", "2"] };

await desk.useRoster("name,title\n陈立群,副市长\n", "list.csv");
await desk.useRoster(undefined);
const formats: ExportFormat[] = ["story", "annotations", "claims", "table", "report", "terms"];
const files: string[] = await Promise.all(formats.map((format) => desk.exportAs(format)));
const terms: Term[] = desk.terms();
await desk.saved();

desk.addEventListener("mingzhu-decision", ({ detail }: DeskEvents["mingzhu-decision"]) => console.log(detail.story, detail.decision.id));
desk.addEventListener("mingzhu-desk-ready", (event: DeskEvents["mingzhu-desk-ready"]) => console.log(event.type));
console.log(story, about, taken, orphans, lost, conflict, files, terms, desk instanceof MingzhuDeskElement);
