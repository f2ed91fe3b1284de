/** An error for people: what has happened, and what can be done about it. */
export interface Explanation {
  message: string;
  hint: string;
}

/** `auto`, when left out, goes by the reader's languages. */
export type ExplainLocale = "auto" | "zh-Hans" | "zh-Hant" | "en";

/**
 * Says an error's code in a language. The words are a file of their own, fetched with the first
 * call. Never rejected: of what has no code of ours, and where the words cannot be had, it gives the
 * error's own message and hint.
 */
export function explain(error: unknown, locale?: ExplainLocale): Promise<Explanation>;
