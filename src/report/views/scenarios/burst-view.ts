/** Burst: when the last of many messages has arrived, and how many shared one answer. */
import { say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { decimal, time } from '../../blocks/quantities.ts';
import { heads } from '../../blocks/table-words.ts';
import { decidedBy } from '../run/contest.ts';
import {
  column,
  connections,
  overheadPerMessage,
  p50,
  p95,
  requests,
  some,
  type Telling,
} from './scenario-view.ts';

const legend = text(
  'Everything is due at once. p50, p95: from then until the echo; all done: until the last of all. Msgs per poll: delivered messages for each answer that was not empty.',
  '모든 메시지를 한꺼번에 보냄. p50, p95: 그때부터 에코를 받을 때까지. 모두 끝남: 마지막 에코를 받을 때까지. 폴링당 메시지: 비어 있지 않은 응답 하나에 담긴 메시지 수.',
);

const perPoll = ({ polls, delivery }: Trial): number | null =>
  polls === null || polls.made === polls.empty ? null : delivery.delivered / (polls.made - polls.empty);

const title = text('Through with the burst', '한꺼번에 보낸 메시지를 모두 처리하기까지');
const best = text('first', '가장 빠른 방식');

export const burst = {
  columns: [
    p50,
    p95,
    column('latency.max', text('all done ms', '모두 끝남 ms')),
    { head: text('msgs per poll', '폴링당 메시지'), read: (trial) => some(perPoll(trial), decimal) },
    overheadPerMessage,
    column('delivery.reordered', heads.reordered),
    requests,
    connections,
  ],
  counted: ['reordered'],
  legend: (_group, reader) => [say(reader, legend)],
  sentences: decidedBy({
    by: 'time',
    title,
    best,
    measure: ({ latency }) => latency?.max,
    text: time,
  }),
} satisfies Telling;
