/** Chat: when the first and when the last client hears a message, and whether every client heard every message. */
import { say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { bytesPerEvent } from '../../../questions/claims/cost.ts';
import { count, milliseconds, narrowCount, time } from '../../blocks/quantities.ts';
import { heads } from '../../blocks/table-words.ts';
import { decidedBy } from '../run/contest.ts';
import { column, meanBytes, quantile, some, type Telling } from './scenario-view.ts';

const legend = text(
  'From when a message was due until the first and the last of the {clients} receivers heard it. Spread: the last median minus the first. Expected of N = {clients} clients with M = {messages} messages each: N·M = {up} up, N²·M = {down} down. B/msg: all steady bytes, both ways, per message heard.',
  '보내기로 한 시각부터 수신자 {clients}명 중 첫 사람과 마지막 사람이 받을 때까지. 차이: 마지막 중앙값에서 처음 중앙값을 뺀 값. 예상(N = 클라이언트 {clients}개, M = 메시지 {messages}개): 보낸 메시지 N·M = {up}, 받은 메시지 N²·M = {down}. B/메시지: 측정 단계에서 양방향으로 오간 모든 바이트를 받은 메시지 수로 나눈 값.',
);

/** The difference of two medians; the spread of a single message is not kept. */
function spread({ fanOut }: Trial): string | null | undefined {
  if (fanOut === null) return undefined;
  const [first, last] = [fanOut.first.p50, fanOut.last.p50];
  return first === null || last === null ? null : milliseconds(last - first);
}

const expected = ({ clients, messages }: Trial['load']) => ({
  up: clients * messages,
  down: clients * clients * messages,
});

/** The count alone if it is the expected one, otherwise both. */
const counted = (way: 'up' | 'down') => (trial: Trial) => {
  const [all, seen] = [expected(trial.load)[way], trial.messages[way]];
  return seen === all ? narrowCount(all) : `${narrowCount(seen)} /\u200b${narrowCount(all)}`;
};

const title = text('The last listener hears, median', '마지막 사람이 받기까지(중앙값)');
const best = text('soonest', '가장 빠른 방식');

export const chat = {
  columns: [
    column('fanOut.first.p50', text('first p50 ms', '처음 p50 ms')),
    { head: text('first p95 ms', '처음 p95 ms'), read: quantile('p95', ({ fanOut }) => fanOut?.first) },
    column('fanOut.last.p50', text('last p50 ms', '마지막 p50 ms')),
    { head: text('last p95 ms', '마지막 p95 ms'), read: quantile('p95', ({ fanOut }) => fanOut?.last) },
    { head: text('spread ms', '차이 ms'), read: spread },
    { head: heads.messagesUp, read: counted('up') },
    { head: heads.messagesDown, read: counted('down') },
    { head: heads.bytesPerMessage, read: (trial) => some(bytesPerEvent(trial), meanBytes) },
  ],
  legend({ load }, reader) {
    const { up, down } = expected(load);
    return [
      say(reader, legend, {
        clients: count(load.clients),
        messages: count(load.messages),
        up: count(up),
        down: count(down),
      }),
    ];
  },
  sentences: decidedBy({
    by: 'time',
    title,
    best,
    measure: ({ fanOut }) => fanOut?.last.p50,
    text: time,
  }),
} satisfies Telling;
