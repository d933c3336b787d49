/**
 * Thresholds held against a report: met, missed, or why nobody can say. Who cannot say has not met it: only a time that
 * was measured on another machine than the baseline's is let off, because it would compare the machines.
 */
import { median } from 'simple-statistics';
import { isTime, type Metric } from '../metrics/figures.ts';
import type { Outcome, Report, Trial } from '../metrics/report.ts';
import { sameMachine } from './machine.ts';
import type { Comparison, Threshold } from './threshold.ts';

/** @param baseline the report that `x baseline` speaks of. */
export const judgeThresholds = (
  report: Report,
  thresholds: readonly Threshold[],
  baseline: Report | null,
): Outcome[] =>
  thresholds.flatMap((threshold) => {
    const { transport, scenario } = threshold;
    const chosen = report.trials.filter(
      (trial) =>
        trial.scenario === scenario &&
        (transport === 'all' ? !trial.reference : trial.transport === transport),
    );
    if (chosen.length === 0) return [outcome(threshold, transport, 'not-measured', null, null)];
    // Each value of a sweep has to meet it by itself.
    return groups(chosen).map((trials) => judgeGroup(threshold, trials, report, baseline));
  });

const conditions = ({ transport, scenario, load, link }: Trial) =>
  JSON.stringify([transport, scenario, load, link]);

function groups(trials: readonly Trial[]): [Trial, ...Trial[]][] {
  const byKey = new Map<string, [Trial, ...Trial[]]>();
  for (const trial of trials) {
    const known = byKey.get(conditions(trial));
    if (known) known.push(trial);
    else byKey.set(conditions(trial), [trial]);
  }
  return [...byKey.values()];
}

function judgeGroup(
  threshold: Threshold,
  trials: readonly [Trial, ...Trial[]],
  report: Report,
  baseline: Report | null,
): Outcome {
  const { metric, limit, comparison } = threshold;
  const { transport } = trials[0];
  const measured = medianOf(trials, metric);
  if (measured === null) return outcome(threshold, transport, 'too-few', null, null);
  if (limit.kind === 'value')
    return outcome(threshold, transport, verdictOf(measured, comparison, limit.value), measured, limit.value);
  const source = limit.kind === 'baseline' ? baseline : report;
  const peer = limit.kind === 'baseline' ? transport : limit.transport;
  const wanted = conditions({ ...trials[0], transport: peer });
  const peers = source?.trials.filter((trial) => conditions(trial) === wanted) ?? [];
  if (peers.length === 0) return outcome(threshold, transport, 'not-measured', measured, null);
  if (source && isTime(metric) && !sameMachine(source.environment, report.environment))
    return outcome(threshold, transport, 'not-compared', measured, null);
  const theirs = medianOf(peers, metric);
  if (theirs === null) return outcome(threshold, transport, 'too-few', measured, null);
  const most = limit.factor * theirs;
  return outcome(threshold, transport, verdictOf(measured, comparison, most), measured, most);
}

/** Over repeats; invalid trials are no evidence, and a repeat without enough samples leaves too few. */
function medianOf(trials: readonly Trial[], { read }: Metric): number | null {
  const values = trials.filter(({ verdict }) => verdict !== 'invalid').map(read);
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length > 0 && numbers.length === values.length ? median(numbers) : null;
}

const holds: Readonly<Record<Comparison, (measured: number, limit: number) => boolean>> = {
  '<=': (measured, limit) => measured <= limit,
  '<': (measured, limit) => measured < limit,
  '>=': (measured, limit) => measured >= limit,
  '>': (measured, limit) => measured > limit,
};

const verdictOf = (measured: number, comparison: Comparison, limit: number) =>
  holds[comparison](measured, limit) ? 'met' : 'missed';

const outcome = (
  { rule, level, metric, scenario }: Threshold,
  transport: string,
  verdict: Outcome['verdict'],
  measured: number | null,
  limit: number | null,
): Outcome => ({
  rule,
  level,
  transport,
  scenario,
  metric: metric.name,
  unit: metric.unit,
  measured,
  limit,
  verdict,
});

/** Whether a threshold lets the run pass. */
export const isMet = ({ verdict }: Outcome): boolean => verdict === 'met' || verdict === 'not-compared';
