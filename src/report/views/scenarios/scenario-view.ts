/**
 * How the result of a scenario is shown: its columns, their meaning, and the sentences that sum it up. A view reads
 * trials and knows no transport; a scenario without one is shown by what its latency means.
 */
import { type Reader, type Text, text } from '../../../base/text.ts';
import type { Latency, Trial } from '../../../document/report.ts';
import type { MetricUnit } from '../../../metrics/metric.ts';
import { metricByName } from '../../../trial/metrics.ts';
import { compact, milliseconds, narrowCount } from '../../blocks/quantities.ts';
import type { Group } from '../run/groups.ts';

/** Null: too few samples. Undefined: the trial has no such figure. */
type Figure = string | null | undefined;

export interface Column {
  readonly head: Text;
  readonly read: (trial: Trial) => Figure;
  /** Left out of a table in which no trial has the figure. */
  readonly optional?: true;
}

type Outcome = 'lost' | 'duplicated' | 'reordered';

export interface Telling {
  readonly columns: readonly Column[];
  /** Outcomes that have a column and need no sentence. */
  readonly counted?: readonly Outcome[];
  /** What happened in single trials and has no column. */
  readonly notes?: (group: Group, reader: Reader) => readonly string[];
  /** What the columns mean, and what must be said beside them. */
  readonly legend: (group: Group, reader: Reader) => readonly string[];
  /** The summary. `chosen` has one trial for each transport, none invalid. */
  readonly sentences: (chosen: readonly Trial[], references: readonly Trial[], reader: Reader) => string[];
}

export const some = <T>(value: T | null | undefined, format: (value: T) => string): string | undefined =>
  value === null || value === undefined ? undefined : format(value);

/** A mean of bytes under a head that says "B". */
export const meanBytes = (value: number): string => compact(Math.round(value * 10) / 10);

const quantileOf = (latency: Latency | null | undefined, of: 'p50' | 'p95' | 'p99'): Figure => {
  if (!latency) return undefined;
  const value = latency[of];
  return value === null ? null : milliseconds(value);
};

export const quantile =
  (
    of: 'p50' | 'p95' | 'p99',
    read: (trial: Trial) => Latency | null | undefined = (trial) => trial.latency,
  ) =>
  (trial: Trial): Figure =>
    quantileOf(read(trial), of);

/** Under a head that gives the unit. */
export const formats: Readonly<Record<MetricUnit, (value: number) => string>> = {
  ns: milliseconds,
  ms: (value) => milliseconds(value * 1e6),
  count: narrowCount,
  'messages/s': (rate) => compact(Math.round(rate)),
  'per hour': (value) => compact(Math.round(value)),
  B: meanBytes,
  'B/hour': (value) => compact(Math.round(value)),
};

/**
 * A metric of the registry as a column, with its own head unless another is given. A quantile of too few samples says
 * so.
 */
export function column(name: string, head: Text | undefined = metricByName(name)?.head): Column {
  const metric = metricByName(name);
  if (!metric || !head) throw new Error(`no metric ${name} with a head`);
  const { read, unit, samples } = metric;
  return {
    head,
    read(trial) {
      const value = read(trial);
      if (value === null && samples) return null;
      return some(value, formats[unit]);
    },
  };
}

export const p50 = column('latency.p50');
export const p95 = column('latency.p95');
export const p99 = column('latency.p99', text('p99 ms', 'p99 ms'));
export const requests = column('requests', text('HTTP requests', 'HTTP 요청 수'));
export const connections = column('connections', text('TCP conns', 'TCP 연결 수'));
export const overheadPerMessage = column('perMessage.overhead');

export const trialsOf = ({ chosen, references }: Group): Trial[] =>
  [...chosen, ...references].map(({ trial }) => trial);
