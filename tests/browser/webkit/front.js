// Stands before the server of the pages and answers what a test wants answered otherwise:
// WebDriver cannot intercept requests, nor run a script before those of the page.

import { createServer } from "node:http";

const FIRST = "/run-first.js";

/** Starts it. `url` is the server behind. */
export async function startFront(url) {
  /** @type {{ matches(url: string): boolean, handler: Function, owner: object }[]} */
  let routes = [];
  /** @type {Map<object, { scripts: string[], seen: { requests: string[] } }>} */
  const owners = new Map();

  const server = createServer(async (request, response) => {
    const asked = new URL(request.url, front.url);
    if (asked.pathname === FIRST) return send(response, { contentType: "text/javascript", body: first() });
    // The icon is asked for by the browser, not by the page.
    if (asked.pathname !== "/favicon.ico") for (const { seen } of owners.values()) seen.requests.push(asked.href);
    const behind = () => fetch(new URL(request.url, url)).then(answerOf);
    let answer;
    const route = {
      request: () => ({ url: () => asked.href, method: () => request.method, headers: () => request.headers }),
      fetch: async () => asResponse(await behind()),
      fulfill: async ({ response, path, json, ...rest }) => (answer = { ...response?.answer, ...rest }),
      continue: async () => (answer = await behind()),
      fallback: async () => (answer = await behind()),
      abort: async () => (answer = "abort"),
    };
    const found = routes.findLast(({ matches }) => matches(asked.href));
    try {
      if (found) await found.handler(route, route.request());
      answer ??= await behind();
    } catch (error) {
      answer = { status: 500, body: String(error) };
    }
    if (answer === "abort") return response.destroy();
    send(response, answer);
  });

  /** What runs before the page's own scripts, and leaves no trace of how. */
  function first() {
    // Of a test that failed a tab may still be there.
    const { scripts = [] } = [...owners.values()].at(-1) ?? {};
    return ["document.currentScript.remove();", ...scripts].join("\n;");
  }

  function send(response, { status = 200, headers = {}, contentType, body = "" }) {
    const all = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
    if (contentType) all["content-type"] = contentType;
    let bytes = Buffer.from(body);
    if (/text\/html/.test(all["content-type"] ?? "")) bytes = withFirst(bytes);
    // What was packed behind us has no length of its own here, as at any server that packs on the way.
    const packed = all["content-encoding"] !== undefined;
    delete all["content-length"];
    delete all["content-encoding"];
    delete all["transfer-encoding"];
    delete all.connection;
    if (!packed) all["content-length"] = String(bytes.length);
    response.writeHead(status, all).end(bytes);
  }

  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const front = {
    url: `http://127.0.0.1:${server.address().port}/`,
    enter: (owner, entry) => owners.set(owner, entry),
    leave(owner) {
      owners.delete(owner);
      routes = routes.filter((route) => route.owner !== owner);
    },
    route: (owner, pattern, handler) => void routes.push({ owner, handler, pattern, matches: matcher(pattern, front.url) }),
    unroute(owner, pattern) {
      routes = routes.filter((route) => route.owner !== owner || String(route.pattern) !== String(pattern));
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
  return front;
}

/** Before everything the page itself has; bytes, for the page may be in any encoding. */
function withFirst(bytes) {
  const tag = Buffer.from(`<script src="${FIRST}"></script>`);
  const text = bytes.toString("latin1");
  const at = /<head[^>]*>/i.exec(text) ?? /<html[^>]*>/i.exec(text) ?? /<!doctype[^>]*>/i.exec(text);
  const place = at ? at.index + at[0].length : 0;
  return Buffer.concat([bytes.subarray(0, place), tag, bytes.subarray(place)]);
}

async function answerOf(response) {
  const body = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: Object.fromEntries(response.headers), body };
}

function asResponse(answer) {
  return {
    answer,
    status: () => answer.status,
    headers: () => answer.headers,
    body: async () => answer.body,
    text: async () => String(answer.body),
    json: async () => JSON.parse(String(answer.body)),
  };
}

/** Addresses as Playwright writes them: `**` is anything, `*` anything within a part. */
function matcher(pattern, base) {
  if (typeof pattern === "function") return (url) => pattern(new URL(url));
  if (pattern instanceof RegExp) return (url) => pattern.test(url);
  const absolute = pattern.startsWith("*") ? pattern : new URL(pattern, base).href;
  const source = absolute
    .split("**")
    .map((part) => part.split("*").map((text) => text.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join("[^/]*"))
    .join(".*");
  const expression = new RegExp(`^${source}$`);
  return (url) => expression.test(url);
}
