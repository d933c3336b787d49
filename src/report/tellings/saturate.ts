/** Saturate: messages a second in a closed loop, and whose core was full. */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { contestSentence } from '../contest.ts';
import { compact, count, ofCore } from '../units.ts';
import { overheadPerMessage, p50, p95, requests, some, type Telling } from './telling.ts';

const cpu =
  (of: 'client' | 'server') =>
  ({ resources, durationMs }: Trial) =>
    durationMs > 0 ? ofCore(resources[of].cpuMs / durationMs) : undefined;

const title = text('Messages a second, on this machine', '이 컴퓨터의 초당 메시지');
const best = text('most', '가장 많은 방식');

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
    contestSentence(
      chosen,
      {
        by: 'rate',
        title,
        best,
        measure: ({ throughput }) => (throughput ? 1 / throughput : null),
        text: (value) => `${count(Math.round(1 / value))}/s`,
      },
      words,
    ),
} satisfies Telling;
