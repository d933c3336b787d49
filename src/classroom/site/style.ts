/**
 * The page's style: large enough for the last row of a classroom, light and dark by the reader's setting, one column
 * on a phone. Layers look as in the HTML report, because both read their looks from the layers' folders.
 */

import { protocols } from '../../protocols/index.ts';
import { layers } from '../../protocols/layers.ts';
import { layerColours, nameOf, type Scheme } from '../../report/skins/html/palette.ts';
import { laneNames } from '../page/control-talk.ts';

/** Inks of the patterns over a layer's colour: neighbours in a bar differ in grey, other layers by their patterns. */
const grains = { light: 'rgb(255 255 255 / .6)', dark: 'rgb(0 0 0 / .5)' } as const;

/**
 * Colours and patterns of the layers as variables, for each scheme: a picture in a style sheet cannot read variables.
 */
const layerLooks = (scheme: Scheme): string =>
  [
    layerColours(scheme),
    ...layers.map((layer) => `--${nameOf(layer)}-grain: ${grainOf(protocols[layer].look.pattern, scheme)};`),
  ].join('\n');

function grainOf(pattern: string, scheme: Scheme): string {
  if (pattern === '') return 'none';
  const path = `<path d='${pattern}' fill='none' stroke='${grains[scheme]}' stroke-width='1.5'/>`;
  const picture = `<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'>${path}</svg>`;
  return `url("data:image/svg+xml,${encodeURIComponent(picture)}")`;
}

