/**
 * Times that may be compared: ratios to the floor `tcp`, taken within one run, with their intervals. A finding needs
 * three things at once: intervals that do not touch, a large enough relative change, and an absolute change that a user
 * could notice. Times of another machine are not compared at all. Transports that poll are left out: they wait for
 * their interval, not for the machine.
 */
import { conditionsOf } from '../document/conditions.ts';
import type { Report } from '../document/report.ts';
import type { Timings } from '../document/weighing.ts';
import { ratioName, summarize } from '../run/summary.ts';
import { repeatedMetrics } from '../trial/metrics.ts';
import { sameMachine } from './same-machine.ts';

export type Timing = Timings['rows'][number];

/** Rates are left out: they show what the machine can do, and that changes from hour to hour. */
const compared = repeatedMetrics.filter(({ unit, ratioHead }) => unit === 'ns' && ratioHead);
/** A change below either of these is not reported, however certain it is. */
const leastRelative = 0.25;
const leastNs = 100_000;

export interface TimeFinding {
  readonly transport: string;
  readonly scenario: string;
  readonly metric: string;
  readonly before: Timing['ratio'];
  readonly after: Timing['ratio'];
  /** How much longer it takes than it would with the earlier ratio; negative if it became quicker. */
  readonly addedNs: number;
}

export const isSlower = ({ addedNs }: TimeFinding): boolean => addedNs > 0;

export type TimesComparison =
  | {
      readonly compared: true;
      readonly judged: number;
      readonly findings: readonly TimeFinding[];
      /** Left out because too few of their repeats were calm: `ws (echo)`. */
      readonly noisy?: readonly string[];
    }
  | { readonly compared: false; readonly why: 'another-machine' | 'no-intervals' | 'noisy' };

/** The ratios of a run with enough repeats; no rows if there were too few for an interval. */
export function timingsOf({ environment, summary, trials }: Report): Timings {
  const polling = new Set(trials.filter(({ polls }) => polls !== null).map(({ transport }) => transport));
  const rows = summary.flatMap((row): Timing[] => {
    const metric = compared.find(({ name }) => row.metric === ratioName(name))?.name;
    if (!metric || row.low === null || row.high === null || polling.has(row.transport)) return [];
    const { transport, scenario, median, low, high } = row;
    const isSame = (other: typeof row) =>
      other.transport === transport &&
      other.scenario === scenario &&
      conditionsOf(other) === conditionsOf(row);
    const value = summary.find((other) => other.metric === metric && isSame(other));
    return value
      ? [{ transport, scenario, metric, ratio: { median, low, high }, valueNs: value.median }]
      : [];
  });
  const { dependencies: _, ...machine } = environment;
  return { machine, rows };
}

export function compareTimings(before: Timings, after: Timings): TimesComparison {
  if (!sameMachine(before.machine, after.machine)) return { compared: false, why: 'another-machine' };
  const pairs = after.rows.flatMap((now) => {
    const { transport, scenario, metric } = now;
    const was = before.rows.find(
      (row) => row.transport === transport && row.scenario === scenario && row.metric === metric,
    );
    return was ? [{ was, now }] : [];
  });
  if (pairs.length === 0) return { compared: false, why: 'no-intervals' };
  return { compared: true, judged: pairs.length, findings: pairs.flatMap(changeOf) };
}

/** Compares two runs by their calm trials alone: what the machine disturbed says nothing of the transport. */
export function compareCalmTimings(before: Report, after: Report): TimesComparison {
  const [was, is] = [calmTimings(before), calmTimings(after)];
  const times = compareTimings(was.timings, is.timings);
  const noisy = [...new Set([...was.noisy, ...is.noisy])];
  if (noisy.length === 0) return times;
  if (times.compared) return { ...times, noisy };
  return times.why === 'no-intervals' ? { compared: false, why: 'noisy' } : times;
}

/** Also names what has an interval only together with its noisy trials. */
function calmTimings(report: Report): { readonly timings: Timings; readonly noisy: readonly string[] } {
  const calm = report.trials.filter(({ verdict }) => verdict === 'valid');
  const timings = timingsOf({ ...report, summary: summarize(calm, report.plan.seed) });
  const nameOf = ({ transport, scenario }: Timing) => `${transport} (${scenario})`;
  const told = new Set(timings.rows.map(nameOf));
  return {
    timings,
    noisy: timingsOf(report)
      .rows.map(nameOf)
      .filter((name) => !told.has(name)),
  };
}

function changeOf({ was, now }: { was: Timing; now: Timing }): TimeFinding[] {
  const apart = now.ratio.low > was.ratio.high || now.ratio.high < was.ratio.low;
  const relative = now.ratio.median / was.ratio.median - 1;
  // The floor of this run times the earlier ratio: what it would take here had nothing changed.
  const addedNs = now.valueNs - (now.valueNs / now.ratio.median) * was.ratio.median;
  if (!apart || Math.abs(relative) < leastRelative || Math.abs(addedNs) < leastNs) return [];
  const { transport, scenario, metric } = now;
  return [{ transport, scenario, metric, before: was.ratio, after: now.ratio, addedNs }];
}
