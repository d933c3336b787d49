/**
 * The documents' own two tables, row by row in their order: what the document says, and under it what this run
 * measured. A row that was not measured says so; nothing is ever filled in.
 */
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Report } from '../../../document/report.ts';
import type { Claim } from '../../../questions/claims/claim.ts';
import { type Evidence, evidenceOf } from '../../../questions/claims/evidence.ts';
import { tableA, tableB } from '../../../questions/claims/index.ts';
import { type Decision, rule } from '../../../questions/claims/judgement.ts';
import type { Line, Quantity } from '../../../questions/claims/line.ts';
import type { Table } from '../../blocks/block.ts';
import { bytes, count, decimal, milliseconds, share, time } from '../../blocks/quantities.ts';
import { noFigure } from '../../blocks/table-words.ts';
import { verdictWords } from './verdict-words.ts';

/** The names of the two tables and of their columns. */
export const documentTexts = {
  tableA: text('Table A: HTTP vs WebSocket', '표 A: HTTP와 WebSocket'),
  tableB: text('Table B: ws vs Socket.IO', '표 B: ws와 Socket.IO'),
  legend: text(
    '“…” is what the document says; under it, what this run measured.',
    '“…”: 문서의 설명. 그 아래: 이번 실행에서 측정한 값.',
  ),
  row: text('row', '항목'),
  says: text('the document says', '문서의 설명'),
  http: text('HTTP', 'HTTP'),
  websocket: text('WebSocket (ws)', 'WebSocket (ws)'),
  ws: text('ws', 'ws'),
  socketIo: text('Socket.IO', 'Socket.IO'),
};

const phrases = {
  yes: text('yes', '예'),
  no: text('no', '아니요'),
  verdict: text('verdict: {verdict}', '판정: {verdict}'),
};

export function formatted(quantity: Quantity, reader: Reader): string {
  if (quantity.unit === 'name') return quantity.value;
  if (quantity.unit === 'names') return quantity.value.join(', ');
  const { value, noisy } = quantity;
  if (value === null) return say(reader, noFigure.tooFew);
  return `${noisy ? '~' : ''}${figure(quantity.unit, value, reader)}`;
}

function figure(unit: Exclude<Quantity['unit'], 'name' | 'names'>, value: number, reader: Reader): string {
  switch (unit) {
    case 'nanoseconds':
      return time(value);
    case 'milliseconds':
      return milliseconds(value);
    case 'bytes':
      return bytes(Math.round(value * 10) / 10);
    case 'count':
      return count(value);
    case 'share':
      return share(value);
    case 'decimal':
      return decimal(value);
    case 'flag':
      return say(reader, value === 1 ? phrases.yes : phrases.no);
  }
}

export function lineText({ text, values = {} }: Line, reader: Reader): string {
  const worded = Object.entries(values).map(
    ([name, quantity]) => [name, formatted(quantity, reader)] as const,
  );
  return say(reader, text, Object.fromEntries(worded));
}

export const verdictLine = (verdict: Decision, reader: Reader): string =>
  say(reader, phrases.verdict, { verdict: say(reader, verdictWords[verdict]) });

function rowOf<Column extends string>(
  claim: Claim<'A' | 'B', Column>,
  columns: readonly Column[],
  evidence: Evidence,
  reader: Reader,
): string[][] {
  const { what, cells } = claim.measure(evidence);
  const lines = columns.map((column) => cells[column]);
  const title = [`${claim.id} ${say(reader, claim.title)}`];
  // This line needs at least one measured cell.
  if (what !== null && lines.some((cell) => cell.length > 0)) title.push(lineText(what, reader));
  // A run alone decides some rows; the others need measurements that only `rtcompare claims` makes.
  const ruling = rule(claim.judgement, claim.judgement.facts(evidence));
  if (ruling) title.push(verdictLine(ruling.verdict, reader));
  return [
    title,
    ...columns.map((column) => {
      const said = `“${say(reader, claim.says[column])}”`;
      const measured = cells[column].map((line) => lineText(line, reader));
      return [said, ...(measured.length === 0 ? [say(reader, noFigure.notMeasured)] : measured)];
    }),
  ];
}

const common = (reader: Reader) => ({
  notes: [say(reader, documentTexts.legend)],
  shape: 'prose' as const,
  align: ['left', 'left', 'left'] as const,
});

/** Table A, then table B. */
export function documentTables(report: Pick<Report, 'plan' | 'trials'>, reader: Reader): Table[] {
  const evidence = evidenceOf(report);
  const tableOf = (title: Text, heads: readonly Text[], rows: Table['rows']): Table => ({
    ...common(reader),
    title: say(reader, title),
    head: [documentTexts.row, ...heads].map((head) => say(reader, head)),
    rows,
  });
  const { tableA: titleA, tableB: titleB, http, websocket, ws, socketIo } = documentTexts;
  return [
    tableOf(
      titleA,
      [http, websocket],
      tableA.map((claim) => rowOf(claim, ['http', 'websocket'], evidence, reader)),
    ),
    tableOf(
      titleB,
      [ws, socketIo],
      tableB.map((claim) => rowOf(claim, ['ws', 'socketIo'], evidence, reader)),
    ),
  ];
}
