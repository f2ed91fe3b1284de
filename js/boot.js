/**
 * One tag, classic or module, of any origin:
 *
 *     <script async src="…/mingzhu/boot.js" data-root="article"></script>
 *
 * It is all that a reader loads who never comes near the text. `data-root` is a selector, `article` when left
 * out, else `main`, else the body. `data-when` says when the rest comes: `near`, when a root is less than a
 * window's height away, as it is when left out; `intent`, when the reader first points at, touches or comes to
 * a root; `now`. The other attributes are those of `<mingzhu-annotator>` with `data-` before them, and the
 * options of `createAnnotator` may stand in `<script type="application/json" data-mingzhu>`, which come first.
 *
 * With `data-observe` roots that come later, in the place of one that was shown, are annotated as well, and those
 * that leave are let go. `mingzhu-ready` and `mingzhu-error` tell what comes of it. Nothing is declared: it may stand in a page twice.
 */
if (typeof document === "object") {
  const tag =
    /** @type {Element | null} */ (document.currentScript) ??
    // A module has no currentScript.
    document.querySelector('script[type=module][src*="/boot.js"]') ??
    document.documentElement;

  // A classic script of another origin has no address that `import` could start from.
  const base = /** @type {HTMLScriptElement} */ (tag).src || document.baseURI;
  /** @param {string} name */
  const load = (name) => import(new URL(name, base).href);

  const selector = tag.getAttribute("data-root");
  const find = () => {
    const fallback = ["article", "main", "body"].find((name) => document.querySelector(name));
    return document.querySelectorAll(selector ?? String(fallback));
  };

  const start = async () => {
    if (!tag.hasAttribute("data-observe")) return find().forEach((root) => wait(root));
    const { follow } = await load("follow.js");
    follow(String(selector), find, wait);
  };

  /**
   * @param {Element} root
   * @param {AbortSignal} [signal] says that the root has left
   */
  const wait = (root, signal) => {
    const when = tag.getAttribute("data-when") ?? "near";
    const annotate = () => signal?.aborted || run(root, signal);
    if (when === "intent") onIntent(root, annotate);
    else if (when === "near" && typeof IntersectionObserver === "function") onceNear(root, annotate);
    else annotate();
  };

  /**
   * @param {Element} root
   * @param {AbortSignal} [signal]
   */
  const run = async (root, signal) => {
    try {
      const [{ createAnnotator }, { optionsOf }] = await Promise.all([load("page.js"), load("element.js")]);
      const written = document.querySelector("script[type='application/json'][data-mingzhu]")?.textContent;
      await createAnnotator(root, { ...optionsOf(tag), ...(written ? JSON.parse(written) : {}), signal });
    } catch (error) {
      if (signal?.aborted) return;
      const { code, message, hint } = /** @type {any} */ (error);
      console.error(`mingzhu: ${message}${code ? ` (${code}). ${hint}` : ""}`);
    }
  };

  /**
   * @param {Element} root
   * @param {() => void} annotate
   */
  const onceNear = (root, annotate) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        observer.disconnect();
        annotate();
      },
      { rootMargin: "100% 0px" },
    );
    observer.observe(root);
  };

  /**
   * @param {Element} root
   * @param {() => void} annotate
   */
  const onIntent = (root, annotate) => {
    const ended = new AbortController();
    for (const event of ["pointerenter", "touchstart", "focusin"]) {
      const heard = () => (ended.abort(), annotate());
      root.addEventListener(event, heard, { passive: true, signal: ended.signal });
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
  else start();
}
