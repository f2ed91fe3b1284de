/**
 * Files that a browser keeps for the next visit, which may be without a network. They are told apart
 * by what they hold: those of another build are never taken for ours.
 */

const CACHE = "mingzhu";

/** So many builds' files are kept of one name: two sites on one origin may use two. */
const BUILDS = 2;

/** Where scripts have no such storage, or the reader allows none, nothing is kept. */
async function open() {
  try {
    return await globalThis.caches?.open(CACHE);
  } catch {
    return undefined;
  }
}

/**
 * By its folder, its name in the package and what it holds: bundlers give a file another name with each build, and what stands
 * at another address is another site's business.
 *
 * @param {import("./sources.js").File} file
 */
const key = ({ href, name, sha256 }) => new URL(`./mingzhu/${name}?${encodeURIComponent(String(sha256))}`, href).href;

/**
 * @param {import("./sources.js").File} file
 * @returns {Promise<Response | undefined>}
 */
export async function kept(file) {
  const cache = await open();
  return cache?.match(key(file)).catch(() => undefined);
}

/**
 * Keeps a file, in the place of what older builds have left.
 *
 * @param {import("./sources.js").File} file
 * @param {Uint8Array<ArrayBuffer>} content
 * @param {string | null} type
 */
export async function keep(file, content, type) {
  const cache = await open();
  try {
    const headers = { "content-type": type ?? "application/octet-stream", "content-length": String(content.length) };
    await cache?.put(key(file), new Response(content, { headers }));
    const [named] = key(file).split("?");
    const same = (await cache?.keys())?.filter(({ url }) => url.startsWith(`${named}?`)) ?? [];
    await Promise.all(same.slice(0, -BUILDS).map((old) => cache?.delete(old)));
  } catch {
    // No room, or no leave: the next visit fetches it again.
  }
}

/** Forgets all of it. */
export async function forget() {
  try {
    await globalThis.caches?.delete(CACHE);
  } catch {
    // Nothing was kept where nothing may be.
  }
}
