/**
 * What single scenarios ask for besides latency and bytes: stages of connecting, fan-out, throughput, recovery
 * after an outage, the cost of silence, memory. Each is null where its scenario did not ask.
 */
import { linearRegression } from 'simple-statistics';
import type { Trial } from '../document/report.ts';
import { nearestRank } from '../laws/tolerance.ts';
import type { LayerTotal } from '../ledger/tally.ts';
import type { Breakage } from './breakage.ts';
import type { Stages } from './clients.ts';

import type { MemoryStep, Steady } from './steady.ts';

/** One row a stage, in the order in which clients came through. */
export function stagesOf(stages: Stages): Trial['stages'] {
  return [...stages].map(([stage, times]) => {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (q: number) => nearestRank(sorted, q) ?? 0;
    return { stage, count: sorted.length, minNs: at(0), p50Ns: at(0.5), maxNs: at(1) };
  });
}

export function fanOutOf(steady: Steady | null): Trial['fanOut'] {
  const first = steady?.book.first.summary('age');
  const last = steady?.book.last.summary('age');
  return first && last ? { first, last } : null;
}

export function throughputOf(steady: Steady | null): number | null {
  const delivered = steady?.book.delivery().delivered ?? 0;
  return steady && delivered > 0 && steady.durationMs > 0 ? (delivered * 1000) / steady.durationMs : null;
}

export function outageOf(breakage: Breakage, steady: Steady | null, clients: number): Trial['outage'] {
  const { brokenNs, healedNs, heardAgainNs } = breakage;
  if (brokenNs === null || healedNs === null || !steady) return null;
  const startedMs = (brokenNs - Math.max(...steady.startNs)) / 1e6;
  const recoveryMs = heardAgainNs.filter((ns) => ns !== undefined).map((ns) => (ns - healedNs) / 1e6);
  return {
    startedMs,
    brokenMs: (healedNs - brokenNs) / 1e6,
    clients,
    recovered: recoveryMs.length,
    recoveryMs,
  };
}

const secondsPerHour = 3600;

/** A client wakes up for every chunk it is handed; that is what drains a battery. */
export function idleOf(
  steady: Steady | null,
  clients: number,
  layers: readonly LayerTotal[],
  chunksDown: number,
): Trial['idle'] {
  if (!steady || steady.book.delivery().sent > 0) return null;
  const seconds = steady.durationMs / 1000;
  const hourly = (total: number) => (total * secondsPerHour) / seconds / clients;
  const rows = layers.filter(({ phase }) => phase === 'steady');
  const requests = rows.find(({ layer, direction }) => layer === 'http' && direction === 'up')?.units ?? 0;
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  return { seconds, bytes: hourly(bytes), requests: hourly(requests), wakeUps: hourly(chunksDown) };
}

/** The slope over several numbers of clients: what one more connection keeps, without what the process has anyway. */
export function memoryOf(steps: readonly MemoryStep[]): Trial['memory'] {
  if (steps.length < 2) return null;
  const slope = (bytes: (step: MemoryStep) => number) =>
    linearRegression(steps.map((step) => [step.clients, bytes(step)])).m;
  const isTold = steps.every(({ serverBytes }) => serverBytes !== null);
  return {
    serverBytes: isTold ? slope(({ serverBytes }) => serverBytes ?? 0) : null,
    clientBytes: slope(({ clientBytes }) => clientBytes),
    steps: steps.map(({ clients }) => clients),
  };
}
