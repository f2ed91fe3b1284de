/**
 * Watches what the page does to its text, and asks for it to be read again: when the browser
 * is idle, and less and less often where the page never rests.
 */

import { has, isElement, isIn, parentElementOf } from "./dom.js";

/** So many readings may follow each other at once, and one a second beyond them. */
const [AT_ONCE, EVERY] = [6, 1000];

/** How long a page that does not rest is left alone: twice as long each time. */
const [SHORTEST, LONGEST] = [2000, 30_000];

/** The longest that a change waits for the browser to be idle. */
const SOON = 250;

/** What the rules of the text view look at. */
const ATTRIBUTES = ["hidden", "contenteditable", "aria-hidden", "lang", "open"];

/**
 * The attributes that may change what is read, where these selectors say what is to be.
 *
 * @param {(string | undefined)[]} selectors
 */
export function attributesOf(selectors) {
  const found = new Set(ATTRIBUTES);
  for (const selector of selectors) {
    if (selector?.includes(".")) found.add("class");
    if (selector?.includes("#")) found.add("id");
    for (const [, name] of selector?.matchAll(/\[\s*(?:[^\s\]|=]*\|)?([\w-]+)/g) ?? []) found.add(name.toLowerCase());
  }
  return [...found];
}

/** @typedef {[changed: Node[], added: Node[]] | []} Change */

/** What a page did to its nodes since somebody asked last. */
export class Changes {
  /**
   * Nodes that were changed themselves, or in what they hold.
   *
   * @type {Set<Node>}
   */
  #changed = new Set();
  /** @type {Set<Node>} */
  #added = new Set();

  /** @param {MutationRecord[]} records */
  note(records) {
    for (const { target, addedNodes } of records) {
      this.#changed.add(target);
      for (const node of addedNodes) if (isElement(node)) this.#added.add(node);
    }
  }

  /** @returns {Change} */
  take() {
    /** @type {Change} */
    const all = [[...this.#changed], [...this.#added]];
    this.#changed.clear();
    this.#added.clear();
    return all;
  }
}

/**
 * Has an observer hear of every change below these nodes.
 *
 * @param {MutationObserver} observer
 * @param {Iterable<Node>} roots
 * @param {string[]} attributes
 */
export function observe(observer, roots, attributes) {
  for (const root of roots) {
    observer.observe(root, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
    });
  }
}

/** The changes below some nodes, from now on until it is ended. */
export class Notes {
  #changes = new Changes();
  #observer = new MutationObserver((records) => this.#changes.note(records));
  #attributes;

  /**
   * @param {Node} root
   * @param {string[]} attributes
   */
  constructor(root, attributes) {
    this.#attributes = attributes;
    this.follow([root]);
  }

  /** @param {Iterable<Node>} roots */
  follow(roots) {
    observe(this.#observer, roots, this.#attributes);
  }

  take() {
    this.#changes.note(this.#observer.takeRecords());
    return this.#changes.take();
  }

  end() {
    this.#observer.disconnect();
  }
}

export class Watch {
  #root;
  /**
   * Trees that a watch of the root does not reach: shadow roots, documents in frames.
   *
   * @type {Node[]}
   */
  #trees = [];
  #attributes;
  #read;
  #restless;
  /** @type {MutationObserver} */
  #observer;
  #changes = new Changes();
  /** True when not all changes are known. */
  #missed = true;
  /** True while nothing is listened to. */
  #deaf = false;
  /** Readings of late, of which one is forgotten each second. */
  #spent = 0;
  #since = performance.now();
  #pause = SHORTEST;
  /** True when there is something to read. */
  #dirty = false;
  /** True while a reading is under way or waited for. */
  #busy = false;
  #stopped = false;
  /** Ends what is waited for. */
  #forget = () => {};

