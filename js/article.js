/**
 * The records an annotation consists of, made from the flat record of the engine when they
 * are first asked for. The layout is that of `src/web/flat.rs`.
 */

/** The kinds, in the order of their numbers. */
export const KINDS = /** @type {const} */ (["official", "person", "place", "organization"]);
const RULES = /** @type {const} */ (["title", "body", "neighbours", "assumed"]);
const STATUSES = /** @type {const} */ (["current", "acting", "appointed", "designate", "former", "removed"]);
const REASONS = /** @type {const} */ (["unknown", "ambiguous", "no-home", "other-level"]);
const EVIDENCE = /** @type {const} */ (["context", "publisher", "masthead", "dateline", "places"]);
const [HEADER, MENTION, TITLE] = [13, 4, 2];

/** @typedef {{ numbers: Uint32Array, scores: Float32Array, text: string }} Flat */

/** @type {WeakMap<Article, Flat>} */
const flats = new WeakMap();

/**
 * The flat record an article was made from.
 *
 * @param {Article} article
 * @returns {Flat}
 */
export function flatOf(article) {
  const flat = flats.get(article);
  if (!flat) throw new TypeError("not an Article of this module");
  return flat;
}

/** Everything found in one text; offsets count UTF-16 units. */
export class Article {
  /** @param {Flat} flat */
  constructor(flat) {
    flats.set(this, flat);
    this.version = flat.numbers[0];
    this.length = flat.numbers[1];
    this.unit = /** @type {const} */ ("utf16");
  }

  /**
   * The day of the article, where the context has told it.
   *
   * @returns {string | undefined}
   */
  get date() {
    const written = String(flatOf(this).numbers[2]).padStart(8, "0");
    return Number(written) ? written.replace(/(..)(..)$/, "-$1-$2") : undefined;
  }

  /**
   * Names, in the order of the text.
   *
   * @returns {readonly import("./mingzhu.js").Mention[]}
   */
  get mentions() {
    return keep(this, "mentions", ({ numbers, scores }, at) =>
      Array.from({ length: at.mentions }, (_, i) => {
        const n = at.mention + i * MENTION;
        const [start, end, kind, entity] = numbers.subarray(n, n + MENTION);
        return { start, end, kind: KINDS[kind], score: scores[i], entity };
      }),
    );
  }

  /**
   * Office words, in the order of the text.
   *
   * @returns {readonly import("./mingzhu.js").Title[]}
   */
  get titles() {
    return keep(this, "titles", ({ numbers, scores }, at) =>
      Array.from({ length: at.titles }, (_, i) => {
        const n = at.title + i * TITLE;
        return { start: numbers[n], end: numbers[n + 1], score: scores[at.mentions + i] };
      }),
    );
  }

  /**
   * Who holds which title.
   *
   * @returns {readonly import("./mingzhu.js").Office[]}
   */
  get offices() {
    return keep(this, "offices", (flat, at) => {
      const read = new Reader(flat, at.office);
      return read.list(at.offices, () => {
        const [person, title, body, place] = [read.number(), read.number(), read.number(), read.number()];
        const [isPublic, rule, word] = [read.number() !== 0, RULES[read.number()], read.string()];
        const [posts, spans] = [read.number(), read.number()];
        return {
          person,
          title,
          ...(body && { body: body - 1 }),
          ...(place && { place: place - 1 }),
          public: isPublic,
          because: { rule, word },
          posts: read.list(posts, () => {
            const [name, status, body] = [read.string(), STATUSES[read.number()], read.optionalString()];
            const division = read.division();
            return {
              name,
              ...(status !== "current" && { status }),
              ...(body !== undefined && { body }),
              ...(division && { division }),
            };
          }),
          evidence: read.list(spans, () => ({ start: read.number(), end: read.number() })),
        };
      });
    });
  }

  /**
   * What the mentions refer to.
   *
   * @returns {readonly import("./mingzhu.js").Entity[]}
   */
  get entities() {
    return keep(this, "entities", (flat, at) => {
      const read = new Reader(flat, at.entity);
      return read.list(at.entities, () => {
        const [kind, name, division] = [KINDS[read.number()], read.string(), read.division()];
        const [open, aliases] = [read.number(), read.number()];
        const [mentions, offices] = [read.number(), read.number()];
        return {
          kind,
          name,
          ...(aliases && { aliases: read.list(aliases, () => read.string()) }),
          mentions: read.list(mentions, () => read.number()),
          ...(offices && { offices: read.list(offices, () => read.number()) }),
          ...(division && { division }),
          ...(open && { open: REASONS[open - 1] }),
        };
      });
    });
  }

