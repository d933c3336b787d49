/**
 * A report as a flat list: a row a metric of a trial, with its unit. For CSV and for graphs over time; what was not
 * measured has no row.
 */
import type { Report, Trial } from '../metrics/report.ts';

export interface Figure {
  readonly transport: string;
  readonly scenario: string;
  readonly link: string;
  readonly clients: number;
  readonly repeat: number;
  readonly verdict: Trial['verdict'];
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
}

type Read = (trial: Trial) => number | null | undefined;

const readings: readonly (readonly [metric: string, unit: string, read: Read])[] = [
  ['latency.p50', 'ns', ({ latency }) => latency?.p50],
  ['latency.p95', 'ns', ({ latency }) => latency?.p95],
  ['latency.p99', 'ns', ({ latency }) => latency?.p99],
  ['latency.mean', 'ns', ({ latency }) => latency?.mean],
  ['lateness.p99', 'ns', ({ lateness }) => lateness.p99],
  ['delivery.sent', 'count', ({ delivery }) => delivery.sent],
  ['delivery.delivered', 'count', ({ delivery }) => delivery.delivered],
  ['delivery.lost', 'count', ({ delivery }) => delivery.lost],
  ['requests', 'count', ({ requests }) => requests],
  ['connections', 'count', ({ connections }) => connections],
  ['wire.up', 'B', ({ wire }) => wire.up],
  ['wire.down', 'B', ({ wire }) => wire.down],
  ['perMessage.up', 'B', ({ perMessage }) => perMessage.up],
  ['perMessage.down', 'B', ({ perMessage }) => perMessage.down],
  ['perMessage.overhead', 'B', ({ perMessage }) => perMessage.overhead],
  ['setup.bytes', 'B', ({ setup }) => setup.bytes],
  ['setup.requests', 'count', ({ setup }) => setup.requests],
  ['throughput', 'messages/s', ({ throughput }) => throughput],
  ['resources.server.cpuMs', 'ms', ({ resources }) => resources.server.cpuMs],
  ['memory.serverBytes', 'B', ({ memory }) => memory?.serverBytes],
];

export const figuresOf = (report: Report): Figure[] =>
  report.trials.flatMap((trial) =>
    readings.flatMap(([metric, unit, read]) => {
      const value = read(trial);
      if (value === null || value === undefined) return [];
      const { transport, scenario, link, load, repeat, verdict } = trial;
      return [
        { transport, scenario, link: link.name, clients: load.clients, repeat, verdict, metric, value, unit },
      ];
    }),
  );
