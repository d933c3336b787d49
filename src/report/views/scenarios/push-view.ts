/** Push: the age of an event on arrival, and what it costs to be connected when it comes. */
import { say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { bytesPerEvent } from '../../../questions/claims/cost.ts';
import { share } from '../../blocks/quantities.ts';
import { pushSentences } from '../run/echo-sentences.ts';
import {
  column,
  connections,
  meanBytes,
  p50,
  p95,
  p99,
  requests,
  some,
  type Telling,
} from './scenario-view.ts';

const legend = text(
  'Age of an event on arrival, from when the server should have sent it. B per event: all steady bytes, both ways, headers and empty polls included.',
  '지연: 서버가 보내기로 한 시각부터 이벤트가 도착할 때까지. B/이벤트: 측정 단계에서 양방향으로 오간 모든 바이트(헤더와 빈 폴링 포함)를 이벤트 수로 나눈 값.',
);

const emptyShare = ({ polls }: Trial): number | null =>
  polls === null || polls.made === 0 ? null : polls.empty / polls.made;

export const push = {
  columns: [
    p50,
    p95,
    p99,
    column('messages.down', text('events', '이벤트 수')),
    requests,
    connections,
    { head: text('empty polls', '빈 폴링 비율'), read: (trial) => some(emptyShare(trial), share) },
    { head: text('B per event', 'B/이벤트'), read: (trial) => some(bytesPerEvent(trial), meanBytes) },
  ],
  legend: (_group, reader) => [say(reader, legend)],
  sentences: pushSentences,
} satisfies Telling;