export const styleSheet = `
:root { color-scheme: light dark; --paper: #fff; --ink: #16191d; --quiet: #57606a; --line: #d0d7de; --shade: #f3f5f8;
  --accent: #0b5cad; --on-accent: #fff; --alarm: #b3261e;
  --lane-polling: #662395; --lane-long-polling: #d77416; --lane-sse: #058a37; --lane-ws: #022f65; --lane-socketio: #b72220;
  ${layerLooks('light')} }
@media (prefers-color-scheme: dark) { :root { --paper: #12161c; --ink: #e6edf3; --quiet: #a3adb8; --line: #343c46;
  --shade: #1b212a; --accent: #79b8ff; --on-accent: #0b1117; --alarm: #ff8a80;
  --lane-polling: #b46ce3; --lane-long-polling: #ffbf90; --lane-sse: #b7ffbe; --lane-ws: #8ca8fd; --lane-socketio: #cd382f;
  ${layerLooks('dark')} } }
* { box-sizing: border-box; } :root:lang(ko) { word-break: keep-all; overflow-wrap: break-word; }
[hidden] { display: none !important; }
body { margin: 0 auto; padding: 1rem clamp(.8rem, 3vw, 2.5rem) 3rem; max-width: 100rem; background: var(--paper); color: var(--ink);
  font: 1.15rem/1.5 system-ui, "Noto Sans", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .2rem 0; } h2 { font-size: 1.35rem; margin: 1.4rem 0 .5rem; } h3 { font-size: 1.1rem; margin: 1rem 0 .3rem; }
p { margin: .4rem 0; } .note, small { color: var(--quiet); } .note { font-size: 1rem; max-width: 70rem; }
nav { display: flex; flex-wrap: wrap; gap: .4rem; }
/* The message about the link has its line whether it is there or not. */
.link { height: calc(1.5em + 2px); line-height: 1.5; margin: .1rem 0 .3rem; border-bottom: 2px solid var(--line); font-size: 1rem; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.stage { display: flex; flex-wrap: wrap; gap: .2rem 1.6rem; align-items: center; } .stage h2 { margin: .2rem 0; min-width: min(15em, 100%); }
.outcome { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: start; } .result { flex: 3 1 28rem; } .cut-report { flex: 2 1 20rem; }
/* What is told there grows and shrinks while a race runs; two lines are kept for it, so that nothing below moves. */
.result table { width: 100%; table-layout: fixed; } .result td, .result tbody th { height: 4.8em; } .result thead th { width: 28%; } .result thead th:last-child { width: auto; } .outcome h2 { min-height: 1.6em; } .cut-report td:nth-child(2) { min-width: 10.5em; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: .4rem 0; padding: 0; font-size: 1rem; color: var(--quiet); } .legend li, .key { display: inline-flex; align-items: center; gap: .4rem; }
tbody th:has(> .mark) { white-space: nowrap; } svg.mark { flex: none; margin-right: .35rem; vertical-align: baseline; } .mark .dash { fill: none; stroke-width: 3; }
.strip-bar path { fill: var(--ink); } .strip-bar path:first-child { opacity: .45; } .strip-hollow path { fill: none; stroke: var(--quiet); stroke-width: 1.5; } .strip-cross path { stroke: var(--alarm); stroke-width: 2.5; }
.chart { min-width: 0; } .chart h3 { margin: .2rem 0; } .plot { min-height: 190px; }
button, input, select { font: inherit; color: inherit; background: var(--shade); border: 1px solid var(--quiet); border-radius: .5rem; padding: .35rem .9rem; min-height: 2.6rem; }
button { cursor: pointer; } button:disabled { color: var(--quiet); cursor: default; }
button.main, nav button[aria-current=page] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.buttons, .sources, .sliders, .say { display: flex; flex-wrap: wrap; gap: .6rem 1.4rem; align-items: end; margin: .6rem 0; }
.slider { display: grid; grid-template-columns: auto auto; gap: 0 .6rem; min-width: 13rem; } .slider input { grid-column: 1 / -1; padding: 0; } .slider output { grid-row: 1; grid-column: 2; }
output { text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; }
label > span { display: block; font-size: 1rem; color: var(--quiet); } .say .lane { position: relative; min-width: 17rem; } .say .lane select { width: 100%; } .say .state { position: absolute; top: 0; right: 0; } .say .wide { flex: 1 1 18rem; } .say .wide input { width: 100%; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0; } legend { font-weight: 600; }
.choice { display: inline-flex; gap: .4rem; align-items: center; margin: .2rem 1.2rem .2rem 0; } .choice span { color: var(--ink); } .choice input { min-height: 0; } .choice .count { color: var(--quiet); font-size: .95rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { font-size: .95rem; color: var(--quiet); vertical-align: bottom; } .lanes { width: 100%; } .lanes td:not(.strip) { text-align: right; white-space: nowrap; vertical-align: middle; }
.lanes th[scope=row] span { display: block; white-space: nowrap; } .lanes th, .lanes td { padding: .3rem .4rem; } .strip { min-width: 10rem; width: 30%; } .lanes .state { display: inline-block; min-width: 8.2em; } .lanes canvas { display: block; width: 100%; height: 3.4rem; background: var(--shade); border-radius: .3rem; }
${laneNames
  .map((lane) => lane.replace('.', ''))
  .map((lane) => `.mark.lane-${lane} { fill: var(--lane-${lane}); stroke: var(--lane-${lane}); }`)
  .join('\n')}
.state[data-state=reconnecting] { color: var(--alarm); font-weight: 700; } .alarm { color: var(--alarm); font-weight: 700; } .alarm button { margin-left: .8rem; color: var(--ink); font-weight: 400; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; margin: 1rem 0; }
.layers { list-style: none; padding: 0; margin: 0; } .layers li { margin: .4rem 0; } .bar { display: flex; height: 1.4rem; background: var(--shade); border-radius: .3rem; overflow: hidden; } .part { display: block; height: 100%; border-right: 1px solid var(--paper); } .said { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; min-height: 1.5em; font-size: .95rem; color: var(--quiet); }
.swatch { display: inline-block; flex: none; width: 1rem; height: 1rem; margin-right: .4rem; border: 1px solid var(--quiet); vertical-align: text-bottom; } .key .swatch { margin-right: 0; }
.messages ol { list-style: none; margin: 0; padding: 0; } .messages { padding: .6rem; margin: .6rem 0; height: 18rem; overflow-y: auto; background: var(--shade); border-radius: .5rem; } .messages li { margin: .3rem 0; overflow-wrap: anywhere; } .who { display: block; }
.cost { font-weight: 600; min-height: 1.6em; } .fields { width: 100%; } .hex { font-family: ui-monospace, "Noto Sans Mono", monospace; font-size: .95rem; overflow-wrap: anywhere; min-width: 8rem; } .content { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
.fields td:nth-child(4) { min-width: 9rem; } .unit.up h3 { color: var(--accent); } .classroom { float: right; text-align: center; padding: .4rem .8rem; margin: 0 0 1rem 1rem; border: 2px solid var(--accent); border-radius: .8rem; max-width: 22rem; }
.classroom summary { cursor: pointer; font-weight: 600; } .classroom [open] .code { display: block; font-size: 2.4rem; letter-spacing: .2em; }
.qr svg { width: 12rem; height: 12rem; background: #fff; fill: #000; shape-rendering: crispEdges; }
.documents { width: 100%; table-layout: fixed; } .documents th:first-child { width: 19%; } .documents th:nth-child(2), .documents th:nth-child(3) { width: 21%; } .documents td:last-child > div:first-child:not(:last-child) { font-weight: 700; }
.documents tbody th > div:not(:first-child) { font-weight: 400; } button[aria-pressed=true] { outline: 3px solid var(--ink); outline-offset: -3px; }
.join { max-width: 30rem; margin: 10vh auto; } .join form { display: flex; gap: .6rem; align-items: end; flex-wrap: wrap; }
.devtools { font-size: 1rem; } .devtools :is(.steps, .notes) { margin: .3rem 0; padding-left: 1.4rem; max-width: 75rem; } .devtools h2 { margin: .7rem 0 .2rem; }
.rows { width: 100%; } .rows button { min-height: 0; padding: .15rem .5rem; font-weight: 400; text-align: left; overflow-wrap: anywhere; } :is(.rows, .pieces) :is(td, th:not(:first-child)), .portions :is(td, th):is(:nth-child(2), :nth-child(3)) { text-align: right; white-space: nowrap; }
.rows td:nth-child(4), .portions .counted { font-weight: 700; } .portions tbody th, .pieces tbody th { font-weight: 400; } .portions { margin-top: .6rem; }
@media (max-width: 40rem) { body { font-size: 1.05rem; } header { display: grid; grid-template-columns: 1fr auto; } nav { grid-column: 1 / -1; grid-row: 2; } nav button { padding: .3rem .6rem; } h1 { font-size: 1.35rem; } .outcome td, .outcome th { padding: .3rem .25rem; } .cut-report td:nth-child(2) { min-width: 0; } .slider { flex: 1 1 9.5rem; min-width: 9.5rem; } .slider input { width: 100%; } .classroom { float: none; margin: 0 auto 1rem; } .strip { min-width: 8rem; }
  .documents, .documents tbody { display: block; font-size: .95rem; } .documents thead { position: absolute; clip-path: inset(50%); } .documents tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .documents th, .documents td { display: block; width: auto !important; border: 0; padding: .1rem .25rem; } .recorded td:last-child { min-width: 13rem; }
  .fields, .fields tbody { display: block; } .fields thead { position: absolute; clip-path: inset(50%); } .fields tr { display: grid; grid-template-columns: 3.5rem 1fr; padding: .3rem 0; border-bottom: 1px solid var(--line); }
  .fields td { grid-column: 2; border: 0; padding: .05rem .3rem; } .fields td:nth-child(1) { grid-column: 1; } .fields td:nth-child(4) { grid-row: 1; } }
@media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto; } }
${layers
  .map(nameOf)
  .map((layer) => `.layer-${layer} { background: var(--${layer}-grain) var(--${layer}); }`)
  .join('\n')}
/* A low window: a projector, or a page enlarged for the last row. The lanes still fit it. */
@media (max-height: 40rem) and (min-width: 40.01rem) {
  body { padding-top: .3rem; font-size: 1rem; line-height: 1.35; } h1 { position: absolute; clip-path: inset(50%); } h2 { margin: .6rem 0 .2rem; }
  button, input, select { padding: .15rem .7rem; min-height: 2rem; } .link { font-size: .85rem; margin: 0; } .buttons { margin: .2rem 0; }
  .lanes { font-size: .8rem; } .lanes thead th { font-size: .72rem; } .lanes th, .lanes td { padding: .15rem .2rem; } .lanes canvas { height: 2.6rem; } .strip { min-width: 7rem; width: 22%; }
  .legend { font-size: .85rem; } .sliders { gap: .2rem 1rem; margin: .3rem 0; } .slider { min-width: 8rem; flex: 1; font-size: .85rem; } .slider span { font-size: .85rem; } .slider input { width: 100%; min-height: 1.4rem; } }
`;
