/** Lesson 7: what an outage costs: everything pushed until the client is back, unless somebody keeps it (law OUT). */
import { count, decimal, nanoseconds } from '../claims/lines.ts';
import type { Trial } from '../metrics/report.ts';
import type { Setting } from '../reproductions/reproduction.ts';
import { trialRunner } from '../reproductions/trials.ts';
import type { Found, Lesson, Row } from './lesson.ts';
import { lawRow } from './row.ts';
import { together } from './together.ts';

const rate = 10;
const outageMs = 1000;
/** One second before, and time to come back: EventSource waits for its `retry`, Socket.IO for up to 4.5 s. */
const besidesMs = 4000;

const ways = [
  ['sse', 'comes back by itself', '스스로 다시 연결'],
  ['sse:resume', 'says what it heard last', '어디까지 들었는지 알림'],
  ['ws', 'stays away', '다시 연결하지 않음'],
  ['ws:reconnect', 'a loop around it comes back', '반복문으로 다시 연결'],
  ['socket.io', 'comes back by itself', '스스로 다시 연결'],
  ['polling', 'asks again with its cursor', '커서를 들고 다시 물음'],
] as const;

const backAfter = ({ outage }: Trial): number | null =>
  outage?.recoveryMs[0] === undefined ? null : outage.recoveryMs[0] * 1e6;

function lostRow(trial: Trial, index: number): Row {
  const [name, en, ko] = ways[index] ?? [trial.transport, '', ''];
  return lawRow(trial, {
    ...{ law: 'OUT', metric: 'messages lost in the outage' },
    text: { en: `${name}: lost; ${en}`, ko: `${name}: 잃음, ${ko}` },
  });
}

async function measure(setting: Setting): Promise<Found> {
  const trials = trialRunner(setting);
  const brokenMs = Math.max(200, outageMs * setting.scale);
  const load = {
    ...{ clients: 1, rate, outageMs: brokenMs, pollIntervalMs: 100, warmup: 1 },
    // The server goes on for twice the outage: who comes back late is to hear that it has come back.
    messages: Math.round((rate * (besidesMs + 2 * brokenMs)) / 1000),
  };
  // Counts alone are asked of them, so they may go through it together.
  const measured = await together(ways.map(([name]) => trials.run('outage', name, { load })));
  const rows = measured.map(lostRow);
  const [answer, resumed, bare] = rows;
  const polled = rows.at(-1);
  const [sse] = measured;
  if (!answer || !resumed || !bare || !polled || !sse) throw new Error('nothing went through the outage');
  return {
    answer,
    rows: rows.slice(1),
    explanation: [
      {
        text: because,
        values: {
          outage: nanoseconds((sse.outage?.brokenMs ?? 0) * 1e6),
          back: nanoseconds(backAfter(sse)),
          lost: count(Number(answer.measured)),
          sent: count(sse.delivery.sent),
          rate: decimal(rate),
          bare: count(Number(bare.measured)),
          resumed: count(Number(resumed.measured)),
          polled: count(Number(polled.measured)),
        },
      },
    ],
    doubtful: trials.doubtful,
  };
}

/** Told when the laws hold. */
const because = {
  en: 'What is pushed while nobody listens has no receiver: lost are the messages of the outage and of the time until the client is subscribed again. The link was away for {outage}; the client was deaf for {back} longer, because it waits before it tries again. So {lost} of {sent} were lost, at {rate} a second. A bare WebSocket does not come back at all ({bare} lost). The client that said which event it had heard last lost {resumed}, polling with its cursor {polled}: what saves messages is not reconnecting but a server that keeps them and a client that says where it was.',
  ko: '아무도 듣지 않을 때 푸시한 메시지는 받을 사람이 없습니다. 장애 동안의 메시지와, 클라이언트가 다시 구독할 때까지의 메시지를 잃습니다. 링크는 {outage} 동안 끊겼지만 클라이언트는 {back} 더 듣지 못했습니다. 다시 시도하기 전에 기다리기 때문입니다. 그래서 1초에 {rate}개씩 보낸 {sent}개 중 {lost}개를 잃었습니다. 순수 WebSocket은 아예 돌아오지 않습니다({bare}개 손실). 마지막으로 들은 이벤트를 알려 준 클라이언트는 {resumed}개, 커서를 쓰는 폴링은 {polled}개를 잃었습니다. 메시지를 지키는 것은 재연결이 아니라, 보관하는 서버와 어디까지 들었는지 말하는 클라이언트입니다.',
};

export const outage = {
  id: 7,
  title: { en: 'Outage and recovery', ko: '장애와 복구' },
  misconception: {
    en: 'A client that reconnects by itself loses nothing, or at most what was said while the link was away.',
    ko: '스스로 재연결하는 클라이언트는 아무것도 잃지 않거나, 끊겨 있던 동안의 것만 잃는다.',
  },
  experiment: {
    en: `The server speaks ${rate} times a second. After a second every connection is cut, and none can be made for ${outageMs / 1000} second. The client is SSE without event ids, and comes back as a browser’s EventSource does.`,
    ko: `서버가 1초에 ${rate}번 말합니다. 1초 뒤 연결이 모두 끊기고 ${outageMs / 1000}초 동안 새로 맺을 수도 없습니다. 클라이언트는 이벤트 id가 없는 SSE이고, 브라우저의 EventSource처럼 다시 연결합니다.`,
  },
  question: {
    en: 'How many messages does this client never hear?',
    ko: '이 클라이언트가 끝내 듣지 못하는 메시지는 몇 개일까요?',
  },
  answer: { kind: 'number', unit: 'decimal', word: { en: 'messages', ko: '개' } },
  seconds: 8,
  measure,
  next: {
    command: 'rtcompare run --transport socket.io,socket.io:recovery --scenario outage --clients 1',
    why: {
      en: 'compares Socket.IO without and with its recovery',
      ko: 'Socket.IO의 복구 기능을 껐을 때와 켰을 때를 비교합니다',
    },
  },
} satisfies Lesson;
