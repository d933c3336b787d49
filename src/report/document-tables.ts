/**
 * The documents' own two tables, row by row in their order: what the document says, and under it what this run
 * measured. What was not measured says so; nothing is ever filled in.
 */
import { say } from '../base/text.ts';
import type { Report } from '../document/report.ts';
import type { Claim } from '../questions/claims/claim.ts';
import { type Evidence, evidenceOf } from '../questions/claims/evidence.ts';
import { tableA, tableB } from '../questions/claims/index.ts';
import { rule } from '../questions/claims/judgement.ts';
import type { Line, Quantity } from '../questions/claims/line.ts';
import type { Table } from './table.ts';
import { bytes, count, decimal, milliseconds, share, time } from './units.ts';
import { verdictWords } from './verdict-words.ts';
import type { Words } from './words.ts';

export function formatted(quantity: Quantity, words: Words): string {
  if (quantity.unit === 'name') return quantity.value;
  if (quantity.unit === 'names') return quantity.value.join(', ');
  const { value, noisy } = quantity;
  if (value === null) return words.say('missing.quantile');
  return `${noisy ? '~' : ''}${figure(quantity.unit, value, words)}`;
}

function figure(unit: Exclude<Quantity['unit'], 'name' | 'names'>, value: number, words: Words): string {
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
      return words.say(value === 1 ? 'flag.yes' : 'flag.no');
  }
}

export function lineText({ text, values = {} }: Line, words: Words): string {
  const worded = Object.entries(values).map(
    ([name, quantity]) => [name, formatted(quantity, words)] as const,
  );
  return words.tell(text, Object.fromEntries(worded));
}

function rowOf<Column extends string>(
  claim: Claim<'A' | 'B', Column>,
  columns: readonly Column[],
  evidence: Evidence,
  words: Words,
): string[][] {
  const { what, cells } = claim.measure(evidence);
  const lines = columns.map((column) => cells[column]);
  const title = [`${claim.id} ${words.tell(claim.title)}`];
  // What was measured is only worth saying where something was.
  if (what !== null && lines.some((cell) => cell.length > 0)) title.push(lineText(what, words));
  // A run alone decides some rows; the others need what only `rtcompare claims` measures.
  const ruling = rule(claim.judgement, claim.judgement.facts(evidence));
  if (ruling) title.push(words.say('claims.verdict', { verdict: say(words, verdictWords[ruling.verdict]) }));
  return [
    title,
    ...columns.map((column) => {
      const said = `“${words.tell(claim.says[column])}”`;
      const measured = cells[column].map((line) => lineText(line, words));
      return [said, ...(measured.length === 0 ? [words.say('missing.run')] : measured)];
    }),
  ];
}

const common = (words: Words) => ({
  notes: [words.say('legend.documents')],
  shape: 'prose' as const,
  align: ['left', 'left', 'left'] as const,
});

/** Table A, then table B. */
export function documentTables(report: Pick<Report, 'plan' | 'trials'>, words: Words): Table[] {
  const evidence = evidenceOf(report);
  return [
    {
      ...common(words),
      title: words.say('title.tableA'),
      head: [words.say('head.row'), words.say('head.http'), words.say('head.websocket')],
      rows: tableA.map((claim) => rowOf(claim, ['http', 'websocket'], evidence, words)),
    },
    {
      ...common(words),
      title: words.say('title.tableB'),
      head: [words.say('head.row'), words.say('head.ws'), words.say('head.socketIo')],
      rows: tableB.map((claim) => rowOf(claim, ['ws', 'socketIo'], evidence, words)),
    },
  ];
}
