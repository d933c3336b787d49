/** The looks of the sheet of tables: letters that the last row of a classroom can read, and one page of A3. */

import { basis } from '../../skins/html/page-style.ts';
import { detailSize, lineHeight, pageMm, widthsFor } from './sheet-size.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

/** Widths of the row's own column and of the last ones; the columns of what the document says share the rest. */
function widths(protocols: number): string {
  const { row, answers } = widthsFor(protocols);
  const last = answers.map(
    (share, nth) => `thead th:nth-last-child(${answers.length - nth}) { width: ${percent(share)}; }`,
  );
  return [`th:first-child { width: ${percent(row)}; }`, ...last].join(' ');
}

const screen = (protocols: number) => `
:root { --good: #116329; --partly: #7a4d00; --bad: #a40e26; }
@media screen and (prefers-color-scheme: dark) { :root { --good: #6fdd8b; --partly: #f0c05a; --bad: #ff9492; } }
body { padding: 1rem 1.5rem; max-width: 110rem; font-size: 1.2rem; line-height: 1.35; }
h1 { font-size: 1.5em; margin: 0; } h2 { font-size: 1.3em; margin: 1em 0 .3em; } p { margin: 0; } .note { color: var(--quiet); font-size: .85em; }
footer { margin-top: 1em; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-variant-numeric: tabular-nums; }
th, td { padding: .35em .5em; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; }
${widths(protocols)}
.id { color: var(--quiet); } .details { display: block; font-size: ${detailSize}em; font-weight: 400; color: var(--quiet); } .measured { font-weight: 500; }
.sign { display: inline-block; padding: 0 .5em; border: 2px solid currentColor; border-radius: .6em; font-weight: 700; }
.sign > span { margin-right: .4em; } .condition { display: block; }
.confirmed { color: var(--good); } .refined { color: var(--partly); } .contradicted { color: var(--bad); border-width: 3px; }
.opinion { color: var(--quiet); border-style: dotted; } .unmeasured { color: var(--quiet); border-style: dashed; } .noisy { color: var(--ink); border-style: double; border-width: 4px; }
@media screen and (max-width: 99rem) { .details { display: none; } } @media screen and (min-width: 99rem) { .elsewhere { display: none; } }
@media screen and (max-width: 48rem) {
  body { font-size: 1.05rem; padding: 1rem; } table, tbody, tr, tbody th, td { display: block; width: auto !important; } thead { display: none; }
  tr { border-bottom: 1px solid var(--ink); padding: .5rem 0; } tbody th, td { border: 0; padding: .15rem 0; }
  td::before { content: attr(data-head); display: block; color: var(--quiet); font-size: .85em; }
}`;

export const sheetStyle = (points: number, protocols: number): string => `${basis}${screen(protocols)}
@page { size: A3 landscape; margin: ${pageMm.margin}mm; }
@media print {
  body { padding: 0; max-width: none; font-size: ${points}pt; line-height: ${lineHeight}; }
  h1 { font-size: 1.4em; } h2 { font-size: 1.2em; margin: .5em 0 .1em; } footer { margin-top: .3em; } .elsewhere { display: none; }
  th, td { padding: .22em .5em; } tr, section { break-inside: avoid; } .sign { border-width: 1.5px; padding: 0 .4em; } .sign.contradicted, .sign.noisy { border-width: 2.5px; }
}
`;
