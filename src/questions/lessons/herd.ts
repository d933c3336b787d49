/**
 * All clients come back at once: equal waits keep a herd together, random ones spread it, and Socket.IO's stop
 * spreading.
 */
import type { Trial } from '../../document/report.ts';
import { type Judged, spoiled } from '../../run/again.ts';
import { count, nanoseconds } from '../claims/lines.ts';
import type { ExpectedRow, Found, Lesson, LessonSetting } from './lesson.ts';
import { lessonTrials, onTimes } from './quietly.ts';
import { lawRow } from './row.ts';

const clients = 40;
const outageMs = 1500;
const law = 'HERD1';

const ways = [
  { transport: 'ws:reconnect', reconnect: 'fixed', law },
  { transport: 'ws:reconnect', reconnect: 'doubling', law: 'HERD4' },
  { transport: 'socket.io:websocket', reconnect: 'doubling', law: 'HERD3' },
] as const;

const expected = async (): Promise<ExpectedRow> => ({ law, unit: 'count', predicted: [clients] });

async function measure(setting: LessonSetting): Promise<Found> {
  const trials = lessonTrials(setting);
  // One after the other: clients that reconnect at the same moment keep their process busy and would disturb the
  // others.
  const judged: Judged<Trial>[] = [];
  for (const { transport, reconnect } of ways)
    judged.push(
      await trials.timed(spoiled.times, 'herd', transport, {
        load: { clients, outageMs, messages: 0, warmup: 0, own: { reconnect } },
      }),
    );
  const row = (index: number, metric: string, en: string, ko: string) => {
    const one = judged[index];
    if (!one) throw new Error('nobody came back');
    return onTimes(one, lawRow(one.made, { law: ways[index]?.law ?? law, metric, text: { en, ko } }));
  };
  const peak = 'most clients within 100 ms';
  const answer = row(0, peak, 'within 100 ms, waits of a second', '대기 1초: 100 ms 안에');
  const doubled = row(1, peak, 'within 100 ms, doubled and random waits', '두 배씩 무작위: 100 ms 안에');
  const socketIo = row(2, peak, 'within 100 ms, Socket.IO', 'Socket.IO: 100 ms 안에');
  const late = row(2, '95 in 100 back after', '95 in 100 back, Socket.IO', 'Socket.IO: 95 % 복귀');
  return {
    answer,
    rows: [doubled, socketIo, late],
    explanation: [
      {
        text: because,
        on: [answer],
        values: { clients: count(clients), peak: count(Number(answer.measured)) },
      },
      {
        text: spread,
        on: [doubled, socketIo, late],
        values: {
          doubled: count(Number(doubled.measured)),
          socketIo: count(Number(socketIo.measured)),
          late: nanoseconds(Number(late.measured)),
        },
      },
      { text: price, on: [], values: {} },
    ],
    doubtful: trials.doubtful,
  };
}

const because = {
  en: 'The clients lost their server in the same moment. Whoever waits as long as all others stays with them: each attempt is refused to all of them together, and the first that succeeds is everybody’s. So {peak} of {clients} came within one tenth of a second. A longer outage changes nothing about that.',
  ko: '클라이언트들은 같은 순간에 서버를 잃었습니다. 똑같이 기다리면 계속 함께 움직입니다. 시도할 때마다 모두 함께 거절당하고, 성공하는 첫 시도도 모두가 함께 합니다. 그래서 {clients}개 가운데 {peak}개가 0.1초 안에 왔습니다. 단절이 더 길어도 달라지지 않습니다.',
};

const spread = {
  en: 'Random waits spread them. With waits that double, each shortened by up to half, at most {doubled} came within a tenth of a second, and of Socket.IO’s clients {socketIo}. The price is time: of those 95 in 100 were back after {late}.',
  ko: '무작위 대기는 클라이언트를 흩어 놓습니다. 두 배씩 늘리고 각각 최대 절반까지 줄이는 대기에서는 0.1초 안에 최대 {doubled}개가 왔고, Socket.IO는 {socketIo}개였습니다. 대가는 시간입니다. Socket.IO는 100개 중 95개가 돌아오기까지 {late} 걸렸습니다.',
};

const price = {
  en: 'Each of them costs the server a handshake, and a server that has just started is slow at it. If clients give up before it is their turn and come again, the storm may never end (law HERD5).',
  ko: '하나하나가 서버에는 핸드셰이크이고, 막 시작한 서버는 그 일이 느립니다. 차례가 오기 전에 포기하고 다시 오는 클라이언트가 많으면 폭주가 끝나지 않을 수도 있습니다(법칙 HERD5).',
};

export const herd = {
  id: 16,
  title: { en: 'Everybody comes back at once', ko: '한꺼번에 돌아오는 클라이언트들' },
  misconception: {
    en: 'Clients that reconnect by themselves come back one after the other; a restart is no load worth speaking of.',
    ko: '스스로 재연결하는 클라이언트는 하나씩 돌아오므로, 재시작은 부하라고 할 것도 없습니다.',
  },
  experiment: {
    en: `${clients} clients are connected by WebSocket. All lose their server in the same moment, and new connections are refused for ${outageMs / 1000} seconds. Each waits one second before each attempt to reconnect.`,
    ko: `클라이언트 ${clients}개가 WebSocket으로 연결되어 있습니다. 모두 같은 순간에 서버를 잃고, ${outageMs / 1000}초 동안 새 연결이 거절됩니다. 클라이언트는 다시 연결을 시도할 때마다 1초씩 기다립니다.`,
  },
  question: {
    en: 'How many of them come back within the same tenth of a second, at most?',
    ko: '같은 0.1초 안에 돌아오는 클라이언트는 최대 몇 개일까요?',
  },
  answer: { kind: 'number', unit: 'count', word: { en: 'clients', ko: '개' } },
  where: 'home',
  minutes: 6,
  seconds: 12,
  expected,
  measure,
  next: {
    command: 'rtcompare run --scenario herd --transport socket.io:websocket',
    why: {
      en: 'draws when 200 clients of Socket.IO come back, with the law beside it',
      ko: 'Socket.IO 클라이언트 200개가 언제 돌아오는지 법칙과 함께 그려 줍니다',
    },
  },
} satisfies Lesson;
