/**
 * The catalogue of facts: everything that may be used as evidence, with its words and its unit. A fact that is a metric
 * of a trial takes them from the registry of metrics.
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

/** The trial metric that a fact is; undefined if it is none. */
export const metricOf = (name: string): Metric | undefined => metricByName(kindOf(name)?.reads ?? '');

/** Whether it grows if a process is kept waiting. Processor time, bytes and counts do not. */
export const isTimed = (name: string): boolean =>
  kindOf(name)?.timed === true || (metricOf(name)?.noise ?? 'nothing') !== 'nothing';