  /**
   * @param {Element} root
   * @param {string[]} attributes those that count
   * @param {() => Promise<unknown>} read never rejected
   * @param {(pause: number) => void} restless hears when the page is left alone for a while, in milliseconds
   */
  constructor(root, attributes, read, restless) {
    this.#root = root;
    this.#attributes = attributes;
    this.#read = read;
    this.#restless = restless;
    this.#observer = this.#observe();
  }

  /**
   * What has changed since this was asked last; nothing when that is not known.
   *
   * @returns {Change}
   */
  changes() {
    this.#heard(this.#observer.takeRecords());
    const all = this.#changes.take();
    if (!this.#missed) return all;
    this.#missed = this.#deaf;
    return [];
  }

  /**
   * Does something to the page that is not to be heard of.
   *
   * @template T
   * @param {() => T} job
   * @returns {T}
   */
  aside(job) {
    this.#heard(this.#observer.takeRecords());
    try {
      return job();
    } finally {
      this.#observer.takeRecords();
    }
  }

  /** Has it read as if something had changed. */
  now() {
    this.#dirty = true;
    this.#heard([]);
  }

  /**
   * Watches these trees besides the root, and no others.
   *
   * @param {Node[]} trees
   */
  reach(trees) {
    const same = trees.length === this.#trees.length && trees.every((tree, at) => tree === this.#trees[at]);
    if (same) return;
    this.#trees = trees;
    if (this.#deaf || this.#stopped) return;
    this.#heard(this.#observer.takeRecords());
    this.#observer.disconnect();
    this.#observer = this.#observe();
  }

  stop() {
    this.#stopped = true;
    this.#missed = this.#deaf = true;
    this.#observer.disconnect();
    this.#forget();
  }

  #observe() {
    const observer = new MutationObserver((records) => this.#heard(records));
    observe(observer, [this.#root, ...this.#trees], this.#attributes);
    return observer;
  }

  /** @param {MutationRecord[]} records */
  #heard(records) {
    this.#changes.note(records);
    this.#dirty ||= records.some(counts);
    if (this.#dirty && !this.#busy && !this.#stopped) this.#plan();
  }

  #plan() {
    this.#busy = true;
    const now = performance.now();
    this.#spent = Math.max(0, this.#spent - (now - this.#since) / EVERY);
    this.#since = now;
    if (this.#spent < 1) this.#pause = SHORTEST;
    if (this.#spent < AT_ONCE) {
      this.#forget = idle(() => this.#go());
      return;
    }
    // What it does meanwhile is not even listened to.
    this.#observer.disconnect();
    this.#missed = this.#deaf = true;
    this.#restless(this.#pause);
    const timer = setTimeout(() => {
      this.#deaf = false;
      this.#observer = this.#observe();
      this.#go();
    }, this.#pause);
    this.#forget = () => clearTimeout(timer);
    this.#pause = Math.min(2 * this.#pause, LONGEST);
  }

  async #go() {
    this.#dirty = false;
    this.#spent++;
    await this.#read();
    this.#busy = false;
    this.#heard(this.#observer.takeRecords());
  }
}

/**
 * True unless it is only we who did it.
 *
 * @param {MutationRecord} record
 */
function counts({ target, addedNodes, removedNodes, type }) {
  const element = isElement(target) ? /** @type {Element} */ (target) : parentElementOf(target);
  if (element && isIn(element, "[data-mingzhu]")) return false;
  return type !== "childList" || ![...addedNodes, ...removedNodes].every(isOurs);
}

/** @param {Node} node */
function isOurs(node) {
  return isElement(node) && has(/** @type {Element} */ (node), "data-mingzhu");
}

/**
 * @param {() => void} run
 * @returns {() => void} forgets it
 */
function idle(run) {
  if (typeof requestIdleCallback === "function") {
    const handle = requestIdleCallback(run, { timeout: SOON });
    return () => cancelIdleCallback(handle);
  }
  // Safari has none.
  const timer = setTimeout(run, 50);
  return () => clearTimeout(timer);
}
