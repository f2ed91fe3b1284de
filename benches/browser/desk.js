/** What a fact-checker waits for: from each key to the next frame, on a long story on which much was decided. */

const LENGTH = 100_000;
const DECISIONS = 1000;
/** Of each key, with each tab of the side open. */
const TIMES = 8;
const TABS = ["marks", "entities", "findings", "waiting"];
const KEYS = ["j", "k", "n", "1", "2", "3", "4", "Enter", "x", "z", "y", "s", "e", "o", "m", "a", "r", "?"];

/** How unevenly names occur: the first of them six times as often as the last. */
const WEIGHTS = [25, 14, 11, 9, 7, 6, 5, 4, 4, 4, 4, 4, 4, 4, 4];
const PEOPLE = "陈立群 周怀远 杜玉杰 穆杰 苏文漪 李建磊 何秀英 梁振宇 宋佳慧 谢国强 韩梅 唐志远 冯晓燕 董海涛 袁静怡".split(" ");
const OFFICES = "市长 副市长 市委书记 教育局局长 公安局局长 县长 副县长 财政局局长 主任 副主任 局长 院长 校长 秘书长 主席".split(" ");
const PLACES = "滨州市 绍兴市 济南市 惠民县 阳信县 无棣县 博兴县 邹平市 沾化区 滨城区 青岛市 烟台市 海陵村 杭州市 上海市".split(" ");
const BODIES = "滨州市教育局 绍兴市财政局 山东航空学院 滨州市人民医院 市妇联 惠民县人民政府 滨州日报社 滨州学院 中国银行 省教育厅 市发改委 市公安局 博兴县委 滨城区政府 新华社".split(" ");

/** What stands between the names: with ten of them in a row there are as many names as on the page of the demo, two in a hundred characters. */
const REST = "要进一步提高认识，压实责任，把各项工作抓紧抓实，确保取得成效。 他仔细询问进展情况，并就下一步工作提出要求。 会上听取了汇报。".split(" ");
const PROSE = 10;

/** The same numbers every time. */
function dice(seed = 7) {
  return () => (seed = (seed * 48271) % 2147483647) / 2147483647;
}

/**
 * A story in which names occur as unevenly as they do.
 *
 * @param {number} prose how many sentences without names stand between those with them
 */
export function story(prose) {
  const roll = dice();
  const total = WEIGHTS.reduce((sum, weight) => sum + weight, 0);
  const one = (names) => {
    let left = roll() * total;
    return names.find((_, at) => (left -= WEIGHTS[at]) < 0) ?? names[0];
  };
  let text = "";
  for (let at = 1; text.length < LENGTH; at += 1) {
    const person = one(PEOPLE);
    const place = one(PLACES);
    const names = `${place}${OFFICES[PEOPLE.indexOf(person)]}${person}到${one(PLACES)}的${one(BODIES)}调研，${one(PEOPLE)}陪同。`;
    const rest = Array.from({ length: prose }, (_, more) => REST[(at + more) % REST.length]).join("");
    text += `${(at % 28) + 1}日，${names}${rest}${at % 3 ? "" : "\n"}`;
  }
  const often = [...PEOPLE, ...PLACES, ...BODIES].map((name) => text.split(name).length - 1);
  return { text: text.slice(0, LENGTH), often: [Math.min(...often), Math.max(...often)] };
}

/** Rows of people of whom some are in the story, with what is said there and with something else. */
function roster() {
  const rows = PEOPLE.map((name, at) => `${name},${PLACES[at]}人民政府,${OFFICES[(at + (at % 3 ? 0 : 1)) % OFFICES.length]},${at + 1}`);
  const roll = dice(11);
  const any = (words) => words[Math.floor(roll() * words.length)];
  const others = Array.from({ length: 2000 }, () => `${any("赵钱孙吴郑王褚卫蒋沈")}${any("建国志伟晓丽文海")}${any("军华明芳强燕")},${any(PLACES)}人民政府,${any(OFFICES)},`);
  return ["name,body,title,rank", ...rows, ...others].join("\n");
}

/** Decisions of two people, of every kind. */
function decided(text, marks) {
  const roll = dice(5);
  const step = marks.length / DECISIONS;
  return Array.from({ length: DECISIONS }, (_, at) => {
    const { start, end, kind } = marks[Math.floor(at * step)];
    const actions = [
      { type: "confirm" }, { type: "confirm" }, { type: "confirm" }, { type: "reject" }, { type: "kind", kind: "person" },
      { type: "entity", name: `${text.slice(start, end)}（本市）` }, { type: "office", title: "副市长", body: "滨州市人民政府" }, { type: "note", text: "问过" },
    ];
    return {
      id: `bench-${at}`, author: at % 2 ? "张三" : "李四", time: new Date(1.7e12 + 1000 * at).toISOString(), kind,
      target: [
        { type: "TextQuoteSelector", exact: text.slice(start, end), prefix: text.slice(Math.max(0, start - 32), start), suffix: text.slice(end, end + 32) },
        { type: "TextPositionSelector", start, end },
      ],
      action: actions[Math.floor(roll() * actions.length)],
      ...(at % 3 ? {} : { reason: "名册" }),
    };
  });
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds from an event to after the frame that shows what it did. */
function untilShown(happen) {
  return new Promise((resolve) => {
    const begin = performance.now();
    happen();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - begin);
      port2.postMessage(0);
    });
  });
}

export async function measureDesk({ times: each = TIMES, prose = PROSE } = {}) {
  await import("/pkg/desk.js");
  const desk = document.createElement("mingzhu-desk");
  document.body.append(desk);
  await desk.ready;
  const { text, often } = story(prose);
  const opening = performance.now();
  await desk.open({ id: "bench", title: "bench", text, date: "2024-06-01" });
  const opened = performance.now() - opening;
  await desk.useRoster(roster(), "bench.csv");
  await desk.importFrom(JSON.stringify({ version: 1, decisions: decided(text, desk.marks) }), "bench.json");
  await pause(1000);
  await desk.saved();
  const reopening = performance.now();
  await desk.open({ id: "pause", text: "别的稿件。" });
  await desk.open({ id: "bench" });
  const again = performance.now() - reopening;

  const root = desk.shadowRoot;
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask" });
  const roll = dice(3);
  /** @type {Record<string, Record<string, number[]>>} */
  const times = {};
  const begun = desk.marks.length >> 1;
  root.querySelectorAll(".story .mark[role]")[begun]?.focus();
  for (const tab of TABS) {
    root.querySelector(`[data-tab=${tab}]`).click();
    await pause(300);
    times[tab] = {};
    for (const key of KEYS) {
      times[tab][key] = [];
      for (let time = 0; time < each; time += 1) {
        const mark = root.querySelector(".story .mark[aria-current]") ?? root.querySelector(".story .mark[role]");
        if (root.activeElement !== mark) mark.focus();
        const event = new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true });
        times[tab][key].push(await untilShown(() => mark.dispatchEvent(event)));
        root.querySelector("dialog")?.close("");
        // As people press: sometimes at once, sometimes when the story is being checked again.
        await pause(20 + 230 * roll());
      }
    }
  }
  await pause(1000);
  observer.disconnect();
  await desk.saved();
  const { marks, decisions, findings } = desk;
  desk.remove();
  return { opened, again, often, length: text.length, rows: roster().split("\n").length - 1, marks: marks.length, decisions: decisions.length, findings: findings.length, times, longest: Math.max(0, ...tasks), long: tasks.length };
}
