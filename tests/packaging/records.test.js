/**
 * The records have one shape, said twice: in the types, and in the schema that the engine's own records are held
 * to (`tests/contract.rs`). Here the two are held to each other.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SignatureKind, SymbolFlags, TypeFlags } from "typescript/unstable/sync";
import { pkg, root } from "./packed.js";
import { openFiles } from "./typescript.js";

/** @typedef {import("typescript/unstable/sync").Project} Project */
/** @typedef {import("typescript/unstable/sync").Type} Type */

/**
 * @typedef {"boolean" | "number" | "string" | string[] | { list: Shape } | { [name: string]: Shape }} Shape
 * the least that both can say: a list of words is one of them, and a name with a question mark may be missing
 */

const schema = JSON.parse(readFileSync(join(root, "docs/article.schema.json"), "utf8"));

/**
 * What the schema says of a value.
 *
 * @param {any} part
 * @returns {Shape}
 */
function described(part) {
  if (part.$ref) return described(schema.$defs[part.$ref.replace("#/$defs/", "")]);
  if (part.enum) return [...part.enum].sort();
  if ("const" in part) return /** @type {Shape} */ (typeof part.const);
  switch (part.type) {
    case "integer":
    case "number":
      return "number";
    case "array":
      return { list: described(part.items) };
    case "object":
      assert.equal(part.additionalProperties, false, "what is not named is not there");
      return members(Object.entries(part.properties).map(([name, value]) => [name, described(value), part.required.includes(name)]));
    default:
      return part.type;
  }
}

/**
 * What a type says of a value.
 *
 * @param {Project} project
 * @param {Type} type
 * @returns {Shape}
 */
function typed(project, type) {
  const { checker } = project;
  if (type.isUnionType()) {
    const parts = type.getTypes().filter((part) => !(part.flags & TypeFlags.Undefined));
    if (parts.length === 1) return typed(project, parts[0]);
    if (parts.every((part) => part.flags & TypeFlags.BooleanLiteral)) return "boolean";
    return parts.map((part) => word(part)).sort();
  }
  if (type.flags & TypeFlags.StringLiteral) return [word(type)];
  if (type.flags & TypeFlags.String) return "string";
  if (type.flags & TypeFlags.Number) return "number";
  if (type.flags & TypeFlags.Boolean) return "boolean";
  if (checker.isArrayType(type)) return { list: typed(project, checker.getTypeArguments(/** @type {any} */ (type))[0]) };
  return members(
    checker.getPropertiesOfType(type).map((property) => {
      const value = checker.getTypeOfSymbol(property);
      assert.ok(value, property.name);
      return [property.name, typed(project, value), !(property.flags & SymbolFlags.Optional)];
    }),
  );
}

/** @param {Type} type */
function word(type) {
  assert.ok(type.isStringLiteralType(), "neither a word nor one of several");
  return type.value;
}

/**
 * @param {[name: string, shape: Shape, required: boolean][]} list
 * @returns {Shape}
 */
const members = (list) =>
  Object.fromEntries(list.map(([name, shape, required]) => /** @type {const} */ ([required ? name : `${name}?`, shape])).sort());

/** What `toJSON` of an article is promised to give. */
function record() {
  const file = join(pkg, "mingzhu.d.ts");
  return openFiles([file], (project) => {
    const { checker, program } = project;
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const article = module && checker.getMemberInModuleExports(module, "Article");
    const method = article?.getMembers().get(/** @type {any} */ ("toJSON"));
    const type = method && checker.getTypeOfSymbol(method);
    const [signature] = type ? checker.getSignaturesOfType(type, SignatureKind.Call) : [];
    const given = signature && checker.getReturnTypeOfSignature(signature);
    assert.ok(given, "Article.toJSON gives nothing");
    return typed(project, given);
  });
}

test("the types of the records are what the schema says", () => {
  const expected = /** @type {Record<string, Shape>} */ (described(schema));
  // A string of JavaScript has one unit of the three.
  assert.ok(/** @type {string[]} */ (expected.unit).includes("utf16"));
  assert.deepEqual(record(), { ...expected, unit: ["utf16"] });
});
