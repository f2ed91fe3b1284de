// The same small page in three frameworks: `show({ place, people })` renders it again.

import { build } from "esbuild";
import { compile } from "svelte/compiler";
import { fileURLToPath } from "node:url";

const REACT = `
  import { createElement as h } from "react";
  import { createRoot } from "react-dom/client";
  import { flushSync } from "react-dom";
  const App = ({ place, people }) => [
    h("p", { key: "head" }, "今天,", place, "召开教育工作会议。"),
    ...people.map((who) => h("p", { key: who }, "副市长" + who + "在", h("b", null, place), "的会上发言。")),
  ];
  const root = createRoot(document.getElementById("root"));
  window.show = (state) => flushSync(() => root.render(h(App, state)));
`;

const VUE = `
  import { createApp, h, reactive } from "vue";
  const state = reactive({ place: "", people: [] });
  createApp({
    render: () => [
      h("p", ["今天,", state.place, "召开教育工作会议。"]),
      ...state.people.map((who) => h("p", { key: who }, ["副市长" + who + "在", h("b", state.place), "的会上发言。"])),
    ],
  }).mount("#root");
  window.show = (next) => Object.assign(state, next);
`;

const SVELTE = `
  import { mount, flushSync } from "svelte";
  import App from "./App.svelte";
  const app = mount(App, { target: document.getElementById("root") });
  window.show = (next) => flushSync(() => app.show(next));
`;

const COMPONENT = `
  <script>
    let place = $state("");
    let people = $state([]);
    export function show(next) { ({ place, people } = next); }
  </script>
  <p>今天,{place}召开教育工作会议。</p>
  {#each people as who (who)}<p>副市长{who}在<b>{place}</b>的会上发言。</p>{/each}
`;

const svelte = {
  name: "svelte",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.svelte$/ }, ({ path }) => ({ path, namespace: "component" }));
    onLoad({ filter: /./, namespace: "component" }, () => ({
      contents: compile(COMPONENT, { generate: "client" }).js.code,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    }));
  },
};

/** @param {string} contents */
async function bundle(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    write: false,
    format: "esm",
    conditions: ["browser"],
    define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "false", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
    plugins: [svelte],
  });
  return outputFiles[0].text;
}

/** The page in each, as one script. */
export const frameworks = { React: () => bundle(REACT), Vue: () => bundle(VUE), Svelte: () => bundle(SVELTE) };
