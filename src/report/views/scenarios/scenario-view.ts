/**
 * How the result of a scenario is told: which columns, what they mean, which sentence sums them up. A telling
 * reads trials and knows no transport; a scenario without one is told by what its latency means.
 */
import { type Reader, type Text, text } from '../../../base/text.ts';
import type { Latency, Trial } from '../../../document/report.ts';
import { compact, milliseconds, narrowCount } from '../../blocks/quantities.ts';
import type { Group } from '../run/groups.ts';

/** null: too few samples; undefined: there is no such thing in this trial. */
type Figure = string | null | undefined;

export interface Column {
  readonly head: Text;
  readonly read: (trial: Trial) => Figure;
  /** Left out of a table in which no trial has such a thing. */
  readonly optional?: true;
}

type Outcome = 'lost' | 'duplicated' | 'reordered';

export interface Telling {
  readonly columns: readonly Column[];
  /** Outcomes that have a column and need no sentence. */
  readonly counted?: readonly Outcome[];
  /** What happened to single trials that no column tells. */
  readonly notes?: (group: Group, reader: Reader) => readonly string[];
  /** What the columns mean, and what must be said beside them. */
  readonly legend: (group: Group, reader: Reader) => readonly string[];
  /** What it comes down to; trials are one a transport, none invalid. */
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

export const p50 = { head: text('p50 ms', 'p50 ms'), read: quantile('p50') } satisfies Column;
export const p95 = { head: text('p95 ms', 'p95 ms'), read: quantile('p95') } satisfies Column;
export const p99 = { head: text('p99 ms', 'p99 ms'), read: quantile('p99') } satisfies Column;
export const requests = {
  head: text('HTTP requests', 'HTTP 요청 수'),
  read: (trial) => narrowCount(trial.requests),
} satisfies Column;
export const connections = {
  head: text('TCP conns', 'TCP 연결 수'),
  read: (trial) => narrowCount(trial.connections),
} satisfies Column;
export const overheadPerMessage = {
  head: text('overhead B/msg', '오버헤드 B/메시지'),
  read: (trial) => some(trial.perMessage.overhead, meanBytes),
} satisfies Column;

export const trialsOf = ({ chosen, references }: Group): Trial[] =>
  [...chosen, ...references].map(({ trial }) => trial);
