// What runs in WebKit's page; each function is sent as its source and stands alone.

/**
 * Notes what goes wrong on the page, as a console would show it.
 *
 * @param {string[]} languages
 */
export function watch(languages) {
  const problems = (window.problemsOfTheTest = []);
  const { error } = console;
  console.error = (...parts) => {
    problems.push(parts.join(" "));
    error.apply(console, parts);
  };
  addEventListener("error", (event) => problems.push(event.message ?? `${event.target?.src} does not load`), true);
  addEventListener("unhandledrejection", ({ reason }) => problems.push(String(reason)));
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) => {
    // The driver evaluates beside the policy; only what the page does counts.
    problems.push(`${violatedDirective} blocks ${blockedURI} ${sourceFile}`);
  });
  if (languages) {
    Object.defineProperty(Navigator.prototype, "languages", { configurable: true, get: () => languages });
    Object.defineProperty(Navigator.prototype, "language", { configurable: true, get: () => languages[0] });
  }
}

/**
 * The elements that the steps lead to, through open shadow roots.
 *
 * @param {object[]} steps each narrows what the ones before have found
 */
export function find(steps) {
  const ROLES = {
    alert: "[role=alert]",
    alertdialog: "[role=alertdialog]",
    button: "button,summary,input:is([type=button],[type=submit]),[role=button]",
    checkbox: "input[type=checkbox],[role=checkbox]",
    combobox: "select,[role=combobox]",
    dialog: "dialog,[role=dialog]",
    group: "fieldset,details,[role=group]",
    heading: "h1,h2,h3,h4,h5,h6,[role=heading]",
    link: "a[href],[role=link]",
    list: "ul,ol,menu,[role=list]",
    listitem: "li,[role=listitem]",
    navigation: "nav,[role=navigation]",
    region: "section[aria-label],section[aria-labelledby],[role=region]",
    search: "search,[role=search]",
    searchbox: "input[type=search],[role=searchbox]",
    status: "output,[role=status]",
    switch: "[role=switch]",
    textbox: "textarea,input:is(:not([type]),[type=text]),[role=textbox]",
  };
  const tidy = (text) => text.replace(/[\s\u200b]+/g, " ").trim();
  const within = function* (scope) {
    for (const element of scope.children) {
      yield element;
      if (element.shadowRoot) yield* within(element.shadowRoot);
      yield* within(element);
    }
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("[aria-hidden=true]");
  const nameOf = (element) => {
    const root = element.getRootNode();
    const ids = element.getAttribute("aria-labelledby");
    if (ids) return tidy(ids.split(/\s+/).map((id) => root.getElementById(id)?.textContent ?? "").join(" "));
    const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent;
    return tidy(label ?? element.textContent) || tidy(element.title);
  };
  const fits = (text, wanted, exact) => {
    if (wanted === undefined) return true;
    if (wanted.source !== undefined) return new RegExp(wanted.source, wanted.flags).test(text);
    const expected = tidy(wanted);
    return exact ? text === expected : text.toLowerCase().includes(expected.toLowerCase());
  };
  /** The innermost that hold the text. */
  const holds = ({ text, exact }) => (element, _, all) => {
    const own = (element) => fits(tidy(element.textContent), text, exact);
    return !element.matches("script,style") && own(element) && ![...element.children].some((child) => all.includes(child) && own(child));
  };
  let found = [document.documentElement];
  for (const step of steps) {
    const all = () => [...new Set(found.flatMap((scope) => [
      ...(scope.shadowRoot ? within(scope.shadowRoot) : []), ...within(scope),
    ]))];
    if (step.css) found = [...(found[0] === document.documentElement ? found : []), ...all()].filter((e) => e.matches(step.css));
    else if (step.role) {
      found = all().filter((e) => e.matches(ROLES[step.role] ?? `[role=${step.role}]`) && shown(e) && fits(nameOf(e), step.name, step.exact));
    } else if (step.text) found = all().filter(holds(step));
    else if (step.hasText) found = found.filter((e) => fits(tidy(e.textContent), step.hasText));
    else if (step.nth !== undefined) found = found.slice(step.nth, step.nth + 1 || undefined);
  }
  return found;
}

/** Where an element can be clicked. */
export function centre(element) {
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

/** Puts a value into a field, as typing or choosing would. */
export function fill(element, value) {
  element.focus();
  element.value = value;
  for (const name of ["input", "change"]) element.dispatchEvent(new Event(name, { bubbles: true }));
}
