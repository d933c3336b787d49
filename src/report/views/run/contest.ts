/**
 * Which transport is best, and when none can be said to be. A winner by time needs a distance, which loopback does not
 * have, and trials that were not noisy. A transport that polls on an interval owes its figure to an option, so it takes
 * no part: it is named beside the others, with its interval. References take no part either.
 */
import { type Phrase, type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { exact, type Ranking, rank, sameNs, timingNoise } from '../../../questions/claims/ranking.ts';
import { time, times } from '../../blocks/quantities.ts';

export interface Contest {
  /** What a comparison rests on. `rate`: how much this machine can do. */
  readonly by: 'time' | 'rate' | 'bytes';
  readonly title: Phrase;
  /** Names what the best of them is. */
  readonly best: Phrase;
  /** What trials are ranked by; lower is better. */
  readonly measure: (trial: Trial) => number | null | undefined;
  readonly text: (value: number, trial: Trial) => string;
  /**
   * Values that differ by less than this share count as equal. Bytes are exact, so that they have no tolerance unless
   * one is given.
   */
  readonly tolerance?: number;
}

const phrases = {
  won: text('{title}: {best} {names}, {value}', '{title}: {best} {names}, {value}'),
  alone: text('{title}: {names}, {value}', '{title}: {names}, {value}'),
  last: text('last {transport}, {value}, a factor of {times}', '마지막 {transport}, {value}, {times}배'),
  lastOfAll: text('last {transport}, {value}', '마지막 {transport}, {value}'),
  near: text('{title}, on loopback (no distance): {range}', '{title}, 거리가 없는 루프백에서: {range}'),
  asItIs: text(
    '{title}, over the way as it is, without an emulated link: {range}',
    '{title}, 링크를 모의하지 않은 실제 경로에서: {range}',
  ),
  withheld: text('{title}: withheld, times are noisy: {names}', '{title}: 보류, 잡음이 섞인 시간: {names}'),
  unknown: text('{title}: not told, too few samples', '{title}: 표본이 부족해 알 수 없습니다'),
  range: text('{from} to {to}', '{from} ~ {to}'),
  interval: text('{transport} {value}, by its {interval} interval', '{transport} {value}({interval} 간격)'),
};

/** A trial bound by POLL1 or POLL3: its cost and its age follow from the poll interval that the run was given. */
export const asksAtIntervals = ({ predictions, overDistance }: Trial): boolean =>
  overDistance?.law === 'POLL1' || predictions.some(({ law }) => law === 'POLL1' || law === 'POLL3');

const hasDistance = ({ link }: Trial): boolean => link.upDelayMs + link.downDelayMs > 0;

const namesOf = (trials: readonly Trial[]): string => trials.map(({ transport }) => transport).join(', ');

/** A time of a noisy trial is marked with `~`. */
const marked = (trial: Trial, written: string): string =>
  trial.verdict === 'noisy' ? `~${written}` : written;

/** One value, or the lowest and the highest. */
function rangeText(texts: readonly string[], reader: Reader): string {
  const [from = '', to = from] = [texts[0], texts.at(-1)];
  return from === to ? from : say(reader, phrases.range, { from, to });
}

function winnerText(
  ranking: Ranking<Trial>,
  { title, best: superlative, text }: Contest,
  reader: Reader,
): string[] {
  const [best] = ranking.winners;
  const last = ranking.others.at(-1);
  const names = namesOf(ranking.winners.map(({ item }) => item));
  const told = { title: say(reader, title), names, value: text(best.value, best.item) };
  // With a single contestant there is no winner.
  const isContest = ranking.winners.length + ranking.others.length > 1;
  const won = isContest
    ? say(reader, phrases.won, { ...told, best: say(reader, superlative) })
    : say(reader, phrases.alone, told);
  if (last === undefined) return [won];
  const said = { transport: last.item.transport, value: text(last.value, last.item) };
  return [
    won,
    best.value > 0
      ? say(reader, phrases.last, { ...said, times: times(last.value / best.value) })
      : say(reader, phrases.lastOfAll, said),
  ];
}

/** The contestants' figures, without a winner if there cannot be one. */
function outcome(contestants: readonly Trial[], contest: Contest, reader: Reader): string[] {
  const title = say(reader, contest.title);
  const timed = contest.by !== 'bytes';
  const noisy = contestants.filter(({ verdict }) => verdict === 'noisy');
  const ranking =
    contest.by === 'time'
      ? rank(contestants, contest.measure, timingNoise, sameNs)
      : rank(contestants, contest.measure, contest.tolerance ?? (timed ? timingNoise : exact));
  if (ranking === null) return contestants.length === 0 ? [] : [say(reader, phrases.unknown, { title })];
  if (contest.by === 'time' && contestants.some((trial) => !hasDistance(trial))) {
    const all = [...ranking.winners, ...ranking.others];
    const range = rangeText(
      all.map(({ item, value }) => marked(item, contest.text(value, item))),
      reader,
    );
    const isElsewhere = contestants.some(({ target }) => target !== undefined);
    return [say(reader, isElsewhere ? phrases.asItIs : phrases.near, { title, range })];
  }
  if (timed && noisy.length > 0 && contestants.length > 1)
    return [say(reader, phrases.withheld, { title, names: namesOf(noisy) })];
  return winnerText(ranking, contest, reader);
}

/** The summary of a scenario in which one figure decides. The references take no part. */
export const decidedBy =
  (contest: Contest) =>
  (chosen: readonly Trial[], _references: readonly Trial[], reader: Reader): string[] =>
    contestSentence(chosen, contest, reader);

/**
 * One sentence: which is best, or what can be said instead; then those whose figure follows from their poll interval.
 */
export function contestSentence(trials: readonly Trial[], contest: Contest, reader: Reader): string[] {
  const asking = trials.filter(asksAtIntervals);
  const contestants = trials.filter((trial) => !asking.includes(trial));
  const clauses = [
    ...outcome(contestants, contest, reader),
    ...asking.flatMap((trial) => {
      const value = contest.measure(trial);
      if (value === null || value === undefined) return [];
      const written =
        contest.by === 'bytes' ? contest.text(value, trial) : marked(trial, contest.text(value, trial));
      const interval = time(trial.load.pollIntervalMs * 1e6);
      return [say(reader, phrases.interval, { transport: trial.transport, value: written, interval })];
    }),
  ];
  return clauses.length === 0 ? [] : [`${clauses.join('; ')}.`];
}
