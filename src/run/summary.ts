/**
 * The summary of repeats: for each transport and scenario under the same conditions, the median of every figure over
 * its repeats with an interval, and its ratio to the reference `tcp`, taken repeat by repeat.
 */
import { conditionsOf } from '../document/conditions.ts';
import type { Report, Trial } from '../document/report.ts';
import { overRepeats } from '../metrics/bootstrap.ts';
import type { Metric } from '../metrics/metric.ts';
import { repeatedMetrics } from '../trial/metrics.ts';

const referenceName = 'tcp';

export const ratioName = (metric: string): string => `${metric} / ${referenceName}`;

export function summarize(trials: readonly Trial[], seed: number): Report['summary'] {
  const valid = trials.filter(({ verdict }) => verdict !== 'invalid');
  const groups = new Map<string, Trial[]>();
  for (const trial of valid) {
    const key = JSON.stringify([trial.transport, trial.scenario, conditionsOf(trial)]);
    groups.set(key, [...(groups.get(key) ?? []), trial]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first || group.length < 2) return [];
    const { transport, scenario, load, link, over, spokenBy } = first;
    const by = spokenBy && { spokenBy };
    const row = (metric: string, values: readonly number[]) => {
      if (values.length < 2) return [];
      const figure = overRepeats(values, seed, `${transport} ${scenario} ${metric}`);
      return [{ transport, scenario, load, link, over, ...by, metric, ...figure }];
    };
    const plain = repeatedMetrics.flatMap(({ name, read }) => row(name, group.map(read).filter(isNumber)));
    const ratios = repeatedMetrics.flatMap((metric) =>
      transport === referenceName || !metric.ratioHead
        ? []
        : row(ratioName(metric.name), ratiosOf(metric, group, valid)),
    );
    return [...plain, ...ratios];
  });
}

const isNumber = (value: number | null | undefined): value is number => typeof value === 'number';

/** Each trial against the reference trial of the same repeat: a disturbance is likely to have affected both. */
function ratiosOf({ read }: Metric, group: readonly Trial[], all: readonly Trial[]): number[] {
  return group.flatMap((trial) => {
    const peer = all.find(
      (other) =>
        other.transport === referenceName &&
        other.scenario === trial.scenario &&
        other.repeat === trial.repeat &&
        conditionsOf(other) === conditionsOf(trial),
    );
    const [ours, theirs] = [read(trial), peer && read(peer)];
    return ours && theirs ? [ours / theirs] : [];
  });
}
