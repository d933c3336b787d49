/**
 * The catalogue of facts: everything that may stand in evidence, with its words and its unit. What is a metric of a
 * trial is read as the registry of metrics reads it.
 */

import { own } from '../../base/lookup.ts';
import type { Metric } from '../../metrics/metric.ts';
import { metricByName } from '../../trial/metrics.ts';
import type { FactKind } from './fact-kind.ts';
import { probeFactKinds } from './probe-fact-kinds.ts';
import { trialFactKinds } from './trial-fact-kinds.ts';

export const factKinds = { ...trialFactKinds, ...probeFactKinds };

export type FactName = keyof typeof factKinds;

export const kindOf = (name: string): FactKind | undefined => own<FactKind>(factKinds, name);

/** The metric of a trial that a fact is, where it is one. */
export const metricOf = (name: string): Metric | undefined => metricByName(kindOf(name)?.reads ?? '');

/** Whether it grows where a process is kept waiting. Processor time does not, nor do bytes and counts. */
export const isTimed = (name: string): boolean =>
  kindOf(name)?.timed === true || (metricOf(name)?.noise ?? 'nothing') !== 'nothing';
