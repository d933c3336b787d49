/**
 * What a metric is: a value with a name, a unit, how it is read off a trial, what noise does to it, and when there can be
 * none. Every table, list, threshold and sentence that speaks of a figure reads it from such a value. Those that every
 * trial has are in `every-trial.ts`; a scenario adds its own.
 */
import { inEveryLanguage, type Phrase, type Text, text } from '../base/text.ts';
import type { Trial } from '../document/report.ts';
import { samplesNeeded } from '../laws/tolerance.ts';

const sizeUnits = { B: 1, kB: 1000, MB: 1e6, '': 1 };

/**
 * What metrics are counted in, and how each unit may be written, with its factor: the first as `list` prints it. Where a
 * bare number can only mean one thing it may stand alone; a time without its unit never says which one it means.
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

/** What is asked of a trial, as far as it decides which figures there can be. */
export interface Prospect {
  readonly clients: number;
  /** Sent in the measured phase, at most. */
  readonly messages: number;
  /** How many must hear each of them. */
  readonly receivers: number;
  readonly onlyServerSpeaks: boolean;
  /** Whether the transport polls, or holds polls and counts them. */
  readonly countsPolls: boolean;
}

/** Why a trial can have no such figure. */
export type Never = Phrase<'metric' | 'scenario' | 'transport'>;

export interface Metric {
  readonly name: string;
  readonly unit: MetricUnit;
  /** What it is a figure of, in a sentence. */
  readonly meaning: Text;
  /** Null or undefined where it was not measured: too few samples for a quantile, no polls where nobody polls. */
  readonly read: (trial: Trial) => number | null | undefined;
  /** What a machine that keeps processes waiting does to it: nothing to what is counted. */
  readonly noise: 'raises' | 'lowers' | 'either' | 'nothing';
  /** A slope: it may fall below zero, and depends on the machine. Everything else is counted from nothing on. */
  readonly isSlope?: true;
  /** Of what is made of samples: how many it takes, how many a trial has, and how many it can have at most. */
  readonly samples?: {
    readonly needed: number;
    readonly of: (trial: Trial) => number;
    readonly most: (asked: Prospect) => number;
  };
  /** The greatest that it can come to, whatever happens. */
  readonly most?: (asked: Prospect) => number;
  /** Why a trial can have none; null where it can. */
  readonly never?: (asked: Prospect) => Never | null;
  /** Why no other scenario has it, where `{metric} is measured in the scenario …` is not the reason. */
  readonly elsewhere?: Phrase<'metric'>;
  /** At the head of its column. What has a head is told over repeats, and by a scenario that has no telling of its own. */
  readonly head?: Text;
  /** At the head of its ratio to the reference, where a ratio says something. */
  readonly ratioHead?: Text;
  /** Whether less of it is better: a graph over time shows it. */
  readonly graphed?: true;
}

/** Whether it depends on the machine, so that a baseline of another one says nothing. */
export const isTime = ({ noise, isSlope }: Metric): boolean => noise !== 'nothing' || isSlope === true;

const usualNoise = { ns: 'raises', ms: 'raises', 'messages/s': 'lowers' } as const;

const noiseOf = (unit: MetricUnit): Metric['noise'] =>
  unit === 'ns' || unit === 'ms' || unit === 'messages/s' ? usualNoise[unit] : 'nothing';

/** Reads what a scenario has put under `figures`, by the metric's whole name. */
export const figure =
  (name: string) =>
  (trial: Trial): number | undefined =>
    trial.figures?.[name];

/** One metric by its whole name. */
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
/** A metric of a family: its last name, and what it has that the others have not. */
export type Member = readonly [
  ...[member: string, unit: MetricUnit, read: Metric['read'], meaning: Text],
  more?: Partial<Metric>,
];

/** Metrics whose names begin alike and which have more in common than that. A quantile takes more samples than one. */
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

/** Says of one time after the other what it is. @param phrase that says it of whichever is named. */
export const meaningsOf =
  (phrase: Phrase<'which'>) =>
  (which: keyof typeof ofAll): Text =>
    inEveryLanguage(phrase, { which: ofAll[which] });
