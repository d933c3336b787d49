/**
 * A fact: one measured value of a probe or a trial under the name of a metric. Facts are plain data: the report holds
 * them as evidence, and a verdict is computed from nothing else.
 */
import type { FactName } from '../claims/fact-kinds.ts';

export interface Fact {
  /** A key of the catalogue of facts (`claims/fact-kinds.ts`), which knows its words and its unit. */
  readonly metric: string;
  /** What was measured; 1 and 0 for yes and no; null where it could not be measured. */
  readonly value: number | string | null;
  /** The transport it was measured on, or what else it is about. */
  readonly transport: string;
  /** A time that was measured while a process was kept waiting: it may be longer than the transport makes it. */
  readonly noisy?: true | undefined;
}

export const yes = (value: boolean): number => (value ? 1 : 0);

export const fact = (metric: FactName, transport: string, value: Fact['value']): Fact => ({
  metric,
  transport,
  value,
});
