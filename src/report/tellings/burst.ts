/** Burst: when the last message of many is through, and how many shared one answer. */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { contestSentence } from '../contest.ts';
import { decimal, milliseconds, narrowCount, time } from '../units.ts';
import { connections, overheadPerMessage, p50, p95, requests, some, type Telling } from './telling.ts';

const perPoll = ({ polls, delivery }: Trial): number | null =>
  polls === null || polls.made === polls.empty ? null : delivery.delivered / (polls.made - polls.empty);

const title = text('Through with the burst', '한꺼번에 보낸 메시지를 모두 처리하기까지');
const best = text('first', '가장 빠른 방식');

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
    contestSentence(
      chosen,
      {
        by: 'time',
        title,
        best,
        measure: ({ latency }) => latency?.max,
        text: time,
      },
      words,
    ),
} satisfies Telling;
