/** Herd: how many came back at once, and when half, nearly all and the last were back. */
import { say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { count, time } from '../../blocks/quantities.ts';
import { decidedBy } from '../run/contest.ts';
import { broken } from './outage-view.ts';
import { column, type Telling } from './scenario-view.ts';

const legend = text(
  '{broken} Back: clients that were connected again; half, 95 % and last after: ms from the end of the outage. Most in 10, 50, 100 ms: how many came within any such time. In vain: handshakes answered with 503, or let in and put out. Attempts: of a client, on average.',
  '{broken} 복귀: 다시 연결된 클라이언트 수. 절반, 95 %, 마지막: 단절이 끝난 때부터 걸린 시간(ms). 10, 50, 100 ms에 최대: 그만큼의 시간 안에 돌아온 클라이언트 수의 최댓값. 헛된 연결: 503 응답을 받았거나 받아들여졌다가 끊긴 핸드셰이크. 시도: 클라이언트당 평균.',
);

const gaveUp = text(
  '{transport}: {gone} of {clients} gave up for good; an EventSource that is answered with anything but 200 does not come back by itself',
  '{transport}: 클라이언트 {clients}개 중 {gone}개가 완전히 포기했습니다. EventSource는 200이 아닌 응답을 받으면 스스로 돌아오지 않습니다',
);

const lastNs = ({ figures }: Trial): number | undefined => {
  const ms = figures?.['herd.lastBack'];
  return ms === undefined ? undefined : ms * 1e6;
};

const soonest = decidedBy({
  by: 'time',
  title: text('Everybody back', '모두 복귀'),
  best: text('soonest', '가장 빠른 방식'),
  measure: lastNs,
  text: time,
});

export const herd = {
  columns: [
    'back',
    'peak10',
    'peak50',
    'peak100',
    'backP50',
    'backP95',
    'lastBack',
    'inVain',
    'attempts',
  ].map((name) => column(`herd.${name}`)),
  legend: ({ load }, reader) => [
    say(reader, legend, {
      broken: say(reader, broken[load.outage], { time: time(load.outageMs * 1e6) }),
    }),
  ],
  sentences: (chosen, references, reader) => [
    ...chosen.flatMap(({ transport, load, figures }) => {
      const gone = figures?.['herd.gone'] ?? 0;
      return gone === 0
        ? []
        : [say(reader, gaveUp, { transport, gone: count(gone), clients: count(load.clients) })];
    }),
    ...soonest(chosen, references, reader),
  ],
} satisfies Telling;
