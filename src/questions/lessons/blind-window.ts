/** Lesson 4: the blind window of long polling, just inside and beyond a period of twice the way (law LP5). */
import { text } from '../../base/text.ts';
import type { Trial } from '../../document/report.ts';
import { blindWindowNs, periodicLongPollingAge } from '../../laws/long-polling.ts';
import { parseLink } from '../../network/link.ts';
import { type Judged, spoiled } from '../../run/again.ts';
import { together } from '../../run/beside.ts';
import { decimal, nanoseconds } from '../claims/lines.ts';
import { scaled } from '../reproductions/reproduction-trials.ts';
import { type ExpectedRow, type Found, inMilliseconds, type Lesson, type LessonSetting } from './lesson.ts';
import { lessonTrials, onTimes, secondsOf } from './quietly.ts';
import { lawRow } from './row.ts';

const rate = 10;
const messages = 40;
const periodNs = 1e9 / rate;
/** How far the one-way delays lie from half a period, on either side. */
const nearMs = 30;
const farMs = 80;

const blindOf = (wayMs: number) => ({
  downNs: wayMs * 1e6,
  blindNs: blindWindowNs({ downNs: wayMs * 1e6, upNs: wayMs * 1e6 }),
});

const expected = async (): Promise<ExpectedRow> => ({
  law: 'LP5',
  unit: 'nanoseconds',
  predicted: [periodicLongPollingAge({ periodNs, ...blindOf(farMs) }).mean],
});

/** The trial files LP5 as a special case of two other laws, for a periodic source. */
function rowsOver(wayMs: number, judged: Judged<Trial>) {
  const row = (law: string, metric: string, en: string, ko: string) =>
    onTimes(
      judged,
      lawRow(judged.made, {
        law,
        metric,
        named: 'LP5',
        text: { en: `long polling, ${wayMs} ms: ${en}`, ko: `롱 폴링, ${wayMs} ms: ${ko}` },
      }),
    );
  return {
    age: row('LP3', 'mean age of an event', 'mean age', '평균 지연'),
    // How many messages share an answer depends on when requests come back, so noise can change it too.
    batch: row('LP2', 'messages per response', 'messages an answer', '응답당 메시지'),
  };
}

async function measure(setting: LessonSetting): Promise<Found> {
  const trials = lessonTrials(setting);
  const load = {
    clients: 5,
    messages: scaled(messages, setting),
    rate,
    arrivals: 'periodic',
    warmup: 2,
  };
  const over = (wayMs: number, transport: string) =>
    trials.timed(spoiled.laws, 'push', transport, { link: parseLink(`rtt=${2 * wayMs}ms`), load });
  const [nearly, farther, ws] = await together([
    over(nearMs, 'long-polling'),
    over(farMs, 'long-polling'),
    over(farMs, 'ws'),
  ]);
  const [near, far] = [rowsOver(nearMs, nearly), rowsOver(farMs, farther)];
  const pushed = onTimes(
    ws,
    lawRow(ws.made, {
      law: 'WS2',
      metric: 'median age or echo',
      text: { en: `ws, ${farMs} ms: median age`, ko: `ws, ${farMs} ms: 지연의 중앙값` },
    }),
  );
  return {
    answer: far.age,
    rows: [far.batch, near.age, near.batch, pushed],
    explanation: [
      {
        text: blind,
        on: [far.age, far.batch],
        values: {
          way: nanoseconds(farMs * 1e6),
          blind: nanoseconds(blindOf(farMs).blindNs),
          period: nanoseconds(periodNs),
          batch: decimal(Number(far.batch.measured)),
        },
      },
      {
        text: quick,
        on: [near.age, near.batch],
        values: { near: nanoseconds(nearMs * 1e6), nearAge: nanoseconds(Number(near.age.measured)) },
      },
      { text: edge, on: [far.age, near.age], values: { edge: nanoseconds(periodNs / 2) } },
    ],
    doubtful: trials.doubtful,
  };
}