  /**
   * What points to a place or a body by where the article is.
   *
   * @returns {readonly import("./mingzhu.js").Reference[]}
   */
  get references() {
    return keep(this, "references", (flat, at) => {
      const read = new Reader(flat, at.reference);
      let score = at.mentions + at.titles;
      return read.list(at.references, () => {
        const [start, end, kind] = [read.number(), read.number(), KINDS[read.number()]];
        const [name, division] = [read.optionalString(), read.division()];
        const [entity, open] = [read.number(), read.number()];
        return {
          start,
          end,
          kind: /** @type {"place" | "organization"} */ (kind),
          ...(name !== undefined && { name }),
          ...(division && { division }),
          ...(entity && { entity: entity - 1 }),
          confidence: flat.scores[score++],
          ...(open && { open: REASONS[open - 1] }),
        };
      });
    });
  }

  /**
   * Where the article is; undefined when nothing says so.
   *
   * @returns {import("./mingzhu.js").Home | undefined}
   */
  get home() {
    const flat = flatOf(this);
    const at = layout(flat.numbers);
    const read = new Reader(flat, at.home);
    const division = at.homes ? read.division() : undefined;
    const confidence = flat.scores[flat.scores.length - 1];
    return division && { ...division, evidence: EVIDENCE[read.number()], confidence };
  }

  /** The plain record, as the command line writes it. */
  toJSON() {
    const { version, unit, length, date, mentions, titles, offices, entities, references, home } = this;
    return {
      version, unit, length, ...(date && { date }), mentions, titles, offices, entities, references,
      ...(home && { home }),
    };
  }
}

/** @type {WeakMap<Flat, string[]>} */
const tables = new WeakMap();

/** Reads records from front to back. */
class Reader {
  #numbers;
  #strings;
  #at;

  /**
   * @param {Flat} flat
   * @param {number} at where to begin
   */
  constructor(flat, at) {
    let strings = tables.get(flat);
    if (!strings) tables.set(flat, (strings = flat.text.split("\n")));
    this.#numbers = flat.numbers;
    this.#strings = strings;
    this.#at = at;
  }

  number() {
    return this.#numbers[this.#at++];
  }

  string() {
    return this.#strings[this.number()];
  }

  optionalString() {
    const index = this.number();
    return index ? this.#strings[index - 1] : undefined;
  }

  division() {
    const [code, path] = [this.number(), this.number()];
    return code ? { code, path: this.#strings[path] } : undefined;
  }

  /**
   * @template T
   * @param {number} count
   * @param {() => T} one
   * @returns {T[]}
   */
  list(count, one) {
    return Array.from({ length: count }, one);
  }
}

/** The words of a text, white space left out; offsets count UTF-16 units. */
export class Tokens {
  #numbers;
  #tags;

  /**
   * @param {Uint32Array} numbers
   * @param {string} tags
   */
  constructor(numbers, tags) {
    this.#numbers = numbers;
    this.#tags = tags.split("\n");
    this.length = numbers.length / 3;
  }

  /** @param {number} index */
  at(index) {
    const n = 3 * (index < 0 ? index + this.length : index);
    if (!(n >= 0 && n < this.#numbers.length)) return undefined;
    return { start: this.#numbers[n], end: this.#numbers[n + 1], tag: this.#tags[this.#numbers[n + 2]] };
  }

  *[Symbol.iterator]() {
    for (let i = 0; i < this.length; i++) yield /** @type {NonNullable<ReturnType<Tokens["at"]>>} */ (this.at(i));
  }
}

/**
 * Makes a list of records once, and keeps it in place of the getter.
 *
 * @template T
 * @param {Article} article
 * @param {string} name
 * @param {(flat: Flat, at: ReturnType<typeof layout>) => T[]} make
 * @returns {T[]}
 */
function keep(article, name, make) {
  const flat = flatOf(article);
  const value = make(flat, layout(flat.numbers));
  Object.defineProperty(article, name, { value, enumerable: true });
  return value;
}

/**
 * How many records of each kind there are, and where they start.
 *
 * @param {Uint32Array} numbers
 */
function layout(numbers) {
  const [, , , mentions, titles, offices, entities, references, homes, office, entity, reference, home] = numbers;
  const title = HEADER + mentions * MENTION;
  return {
    mentions, titles, offices, entities, references, homes,
    mention: HEADER, title, office, entity, reference, home,
  };
}
