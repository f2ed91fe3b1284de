/**
 * How the desk looks. Sites set `--mingzhu-*` where they want other colours, and `::part(story)` for the text.
 */

/** @type {CSSStyleSheet | undefined} */
let made;

/** One sheet for all desks. */
export function sheet() {
  if (!made) {
    made = new CSSStyleSheet();
    made.replaceSync(CSS);
  }
  return made;
}

const LIGHT = `
  --ink: var(--mingzhu-desk-ink, #1d1a16); --paper: var(--mingzhu-desk-paper, #fffdf8); --ground: var(--mingzhu-desk-ground, #f5f0e6);
  --muted: #665e54; --rule: #cfc6b6; --accent: var(--mingzhu-desk-accent, #a3231c); --on-accent: #fff; --good: #1c6b42; --doubt: #b3261e;
  --official: var(--mingzhu-official-line, #b3261e); --person: var(--mingzhu-person-line, #1f5fae);
  --place: var(--mingzhu-place-line, #1c7a4d); --organization: var(--mingzhu-organization-line, #8a5a00);
  --tint: 13%;`;
const DARK = `
  --ink: var(--mingzhu-desk-ink, #ece6da); --paper: var(--mingzhu-desk-paper, #211e1a); --ground: var(--mingzhu-desk-ground, #171512);
  --muted: #b0a799; --rule: #4a433a; --accent: var(--mingzhu-desk-accent, #f08a7e); --on-accent: #171512; --good: #7fd6a6; --doubt: #ff8a7a;
  --official: var(--mingzhu-official-line, #ff8a7a); --person: var(--mingzhu-person-line, #83b6ff);
  --place: var(--mingzhu-place-line, #6fd3a0); --organization: var(--mingzhu-organization-line, #e8b75a);
  --tint: 20%;`;

