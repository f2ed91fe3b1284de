/**
 * Stories and decisions in IndexedDB. Decisions are only ever added, each under its own key: two tabs
 * cannot overwrite each other, and what was decided is there after a crash.
 */

import { MingzhuError } from "../error.js";
import { digest } from "./digest.js";

/**
 * @typedef {import("./records.js").Story} Story
 * @typedef {import("./records.js").Decision} Decision
 *
 * @typedef {object} Import a file that was taken in, which can be withdrawn
 * @property {string} id
 * @property {string} story
 * @property {string} name of the file
 * @property {number} time
 * @property {string[]} decisions the ids of those that were not there before
 *
 * @typedef {object} Heard
 * @property {string} story
 * @property {"story" | "decisions"} what
 */

/** In the first, of two decisions with one id only one could be kept. */
const VERSION = 2;

/** Nothing more is asked for: it is kept also when the tab goes before it hears of it. */
const AT_ONCE = { atOnce: true };

export class Store {
  #database;
  #channel;

  /**
   * @param {IDBDatabase} database
   * @param {string} name
   */
  constructor(database, name) {
    this.#database = database;
    this.#channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : undefined;
    // Another tab has a newer desk: it shall not wait for this one.
    database.onversionchange = () => database.close();
  }

  /** @param {string} name */
  static async open(name) {
    const request = asked(name);
    request.onupgradeneeded = ({ oldVersion }) => {
      const database = request.result;
      if (oldVersion < 1) {
        database.createObjectStore("stories", { keyPath: "id" });
        database.createObjectStore("settings");
      }
      database.createObjectStore("imports", { keyPath: "id" }).createIndex("story", "story");
      const kept = oldVersion === 1 ? request.transaction?.objectStore("decisions").getAll() : undefined;
      if (!kept) return void forDecisions(database);
      kept.onsuccess = () => {
        database.deleteObjectStore("decisions");
        const store = forDecisions(database);
        for (const { story, decision } of kept.result) store.add(recorded(story, decision));
      };
    };
    return new Store(await answer(request), name);
  }

  /**
   * Hears of what other tabs have kept.
   *
   * @param {(heard: Heard) => void} hear
   */
  onOther(hear) {
    if (this.#channel) this.#channel.onmessage = ({ data }) => hear(data);
  }

  /** @param {Heard} heard */
  #tell(heard) {
    this.#channel?.postMessage(heard);
  }

  /** @returns {Promise<Story[]>} the newest first */
  async stories() {
    const stories = await this.#read("stories", (store) => store.getAll());
    return stories.sort((/** @type {Story} */ a, /** @type {Story} */ b) => b.opened - a.opened);
  }

  /**
   * Keeps what is told of a story. The rest of it stays as it is kept, whichever tab has written it.
   *
   * @param {Partial<Story> & { id: string }} told
   * @param {Partial<Story>} [otherwise] what holds where nothing is kept
   * @returns {Promise<Story | undefined>} all of it; undefined where it has no text, since it was removed
   */
  async keepStory(told, otherwise) {
    /** @type {Story | undefined} */
    let story;
    await this.#write(["stories"], ([stories]) => {
      const kept = stories.get(told.id);
      kept.onsuccess = () => {
        const all = { ...otherwise, ...kept.result, ...told };
        if (all.text === undefined) return;
        story = all;
        stories.put(all);
      };
    });
    this.#tell({ story: told.id, what: "story" });
    return story;
  }

  /** @param {string} id */
  async removeStory(id) {
    await this.#write(["stories", "decisions", "imports", "settings"], ([stories, decisions, imports, settings]) => {
      stories.delete(id);
      settings.delete(draftOf(id));
      for (const store of [decisions, imports]) {
        const keys = store.index("story").openKeyCursor(IDBKeyRange.only(id));
        keys.onsuccess = () => {
          if (!keys.result) return;
          store.delete(keys.result.primaryKey);
          keys.result.continue();
        };
      }
    });
    this.#tell({ story: id, what: "story" });
  }

  /**
   * @param {string} story
   * @returns {Promise<Decision[]>}
   */
  async decisions(story) {
    const kept = await this.#read("decisions", (store) => store.index("story").getAll(story));
    return kept.map((/** @type {{ decision: Decision }} */ { decision }) => decision);
  }

  /**
   * Keeps decisions. Under its key a decision says always the same: what is there is not changed by writing it again.
   *
   * @param {string} story
   * @param {Decision[]} decisions
   */
  async keep(story, decisions) {
    await this.#write(["decisions"], ([store]) => decisions.forEach((decision) => store.put(recorded(story, decision))), AT_ONCE);
    this.#tell({ story, what: "decisions" });
  }

  /**
   * @param {string} story
   * @returns {Promise<Import[]>}
   */
  imports(story) {
    return this.#read("imports", (store) => store.index("story").getAll(story));
  }

  /** @param {Import} taken */
  async keepImport(taken) {
    await this.#write(["imports"], ([imports]) => imports.put(taken), AT_ONCE);
    this.#tell({ story: taken.story, what: "decisions" });
  }

  /** @param {Import} taken */
  async removeImport({ id, story }) {
    await this.#write(["imports"], ([imports]) => imports.delete(id), AT_ONCE);
    this.#tell({ story, what: "decisions" });
  }

  persist() {
    void globalThis.navigator.storage?.persist?.().catch(() => {});
  }

  /** @param {string} name */
  setting(name) {
    return this.#read("settings", (store) => store.get(name));
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  set(name, value) {
    return this.#write(["settings"], ([store]) => store.put(value, name), AT_ONCE);
  }

  close() {
    this.#channel?.close();
    this.#database.close();
  }

  /**
   * @param {string} name
   * @param {(store: IDBObjectStore) => IDBRequest} ask
   */
  async #read(name, ask) {
    try {
      return await answer(ask(this.#database.transaction(name).objectStore(name)));
    } catch (cause) {
      throw unavailable(cause);
    }
  }

  /**
   * Resolved when it is on the disk.
   *
   * @param {string[]} names
   * @param {(stores: IDBObjectStore[]) => void} write
   * @param {{ atOnce?: boolean }} [how]
   */
  async #write(names, write, { atOnce = false } = {}) {
    try {
      const transaction = this.#database.transaction(names, "readwrite", { durability: "strict" });
      write(names.map((name) => transaction.objectStore(name)));
      if (atOnce) transaction.commit?.();
      await new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve(undefined);
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    } catch (cause) {
      throw unavailable(cause);
    }
  }
}

/** @param {IDBDatabase} database */
function forDecisions(database) {
  const store = database.createObjectStore("decisions", { keyPath: ["story", "decision.id", "digest"] });
  store.createIndex("story", "story");
  return store;
}

/**
 * @param {string} story
 * @param {Decision} decision
 */
function recorded(story, decision) {
  return { story, decision, digest: digest(decision) };
}

/**
 * The setting that holds what is half written on a story.
 *
 * @param {string} story
 */
export function draftOf(story) {
  return `draft ${story}`;
}

/** @param {string} name */
function asked(name) {
  try {
    return indexedDB.open(name, VERSION);
  } catch (cause) {
    // Where there is none, and where a page in a frame may not have any.
    throw unavailable(cause);
  }
}

/**
 * @param {IDBRequest} request
 * @returns {Promise<any>}
 */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(unavailable(request.error));
  });
}

/** @param {unknown} cause */
function unavailable(cause) {
  if (cause instanceof MingzhuError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  return new MingzhuError("STORE_FAILED", `the browser does not keep what is decided: ${message}`, { cause });
}
