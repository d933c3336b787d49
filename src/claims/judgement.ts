/**
 * What makes a claim decidable: what must be measured for it, which facts its rule reads, the rule, and a sentence
 * for each verdict the rule can come to. A verdict is computed from facts and from nothing else, so whoever has the
 * evidence can compute it again.
 */

import type { Text } from '../base/text.ts';
import type { Fact } from '../probes/fact.ts';
import type { ProbeName } from '../probes/index.ts';
import type { Line, Quantity } from './claim.ts';
import type { Evidence, Experiment } from './evidence.ts';
import { type MetricName, metricOf } from './metrics.ts';

/**
 * `confirmed`: as the document says. `refined`: true under a condition that the explanation states. `contradicted`:
 * the measurement says otherwise. `opinion`: the measurements decide nothing, it is a matter of taste.
 */
export const verdicts = ['confirmed', 'refined', 'contradicted', 'opinion'] as const;
export type Verdict = (typeof verdicts)[number];

/** Names in rule and explanation, and the fact each stands for. */
export type Reads = Readonly<Record<string, readonly [metric: MetricName, transport: string]>>;

export interface Judgement<R extends Reads = Reads, V extends Verdict = Verdict> {
  readonly needs: readonly (Experiment | ProbeName)[];
  /** What the evidence says, as facts; what was not measured is left out. */
  facts(evidence: Evidence): readonly Fact[];
  /** What the rule decides by; without one of them there is no verdict. */
  readonly reads: R;
  /** What explanations quote besides. */
  readonly quotes?: Reads;
  verdict(values: { readonly [Name in keyof R]: number }): V;
  readonly explains: Readonly<Record<V, Text>>;
}

/** Checks that there is an explanation for every verdict of the rule, then forgets which ones they were. */
export const judgement = <const R extends Reads, const V extends Verdict>(made: Judgement<R, V>): Judgement =>
  made as unknown as Judgement;

export interface Ruling {
  readonly verdict: Verdict;
  readonly explanation: Line;
}

const measuredOf = (facts: readonly Fact[], [metric, transport]: readonly [string, string]): Fact['value'] =>
  facts.find((fact) => fact.metric === metric && fact.transport === transport)?.value ?? null;

/** The verdict that follows from these facts; null when one that the rule reads is missing. */
export function rule(
  { reads, quotes = {}, verdict, explains }: Judgement,
  facts: readonly Fact[],
): Ruling | null {
  const values: Record<string, number> = {};
  for (const [name, read] of Object.entries(reads)) {
    const value = measuredOf(facts, read);
    if (typeof value !== 'number') return null;
    values[name] = value;
  }
  const reached = verdict(values);
  const quoted = Object.entries({ ...quotes, ...reads }).map(([name, read]) => [
    name,
    quantityOf(read[0], measuredOf(facts, read)),
  ]);
  return { verdict: reached, explanation: { text: explains[reached], values: Object.fromEntries(quoted) } };
}

/** A fact's value as the report's skins write it. */
export function quantityOf(metric: string, value: Fact['value']): Quantity {
  const unit = metricOf(metric)?.unit ?? 'decimal';
  if (unit === 'name' || typeof value === 'string') return { unit: 'name', value: String(value ?? '–') };
  return { unit: unit === 'mean-bytes' ? 'decimal' : unit, value };
}
