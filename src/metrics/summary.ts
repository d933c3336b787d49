/**
 * What repeats say together: for each transport, scenario, load and link, the median of every figure over its
 * repeats with an interval, and its ratio to the reference `tcp`, taken repeat by repeat.
 */
import { randomStream } from '../base/schedule.ts';
import type { Report, Trial } from '../document/report.ts';
import { estimate } from './bootstrap.ts';

/** Below this many repeats an interval would only repeat the extremes. */
const leastRepeats = 5;
const referenceName = 'tcp';

const figures: Readonly<Record<string, (trial: Trial) => number | null>> = {
  'latency.p50': ({ latency }) => latency?.p50 ?? null,
  'latency.p95': ({ latency }) => latency?.p95 ?? null,
  'perMessage.overhead': ({ perMessage }) => perMessage.overhead,
  throughput: ({ throughput }) => throughput,
};
/** Times of different machines are not comparable, their ratios within one run are. */
const compared = ['latency.p50', 'latency.p95', 'throughput'];

export function summarize(trials: readonly Trial[], seed: number): Report['summary'] {
  const valid = trials.filter(({ verdict }) => verdict !== 'invalid');
  const groups = new Map<string, Trial[]>();
  for (const trial of valid) {
    const { transport, scenario, load, link } = trial;
    const key = JSON.stringify([transport, scenario, load, link]);
    groups.set(key, [...(groups.get(key) ?? []), trial]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length < 2) return [];
    const { transport, scenario, load, link } = first;
    const row = (metric: string, values: readonly number[]) => {
      if (values.length < 2) return [];
      const figure = overRepeats(values, seed, `${transport} ${scenario} ${metric}`);
      return [{ transport, scenario, load, link, metric, ...figure }];
    };
    const plain = Object.entries(figures).flatMap(([metric, read]) =>
      row(metric, group.map(read).filter(isNumber)),
    );
    const ratios = compared.flatMap((metric) =>
      transport === referenceName ? [] : row(`${metric} / ${referenceName}`, ratiosOf(metric, group, valid)),
    );
    return [...plain, ...ratios];
  });
}

/** The median with its interval, where there are enough repeats for one. @param name of the random stream. */
export function overRepeats(values: readonly number[], seed: number, name: string) {
  const { median, low, high } = estimate(values, randomStream(seed, name));
  const enough = values.length >= leastRepeats;
  return { median, low: enough ? low : null, high: enough ? high : null };
}

const isNumber = (value: number | null): value is number => value !== null;

/** Each trial against the reference of its own repeat: what disturbed the one disturbed the other. */
function ratiosOf(metric: string, group: readonly Trial[], all: readonly Trial[]): number[] {
  const read = figures[metric];
  return group.flatMap((trial) => {
    const peer = all.find(
      ({ transport, scenario, repeat, load, link }) =>
        transport === referenceName &&
        scenario === trial.scenario &&
        repeat === trial.repeat &&
        JSON.stringify([load, link]) === JSON.stringify([trial.load, trial.link]),
    );
    const [ours, theirs] = [read?.(trial), peer && read?.(peer)];
    return ours && theirs ? [ours / theirs] : [];
  });
}
