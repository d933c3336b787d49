/**
 * What could not connect: a short word in the row of its transport, and one line that says why and what to do about it.
 */
import { inEveryLanguage, type Reader, say, type Text, text } from '../../../base/text.ts';
import { conditionsOf } from '../../../document/conditions.ts';
import type { Report, Unconnected } from '../../../document/report.ts';
import type { Cell } from '../../blocks/block.ts';
import { gathered } from '../../blocks/gathered.ts';
import { noFigure } from '../../blocks/table-words.ts';
import { breakable } from './groups.ts';
import { speakerNames } from './sweep-axes.ts';

const outcomes: Readonly<Record<Unconnected['outcome'], Text>> = {
  refused: text('refused', '거부됨'),
  'nothing-came': text('nothing came', '응답 없음'),
  swallowed: text('swallowed', '응답이 끊김'),
  'too-slow': text('too slow', '너무 느림'),
  impossible: text('cannot be', '불가능'),
};

const withStatus = text('{outcome} {status}', '{outcome} {status}');
const line = text(
  '{transports} ({scenarios}): {outcome}: {why}',
  '{transports}({scenarios}): {outcome}. {why}',
);
const lineBy = text(
  '{transports} ({scenarios}), {by}: {outcome}: {why}',
  '{transports}({scenarios}), {by}: {outcome}. {why}',
);

const outcomeOf = ({ outcome, status }: Unconnected): Text =>
  status === null
    ? outcomes[outcome]
    : inEveryLanguage(withStatus, { outcome: outcomes[outcome], status: String(status) });

/** `refused 403`, `nothing came`: the word alone, in place of a figure. */
export const outcomeWord = (one: Unconnected, reader: Reader): string => say(reader, outcomeOf(one));

const distinct = (names: readonly string[]) => [...new Set(names)].join(', ');

/** One line for all transports with the same outcome for the same reason. */
export const unconnectedTexts = (unconnected: readonly Unconnected[]): Text[] =>
  gathered(unconnected, ({ outcome, status, told }) => [outcome, status, told.en]).map((same) => {
    const by = distinct(same.map(({ spokenBy = 'node' }) => speakerNames[spokenBy]));
    const said = {
      transports: distinct(same.map(({ transport }) => transport)),
      scenarios: distinct(same.map(({ scenario }) => scenario)),
      outcome: outcomeOf(same[0]),
      why: same[0].told,
    };
    return same.some(({ spokenBy }) => spokenBy)
      ? inEveryLanguage(lineBy, { ...said, by })
      : inEveryLanguage(line, said);
  });

export const unconnectedLines = ({ unconnected }: Pick<Report, 'unconnected'>, reader: Reader): string[] =>
  unconnectedTexts(unconnected).map((told) => say(reader, told));

/** The place of a row: a table has one scenario under one set of conditions. */
type Place = Pick<Unconnected, 'scenario' | 'load' | 'link' | 'over' | 'spokenBy'>;

const samePlace = (a: Place, b: Place) => a.scenario === b.scenario && conditionsOf(a) === conditionsOf(b);

export interface NamedRow {
  readonly transport: string;
  readonly cells: readonly Cell[];
}

type Told = Pick<Report, 'plan' | 'unconnected'>;

/** A row for each transport that could not connect, beside others that were measured: its word, and no figure. */
const rowsOf = ({ unconnected }: Told, place: Place, columns: number, reference: boolean, reader: Reader) =>
  gathered(
    unconnected.filter((one) => one.reference === reference && samePlace(one, place)),
    ({ transport, outcome, status }) => [transport, outcome, status],
  ).map(
    ([one]): NamedRow => ({
      transport: one.transport,
      cells: [
        breakable(one.transport),
        outcomeWord(one, reader),
        ...Array.from({ length: columns - 2 }, () => say(reader, noFigure.none)),
      ],
    }),
  );

/** The rows of a table in the order of the plan, those without figures among the others. */
export function withUnconnected(
  measured: readonly NamedRow[],
  report: Told,
  { place, columns, reference }: { place: Place; columns: number; reference: boolean },
  reader: Reader,
): (readonly Cell[])[] {
  const order = ({ transport }: NamedRow) => report.plan.transports.indexOf(transport);
  return [...measured, ...rowsOf(report, place, columns, reference, reader)]
    .toSorted((a, b) => order(a) - order(b))
    .map(({ cells }) => cells);
}
