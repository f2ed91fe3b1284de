import { createAnnotator } from "mingzhu/page";

await createAnnotator(document.querySelector("article"));
