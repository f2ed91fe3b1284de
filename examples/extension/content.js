import { createAnnotator } from "mingzhu/page";

// Every click on the button runs this file, always in the same world.
if (globalThis.reading) switchOff();
else switchOn();

async function switchOn() {
  const article = document.querySelector("article") ?? document.querySelector("main") ?? document.body;
  const reading = createAnnotator(article, {
    // The files as pages cannot guess them: no page can tell that this extension is there.
    baseUrl: `chrome-extension://${chrome.runtime.dynamicId}/`,
    // A worker has to be of the page's origin, and this code is not.
    mode: "main",
    observe: true,
  });
  globalThis.reading = reading;
  show("…");
  try {
    await reading;
    if (globalThis.reading === reading) show("注");
  } catch (error) {
    globalThis.reading = undefined;
    show("!", `${error.message} (${error.code}). ${error.hint}`);
  }
}

async function switchOff() {
  const { reading } = globalThis;
  globalThis.reading = undefined;
  await reading.then((page) => page.dispose(), () => {});
  show("");
}

function show(badge, title) {
  chrome.runtime.sendMessage({ badge, title });
}
