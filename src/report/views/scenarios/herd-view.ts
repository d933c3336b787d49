/** Herd: how many came back at once, and when half, nearly all and the last were back. */
import { say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { time } from '../../blocks/quantities.ts';
import { decidedBy } from '../run/contest.ts';
import { column, type Telling } from './scenario-view.ts';

const legends = {
  herd: text(
    'Every connection was cut at once, and none could be made for {outage}. Back: clients that were connected again; half, 95 % and last after: ms from the end of the outage. Most in 10, 50, 100 ms: how many came within any such time. Attempts: of a client, on average.',
    '모든 연결을 한꺼번에 끊고 {outage} 동안 새로 맺지 못하게 했습니다. 복귀: 다시 연결된 클라이언트 수. 절반, 95 %, 마지막: 단절이 끝난 때부터 걸린 시간(ms). 10, 50, 100 ms에 최대: 그만큼의 시간 안에 돌아온 클라이언트 수의 최댓값. 시도: 클라이언트당 평균.',
  ),
};

const lastNs = ({ figures }: Trial): number | undefined => {
  const ms = figures?.['herd.lastBack'];
  return ms === undefined ? undefined : ms * 1e6;
};

export const herd = {
  columns: ['back', 'peak10', 'peak50', 'peak100', 'backP50', 'backP95', 'lastBack', 'attempts'].map((name) =>
    column(`herd.${name}`),
  ),
  legend: ({ load }, reader) => [say(reader, legends.herd, { outage: time(load.outageMs * 1e6) })],
  sentences: decidedBy({
    by: 'time',
    title: text('Everybody back', '모두 복귀'),
    best: text('soonest', '가장 빠른 방식'),
    measure: lastNs,
    text: time,
  }),
} satisfies Telling;
