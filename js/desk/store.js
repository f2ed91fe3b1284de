/**
 * Stories and decisions in IndexedDB. Decisions are only ever added, each under its own key: two tabs
 * cannot overwrite each other, and what was decided is there after a crash.
 */

import { MingzhuError } from "../error.js";

/**
 * @typedef {import("./records.js").Story} Story
 * @typedef {import("./records.js").Decision} Decision
 */

const VERSION = 1;

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
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore("stories", { keyPath: "id" });
      database.createObjectStore("decisions", { keyPath: ["story", "decision.id"] }).createIndex("story", "story");
      database.createObjectStore("settings");
    };
    return new Store(await answer(request), name);
  }

  /**
   * Hears of what other tabs have kept: the story's id.
   *
   * @param {(story: string) => void} heard
   */
  onOther(heard) {
    if (this.#channel) this.#channel.onmessage = ({ data }) => heard(String(data));
  }

  /** @returns {Promise<Story[]>} the newest first */
  async stories() {
    const stories = await this.#read("stories", (store) => store.getAll());
    return stories.sort((/** @type {Story} */ a, /** @type {Story} */ b) => b.opened - a.opened);
  }

  /** @param {Story} story */
  async keepStory(story) {
    await this.#write(["stories"], ([stories]) => stories.put(story));
    this.#channel?.postMessage(story.id);
  }

  /** @param {string} id */
  async removeStory(id) {
    await this.#write(["stories", "decisions"], ([stories, decisions]) => {
      stories.delete(id);
      const keys = decisions.index("story").openKeyCursor(IDBKeyRange.only(id));
      keys.onsuccess = () => {
        if (!keys.result) return;
        decisions.delete(keys.result.primaryKey);
        keys.result.continue();
      };
    });
    this.#channel?.postMessage(id);
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
   * Keeps decisions; one that is there already stays as it is.
   *
   * @param {string} story
   * @param {Decision[]} decisions
   */
  async keep(story, decisions) {
    await this.#write(["decisions"], ([store]) => {
      for (const decision of decisions) {
        store.add({ story, decision }).onerror = (event) => {
          // It is there: no reason to undo the others.
          event.preventDefault();
          event.stopPropagation();
        };
      }
    });
    this.#channel?.postMessage(story);
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
    return this.#write(["settings"], ([store]) => store.put(value, name));
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
   */
  async #write(names, write) {
    try {
      const transaction = this.#database.transaction(names, "readwrite", { durability: "strict" });
      write(names.map((name) => transaction.objectStore(name)));
      await new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve(undefined);
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    } catch (cause) {
      throw unavailable(cause);
    }
  }
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
