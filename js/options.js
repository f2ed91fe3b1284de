/**
 * What is asked for, refused where it makes no sense.
 */

import { MingzhuError } from "./error.js";

/** The models' files by what they are called. */
export const MODELS = { core: "model.mz", large: "model-large.mz" };

/**
 * @param {unknown} model
 * @returns {keyof typeof MODELS}
 */
export function modelOf(model = "core") {
  if (typeof model === "string" && Object.hasOwn(MODELS, model)) return /** @type {keyof typeof MODELS} */ (model);
  throw new MingzhuError("OPTION_INVALID", `there is no model ${JSON.stringify(model)}`, {
    hint: `ask for model ${Object.keys(MODELS).map((name) => `"${name}"`).join(" or ")}`,
  });
}

/**
 * @param {unknown} minScore
 * @returns {number}
 */
export function minScoreOf(minScore = 0) {
  if (typeof minScore === "number" && minScore >= 0 && minScore <= 1) return minScore;
  throw new MingzhuError("OPTION_INVALID", `minScore is a number, not ${String(minScore)}`, {
    hint: "a score is a probability: give minScore as a number from 0 to 1",
  });
}
