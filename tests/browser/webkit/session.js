// One WebKit, driven by WebDriver: https://www.w3.org/TR/webdriver2/

import { spawn } from "node:child_process";
import { createServer } from "node:net";

/** How long a page may take for what it is asked. */
const PATIENCE = 120_000;

/** Starts a driver with a browser of its own, which nothing is shared with. */
export async function startSession(driver, display) {
  const port = await freePort();
  const child = spawn(driver, [`--port=${port}`], { env: { ...process.env, ...display }, stdio: "ignore" });
  const stop = () => child.kill();
  process.once("exit", stop);
  const root = `http://127.0.0.1:${port}/session`;

  async function call(method, path, body) {
    const response = await fetch(`${root}${path}`, {
      method,
      body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  }

  const session = await patiently(() => call("POST", "", { capabilities: { alwaysMatch: {} } }));
  const id = `/${session.sessionId}`;
  await call("POST", `${id}/timeouts`, { script: PATIENCE, pageLoad: PATIENCE });
  return {
    post: (path, body) => call("POST", `${id}/${path}`, body),
    get: (path) => call("GET", `${id}/${path}`),
    async end() {
      process.off("exit", stop);
      await call("DELETE", id).catch(() => {});
      stop();
    },
  };
}

/** A display nobody sees, unless there is one. */
export async function startDisplay() {
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return { environment: {}, stop() {} };
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const stop = () => child.kill();
  process.once("exit", stop);
  const number = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.stdio[3].once("data", (data) => resolve(String(data).trim()));
  });
  return { environment: { DISPLAY: `:${number}` }, stop };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A driver takes a moment until it listens. */
async function patiently(attempt) {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === 100 || error.name !== "TypeError") throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
