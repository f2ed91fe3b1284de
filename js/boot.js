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
  /**
   * What it may load: all of it, for the page and for the worker, and what follows roots that come and go.
   * `cargo xtask build` makes one file of each, and says their names and hashes here, with the rules of `paint.css`;
   * as the scripts are written nothing is known, and nothing is checked.
   *
   * @type {{ tag: Script, follow: Script, rules?: string }}
   * @typedef {{ name: string, integrity?: string }} Script
   */
  const BUILT = { tag: { name: "tag.js" }, follow: { name: "follow.js" } };

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
    /** @param {Script} script */
    const load = async ({ name, integrity }) => {
      const url = new URL(name, base);
      try {
        if (integrity) await checked(url, integrity, /** @type {HTMLElement} */ (tag).nonce ?? "");
        return await import(url.href);
      } catch (/** @type {any} */ cause) {
        if (typeof cause.code === "string") throw cause;
        throw failure("ASSET_UNREACHABLE", `${name} could not be loaded`, "check the network and the CSP directive script-src", cause);
      }
    };
    /**
     * Once for all the roots of a tag. What fails may be tried again.
     *
     * @type {Promise<typeof import("./tag.js")> | undefined}
     */
    let library;
    const loaded = () =>
      (library ??= load(BUILT.tag).catch((error) => {
        library = undefined;
        throw error;
      }));
    /** @param {typeof import("./tag.js")["optionsOf"]} optionsOf */
    const options = (optionsOf) => {
      const written = document.querySelector("script[type='application/json'][data-mingzhu]")?.textContent;
      try {
        return { ...optionsOf(tag), ...(written ? JSON.parse(written) : {}) };
      } catch (cause) {
        throw failure("OPTION_INVALID", `the options are no JSON: ${/** @type {Error} */ (cause).message}`, "write an object in the script with data-mingzhu", cause);
      }
    };
    /**
     * The worker's script. Where that is of another origin a worker would have to import it, which nobody checks:
     * so it is made of the text that was checked.
     *
     * @type {Promise<string> | undefined}
     */
    let copy;
    const workerUrl = async () => {
      const { name, integrity } = BUILT.tag;
      if (!integrity) return;
      const url = new URL(name, base);
      if (url.origin === location.origin) return blessed(url.href);
      copy ??= fetch(url, { integrity, cache: "force-cache" })
        .then((response) => response.blob())
        .then((code) => URL.createObjectURL(code.slice(0, code.size, "text/javascript")));
      return blessed(await copy);
    };
    /**
     * One for all the roots of a tag, as is the library.
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
      copy?.then((address) => URL.revokeObjectURL(address), () => {});
      copy = undefined;
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
        const { createAnnotator, loadAnnotator, optionsOf } = await loaded();
        const wanted = options(optionsOf);
        const loading = async () => {
          // Without it the library does as it does elsewhere.
          wanted.workerUrl ??= await workerUrl().catch(() => undefined);
          return loadAnnotator({ ...wanted, onWarning: (/** @type {unknown} */ warning) => warn(root, warning) });
        };
        annotator ??= loading().catch((error) => {
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
        const { follow } = await load(BUILT.follow);
        follow(String(selector), find, wait);
      } catch (error) {
        report(document, error);
      }
    };
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
    else start();
  };

  /**
   * Has the browser fetch a module that is to be imported, and refuse it where it does not hold what it should:
   * what has come by an element, with its `integrity`, is what an import of that address gives.
   *
   * @param {URL} script
   * @param {string} integrity
   * @param {string} nonce
   * @returns {Promise<unknown>}
   */
  const checked = async (script, integrity, nonce) => {
    const element = Object.assign(document.createElement("script"), { type: "module", crossOrigin: "anonymous", integrity, nonce });
    try {
      element.src = blessed(script.href);
    } catch {
      // Where a policy has no place for ours (`trusted-types`), the file is compared before it is imported.
      return fetch(script, { integrity, cache: "force-cache" });
    }
    const came = new Promise((resolve) => {
      element.onload = () => resolve(true);
      element.onerror = () => resolve(false);
    });
    document.head.append(element);
    const whole = await came;
    element.remove();
    if (whole) return;
    const { ok } = await fetch(script);
    if (!ok) throw new Error(`the server has no ${script}`);
    throw failure("ASSET_TAMPERED", `${script} does not hold what this build's file holds`, "serve all files of one build, unchanged");
  };

  const page = /** @type {any} */ (document);

  /** A page may have a policy once, and a tag may be run again: who finds it there (`allowed.js`) runs already. */
  const POLICY = Symbol.for("mingzhu.policy");

  /**
   * An address as `require-trusted-types-for 'script'` wants it.
   *
   * @param {string} href
   */
  const blessed = (href) => {
    page[POLICY] ??= /** @type {any} */ (globalThis).trustedTypes?.createPolicy("mingzhu", { createScriptURL: String });
    return page[POLICY]?.createScriptURL(href) ?? href;
  };

  /**
   * The library's errors before there is a library.
   *
   * @param {string} code
   * @param {string} message
   * @param {string} hint
   * @param {unknown} [cause]
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

  // A page that is still on its way is styled with these rules as it comes; later, browsers style all of it anew for them.
  const PAINTED = Symbol.for("mingzhu.painted");
  const isDark = tags.some((tag) => tag.getAttribute("data-ground") === "dark");
  if (BUILT.rules && page.readyState === "loading" && !page[PAINTED] && !isDark && "adoptedStyleSheets" in page) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(BUILT.rules);
    page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
    page[PAINTED] = true;
  }

  for (const tag of tags.length > 0 ? tags : [document.documentElement]) begin(tag);
}
