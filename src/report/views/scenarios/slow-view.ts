/**
 * Slow: where the data stays that a client does not read, how much it is, and how old the other clients' messages were.
 */
import { type Reader, say, text } from '../../../base/text.ts';
import type { Trial } from '../../../document/report.ts';
import { isVolatile } from '../../../trial/scenarios/slow.ts';
import { count, time } from '../../blocks/quantities.ts';
import { column, quantile, type Telling } from './scenario-view.ts';

const legend = text(
  'One client (--slow-readers) stopped reading and read on at the end. System keeps: what both ends took for it before the server felt anything, beside what a bare pair of sockets takes here. Server keeps: what waited in its socket then. A message: memory of the server’s process for each further one, after garbage collection. Left: memory when all was read, less that before. Others: age of an event at the clients that read.',
  '클라이언트 하나(--slow-readers)가 읽기를 멈추었다가 마지막에 다시 읽었습니다. 시스템에 쌓임: 서버가 알아차리기 전에 양쪽 시스템이 받아 둔 양이고, 옆은 이 컴퓨터에서 소켓만 연결했을 때의 양입니다. 서버에 쌓임: 그때 서버의 소켓에서 기다리던 양. 메시지당: 그 뒤 메시지 하나마다 늘어난 서버 프로세스의 메모리(가비지 수집 뒤). 끝에 남음: 모두 읽은 뒤의 메모리에서 처음의 메모리를 뺀 값. 다른 클라이언트: 읽는 클라이언트가 받은 이벤트의 지연.',
);

const unnoticed = text(
  '{transport}: the server’s sockets noticed nothing; what was not read waited in the application (a mailbox, a queue of packets)',
  '{transport}: 서버의 소켓은 아무것도 알아차리지 못했습니다. 읽지 않은 메시지는 애플리케이션(우편함, 패킷 대기열)에서 기다렸습니다',
);
const stale = text(
  '{transport}: who reads on after a pause hears what is up to {oldest} old, the others’ median is {median}',
  '{transport}: 멈추었다가 다시 읽은 클라이언트는 최대 {oldest} 전의 메시지를 듣고, 다른 클라이언트의 지연 중앙값은 {median}입니다',
);

const dropped = text(
  '{transport}, volatile: who stopped reading heard {heard} of {said}; of what was said to the others {missed} was dropped, wherever two messages left in one turn',
  '{transport}, 휘발성: 읽기를 멈춘 클라이언트는 {said}개 중 {heard}개를 들었습니다. 다른 클라이언트에게 보낸 것 가운데서도, 두 메시지가 한 차례에 나간 곳에서 {missed}개가 버려졌습니다',
);

/** Of Socket.IO's servers, the only ones that can drop. */
function droppedOf(trial: Trial, reader: Reader): string[] {
  const { transport, load, delivery } = trial;
  const heard = figure(trial, 'heard');
  if (!isVolatile(load) || heard === undefined || delivery.lost === 0) return [];
  const readers = Number(load.own?.slowReaders ?? 1);
  const missed = delivery.lost - readers * (load.messages - heard);
  return [
    say(reader, dropped, {
      transport,
      heard: count(heard),
      said: count(load.messages),
      missed: count(Math.max(0, missed)),
    }),
  ];
}

const figure = ({ figures }: Trial, name: string): number | undefined => figures?.[`slow.${name}`];

function sentencesOf(trial: Trial, reader: Reader): string[] {
  const { transport, latency } = trial;
  const oldest = figure(trial, 'oldest');
  if (oldest === undefined || !latency) return [];
  return [
    ...droppedOf(trial, reader),
    say(reader, stale, { transport, oldest: time(oldest * 1e6), median: time(latency.p50 ?? latency.mean) }),
    ...(figure(trial, 'taken') === undefined ? [say(reader, unnoticed, { transport })] : []),
  ];
}

export const slow = {
  columns: [
    ...['taken', 'bare', 'waiting', 'perMessage', 'left', 'oldest'].map((name) => column(`slow.${name}`)),
    { head: text('others p50 ms', '다른 쪽 p50 ms'), read: quantile('p50') },
  ],
  legend: (_group, reader) => [say(reader, legend)],
  sentences: (chosen, _references, reader) => chosen.flatMap((trial) => sentencesOf(trial, reader)),
} satisfies Telling;
