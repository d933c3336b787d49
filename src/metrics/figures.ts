/**
 * The numbers of a trial that are worth comparing, by their names in the report: for CSV, for graphs over time, and for
 * thresholds. What was not measured is null: too few samples for a quantile, no polls where nobody polls.
 */

import { own } from '../base/lookup.ts';
import type { Trial } from '../document/report.ts';
import { samplesNeeded } from '../laws/tolerance.ts';
import { layers } from '../protocols/layers.ts';

const sizeUnits = { B: 1, kB: 1000, MB: 1e6, '': 1 };

/**
 * What figures are counted in, and how each unit may be written, with its factor: the first as `list` prints it. Where a
 * bare number can only mean one thing it may stand alone; a time without its unit never says which one it means.
 */
export const units = {
  ns: { ns: 1, us: 1e3, ms: 1e6, s: 1e9 },
  ms: { ms: 1, ns: 1e-6, us: 1e-3, s: 1e3 },
  B: sizeUnits,
  'B/hour': { 'B/hour': 1, 'kB/hour': 1000, 'MB/hour': 1e6, ...sizeUnits },
  count: { count: 1, '': 1 },
  'per hour': { '/hour': 1, 'per hour': 1, '': 1 },
  'messages/s': { 'messages/s': 1, '/s': 1, '': 1 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>;

export type Unit = keyof typeof units;

/** As `list` prints it. */
export const unitName = (unit: Unit): string => Object.keys(units[unit])[0] ?? unit;

export interface Metric {
  readonly name: string;
  readonly unit: Unit;
  readonly read: (trial: Trial) => number | null | undefined;
  /** Of what is made of samples: how many it takes, and how many a trial has. */
  readonly samples?: { readonly needed: number; readonly of: (trial: Trial) => number };
}

type Reading = readonly [name: string, unit: Unit, read: Metric['read']];

const durations: readonly Reading[] = [
  ['latency.p50', 'ns', ({ latency }) => latency?.p50],
  ['latency.p90', 'ns', ({ latency }) => latency?.p90],
  ['latency.p95', 'ns', ({ latency }) => latency?.p95],
  ['latency.p99', 'ns', ({ latency }) => latency?.p99],
  ['latency.mean', 'ns', ({ latency }) => latency?.mean],
  ['latency.min', 'ns', ({ latency }) => latency?.min],
  ['latency.max', 'ns', ({ latency }) => latency?.max],
  ['lateness.p50', 'ns', ({ lateness }) => lateness.p50],
  ['lateness.p99', 'ns', ({ lateness }) => lateness.p99],
  ['fanOut.first.p50', 'ns', ({ fanOut }) => fanOut?.first.p50],
  ['fanOut.last.p50', 'ns', ({ fanOut }) => fanOut?.last.p50],
  ['outage.slowestRecovery', 'ms', ({ outage }) => slowest(outage)],
  ['stream.first.p50', 'ns', ({ stream }) => stream?.first?.p50],
  ['stream.first.max', 'ns', ({ stream }) => stream?.first?.max],
  ['stream.gaps.p50', 'ns', ({ stream }) => stream?.gaps?.p50],
  ['stream.gaps.p95', 'ns', ({ stream }) => stream?.gaps?.p95],
  ['stream.gaps.max', 'ns', ({ stream }) => stream?.gaps?.max],
  ['stream.cancelled.serverKnew', 'ms', ({ stream }) => longest(stream?.cancelled)],
  ['resources.client.cpuMs', 'ms', ({ resources }) => resources.client?.cpuMs],
  ['resources.server.cpuMs', 'ms', ({ resources }) => resources.server?.cpuMs],
  ['resources.client.loopDelayP99Ms', 'ms', ({ resources }) => resources.client?.loopDelayP99Ms],
  ['resources.server.loopDelayP99Ms', 'ms', ({ resources }) => resources.server?.loopDelayP99Ms],
];

const slowest = (outage: Trial['outage']) =>
  outage && outage.recoveryMs.length > 0 ? Math.max(...outage.recoveryMs) : null;

/** The slowest to learn that nobody wants any more. */
const longest = (cancelled: NonNullable<Trial['stream']>['cancelled'] | undefined) =>
  cancelled ? Math.max(...cancelled.serverKnewMs) : null;

const counts: readonly Reading[] = [
  ['latency.count', 'count', ({ latency }) => latency?.count],
  ['delivery.sent', 'count', ({ delivery }) => delivery.sent],
  ['delivery.delivered', 'count', ({ delivery }) => delivery.delivered],
  ['delivery.lost', 'count', ({ delivery }) => delivery.lost],
  ['delivery.duplicated', 'count', ({ delivery }) => delivery.duplicated],
  ['delivery.reordered', 'count', ({ delivery }) => delivery.reordered],
  ['delivery.errors', 'count', ({ delivery }) => sum(Object.values(delivery.errors))],
  ['requests', 'count', ({ requests }) => requests],
  ['connections', 'count', ({ connections }) => connections],
  ['messages.up', 'count', ({ messages }) => messages.up],
  ['messages.down', 'count', ({ messages }) => messages.down],
  ['polls.made', 'count', ({ polls }) => polls?.made],
  ['polls.empty', 'count', ({ polls }) => polls?.empty],
  ['polls.skipped', 'count', ({ polls }) => polls?.skipped],
  ['setup.requests', 'count', ({ setup }) => setup.requests],
  ['setup.connections', 'count', ({ setup }) => setup.connections],
  ['outage.recovered', 'count', ({ outage }) => outage?.recovered],
  ['stream.cancelled.saidAfter', 'count', ({ stream }) => stream?.cancelled?.saidAfter],
  ['stream.cancelled.requests', 'count', ({ stream }) => stream?.cancelled?.requests],
  ['stream.cancelled.connections', 'count', ({ stream }) => stream?.cancelled?.connections],
  ['stream.cut.lost', 'count', ({ stream }) => stream?.cut?.lost],
  ['stream.cut.continued', 'count', ({ stream }) => stream?.cut?.continued],
  ['stream.cut.saidAfter', 'count', ({ stream }) => stream?.cut?.saidAfter],
  ['throughput', 'messages/s', ({ throughput }) => throughput],
  ['idle.requests', 'per hour', ({ idle }) => idle?.requests],
];

const sizes: readonly Reading[] = [
  ['wire.up', 'B', ({ wire }) => wire.up],
  ['wire.down', 'B', ({ wire }) => wire.down],
  ['perMessage.up', 'B', ({ perMessage }) => perMessage.up],
  ['perMessage.down', 'B', ({ perMessage }) => perMessage.down],
  ['perMessage.overhead', 'B', ({ perMessage }) => perMessage.overhead],
  ['setup.bytes', 'B', ({ setup }) => setup.bytes],
  ['stream.cancelled.bytes', 'B', ({ stream }) => stream?.cancelled?.bytes],
  ['idle.bytes', 'B/hour', ({ idle }) => idle?.bytes],
  ['memory.serverBytes', 'B', ({ memory }) => memory?.serverBytes],
  ['memory.clientBytes', 'B', ({ memory }) => memory?.clientBytes],
  // Bytes of a layer over all phases and both directions: `wire.http`, `wire.websocket` …
  ...layers.map((layer): Reading => [`wire.${layer}`, 'B', ({ wire }) => ofLayer(wire.layers, layer)]),
];

const ofLayer = (rows: Trial['wire']['layers'], layer: string) =>
  sum(rows.filter((row) => row.layer === layer).map(({ bytes }) => bytes));

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Families of figures that are made of samples, by the beginning of their names. Lateness has one a message, however many hear it. */
const sampled: Readonly<Record<string, (trial: Trial) => number>> = {
  latency: ({ latency }) => latency?.count ?? 0,
  fanOut: ({ fanOut }) => fanOut?.first.count ?? 0,
  'stream.first': ({ stream }) => stream?.first?.count ?? 0,
  'stream.gaps': ({ stream }) => stream?.gaps?.count ?? 0,
  lateness: ({ fanOut, delivery }) => fanOut?.last.count ?? delivery.sent,
};

function samplesOf(name: string): Pick<Metric, 'samples'> {
  const [family = '', member = ''] = name.split('.');
  const of = own(sampled, family) ?? own(sampled, `${family}.${member}`);
  if (!of) return {};
  const [, percent] = /\.p(\d+)$/.exec(name) ?? [];
  return { samples: { needed: percent ? samplesNeeded(Number(percent) / 100) : 1, of } };
}

export const metrics: readonly Metric[] = [...durations, ...counts, ...sizes].map(([name, unit, read]) => ({
  ...{ name, unit, read },
  ...samplesOf(name),
}));

/** Of a unit that depends on the machine; everything else is counted. */
export const isTime = ({ unit, name }: Metric): boolean =>
  ['ns', 'ms', 'messages/s'].includes(unit) || name.startsWith('memory.');

/** What a machine that keeps processes waiting does to a figure: nothing to what is counted. */
export function noiseOn({ unit, name }: Metric): 'raises' | 'lowers' | 'either' | 'nothing' {
  if (name.endsWith('.cpuMs')) return 'either';
  if (unit === 'ns' || unit === 'ms') return 'raises';
  return unit === 'messages/s' ? 'lowers' : 'nothing';
}

/** A slope may fall; everything else is counted from nothing on. */
export const mayBeNegative = ({ name }: Pick<Metric, 'name'>): boolean => name.startsWith('memory.');
