/** Saturate: messages a second in a closed loop, and which process had a full core. */
import { say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { count, ofCore } from '../../blocks/quantities.ts';
import { decidedBy } from '../run/contest.ts';
import { column, overheadPerMessage, p50, p95, requests, type Telling } from './scenario-view.ts';

const legend = text(
  'Messages answered per second, all clients together. CPU: of one core, steady phase. A client near 100 % measures itself.',
  '초당 응답받은 메시지 수, 전체 클라이언트의 합. CPU: 측정 단계에서 코어 하나를 쓴 비율. 클라이언트의 CPU가 100 %에 가까우면 서버가 아니라 클라이언트의 한계를 측정한 것입니다.',
);

const cpu =
  (of: 'client' | 'server') =>
  ({ resources: { [of]: spent }, durationMs }: Trial) =>
    spent && durationMs > 0 ? ofCore(spent.cpuMs / durationMs) : undefined;

const title = text('Messages a second, on this machine', '이 컴퓨터의 초당 메시지');
const best = text('most', '가장 많은 방식');

export const saturate = {
  columns: [
    column('throughput'),
    p50,
    p95,
    { head: text('server CPU', '서버 CPU'), read: cpu('server') },
    { head: text('client CPU', '클라이언트 CPU'), read: cpu('client') },
    overheadPerMessage,
    requests,
  ],
  legend: (_group, reader) => [say(reader, legend)],
  sentences: decidedBy({
    by: 'rate',
    title,
    best,
    measure: ({ throughput }) => (throughput ? 1 / throughput : null),
    text: (value) => `${count(Math.round(1 / value))}/s`,
  }),
} satisfies Telling;
