/** Thresholds told: a table of all of them, and a line for each that was not met. Judged elsewhere. */
import { isMet } from '../gate/thresholds.ts';
import type { Outcome, Report } from '../metrics/report.ts';
import { own } from '../own.ts';
import { breakable } from './groups.ts';
import type { Table } from './table.ts';
import { bytes, decimal, exact, time } from './units.ts';
import type { Words } from './words.ts';

const formats: Readonly<Record<string, (value: number) => string>> = {
  ns: time,
  ms: (value) => time(value * 1e6),
  // A byte more than the limit must not be rounded away.
  B: (value) => (value < 1e6 ? `${exact(value)} B` : bytes(value)),
};

function valueText(value: number | null, unit: string, words: Words): string {
  if (value === null) return words.say('missing.none');
  return own(formats, unit)?.(value) ?? decimal(value);
}

function verdictText(outcome: Outcome, words: Words): string {
  const verdict = words.say(`threshold.${outcome.verdict}`);
  return isMet(outcome) || outcome.level === 'error' ? verdict : words.say('threshold.warning', { verdict });
}

export function thresholdsTable({ thresholds }: Report, words: Words): Table | null {
  if (thresholds.length === 0) return null;
  return {
    title: words.say('title.thresholds'),
    notes: [],
    shape: 'figures',
    head: [
      words.say('head.threshold'),
      words.say('head.transport'),
      words.say('head.measured'),
      words.say('head.limit'),
      words.say('head.verdict'),
    ],
    align: ['left', 'left', 'right', 'right', 'left'],
    rows: thresholds.map((outcome) => [
      outcome.rule,
      breakable(outcome.transport),
      valueText(outcome.measured, outcome.unit, words),
      valueText(outcome.limit, outcome.unit, words),
      verdictText(outcome, words),
    ]),
  };
}

/** One threshold that was not met, in a sentence. */
export const thresholdText = (outcome: Outcome, words: Words): string =>
  words.say('threshold.line', {
    ...{ rule: outcome.rule, transport: outcome.transport, scenario: outcome.scenario },
    measured: valueText(outcome.measured, outcome.unit, words),
    limit: valueText(outcome.limit, outcome.unit, words),
    verdict: verdictText(outcome, words),
  });
