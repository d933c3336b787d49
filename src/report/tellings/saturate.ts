/** Saturate: messages a second in a closed loop, and whose core was full. */
import type { Trial } from '../../metrics/report.ts';
import { compact, count, ofCore } from '../units.ts';
import { contest, overheadPerMessage, p50, p95, requests, some, type Telling } from './telling.ts';

const cpu =
  (of: 'client' | 'server') =>
  ({ resources, durationMs }: Trial) =>
    durationMs > 0 ? ofCore(resources[of].cpuMs / durationMs) : undefined;

export const saturate = {
  columns: [
    {
      head: 'head.throughput',
      read: ({ throughput }) => some(throughput, (rate) => compact(Math.round(rate))),
    },
    p50,
    p95,
    { head: 'head.serverCpu', read: cpu('server') },
    { head: 'head.clientCpu', read: cpu('client') },
    overheadPerMessage,
    requests,
  ],
  legend: (_group, words) => [words.say('legend.saturate')],
  sentences: (chosen, _references, words) =>
    contest(
      chosen,
      {
        key: 'best.saturate',
        // The most is the best: the time one message takes of a second.
        measure: ({ throughput }) => (throughput ? 1 / throughput : null),
        text: ({ throughput }) => `${count(Math.round(throughput ?? 0))}/s`,
      },
      words,
    ),
} satisfies Telling;
