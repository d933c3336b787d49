/**
 * The documents' two tables as one sheet: to project in front of a class, a table a screen, and to print on one page of
 * A3. Takes words that are said already; what a verdict looks like is known here, what it means is not.
 */
import type { Reader } from '../../base/text.ts';
import { coded, element, escaped, textElement } from './element.ts';
import { sheetOf } from './page.ts';
import type { Sheet, SheetRow, SheetTable, VerdictKind } from './sheet.ts';
import { pointsFor } from './sheet-size.ts';
import { sheetStyle } from './sheet-style.ts';

/** A verdict is known by its sign, too: colours do not survive every projector and every copy. */
const signs: Readonly<Record<VerdictKind, string>> = {
  confirmed: '✓',
  refined: '◐',
  contradicted: '✗',
  opinion: '“ ”',
  unmeasured: '–',
  noisy: '~',
};

function rowOf({ id, title, says, measured, verdict }: SheetRow, head: readonly string[]): string {
  const headOf = (cell: number) => head.at(cell - 2);
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, textElement('span', { class: 'id' }, id), ' ', escaped(title)),
    ...says.map(({ column, text }) => textElement('td', { class: 'says', 'data-head': column }, `“${text}”`)),
    element('td', { class: 'measured', 'data-head': headOf(0) }, measured.map(coded).join('<br>')),
    element(
      'td',
      { 'data-head': headOf(1) },
      element(
        'span',
        { class: `sign ${verdict.kind}` },
        textElement('span', { 'aria-hidden': 'true' }, signs[verdict.kind]),
        escaped(verdict.text),
      ),
      verdict.condition === null ? '' : element('strong', { class: 'condition' }, coded(verdict.condition)),
    ),
  );
}

function tableOf({ title, head, rows }: SheetTable, index: number): string {
  const id = `table-${index + 1}`;
  return element(
    'section',
    {},
    textElement('h2', { id }, title),
    element(
      'table',
      { 'aria-labelledby': id },
      element(
        'thead',
        {},
        element('tr', {}, ...head.map((label) => textElement('th', { scope: 'col' }, label))),
      ),
      element('tbody', {}, ...rows.map((row) => rowOf(row, head))),
    ),
  );
}

export const tablesPage = (sheet: Sheet, { language }: Reader): string =>
  sheetOf(sheet.title, language, sheetStyle(pointsFor(sheet)), [
    textElement('h1', {}, sheet.title),
    textElement('p', { class: 'note' }, sheet.conditions.join(' · ')),
    ...sheet.tables.map(tableOf),
    element('footer', {}, ...sheet.legend.map((line) => element('p', { class: 'note' }, coded(line)))),
  ]);
