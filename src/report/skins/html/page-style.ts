/** The page's looks: light and dark by the reader's preference, large enough for a projector, good on paper. */
import { layers } from '../../../protocols/layers.ts';
import { dark, layerColours, light, nameOf, type Palette, type Scheme } from './palette.ts';

const variables = (palette: Palette, scheme: Scheme): string =>
  [...Object.entries(palette).map(([name, colour]) => `--${name}: ${colour};`), layerColours(scheme)].join(
    ' ',
  );

/** Colours and fonts that every page has. */
export const basis = `
:root { color-scheme: light dark; ${variables(light, 'light')} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(dark, 'dark')} } }
* { box-sizing: border-box; } :root:lang(ko) { word-break: keep-all; overflow-wrap: break-word; }
body { margin: 0 auto; background: var(--paper); color: var(--ink);
  font: 1.05rem/1.55 system-ui, "Noto Sans", "Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif; }`;

const text = `
body { padding: 2rem clamp(1rem, 4vw, 3rem); max-width: 76rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; } h2 { font-size: 1.35rem; margin: 0; }
h3 { font-size: 1.1rem; margin: 1.8rem 0 .5rem; } h4, figcaption { font-size: 1rem; font-weight: 600; margin: 1.2rem 0 .3rem; }
p { margin: .3rem 0; } .strong { font-weight: 700; } .note { color: var(--quiet); font-size: .92rem; max-width: 60rem; }
.verdict { display: inline-block; padding: .15rem .7rem; border: 2px solid currentColor; border-radius: 1rem; font-weight: 600; }
a { color: inherit; text-underline-offset: .2em; text-decoration-color: var(--quiet); } a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--http); outline-offset: 2px; }
#contents { margin: 1.4rem 0 0; padding: .9rem 1.2rem; background: var(--shade); border-radius: .5rem; }
#contents h2 { font-size: 1rem; margin: 0 0 .3rem; } #contents ol { margin: 0; padding: 0 0 0 1.4rem; columns: 2 24rem; column-gap: 2.5rem; }
#contents li { margin: .15rem 0; break-inside: avoid; } #contents ul { list-style: none; margin: 0; padding: 0; font-size: .92rem; } #contents ul li { display: inline; } #contents ul li + li::before { content: " · "; }
.chapter { display: flex; gap: 1rem; justify-content: space-between; align-items: baseline; margin: 2.6rem 0 .6rem; border-bottom: 2px solid var(--ink); padding-bottom: .2rem; }
.back { flex: none; padding: 0 .6rem; text-decoration: none; color: var(--quiet); } section { scroll-margin-top: .5rem; }
code { font-family: ui-monospace, monospace; font-size: .95em; } pre { overflow-x: auto; padding: .8rem; background: var(--shade); line-height: 1.2; }`;

const tables = `
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; min-width: 60%; }
th, td { padding: .35rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; } .right { text-align: right; }
tbody th { font-weight: 600; white-space: nowrap; } .figures td.right { white-space: nowrap; } .prose { width: 100%; } .prose th, .prose td { min-width: 9rem; } .prose tbody th { white-space: normal; width: 30%; } .prose tbody th:nth-last-child(n + 5) { width: 15%; }
.references { background: var(--shade); color: var(--quiet); }
@media screen and (max-width: 40rem) {
  .prose, .prose tbody, .prose tr, .prose th, .prose td { display: block; width: auto; } .prose thead { display: none; }
  .prose tr { border-bottom: 1px solid var(--ink); padding: .5rem 0; } .prose th, .prose td { border: 0; padding: .15rem 0; }
  .prose tbody th { width: auto; } .prose td::before { content: attr(data-head); display: block; color: var(--quiet); font-size: .88rem; }
}`;

const pictures = `
figure { margin: 0; } figure + figure { margin-top: 1.6rem; } .fills { position: absolute; }
figure svg { display: block; width: 100%; height: auto; min-width: 36rem; max-width: 60rem; } svg text { fill: var(--ink); font-size: 14px; } svg .total { fill: var(--quiet); }
svg .inside { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; font-size: 13px; }
svg .on-http { fill: #fff; stroke: none; } svg .on-payload { fill: #16191d; stroke: none; }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; padding: 0; margin: .5rem 0; font-size: .95rem; } .key li { display: flex; align-items: center; gap: .45rem; }
.key .swatch { flex: none; width: 1.8rem; height: 1.05rem; min-width: 0; }
.samples { fill: var(--samples); } .median { stroke: var(--median); stroke-width: 3; } .law { fill: none; stroke: var(--law); stroke-width: 2; stroke-dasharray: 6 4; }
.sequences { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(21rem, 100%), 1fr)); gap: .4rem 1.5rem; } .sequences figure { margin: 0; } .sequences svg { min-width: 19rem; max-width: 27rem; }
.arrow { stroke: var(--quiet); fill: none; stroke-width: 1.5; } .carrying { stroke: var(--http); stroke-width: 4; } path.carrying { stroke-width: 3; } .open { fill: var(--mailbox); }
.axis { stroke: var(--ink); } .grid { stroke: var(--line); } .cut { stroke: var(--paper); stroke-width: 1.5; fill: none; }
${layers
  .map(nameOf)
  .map((name) => `.ground-${name} { fill: var(--${name}); } .layer-${name} { fill: url(#fill-${name}); }`)
  .join('\n')}
[class^="layer-"] { stroke: var(--paper); stroke-width: 1; }`;

/**
 * Rows, figures, and headings with what follows them, stay on one sheet; what scrolls on a screen is laid out in full.
 */
const print = `
@page { margin: 13mm; }
@media print {
  body { padding: 0; max-width: none; font-size: 9.5pt; } #contents, .back { display: none; }
  h1 { font-size: 17pt; } h2 { font-size: 13pt; } .chapter { margin-top: 1.6rem; } h3 { font-size: 11pt; } h4, figcaption { font-size: 10pt; }
  h1, .chapter, h3, h4, figcaption { break-after: avoid; } tr, figure, .key, li, .figures { break-inside: avoid; } .note, .key { font-size: 8.5pt; } thead { display: table-header-group; } p { orphans: 3; widows: 3; }
  .scroll, pre { overflow: visible; } table { font-size: 8.5pt; } th, td { padding: .2rem .45rem; } tbody th, .figures td.right { white-space: normal; } .prose th, .prose td { min-width: 0; }
  figure svg { min-width: 0; max-width: 17cm; } .sequences { grid-template-columns: 1fr 1fr; } .sequences svg { min-width: 0; max-width: 8.5cm; }
}`;

export const style = [basis, text, tables, pictures, print, ''].join('');
