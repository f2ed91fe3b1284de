import { readFile } from "node:fs/promises";
import { Annotator } from "mingzhu";

const text = await readFile(process.argv[2], "utf8");

const annotator = await Annotator.load();
const { entities } = await annotator.annotate(text);
annotator.dispose();

for (const { kind, name } of entities) console.log(`${kind}\t${name}`);
