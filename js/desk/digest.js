/**
 * Tells decisions apart that bear one id.
 */

/**
 * A number for what a value says, in whatever order its keys stand. It keeps accidents apart; whoever forges one
 * gains nothing, since what is known already is not taken in.
 *
 * @param {unknown} value
 */
export function digest(value) {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  const words = JSON.stringify(value, sorted);
  for (let at = 0; at < words.length; at += 1) {
    const unit = words.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

/**
 * @param {string} _
 * @param {unknown} value
 */
function sorted(_, value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** @param {import("./records.js").Decision} decision */
export function keyOf(decision) {
  return `${decision.id} ${digest(decision)}`;
}
