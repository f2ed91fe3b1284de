import type { Explanation } from "../explain.js";

/** By the error's code. */
declare const explanations: Readonly<Record<string, Explanation>>;
export default explanations;
