/** Figures besides latency and bytes: stages of connecting, fan-out, throughput, and those of the scenario. */
import type { Trial } from '../document/report.ts';
import { nearestRank } from '../laws/tolerance.ts';
import type { PollCount } from '../transports/transport.ts';
import type { Stages } from './clients.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Findings, MeasuredPhase, Observed } from './seen.ts';

/** One row for each stage, in the order in which clients reached them. */
export function stagesOf(stages: Stages): Trial['stages'] {
  return [...stages].map(([stage, times]) => {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (q: number) => nearestRank(sorted, q) ?? 0;
    return { stage, count: sorted.length, minNs: at(0), p50Ns: at(0.5), maxNs: at(1) };
  });
}

export function fanOutOf(steady: MeasuredPhase | null): Trial['fanOut'] {
  const first = steady?.book.first.summary('age');
  const last = steady?.book.last.summary('age');
  return first && last ? { first, last } : null;
}

export function throughputOf(steady: MeasuredPhase | null): number | null {
  const delivered = steady?.book.delivery().delivered ?? 0;
  return steady && delivered > 0 && steady.durationMs > 0 ? (delivered * 1000) / steady.durationMs : null;
}

const nothing = { outage: null, stream: null, idle: null, memory: null } satisfies Findings;

/** The figures of the scenario; null where there was no measured phase, and for those of other scenarios. */
export function findingsOf(
  scenario: Scenario,
  seen: Omit<Observed, 'steady'> & { readonly steady: MeasuredPhase | null },
) {
  const { steady } = seen;
  const { figures, ...own } = (steady && scenario.findings?.({ ...seen, steady })) ?? {};
  // NaN and infinities were not measured.
  const measured = Object.entries(figures ?? {}).filter(([, value]) => Number.isFinite(value));
  return { ...nothing, ...own, ...(figures && { figures: Object.fromEntries(measured) }) };
}

/** Polls of all clients together; null for transports that do not count polls. */
export function pollsOf(steady: { readonly polls: readonly (PollCount | null)[] } | null): Trial['polls'] {
  const counts = steady?.polls.filter((count) => count !== null) ?? [];
  if (counts.length === 0) return null;
  const total = { made: 0, empty: 0, skipped: 0 };
  for (const { made, empty, skipped } of counts) {
    total.made += made;
    total.empty += empty;
    total.skipped += skipped;
  }
  return total;
}
