/** Lesson 3: a polled event is half an interval old on average, and any age up to a whole one (law POLL1). */

import { pollAge } from '../../laws/polling.ts';
import { parseLink } from '../../network/link.ts';
import { spoiled } from '../../run/again.ts';
import { together } from '../../run/beside.ts';
import { decimal, nanoseconds } from '../claims/lines.ts';
import { scaled } from '../reproductions/reproduction-trials.ts';
import { type ExpectedRow, type Found, inMilliseconds, type Lesson, type LessonSetting } from './lesson.ts';
import { lessonTrials, onTimes, secondsOf } from './quietly.ts';
import { lawRow, shownRow } from './row.ts';

const intervalMs = 400;
const rttMs = 80;
const rate = 5;
const clients = 20;
const messages = 20;

const link = parseLink(`rtt=${rttMs}ms`);
const downNs = link.downDelayMs * 1e6;

const expected = async (): Promise<ExpectedRow> => ({
  law: 'POLL1',
  unit: 'nanoseconds',
  predicted: [pollAge({ intervalNs: intervalMs * 1e6, downNs }).mean],
});

async function measure(setting: LessonSetting): Promise<Found> {
  const trials = lessonTrials(setting);
  const load = { clients, messages: scaled(messages, setting), rate, pollIntervalMs: intervalMs, warmup: 1 };
  const [polling, ws] = await together([
    trials.timed(spoiled.laws, 'push', 'polling', { link, load }),
    trials.timed(spoiled.laws, 'push', 'ws', { link, load }),
  ]);
  const answer = onTimes(
    polling,
    lawRow(polling.made, {
      law: 'POLL1',
      metric: 'mean age of an event',
      text: { en: 'polling: mean age of an event', ko: 'polling: 이벤트 지연의 평균' },
    }),
  );
  const pushed = onTimes(
    ws,
    lawRow(ws.made, {
      law: 'WS2',
      metric: 'median age or echo',
      text: { en: 'ws: median age of an event', ko: 'ws: 이벤트 지연의 중앙값' },
    }),
  );
  const { min = 0, max = 0 } = polling.made.latency ?? {};
  const shown = (en: string, ko: string, ns: number) =>
    onTimes(polling, shownRow('nanoseconds', { en, ko }, ns));
  const extremes = [
    shown('polling: the freshest event', 'polling: 가장 빨리 받은 이벤트', min),
    shown('polling: the oldest event', 'polling: 가장 늦게 받은 이벤트', max),
  ];
  return {
    answer,
    rows: [pushed, ...extremes],
    explanation: [
      {
        text: because,
        on: [answer, ...extremes],
        values: {
          interval: nanoseconds(intervalMs * 1e6),
          down: nanoseconds(downNs),
          min: nanoseconds(min),
          max: nanoseconds(max),
        },
      },
      { text: whenPushed, on: [pushed], values: { pushed: nanoseconds(Number(pushed.measured)) } },
      {
        text: price,
        on: [],
        values: {
          polls: decimal(polling.made.polls?.made ?? 0),
          clients: decimal(load.clients),
          messages: decimal(load.messages),
        },
      },
    ],
    doubtful: trials.doubtful,
  };
}

const because = {
  en: 'An event waits at the server for the next poll. That may come at once or after a whole interval, and every wait in between is equally likely: half of {interval} on average. Then the answer travels down once, {down}. The way up does not count, because the event was not there yet when the poll left. Ages lay between {min} and {max}.',
  ko: '이벤트는 서버에서 다음 폴링을 기다립니다. 그 폴링은 곧 올 수도 있고 간격만큼 뒤에 올 수도 있으며 어느 쪽이나 똑같이 일어날 수 있으므로, 평균은 {interval}의 절반입니다. 그다음 응답이 한 번 내려옵니다({down}). 요청이 올라간 시간은 더하지 않습니다. 그때는 이벤트가 아직 없었기 때문입니다. 지연은 {min}부터 {max}까지 퍼졌습니다.',
};

const whenPushed = {
  en: 'Pushed over WebSocket, the same events were {pushed} old: the way down and nothing else.',
  ko: '같은 이벤트를 WebSocket으로 푸시하면 지연은 {pushed}, 내려오는 시간뿐이었습니다.',
};

const price = {
  en: 'To halve the wait, clients must ask twice as often. Here {clients} clients made {polls} polls for {messages} events.',
  ko: '기다림을 반으로 줄이려면 두 배 자주 요청해야 합니다. 여기서는 클라이언트 {clients}개가 이벤트 {messages}개를 받으려고 모두 {polls}번 요청했습니다.',
};

export const pollingAge = {
  id: 3,
  title: { en: 'Polling and the uniform law', ko: '폴링과 균등 분포' },
  misconception: {
    en: 'A poll takes one round trip, so polled news is one round trip old.',
    ko: '폴링은 왕복 한 번이면 되니, 폴링으로 받는 소식은 왕복 시간만큼 늦습니다.',
  },
  experiment: {
    en: `${clients} clients ask every ${intervalMs} ms over a link with a round trip of ${rttMs} ms. The server has news ${rate} times a second, at moments that nobody can foresee.`,
    ko: `클라이언트 ${clients}개가 왕복 ${rttMs} ms인 링크에서 ${intervalMs} ms마다 요청합니다. 서버에는 1초에 ${rate}번, 예측할 수 없는 때에 새 소식이 생깁니다.`,
  },
  question: {
    en: 'How old is an event on average when a client gets it, in ms?',
    ko: '클라이언트가 이벤트를 받을 때, 이벤트는 평균 몇 ms 늦을까요?',
  },
  answer: inMilliseconds,
  where: 'class',
  minutes: 9,
  seconds: secondsOf({ messages, rate }),
  expected,
  measure,
  next: {
    command: 'rtcompare run --transport polling,ws --poll-interval 1s',
    why: { en: 'shows the same for a poll a second', ko: '1초마다 요청할 때는 어떤지 보여 줍니다' },
  },
} satisfies Lesson;