const blind = {
  en: 'After each answer no request waits at the server until the next one arrives: {way} for the answer to go down and {way} for the request to come up, {blind} in all. With news every {period}, each piece of news falls into this blind window, waits for the rest of it and then travels down. About {batch} of them share an answer, and ages lie anywhere between one way and three.',
  ko: '응답을 하나 보내고 나면 다음 요청이 올 때까지 서버에는 답할 요청이 없습니다. 응답이 내려가는 데 {way}, 요청이 올라오는 데 {way}, 모두 {blind}입니다. {period}마다 생기는 소식은 늘 이 응답 공백 시간에 걸려 남은 시간을 기다렸다가 내려옵니다. 그래서 응답 하나에 약 {batch}개가 함께 오고, 지연은 편도 시간의 한 배에서 세 배까지 퍼집니다.',
};

const quick = {
  en: 'Over a way of {near} the next request is there before the next news, and long polling is as quick as push: {nearAge}, one way down.',
  ko: '편도가 {near}이면 다음 소식이 생기기 전에 다음 요청이 와 있어서 롱 폴링도 푸시만큼 빠릅니다({nearAge}, 내려오는 시간뿐).',
};

const edge = {
  en: 'So long polling is neither slow nor quick by itself: it has an edge, where one way takes half the time between two messages, here {edge}.',
  ko: '롱 폴링 자체가 느리거나 빠른 것은 아닙니다. 편도 시간이 메시지 간격의 절반이 되는 곳, 여기서는 {edge}에 경계가 있습니다.',
};

/** Only the words at the right differ between the languages; the drawing is the same. */
const picture = text(
  `   client                            server
     |                                 |
     |-- GET -------.                  |
     |               '---------------> |  this request waits:
     |                                 |  the server can answer it
     |                                 |
     |               .----- 200 -------*  news! it is answered at once
     | <------------'                  |  \\
     |-- GET -------.                  |   > the blind window: no request waits,
     |               '---------------> |  /  so news has to wait for one
     |                                 |  this request waits
     v time                            v`,
  ` 클라이언트                           서버
     |                                 |
     |-- GET -------.                  |
     |               '---------------> |  이 요청이 대기합니다.
     |                                 |  서버가 응답할 수 있습니다.
     |                                 |
     |               .----- 200 -------*  소식이 생겨 바로 응답합니다.
     | <------------'                  |  \\
     |-- GET -------.                  |   > 응답 공백 시간: 답할 요청이 없어
     |               '---------------> |  /  소식이 다음 요청을 기다립니다.
     |                                 |  이 요청이 대기합니다.
     v 시간                            v`,
);

export const blindWindow = {
  id: 4,
  title: { en: 'The blind window of long polling', ko: '롱 폴링의 응답 공백 시간' },
  misconception: {
    en: 'In long polling the server answers the moment there is news, so it is as quick as push.',
    ko: '롱 폴링은 소식이 생기는 순간 서버가 답하므로 푸시만큼 빠릅니다.',
  },
  experiment: {
    en: `The server has news every ${periodNs / 1e6} ms. Clients get it by long polling over a link on which each way takes ${farMs} ms.`,
    ko: `서버에는 ${periodNs / 1e6} ms마다 소식이 생깁니다. 클라이언트는 편도 ${farMs} ms인 링크에서 롱 폴링으로 받습니다.`,
  },
  picture,
  question: {
    en: 'How old is an event on average when a client gets it, in ms?',
    ko: '클라이언트가 이벤트를 받을 때, 이벤트는 평균 몇 ms 늦을까요?',
  },
  answer: inMilliseconds,
  where: 'home',
  minutes: 6,
  seconds: secondsOf({ messages, rate }),
  expected,
  measure,
  next: {
    command: 'rtcompare reproduce pimentel',
    why: {
      en: 'finds the edge at five distances, as published in 2012',
      ko: '2012년에 발표된 대로 다섯 거리에서 경계를 찾습니다',
    },
  },
} satisfies Lesson;