const CSS = `
:host { display: block; color-scheme: light dark; container-type: inline-size; }
:host([hidden]), [hidden] { display: none !important; }
.desk { ${LIGHT} background: var(--ground); color: var(--ink); font: 1rem/1.6 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
@media (prefers-color-scheme: dark) { :host(:not([ground=light])) .desk { ${DARK} } }
:host([ground=dark]) .desk { ${DARK} }
* { box-sizing: border-box; }
button, select, input, textarea, summary, .button { font: inherit; color: inherit; }
button, select, summary, .button { background: var(--paper); border: 1px solid var(--rule); border-radius: .35rem; padding: .25rem .7rem; cursor: pointer; min-height: 2rem; display: inline-flex; align-items: center; }
button:disabled { opacity: .5; cursor: default; }
button:hover:not(:disabled), summary:hover, .button:hover { border-color: var(--accent); }
button.first { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
:focus-visible, .button:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
.file { position: absolute; width: 1px; height: 1px; opacity: 0; }
.button { position: relative; }
select { max-width: 100%; }
input:not([type=radio], [type=checkbox]), textarea { width: 100%; background: var(--paper); border: 1px solid var(--rule); border-radius: .35rem; padding: .35rem .6rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; padding: .6rem .75rem; border-bottom: 1px solid var(--rule); align-items: center; }
.group { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; min-width: 0; }
.group.progress { margin-inline-start: auto; gap: .6rem; }
.group select { width: 16rem; text-overflow: ellipsis; }
progress { accent-color: var(--good); width: 8rem; }
.files { position: relative; }
.files > summary { list-style: none; }
.files > summary::after { content: "▾"; margin-inline-start: .4rem; }
.menu { position: absolute; z-index: 2; inset-inline-start: 0; display: grid; gap: .3rem; width: max-content; max-width: 80vw; margin-top: .3rem; padding: .5rem; background: var(--paper); border: 1px solid var(--rule); border-radius: .5rem; box-shadow: 0 6px 24px rgb(0 0 0 / .18); }
.menu > * { justify-content: flex-start; text-align: start; }
.body { display: grid; grid-template-columns: minmax(0, 1fr) minmax(20rem, 26rem); align-items: start; }
.left { background: var(--paper); padding: 1.25rem clamp(1rem, 4cqi, 2.5rem); min-height: 60vh; }
.right { position: sticky; top: 0; max-height: 100vh; overflow: auto; padding: 1rem; border-inline-start: 1px solid var(--rule); display: grid; gap: .75rem; align-content: start; }
.story { font: 1.0625rem/2 "Source Han Serif SC", "Noto Serif CJK SC", "Songti SC", "SimSun", serif; max-width: 44rem; margin: 0 auto; overflow-wrap: anywhere; }
/* Styled where it is seen: a long story has thousands of names. That cuts off what stands out, such as an outline: so the padding. */
.story p { margin: 0 -.5rem .6em; padding: 0 .5rem; white-space: pre-wrap; content-visibility: auto; contain-intrinsic-size: auto 8rem; }
.mark { cursor: pointer; border-radius: .15em; padding-block: .1em; text-underline-offset: .25em; }
[data-kind=official] { --kind: var(--official); --line: solid 2px; } [data-kind=person] { --kind: var(--person); --line: solid 1px; }
[data-kind=place] { --kind: var(--place); --line: dotted 2px; } [data-kind=organization] { --kind: var(--organization); --line: dashed 1px; }
.mark { background: color-mix(in srgb, var(--kind) var(--tint), transparent); text-decoration: underline var(--line) var(--kind); }
.mark:not([data-state=open])::after { font: .65em/1 system-ui, sans-serif; vertical-align: super; color: var(--good); content: "✓" / ""; }
.mark[data-state=changed]::after { content: "✎" / ""; } .mark[data-state=added]::after { content: "+" / ""; }
.mark:is([data-state=rejected], [data-state=covered]) { background: none; text-decoration: line-through 1px var(--muted); color: var(--muted); }
.mark[data-state=rejected]::after { content: "×" / ""; color: var(--muted); }
.mark[data-conflict]::after { content: "!" / ""; color: var(--doubt); font-weight: 700; }
.mark[data-doubt] { text-decoration: underline wavy 2px var(--doubt); text-decoration-skip-ink: none; }
.mark[data-doubt=notice] { text-decoration: underline wavy 1px var(--muted); }
.spot { cursor: pointer; border-radius: .15em; padding-block: .1em; text-underline-offset: .25em; }
.spot[data-doubt] { text-decoration: underline wavy 2px var(--doubt); text-decoration-skip-ink: none; }
.spot[data-doubt=notice] { text-decoration: underline wavy 1px var(--muted); }
.spot[data-doubt=shown] { text-decoration: underline solid 2px var(--accent); cursor: auto; } .mark[data-doubt=shown] { text-decoration: underline var(--line) var(--kind); }
.mark, .spot { scroll-margin-block: 4rem; }
.story [data-hand] { background: color-mix(in srgb, var(--accent) var(--tint), transparent); }
.mark[aria-current], .spot[data-hand] { outline: 2px solid var(--accent); outline-offset: 1px; }
h2 { margin: 0; line-height: 1.3; font-size: 1.05rem; }
.detail { display: grid; gap: .6rem; padding: .8rem; background: var(--paper); border: 1px solid var(--rule); border-inline-start: 4px solid var(--kind); border-radius: .4rem; }
.cards { display: grid; gap: .75rem; } .detail p { margin: 0; } .detail.finding { --kind: var(--doubt); }
.state, .title, .none, .told, .busy, .said { color: var(--muted); font-size: .875rem; } h2 .state { font-weight: 400; }
dl { margin: 0; display: grid; gap: .2rem; font-size: .9rem; } dl div { display: grid; grid-template-columns: 6.5rem 1fr; gap: .5rem; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; } legend { padding: 0; font-size: .875rem; color: var(--muted); }
.kinds { display: flex; flex-wrap: wrap; gap: .3rem .9rem; } .kinds legend { float: inline-start; margin-inline-end: .9rem; }
.kinds label { display: inline-flex; gap: .3rem; align-items: center; min-height: 1.75rem; text-decoration: underline var(--line) var(--kind); text-underline-offset: .25em; }
.kinds button { text-decoration: underline var(--line) var(--kind); text-underline-offset: .25em; } div.kinds { gap: .4rem; }
[aria-pressed=true] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600; } [aria-pressed=true]::before { content: "✓" / ""; margin-inline-end: .35em; }
.decide, .roster, .steps, .answers { display: flex; flex-wrap: wrap; gap: .4rem; } .answers { justify-content: flex-end; }
.selected, .warning { padding: .6rem .8rem; border: 1px solid var(--accent); border-radius: .4rem; background: var(--paper); font-size: .9rem; overflow-wrap: anywhere; }
.warning { margin: .75rem; }
[role=tablist] { display: flex; flex-wrap: wrap; gap: .25rem; border-bottom: 1px solid var(--rule); }
[role=tab] { border: 0; border-bottom: 3px solid transparent; border-radius: 0; background: none; padding: .3rem .6rem; }
[role=tab][aria-selected=true] { border-bottom-color: var(--accent); font-weight: 600; }
.count { margin-inline-start: .3rem; color: var(--doubt); font-size: .875rem; }
[role=tabpanel] { padding-top: .6rem; }
.which { display: block; margin-bottom: .5rem; font-size: .875rem; }
.more { width: 100%; justify-content: center; margin-block: .3rem; font-size: .875rem; }
.rows { list-style: none; margin: 0; padding: 0; display: grid; gap: .15rem; }
.rows li { content-visibility: auto; contain-intrinsic-size: auto 2.4rem; }
.rows button, .row { display: flex; flex-wrap: wrap; gap: .1rem .6rem; width: 100%; text-align: start; background: none; border: 0; border-inline-start: 3px solid var(--kind, var(--rule)); border-radius: 0; padding: .25rem .6rem; align-items: baseline; }
.rows .small { width: auto; border: 1px solid var(--rule); border-radius: .35rem; padding: .1rem .5rem; }
.rows button:hover { background: var(--paper); } .rows [aria-current] { background: var(--paper); box-shadow: inset 0 0 0 1px var(--accent); }
.findings { gap: .5rem; } .findings li { border-inline-start: 3px solid var(--rule); contain-intrinsic-size: auto 6.5rem; }
.findings [data-severity=error], .findings [data-severity=warning] { border-inline-start-color: var(--doubt); } .findings li[data-verdict] { border-inline-start-color: var(--good); }
.findings .go { border-inline-start: 0; } .findings .go[aria-current] { background: none; box-shadow: none; }
.findings li[data-hand] { background: var(--paper); box-shadow: inset 0 0 0 1px var(--accent); }
.verdict { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; padding: .2rem .6rem .3rem; }
.findings .verdict button { width: auto; background: var(--paper); border: 1px solid var(--rule); border-radius: .35rem; padding: .15rem .6rem; gap: 0; } .findings .verdict [aria-pressed=true] { border-color: var(--accent); }
.verdict .state { flex-basis: 100%; overflow-wrap: anywhere; } .past { display: grid; gap: .3rem; margin-top: .9rem; }
.rows .state { margin-inline-start: auto; } .says { flex-basis: 100%; font-size: .9rem; } .title { overflow-wrap: anywhere; }
:is([data-state=rejected], [data-state=covered]) .name { text-decoration: line-through; color: var(--muted); }
[data-verdict=dismissed] .name, [data-verdict=dismissed] .says { color: var(--muted); }
.empty { padding: 4rem 1.5rem; text-align: center; } .none, .told { margin: .4rem 0; } .busy { margin: .75rem; }
.said { position: fixed; inset-block-end: 0; inset-inline-start: 0; margin: 0; padding: .3rem .75rem; background: var(--paper); border: 1px solid var(--rule); } .said:empty { visibility: hidden; }
dialog { ${LIGHT} color: var(--ink); background: var(--ground); border: 1px solid var(--rule); border-radius: .6rem; padding: 1.25rem; width: min(34rem, 94vw); max-height: 90vh; overflow: auto; }
@media (prefers-color-scheme: dark) { :host(:not([ground=light])) dialog { ${DARK} } }
:host([ground=dark]) dialog { ${DARK} }
dialog::backdrop { background: rgb(0 0 0 / .45); }
dialog form { display: grid; gap: .8rem; } dialog label > span { display: block; font-size: .9rem; color: var(--muted); }
.choice { display: flex; gap: .5rem; align-items: baseline; padding: .2rem 0; } .choice > span { color: var(--ink); } .kinds input, .choice input { flex: none; }
.wrong { margin: 0; color: var(--doubt); } .wrong:empty { display: none; }
.extent { margin: 0; font-size: 1.15rem; } .extent strong, .choice strong { color: var(--accent); text-decoration: underline; }
.keys { grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); } .keys div { grid-template-columns: 3.5rem 1fr; }
kbd { font: .875rem ui-monospace, monospace; padding: 0 .4rem; border: 1px solid var(--rule); border-radius: .25rem; background: var(--paper); }
@container (max-width: 52rem) {
  .body { grid-template-columns: minmax(0, 1fr); }
  .right { position: static; max-height: none; border-inline-start: 0; border-block-start: 1px solid var(--rule); }
  .left { min-height: 0; max-height: 55vh; overflow: auto; }
  .group select { width: 100%; }
}
@media (forced-colors: active) { .mark, .spot { text-decoration: underline var(--line) LinkText; } .mark[aria-current], .spot[data-hand] { outline-color: Highlight; } }
@media print { .story p { content-visibility: visible; } header, .right, .said { display: none; } .body { display: block; } }
`;
