/**
 * The documents' two tables as one sheet: to project in front of a class, one table a screen, and to print on one page
 * of A3. It takes finished words; it knows how a verdict looks, not what it means.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import { coded, element, escaped, textElement } from '../../skins/html/markup.ts';
import { sheetOf } from '../../skins/html/page.ts';
import type { Sheet, SheetAnswer, SheetRow, SheetTable, VerdictKind } from './sheet.ts';
import { pointsFor, protocolsOf } from './sheet-size.ts';
import { sheetStyle } from './sheet-style.ts';

/** A verdict also has a sign: colours do not survive every projector and every copy. */
const signs: Readonly<Record<VerdictKind, string>> = {
  confirmed: '✓',
  refined: '◐',
  contradicted: '✗',
  opinion: '“ ”',
  unmeasured: '–',
  noisy: '~',
};

/** A projector leaves these lines out so that a table fits the screen; this sentence says where they are. */
const elsewhere = text(
  'On paper and in a wide window each row also has a line for each transport.',
  '종이와 넓은 창에서는 항목마다 전송 방식별 수치도 보입니다.',
);

/** What was measured of one side, in small letters and in one paragraph, so that rows stay low. */
const detailsOf = (lines: readonly string[] = []): string =>
  lines.length === 0
    ? ''
    : textElement('span', { class: 'details' }, lines.join(' · ').replaceAll(': · ', ': '));

const measuredOf = ({ measured }: SheetAnswer): string => measured.map(coded).join('<br>');

const verdictOf = ({ verdict }: SheetAnswer): string =>
  element(
    'span',
    { class: `sign ${verdict.kind}` },
    textElement('span', { 'aria-hidden': 'true' }, signs[verdict.kind]),
    escaped(verdict.text),
  ) + (verdict.condition === null ? '' : element('strong', { class: 'condition' }, coded(verdict.condition)));

function rowOf(
  { id, title, what, says, measured, verdict, answers }: SheetRow,
  head: readonly string[],
): string {
  const headOf = (cell: number) => head.at(cell - 2);
  return element(
    'tr',
    {},
    element(
      'th',
      { scope: 'row' },
      textElement('span', { class: 'id' }, id),
      ' ',
      escaped(title),
      what === undefined ? '' : textElement('span', { class: 'details' }, what),
    ),
    ...says.map(({ column, text, details }) =>
      element('td', { class: 'says', 'data-head': column }, escaped(`“${text}”`), detailsOf(details)),
    ),
    ...(answers
      ? answers.map((answer) =>
          element('td', { 'data-head': answer.over }, measuredOf(answer), '<br>', verdictOf(answer)),
        )
      : [
          element('td', { class: 'measured', 'data-head': headOf(0) }, measuredOf({ measured, verdict })),
          element('td', { 'data-head': headOf(1) }, verdictOf({ measured, verdict })),
        ]),
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

const hasDetails = ({ tables }: Sheet) =>
  tables.some(({ rows }) => rows.some(({ says }) => says.some(({ details = [] }) => details.length > 0)));

export const tablesPage = (sheet: Sheet, reader: Reader): string =>
  sheetOf(sheet.title, reader.language, sheetStyle(pointsFor(sheet), protocolsOf(sheet)), [
    textElement('h1', {}, sheet.title),
    textElement('p', { class: 'note' }, sheet.conditions.join(' · ')),
    ...sheet.tables.map(tableOf),
    element(
      'footer',
      {},
      ...[...(sheet.partings ?? []), ...sheet.legend].map((line) =>
        element('p', { class: 'note' }, coded(line)),
      ),
      hasDetails(sheet) ? textElement('p', { class: 'note elsewhere' }, say(reader, elsewhere)) : '',
    ),
  ]);
