/** The page's looks: light and dark by the reader's choice, large enough to be projected, good on paper. */
import { layers } from '../../wire/span.ts';

export const style = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --shade: #f3f5f8;
  --samples: #7fa7d9; --law: #b3261e; --median: #1b1f24;
  --http: #4c78a8; --chunk: #9ecae9; --sse: #54a24b; --ndjson: #88d27a; --websocket: #f58518; --mailbox: #b279a2; --engine-io: #e45756;
  --socket-io: #d6a400; --encoding: #9d755d; --payload: #bab0ac; --unparsed: #000; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161c; --ink: #e6edf3; --quiet: #9da7b3; --line: #343c46;
  --shade: #1b212a; --samples: #4d7fb8; --law: #ff8a80; --median: #fff; --http: #6b9bd1; --chunk: #b5d6ee; --sse: #74c36b; --ndjson: #a5e39a;
  --websocket: #ffa24d; --mailbox: #cf9dc1; --engine-io: #f28482; --socket-io: #edc348; --encoding: #c49a80;
  --payload: #8c8681; --unparsed: #fff; } }
* { box-sizing: border-box; } :root:lang(ko) { word-break: keep-all; overflow-wrap: break-word; }
body { margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem); max-width: 76rem; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.55 system-ui, "Noto Sans", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; } h2 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; } h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
p { margin: .3rem 0; } .strong { font-weight: 700; } .note { color: var(--quiet); font-size: .92rem; max-width: 60rem; }
.verdict { display: inline-block; padding: .15rem .7rem; border: 2px solid currentColor; border-radius: 1rem; font-weight: 600; }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 3px solid var(--http); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; min-width: 60%; }
th, td { padding: .35rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; } .right { text-align: right; }
tbody th { font-weight: 600; white-space: nowrap; } .prose tbody th { white-space: normal; min-width: 9rem; }
.references { background: var(--shade); color: var(--quiet); }
figure { margin: 1.2rem 0; } figcaption { font-weight: 600; margin-bottom: .3rem; }
svg { display: block; width: 100%; height: auto; min-width: 36rem; max-width: 60rem; } svg text { fill: var(--ink); font-size: 14px; } .total { fill: var(--quiet); }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: 0; margin: .4rem 0; }
.swatch { display: inline-block; width: .9rem; height: .9rem; margin-right: .4rem; border: 1px solid var(--line); vertical-align: -.1rem; }
.samples { fill: var(--samples); } .median { stroke: var(--median); stroke-width: 2; } .law { fill: none; stroke: var(--law); stroke-width: 2; stroke-dasharray: 6 4; }
.sequences { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(23rem, 100%), 1fr)); gap: 0 1.5rem; } .sequences svg { min-width: 20rem; max-width: 30rem; }
.arrow { stroke: var(--quiet); fill: none; stroke-width: 1.5; } .carrying { stroke: var(--http); stroke-width: 3; } .open { fill: var(--mailbox); }
.axis { stroke: var(--ink); } .grid { stroke: var(--line); }
code { font-family: ui-monospace, monospace; font-size: .95em; } pre { overflow-x: auto; padding: .8rem; background: var(--shade); line-height: 1.2; }
${layers
  .map((layer) => layer.replace('.', '-'))
  .map((layer) => `.layer-${layer} { fill: var(--${layer}); background: var(--${layer}); }`)
  .join('\n')}
@media print { body { padding: 0; font-size: 10pt; } h2, figure { break-after: avoid; } figure, tr { break-inside: avoid; } .scroll { overflow: visible; } }
`;
