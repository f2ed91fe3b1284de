/**
 * Nodes asked by their prototypes: a form's fields may be called like what a node can do, and
 * images like what a document can.
 */

/** @param {Node} node */
export const typeOf = (node) => /** @type {number} */ (Reflect.get(Node.prototype, "nodeType", node));

/**
 * True for a node of any window's: that of another is an instance of nothing here.
 *
 * @param {unknown} value
 */
export function isNode(value) {
  try {
    return typeOf(/** @type {Node} */ (value)) > 0;
  } catch {
    return false;
  }
}

/** @param {Node} node */
export const isElement = (node) => typeOf(node) === Node.ELEMENT_NODE;

/**
 * @param {Node} node
 * @returns {Element | null}
 */
export const parentElementOf = (node) => Reflect.get(Node.prototype, "parentElement", node);

/**
 * @param {Element} element
 * @returns {Document}
 */
export const documentOf = (element) => /** @type {any} */ (Reflect.get(Node.prototype, "ownerDocument", element));

/**
 * @template {"body" | "documentElement"} Part
 * @param {Document} document
 * @param {Part} name
 * @returns {Document[Part] | null}
 */
export const partOf = (document, name) => Reflect.get(Document.prototype, name, document);

/**
 * @param {Element} element
 * @param {string} selector
 */
export const isIn = (element, selector) => Element.prototype.closest.call(element, selector) !== null;

/**
 * @param {Element} element
 * @param {string} name
 */
export const has = (element, name) => Element.prototype.hasAttribute.call(element, name);

/**
 * @param {EventTarget} target
 * @param {string} event
 * @param {(event: any) => void} heard
 * @returns {() => void} has it hear no more
 */
export function listen(target, event, heard) {
  EventTarget.prototype.addEventListener.call(target, event, heard, { passive: true });
  return () => EventTarget.prototype.removeEventListener.call(target, event, heard);
}

/**
 * @param {EventTarget} target
 * @param {Event} event
 */
export const dispatch = (target, event) => EventTarget.prototype.dispatchEvent.call(target, event);
