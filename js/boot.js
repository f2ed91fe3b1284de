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
  /** @param {Element} tag */
  const begin = (tag) => {
    // A classic script of another origin has no address that `import` could start from.
    const base = /** @type {HTMLScriptElement} */ (tag).src || document.baseURI;
    const selector = tag.getAttribute("data-root");
    const find = () => {
      const fallback = ["article", "main", "body"].find((name) => document.querySelector(name));
      try {
        return document.querySelectorAll(selector ?? String(fallback));
      } catch (cause) {
        throw failure("SELECTOR_INVALID", `data-root is no selector: ${selector}`, "give a CSS selector, such as article", cause);
      }
    };
    /** @param {string} name */
    const load = (name) =>
      import(new URL(name, base).href).catch((cause) => {
        throw failure("ASSET_UNREACHABLE", `${name} could not be loaded`, "check the network and the CSP directive script-src", cause);
      });
    const options = async () => {
      const { optionsOf } = await load("element.js");
      const written = document.querySelector("script[type='application/json'][data-mingzhu]")?.textContent;
      try {
        return { ...optionsOf(tag), ...(written ? JSON.parse(written) : {}) };
      } catch (cause) {
        throw failure("OPTION_INVALID", `the options are no JSON: ${/** @type {Error} */ (cause).message}`, "write an object in the script with data-mingzhu", cause);
      }
    };
    /**
     * One for all the roots of a tag. What fails may be tried again.
     *
     * @type {Promise<any> | undefined}
     */
    let annotator;
    let using = 0;

    /** Nobody has it any more. */
    const release = () => {
      if (using > 0) return;
      annotator?.then((loaded) => loaded.dispose(), () => {});
      annotator = undefined;
    };

    /**
     * @param {Element} root
     * @param {AbortSignal} [signal]
     */
    const run = async (root, signal) => {
      using++;
      // A root that only moves is annotated again in the same turn.
      signal?.addEventListener("abort", () => (using--, setTimeout(release)), { once: true });
      try {
        const [{ createAnnotator, loadAnnotator }, wanted] = await Promise.all([load("page.js"), options()]);
        const onWarning = (/** @type {unknown} */ warning) => warn(root, warning);
        annotator ??= loadAnnotator({ ...wanted, onWarning }).catch((/** @type {unknown} */ error) => {
          annotator = undefined;
          throw error;
        });
        await createAnnotator(root, { ...wanted, annotator, signal });
      } catch (error) {
        if (!signal?.aborted) report(root, error);
      }
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

    const start = async () => {
      try {
        if (!tag.hasAttribute("data-observe")) return find().forEach((root) => wait(root));
        const { follow } = await load("follow.js");
        follow(String(selector), find, wait);
      } catch (error) {
        report(document, error);
      }
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
    else start();
  };

  /**
   * The library's errors before there is a library.
   *
   * @param {string} code
   * @param {string} message
   * @param {string} hint
   * @param {unknown} cause
   */
  const failure = (code, message, hint, cause) => Object.assign(new Error(message, { cause }), { code, hint });

  /**
   * @param {EventTarget} target
   * @param {string} name
   * @param {object} detail
   * @returns {boolean} whether nobody has said that it is heard
   */
  const tell = (target, name, detail) =>
    target.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }));

  /** @param {any} problem */
  const worded = ({ message, code, hint }) => `mingzhu: ${message}${code ? ` (${code}). ${hint}` : ""}`;

  /**
   * @param {EventTarget} target
   * @param {unknown} warning
   */
  const warn = (target, warning) => {
    if (tell(target, "mingzhu-warning", { warning })) console.warn(worded(warning));
  };

  /**
   * @param {EventTarget} target
   * @param {any} error
   */
  const report = (target, error) => {
    // Those of the library itself have been told of.
    if (error.name !== "MingzhuError") tell(target, "mingzhu-error", { error });
    console.error(worded(error));
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

  // A module has no currentScript, and runs once for all the tags that name it.
  const modules = [.../** @type {NodeListOf<HTMLScriptElement>} */ (document.querySelectorAll("script[type=module][src]"))];
  const ours = modules.filter(({ src }) => new URL(src).pathname.endsWith("/boot.js"));
  const tags = document.currentScript ? [document.currentScript] : ours;
  for (const tag of tags.length > 0 ? tags : [document.documentElement]) begin(tag);
}
