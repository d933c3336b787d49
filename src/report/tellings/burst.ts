/** Burst: when the last message of many is through, and how many shared one answer. */
import type { Trial } from '../../metrics/report.ts';
import { decimal, milliseconds, narrowCount, time } from '../units.ts';
import {
  connections,
  contest,
  overheadPerMessage,
  p50,
  p95,
  requests,
  some,
  type Telling,
} from './telling.ts';

const perPoll = ({ polls, delivery }: Trial): number | null =>
  polls === null || polls.made === polls.empty ? null : delivery.delivered / (polls.made - polls.empty);

export const burst = {
  columns: [
    p50,
    p95,
    { head: 'head.allDone', read: ({ latency }) => some(latency?.max, milliseconds) },
    { head: 'head.perPoll', read: (trial) => some(perPoll(trial), decimal) },
    overheadPerMessage,
    { head: 'head.reordered', read: ({ delivery }) => narrowCount(delivery.reordered) },
    requests,
    connections,
  ],
  counted: ['reordered'],
  legend: (_group, words) => [words.say('legend.burst')],
  sentences: (chosen, _references, words) =>
    contest(
      chosen,
      {
        key: 'best.burst',
        measure: ({ latency }) => latency?.max,
        text: ({ latency }) => time(latency?.max ?? 0),
      },
      words,
    ),
} satisfies Telling;
