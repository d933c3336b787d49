/** Herd: how many clients came back at once, and when half of them, nearly all and the last were back. */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { handshakesAsked } from '../../../trial/scenarios/herd.ts';
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

const costs = text(
  'Each handshake cost the server that came back {cost}, one after the other.',
  '돌아온 서버는 핸드셰이크 하나에 {cost}를 썼고, 하나씩 차례로 처리했습니다.',
);

const storm = text(
  '{transport}: {out} of {clients} were not in after a minute; they give up before it is their turn, and the server serves those who have left',
  '{transport}: 클라이언트 {clients}개 중 {out}개가 1분이 지나도 연결되지 않았습니다. 차례가 오기 전에 포기하고, 서버는 이미 떠난 클라이언트를 처리합니다',
);

function costsOf(load: Trial['load'], reader: Reader): string[] {
  const { costMs } = handshakesAsked(load);
  return costMs === undefined ? [] : [say(reader, costs, { cost: time(costMs * 1e6) })];
}

function stormsOf({ transport, load, figures }: Trial, reader: Reader): string[] {
  const { 'herd.back': back = 0, 'herd.gone': gone = 0 } = figures ?? {};
  const out = load.clients - back - gone;
  if (out <= 0 || handshakesAsked(load).costMs === undefined) return [];
  return [say(reader, storm, { transport, out: count(out), clients: count(load.clients) })];
}

/** Undefined if some clients are not back. */
const lastNs = ({ figures, load }: Trial): number | undefined => {
  const ms = figures?.['herd.lastBack'];
  return ms === undefined || figures?.['herd.back'] !== load.clients ? undefined : ms * 1e6;
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
    ...costsOf(load, reader),
  ],
  sentences: (chosen, references, reader) => [
    ...chosen.flatMap(({ transport, load, figures }) => {
      const gone = figures?.['herd.gone'] ?? 0;
      return gone === 0
        ? []
        : [say(reader, gaveUp, { transport, gone: count(gone), clients: count(load.clients) })];
    }),
    ...chosen.flatMap((trial) => stormsOf(trial, reader)),
    ...soonest(chosen, references, reader),
  ],
} satisfies Telling;
