import type { Kind } from "../mingzhu.js";
import type { Selector } from "../page.js";

/** A story as it is kept. */
export interface Story {
  id: string;
  title: string;
  text: string;
  /** The day it is of: 2026-03-05. */
  date?: string;
  url?: string;
  publisher?: string;
  /** When it was taken up, in milliseconds. */
  opened: number;
}

/** What a human decided about a place of a story, or about what a check has found there. */
export type Action =
  | { type: "confirm" | "reject" }
  | { type: "kind" | "add"; kind: Kind }
  | { type: "span"; to: Selector[] }
  | { type: "entity"; name: string; id?: string }
  | { type: "office"; title: string; body?: string; public?: boolean }
  | { type: "note"; text: string }
  | { type: "accept" | "dismiss"; finding: FindingKey }
  | { type: "undo"; decision: string }
  | { type: "withdraw"; decisions: string[] };

/** What tells a finding from others. */
export interface FindingKey {
  rule: string;
  found: string;
  expected: string;
  /** Where else it is found; the first place is the decision's target. */
  also?: Selector[][];
}

/** One decision; never changed. */
export interface Decision {
  id: string;
  author: string;
  /** RFC 3339, in UTC. */
  time: string;
  target?: Selector[];
  /** What the place was shown as. */
  kind?: Kind;
  action: Action;
  reason?: string;
  /** The decisions that the author saw there when deciding. */
  replaces?: string[];
}

export interface Log {
  version: 1;
  decisions: Decision[];
}

export interface Span {
  start: number;
  end: number;
}

export interface Note {
  decision: string;
  author: string;
  time: string;
  text: string;
  /** The place, where it is about one that bears no mark. */
  span?: Span;
}

/** A place of the story with what machine and humans say of it. */
export interface Mark extends Span {
  kind: Kind;
  state: "open" | "confirmed" | "rejected" | "changed" | "added" | "covered";
  score?: number;
  /** Its index in the machine's article. */
  mention?: number;
  /** The place it had first: what decisions name. */
  subject: Span;
  entity?: { name: string; id?: string };
  office?: { title: string; body?: string; public?: boolean };
  notes?: Note[];
  decisions?: string[];
  /** Those among them that no later one has replaced. */
  holding?: string[];
  conflicts?: string[];
}

export interface Conflict extends Span {
  aspect: string;
  decisions: string[];
}

export interface Orphan {
  decision: string;
  why: "absent" | "changed" | "ambiguous" | "gone";
}

/** What has changed in the outcome: `marks` stand where `removed` stood, from `from` on. */
export interface Changes {
  from: number;
  removed: number;
  marks: Mark[];
  conflicts: Conflict[];
  orphans: Orphan[];
  notes: Note[];
  answers: Answer[];
  checked: number;
  total: number;
}

/** What a check has found. */
export interface Finding {
  rule: string;
  spans: Span[];
  found: string;
  expected: string;
  row?: { line: number; name?: string; body?: string; title?: string; from?: string; to?: string };
  severity: "error" | "warning" | "notice";
  confidence: number;
  evidence: Span[];
}

/** What humans say to something that a check has found. */
export interface Answer {
  /** Its index among the findings, where the check still finds it. */
  finding?: number;
  rule: string;
  found: string;
  expected: string;
  /** Where it is, or was; none where those words are gone. */
  span?: Span;
  /** An error to be corrected, or right as it stands. */
  verdict: "accepted" | "dismissed";
  author?: string;
  time: string;
  reason?: string;
  decisions: string[];
  /** Those among them that no later one has replaced; the last one shows. */
  holding: string[];
  conflict: boolean;
}

/** What a file held. */
export interface Imported {
  format: "annotations" | "hypothesis" | "recogito" | "log";
  log: Log;
  /** How many annotations are the machine's own. */
  machine: number;
  /** Whether there are more of them in files that this one only names. */
  elsewhere: boolean;
}
