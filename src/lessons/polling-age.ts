/** Lesson 3: a polled event is half an interval old on average, and any age up to a whole one (law POLL1). */
import { decimal, nanoseconds } from '../claims/lines.ts';
import { parseLink } from '../network/link.ts';
import type { Setting } from '../reproductions/reproduction.ts';
import { scaled, trialRunner } from '../reproductions/trials.ts';
import { type Found, inMilliseconds, type Lesson } from './lesson.ts';
import { lawRow, shownRow } from './row.ts';
import { together } from './together.ts';

const intervalMs = 400;
const rttMs = 80;
const rate = 5;

async function measure(setting: Setting): Promise<Found> {
  const trials = trialRunner(setting);
  const link = parseLink(`rtt=${rttMs}ms`);
  const load = { clients: 20, messages: scaled(20, setting), rate, pollIntervalMs: intervalMs, warmup: 1 };
  const [polling, ws] = await together([
    trials.run('push', 'polling', { link, load }),
    trials.run('push', 'ws', { link, load }),
  ]);
  const age = lawRow(polling, {
    ...{ law: 'POLL1', metric: 'mean age of an event' },
    text: { en: 'polling: mean age of an event', ko: 'polling: 이벤트 지연의 평균' },
  });
  const pushed = lawRow(ws, {
    ...{ law: 'WS2', metric: 'median age or echo' },
    text: { en: 'ws: median age of an event', ko: 'ws: 이벤트 지연의 중앙값' },
  });
  const { min = 0, max = 0 } = polling.latency ?? {};
  const polls = polling.polls?.made ?? 0;
  return {
    answer: age,
    rows: [
      pushed,
      shownRow(
        'nanoseconds',
        { en: 'polling: the freshest event', ko: 'polling: 가장 빨리 받은 이벤트' },
        min,
      ),
      shownRow('nanoseconds', { en: 'polling: the oldest event', ko: 'polling: 가장 늦게 받은 이벤트' }, max),
    ],
    explanation: [
      {
        text: because,
        values: {
          interval: nanoseconds(intervalMs * 1e6),
          down: nanoseconds(link.downDelayMs * 1e6),
          min: nanoseconds(min),
          max: nanoseconds(max),
          pushed: nanoseconds(Number(pushed.measured)),
          polls: decimal(polls),
          messages: decimal(load.messages),
        },
      },
    ],
    doubtful: trials.doubtful,
  };
}

/** Told when the laws hold. */
const because = {
  en: 'An event waits at the server for the next poll, and that may be due in no time or in a whole interval, each wait as likely as the other: half of {interval} on average. Then the answer travels once, {down}. The way of the question does not count, for the event was not there when it left. So ages lay anywhere from {min} to {max}. Pushed, the same events were {pushed} old: the way and nothing else. Whoever halves the wait asks twice as often; {polls} polls were made here for {messages} events to each client.',
  ko: '이벤트는 서버에서 다음 폴링을 기다립니다. 그 폴링은 곧 올 수도 있고 간격만큼 뒤에 올 수도 있으며 어느 쪽이나 똑같이 일어날 수 있으므로, 평균은 {interval}의 절반입니다. 그다음 응답이 한 번 내려옵니다({down}). 질문이 올라간 시간은 더하지 않습니다. 그때는 이벤트가 아직 없었기 때문입니다. 그래서 지연은 {min}부터 {max}까지 고르게 퍼졌습니다. 같은 이벤트를 푸시하면 {pushed}, 길에서 걸리는 시간뿐이었습니다. 기다림을 반으로 줄이려면 두 배 자주 물어야 합니다. 여기서는 클라이언트마다 이벤트 {messages}개를 받으려고 모두 {polls}번 물었습니다.',
};

export const pollingAge = {
  id: 3,
  title: { en: 'Polling and the uniform law', ko: '폴링과 균등 분포' },
  misconception: {
    en: 'A poll takes one round trip, so polled news is one round trip old.',
    ko: '폴링은 왕복 한 번이면 되니, 폴링으로 받는 소식은 왕복 시간만큼 늦다.',
  },
  experiment: {
    en: `Twenty clients ask every ${intervalMs} ms over a link with a round trip of ${rttMs} ms. The server has news ${rate} times a second, at moments that nobody can foresee.`,
    ko: `클라이언트 20개가 왕복 ${rttMs} ms인 링크에서 ${intervalMs} ms마다 묻습니다. 서버에는 1초에 ${rate}번, 예측할 수 없는 때에 새 소식이 생깁니다.`,
  },
  question: {
    en: 'How old is an event on average when a client hears it, in ms?',
    ko: '클라이언트가 이벤트를 받을 때, 이벤트는 평균 몇 ms 늦을까요?',
  },
  answer: inMilliseconds,
  seconds: 6,
  measure,
  next: {
    command: 'rtcompare run --transport polling,ws --scenario push --poll-interval 1s --rate 5',
    why: { en: 'shows the same for a poll a second', ko: '1초마다 물을 때는 어떤지 보여 줍니다' },
  },
} satisfies Lesson;
