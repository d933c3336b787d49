/** Lesson 4: the blind window of long polling, just inside and beyond a period of twice the way (law LP5). */
import type { Text } from '../base/text.ts';
import { decimal, nanoseconds } from '../claims/lines.ts';
import { blindWindowNs } from '../laws/long-polling.ts';
import type { Trial } from '../metrics/report.ts';
import { parseLink } from '../network/link.ts';
import type { Setting } from '../reproductions/reproduction.ts';
import { scaled, trialRunner } from '../reproductions/trials.ts';
import { type Found, inMilliseconds, type Lesson } from './lesson.ts';
import { lawRow } from './row.ts';
import { together } from './together.ts';

const rate = 10;
const periodNs = 1e9 / rate;
/** One-way delays on either side of half a period. */
const nearMs = 30;
const farMs = 80;

const wayWords = (way: number, en: string, ko: string): Text => ({
  en: `long polling, ${way} ms: ${en}`,
  ko: `롱 폴링, ${way} ms: ${ko}`,
});

function rowsOf(near: Trial, far: Trial, ws: Trial) {
  // A periodic source is LP5's case of the two laws under which a trial files it.
  const age = (trial: Trial, way: number) =>
    lawRow(trial, {
      ...{ law: 'LP3', metric: 'mean age of an event', named: 'LP5' },
      text: wayWords(way, 'mean age', '평균 지연'),
    });
  const together = (trial: Trial, way: number) =>
    lawRow(trial, {
      ...{ law: 'LP2', metric: 'messages per response', named: 'LP5' },
      text: wayWords(way, 'messages an answer', '응답당 메시지'),
    });
  const [batch, nearAge] = [together(far, farMs), age(near, nearMs)];
  const pushed = lawRow(ws, {
    ...{ law: 'WS2', metric: 'median age or echo' },
    text: { en: `ws, ${farMs} ms: median age`, ko: `ws, ${farMs} ms: 지연의 중앙값` },
  });
  return { answer: age(far, farMs), rows: [batch, nearAge, together(near, nearMs), pushed], batch, nearAge };
}

async function measure(setting: Setting): Promise<Found> {
  const trials = trialRunner(setting);
  const load = {
    ...{ clients: 5, messages: scaled(40, setting), rate, arrivals: 'periodic', warmup: 2 },
  };
  const over = (oneWayMs: number, transport: string) =>
    trials.run('push', transport, { link: parseLink(`rtt=${2 * oneWayMs}ms`), load });
  const [near, far, ws] = await together([
    over(nearMs, 'long-polling'),
    over(farMs, 'long-polling'),
    over(farMs, 'ws'),
  ]);
  const { answer, rows, batch, nearAge } = rowsOf(near, far, ws);
  return {
    answer,
    rows,
    explanation: [
      {
        text: because,
        values: {
          way: nanoseconds(farMs * 1e6),
          blind: nanoseconds(blindWindowNs({ downNs: farMs * 1e6, upNs: farMs * 1e6 })),
          period: nanoseconds(periodNs),
          batch: decimal(Number(batch.measured)),
          near: nanoseconds(nearMs * 1e6),
          nearAge: nanoseconds(Number(nearAge.measured)),
        },
      },
    ],
    doubtful: trials.doubtful,
  };
}

/** Told when the laws hold. */
const because = {
  en: 'After each answer the server has nobody to answer until the next question is there: down {way} and up {way}, {blind} in which it is blind. News every {period} then always falls into it, waits for the rest, and comes in batches of {batch}; ages lie anywhere between one way and three. Over a way of {near} the question is back before the next news, and long polling is push: {nearAge}, one way. So it is not good or bad; it has an edge, where the way is half the time between two messages.',
  ko: '응답을 하나 보내고 나면 다음 질문이 올 때까지 서버에는 답할 상대가 없습니다. 내려가는 데 {way}, 올라오는 데 {way}, 모두 {blind} 동안 눈이 먼 셈입니다. {period}마다 생기는 소식은 늘 여기에 걸려 남은 시간을 기다렸다가 {batch}개씩 묶여 옵니다. 지연은 편도 한 번부터 세 번까지 퍼집니다. 편도가 {near}이면 다음 소식이 생기기 전에 질문이 돌아와 있어 롱 폴링도 푸시와 같습니다({nearAge}, 편도 한 번). 좋고 나쁨이 아니라 경계의 문제입니다. 경계는 편도가 메시지 간격의 절반이 되는 곳입니다.',
};

export const blindWindow = {
  id: 4,
  title: { en: 'The blind window of long polling', ko: '롱 폴링의 사각 시간' },
  misconception: {
    en: 'In long polling the server answers the moment there is news, so it is as quick as push.',
    ko: '롱 폴링은 소식이 생기는 순간 서버가 답하므로 푸시만큼 빠르다.',
  },
  experiment: {
    en: `The server has news every ${periodNs / 1e6} ms. Clients hear it by long polling over a link on which each way takes ${farMs} ms.`,
    ko: `서버에는 ${periodNs / 1e6} ms마다 소식이 생깁니다. 클라이언트는 편도 ${farMs} ms인 링크에서 롱 폴링으로 듣습니다.`,
  },
  question: {
    en: 'How old is an event on average when a client hears it, in ms?',
    ko: '클라이언트가 이벤트를 받을 때, 이벤트는 평균 몇 ms 늦을까요?',
  },
  answer: inMilliseconds,
  seconds: 6,
  measure,
  next: {
    command: 'rtcompare reproduce pimentel',
    why: {
      en: 'finds the edge at five distances, as published in 2012 (75 s)',
      ko: '2012년에 발표된 대로 다섯 거리에서 경계를 찾습니다(75초)',
    },
  },
} satisfies Lesson;
