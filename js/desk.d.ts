import type { Term } from "./mingzhu.js";
import type { Answer, Decision, Finding, Mark, Story } from "./desk/records.js";

export type { Action, Answer, Conflict, Decision, Finding, FindingKey, Log, Mark, Note, Orphan, Span, Story } from "./desk/records.js";

/** A story to open. */
export interface StoryInput {
  /**
   * Tells it from other stories; one that is kept already is opened with what was decided there, and what is left out here
   * stays as it is kept. Else a new one.
   */
  id?: string | undefined;
  title?: string | undefined;
  /** May be left out for a story that is kept. */
  text?: string | undefined;
  /** The day it is of: 2026-03-05. */
  date?: string | undefined;
  url?: string | undefined;
  publisher?: string | undefined;
}

/**
 * The story with all decisions (JSON, to be taken in elsewhere), W3C annotations (JSON-LD), ClaimReview (JSON-LD), marks as
 * CSV, a page to print (HTML), terms for the next story (CSV).
 */
export type ExportFormat = "story" | "annotations" | "claims" | "table" | "report" | "terms";

/** What the desk tells the page. */
export interface DeskEvents {
  "mingzhu-desk-ready": CustomEvent<undefined>;
  /** Something was decided, and will be kept. */
  "mingzhu-decision": CustomEvent<{ story: string; decision: Decision }>;
}

/**
 * `<mingzhu-desk>`: a story with what machine and humans say of it. Defined on import.
 *
 * Attributes: `locale`, `author`, `store` (the name of the database that stories are kept in, or `none`), `story`, `for`
 * (the id of an element whose text is the story), `date`, `publisher`, `ground` (`light` or `dark`), `base-url`,
 * `worker-url`, `mode`, `model`.
 */
export class MingzhuDeskElement extends HTMLElement {
  /** Resolved when the desk can be used; rejected with what keeps it from that. */
  readonly ready: Promise<void>;
  /** The story that is open. */
  readonly story: Story | undefined;
  /** Those that are kept, the newest first. */
  readonly stories: readonly Story[];
  /** What is said of the open story, in the order of its text. */
  readonly marks: readonly Mark[];
  /** What the last check has found. */
  readonly findings: readonly Finding[];
  /** What was said to findings, also to those that are found no more. */
  readonly answers: readonly Answer[];
  /** All decisions on the open story. */
  readonly decisions: readonly Decision[];
  /** Opens a story, which is kept from now on. */
  open(story: StoryInput): Promise<void>;
  /** The open story and what was decided, as the text of a file. */
  exportAs(format: ExportFormat): Promise<string>;
  /**
   * Takes in a story of this desk, which is opened, or annotations of this desk, of Hypothesis or of Recogito; when they
   * cannot be read, nothing is applied. By the name the checker can withdraw them.
   */
  importFrom(text: string, name?: string): Promise<{ decisions: number; orphans: number }>;
  /** Checks stories against a roster (CSV or JSON) from now on; against none without one. */
  useRoster(text: string | undefined, name?: string): Promise<void>;
  /** What was decided, as terms for `Annotator.addTerms`. */
  terms(): Term[];
  /** Resolved when all that was decided is kept; rejected with what keeps it from that. */
  saved(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "mingzhu-desk": MingzhuDeskElement;
  }
  interface HTMLElementEventMap extends DeskEvents {}
}
