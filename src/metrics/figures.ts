/**
 * The numbers of a trial that are worth comparing, by their names in the report: for CSV, for graphs over time, and for
 * thresholds. What was not measured is null: too few samples for a quantile, no polls where nobody polls.
 */
import { layers } from '../wire/span.ts';
import type { Trial } from './report.ts';

export type Unit = 'ns' | 'ms' | 'B' | 'count' | 'messages/s' | 'per hour' | 'B/hour';

export interface Metric {
  readonly name: string;
  readonly unit: Unit;
  readonly read: (trial: Trial) => number | null | undefined;
}

type Reading = readonly [name: string, unit: Unit, read: Metric['read']];

const times: readonly Reading[] = [
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
  ['resources.client.cpuMs', 'ms', ({ resources }) => resources.client.cpuMs],
  ['resources.server.cpuMs', 'ms', ({ resources }) => resources.server.cpuMs],
  ['resources.client.loopDelayP99Ms', 'ms', ({ resources }) => resources.client.loopDelayP99Ms],
  ['resources.server.loopDelayP99Ms', 'ms', ({ resources }) => resources.server.loopDelayP99Ms],
];

const slowest = (outage: Trial['outage']) =>
  outage && outage.recoveryMs.length > 0 ? Math.max(...outage.recoveryMs) : null;

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
  ['idle.bytes', 'B/hour', ({ idle }) => idle?.bytes],
  ['memory.serverBytes', 'B', ({ memory }) => memory?.serverBytes],
  ['memory.clientBytes', 'B', ({ memory }) => memory?.clientBytes],
  // Bytes of a layer over all phases and both directions: `wire.http`, `wire.websocket` …
  ...layers.map((layer): Reading => [`wire.${layer}`, 'B', ({ wire }) => ofLayer(wire.layers, layer)]),
];

const ofLayer = (rows: Trial['wire']['layers'], layer: string) =>
  sum(rows.filter((row) => row.layer === layer).map(({ bytes }) => bytes));

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export const metrics: readonly Metric[] = [...times, ...counts, ...sizes].map(([name, unit, read]) => ({
  ...{ name, unit, read },
}));

/** Of a unit that depends on the machine; everything else is counted. */
export const isTime = ({ unit, name }: Metric): boolean =>
  ['ns', 'ms', 'messages/s'].includes(unit) || name.startsWith('memory.');
