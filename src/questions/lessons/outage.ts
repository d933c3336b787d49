/** Lesson 7: what an outage costs: everything pushed until the client is back, unless the server keeps it (law OUT). */

import type { Trial } from '../../document/report.ts';
import { lostMessages } from '../../laws/outage.ts';
import { type Judged, spoiled } from '../../run/again.ts';
import { together } from '../../run/beside.ts';
import { count, decimal, nanoseconds } from '../claims/lines.ts';
import type { ExpectedRow, Found, Lesson, LessonRow, LessonSetting } from './lesson.ts';
import { lessonTrials, onTimes, secondsOf } from './quietly.ts';
import { lawRow } from './row.ts';

const rate = 10;
const outageMs = 1000;
/**
 * One second before, and time to come back: EventSource waits for its `retry`, Socket.IO for 3 s at most after one
 * second.
 */
const besidesMs = 4000;
/** The server goes on for twice the outage, so that a client that comes back late still hears something. */
const messagesFor = (brokenMs: number) => Math.round((rate * (besidesMs + 2 * brokenMs)) / 1000);

const ways = [
  ['sse', 'comes back by itself', '스스로 다시 연결'],
  ['sse:resume', 'says which event it had last', '어디까지 받았는지 알림'],
  ['ws', 'stays away', '다시 연결하지 않음'],
  ['ws:reconnect', 'a loop around it comes back', '반복문으로 다시 연결'],
  ['socket.io', 'comes back by itself', '스스로 다시 연결'],
  ['polling', 'asks again with its cursor', '커서를 들고 다시 요청'],
] as const;

const backAfter = ({ outage }: Trial): number | null =>
  outage?.recoveryMs[0] === undefined ? null : outage.recoveryMs[0] * 1e6;

/** How many messages are lost depends on the time at which the client was back. That none is lost does not. */
function lostRow(judged: Judged<Trial>, index: number): LessonRow {
  const { made: trial } = judged;
  const [name, en, ko] = ways[index] ?? [trial.transport, '', ''];
  const row = lawRow(trial, {
    law: 'OUT',
    metric: 'messages lost in the outage',
    text: { en: `${name}: lost; ${en}`, ko: `${name}: 잃음, ${ko}` },
  });
  return row.predicted.every((lost) => lost === 0) ? row : onTimes(judged, row);
}

/** An EventSource comes back this long after its connection broke, unless the server said otherwise. */
const retryMs = 3000;

const expected = async (): Promise<ExpectedRow> => ({
  law: 'OUT',
  unit: 'decimal',
  predicted: [
    lostMessages({
      kind: 'cut',
      rate,
      outageNs: outageMs * 1e6,
      awayNs: (retryMs - outageMs) * 1e6,
    }),
  ],
});

async function measure(setting: LessonSetting): Promise<Found> {
  const trials = lessonTrials(setting);
  const brokenMs = Math.max(200, outageMs * setting.scale);
  const load = {
    clients: 1,
    rate,
    outageMs: brokenMs,
    pollIntervalMs: 100,
    warmup: 1,
    messages: messagesFor(brokenMs),
  };
  // They wait for seconds, far longer than another trial could delay them, so they run at the same time.
  const judged = await together(ways.map(([name]) => trials.timed(spoiled.laws, 'outage', name, { load })));
  const measured = judged.map(({ made }) => made);
  const rows = judged.map(lostRow);
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
        on: [answer],
        values: {
          outage: nanoseconds((sse.outage?.brokenMs ?? 0) * 1e6),
          back: nanoseconds(backAfter(sse)),
          lost: count(Number(answer.measured)),
          sent: count(sse.delivery.sent),
          rate: decimal(rate),
        },
      },
      {
        text: keeping,
        on: [bare, resumed, polled],
        values: {
          bare: count(Number(bare.measured)),
          resumed: count(Number(resumed.measured)),
          polled: count(Number(polled.measured)),
        },
      },
      { text: chance, on: [], values: {} },
    ],
    doubtful: trials.doubtful,
  };
}

const because = {
  en: 'What is pushed while nobody listens is lost: the messages of the outage, and those until the client is subscribed again. The link was away for {outage}. The client came back {back} after that, because it waits before it tries again. So {lost} of {sent} messages were lost, at {rate} a second.',
  ko: '아무도 받지 않을 때 푸시한 메시지는 사라집니다. 장애 동안의 메시지와, 클라이언트가 다시 구독할 때까지의 메시지입니다. 링크는 {outage} 동안 끊겼습니다. 클라이언트는 다시 시도하기 전에 기다리므로 그 뒤로 {back} 지나서야 돌아왔습니다. 그래서 1초에 {rate}개씩 보낸 {sent}개 중 {lost}개를 잃었습니다.',
};

const keeping = {
  en: 'A bare WebSocket does not come back by itself and lost {bare}. The client that said which event it had last lost {resumed}, polling with its cursor {polled}. Reconnecting saves no message: that takes a server that keeps them and a client that says where it was.',
  ko: '순수 WebSocket은 스스로 돌아오지 않아 {bare}개를 잃었습니다. 마지막으로 받은 이벤트를 알려 준 클라이언트는 {resumed}개, 커서를 쓰는 폴링은 {polled}개를 잃었습니다. 재연결이 메시지를 지켜 주지는 않습니다. 보관하는 서버와, 어디까지 받았는지 알려 주는 클라이언트가 있어야 합니다.',
};

const chance = {
  en: 'How long Socket.IO waits before it tries again is partly random, so that many clients do not all come back at once. Its count therefore differs from run to run; the law predicts it from when this client really came back.',
  ko: 'Socket.IO가 다시 시도하기 전에 기다리는 시간에는 무작위 값이 들어 있습니다. 많은 클라이언트가 한꺼번에 돌아오지 않게 하려는 것입니다. 그래서 그 개수는 실행할 때마다 다르고, 법칙은 이 클라이언트가 실제로 돌아온 때로 예측합니다.',
};

export const outage = {
  id: 7,
  title: { en: 'Outage and recovery', ko: '장애와 복구' },
  misconception: {
    en: 'A client that reconnects by itself loses nothing, or at most what was sent while the link was away.',
    ko: '스스로 재연결하는 클라이언트는 아무것도 잃지 않거나, 끊겨 있던 동안의 것만 잃습니다.',
  },
  experiment: {
    en: `The server sends ${rate} messages a second. After a second every connection is cut, and none can be made for ${outageMs / 1000} second. The client is SSE without event ids, and comes back as a browser’s EventSource does.`,
    ko: `서버가 메시지를 1초에 ${rate}개 보냅니다. 1초 뒤 연결이 모두 끊기고 ${outageMs / 1000}초 동안 새로 맺을 수도 없습니다. 클라이언트는 이벤트 id가 없는 SSE이고, 브라우저의 EventSource처럼 다시 연결합니다.`,
  },
  question: {
    en: 'How many messages does this client never get?',
    ko: '이 클라이언트가 끝내 받지 못하는 메시지는 몇 개일까요?',
  },
  answer: { kind: 'number', unit: 'decimal', word: { en: 'messages', ko: '개' } },
  where: 'home',
  minutes: 6,
  seconds: secondsOf({ messages: messagesFor(outageMs), rate }),
  expected,
  measure,
  next: {
    command: 'rtcompare run --transport socket.io:recovery --scenario outage',
    why: {
      en: 'shows what Socket.IO loses with its recovery switched on',
      ko: 'Socket.IO의 복구 기능을 켜면 무엇을 잃는지 보여 줍니다',
    },
  },
} satisfies Lesson;
