/**
 * Thresholds: a table of all of them with their reasons, and a line for each that was not met. They are judged
 * elsewhere.
 */

import { own } from '../../../base/lookup.ts';
import { type Reader, say, type Text, text } from '../../../base/text.ts';
import type { Report, ThresholdOutcome } from '../../../document/report.ts';
import { fails, isMet } from '../../../gate/thresholds.ts';
import type { Cell, Table } from '../../blocks/block.ts';
import { columns } from '../../blocks/columns.ts';
import { gathered } from '../../blocks/gathered.ts';
import { bytes, decimal, exact, time } from '../../blocks/quantities.ts';
import { heads, noFigure } from '../../blocks/table-words.ts';
import { thresholdsTitle } from '../../blocks/titles.ts';
import { breakable } from './groups.ts';

const verdicts: Readonly<Record<ThresholdOutcome['verdict'], Text>> = {
  met: text('met', '충족'),
  missed: text('MISSED', '미충족'),
  undecided: text('UNDECIDED', '판단하지 못함'),
  'too-few': text('TOO FEW SAMPLES', '표본 부족'),
  'not-measured': text('NOT MEASURED', '측정하지 않음'),
  'not-compared': text('not compared', '비교하지 않음'),
};

const phrases = {
  threshold: text('threshold', '임계값'),
  limit: text('limit', '한계'),
  warning: text('{verdict} (warning)', '{verdict}(경고)'),
  line: text('{rule}: {verdict} ({where}: {why})', '{rule}: {verdict}({where}: {why})'),
  where: text('{scenario} over {transport}', '{transport}의 {scenario}'),
  figures: text('{measured}, limit {limit}', '{measured}, 한계 {limit}'),
  interval: text('{measured} ({low} to {high})', '{measured}({low} ~ {high})'),
  reason: text('{rule} ({transports}): {reason}', '{rule}({transports}): {reason}'),
};

const formats: Readonly<Record<string, (value: number) => string>> = {
  ns: time,
  ms: (value) => time(value * 1e6),
  // Rounding must not hide a single byte above the limit.
  B: (value) => (value < 1e6 ? `${exact(value)} B` : bytes(value)),
};

const formatOf = (unit: string) => own(formats, unit) ?? decimal;

function valueText(value: number | null, unit: string, reader: Reader): string {
  return value === null ? say(reader, noFigure.none) : formatOf(unit)(value);
}

/** The measured value; below it its confidence interval, if there are enough repeats for one. */
function measuredCell({ measured, interval, unit }: ThresholdOutcome, reader: Reader): Cell {
  const format = formatOf(unit);
  const value = valueText(measured, unit, reader);
  return interval ? [value, `[${format(interval.low)},\u00a0${format(interval.high)}]`] : value;
}

function measuredText({ measured, interval, unit }: ThresholdOutcome, reader: Reader): string {
  const format = formatOf(unit);
  const value = valueText(measured, unit, reader);
  if (!interval) return value;
  return say(reader, phrases.interval, {
    measured: value,
    low: format(interval.low),
    high: format(interval.high),
  });
}

/** A threshold that was not met and does not fail the run is called a warning. */
function verdictText(outcome: ThresholdOutcome, reader: Reader): string {
  const verdict = say(reader, verdicts[outcome.verdict]);
  return isMet(outcome) || fails(outcome) ? verdict : say(reader, phrases.warning, { verdict });
}

export function thresholdsTable({ thresholds }: Report, reader: Reader): Table | null {
  if (thresholds.length === 0) return null;
  return {
    title: say(reader, thresholdsTitle),
    notes: reasonLines(thresholds, reader),
    shape: 'figures',
    ...columns(thresholds, reader, [
      [phrases.threshold, 'left', ({ rule }) => rule],
      [heads.transport, 'left', ({ transport }) => breakable(transport)],
      [heads.measured, 'right', (outcome) => measuredCell(outcome, reader)],
      [phrases.limit, 'right', ({ limit, unit }) => valueText(limit, unit, reader)],
      [heads.verdict, 'left', (outcome) => verdictText(outcome, reader)],
    ]),
  };
}

/**
 * Reasons stand below the table, where there is room for words. Outcomes of the same rule with the same reason share a
 * line.
 */
const reasonLines = (thresholds: readonly ThresholdOutcome[], reader: Reader): string[] =>
  gathered(
    thresholds.filter(({ reason }) => reason !== null),
    ({ rule, reason }) => [rule, reason],
  ).map((same) =>
    say(reader, phrases.reason, {
      rule: same[0].rule,
      transports: [...new Set(same.map(({ transport }) => transport))].join(', '),
      reason: reasonText(same[0], reader),
    }),
  );

const reasonText = ({ reason }: ThresholdOutcome, reader: Reader): string =>
  reason ? say(reader, reason) : '';

/** One threshold that was not met, in a sentence. */
export function thresholdText(outcome: ThresholdOutcome, reader: Reader): string {
  const { rule, transport, scenario, measured, limit, reason, unit } = outcome;
  const figures = say(reader, phrases.figures, {
    measured: measuredText(outcome, reader),
    limit: valueText(limit, unit, reader),
  });
  const why = [
    // If nothing was measured, the sentence is the reason alone.
    ...(measured !== null || reason === null ? [figures] : []),
    ...(reason ? [reasonText(outcome, reader)] : []),
  ];
  return say(reader, phrases.line, {
    rule,
    verdict: verdictText(outcome, reader),
    why: why.join('; '),
    where: say(reader, phrases.where, { scenario, transport }),
  });
}
