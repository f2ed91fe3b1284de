/**
 * For sites that show another page without loading one, by Turbo or a router of their own: whatever a selector
 * names is annotated when it comes, and let go when it has left.
 */

/** What is followed on this page already, also by a tag that Turbo has run again. */
const FOLLOWED = Symbol.for("mingzhu.followed");

/**
 * @param {string} name what is followed; once is enough
 * @param {() => Iterable<Element>} find
 * @param {(root: Element, signal: AbortSignal) => void} annotate the signal says that the root has left
 */
export function follow(name, find, annotate) {
  /** @type {Set<string>} */
  const followed = (/** @type {any} */ (document)[FOLLOWED] ??= new Set());
  if (followed.has(name)) return;
  followed.add(name);
  /** @type {Map<Element, AbortController>} */
  const known = new Map();
  /**
   * What was taken from the document of late: our ranges in it are void, though it may be back.
   *
   * @type {Set<Node>}
   */
  const taken = new Set();
  const look = () => {
    const roots = new Set(find());
    const stays = (/** @type {Element} */ root) => roots.has(root) && ![...taken].some((node) => Node.prototype.contains.call(node, root));
    for (const [root, left] of known) {
      if (stays(root)) continue;
      known.delete(root);
      left.abort();
    }
    taken.clear();
    for (const root of roots) {
      if (known.has(root)) continue;
      const left = new AbortController();
      known.set(root, left);
      annotate(root, left.signal);
    }
  };
  let waits = false;
  const observer = new MutationObserver((records) => {
    // Most of what a page takes away holds nothing.
    for (const { removedNodes } of records) removedNodes.forEach((node) => node.firstChild && taken.add(node));
    if (waits) return;
    waits = true;
    // What is moved leaves and comes in one turn.
    setTimeout(() => ((waits = false), look()));
  });
  observer.observe(document, { childList: true, subtree: true });
  look();
}
