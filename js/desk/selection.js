/**
 * What is selected inside a shadow tree. Each engine tells it in its own way.
 */

/**
 * @param {ShadowRoot} root
 * @returns {StaticRange | Range | undefined} undefined when nothing is selected there
 */
export function selectedIn(root) {
  // Chromium before composed ranges.
  const own = /** @type {{ getSelection?: () => Selection | null }} */ (/** @type {unknown} */ (root)).getSelection?.();
  const selection = own ?? document.getSelection();
  if (!selection || selection.rangeCount === 0) return undefined;
  const range = composed(selection, root) ?? selection.getRangeAt(0);
  const inside = root.contains(range.startContainer) && root.contains(range.endContainer);
  return inside && !range.collapsed ? range : undefined;
}

/**
 * @param {Selection} selection
 * @param {ShadowRoot} root
 */
function composed(selection, root) {
  const get = /** @type {((...roots: any[]) => StaticRange[]) | undefined} */ (/** @type {any} */ (selection).getComposedRanges);
  if (!get) return undefined;
  const [range] = get.call(selection, { shadowRoots: [root] });
  if (range && root.contains(range.startContainer)) return range;
  // WebKit's first form.
  try {
    return get.call(selection, root)[0];
  } catch {
    return undefined;
  }
}
