// Pages that live: what they change is read again, our own doing is not, and a page that never
// rests is left alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { frameworks } from "./frameworks.js";
import { NEWS, harness, noWorkers, painted } from "./harness.js";

const it = harness();

/** A tab whose `#root` is observed; it counts what was read. */
async function live(html, options = {}, settings = {}) {
  const opened = await it.open({ html, ...settings });
  const { page, go } = opened;
  await go();
  await page.evaluate(async (options) => {
    const { createAnnotator } = await import("/pkg/page.js");
    window.scans = 0;
    window.warnings = [];
    addEventListener("mingzhu-scan", () => window.scans++);
    addEventListener("mingzhu-warning", (event) => {
      event.preventDefault();
      window.warnings.push(event.detail.warning.code);
    });
    const get = (id) => document.getElementById(id) ?? undefined;
    const all = { locale: "zh-Hans", index: get("index"), legend: get("legend"), observe: true, ...options };
    window.annotator = await createAnnotator(get("root"), all);
  }, options);
  return opened;
}

/** Waits until these and no others are marked as officials. */
async function officials(page, names) {
  const found = () =>
    page.evaluate(() => {
      const ranges = [...(CSS.highlights.get("mingzhu-official") ?? [])].map(String);
      const elements = [...document.querySelectorAll(".mingzhu-mention[data-kind=official]")].map((e) => e.textContent);
      return [...ranges, ...elements];
    });
  for (let i = 0; i < 200; i++) {
    if ((await found()).join() === names.join()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(await found(), names);
}

const rest = (page, milliseconds = 600) => page.evaluate((time) => new Promise((resolve) => setTimeout(resolve, time)), milliseconds);

test("text that is written, paragraphs that come, go and are hidden are read again", async () => {
  const { page, context, seen } = await live(`<div id=index></div><div id=root><p>${NEWS}</p></div>`);
  await officials(page, ["陈立群"]);
  await page.evaluate(() => (document.querySelector("#root p").firstChild.data = "市长周怀远在绍兴市调研。"));
  await officials(page, ["周怀远"]);
  // Infinite scroll: more at the end, three times.
  for (const name of ["秦望舒", "罗景行", "沈知白"]) {
    await page.evaluate((name) => {
      const paragraph = document.createElement("p");
      paragraph.append(`副市长${name}参加会议并讲话。`);
      document.getElementById("root").append(paragraph);
    }, name);
  }
  await officials(page, ["周怀远", "秦望舒", "罗景行", "沈知白"]);
  await page.locator("#index").getByRole("button", { name: /沈知白/ }).waitFor();
  await page.evaluate(() => (document.querySelectorAll("#root p")[1].hidden = true));
  await officials(page, ["周怀远", "罗景行", "沈知白"]);
  await page.evaluate(() => document.querySelectorAll("#root p")[2].remove());
  await officials(page, ["周怀远", "沈知白"]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

for (const options of [{}, { exclude: ".x, i, li:first-child, p:empty + *", include: "section, ul, b" }, { shadow: true }]) {
const which = Object.keys(options).join(" and ");
test(`whatever a page does, what is read of its changes is what a fresh reading gives${which && `, with ${which}`}`, async () => {
  const { page, context, seen } = await live(
    "<div id=root><section><p>甲<b>乙</b></p><pre>丙\n丁</pre></section><ul><li>戊<li>己<span>庚</span></ul></div>",
    { card: false, ...options },
  );
  const wrong = await page.evaluate(async (options) => {
    const { textOf } = await import("/pkg/page.js");
    // Time flies, so that the watch need not be patient with a page that never rests.
    const now = performance.now.bind(performance);
    performance.now = () => 50 * now();
    let seed = 20260705;
    const below = (n) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % n;
    const of = (list) => list[below(list.length)];
    const root = document.getElementById("root");
    const elements = (wanted = "*") => [...root.querySelectorAll(wanted)];
    const away = [];
    const make = () => {
      const element = document.createElement(of(["p", "div", "li", "span", "b", "br", "hr", "td", "button", "pre"]));
      if (!["BR", "HR"].includes(element.tagName)) element.append(of(["外", "交 部", " 绍\n兴 ", "市"]), of(["", document.createElement("i")]));
      return element;
    };
    const steps = [
      () => of([root, ...elements("p,div,section,ul,li")]).append(make()),
      () => of([root, ...elements()]).prepend(of(["滨", "州 ", "\n"])),
      () => of(elements())?.remove(),
      () => of(elements())?.replaceChildren(of(["文", make()])),
      () => {
        const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let i = below(20); i > 0; i--) texts.nextNode();
        if (texts.currentNode.nodeType === 3) texts.currentNode.data = of(["字", "  ", "两 字"]);
      },
      () => of(elements())?.toggleAttribute("hidden"),
      () => of(elements())?.setAttribute("lang", of(["ja", "zh", "en", ""])),
      () => of(elements())?.toggleAttribute("contenteditable"),
      () => of(elements())?.classList.toggle("x"),
      () => {
        const host = of(elements("p,div,section"));
        if (host && !host.shadowRoot) host.attachShadow({ mode: "open" }).append(make(), document.createElement("slot"));
        else host?.shadowRoot.append(make());
      },
      // Moved as it is, or changed where nobody sees it.
      () => {
        const element = of(elements());
        if (!element) return;
        away.push(element);
        element.remove();
      },
      () => {
        const element = away.pop();
        if (!element) return;
        if (below(2)) (element.querySelector("*") ?? element).append("变");
        const target = of([root, ...elements("div,section,ul,li")]);
        if (!element.contains(target)) target.append(element);
      },
    ];
    let text = await textOf(root, options);
    root.addEventListener("mingzhu-scan", ({ detail }) => (text = detail.text));
    const wrong = [];
    for (let i = 0; i < 150 && wrong.length === 0; i++) {
      if (root.childElementCount === 0) root.append(make());
      for (let many = below(4); many >= 0; many--) of(steps)();
      // Nobody tells of a shadow root that is new.
      root.append(document.createComment(""));
      let fresh = "";
      for (let turn = 0; turn < 200; turn++) {
        fresh = await textOf(root, options);
        if (text === fresh) break;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      if (text !== fresh) wrong.push({ i, text, fresh, html: root.innerHTML });
    }
    return wrong;
  }, options);
  assert.deepEqual(wrong, []);
  assert.deepEqual(seen.problems, []);
  await context.close();
});
}

test("a long page is read in slices, and what changes between them is read as well", async () => {
  const { page, context, seen, go } = await it.open({ html: "<div id=root></div>" });
  await go();
  const found = await page.evaluate(async () => {
    const { createAnnotator, textOf } = await import("/pkg/page.js");
    const root = document.getElementById("root");
    const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });
    root.append(...Array.from({ length: 12_000 }, (_, i) => paragraph(`${i}号文件已经印发。`)));
    // What a page does while it is read: a turn of its own after each of ours.
    let turns = 0;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      if (turns++ < 5) {
        root.children[turns].firstChild.data = `第${turns}次修改，副市长陈立群参加会议。`;
        root.children[11_000].before(paragraph(`第${turns}次添加。`));
      }
      if (turns < 10_000) port2.postMessage(0);
    };
    port2.postMessage(0);
    let text;
    root.addEventListener("mingzhu-scan", ({ detail }) => (text = detail.text), { once: true });
    const annotator = await createAnnotator(root);
    const known = text.includes("第1次修改") && text.includes("第1次添加");
    // Ranges stand where the text says.
    const right = annotator.mentions.every(({ start, end }) => annotator.rangeOf(start, end)?.toString() === text.slice(start, end));
    const result = { known, right, same: text === (await textOf(root)), mentions: annotator.mentions.length };
    port1.close();
    return result;
  });
  assert.deepEqual(found, { known: true, right: true, same: true, mentions: 5 });
  assert.deepEqual(seen.problems, []);
  await context.close();
});

for (const [named, options] of Object.entries({
  exclude: { exclude: ".ad" }, include: { include: "p" }, shadow: { shadow: true }, frames: { frames: true }, "names as elements": { render: "element" },
})) {
  test(`a long page is read in slices with ${named} as well`, async () => {
    const { page, context, seen } = await live("<div id=root></div>", { observe: false, ...options });
    const found = await page.evaluate(async (options) => {
      const { textOf } = await import("/pkg/page.js");
      const root = document.getElementById("root");
      const paragraph = (text, className = "") => Object.assign(document.createElement("p"), { textContent: text, className });
      root.append(...Array.from({ length: 12_000 }, (_, i) => paragraph(`${i}号文件已经印发。`)));
      // A tree of its own, where these are read.
      const shadow = root.children[10].attachShadow({ mode: "open" });
      const inside = Array.from({ length: 50 }, (_, i) => paragraph(`树中${i}号。`));
      shadow.append(...inside);
      let text = "";
      root.addEventListener("mingzhu-scan", ({ detail }) => (text = detail.text), { once: true });
      // Slices of a millisecond: however fast the machine is, there are several. What has been read to its end is as it was then.
      const { Page } = await import("/pkg/wasm/mingzhu.js");
      const { read, scan } = Page.prototype;
      let slices = 0;
      let over = false;
      Page.prototype.read = function (_, ...rest) {
        slices++;
        return read.call(this, 1, ...rest);
      };
      Page.prototype.scan = function () {
        over = true;
        return scan.call(this);
      };
      // What the page does in its turns between our slices.
      let turns = 0;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        if (over) return;
        turns++;
        root.children[turns].firstChild.data = `第${turns}次修改,副市长陈立群参加会议。`;
        root.children[20 + turns].className = "ad";
        inside[turns].firstChild.data = `树中第${turns}次修改。`;
        if (turns < 5) port2.postMessage(0);
      };
      port2.postMessage(0);
      await window.annotator.scan();
      return { sliced: slices > 1 && text.includes("第1次修改,"), same: text === (await textOf(root, options)) };
    }, options);
    assert.deepEqual(found, { sliced: true, same: true });
    assert.deepEqual(seen.problems, []);
    await context.close();
  });
}

test("a long page is read to its end after the watch was ended, and while it is left alone", async () => {
  const { page, context, seen } = await live("<div id=root><p>今天晴。</p></div>", { observe: false });
  const found = await page.evaluate(async () => {
    const root = document.getElementById("root");
    const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });
    root.append(...Array.from({ length: 12_000 }, (_, i) => paragraph(`${i}号文件已经印发。`)), paragraph("副市长陈立群参加会议。"));
    const timed = () => {
      const late = new Promise((resolve) => setTimeout(resolve, 20_000, "never"));
      return Promise.race([window.annotator.scan().then(({ entities }) => entities.map(({ name }) => name).join()), late]);
    };
    const control = new AbortController();
    window.annotator.observe({ signal: control.signal });
    control.abort();
    const ended = await timed();
    // It never rests, until it is left alone: by a clock that stands, for slow readings give it rest.
    const still = performance.now();
    performance.now = () => still;
    window.annotator.observe();
    const clock = setInterval(() => (root.firstChild.textContent = `今天晴${Math.random()}。`), 1);
    while (!window.warnings.includes("PAGE_RESTLESS")) await new Promise((resolve) => setTimeout(resolve, 10));
    clearInterval(clock);
    delete performance.now;
    return [ended, await timed()];
  });
  assert.deepEqual(found, ["陈立群", "陈立群"]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("of a long page what the reader sees is painted first", async () => {
  const { page, context, seen, go } = await it.open({ html: "<div id=root></div>" });
  await go();
  const found = await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    const root = document.getElementById("root");
    const people = ["陈立群", "秦望舒", "罗景行", "沈知白"];
    root.append(...Array.from({ length: 2000 }, (_, i) => {
      const name = people[i % people.length];
      return Object.assign(document.createElement("p"), { textContent: `${i}日，副市长${name}参加会议并讲话。` });
    }));
    // A reader who comes back to the midst of a story.
    root.children[1000].scrollIntoView();
    const drawn = () => [...(CSS.highlights.get("mingzhu-official") ?? [])].map((range) => range.getBoundingClientRect());
    const first = new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const rects = drawn();
        if (rects.length > 0) return resolve({ rects, ended: annotated });
        port2.postMessage(0);
      };
      port2.postMessage(0);
    });
    let annotated = false;
    root.addEventListener("mingzhu-scan", () => (annotated = true), { once: true });
    const annotator = await createAnnotator(root);
    const { rects, ended } = await first;
    const lines = [...root.children].map((child) => child.getBoundingClientRect());
    const visible = lines.filter(({ top, bottom }) => bottom > 0 && top < innerHeight).length;
    return {
      ended, visible,
      before: rects.filter(({ bottom, top }) => bottom > 0 && top < innerHeight).length,
      far: rects.some(({ top, bottom }) => bottom < -innerHeight || top > 2 * innerHeight),
      after: drawn().length, mentions: annotator.mentions.length,
    };
  });
  const { visible } = found;
  assert.ok(visible > 5);
  assert.deepEqual(found, { ended: false, visible, before: visible, far: false, after: 2000, mentions: 2000 });
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("infinite scroll: what comes while the reader scrolls is painted, what is taken away above is let go", async () => {
  const names = ["周怀远", "秦望舒", "罗景行", "沈知白", "陆明哲", "许清源"];
  const { page, context, seen } = await live(`<div id=root></div>`);
  await page.evaluate((names) => {
    const root = document.getElementById("root");
    const end = document.createElement("div");
    end.style.height = "20px";
    root.append(end);
    const more = () => {
      const name = names.shift();
      if (!name) return;
      const story = document.createElement("p");
      story.style.minHeight = "160vh";
      story.append(`副市长${name}参加会议并讲话。`);
      end.before(story);
      // Lists of this kind keep a few, and the place of the others.
      const stories = root.querySelectorAll("p");
      if (stories.length > 3) {
        root.style.paddingTop = `${parseFloat(root.style.paddingTop || "0") + stories[0].offsetHeight}px`;
        stories[0].remove();
      }
    };
    new IntersectionObserver((entries) => {
      window.atEnd = entries.at(-1).isIntersecting;
      if (window.atEnd) more();
    }, { rootMargin: "50px" }).observe(end);
  }, [...names]);
  await officials(page, names.slice(0, 1));
  for (let shown = 2; shown <= names.length; shown++) {
    // It is only told of an end that was out of sight.
    await page.waitForFunction(() => window.atEnd === false);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await officials(page, names.slice(Math.max(0, shown - 3), shown));
  }
  assert.equal(await page.evaluate(() => window.annotator.mentions.length), 3);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a route change of a single-page app is read like a new page", async () => {
  const { page, context, seen } = await live(`<div id=root><article><p>${NEWS}</p></article></div>`);
  await page.evaluate(() => {
    history.pushState(null, "", "#/second");
    const article = document.createElement("article");
    article.append(Object.assign(document.createElement("p"), { textContent: "市长周怀远在绍兴市调研。" }));
    document.getElementById("root").replaceChildren(article);
  });
  await officials(page, ["周怀远"]);
  assert.equal(await page.evaluate(() => window.annotator.entities.some(({ name }) => name === "陈立群")), false);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

for (const render of ["highlights", "element"]) {
  test(`what the page does while the annotator is on its way is read before it is annotated, once (${render})`, async () => {
    const opened = await it.open({ html: `<div id=root><p id=first>副市长陈立群发言。</p><p id=second>副市长秦望舒调研。</p></div>` });
    const { page, context, seen, go } = opened;
    await go();
    await page.evaluate(async (render) => {
      const { createAnnotator, loadAnnotator } = await import("/pkg/page.js");
      const annotator = await loadAnnotator();
      window.texts = [];
      const asked = { annotate: (text, options) => (window.texts.push(text), annotator.annotate(text, options)) };
      const root = document.getElementById("root");
      const coming = new Promise((resolve) => (window.come = () => resolve(asked)));
      const making = createAnnotator(root, { annotator: coming, render, legend: document.body.appendChild(document.createElement("div")) });
      // Its legend says that it has read the page's rules, and waits.
      const built = async () => {
        while (!document.querySelector(".mingzhu-legend")) await new Promise(requestAnimationFrame);
      };
      await Promise.race([built(), making]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      document.getElementById("second").remove();
      document.getElementById("first").firstChild.data = "市长周怀远发言。";
      window.come();
      window.annotator = await making;
    }, render);
    await officials(page, ["周怀远"]);
    assert.deepEqual(await page.evaluate(() => window.texts), ["市长周怀远发言。"]);
    assert.deepEqual(seen.problems, []);
    await context.close();
  });
}

test("the same text in other nodes is painted again, without being annotated again", async () => {
  const { page, context } = await live(`<div id=root><p>${NEWS}</p></div>`);
  await rest(page);
  const scans = await page.evaluate(() => window.scans);
  await page.evaluate(() => {
    const paragraph = document.querySelector("#root p");
    paragraph.replaceWith(paragraph.cloneNode(true));
  });
  await officials(page, ["陈立群"]);
  assert.equal(await page.evaluate(() => window.scans), scans);
  await context.close();
});

test("what we write ourselves is no news: index and legend in the root, elements around names", async () => {
  const html = `<div id=root><div id=legend></div><div id=index></div><p>${NEWS}</p></div>`;
  for (const render of ["highlights", "element"]) {
    const { page, context } = await live(html, { render });
    await rest(page, 1000);
    assert.equal(await page.evaluate(() => window.scans), 1, render);
    await page.evaluate(() => window.annotator.setFilter({ kinds: ["official", "place"] }));
    await page.evaluate(() => window.annotator.next());
    await page.keyboard.press("Escape");
    await rest(page, 1000);
    assert.equal(await page.evaluate(() => window.scans), 1, render);
    await context.close();
  }
});

for (const render of ["highlights", "element"]) {
  test(`what the page writes when it hears of us is read: ${render}`, async () => {
    const { page, context, seen } = await live(`<div id=index></div><div id=root><p id=first>今天晴。</p><p>${NEWS}</p></div>`, { render });
    await officials(page, ["陈立群"]);
    await page.evaluate(() => {
      const write = (text) => (document.getElementById("first").textContent = text);
      addEventListener("mingzhu-change", () => write("市长周怀远发言。"), { once: true });
      window.annotator.setFilter({ minScore: 0.01 });
    });
    await officials(page, ["周怀远", "陈立群"]);
    // The focus goes with its entry when the index is built anew.
    await page.locator("#index").getByRole("button", { name: /^绍兴市/ }).focus();
    await page.evaluate(() => {
      const write = (text) => (document.getElementById("first").textContent = text);
      document.getElementById("index").addEventListener("focusin", () => write("副市长秦望舒发言。"), { once: true });
      document.getElementById("root").append("局长罗景行说。");
    });
    await officials(page, ["秦望舒", "陈立群", "罗景行"]);
    assert.deepEqual(seen.problems, []);
    await context.close();
  });
}

test("what an excluding selector matches is followed, class by class", async () => {
  const { page, context, seen } = await live(
    `<div id=root><p id=ad>副市长秦望舒发言。</p><p>${NEWS}局长<b id=inside>罗景行</b>说。</p><div id=group><p>市长周怀远发言。</p></div></div>`,
    { exclude: ".ad, .off p" },
  );
  await officials(page, ["秦望舒", "陈立群", "罗景行", "周怀远"]);
  await page.evaluate(() => (document.getElementById("ad").className = "ad"));
  await officials(page, ["陈立群", "罗景行", "周怀远"]);
  await page.evaluate(() => (document.getElementById("inside").className = "ad"));
  await officials(page, ["陈立群", "周怀远"]);
  await page.evaluate(() => (document.getElementById("group").className = "off"));
  await officials(page, ["陈立群"]);
  await page.evaluate(() => document.querySelectorAll("#root [class]").forEach((element) => (element.className = "")));
  await officials(page, ["秦望舒", "陈立群", "罗景行", "周怀远"]);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("asked for, all is read afresh, what only a style has changed as well", async () => {
  const { page, context } = await live("<div id=root><p>外<span>交</span></p></div>");
  const texts = await page.evaluate(async () => {
    const texts = [];
    addEventListener("mingzhu-scan", ({ detail }) => texts.push(detail.text));
    document.querySelector("#root span").style.display = "block";
    await window.annotator.scan();
    document.querySelector("#root span").style.display = "";
    await window.annotator.scan();
    return texts;
  });
  assert.deepEqual(texts, ["外\n\n交", "外交"]);
  await context.close();
});

test("the page's own signal ends all of it, whenever it comes", async () => {
  const { page, context, seen } = await it.open({ html: `<div id=index></div><div id=root><p>${NEWS}</p></div>` }).then(async (opened) => (await opened.go(), opened));
  const left = await page.evaluate(async () => {
    const { createAnnotator } = await import("/pkg/page.js");
    const root = document.getElementById("root");
    const control = new AbortController();
    const annotator = await createAnnotator(root, { signal: control.signal, observe: true, index: document.getElementById("index") });
    annotator.next();
    control.abort();
    const code = await annotator.scan().catch((error) => error.code);
    await annotator.disposed();
    return [code, CSS.highlights?.size ?? 0, document.querySelectorAll("[data-mingzhu]").length, document.adoptedStyleSheets.length];
  });
  assert.deepEqual(left, ["ABORTED", 0, 0, 0]);
  await noWorkers(page);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("a page that never rests is left alone for a while, which a warning tells, and is read when it rests", async () => {
  const { page, context, seen } = await live(`<div id=root><p>${NEWS}</p><p id=clock></p></div>`);
  await page.evaluate(() => {
    let at = 0;
    window.clock = setInterval(() => (document.getElementById("clock").textContent = `副市长秦望舒 ${at++}`), 1);
  });
  await page.waitForFunction(() => window.warnings.includes("PAGE_RESTLESS"));
  const before = await page.evaluate(() => window.scans);
  await rest(page, 1500);
  assert.ok((await page.evaluate(() => window.scans)) - before <= 1);
  await page.evaluate(() => {
    clearInterval(window.clock);
    document.getElementById("clock").textContent = "市长周怀远在绍兴市调研。";
  });
  await officials(page, ["陈立群", "周怀远"]);
  assert.ok((await page.evaluate(() => window.scans)) < 20);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("what is open and where the reader is stays while other things change", async () => {
  const { page, context, seen } = await live(`<div id=index></div><div id=root><p id=first>今天晴。</p><p>${NEWS}</p></div>`);
  const entry = page.locator("#index").getByRole("button", { name: /^绍兴市/ });
  await page.evaluate(() => window.annotator.focus(window.annotator.mentions.findIndex((m) => window.annotator.entities[m.entity].name === "陈立群")));
  const card = page.getByRole("dialog", { name: "陈立群" });
  await card.waitFor();
  await page.evaluate(() => (document.getElementById("first").textContent = "市长周怀远在绍兴市调研。"));
  await officials(page, ["周怀远", "陈立群"]);
  assert.ok(await card.isVisible());
  await page.keyboard.press("Escape");
  await entry.focus();
  await page.locator("#index input").fill("");
  await entry.focus();
  await page.evaluate(() => (document.getElementById("first").textContent = "副市长秦望舒在绍兴市调研。"));
  await officials(page, ["秦望舒", "陈立群"]);
  assert.equal(await page.evaluate(() => document.activeElement.querySelector(".mingzhu-name")?.textContent), "绍兴市");
  // Told once, though much has changed.
  assert.match(await page.locator("[data-mingzhu=announcer]").textContent(), /官员 1/);
  assert.deepEqual(seen.problems, []);
  await context.close();
});

test("an abort ends the watching, a scan that is aborted paints nothing, and disposal is awaited", async () => {
  const { page, context } = await live(`<div id=root><p>${NEWS}</p></div>`, { observe: false });
  const codes = await page.evaluate(async () => {
    const text = document.querySelector("#root p").firstChild;
    const control = new AbortController();
    window.annotator.observe({ signal: control.signal });
    control.abort();
    text.data = "市长周怀远在绍兴市调研。";
    await new Promise((resolve) => setTimeout(resolve, 500));
    const unheard = window.annotator.mentions.length;
    const code = (promise) => promise.then(() => "done", (error) => error.code);
    const late = new AbortController();
    const aborted = code(window.annotator.scan({ signal: late.signal }));
    late.abort();
    const same = window.annotator.mentions.length === unheard;
    const codes = [await aborted, await code(window.annotator.scan({ signal: AbortSignal.abort() }))];
    // Asked for, it is read though nobody watched.
    window.annotator.observe({ signal: AbortSignal.timeout(200) });
    await new Promise((resolve) => setTimeout(resolve, 400));
    text.data = "副市长秦望舒在绍兴市调研。";
    const { mentions } = await window.annotator.scan();
    codes.push(mentions.map(({ start, end }) => text.data.slice(start, end)).join());
    const pending = code(window.annotator.scan());
    await window.annotator.disposed();
    return [...codes, same, await pending, CSS.highlights.size];
  });
  assert.deepEqual(codes, ["ABORTED", "ABORTED", "秦望舒,绍兴市", true, "DISPOSED", 0]);
  await context.close();
});

for (const [name, bundle] of Object.entries(frameworks)) {
  for (const render of ["highlights", "element"]) {
    test(`${name} goes on re-rendering a paragraph under our ${render}`, async () => {
      const { page, context, go, seen } = await it.open({ html: `<div id=root></div><script type=module src="/app.js"></script>` });
      const body = await bundle();
      await context.route("**/app.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
      await go();
      await page.waitForFunction(() => Boolean(window.show));
      const text = () => page.locator("#root").innerText();
      await page.evaluate(() => void window.show({ place: "绍兴市", people: ["陈立群", "秦望舒"] }));
      await page.evaluate(async (render) => {
        const { createAnnotator } = await import("/pkg/page.js");
        window.annotator = await createAnnotator(document.getElementById("root"), { observe: true, render });
      }, render);
      await officials(page, ["陈立群", "秦望舒"]);
      const steps = [
        { place: "宁波市", people: ["陈立群", "秦望舒"] },
        { place: "宁波市", people: ["周怀远", "陈立群", "秦望舒"] },
        { place: "宁波市", people: ["秦望舒", "周怀远"] },
        { place: "绍兴市", people: [] },
        { place: "绍兴市", people: ["罗景行"] },
      ];
      for (const step of steps) {
        await page.evaluate((step) => void window.show(step), step);
        await officials(page, step.people);
        const expected = [`今天,${step.place}召开教育工作会议。`, ...step.people.map((who) => `副市长${who}在${step.place}的会上发言。`)];
        assert.deepEqual((await text()).split(/\n+/).filter(Boolean), expected);
      }
      await page.evaluate(() => window.annotator.dispose());
      await page.evaluate(() => void window.show({ place: "宁波市", people: ["陈立群"] }));
      assert.equal((await text()).replace(/\n+/g, ""), "今天,宁波市召开教育工作会议。副市长陈立群在宁波市的会上发言。");
      assert.equal(await page.locator(".mingzhu-mention").count(), 0);
      assert.deepEqual(await painted(page), {});
      assert.deepEqual(seen.problems, []);
      await context.close();
    });
  }
}
