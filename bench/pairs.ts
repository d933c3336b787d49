/**
 * Ours against a named peer: runs the pairs, and beside them as many pairs of the peer against itself (A/A).
 * The A/A ratio differs from 1 only by the noise of the machine; a difference no larger than that proves nothing.
 */
import { median } from 'simple-statistics';
import type { BenchOptions, Line } from './bench.ts';
import { type Aim, estimate, firstOfPairs, type Pair, ratios, verdictOf } from './statistics.ts';

export interface Contest<Reading> {
  readonly name: string;
  readonly ours: () => Promise<Reading>;
  readonly peer: () => Promise<Reading>;
}

export interface Readings<Reading> {
  readonly pairs: readonly Pair<Reading>[];
  /** The peer in both places. */
  readonly same: readonly Pair<Reading>[];
}

/** Runs pair and A/A pair by turns, so that both series see the same noise. */
export async function runPairs<Reading>(
  { name, ours, peer }: Contest<Reading>,
  { pairs: count, random, progress }: BenchOptions,
): Promise<Readings<Reading>> {
  const series = [
    {
      contest: { ours, peer },
      first: firstOfPairs(count, random(`${name} pairs`)),
      pairs: [] as Pair<Reading>[],
    },
    {
      contest: { ours: peer, peer },
      first: firstOfPairs(count, random(`${name} A/A pairs`)),
      pairs: [] as Pair<Reading>[],
    },
  ] as const;
  const [contested, same] = series;
  for (let index = 0; index < count; index++) {
    progress(`${name}: pair ${index + 1} of ${count}`);
    for (const { contest, first, pairs } of index % 2 === 0 ? series : [same, contested]) {
      pairs.push(await runPair(contest, first[index] ?? 'ours'));
    }
  }
  return { pairs: contested.pairs, same: same.pairs };
}

async function runPair<Reading>(
  contest: Pair<() => Promise<Reading>>,
  first: keyof Pair<Reading>,
): Promise<Pair<Reading>> {
  if (first === 'ours') {
    const ours = await contest.ours();
    return { ours, peer: await contest.peer() };
  }
  const peer = await contest.peer();
  return { ours: await contest.ours(), peer };
}

export interface Comparison<Reading> {
  readonly figure: string;
  readonly read: (reading: Reading) => number;
  readonly format: (value: number) => string;
  /** Null: shown to explain the other figures, without an aim. */
  readonly aim: Aim | null;
}

/** The figure's line and the A/A line below it. */
export function compare<Reading>(
  { pairs, same }: Readings<Reading>,
  { figure, read, format, aim }: Comparison<Reading>,
  random: BenchOptions['random'],
): [Line, Line] {
  const line = (series: readonly Pair<Reading>[], label: string, promised: Aim | null): Line => {
    const ratio = estimate(ratios(series, read), random(`resamples of ${label}`));
    return {
      figure: label,
      ours: format(median(series.map(({ ours }) => read(ours)))),
      peer: format(median(series.map(({ peer }) => read(peer)))),
      ratio: `${ratio.median.toFixed(3)} [${ratio.low.toFixed(3)}, ${ratio.high.toFixed(3)}]`,
      aim: promised ? aimText(promised) : '',
      verdict: promised ? verdictOf(ratio, promised) : '',
    };
  };
  return [line(pairs, figure, aim), line(same, '  A/A: peer, peer', null)];
}

const aimText = (aim: Aim): string => ('atMost' in aim ? `ratio ≤ ${aim.atMost}` : `ratio ≥ ${aim.atLeast}`);
