/**
 * A user's divisions and bodies on their way to the engine: from objects, or from CSV or JSON text,
 * whose mistakes are named by line and column.
 */

import { MingzhuError } from "./error.js";

/**
 * @typedef {object} Packed
 * @property {string} texts names, of each entry the full one first, each with a line feed behind it
 * @property {Uint32Array} lengths of the names, in UTF-16 units
 * @property {Uint32Array} counts of each entry's names
 * @property {Uint32Array} codes 0 for none
 */

/**
 * @typedef {{ value: any, at: number | string }} Cell a value and where it stands
 * @typedef {Record<string, Cell>} Row
 */

const HEADING = ["name", "forms", "code"];

/**
 * Entries as one string and arrays; `raise` says of an error of the engine where it is.
 *
 * @param {string | Iterable<import("./mingzhu.js").Entry>} source
 * @returns {{ packed: Packed, raise: (error: MingzhuError) => MingzhuError }}
 */
export function packEntries(source) {
  const text = typeof source === "string" ? source : undefined;
  const fail = failure(text);
  /** @type {Cell[]} */
  const names = [];
  /** @type {Cell[]} */
  const codes = [];
  const counts = [];
  const rows = text === undefined ? objects(source) : /^\s*\[/.test(text) ? json(text, fail) : csv(text, fail);
  for (const row of rows) {
    const { name, forms, code } = row;
    const before = names.length;
    for (const cell of [name, ...forms.value]) {
      if (typeof cell.value !== "string") throw fail(cell.at, "a name is a string");
      names.push(cell);
    }
    counts.push(names.length - before);
    if (!/^[1-9]\d{0,8}$/.test(code.value ?? 11)) throw fail(code.at, `${code.value} is no code of a division`);
    codes.push(code);
  }
  const texts = names.map(({ value }) => value);
  return {
    packed: {
      texts: texts.map((text) => `${text}\n`).join(""),
      lengths: Uint32Array.from(texts, (text) => text.length),
      counts: Uint32Array.from(counts),
      codes: Uint32Array.from(codes, ({ value }) => Number(value ?? 0)),
    },
    raise(error) {
      const cell = error.index === undefined ? undefined : (error.code === "ENTRY_CODE" ? codes : names)[error.index];
      return cell ? fail(cell.at, error.message, error) : error;
    },
  };
}

/**
 * Makes errors that say where: in a text by line and column, among objects by their path.
 *
 * @param {string} [text]
 */
function failure(text) {
  return (/** @type {number | string} */ at, /** @type {string} */ message, cause = /** @type {MingzhuError | undefined} */ (undefined)) => {
    const { code = "ENTRY_INVALID", hint } = cause ?? {};
    if (typeof at === "string") return new MingzhuError(code, `${at}: ${message}`, { hint, cause });
    const lines = (text ?? "").slice(0, at).split("\n");
    // As editors count them: characters, not halves of them.
    const [line, column] = [lines.length, [...lines[lines.length - 1]].length + 1];
    return new MingzhuError(code, `line ${line}, column ${column}: ${message}`, { hint, cause, line, column });
  };
}

/**
 * @param {Iterable<any>} entries
 * @returns {Iterable<Row>}
 */
function* objects(entries) {
  let index = 0;
  for (const entry of entries) {
    const at = `entries[${index++}]`;
    const { name, forms = [], code } = entry ?? {};
    // A string would be as many forms as it has characters.
    const cells = Array.from(typeof forms === "string" ? [null] : forms, (value, i) => ({ value, at: `${at}.forms[${i}]` }));
    yield { name: { value: name, at: `${at}.name` }, forms: { value: cells, at }, code: { value: code, at: `${at}.code` } };
  }
}

/**
 * `name,forms,code` lines, where forms are parted by `|`.
 *
 * @param {string} text
 * @param {ReturnType<typeof failure>} fail
 * @returns {Iterable<Row>}
 */
function* csv(text, fail) {
  const field = /([^\S\n]*)(?:"((?:[^"]|"")*)"[^\S\n]*(?=[,\n]|$)|([^,\n]*))(,|\n|$)/y;
  field.lastIndex = text.startsWith("\ufeff") ? 1 : 0;
  /** @type {Cell[]} */
  let cells = [];
  for (let first = true; field.lastIndex < text.length; ) {
    const start = field.lastIndex;
    // Whatever stands there, something of it fits.
    const [, space, quoted, plain, end] = /** @type {RegExpExecArray} */ (field.exec(text));
    const at = start + space.length;
    if (plain?.startsWith('"')) throw fail(at, "the quotation mark has no end");
    cells.push({ value: (quoted?.replaceAll('""', '"') ?? plain).trim(), at });
    if (end === "," && field.lastIndex < text.length) continue;
    const [name, forms = { value: "", at }, code = { value: "", at }] = cells;
    const isHeading = first && HEADING.every((heading, i) => cells[i]?.value === heading);
    const isEmpty = cells.length === 1 && !name.value;
    cells = [];
    if (isEmpty) continue;
    first = false;
    if (isHeading) continue;
    const parts = forms.value.split("|").map((/** @type {string} */ form) => ({ value: form.trim(), at: forms.at }));
    const written = parts.filter((/** @type {Cell} */ { value }) => value);
    yield { name, forms: { value: written, at: forms.at }, code: { value: code.value || undefined, at: code.at } };
  }
}

