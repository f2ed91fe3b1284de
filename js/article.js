/**
 * The records an annotation consists of, made from the flat record of the engine when they
 * are first asked for. The layout is that of `src/web/flat.rs`.
 */

/** The kinds, in the order of their numbers. */
export const KINDS = /** @type {const} */ (["official", "person", "place", "organization"]);
const [HEADER, MENTION, TITLE, OFFICE, ENTITY] = [6, 4, 2, 5, 6];

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
    return keep(this, "offices", ({ numbers }, at) =>
      Array.from({ length: at.offices }, (_, i) => {
        const n = at.office + i * OFFICE;
        const [person, title, body, place, isPublic] = numbers.subarray(n, n + OFFICE);
        return {
          person,
          title,
          ...(body && { body: body - 1 }),
          ...(place && { place: place - 1 }),
          public: isPublic !== 0,
        };
      }),
    );
  }

  /**
   * What the mentions refer to.
   *
   * @returns {readonly import("./mingzhu.js").Entity[]}
   */
  get entities() {
    return keep(this, "entities", ({ numbers, text }, at) => {
      let [read, mention] = [0, at.entity + at.entities * ENTITY];
      let office = mention;
      for (let i = 0; i < at.entities; i++) office += numbers[at.entity + i * ENTITY + 4];
      return Array.from({ length: at.entities }, (_, i) => {
        const n = at.entity + i * ENTITY;
        const [kind, nameLength, code, pathLength, mentions, offices] = numbers.subarray(n, n + ENTITY);
        const name = text.slice(read, (read += nameLength));
        const path = text.slice(read, (read += pathLength));
        return {
          kind: KINDS[kind],
          name,
          mentions: Array.from(numbers.subarray(mention, (mention += mentions))),
          ...(offices && { offices: Array.from(numbers.subarray(office, (office += offices))) }),
          ...(code && { division: { code, path } }),
        };
      });
    });
  }

  /** The plain record, as the command line writes it. */
  toJSON() {
    const { version, unit, length, mentions, titles, offices, entities } = this;
    return { version, unit, length, mentions, titles, offices, entities };
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
  const [, , mentions, titles, offices, entities] = numbers;
  const mention = HEADER;
  const title = mention + mentions * MENTION;
  const office = title + titles * TITLE;
  const entity = office + offices * OFFICE;
  return { mentions, titles, offices, entities, mention, title, office, entity };
}
