// The only web there is for the browser of a test: a proxy that serves folders by the names of
// hosts. Whatever else is asked for is refused, and all of it is written down.

import { createServer, request as ask } from "node:http";
import sirv from "sirv";

/** @typedef {(request: import("node:http").IncomingMessage, response: import("node:http").ServerResponse) => void} Answer */

/**
 * @param {Record<string, Answer>} hosts what answers, by host and port
 */
export async function web(hosts) {
  /** @type {{ url: string, status: number }[]} */
  const requests = [];
  const server = createServer((request, response) => {
    const { host, pathname, search, href } = new URL(/** @type {string} */ (request.url));
    // Asked for by the browser itself, and only now and then.
    if (pathname === "/favicon.ico") return void response.writeHead(204).end();
    const entry = { url: href, status: 0 };
    requests.push(entry);
    response.on("finish", () => (entry.status = response.statusCode));
    request.url = pathname + search;
    const answer = hosts[host];
    if (answer) answer(request, response);
    else response.writeHead(403).end();
  });
  // What would be encrypted is for nobody we know.
  server.on("connect", ({ url = "" }, socket) => {
    requests.push({ url, status: 403 });
    socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    requests,
    /** For the browser's options. */
    proxy: { server: `http://127.0.0.1:${port}` },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * Folders by the beginnings of paths; of two that fit, the first counts.
 *
 * @param {Record<string, string>} mounts
 * @param {Record<string, string>} [headers]
 * @returns {Answer}
 */
export function folders(mounts, headers = {}) {
  const served = Object.entries(mounts).map(([prefix, folder]) => ({ prefix, serve: sirv(folder, { dev: true, gzip: true }) }));
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const url = /** @type {string} */ (request.url);
    const found = served.find(({ prefix }) => url.startsWith(prefix));
    if (!found) return void response.writeHead(404).end();
    request.url = url.slice(found.prefix.length - 1);
    found.serve(request, response, () => response.writeHead(404).end());
  };
}

/**
 * A server of its own.
 *
 * @param {number} port
 * @returns {Answer}
 */
export function server(port) {
  return ({ method, url, headers }, response) => {
    ask({ port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    })
      .on("error", () => response.writeHead(502).end())
      .end();
  };
}