/**
 * An array of `{ name, forms, code }`. Not by `JSON.parse`: it does not say where in every engine,
 * and where the values stand that it has read in none.
 *
 * @param {string} text
 * @param {ReturnType<typeof failure>} fail
 * @returns {Iterable<Row>}
 */
function* json(text, fail) {
  const [space, token] = [/\s*/y, /(?:([[\]{}:,])|("(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|null)|$)/y];
  const skip = () => (space.test(text), (token.lastIndex = space.lastIndex));
  const next = () => {
    const at = skip();
    const [, mark, value] = token.exec(text) ?? [];
    space.lastIndex = token.lastIndex;
    if (mark) return { mark, at, value: undefined };
    if (value === undefined) throw fail(at, at < text.length ? "this is no JSON for an entry" : "the end is missing");
    try {
      return { at, value: JSON.parse(value) };
    } catch (cause) {
      throw fail(at, `${value} is no JSON`);
    }
  };
  const expect = (/** @type {string} */ marks, found = next()) => {
    if (found.mark && marks.includes(found.mark)) return found;
    throw fail(found.at, `here stands one of ${[...marks].join(" ")}`);
  };
  /**
   * What stands between two brackets, parted by commas.
   *
   * @param {string} end
   * @param {(first: ReturnType<typeof next>) => void} one
   */
  const list = (end, one) => {
    let found = next();
    while (found.mark !== end) {
      one(found);
      found = expect(`,${end}`);
      if (found.mark === ",") found = next();
    }
  };
  /** @type {Row[]} */
  const rows = [];
  expect("[");
  list("]", (opening) => {
    expect("{", opening);
    /** @type {Row} */
    const row = { forms: { value: [], at: opening.at }, code: { value: undefined, at: opening.at } };
    list("}", (key) => {
      if (!HEADING.includes(key.value)) throw fail(key.at, `an entry has ${HEADING.join(", ")}`);
      expect(":");
      const found = next();
      if (key.value !== "forms") row[key.value] = found;
      else {
        /** @type {Cell[]} */
        const forms = [];
        expect("[", found);
        list("]", (form) => forms.push(form));
        row.forms = { value: forms, at: found.at };
      }
    });
    row.name ??= { value: undefined, at: opening.at };
    rows.push(row);
  });
  if (skip() < text.length) throw fail(token.lastIndex, "nothing stands behind the array");
  yield* rows;
}
