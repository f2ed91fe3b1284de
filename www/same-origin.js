/** A page of this site as a file; of another nothing is asked. */

import { MingzhuError } from "./pkg/page.js";

/** Bytes; the longest newspaper page has a tenth of it. */
export const LIMIT = 5_000_000;

const PATIENCE = 30_000;

/**
 * @param {string} address as the reader wrote it, relative to this page
 * @param {AbortSignal} signal
 * @returns {Promise<File>}
 */
export async function fetchPage(address, signal) {
  const url = own(address);
  const answer = await fetch(url, {
    // Nor does a redirection lead to another origin.
    mode: "same-origin",
    signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
  }).catch((cause) => {
    if (signal.aborted) throw cause;
    throw refused("PAGE_UNREACHABLE", "取不到这一页：网络不通，或者它转去了别的网站。", "请稍后再试。", cause);
  });
  if (!answer.ok) {
    throw refused("PAGE_MISSING", `服务器回答 ${answer.status}，没有给出这一页。`, "请核对网址。");
  }
  const type = answer.headers.get("content-type") ?? "";
  if (!/^(text\/(plain|html)|application\/xhtml\+xml)\b/i.test(type)) {
    throw refused("PAGE_NOT_TEXT", `取到的是 ${type || "类型不明的文件"}。`, "这里只读网页和纯文本。");
  }
  return new File(await limited(answer), "", { type });
}

/** @param {number} size in bytes */
export function checkSize(size) {
  if (size > LIMIT) {
    throw refused("TEXT_TOO_LARGE", `它大于 ${LIMIT / 1e6} MB。`, "请只取要读的部分，粘贴在上面。");
  }
}

/** @param {string} address */
function own(address) {
  if (!address.trim() || !URL.canParse(address, document.baseURI)) {
    throw refused("ADDRESS_INVALID", "这不是网址。", "例如 ./index.html。");
  }
  const url = new URL(address, document.baseURI);
  // The origin of a blob: is ours as well.
  if (url.origin !== location.origin || url.protocol !== location.protocol) {
    const hint = `这里只读本站（${location.origin}）的页面；别处的文章请复制过来，或存成文件再打开。`;
    throw refused("ADDRESS_ELSEWHERE", "这是别的网站的网址，没有去取。", hint);
  }
  return url;
}

/**
 * The body, given up where it grows too long: the length that a server tells is no promise.
 *
 * @param {Response} answer
 */
async function limited(answer) {
  const chunks = [];
  let size = 0;
  const reader = answer.body?.getReader();
  try {
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      checkSize((size += part.value.byteLength));
      chunks.push(part.value);
    }
    return chunks;
  } catch (cause) {
    reader?.cancel().catch(() => {});
    if (cause instanceof MingzhuError) throw cause;
    throw refused("PAGE_UNREACHABLE", "这一页没有传完。", "请稍后再试。", cause);
  }
}

/**
 * @param {string} code
 * @param {string} message
 * @param {string} hint
 * @param {unknown} [cause]
 */
function refused(code, message, hint, cause) {
  return new MingzhuError(code, message, { hint, cause });
}
