/** The registry of metrics: those of every trial, and those that each scenario adds. */
import { metricsOfEveryTrial, metricsOfWhatItTook } from '../metrics/every-trial.ts';
import type { Metric, MetricUnit } from '../metrics/metric.ts';
import { scenarios } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface RegisteredMetric extends Metric {
  /** The only scenario that has it. */
  readonly scenario?: string;
}

const isSilent = ({ defaults }: Scenario) => defaults.messages === 0;

/** Scenarios without messages come last. */
const ofScenarios = scenarios
  .toSorted((a, b) => Number(isSilent(a)) - Number(isSilent(b)))
  .flatMap(({ name, metrics = [] }) => metrics.map((one): RegisteredMetric => ({ ...one, scenario: name })));

const registered: readonly RegisteredMetric[] = [
  ...metricsOfEveryTrial,
  ...ofScenarios,
  ...metricsOfWhatItTook,
];

/** Times, then counts, then rates, then sizes. */
const places: Readonly<Record<MetricUnit, number>> = {
  ns: 0,
  ms: 0,
  count: 1,
  'messages/s': 2,
  'per hour': 2,
  B: 3,
  'B/hour': 3,
};

/** In the order in which lists and files show them. */
export const metrics: readonly RegisteredMetric[] = registered.toSorted(
  (a, b) => places[a.unit] - places[b.unit],
);

/** In the order in which the table of repeats shows them. */
export const repeatedMetrics = registered.filter(({ head }) => head !== undefined);

const byName = new Map(metrics.map((one) => [one.name, one]));

export const metricByName = (name: string): RegisteredMetric | undefined => byName.get(name);
