/** A recorded run for the page: the lanes of a report that `run --out` or `--json` has written. */
import type { Report } from '../../document/report.ts';
import type { RecordedTables } from '../page/tables-talk.ts';
import { byLayer } from './lane-account.ts';

export function recordedOf(report: Report, name: string): RecordedTables {
  return {
    name,
    startedAt: report.startedAt,
    link: report.plan.link.name,
    lanes: report.trials.map(({ scenario, transport, latency, requests, connections, delivery, wire }) => ({
      scenario,
      transport,
      requests,
      connections,
      lost: delivery.lost,
      p50: latency?.p50 == null ? null : latency.p50 / 1e6,
      p95: latency?.p95 == null ? null : latency.p95 / 1e6,
      layers: byLayer(wire.layers),
    })),
  };
}
