// Shell commands of the documents: each program, subcommand, option and file they name is there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { running } from "./blocks.js";
import { root } from "./codes.js";

/** What a document may speak of and the project does not bring. */
const TOOLS = ["callgrind_annotate", "grep", "openssl", "valgrind"];

/** @type {Map<string, string>} */
const helps = new Map();

/** What a program of ours says of itself and its subcommand. */
function help(/** @type {string} */ program, /** @type {string[]} */ ...subcommand) {
  const key = [program, ...subcommand].join(" ");
  const known = helps.get(key);
  if (known) return known;
  const built = join(process.env.MINGZHU_PROGRAMS ?? "", program === "mingzhu-cli" ? "mingzhu" : program);
  const there = process.env.MINGZHU_PROGRAMS !== undefined && existsSync(built);
  const before = there ? [] : ["run", "--quiet", "--package", program, "--"];
  const said = execFileSync(there ? built : "cargo", [...before, ...subcommand, "--help"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  helps.set(key, said);
  return said;
}

/** Words of a line, each command of a pipe by itself, without what is said behind it. */
function commands(/** @type {string} */ line) {
  const words = line.replace(/(^|\s)#.*$/, "").match(/'[^']*'|"[^"]*"|\||[^\s|]+/g) ?? [];
  /** @type {string[][]} */
  const all = [[]];
  for (const word of words) {
    if (word === "|") all.push([]);
    else if (word === "<" || word === ">") break;
    else all.at(-1)?.push(word);
  }
  // Variables before a command.
  return all.map((words) => words.slice(words.findIndex((word) => !/^[A-Z_]+=/.test(word)))).filter(({ length }) => length > 0);
}

/** Holds the words of a command of ours to what its help says. */
function ours(/** @type {string} */ program, /** @type {string[]} */ words) {
  const known = [...help(program).matchAll(/^  ([a-z-]+) /gm)].map(([, name]) => name);
  const subcommand = words.find((word) => known.includes(word));
  assert.ok(subcommand, `${program} ${words.join(" ")} has a subcommand`);
  const said = help(program, subcommand) + help(program);
  for (const [option] of words.join(" ").matchAll(/(?<=^| )--?[a-z-]+/g)) {
    assert.match(said, new RegExp(`(^|[\\s,])${option}(?![a-z-])`, "m"), `${program} ${subcommand} has ${option}`);
  }
  // What an option takes is one of those there are, where they are listed.
  for (const [, option, value] of words.join(" ").matchAll(/(--(?:only|profile|model)) ([a-z-]+)/g)) {
    assert.match(said, new RegExp(`${option}[\\s\\S]*\\b${value}\\b`), `${option} takes ${value}`);
  }
}

const metadata = execFileSync("cargo", ["metadata", "--no-deps", "--format-version", "1"], { cwd: root, encoding: "utf8" });
/** @type {{ name: string, targets: { name: string, kind: string[] }[] }[]} */
const crates = JSON.parse(metadata).packages;

/** @type {Record<string, (words: string[]) => void>} */
const PROGRAMS = {
  cargo(words) {
    if (words[0] === "xtask") return ours("xtask", words.slice(1));
    assert.match(execFileSync("cargo", ["--list"], { encoding: "utf8" }), new RegExp(`^ +${words[0]}\\b`, "m"));
    const at = (/** @type {string[]} */ ...options) => {
      const option = words.findIndex((word) => options.includes(word));
      return option < 0 ? undefined : words[option + 1];
    };
    const crate = crates.find(({ name }) => name === (at("-p", "--package") ?? "mingzhu"));
    assert.ok(crate, `${words.join(" ")}: there is such a crate`);
    for (const kind of ["test", "bench", "example"]) {
      const name = at(`--${kind}`);
      const there = crate.targets.some((target) => target.name === name && target.kind.includes(kind));
      assert.ok(name === undefined || there, `there is a ${kind} ${name}`);
    }
    if (words[0] === "run") ours(crate.name, words.slice(words.indexOf("--") + 1));
  },
  mingzhu: (words) => ours("mingzhu-cli", words),
  "target/release/mingzhu": (words) => ours("mingzhu-cli", words),
  node(words) {
    for (const file of words.filter((word) => word.endsWith(".js"))) assert.ok(existsSync(join(root, file)), `there is ${file}`);
  },
  npm(words) {
    assert.equal(words[0], "install");
    const { name } = JSON.parse(readFileSync(join(root, "js/package.json"), "utf8"));
    assert.deepEqual(words.slice(1), [name]);
  },
  npx(words) {
    const { bin } = JSON.parse(readFileSync(join(root, "js/package.json"), "utf8"));
    assert.ok(Object.hasOwn(bin, words[0]), `there is a command ${words[0]}`);
  },
};

for (const { name, code } of running("sh")) {
  test(`${name} names what there is`, () => {
    const all = code.split("\n").flatMap(commands);
    assert.ok(all.length > 0);
    for (const [program, ...words] of all) {
      if (TOOLS.includes(program)) {
        // What valgrind runs is ours.
        const inner = words.findIndex((word) => word in PROGRAMS);
        if (inner >= 0) PROGRAMS[words[inner]](words.slice(inner + 1));
      } else {
        assert.ok(Object.hasOwn(PROGRAMS, program), `${program} is known`);
        PROGRAMS[program](words);
      }
    }
  });
}
