/** One kind of fact: its words, its unit, and what is known of it. */
import type { Text } from '../../base/text.ts';

/** `mean-bytes` is a mean of bytes: a number whose words already say what it counts. */
type FactUnit = 'nanoseconds' | 'bytes' | 'mean-bytes' | 'count' | 'share' | 'decimal' | 'flag' | 'name';

export interface FactKind {
  readonly text: Text;
  readonly unit: FactUnit;
  /** The metric of a trial with the same figure. */
  readonly reads?: string;
  /** It grows if a process is kept waiting. For a metric of a trial the registry of metrics says so instead. */
  readonly timed?: true;
  /** Timing cannot change it: every run, on every machine with these versions, measures the same. */
  readonly exact?: true;
}

export const kind = (
  unit: FactUnit,
  en: string,
  ko: string,
  more: Pick<FactKind, 'reads' | 'timed' | 'exact'> = {},
): FactKind => ({ unit, text: { en, ko }, ...more });

export const exact = (unit: FactUnit, en: string, ko: string): FactKind =>
  kind(unit, en, ko, { exact: true });
