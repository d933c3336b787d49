/**
 * What a metric is: a value with a name, a unit, how it is read from a trial, what noise does to it, and when a trial
 * cannot have it. Every table, list, threshold and sentence about a figure uses such a value. The metrics that every
 * trial has are in `every-trial.ts`; a scenario adds its own.
 */
import { inEveryLanguage, type Phrase, type Text, text } from '../base/text.ts';
import type { Trial } from '../document/report.ts';
import { samplesNeeded } from '../laws/tolerance.ts';

const sizeUnits = { B: 1, kB: 1000, MB: 1e6, '': 1 };

/**
 * The units of metrics, and how each may be written, with its factor; `list` prints the first. The empty key allows a
 * number without a unit, where it can mean only one thing. Times always need a unit.
 */
export const units = {
  ns: { ns: 1, us: 1e3, ms: 1e6, s: 1e9 },
  ms: { ms: 1, ns: 1e-6, us: 1e-3, s: 1e3 },
  count: { count: 1, '': 1 },
  'messages/s': { 'messages/s': 1, '/s': 1, '': 1 },
  'per hour': { '/hour': 1, 'per hour': 1, '': 1 },
  B: sizeUnits,
  'B/hour': { 'B/hour': 1, 'kB/hour': 1000, 'MB/hour': 1e6, ...sizeUnits },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;

export type MetricUnit = keyof typeof units;

/** As `list` prints it. */
export const unitName = (unit: MetricUnit): string => Object.keys(units[unit])[0] ?? unit;

/** The part of a trial's plan that decides which figures it can have. */
export interface Prospect {
  readonly clients: number;
  /** Sent in the measured phase, at most. */
  readonly messages: number;
  /** How many clients must receive each of them. */
  readonly receivers: number;
  readonly onlyServerSpeaks: boolean;
  /** Whether the transport polls, or holds polls and counts them. */
  readonly countsPolls: boolean;
}

/** Why a trial cannot have a figure. */
export type Never = Phrase<'metric' | 'scenario' | 'transport'>;

export interface Metric {
  readonly name: string;
  readonly unit: MetricUnit;
  /** What it measures, in a sentence. */
  readonly meaning: Text;
  /** Null or undefined if it was not measured: too few samples for a quantile, polls of a transport that has none. */
  readonly read: (trial: Trial) => number | null | undefined;
  /** How a busy machine, which keeps processes waiting, changes it. Counts do not change. */
  readonly noise: 'raises' | 'lowers' | 'either' | 'nothing';
  /** A slope: it may be below zero, and depends on the machine. All other metrics start from 0. */
  readonly isSlope?: true;
  /** For metrics made of samples: how many it needs, how many a trial has, and how many it can have at most. */
  readonly samples?: {
    readonly needed: number;
    readonly of: (trial: Trial) => number;
    readonly most: (asked: Prospect) => number;
  };
  /** The greatest possible value, if there is one. */
  readonly most?: (asked: Prospect) => number;
  /** Why a trial cannot have it; null if it can. */
  readonly never?: (asked: Prospect) => Never | null;
  /** Why other scenarios do not have it, if `{metric} is measured in the scenario …` is not the reason. */
  readonly elsewhere?: Phrase<'metric'>;
  /** Head of its column. Metrics with a head are shown over repeats, and for scenarios without a view of their own. */
  readonly head?: Text;
  /** Head of the column of its ratio to the reference, if a ratio is meaningful. */
  readonly ratioHead?: Text;
  /** Whether less of it is better: a graph over time shows it. */
  readonly graphed?: true;
}

/** Whether it depends on the machine, so that a baseline from another machine says nothing. */
export const isTime = ({ noise, isSlope }: Metric): boolean => noise !== 'nothing' || isSlope === true;

const usualNoise = { ns: 'raises', ms: 'raises', 'messages/s': 'lowers' } as const;

const noiseOf = (unit: MetricUnit): Metric['noise'] =>
  unit === 'ns' || unit === 'ms' || unit === 'messages/s' ? usualNoise[unit] : 'nothing';

/** Reads what a scenario has put under `figures`, by the metric's full name. */
export const figure =
  (name: string) =>
  (trial: Trial): number | undefined =>
    trial.figures?.[name];

/** A metric with its full name. */
export const metric = (
  name: string,
  unit: MetricUnit,
  read: Metric['read'],
  meaning: Text,
  more: Partial<Metric> = {},
): Metric => ({ name, unit, read, meaning, noise: noiseOf(unit), ...more });

type Shared = Omit<Partial<Metric>, 'samples'> & {
  readonly samples?: Omit<NonNullable<Metric['samples']>, 'needed'>;
};
/** A metric of a family: the last part of its name, and what differs from the others. */
export type Member = readonly [
  ...[member: string, unit: MetricUnit, read: Metric['read'], meaning: Text],
  more?: Partial<Metric>,
];

/** Metrics with a common prefix and common properties. A quantile needs more than one sample. */
export const family = (name: string, { samples, ...shared }: Shared, members: readonly Member[]): Metric[] =>
  members.map(([member, unit, read, meaning, more]) => {
    const [, percent] = /^p(\d+)$/.exec(member.split('.').at(-1) ?? '') ?? [];
    const needed = percent ? samplesNeeded(Number(percent) / 100) : 1;
    return metric(`${name}.${member}`, unit, read, meaning, {
      ...shared,
      ...(samples && { samples: { ...samples, needed } }),
      ...more,
    });
  });

const ofAll = {
  p50: text('The median', '중앙값'),
  p90: text('The 90th percentile', '90번째 백분위수'),
  p95: text('The 95th percentile', '95번째 백분위수'),
  p99: text('The 99th percentile', '99번째 백분위수'),
  mean: text('The mean', '평균'),
  min: text('The shortest', '최솟값'),
  max: text('The longest', '최댓값'),
} as const satisfies Readonly<Record<string, Text>>;

/** Fills one phrase for each statistic of a family of times. @param phrase the sentence, with the place `{which}`. */
export const meaningsOf =
  (phrase: Phrase<'which'>) =>
  (which: keyof typeof ofAll): Text =>
    inEveryLanguage(phrase, { which: ofAll[which] });
