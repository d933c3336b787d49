/** The page's looks: large enough for the last row, light and dark by the reader's choice, one column on a phone. */
import { layers } from '../wire/span.ts';

export const styleSheet = `
:root { color-scheme: light dark; --paper: #fff; --ink: #16191d; --quiet: #57606a; --line: #d0d7de; --shade: #f3f5f8;
  --accent: #0b5cad; --on-accent: #fff; --alarm: #b3261e;
  --lane-polling: #8a3b9c; --lane-long-polling: #b45f06; --lane-sse: #2f7d32; --lane-ws: #0b5cad; --lane-socketio: #a8201a;
  --http: #4c78a8; --chunk: #9ecae9; --sse: #54a24b; --ndjson: #88d27a; --websocket: #f58518; --mailbox: #b279a2;
  --engine-io: #e45756; --socket-io: #d6a400; --encoding: #9d755d; --payload: #bab0ac; --unparsed: #000; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161c; --ink: #e6edf3; --quiet: #a3adb8; --line: #343c46;
  --shade: #1b212a; --accent: #79b8ff; --on-accent: #0b1117; --alarm: #ff8a80;
  --lane-polling: #d19be0; --lane-long-polling: #ffb366; --lane-sse: #7fd082; --lane-ws: #79b8ff; --lane-socketio: #ff8a80;
  --http: #6b9bd1; --chunk: #b5d6ee; --sse: #74c36b; --ndjson: #a5e39a; --websocket: #ffa24d; --mailbox: #cf9dc1;
  --engine-io: #f28482; --socket-io: #edc348; --encoding: #c49a80; --payload: #8c8681; --unparsed: #fff; } }
* { box-sizing: border-box; } :root:lang(ko) { word-break: keep-all; overflow-wrap: break-word; }
[hidden] { display: none !important; }
body { margin: 0 auto; padding: 1rem clamp(.8rem, 3vw, 2.5rem) 3rem; max-width: 100rem; background: var(--paper); color: var(--ink);
  font: 1.15rem/1.5 system-ui, "Noto Sans", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: .2rem 0; } h2 { font-size: 1.35rem; margin: 1.4rem 0 .5rem; } h3 { font-size: 1.1rem; margin: 1rem 0 .3rem; }
p { margin: .4rem 0; } .note, small { color: var(--quiet); } .note { font-size: 1rem; max-width: 70rem; }
nav { display: flex; flex-wrap: wrap; gap: .4rem; margin: .8rem 0; border-bottom: 2px solid var(--line); padding-bottom: .6rem; }
button, input, select { font: inherit; color: inherit; background: var(--shade); border: 1px solid var(--quiet); border-radius: .5rem; padding: .35rem .9rem; min-height: 2.6rem; }
button { cursor: pointer; } button:disabled { color: var(--quiet); cursor: default; }
button.main, nav button[aria-current=page] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.buttons, .sliders, .say { display: flex; flex-wrap: wrap; gap: .6rem 1.4rem; align-items: end; margin: .6rem 0; }
.slider { display: grid; grid-template-columns: auto auto; gap: 0 .6rem; min-width: 13rem; } .slider input { grid-column: 1 / -1; padding: 0; } .slider output { grid-row: 1; grid-column: 2; }
output { text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; }
label > span { display: block; font-size: 1rem; color: var(--quiet); } .say .lane { position: relative; min-width: 17rem; } .say .lane select { width: 100%; } .say .state { position: absolute; top: 0; right: 0; } .say .wide { flex: 1 1 18rem; } .say .wide input { width: 100%; }
fieldset { border: 1px solid var(--line); border-radius: .5rem; margin: .6rem 0; } legend { font-weight: 600; }
.choice { display: inline-flex; gap: .4rem; align-items: center; margin: .2rem 1.2rem .2rem 0; } .choice span { color: var(--ink); } .choice input { min-height: 0; } .choice .count { color: var(--quiet); font-size: .95rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { font-size: .95rem; color: var(--quiet); vertical-align: bottom; } .lanes { width: 100%; } .lanes td:not(.strip) { text-align: right; white-space: nowrap; vertical-align: middle; }
.lanes th[scope=row] span { display: block; white-space: nowrap; } .lanes th, .lanes td { padding: .3rem .4rem; } .strip { min-width: 12rem; width: 32%; } canvas { display: block; width: 100%; height: 3.4rem; background: var(--shade); border-radius: .3rem; }
${['polling', 'long-polling', 'sse', 'ws', 'socket.io'].map((lane) => `tr[data-lane="${lane}"] > th > span, li[data-lane="${lane}"] > b { color: var(--lane-${lane.replace('.', '')}); }`).join('\n')}
.state[data-state=reconnecting] { color: var(--alarm); font-weight: 700; } .alarm { color: var(--alarm); font-weight: 700; } .alarm button { margin-left: .8rem; color: var(--ink); font-weight: 400; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; margin: 1rem 0; } .u-title { color: var(--ink); font-size: 1rem; }
.layers { list-style: none; padding: 0; margin: 0; } .layers li { margin: .4rem 0; } .bar { display: flex; height: 1.4rem; background: var(--shade); border-radius: .3rem; overflow: hidden; } .part { display: block; height: 100%; } .said { font-size: .95rem; color: var(--quiet); }
.swatch { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; border: 1px solid var(--line); }
.messages { list-style: none; padding: .6rem; margin: .6rem 0; height: 18rem; overflow-y: auto; background: var(--shade); border-radius: .5rem; } .messages li { margin: .3rem 0; overflow-wrap: anywhere; } .who { display: block; }
.cost { font-weight: 600; min-height: 1.6em; } .fields { width: 100%; } .hex { font-family: ui-monospace, "Noto Sans Mono", monospace; font-size: .95rem; overflow-wrap: anywhere; min-width: 8rem; } .content { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
.fields td:nth-child(4) { min-width: 9rem; } .unit.up h3 { color: var(--accent); } .classroom { float: right; text-align: center; padding: .4rem .8rem; margin: 0 0 1rem 1rem; border: 2px solid var(--accent); border-radius: .8rem; max-width: 22rem; }
.classroom summary { cursor: pointer; font-weight: 600; } .classroom [open] .code { display: block; font-size: 2.4rem; letter-spacing: .2em; }
.qr svg { width: 12rem; height: 12rem; background: #fff; fill: #000; shape-rendering: crispEdges; }
.join { max-width: 30rem; margin: 10vh auto; } .join form { display: flex; gap: .6rem; align-items: end; flex-wrap: wrap; }
@media (max-width: 40rem) { body { font-size: 1.05rem; } header { flex-wrap: nowrap; } header button { flex: none; } h1 { font-size: 1.35rem; } .slider { flex: 1 1 9.5rem; min-width: 9.5rem; } .slider input { width: 100%; } .classroom { float: none; margin: 0 auto 1rem; } .strip { min-width: 8rem; }
  .documents { width: 100%; table-layout: fixed; font-size: .85rem; overflow-wrap: anywhere; } .documents th, .documents td { padding: .3rem .25rem; } .documents th:first-child { width: 38%; } .recorded td:last-child { min-width: 13rem; }
  .fields, .fields tbody { display: block; } .fields thead { position: absolute; clip-path: inset(50%); } .fields tr { display: grid; grid-template-columns: 3.5rem 1fr; padding: .3rem 0; border-bottom: 1px solid var(--line); }
  .fields td { grid-column: 2; border: 0; padding: .05rem .3rem; } .fields td:nth-child(1) { grid-column: 1; } .fields td:nth-child(4) { grid-row: 1; } }
@media (prefers-reduced-motion: reduce) { * { scroll-behavior: auto; } }
${layers
  .map((layer) => layer.replace('.', '-'))
  .map((layer) => `.layer-${layer} { background: var(--${layer}); }`)
  .join('\n')}
`;
