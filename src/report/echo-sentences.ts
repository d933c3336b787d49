/**
 * Who won an echo or a push, by how much, and when not: computed from the trials of one run. Times within the
 * noise of a short run are a tie and said to be one; bytes are exact. References never win, they are what one
 * compares with.
 */
import { setupBytesPerClient } from '../claims/cost.ts';
import { exact, type Ranking, rank, timingNoise } from '../claims/ranking.ts';
import type { Trial } from '../metrics/report.ts';
import { breakEven } from './bytes-fit.ts';
import { bytes, count, time, times } from './units.ts';
import type { Words } from './words.ts';

const median = (trial: Trial): number | null => trial.latency?.p50 ?? null;
const overhead = (trial: Trial): number | null => trial.perMessage.overhead;
const namesOf = (ranking: Ranking<Trial>): string =>
  ranking.winners.map(({ item }) => item.transport).join(', ');
const sentence = (clauses: readonly string[]): string => `${clauses.join('; ')}.`;

function winners(ranking: Ranking<Trial>, on: 'latency' | 'push', words: Words): string {
  const [best] = ranking.winners;
  if (ranking.winners.length === 1) {
    // Alone, nobody wins.
    const key = ranking.others.length === 0 ? 'only' : 'winner';
    return words.say(`${on}.${key}`, { best: best.item.transport, time: time(best.value) });
  }
  const worst = ranking.winners.at(-1) ?? best;
  return words.say(`${on}.tie`, { names: namesOf(ranking), from: time(best.value), to: time(worst.value) });
}

function slowest(ranking: Ranking<Trial>, on: 'latency' | 'push', words: Words): string[] {
  const last = ranking.others.at(-1);
  if (last === undefined) return [];
  const ratio = times(last.value / ranking.winners[0].value);
  return [
    words.say(`${on}.slowest`, { transport: last.item.transport, time: time(last.value), times: ratio }),
  ];
}

/** A reference that speaks HTTP shows what a plain request costs; one that does not is the floor. */
function referenceClause(reference: Trial, best: number, words: Words): string[] {
  const value = median(reference);
  if (value === null) return [];
  const said = { transport: reference.transport, time: time(value) };
  if (reference.requests === 0) {
    // A floor above the best would be read as a contradiction; it is the noise of two short measurements.
    return [words.say(best <= value * (1 + timingNoise) ? 'latency.atFloor' : 'latency.floor', said)];
  }
  const asQuick = value <= best * (1 + timingNoise);
  return [words.say(asQuick ? 'latency.referenceAsQuick' : 'latency.referenceSlower', said)];
}

const noisyClause = (trials: readonly Trial[], words: Words): string[] =>
  trials.some((trial) => trial.verdict === 'noisy') ? [words.say('sentence.noisy')] : [];

function latencySentence(chosen: readonly Trial[], references: readonly Trial[], words: Words): string {
  const ranking = rank(chosen, median, timingNoise);
  if (ranking === null) return sentence([words.say('latency.unknown')]);
  return sentence([
    winners(ranking, 'latency', words),
    ...slowest(ranking, 'latency', words),
    ...references.flatMap((reference) => referenceClause(reference, ranking.winners[0].value, words)),
    ...noisyClause(chosen, words),
  ]);
}

/** Up to how many messages per client another transport is cheaper in all, because its set-up is. */
function cheaperUntil(best: Trial, other: Trial): number {
  const costsOf = (trial: Trial) => ({
    transport: trial.transport,
    setup: setupBytesPerClient(trial) ?? 0,
    perMessage: overhead(trial) ?? 0,
  });
  const found = breakEven(costsOf(other), costsOf(best));
  return found.kind === 'until' ? found.message : 0;
}

function setupClause(best: Trial, others: readonly Trial[], words: Words): string[] {
  if (others.length === 0) return [];
  const [longest] = others
    .map((other) => ({ other, messages: cheaperUntil(best, other) }))
    .sort((a, b) => b.messages - a.messages);
  if (longest === undefined || longest.messages === 0) return [words.say('cost.alwaysCheapest')];
  return [
    words.say('cost.untilBreakEven', {
      bytes: bytes(Math.round(setupBytesPerClient(best) ?? 0)),
      count: count(longest.messages),
      transport: longest.other.transport,
    }),
  ];
}

function costSentence(chosen: readonly Trial[], references: readonly Trial[], words: Words): string {
  const ranking = rank(chosen, overhead, exact);
  if (ranking === null) return sentence([words.say('cost.unknown')]);
  const [best] = ranking.winners;
  const rounded = (value: number): string => bytes(Math.round(value * 10) / 10);
  const next = ranking.others[0];
  const most = ranking.others.length > 1 ? ranking.others.at(-1) : undefined;
  // The floor carries no protocol of the web: only a reference that speaks HTTP can be cheaper in practice.
  const rivals = [
    ...ranking.others.map(({ item }) => item),
    ...references.filter(({ requests }) => requests > 0),
  ];
  return sentence([
    words.say(ranking.winners.length + ranking.others.length === 1 ? 'cost.only' : 'cost.winner', {
      names: namesOf(ranking),
      bytes: rounded(best.value),
    }),
    ...(next ? [words.say('cost.next', { transport: next.item.transport, bytes: rounded(next.value) })] : []),
    ...(most
      ? [
          words.say('cost.most', {
            transport: most.item.transport,
            bytes: rounded(most.value),
            times: times(most.value / Math.max(best.value, 1)),
          }),
        ]
      : []),
    ...setupClause(best.item, rivals, words),
  ]);
}

/** The references cannot be pushed to: whoever is there beside the chosen ones takes no part. */
export function pushSentences(
  chosen: readonly Trial[],
  _references: readonly Trial[],
  words: Words,
): string[] {
  const ranking = rank(chosen, median, timingNoise);
  if (ranking === null) return [];
  return [
    sentence([
      winners(ranking, 'push', words),
      ...slowest(ranking, 'push', words),
      ...noisyClause(chosen, words),
    ]),
  ];
}

/** Latency, then cost. */
export const echoSentences = (
  chosen: readonly Trial[],
  references: readonly Trial[],
  words: Words,
): string[] => [latencySentence(chosen, references, words), costSentence(chosen, references, words)];
