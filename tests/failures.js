// A reporter for Node's test runner: each test that failed, with where it stands and the first
// lines of why, so that the end of a long run says what to look at.

import { relative } from "node:path";

/** @param {AsyncIterable<{ type: string, data: any }>} source */
export default async function* failures(source) {
  for await (const { type, data } of source) {
    // A suite fails with its tests, which are told of by themselves.
    if (type !== "test:fail" || data.details.error.failureType === "subtestsFailed") continue;
    const { cause, message } = data.details.error;
    const why = String(cause?.stack ?? cause ?? message).split("\n").slice(0, 12);
    yield [`${relative("", data.file ?? "")}:${data.line ?? 0} ${data.name}`, ...why].join("\n    ") + "\n";
  }
}
