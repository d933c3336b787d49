/** Thresholds told: a table of all of them with their reasons, and a line for each that was not met. Judged elsewhere. */

import { own } from '../base/lookup.ts';
import { say, text } from '../base/text.ts';
import type { Outcome, Report } from '../document/report.ts';
import { fails, isMet } from '../gate/thresholds.ts';
import { breakable, gathered } from './groups.ts';
import type { Cell, Table } from './table.ts';
import { bytes, decimal, exact, time } from './units.ts';
import type { Words } from './words.ts';

const phrases = {
  line: text('{rule}: {verdict} ({where}: {why})', '{rule}: {verdict}({where}: {why})'),
  where: text('{scenario} over {transport}', '{transport}의 {scenario}'),
  figures: text('{measured}, limit {limit}', '{measured}, 한계 {limit}'),
  interval: text('{measured} ({low} to {high})', '{measured}({low} ~ {high})'),
  reason: text('{rule} ({transports}): {reason}', '{rule}({transports}): {reason}'),
};

const formats: Readonly<Record<string, (value: number) => string>> = {
  ns: time,
  ms: (value) => time(value * 1e6),
  // A byte more than the limit must not be rounded away.
  B: (value) => (value < 1e6 ? `${exact(value)} B` : bytes(value)),
};

const formatOf = (unit: string) => own(formats, unit) ?? decimal;

function valueText(value: number | null, unit: string, words: Words): string {
  return value === null ? words.say('missing.none') : formatOf(unit)(value);
}

/** Over the interval, where repeats allow one. */
function measuredCell({ measured, interval, unit }: Outcome, words: Words): Cell {
  const format = formatOf(unit);
  const value = valueText(measured, unit, words);
  return interval ? [value, `[${format(interval.low)},\u00a0${format(interval.high)}]`] : value;
}

function measuredText({ measured, interval, unit }: Outcome, words: Words): string {
  const format = formatOf(unit);
  const value = valueText(measured, unit, words);
  if (!interval) return value;
  return say(words, phrases.interval, {
    measured: value,
    low: format(interval.low),
    high: format(interval.high),
  });
}

/** What is neither met nor fails says so. */
function verdictText(outcome: Outcome, words: Words): string {
  const verdict = words.say(`threshold.${outcome.verdict}`);
  return isMet(outcome) || fails(outcome) ? verdict : words.say('threshold.warning', { verdict });
}

export function thresholdsTable({ thresholds }: Report, words: Words): Table | null {
  if (thresholds.length === 0) return null;
  return {
    title: words.say('title.thresholds'),
    notes: reasonLines(thresholds, words),
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
      measuredCell(outcome, words),
      valueText(outcome.limit, outcome.unit, words),
      verdictText(outcome, words),
    ]),
  };
}

/** Below the table, where there is room for words. The values of a sweep, and transports with the same reason, share a line. */
const reasonLines = (thresholds: readonly Outcome[], words: Words): string[] =>
  gathered(
    thresholds.filter(({ reason }) => reason !== null),
    ({ rule, reason }) => [rule, reason],
  ).map((same) =>
    say(words, phrases.reason, {
      rule: same[0].rule,
      transports: [...new Set(same.map(({ transport }) => transport))].join(', '),
      reason: reasonText(same[0], words),
    }),
  );

const reasonText = ({ reason }: Outcome, words: Words): string => (reason ? words.tell(reason) : '');

/** One threshold that was not met, in a sentence. */
export function thresholdText(outcome: Outcome, words: Words): string {
  const { rule, transport, scenario, measured, limit, reason, unit } = outcome;
  const figures = say(words, phrases.figures, {
    measured: measuredText(outcome, words),
    limit: valueText(limit, unit, words),
  });
  const why = [
    // Of what was not measured only the reason is left to say.
    ...(measured !== null || reason === null ? [figures] : []),
    ...(reason ? [reasonText(outcome, words)] : []),
  ];
  return say(words, phrases.line, {
    ...{ rule, verdict: verdictText(outcome, words), why: why.join('; ') },
    where: say(words, phrases.where, { scenario, transport }),
  });
}
